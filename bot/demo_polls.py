"""Demo data: a co-financing poll half answered, one that is decided, and a priority poll."""

from dataclasses import replace
from datetime import timedelta

from bot.acting import By
from bot.conversations.polls.telling import show_poll
from bot.demo_people import CHEF, DemoPeople
from bot.needs.need import Need
from bot.needs.stages import WAY
from bot.outbox import Outbox
from bot.people import BodyId
from bot.plan import Activity, Kronor
from bot.polls import answering, deciding, managing
from bot.polls.answering import as_said
from bot.polls.casting import cast
from bot.polls.co_financing import AnswerKind, Heard, Proposal, Said
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.deciding import Decided
from bot.polls.mandates import mandates
from bot.polls.moments import end_of
from bot.polls.poll import Kind, Method, Poll
from bot.polls.reading import co_financing_of, sharers
from bot.polls.starting import Asked, Choice, Rules, start_co_financing, start_poll

STAFF = "ekonomi@skaraborg"
YES = ("essunga", "falkoping", "grastorp", "hjo", "lidkoping", "skara")
"""Who has said yes in the poll that is open, by their addresses."""


async def tell_polls(people: DemoPeople, needs: list[Need]) -> None:
    """Ask, answer and decide in the demo."""
    polls = [await _decided(people), await _half_answered(people), await _priorities(people, needs)]
    outbox = Outbox(people.plan.languages)
    for each in polls:
        show_poll(outbox, people.plan, each)
    await outbox.flush(people.db)


async def _asked(
    people: DemoPeople, activity: Activity, sum_: int, *, ago: int, open_for: int
) -> Poll:
    """What the activity lacks, asked of every municipality so many days ago."""
    by = await people.by(CHEF, ago)
    board = next(key for key, each in people.plan.bodies.items() if each.kind == "board")
    closes = end_of((by.now + timedelta(days=open_for)).date())
    asked = Asked(activity.title, closes, activity_id=activity.id, decider=board)
    proposal = Proposal(
        purpose=activity.description or activity.title,
        total=activity.budget,
        funded=Kronor(activity.budget - sum_),
        asked=Kronor(sum_),
        key=Key(SharingKey.MIXED, 25),
        pays="either",
        hourly_rate=Kronor(500),
    )
    parts = [each for each, _name in await sharers(people.db, by.now.date())]
    return await start_co_financing(people.db, by, asked, proposal, parts)


async def _while_open(people: DemoPeople, poll: Poll, who: str, ago: int) -> By:
    """Somebody who acts so many days ago, but not before the poll opened."""
    by = await people.by(who, ago)
    earliest = poll.opens_at + timedelta(minutes=ago + 1)
    return replace(by, now=max(by.now, min(earliest, people.now)))


async def _answer(people: DemoPeople, poll: Poll, place: str, kind: AnswerKind, ago: int) -> None:
    """The municipality's director answers, so many days ago; time for those with an odd code."""
    by = await _while_open(people, poll, f"kommundirektor@{place}", ago)
    held = await mandates(people.db, "co_financing", by.now.date())
    (municipality,) = held.answers_for(by.person.id)
    asked = await co_financing_of(people.db, poll)
    found = asked.place(municipality)
    assert found is not None
    pays = "time" if int(found.code) % 2 else "money"
    said = as_said(asked.proposal, Said(kind), found.share, pays)
    await answering.answer(people.db, by, poll, municipality, said, held)


async def _decided(people: DemoPeople) -> Poll:
    """Closed, and decided by the direktion as it came out: its pledges fund the activity."""
    activity = people.plan.activities["SOC-01"]
    poll = await _asked(people, activity, activity.budget // 3, ago=60, open_for=20)
    for place in (*YES, "mariestad", "skovde", "tibro", "vara"):
        await _answer(people, poll, place, AnswerKind.YES, 50)
    closed = await managing.close(people.db, await people.by(CHEF, 38), poll)
    recorder = await people.by(STAFF, 30)
    board = poll.decider
    assert board is not None
    asked = await co_financing_of(people.db, closed)
    yes = [each.municipality for each in asked.pledging]
    decided = Decided(board, recorder.now.date(), "21", "as_outcome", "2026-118")
    return await deciding.record_decision(people.db, recorder, closed, decided, yes)


async def _half_answered(people: DemoPeople) -> Poll:
    """Open: some have said yes, one no, one waits for its politicians, one answered by phone."""
    activity = people.plan.activities["PLA-01"]
    poll = await _asked(people, activity, activity.budget, ago=6, open_for=20)
    for n, place in enumerate(YES):
        await _answer(people, poll, place, AnswerKind.YES, 5 - n % 4)
    await _say(people, poll, "gullspang", Said(AnswerKind.NO, comment="Vi har inget utrymme i år."))
    waits = people.today + timedelta(days=10)
    await _say(people, poll, "gotene", Said(AnswerKind.POLITICAL, expected_on=waits))
    await _by_phone(people, poll)
    return poll


async def _say(people: DemoPeople, poll: Poll, place: str, said: Said) -> None:
    by = await _while_open(people, poll, f"kommundirektor@{place}", 2)
    held = await mandates(people.db, "co_financing", by.now.date())
    (municipality,) = held.answers_for(by.person.id)
    await answering.answer(people.db, by, poll, municipality, said, held)


async def _by_phone(people: DemoPeople, poll: Poll) -> None:
    by = await _while_open(people, poll, STAFF, 1)
    tibro = next(k for k, e in people.plan.organisations.items() if e.name == "Tibro")
    asked = await co_financing_of(people.db, poll)
    place = asked.place(tibro)
    assert place is not None
    said = as_said(asked.proposal, Said(AnswerKind.YES), place.share, "money")
    heard = Heard("phone", "Kommundirektör Tibro", by.now.date())
    await answering.record(people.db, by, poll, tibro, said, heard)


async def _priorities(people: DemoPeople, needs: list[Need]) -> Poll:
    """The municipalities spread ten points over the needs that are on their way."""
    by = await people.by(CHEF, 4)
    closes = end_of((by.now + timedelta(days=14)).date())
    directors = next(k for k, e in people.plan.bodies.items() if e.kind == "municipal_directors")
    chosen = [each for each in needs if each.stage in WAY and each.is_live][:6]
    choices = [Choice(f"Behov {each.id}: {each.title}"[:150], need_id=each.id) for each in chosen]
    poll = await start_poll(
        people.db,
        by,
        Asked("Vilka behov ska beredas först?", closes, body=BodyId(directors)),
        Rules(Kind.PRIORITY, Method.POINTS, voters="municipality", points=10, seats=2),
        choices,
    )
    for n, place in enumerate(("essunga", "hjo", "skara", "skovde", "vara")):
        voter = await _while_open(people, poll, f"kommundirektor@{place}", 3 - n % 3)
        held = await mandates(people.db, "priority", voter.now.date())
        (municipality,) = held.answers_for(voter.person.id)
        first, second = poll.options[n % 3], poll.options[(n + 1) % len(poll.options)]
        points = {first.id: 7, second.id: 3} if first.id != second.id else {first.id: 10}
        await cast(people.db, voter, poll, points, municipality=municipality, mandates=held)
    return poll
