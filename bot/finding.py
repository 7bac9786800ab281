"""Finding what people mean: an activity by code or title words, a person by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from rapidfuzz import fuzz
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.plan import Activity, Plan
from storage.queries.people import people_matching, people_named, person_by_email

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """Exactly one fits."""

    one: T


@dataclass(frozen=True)
class Several(Generic[T]):
    """Several fit, the likeliest first."""

    these: tuple[T, ...]


@dataclass(frozen=True)
class Nothing:
    """None fits."""


_CODE = re.compile(r"([a-zåäö]{2,5})[\s\-–_.]*0*(\d{1,3})", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
CLOSE_ENOUGH = 84
"""Of 100: how alike two words must be to count as the same, misspelt."""


def read_code(words: str, plan: Plan) -> str | None:
    """The plan's own writing of a code in any case, with or without hyphen and zeros."""
    match = _CODE.fullmatch(words.strip())
    if match is None:
        return None
    prefix, digits = match[1].upper(), match[2]
    for width in (2, 3):
        code = f"{prefix}-{digits.zfill(width)}"
        if code in plan.activities:
            return code
    return None


def read_number(word: str, digits: int = 18) -> int:
    """A key or a page as it came back from a client; 0, which none has, for anything else."""
    return int(word) if word.isdecimal() and len(word) <= digits else 0


def plain(words: str) -> str:
    """Lower case, without å ä ö: as people type in haste."""
    return words.casefold().translate(str.maketrans("åäöéü", "aaoeu"))


def find_activity(plan: Plan, words: str) -> Found[Activity] | Several[Activity] | Nothing:
    """The activity whose code or title words these are."""
    code = read_code(words, plan)
    if code is not None:
        return Found(plan.activities[code])
    wanted = _WORD.findall(plain(words))
    if not wanted:
        return Nothing()
    scored = sorted(
        ((_likeness(wanted, activity), activity) for activity in plan.activities.values()),
        key=lambda pair: (-pair[0], pair[1].code),
    )
    fitting = [(score, activity) for score, activity in scored if score >= CLOSE_ENOUGH]
    if not fitting:
        return Nothing()
    best = fitting[0][0]
    likeliest = tuple(activity for score, activity in fitting if best - score < 5)
    return Found(likeliest[0]) if len(likeliest) == 1 else Several(likeliest[:10])


def _likeness(wanted: Iterable[str], activity: Activity) -> float:
    """How well every wanted word is met by some word of the title: the worst one decides."""
    title = _WORD.findall(plain(activity.title))
    whole = plain(activity.title)
    scores = [max(_word_likeness(word, other) for other in title) for word in wanted]
    mean = sum(scores) / len(scores)
    return mean + (0.5 if " ".join(wanted) in whole else 0) if min(scores) >= CLOSE_ENOUGH else 0


def _word_likeness(word: str, other: str) -> float:
    if word == other:
        return 100
    if len(word) < 4:
        return 0
    if other.startswith(word) or (word.startswith(other) and len(other) >= 4):
        return 97
    if word in other:
        return 92
    return fuzz.ratio(word, other)


def likeliest(words: str, names: Iterable[str]) -> str | None:
    """The name that the words are most likely meant to be, misspelt; None when none is near."""
    scored = [(fuzz.ratio(plain(words), plain(name)), name) for name in names]
    best = max(scored, default=(0, ""))
    return best[1] if best[0] >= CLOSE_ENOUGH else None


async def find_person(
    db: AsyncConnection, words: str, today: date
) -> Found[int] | Several[int] | Nothing:
    """The person with that key, address or name; several when more than one could be meant."""
    if words.isdecimal():
        known = await people_named(db, [int(words)]) if len(words) < 19 else {}
        return Found(int(words)) if known else Nothing()
    if "@" in words:
        row = await person_by_email(db, words, today)
        return Found(row["id"]) if row else Nothing()
    matching = await people_matching(db, words, today)
    wanted = words.casefold()
    exact = [
        row
        for row in matching
        if wanted in (row["name"].casefold(), f"{row['name']}, {row['organisation']}".casefold())
    ]
    chosen = exact or matching
    if not chosen:
        return Nothing()
    return Found(chosen[0]["id"]) if len(chosen) == 1 else Several(tuple(r["id"] for r in chosen))
