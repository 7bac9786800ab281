"""When reminders may come: a person's own hours, working days and day for reminders."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from bot.conversations.forms import ChoiceField, ManyChoiceField, Option, TextField
from bot.conversations.protocol import Turn
from bot.conversations.setting import Chosen, Setting, choose
from bot.hours import HOURS, USUAL, Hours, read_hours
from bot.language import _, weekday
from bot.reading_moments import NotAMoment, read_hours_of_day

ANY_DAY = "alla"


def _now(chosen: Chosen) -> Hours:
    return read_hours(chosen.values)


def _hours_word(hours: Hours) -> str:
    return f"{hours.starts:%H:%M}-{hours.ends:%H:%M}"


def days_word(days: frozenset[int]) -> str:
    """The weekdays in short: `måndag-fredag`, or one after the other."""
    if days == USUAL.weekdays:
        return _("{first}-{last}", first=weekday(1), last=weekday(5))
    return ", ".join(weekday(day) for day in sorted(days))


def _reminder_day_word(day: int | None) -> str:
    return _("alla arbetsdagar") if day is None else weekday(day)


def _weekdays() -> tuple[Option, ...]:
    return tuple(Option(value=str(day), label=weekday(day)) for day in range(1, 8))


def hours_that_are_none(answers: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the hours and days that could be read, by field."""
    problems: dict[str, str] = {}
    try:
        if "hours" in answers:
            _read(answers["hours"])
    except NotAMoment:
        problems["hours"] = _("Skriv en tid från och en tid till, till exempel 08:00-16:30.")
    day, works = answers.get("reminder_day", ANY_DAY), answers.get("working_days")
    if works and day != ANY_DAY and day not in works:
        problems["reminder_day"] = _("Välj en dag då du arbetar.")
    return problems


def _read(words: str) -> tuple[time, time]:
    starts, ends = read_hours_of_day(words)
    if max(starts, USUAL.starts) >= min(ends, USUAL.ends):
        raise NotAMoment(words)
    return starts, ends


async def _keep(turn: Turn, answers: Mapping[str, Any]) -> None:
    """The three fields are one choice, kept with the first of them."""
    starts, ends = _read(answers["hours"])
    day = answers["reminder_day"]
    hours = Hours(
        starts,
        ends,
        frozenset(int(each) for each in answers["working_days"]),
        None if day == ANY_DAY else int(day),
    )
    await choose(turn, HOURS, hours.stored() if hours != USUAL else None)


HOURS_SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="hours",
        label=lambda: _("Tider för påminnelser"),
        shown=lambda chosen: _hours_word(_now(chosen)),
        value=lambda chosen: _hours_word(_now(chosen)),
        field=lambda chosen: TextField(
            name="hours",
            label=_("Tider för påminnelser"),
            help=_(
                "Från och till, till exempel 08:00-16:30. Tidigare än 8 och senare än 17 kommer "
                "inga."
            ),
            required=True,
            max_length=40,
        ),
        keep=_keep,
    ),
    Setting(
        name="working_days",
        label=lambda: _("Dagar du arbetar"),
        shown=lambda chosen: days_word(_now(chosen).weekdays),
        value=lambda chosen: tuple(str(day) for day in sorted(_now(chosen).weekdays)),
        field=lambda chosen: ManyChoiceField(
            name="working_days", label=_("Dagar du arbetar"), required=True, options=_weekdays()
        ),
    ),
    Setting(
        name="reminder_day",
        label=lambda: _("Dag för påminnelser"),
        shown=lambda chosen: _reminder_day_word(_now(chosen).reminder_day),
        value=lambda chosen: str(_now(chosen).reminder_day or ANY_DAY),
        field=lambda chosen: ChoiceField(
            name="reminder_day",
            label=_("Dag för påminnelser"),
            help=_("Det som brådskar kommer ändå, som en omröstning som stänger i morgon."),
            required=True,
            options=(Option(value=ANY_DAY, label=_("alla arbetsdagar")), *_weekdays()),
        ),
    ),
)
