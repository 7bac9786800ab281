"""What an answer is made from, and what it is made of."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.views import Button, Part
from bot.people import OrganisationId, Person
from bot.plan import Plan
from bot.questions.question import Filter, Question
from bot.questions.spans import Days, days_of_any, first_day
from bot.settings import Settings

A_PAGE = 8
"""Rows of an answer that are shown at a time."""


@dataclass(frozen=True)
class Asking:
    """A question, who asks and when. `skip`: how much of a long answer was shown before; `rows`:
    how much is shown at a time.

    `why`: the reasons are asked for too.
    """

    db: AsyncConnection
    plan: Plan
    question: Question
    person: Person
    now: datetime
    settings: Settings = field(default_factory=Settings)
    skip: int = 0
    why: bool = False
    rows: int = A_PAGE

    @property
    def window(self) -> slice:
        """Which of a long answer's rows are shown."""
        return slice(self.skip, self.skip + self.rows)

    @property
    def today(self) -> date:
        """The day in Stockholm."""
        return in_stockholm(self.now).date()

    @property
    def days(self) -> Days | None:
        """The days that the question is about: its periods, or from its `since` until today."""
        since = self.since
        return self.period if since is None else Days(since, max(since, self.today))

    @property
    def since(self) -> date | None:
        """The day that the question asks since."""
        return first_day(self.question.one(Filter.SINCE), self.today)

    @property
    def period(self) -> Days | None:
        """The days of all its periods; none when it asks since a day."""
        if self.since is not None:
            return None
        return days_of_any(self.question.values(Filter.PERIOD), self.today)

    @property
    def own(self) -> frozenset[OrganisationId]:
        """Municipalities that the asker works in: what a poll hides of theirs is theirs to see."""
        return self.person.employers


@dataclass(frozen=True)
class Source:
    """What an answer rests on: which report or register, whose and when. `page`: where it is read,
    as a path of the web chat; empty when nowhere."""

    words: str
    page: str = ""


@dataclass(frozen=True)
class Answered:
    """An answer: `said` is one or two sentences that stand alone; `parts` are the figures behind
    them, at most one table or a chart and a table.

    `activities` (codes), `needs` (numbers) and `municipalities` (names) are all that the answer is
    about, not only those of this page. `shown` of `total` rows are on this page. `may_why`: there
    are reasons to ask for. `buttons`: ways deeper, beside those to page and narrow.
    """

    said: str
    parts: tuple[Part, ...] = ()
    sources: tuple[Source, ...] = ()
    buttons: tuple[Button, ...] = ()
    activities: Sequence[str] = ()
    needs: Sequence[int] = ()
    municipalities: Sequence[str] = ()
    total: int = 0
    shown: int = 0
    may_why: bool = False


Answers = Callable[[Asking], Awaitable[Answered]]
"""How an intent is answered."""
