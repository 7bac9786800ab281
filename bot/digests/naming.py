"""What digests are called: by whom they are for, and the time that they are for."""

import re
from datetime import date

from babel import dates

from bot.digests.period import Audience, NoSuchWeek, Reader, Week
from bot.language import _, language, weekday_date

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_EXTRA = re.compile(r"(\d{4}-W\d{2})-\d+")


def is_month(period: str) -> bool:
    """Whether the period is a month."""
    return _MONTH.fullmatch(period) is not None


def title_of(reader: Reader, period: str, name: str = "") -> str:
    """`Veckobrev till chefen, vecka 12 2026`; `name` is what a network is called."""
    when = _time(period)
    if reader.audience is Audience.PERSON:
        return _("Ditt brev, {when}", when=when)
    whom = whom_of(reader.audience, name)
    if is_month(period):
        return _("Månadsbrev till {whom}, {when}", whom=whom, when=when)
    if _EXTRA.fullmatch(period):
        return _("Extra brev till {whom}, {when}", whom=whom, when=when)
    return _("Veckobrev till {whom}, {when}", whom=whom, when=when)


def whom_of(audience: Audience, name: str = "") -> str:
    """Who it is for, within a sentence."""
    match audience:
        case Audience.MANAGER:
            return _("chefen")
        case Audience.STEERING_GROUP:
            return _("styrgruppen")
        case Audience.MUNICIPAL_DIRECTORS:
            return _("kommundirektörsgruppen")
        case Audience.REFERENCE_GROUP:
            return _("politiska referensgruppen")
        case Audience.BOARD:
            return _("direktionen")
        case Audience.NETWORK:
            return _("nätverket {name}", name=name) if name else _("nätverket")
        case Audience.PERSON:
            return _("dig")


def _time(period: str) -> str:
    """The period in words; as it is written where it is none of ours."""
    if month := _MONTH.fullmatch(period):
        first = date(int(month[1]), int(month[2]), 1)
        return dates.format_date(first, "MMMM y", locale=language())
    extra = _EXTRA.fullmatch(period)
    try:
        week = Week.read(extra[1] if extra else period)
    except NoSuchWeek:
        pass
    else:
        return _("vecka {n} {year}", n=week.number, year=week.year)
    try:
        day = date.fromisoformat(period)
    except ValueError:
        return period
    return _("{day} {year}", day=weekday_date(day), year=day.year)


def report_title(audience: Audience, name: str, held_on: date, *, in_depth: bool) -> str:
    """`Lägesrapport till direktionen, 25 september 2026`: by the meeting that it is for."""
    whom = whom_of(audience, name)
    day = dates.format_date(held_on, "d MMMM y", locale=language())
    if in_depth:
        return _("Fördjupad lägesrapport till {whom}, {day}", whom=whom, day=day)
    return _("Lägesrapport till {whom}, {day}", whom=whom, day=day)
