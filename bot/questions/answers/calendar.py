"""The calendar as answers read it: when bodies meet, where, and when documents are due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bodies import body_name
from bot.clock import in_stockholm
from bot.digests.wording import long_day
from bot.language import _, weekday_date
from bot.people import BodyId, BodyKind
from bot.questions.spans import Days
from storage.queries.questions_work import meetings_between

BEFORE, AFTER = timedelta(days=400), timedelta(days=800)
"""How far from the day, and from what is asked about, the nearest meeting is looked for."""


@dataclass(frozen=True)
class Meeting:
    """A meeting of a body, or a joint day known by its title.

    `report`: the number of the status report to it, where there is one; `sent`: it has been sent.
    """

    body: BodyId | None
    kind_of_body: BodyKind | None
    title: str
    held_on: date
    starts_at: time | None
    ends_at: time | None
    place: str
    documents_due_on: date | None
    kind: str
    report: int | None
    sent: bool

    @property
    def who(self) -> str:
        """Who meets, within a sentence; a joint day by its title."""
        if self.kind_of_body is None:
            return self.title
        if self.kind_of_body == "network":
            return _("nätverket {name}", name=self.title)
        return body_name(self.kind_of_body)

    @property
    def key(self) -> BodyId | str:
        """What tells those apart that meet: a body, or a joint day's title."""
        return self.body if self.body is not None else self.title.casefold()

    def is_to_come(self, now: datetime) -> bool:
        """Whether it is not over yet."""
        local = in_stockholm(now)
        if self.held_on != local.date():
            return self.held_on > local.date()
        return self.ends_at is None or local.time() < self.ends_at


@dataclass(frozen=True)
class Calendar:
    """Meetings in order of time, as far as somebody may ask about, at a moment."""

    meetings: Sequence[Meeting]
    now: datetime

    def of(self, concern: Callable[[Meeting], bool]) -> "Calendar":
        """Only those that are asked about."""
        return Calendar([each for each in self.meetings if concern(each)], self.now)

    def within(self, days: Days) -> list[Meeting]:
        """Those in the days."""
        return [each for each in self.meetings if each.held_on in days]

    @property
    def to_come(self) -> list[Meeting]:
        """Those that are not over."""
        return [each for each in self.meetings if each.is_to_come(self.now)]

    @property
    def next_of_each(self) -> list[Meeting]:
        """The next meeting of each body, and each joint day to come, in order of time."""
        first: dict[BodyId | str, Meeting] = {}
        for each in self.to_come:
            first.setdefault(each.key, each)
        return list(first.values())

    def nearest(self, days: Days) -> Meeting | None:
        """The first after the days, else the last before them."""
        after = [each for each in self.meetings if each.held_on > days.last]
        before = [each for each in self.meetings if each.held_on < days.first]
        return next(iter(after or before[-1:]), None)


async def calendar_of(db: AsyncConnection, now: datetime, days: Days | None = None) -> Calendar:
    """The calendar around today and the days that are asked about."""
    today = in_stockholm(now).date()
    first, last = (min(days.first, today), max(days.last, today)) if days else (today, today)
    near = max(first, date.min + BEFORE) - BEFORE, min(last, date.max - AFTER) + AFTER
    return Calendar([_meeting(row) for row in await meetings_between(db, *near)], now)


def _meeting(row: RowMapping) -> Meeting:
    body = row["body_id"]
    network = row["body"] == "network"
    return Meeting(
        body=BodyId(body) if body is not None else None,
        kind_of_body=row["body"],
        title=row["body_name"] if network else row["title"],
        held_on=row["held_on"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        place=row["place"] or "",
        documents_due_on=row["documents_due_on"],
        kind=row["kind"],
        report=row["report_id"],
        sent=row["report_state"] == "sent",
    )


def kind_word(meeting: Meeting) -> str:
    """What sort of meeting it is."""
    match meeting.kind:
        case "in_depth":
            return _("fördjupning")
        case "joint_day":
            return _("fokusdag")
        case _:
            return _("ordinarie")


def hours_words(meeting: Meeting) -> str:
    """`14:30–16:00`; empty when it is not said."""
    if meeting.starts_at is None:
        return ""
    begins = f"{meeting.starts_at:%H:%M}"
    return begins if meeting.ends_at is None else f"{begins}–{meeting.ends_at:%H:%M}"


def day_word(day: date, today: date) -> str:
    """`fredag 27 mars`, with the year when it is not this one."""
    return weekday_date(day) if day.year == today.year else f"{weekday_date(day)} {day.year}"


def time_and_place(meeting: Meeting, today: date) -> str:
    """`fredag 27 mars kl. 14:30–16:00, Digitalt`."""
    said = day_word(meeting.held_on, today)
    hours = hours_words(meeting)
    if hours:
        said = _("{day} kl. {time}", day=said, time=hours)
    return f"{said}, {meeting.place}" if meeting.place else said


def documents_words(meeting: Meeting, today: date) -> str:
    """When documents are due, as a sentence, and whether that has passed; empty when not said."""
    due = meeting.documents_due_on
    if due is None:
        return ""
    if due < today:
        return _("Handlingarna skulle ha varit inne {day}.", day=long_day(due, today))
    if due == today:
        return _("Handlingarna ska vara inne i dag.")
    return _("Handlingarna ska vara inne senast {day}.", day=day_word(due, today))
