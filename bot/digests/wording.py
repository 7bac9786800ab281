"""Small pieces of a digest's language: days, names of activities, what people wrote."""

from collections.abc import Sequence
from datetime import date, datetime

from babel import dates

from bot.absence import Absence
from bot.clock import in_stockholm
from bot.conversations.views import Span, link
from bot.language import _, language, ngettext, weekday_date
from bot.pages import activity_page
from bot.plan import Activity

LONGEST_QUOTE = 400
"""Characters of somebody's text before the rest is left to the activity's own page."""

Line = tuple[str | Span, ...]
"""A line of a list: plain strings and spans."""


def long_day(day: date, today: date) -> str:
    """`24 november`, with the year when it is not that of `today`."""
    return dates.format_date(
        day, "d MMMM" if day.year == today.year else "d MMMM y", locale=language()
    )


def moment(at: datetime, today: date | None = None) -> str:
    """`måndag 23 november kl. 07:30`, Stockholm time; with the year when it is not that of
    `today`."""
    local = in_stockholm(at)
    day = weekday_date(local.date())
    if today is not None and local.year != today.year:
        day = _("{day} {year}", day=day, year=local.year)
    return _("{day} kl. {time}", day=day, time=f"{local:%H:%M}")


def named(activity: Activity) -> Line:
    """Code and title as a link to the activity; marked when no adopted plan holds it yet."""
    name = link(activity.name, activity_page(activity.code))
    return (name, _(" (föreslagen)")) if activity.proposed else (name,)


def quoted(text: str | None, most: int = LONGEST_QUOTE) -> str:
    """What somebody wrote, on one line and ended as a sentence; `""` for nothing.

    What is left out of a long text shows as ` …`; the whole stands on the activity's page.
    """
    words = " ".join((text or "").split())
    if len(words) > most:
        return words[:most].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
    return words if not words or words[-1] in ".!?…" else words + "."


def sentences(*said: str) -> str:
    """The sentences that say something, one after the other, after a space."""
    return "".join(f" {each}" for each in said if each)


def away_sentence(name: str, absence: Absence, today: date) -> str:
    """That somebody is away, until when, and who answers meanwhile."""
    day = long_day(absence.ends_on, today)
    if absence.deputy is None:
        return _("{who} är borta och är tillbaka {day}.", who=name, day=day)
    return _(
        "{who} är borta och är tillbaka {day}. {deputy} svarar så länge.",
        who=name,
        day=day,
        deputy=absence.deputy.name,
    )


def how_long(days: int) -> str:
    """`3 dagar` or `5 veckor`."""
    if days < 14:
        return ngettext("{n} dag", "{n} dagar", days)
    return ngettext("{n} vecka", "{n} veckor", days // 7)


def listed(words: Sequence[str]) -> str:
    """`ett, två och tre`."""
    if len(words) < 2:
        return "".join(words)
    return _("{first} och {last}", first=", ".join(words[:-1]), last=words[-1])


def listed_and_more(words: Sequence[str], left: int) -> str:
    """The same, and how many there are besides: `ett, två och 3 till`."""
    return listed([*words, ngettext("{n} till", "{n} till", left)] if left > 0 else words)
