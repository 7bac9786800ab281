"""When a question is about: a period, or since when, as people say it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    *("januari|jan", "februari|feb", "mars", "april|apr", "maj", "juni|jun", "juli|jul"),
    *("augusti|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec"),
)
_MONTH = "(?P<month>" + "|".join(f"(?:{each})" for each in _MONTHS) + ")"
_DAYS = ("man", "tis", "ons", "tors", "fre", "lor", "son")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = rf"(?P<weekday>{'|'.join(_DAYS)})(?:dag(?:en|s|ens)?)"
_THIS = r"(?:denna|den har|detta|det har|innevarande|pagaende|aktuell\w*|nuvarande|i)"
_LAST = r"(?:(?:den |det |under )?(?:forra|foregaende|senaste|gangna))"
_NEXT = r"(?:(?:den |under )?(?:nasta|kommande|nastkommande|inkommande))"
_NUMERALS = {
    "ett": 1,
    "tva": 2,
    "tre": 3,
    "fyra": 4,
    "forsta": 1,
    "andra": 2,
    "tredje": 3,
    "fjarde": 4,
    "sista": 4,
}
_NEAR_YEARS = {"nasta ar": 1, "i ar": 0, "forra aret": -1, "i fjol": -1}
_ONES = ("ett", "tva", "tre", "fyra", "fem", "sex", "sju", "atta", "nio")
_NUMBERS = (
    *_ONES,
    *(
        "tio",
        "elva",
        "tolv",
        "tretton",
        "fjorton",
        "femton",
        "sexton",
        "sjutton",
        "arton",
        "nitton",
    ),
    *(ten + one for ten in ("tjugo", "trettio", "fyrtio") for one in ("", *_ONES)),
    *("femtio", "femtioett", "femtiotva", "femtiotre"),
)
"""Numbers of weeks in words, from 1."""

_SINCE = r"(?:sedan|fran och med|efter|allt sedan|fran)"


@dataclass(frozen=True)
class When:
    """A period or a `since`, and where in the text it was said."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Saying:
    name: str
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str], date, int], str | None]


