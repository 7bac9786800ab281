"""A co-financing poll: what each municipality is asked for, what it answers, and the sum of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from bot.people import OrganisationId
from bot.plan import Contact, Kronor
from bot.polls.cost_sharing import Key, Sharer, shares
from bot.polls.poll import Poll

Pays = Literal["money", "time", "either"]
HeardBy = Literal["phone", "email", "meeting", "letter"]


class AnswerKind(StrEnum):
    """What a municipality says. HIDDEN: it has answered, and what is not to be shown yet."""

    YES = "yes"
    OTHERWISE = "otherwise"
    NO = "no"
    POLITICAL = "political"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Proposal:
    """What is asked for, whole kronor: `asked` of the `total`, of which `funded` is found already.

    An hour of own time is worth `hourly_rate`; None when only money is asked for.
    """

    purpose: str
    total: Kronor
    funded: Kronor
    asked: Kronor
    key: Key
    pays: Pays = "money"
    hourly_rate: Kronor | None = None

    def hours(self, amount: Kronor) -> int | None:
        """Full hours of own time that are worth at least `amount`; None when only money counts."""
        return -(-amount // self.hourly_rate) if self.hourly_rate else None


@dataclass(frozen=True)
class Said:
    """An answer as given. `amount` is whole kronor, own time counted in: `hours` at the rate."""

    kind: AnswerKind
    amount: Kronor | None = None
    hours: int | None = None
    condition: str | None = None
    comment: str | None = None
    expected_on: date | None = None


@dataclass(frozen=True)
class Heard:
    """How an answer came that somebody recorded on a municipality's behalf."""

    how: HeardBy
    said_by: str
    said_on: date


@dataclass(frozen=True)
class Answer:
    """What a municipality has answered, to which version of the proposal, by whom and when."""

    id: int
    said: Said
    version: int
    by: Contact
    answered_at: datetime
    heard: Heard | None = None
    replaced_at: datetime | None = None


@dataclass(frozen=True)
class Place:
    """A municipality in the poll: what it is asked for, and what it has said.

    `suggestion` waits for somebody with mandate. `leaning`: what it said in the sounding.
    """

    voter_id: int
    municipality: OrganisationId
    name: str
    code: str
    share: Kronor
    inhabitants: int | None
    counted_on: date | None
    weight: Decimal | None
    answer: Answer | None = None
    suggestion: Answer | None = None
    leaning: Said | None = None


@dataclass(frozen=True)
class CoFinancing:
    """The poll, its latest proposal, and each municipality that takes part, by name.

    `accepted`: whose pledges the decision accepted; None before one.
    """

    poll: Poll
    proposal: Proposal
    places: tuple[Place, ...]
    accepted: frozenset[OrganisationId] | None = None

    def place(self, municipality: OrganisationId) -> Place | None:
        """The municipality's; None when it takes no part."""
        return next((each for each in self.places if each.municipality == municipality), None)

    def stands(self, place: Place) -> bool:
        """Whether its answer is to the proposal as it is now."""
        return place.answer is not None and place.answer.version == self.poll.version

    def changed_since(self, version: int | None) -> bool:
        """Whether who has seen that version of the proposal has seen another than it is now; None
        for the latest."""
        return version is not None and version != self.poll.version

    @property
    def answered(self) -> tuple[Place, ...]:
        """Those whose answer is to the proposal as it is now."""
        return tuple(each for each in self.places if self.stands(each))

    @property
    def pledging(self) -> tuple[Place, ...]:
        """Those who said yes to the proposal as it is, with an amount."""
        return tuple(each for each in self.answered if _pledges(each))

    @property
    def accepted_sum(self) -> Kronor | None:
        """What the decision accepted of what is pledged; None before one."""
        if self.accepted is None:
            return None
        return pledged(each for each in self.pledging if each.municipality in self.accepted)

    def turned_down(self, place: Place) -> bool:
        """Whether it has pledged something that the decision did not accept."""
        decided = self.accepted is not None and place.municipality not in self.accepted
        return decided and self.stands(place) and _pledges(place)

    @property
    def to_confirm(self) -> tuple[Place, ...]:
        """Those whose answer is to an earlier proposal."""
        return tuple(e for e in self.places if e.answer is not None and not self.stands(e))

    @property
    def missing(self) -> tuple[Place, ...]:
        """Those who have said nothing yet."""
        return tuple(each for each in self.places if each.answer is None)

    @property
    def sum(self) -> Kronor:
        """What is pledged to the proposal as it is now, own time counted in."""
        return pledged(self.answered)

    @property
    def to_confirm_sum(self) -> Kronor:
        """What was pledged to an earlier proposal and is to be confirmed."""
        return pledged(self.to_confirm)

    @property
    def lacking(self) -> Kronor:
        """What is asked for and not yet pledged."""
        return Kronor(max(0, self.proposal.asked - self.sum))

    @property
    def all_have_answered(self) -> bool:
        """Whether nobody is missing, has an answer to confirm, or waits for a decision."""
        return len(self.answered) == len(self.places) and not self.waiting

    @property
    def waiting(self) -> tuple[Place, ...]:
        """Those who wait for a political decision."""
        return tuple(
            each
            for each in self.answered
            if each.answer is not None and each.answer.said.kind is AnswerKind.POLITICAL
        )

    @property
    def hours(self) -> int:
        """Hours of own time pledged to the proposal as it is now."""
        return sum(e.answer.said.hours or 0 for e in self.answered if e.answer is not None)


