"""Where a poll is shown and who hears of it; nobody hears of what they did themselves."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.needs.telling import tell_people
from bot.conversations.polls.poll_card import KIND
from bot.conversations.protocol import Turn
from bot.conversations.views import Card
from bot.outbox import Outbox, ToBody
from bot.people import BodyId, PersonId
from bot.plan import Plan
from bot.polls.poll import Kind, Poll, State

_OF_MUNICIPALITIES = ("municipal_directors", "steering_group")


def raise_poll(turn: Turn, poll: Poll) -> None:
    """Have its living cards drawn again, and one in every channel where it belongs."""
    show_poll(turn.outbox, turn.plan, poll)


def show_poll(outbox: Outbox, plan: Plan, poll: Poll) -> None:
    """The same where nobody acts."""
    posts = ("manager", "federation_director") if _is_led(poll) else ()
    shown = poll.state is State.OPEN
    outbox.raise_card(
        KIND,
        poll.id,
        bodies=where_shown(poll, plan) if shown else (),
        posts=posts if shown else (),
    )


def say_under_poll(turn: Turn, poll: Poll, make: Callable[[], Card]) -> None:
    """Say it in the thread of the living card, in the bodies' channels where that is."""
    for body in where_shown(poll, turn.plan):
        turn.outbox.say(ToBody(body), make, under_card=(KIND, poll.id))


def where_shown(poll: Poll, plan: Plan) -> list[BodyId]:
    """The bodies in whose channels it has a card: those it is put to, and the activity's
    network."""
    found = {poll.body} if poll.body is not None else set[BodyId]()
    if poll.voters == "municipality":
        found |= {key for key, each in plan.bodies.items() if each.kind in _OF_MUNICIPALITIES}
    activity = plan.by_id.get(poll.activity_id) if poll.activity_id is not None else None
    if activity is not None and activity.network is not None and _is_led(poll):
        found.add(activity.network)
    return sorted(found)


def _is_led(poll: Poll) -> bool:
    return poll.kind in (Kind.CO_FINANCING, Kind.PRIORITY)


async def tell_starter(turn: Turn, poll: Poll, make: Callable[[], Card]) -> None:
    """Say it to whoever started the poll; to the chef when that is somebody else's post now."""
    tell_people(turn, await who_runs(turn.db, poll, turn.now), make)


async def who_runs(db: AsyncConnection, poll: Poll, now: datetime) -> set[PersonId]:
    """Whoever started the poll; the chef when that is somebody else's post now."""
    people = {poll.started_by.id}
    if _is_led(poll):
        today = in_stockholm(now).date()
        chef = {each.id for each in await bodies.holders(db, "manager", today)}
        leads = chef | {each.id for each in await bodies.holders(db, "federation_director", today)}
        if poll.started_by.id not in leads:
            people = chef or people
    return people
