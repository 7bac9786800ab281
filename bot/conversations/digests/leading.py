"""For those who lead a digest: how it would be now, send it now, pause it and go on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.digests.leading_cards import (
    already_sent,
    asks_to_send,
    no_such_day,
    not_paused,
    paused_card,
    resumed_card,
    sent_card,
    until_when,
)
from bot.conversations.digests.own_days import chosen_days
from bot.conversations.digests.pages import PREVIEW, page_card
from bot.conversations.digests.refused import not_yours_to_lead
from bot.conversations.digests.whose import chairs_of, may_lead
from bot.conversations.protocol import Replies, Turn
from bot.conversations.setting import values_of
from bot.conversations.understanding import here
from bot.conversations.views import Card
from bot.digests.choosing import Choice, choice_of, choose
from bot.digests.due import next_for
from bot.digests.period import Audience, Due, Reader, Week
from bot.digests.publish import preview_digest, publish_digest
from bot.reading_moments import NotAMoment, read_said
from storage.queries import digests as queries
from storage.queries.schedule import claim

LONGEST_PAUSE = timedelta(days=366)


async def refused(turn: Turn, reader: Reader) -> Replies | None:
    """What is said to whoever does not lead it; None to those who do."""
    if may_lead(turn.person, reader, await chairs_of(turn)):
        return None
    return (here(turn, await not_yours_to_lead(turn, reader)),)


async def preview(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """How the digest would be now, marked as a preview, a page at a time."""
    if no := await refused(turn, reader):
        return no
    cards = await preview_digest(turn.db, turn.plan, _now(turn, reader), turn.now)
    page = rest[0] if rest else ""
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    number = min(max(number, 1), len(cards))
    return (here(turn, page_card(reader, PREVIEW, cards, number)),)


async def ask_to_send(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """Asks by buttons whether to send the next one now, or one beside it."""
    if no := await refused(turn, reader):
        return no
    if reader.audience is Audience.PERSON:
        return await preview(turn, reader, ())
    choice = await choice_of(turn.db, reader)
    due = await _next(turn, reader, choice, turn.now)
    extra = await _next_extra(turn, reader)
    if due is not None and choice.rests(due):
        card = asks_to_send(reader, turn.plan, None, extra, choice.paused_until)
    else:
        card = asks_to_send(reader, turn.plan, due, extra)
    return (here(turn, card),)


async def send(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """Send the one of that period, once: a second press of the same button sends nothing."""
    if no := await refused(turn, reader):
        return no
    period = rest[0] if rest else ""
    due = await _to_send(turn, reader, period)
    if due is None:
        done = await queries.digest_as_sent(turn.db, str(reader), period) is not None
        return (here(turn, already_sent()),) if done else await ask_to_send(turn, reader, ())
    if not await claim(turn.db, "digest", str(reader), period, turn.now):
        return (here(turn, already_sent()),)
    await publish_digest(turn.db, turn.plan, due, turn.now)
    return (here(turn, sent_card(reader, turn.plan, period)),)


async def _to_send(turn: Turn, reader: Reader, period: str) -> Due | None:
    """The next one, or an extra one of this week, with its cut-off now; None for any other."""
    if reader.audience is Audience.PERSON:
        return None
    coming = await _next(turn, reader, await choice_of(turn.db, reader), turn.now)
    if coming is not None and coming.period == period:
        return replace(coming, at=turn.now)
    if period.rpartition("-")[0] == str(_week(turn.now)) and period == await _next_extra(
        turn, reader
    ):
        return replace(_now(turn, reader), named=period)
    return None


async def _next_extra(turn: Turn, reader: Reader) -> str:
    """`2026-W48-1`: the week and how many extra ones it has had, and one more."""
    week = _week(turn.now)
    sent = await queries.periods_like(turn.db, str(reader), f"{week}-%")
    return f"{week}-{len(sent) + 1}"


async def _next(turn: Turn, reader: Reader, choice: Choice, after: datetime) -> Due | None:
    own = chosen_days(await values_of(turn)) if reader.audience is Audience.PERSON else ()
    return next_for(reader, choice, after, turn.settings, own)


def _now(turn: Turn, reader: Reader) -> Due:
    return Due(reader.audience, _week(turn.now), turn.now, reader.of)


def _week(now: datetime) -> Week:
    return Week.of(in_stockholm(now).date())


async def pause(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """Pause it till the day that the words say, or ask for one."""
    if no := await refused(turn, reader):
        return no
    if not rest or not rest[0]:
        return (here(turn, until_when(reader, turn.plan)),)
    try:
        day = read_said(rest[0], turn.now).day
    except NotAMoment:
        return (here(turn, no_such_day(rest[0])),)
    return await _pause_till(turn, reader, day, rest[0])


async def set_pause(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """The same by a button, which says the day; without one there is no pause."""
    if no := await refused(turn, reader):
        return no
    if not rest:
        return await resume(turn, reader, ())
    try:
        day = date.fromisoformat(rest[0])
    except ValueError:
        return (here(turn, no_such_day(rest[0])),)
    return await _pause_till(turn, reader, day, rest[0])


async def _pause_till(turn: Turn, reader: Reader, day: date, said: str) -> Replies:
    """Till the day; `said` is how it was written."""
    today = in_stockholm(turn.now).date()
    if not today < day <= today + LONGEST_PAUSE:
        return (here(turn, no_such_day(said)),)
    await choose(turn.db, acting(turn), reader, {"paused_until": day})
    return (here(turn, await _paused(turn, reader, day)),)


async def _paused(turn: Turn, reader: Reader, day: date) -> Card:
    begins = turn.now + (day - in_stockholm(turn.now).date()) - timedelta(days=1)
    choice = await choice_of(turn.db, reader)
    due = await _next(turn, reader, choice, begins)
    while due is not None and choice.rests(due):
        due = await _next(turn, reader, choice, due.at)
    return paused_card(reader, turn.plan, day, due, in_stockholm(turn.now).date())


async def resume(turn: Turn, reader: Reader, rest: Sequence[str]) -> Replies:
    """End the pause: what fell in it is told by the next one, not sent afterwards."""
    if no := await refused(turn, reader):
        return no
    today = in_stockholm(turn.now).date()
    choice = await choice_of(turn.db, reader)
    due = await _next(turn, reader, choice, turn.now)
    if choice.paused_until is None or choice.paused_until <= today:
        return (here(turn, not_paused(reader, turn.plan, due)),)
    await choose(turn.db, acting(turn), reader, {"paused_until": today})
    return (here(turn, resumed_card(reader, turn.plan, due, choice.paused_until)),)
