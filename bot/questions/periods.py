"""When a question is about: a period, or since when, as people say it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    *("januari|jan", "februari|feb", "mars", "april|apr", "maj", "juni|jun", "juli"),
    *("augusti|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec"),
)
A_MONTH = f"(?:{'|'.join(_MONTHS)})"
"""A month in plain letters, as a pattern."""

_MONTH = f"(?P<month>{A_MONTH})"
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
_SEASONS = {"var": (3, 4, 5), "sommar": (6, 7, 8), "host": (9, 10, 11)}
_LONGEST_AGO = 3_650
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


@dataclass(frozen=True)
class _Two:
    """How two times of one form are said, how many a year has, and how they are written."""

    pattern: re.Pattern[str]
    in_year: int
    number: Callable[[str], int]
    written: str


def read_when(text: str, today: date, year: int) -> list[When]:
    """What the plain text says of time, without overlap, in its order.

    `year`: of the plan, for a month, quarter or week without one.
    """
    found = _two_times(text, today, year)
    for saying in _SAYINGS:
        for match in saying.pattern.finditer(text):
            value = saying.value(match, today, year)
            free = all(match.end() <= each.start or match.start() >= each.end for each in found)
            if value is not None and free:
                found.append(When(saying.name, value, match.start(), match.end()))
    return sorted(found, key=lambda each: each.start)


def _two_times(text: str, today: date, year: int) -> list[When]:
    """`mellan januari och mars`, `vecka 12 till 14`: each from the first to the last, at most a
    year of them; `vecka 12 och 14` and `april och maj 2027` are those two."""
    found: list[When] = []
    for form in _TWO_TIMES:
        for match in form.pattern.finditer(text):
            every = match["to"] != "och" or match["between"] is not None
            near = match["near"]
            last_year = today.year + _NEAR_YEARS[near] if near else int(match["year"] or year)
            first_year = int(match["one_year"] or last_year)
            one, other = form.number(match["one"]), form.number(match["other"])
            if not near and not match["year"] and other < one:
                last_year = first_year + 1
            ends = (first_year * form.in_year + one - 1, last_year * form.in_year + other - 1)
            for each in range(ends[0], ends[1] + 1)[: form.in_year] if every else ends:
                value = form.written.format(each // form.in_year, each % form.in_year + 1)
                found.append(When("period", value, match.start(), match.end()))
    return found


def _always(value: str) -> Callable[[re.Match[str], date, int], str | None]:
    return lambda _match, _today, _year: value


def _number_of_month(match: re.Match[str]) -> int:
    return _month_number(match["month"])


def _month_number(word: str) -> int:
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


def _ago(match: re.Match[str], today: date, _year: int) -> str | None:
    said = match["many"]
    many = int(said) if said.isdecimal() else _NUMBERS.index(said) + 1
    days = {"dag": 1, "dyg": 1, "vec": 7, "man": 30}[match["unit"][:3]]
    return (today - timedelta(days=min(many * days, _LONGEST_AGO))).isoformat()


def _season(match: re.Match[str], _today: date, year: int) -> str | None:
    months = _SEASONS[match["season"] or match["bare"]]
    return "|".join(f"{_year_said(match, year)}-{month:02d}" for month in months)


def _half_year(match: re.Match[str], _today: date, year: int) -> str | None:
    quarters = (1, 2) if match["half"] == "forsta" else (3, 4)
    return "|".join(f"{_year_said(match, year)}-Q{quarter}" for quarter in quarters)


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
_UNITS = r"(?P<unit>dag(?:ar)?(?:na)?|dygn(?:en)?|veckor(?:na)?|manader(?:na)?)"
_SEASON = r"(?:(?P<season>var|sommar|host)(?:en|ens)|i (?P<bare>sommar|host|var(?=$)))"
_OF_MONTH = r"(?:i |under |till |for |fore )?(?:(?:slutet av|borjan av|hela|mitten av) )?"


def _two(one: str, other: str, in_year: int, number: Callable[[str], int], written: str) -> _Two:
    """Two times of one form, the second with a year that holds for both."""
    pattern = (
        r"\b(?:(?P<between>(?:i )?mellan )|fran (?:och med )?|i |under )?"
        rf"{one}(?: (?P<one_year>20\d\d))? (?P<to>och|till(?: och med)?|tom) {other}"
        r"(?: (?:ar )?(?P<year>20\d\d)| (?P<near>nasta ar|i ar|forra aret|i fjol))?\b"
    )
    return _Two(re.compile(pattern), in_year, number, written)


_TWO_TIMES = (
    _two(f"(?P<one>{A_MONTH})", f"(?P<other>{A_MONTH})", 12, _month_number, "{}-{:02d}"),
    _two(
        r"(?:vecka|veckorna|veckor|v) ?(?P<one>[1-9]|[1-4]\d|5[0-3])",
        r"(?:vecka |v ?)?(?P<other>[1-9]|[1-4]\d|5[0-3])",
        53,
        int,
        "{}-W{:02d}",
    ),
    _two(
        "(?:kvartal|kvartalen|kv|q) ?(?P<one>[1-4])",
        "(?:kvartal |kv ?|q ?)?(?P<other>[1-4])",
        4,
        int,
        "{}-Q{}",
    ),
)

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
    _saying("since", rf"{_LAST} (?P<many>\d\d?\d?|{'|'.join(_NUMBERS)}) {_UNITS}", _ago),
    _saying("period", rf"(?:(?:i|under|till|pa) )?{_SEASON}{_YEAR}", _season),
    _saying("period", rf"(?:arets )?(?P<half>forsta|andra) halvaret{_YEAR}", _half_year),
    _saying("period", rf"pa {_WEEKDAY}", "this_week"),
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
