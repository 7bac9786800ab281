"""A question taken apart: its words, what they name, and which cues stand in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.questions.naming import Spot
from bot.questions.periods import When
from bot.questions.question import BODIES, Filter
from bot.questions.words import Word

NAMED = (
    *(Filter.AREA, Filter.DIRECTION, Filter.ACTIVITY, Filter.MUNICIPALITY, Filter.NETWORK),
    Filter.PERSON,
)
"""What a question may be about."""

OF_PLAN = (*NAMED[:3], Filter.NETWORK, Filter.BODY)
"""What of the plan, and who decides in it."""

ABOUT_WORK = (
    *("need", "poll", "assignment", "application", "gap", "pledge", "decide", "meeting", "papers"),
    *("milestone", "report", "unreported", "activities", "overview", "co_financing", "priority"),
    *("due", "change", "owns", "lags", "takes_part"),
)
"""Cues that tell that the question is about the work."""

Places = Mapping[str, Sequence[tuple[int, int]]]


_DENYING = re.compile(r"\b(?:inte|utom|forutom|exklusive)(?: (?:i|de|nagra|for|langre|har|ar))* $")


@dataclass(frozen=True)
class Said:
    """A question taken apart: its text with names in brackets, what is named and which cues.

    `milestones`: codes of activities that a milestone's words tell; `funder`: a funder is named;
    `asks`: it ends as a question does; `no_such_code`: a code that the plan lacks.
    """

    text: str
    words: tuple[Word, ...]
    spots: tuple[Spot, ...]
    times: tuple[When, ...]
    cues: Places
    states: Places
    stages: Places
    unknown: tuple[str, ...] = ()
    person: str | None = None
    own_municipality: str | None = None
    managers: frozenset[str] = frozenset()
    own_bodies: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    funder: bool = False
    asks: bool = False
    no_such_code: str = ""

    def has(self, *cues: str) -> bool:
        """Whether every one of the cues is there."""
        return all(each in self.cues for each in cues)

    def apart(self, cue: str, *others: str) -> bool:
        """Whether the cue stands somewhere that is no part of another of those cues."""
        taken = [place for each in others for place in self.cues.get(each, ())]
        return any(
            not any(start <= place[0] and place[1] <= end for start, end in taken)
            for place in self.cues.get(cue, ())
        )

    def any(self, *cues: str) -> bool:
        """Whether one of the cues is there."""
        return any(each in self.cues for each in cues)

    def names(self, *filters: Filter) -> bool:
        """Whether something of one of those filters is named."""
        return any(each.filter in filters for each in self.spots)

    def denies(self, place: tuple[int, int]) -> bool:
        """Whether what stands there is said not to be: `inte röda`, `alla utom Skara`."""
        return _DENYING.search(self.text[: place[0]]) is not None

    @property
    def asks_when(self) -> bool:
        """Whether a time is asked for."""
        return self.apart("when", "regarding")

    @property
    def bodies(self) -> tuple[str, ...]:
        """Bodies that are named, in the order of filters' values."""
        said = {each.value for each in self.spots if each.filter is Filter.BODY}
        return tuple(each for each in BODIES if each in said)

    @property
    def period(self) -> str | None:
        """The period that is said."""
        return next((each.value for each in self.times if each.name == "period"), None)

    @property
    def since(self) -> str | None:
        """The day since when."""
        return next((each.value for each in self.times if each.name == "since"), None)
