"""What polls do by the clock: open, close, ask again after a political decision, count down, and
offer to be closed when all have answered.

It happens at the moment; people hear of it privately in working hours."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.polls.announcing import announce_closed, announce_opened
from bot.conversations.polls.buttons import answer_button, show_button
from bot.conversations.polls.closing_offered import OFFERED, all_answered, offered_period
from bot.conversations.polls.poll_card import KIND
from bot.conversations.polls.telling import who_runs
from bot.conversations.polls.wording import closing, short_title, told
from bot.conversations.views import Buttons, Card, bold, text
from bot.language import _, short_date
from bot.outbox import Outbox, ToPerson
from bot.people import OrganisationId
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.managing import close_by_time, open_by_time
from bot.polls.mandates import kind_for, mandates
from bot.polls.poll import Poll
from bot.polls.reading import co_financing_of, poll_by_number
from bot.workdays import next_working_hour
from storage.queries import polls as queries

OnTime = tuple[str, str, str, Callable[[AsyncConnection], Awaitable[None]]]
"""Kind, audience, period, and what is done in the transaction."""


async def polls_due(db: AsyncConnection, plan: Plan, now: datetime) -> list[OnTime]:
    """All that is due of polls at `now`, done or not."""
    today = in_stockholm(now).date()
    found = [
        _of(poll_id, "poll_opens", str(poll_id), _opens(plan, poll_id, now))
        for poll_id in await queries.polls_to_open(db, now)
    ]
    for row in await queries.polls_to_close(db, now):
        closes = row["closes_at"].isoformat()
        found.append(_of(row["id"], "poll_closes", closes, _closes(plan, row["id"], now)))
    may_be_asked = next_working_hour(now) == now
    for row in await queries.political_answers_due(db, today) if may_be_asked else ():
        asks = _asks_again(plan, row["poll_id"], OrganisationId(row["organisation_id"]), now)
        found.append(_of(row["poll_id"], "poll_asks_again", str(row["answer_id"]), asks))
    for row in await queries.all_have_answered(db):
        period = offered_period(row["version"], row["closes_at"])
        found.append(_of(row["id"], OFFERED, period, _offers_closing(plan, row["id"], now)))
    day = today.isoformat()
    found += [
        _of(poll_id, "poll_counts_down", day, _redraws(plan, poll_id))
        for poll_id in await queries.open_polls(db)
    ]
    return found


def _of(
    poll_id: int, kind: str, period: str, do: Callable[[AsyncConnection], Awaitable[None]]
) -> OnTime:
    return kind, str(poll_id), period, do


def _opens(plan: Plan, poll_id: int, now: datetime) -> Callable[[AsyncConnection], Awaitable[None]]:
    async def do(db: AsyncConnection) -> None:
        poll = await open_by_time(db, poll_id, now)
        if poll is not None:
            outbox = Outbox(plan.languages)
            morning = next_working_hour(now)
            # One that is over by then is for those it is told to at once.
            waits = morning if morning < poll.closes_at else now
            await announce_opened(db, plan, outbox, poll, now, not_before=waits)
            await outbox.flush(db)

    return do


def _closes(
    plan: Plan, poll_id: int, now: datetime
) -> Callable[[AsyncConnection], Awaitable[None]]:
    async def do(db: AsyncConnection) -> None:
        poll = await close_by_time(db, poll_id, now)
        if poll is not None:
            outbox = Outbox(plan.languages)
            morning = next_working_hour(now)
            await announce_closed(db, plan, outbox, poll, now, not_before=morning)
            await outbox.flush(db)

    return do


def _offers_closing(
    plan: Plan, poll_id: int, now: datetime
) -> Callable[[AsyncConnection], Awaitable[None]]:
    async def do(db: AsyncConnection) -> None:
        poll = await poll_by_number(db, poll_id)
        if poll is None or not poll.is_open:
            return
        found = poll
        outbox = Outbox(plan.languages)
        for person in sorted(await who_runs(db, poll, now)):
            outbox.say(ToPerson(person), lambda: all_answered(found))
        await outbox.flush(db)

    return do


def _redraws(plan: Plan, poll_id: int) -> Callable[[AsyncConnection], Awaitable[None]]:
    """The days that are left have grown fewer."""

    async def do(db: AsyncConnection) -> None:
        outbox = Outbox(plan.languages)
        outbox.raise_card(KIND, poll_id)
        await outbox.flush(db)

    return do


def _asks_again(
    plan: Plan, poll_id: int, municipality: OrganisationId, now: datetime
) -> Callable[[AsyncConnection], Awaitable[None]]:
    async def do(db: AsyncConnection) -> None:
        poll = await poll_by_number(db, poll_id)
        if poll is None:
            return
        asked = await co_financing_of(db, poll)
        place = asked.place(municipality)
        if place is None or place.answer is None:
            return
        found = place
        held = await mandates(db, kind_for(poll), in_stockholm(now).date())
        outbox = Outbox(plan.languages)
        for each in held.of(municipality):
            outbox.say(ToPerson(each.id), lambda: decision_awaited(asked, found))
        await outbox.flush(db)

    return do


def decision_awaited(asked: CoFinancing, place: Place) -> Card:
    """What those with mandate read on the day when a political decision was expected."""
    poll: Poll = asked.poll
    expected = place.answer.said.expected_on if place.answer is not None else None
    said = _(
        "{name} väntade sitt politiska beslut {day}. Vad blev det? Svara senast {last}.",
        name=place.name,
        day=short_date(expected) if expected else "–",
        last=closing(poll),
    )
    return Card(
        title=short_title(poll),
        summary=told(poll, said),
        parts=(text(bold(said)), Buttons(buttons=(answer_button(poll), show_button(poll)))),
    )
