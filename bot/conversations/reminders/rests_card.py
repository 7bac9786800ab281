"""What a person is not reminded of for the time being."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversations.reminders.reminder_told import ACTIVITY, of_kind, until_day
from bot.conversations.reminders.wording import NAME
from bot.conversations.views import Button, Buttons, Card, Part, press, text
from bot.language import _

MOST = 12

PAUSE_ANY = "paminnelse_pausa"
"""The form that asks which activity to pause."""


@dataclass(frozen=True)
class Resting:
    """What is not reminded of: its name and key, until when, and whether it is said to be somebody
    else's."""

    name: str
    key: str
    until: date
    not_mine: bool = False


def rests_card(resting: Sequence[Resting], today: date) -> Card:
    """Each thing with why and how long it rests, and the way to hear of it again."""
    settings = Button(label=_("Tider för påminnelser"), press=press("installningar"))
    away = Button(label=_("Frånvaro"), press=press("borta"))
    pause = Button(label=_("Pausa en aktivitet"), press=press("formular", PAUSE_ANY))
    if not resting:
        said = _("Du har inte skjutit upp eller pausat någon påminnelse.")
        ways = Buttons(buttons=(pause, settings, away))
        return Card(title=_("Påminnelser"), summary=said, parts=(text(said), ways))
    parts: list[Part] = [text(_("Det här har du skjutit upp eller pausat:"))]
    lines: list[str] = []
    for each in resting[:MOST]:
        lines.append(_line(each, today))
        again = Button(label=_("Påminn som vanligt"), press=press(NAME, "vakna", each.key))
        parts += [text(lines[-1]), Buttons(buttons=(again,))]
    parts.append(Buttons(buttons=(pause, settings, away)))
    return Card(title=_("Påminnelser"), summary=" ".join(lines), parts=tuple(parts))


def _line(each: Resting, today: date) -> str:
    day = until_day(each.until, today)
    if each.key.partition(":")[0] == ACTIVITY:
        return _("{what}: alla påminnelser är pausade till {day}.", what=each.name, day=day)
    about = {"what": of_kind(each.name, each.key), "day": day}
    if each.not_mine:
        return _("{what}: inte ditt ansvar enligt dig, vilar till {day}.", **about)
    return _("{what}: uppskjutet till {day}.", **about)