def _pledges(place: Place) -> bool:
    said = place.answer.said if place.answer is not None else None
    yes = (AnswerKind.YES, AnswerKind.OTHERWISE)
    return said is not None and said.kind in yes and bool(said.amount)


def pledged(places: Iterable[Place]) -> Kronor:
    """What the answers add up to."""
    found = (each.answer.said.amount or 0 for each in places if each.answer is not None)
    return Kronor(sum(found))


@dataclass(frozen=True)
class Supposed:
    """What is supposed in a what-if: who abstains, another sum or key; None for as it is."""

    without: frozenset[OrganisationId] = frozenset()
    asked: Kronor | None = None
    key: Key | None = None


@dataclass(frozen=True)
class Compared:
    """A municipality's share as supposed beside the one proposed and what it has pledged."""

    place: Place
    share: Kronor
    pledged: Kronor | None

    @property
    def more(self) -> int:
        """How much more it would pay than is proposed; below zero for less."""
        return self.share - self.place.share

    @property
    def falls_short(self) -> bool:
        """Whether it has answered less than this; a no is nothing at all."""
        answer = self.place.answer
        if answer is not None and answer.said.kind is AnswerKind.NO:
            return self.share > 0
        return self.pledged is not None and self.pledged < self.share


def what_if(poll: CoFinancing, supposed: Supposed) -> tuple[Compared, ...]:
    """The shares of those who are left, beside what they have answered; nothing is changed.

    CannotShare when nobody is left or the key has nothing to count by.
    """
    left = [each for each in poll.places if each.municipality not in supposed.without]
    asked = supposed.asked if supposed.asked is not None else poll.proposal.asked
    found = shares(asked, supposed.key or poll.proposal.key, [sharer_of(each) for each in left])
    return tuple(
        Compared(
            each,
            found[each.municipality],
            each.answer.said.amount if each.answer is not None else None,
        )
        for each in left
    )


def sharer_of(place: Place) -> Sharer:
    """The municipality with what its share was counted from."""
    return Sharer(place.municipality, place.code, place.inhabitants, place.counted_on, place.weight)


def hidden(poll: CoFinancing, *, but: Iterable[OrganisationId] = ()) -> CoFinancing:
    """The poll as it may be shown: while amounts are hidden, only that somebody has answered.

    Answers of the municipalities in `but` stay: a municipality sees its own.
    """
    if poll.poll.shows_answers:
        return poll
    own = frozenset(but)
    return replace(
        poll,
        places=tuple(e if e.municipality in own else _closed(e) for e in poll.places),
    )


def _closed(place: Place) -> Place:
    """The place without what its municipality says."""
    answer = place.answer
    if answer is not None:
        answer = replace(answer, said=Said(AnswerKind.HIDDEN), heard=None)
    return replace(place, answer=answer, suggestion=None, leaning=None)