def read_when(text: str, today: date, year: int) -> list[When]:
    """What the plain text says of time, without overlap, in its order.

    `year`: of the plan, for a month, quarter or week without one.
    """
    found: list[When] = []
    for saying in _SAYINGS:
        for match in saying.pattern.finditer(text):
            value = saying.value(match, today, year)
            free = all(match.end() <= each.start or match.start() >= each.end for each in found)
            if value is not None and free:
                found.append(When(saying.name, value, match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def _always(value: str) -> Callable[[re.Match[str], date, int], str | None]:
    return lambda _match, _today, _year: value


def _number_of_month(match: re.Match[str]) -> int:
    word = match["month"]
    return next(n for n, each in enumerate(_MONTHS, 1) if word in each.split("|"))


def _year_said(match: re.Match[str], year: int) -> int:
    said = match.groupdict().get("year")
    return int(said) if said else year


def _month(match: re.Match[str], today: date, year: int) -> str | None:
    near = match.groupdict().get("near")
    said = today.year + _NEAR_YEARS[near] if near else _year_said(match, year)
    return f"{said}-{_number_of_month(match):02d}"


def _quarter(match: re.Match[str], _today: date, year: int) -> str | None:
    said = match["quarter"]
    number = int(said) if said.isdecimal() else _NUMERALS[said]
    return f"{_year_said(match, year)}-Q{number}" if 1 <= number <= 4 else None


def _week(match: re.Match[str], _today: date, year: int) -> str | None:
    said = match["week"]
    number = int(said) if said.isdecimal() else _NUMBERS.index(said) + 1
    return f"{_year_said(match, year)}-W{number:02d}" if 1 <= number <= 53 else None


def _weekday(match: re.Match[str], _today: date, _year: int) -> str | None:
    return f"last_{_WEEKDAYS[_DAYS.index(match['weekday'])]}"


def _date(match: re.Match[str], _today: date, year: int) -> str | None:
    known = match.groupdict()
    month = int(known["number"]) if known.get("number") else _number_of_month(match)
    try:
        return date(_year_said(match, year), month, int(match["day"])).isoformat()
    except ValueError:
        return None


def _past_date(match: re.Match[str], today: date, year: int) -> str | None:
    """A day alone is since when, if it has been."""
    said = _date(match, today, year)
    return said if said is not None and said <= today.isoformat() else None


def _first_of_month(match: re.Match[str], today: date, year: int) -> str | None:
    return _gone(date(_year_said(match, year), _number_of_month(match), 1), match, today)


def _since_date(match: re.Match[str], today: date, year: int) -> str | None:
    said = _date(match, today, year)
    return _gone(date.fromisoformat(said), match, today) if said is not None else None


def _gone(day: date, match: re.Match[str], today: date) -> str:
    """The day, or the same a year before when no year is said and it is still to come."""
    to_come = day > today and not match.groupdict().get("year") and (day.month, day.day) != (2, 29)
    return (day.replace(year=day.year - 1) if to_come else day).isoformat()


def _new_year(_match: re.Match[str], today: date, _year: int) -> str | None:
    return date(today.year, 1, 1).isoformat()


def _next_year(_match: re.Match[str], today: date, _year: int) -> str | None:
    return str(today.year + 1)


def _written_year(match: re.Match[str], _today: date, _year: int) -> str | None:
    return match["year"] if 2000 <= int(match["year"]) < 2200 else None


def _iso(match: re.Match[str], _today: date, _year: int) -> str | None:
    return match[1].upper()


def _saying(
    name: str, pattern: str, value: str | Callable[[re.Match[str], date, int], str | None]
) -> _Saying:
    read = _always(value) if isinstance(value, str) else value
    return _Saying(name, re.compile(rf"\b(?:{pattern})\b"), read)


_YEAR = r"(?:\s+(?:ar\s+)?(?P<year>20\d\d))?"
_NEAR = r"(?: (?P<near>nasta ar|i ar|forra aret|i fjol))?"
_FORTNIGHT = r"(?:(?:tva|2) veckor(?:na)?|(?:14|fjorton) da(?:ga)?r(?:na)?)"
_WEEK = r"(?:vecka|v|veckan|veckans)"
_VECKA = r"veckan?s?"
_MANAD = r"(?:manad(?:en)?|man|manadens)"
_KVARTAL = r"(?:kvartal(?:et)?|kvartalets)"
_AR = r"ar(?:et)?"
_DAY = r"(?:den )?(?P<day>\d\d?)"
_DAY_MONTH = rf"{_DAY}(?::?[ae])?\s+{_MONTH}{_YEAR}"
_ORDINAL = r"(?P<quarter>forsta|andra|tredje|fjarde|sista)"
_YEAR_BEGAN = r"(?:arsskiftet|nyar|nyaret|arets borjan|arets start|(?:i )?borjan (?:av|pa) aret)"
_OF_MONTH = r"(?:i |under |till |for |fore )?(?:(?:slutet av|borjan av|hela|mitten av) )?"

_SAYINGS = (
    _saying("since", rf"{_SINCE} (?:i )?gar|{_SINCE} (?:igar|gardagen)", "yesterday"),
    _saying("since", rf"{_SINCE} (?:i |forra |nu i |den |senaste )*{_WEEKDAY}", _weekday),
    _saying("since", rf"{_SINCE} {_DAY_MONTH}", _since_date),
    _saying("since", rf"{_SINCE} {_DAY}/(?P<number>\d\d?)", _since_date),
    _saying("since", rf"{_SINCE} (?P<year>20\d\d)-(?P<number>\d\d?)-(?P<day>\d\d?)", _since_date),
    _saying("since", rf"{_SINCE} {_YEAR_BEGAN}", _new_year),
    _saying("since", rf"{_SINCE} (?:i |borjan av |forsta )*{_MONTH}{_YEAR}", _first_of_month),
    _saying(
        "period",
        rf"(?:(?:de|dom) )?(?:narmaste|nasta|kommande|foljande) {_FORTNIGHT}"
        rf"|{_FORTNIGHT} (?:framat|framover)|(?:inom|pa) {_FORTNIGHT}"
        r"|(?:de |dom )?(?:narmaste|kommande) veckorna",
        "next_14_days",
    ),
    _saying("period", r"(20\d\d-w\d\d|20\d\d-q[1-4])", _iso),
    _saying("period", r"(20\d\d-(?:0[1-9]|1[0-2]))(?!-)", _iso),
    _saying(
        "period",
        rf"(?:i |under )?{_WEEK}\s*\.?\s*(?P<week>\d\d?|{'|'.join(_NUMBERS)}){_YEAR}",
        _week,
    ),
    _saying("period", rf"(?:i |under )?v(?P<week>\d\d?){_YEAR}", _week),
    _saying(
        "period", rf"(?:{_KVARTAL}|q|kv)\s*(?P<quarter>[1-4]|ett|tva|tre|fyra){_YEAR}", _quarter
    ),
    _saying("period", rf"(?:arets |i ar )?{_ORDINAL} {_KVARTAL}{_YEAR}", _quarter),
    _saying("period", r"(?:i dag|idag|dagens|under dagen)", "today"),
    _saying("period", rf"{_LAST} {_VECKA}", "last_week"),
    _saying("period", rf"(?:{_NEXT}|narmaste|den narmaste) {_VECKA}", "next_week"),
    _saying("period", rf"(?:{_THIS} {_VECKA}|veckans)", "this_week"),
    _saying("period", rf"{_LAST} {_MANAD}", "last_month"),
    _saying("period", rf"(?:{_NEXT}|narmaste|den narmaste) {_MANAD}", "next_month"),
    _saying("period", rf"(?:{_THIS} {_MANAD}|manadens)", "this_month"),
    _saying("period", rf"{_LAST} {_KVARTAL}", "last_quarter"),
    _saying("period", rf"{_NEXT} {_KVARTAL}", "next_quarter"),
    _saying("period", rf"(?:{_THIS} {_KVARTAL}|kvartalets)", "this_quarter"),
    _saying("since", _DAY_MONTH, _past_date),
    _saying("period", rf"{_OF_MONTH}{_MONTH}(?: manad)?(?:{_NEAR}){_YEAR}", _month),
    _saying("period", rf"(?:i fjol|fjolarets?|{_LAST} {_AR})", "last_year"),
    _saying("period", rf"(?:{_NEXT} {_AR}|nasta ars)", _next_year),
    _saying("period", rf"(?:i ar|arets|{_THIS} {_AR}|under aret|pa aret|aret)", "this_year"),
    _saying("since", rf"(?:i |nu i |forra |senaste ){_WEEKDAY}s?", _weekday),
    _saying("since", r"(?:i gar|igar|gardagens)", "yesterday"),
    _saying("period", r"(?:(?:under|i|for|ar) )?(?P<year>20\d\d)", _written_year),
)
"""In the order in which they may take words: what says more before what says less."""
