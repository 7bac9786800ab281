"""A quick question or a question of dates, as typed in one line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from bot.clock import STOCKHOLM, in_stockholm
from bot.polls.poll import MOST_CHOICES, TITLE_LENGTH
from bot.reading_moments import NotAMoment, read_moment, read_span

STAYS_OPEN = timedelta(days=7)
CLOSES_AT = time(17)
OPENS_AT = time(8)
_CLOSING = {'"': '"', "”": "”", "“": "”“", "„": "”“", "«": "»", "»": "«»", "'": "'", "’": "’"}
"""Which marks end what each of these begins."""
_AFTER = re.compile(r"\s*[:,]?\s*")
_ASKED = re.compile(r"^([^?]+\?)\s*[:,]?\s*(.*)$", re.DOTALL)
_UNTIL_NEXT = r"(?:(?!\b(?:flera|several|dolt|hidden|öppnar|oppnar|opens|stänger|closes)\b)[^,])+"
_LAST = re.compile(
    r"(?:^|[\s,]+)(?:(?P<several>flera|several)|(?P<hidden>dolt|hemligt|hidden)|"
    rf"(?P<opens>öppnar|oppnar|opens)\s+(?P<when>{_UNTIL_NEXT})|"
    rf"(?P<closes>stänger|stanger|closes)\s+(?P<until>{_UNTIL_NEXT}))\s*$",
    re.IGNORECASE,
)

Wrong = Literal[
    "no_question",
    "too_long",
    "one_choice",
    "too_many",
    "twice",
    "when",
    "closes_first",
    "no_dates",
    "date",
    "past",
]


class NotAQuestion(Exception):
    """What is wrong with the line; `words` are those that it is about."""

    def __init__(self, wrong: Wrong, words: str = "") -> None:
        super().__init__(wrong)
        self.wrong: Wrong = wrong
        self.words = words


@dataclass(frozen=True)
class Question:
    """A question with its choices; none: yes, no or abstain. `opens_at` None: at once."""

    title: str
    choices: tuple[str, ...]
    several: bool
    hidden: bool
    opens_at: datetime | None
    closes_at: datetime


@dataclass(frozen=True)
class Dates:
    """A title with the times to choose among."""

    title: str
    spans: tuple[tuple[datetime, datetime], ...]
    closes_at: datetime


def is_question(words: str) -> bool:
    """Whether the line begins as a question: quoted, or with a question mark in it."""
    return bool(words) and (words[0] in _CLOSING or "?" in words)


def read_question(words: str, now: datetime) -> Question:
    """The question that the line asks. NotAQuestion."""
    title, rest = _title(words)
    several = hidden = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    while match := _LAST.search(rest):
        several, hidden = several or bool(match["several"]), hidden or bool(match["hidden"])
        if match["opens"]:
            opens_at = _moment(match["when"], now, OPENS_AT)
        if match["closes"]:
            closes_at = _moment(match["until"], now, CLOSES_AT)
        rest = rest[: match.start()]
    return question_of(
        title,
        rest.split(","),
        now,
        several=several,
        hidden=hidden,
        opens_at=opens_at,
        closes_at=closes_at,
    )


def question_of(
    title: str,
    choices: Sequence[str],
    now: datetime,
    *,
    several: bool,
    hidden: bool,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Question:
    """The question with those choices, which are taken as they are. NotAQuestion."""
    labels = tuple(each.strip() for each in choices if each.strip())
    _judge(labels)
    begins = opens_at if opens_at is not None and opens_at > now else now
    closes = closes_at or usual_closing(begins)
    if closes <= begins:
        raise NotAQuestion("closes_first")
    return Question(_judged(title), labels, several, hidden, opens_at, closes)


def usual_closing(begins: datetime) -> datetime:
    """A week later, at the end of the working day."""
    day = in_stockholm(begins + STAYS_OPEN).date()
    return datetime.combine(day, CLOSES_AT, STOCKHOLM)


def read_dates(words: str, now: datetime) -> Dates:
    """The title and the times of the line; answered until the day before the first, or for a week.
    NotAQuestion."""
    title, rest = _title(words)
    return dates_of(title, rest.split(","), now)


def dates_of(title: str, times: Sequence[str], now: datetime) -> Dates:
    """The question of dates with those times. NotAQuestion."""
    spans: list[tuple[datetime, datetime]] = []
    for each in (part.strip() for part in times if part.strip()):
        try:
            span = read_span(each, now)
        except NotAMoment:
            raise NotAQuestion("date", each) from None
        if span[0] <= now:
            raise NotAQuestion("past", each)
        if span in spans:
            raise NotAQuestion("twice", each)
        spans.append(span)
    if not spans:
        raise NotAQuestion("no_dates")
    if len(spans) > MOST_CHOICES:
        raise NotAQuestion("too_many")
    return Dates(_judged(title), tuple(sorted(spans)), closing_before(sorted(spans)[0][0], now))


def closing_before(first: datetime, now: datetime) -> datetime:
    """A week on, but before the first of the times."""
    return min(usual_closing(now), max(first - timedelta(hours=12), now + (first - now) / 2))


def _title(words: str) -> tuple[str, str]:
    said = words.strip()
    if said[:1] in _CLOSING:
        ends = _end_of_quote(said)
        if ends is None:
            raise NotAQuestion("no_question")
        return _judged(said[1:ends]), _AFTER.sub("", said[ends + 1 :], count=1)
    match = _ASKED.match(said)
    if match is None:
        raise NotAQuestion("no_question")
    return _judged(match[1]), match[2].strip()


def _end_of_quote(said: str) -> int | None:
    """Where the quote that begins the line ends: not at an apostrophe, nor at a quote in it."""
    within = 0
    for at, mark in enumerate(said[1:], 1):
        if mark not in _CLOSING[said[0]]:
            continue
        before, after = said[at - 1], said[at + 1 : at + 2]
        if before.isspace() and after and not after.isspace():
            within += 1
        elif within:
            within -= 1
        elif not after or after.isspace() or after in ":," or before in "?!.":
            return at
    return None


def _judged(title: str) -> str:
    if not title.strip():
        raise NotAQuestion("no_question")
    if len(title.strip()) > TITLE_LENGTH:
        raise NotAQuestion("too_long", title.strip())
    return title.strip()


def _moment(words: str, now: datetime, hour: time) -> datetime:
    try:
        return read_moment(words, now, hour=hour)
    except NotAMoment:
        raise NotAQuestion("when", words) from None


def _judge(choices: Sequence[str]) -> None:
    if len(choices) == 1:
        raise NotAQuestion("one_choice", choices[0])
    if len(choices) > MOST_CHOICES:
        raise NotAQuestion("too_many")
    seen: set[str] = set()
    for each in choices:
        if each.casefold() in seen:
            raise NotAQuestion("twice", each)
        if len(each) > TITLE_LENGTH:
            raise NotAQuestion("too_long", each)
        seen.add(each.casefold())
