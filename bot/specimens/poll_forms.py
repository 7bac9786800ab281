"""Every form about polls, in each step."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.conversations.forms import Value
from bot.conversations.polls import (
    answer_form,
    ballot_form,
    change_form,
    copying,
    decision_form,
    option_form,
    priority_form,
    question_form,
    recording,
    running,
    start_begun,
    start_form,
    what_if,
)
from bot.conversations.polls.running_form import About as AboutRunning
from bot.conversations.polls.start_fields import Sharers
from bot.conversations.polls.start_preview import Reached
from bot.people import BodyId, OrganisationId
from bot.plan import Body, Plan
from bot.polls.co_financing import sharer_of
from bot.polls.cost_sharing import SharingKey
from bot.polls.mandates import Mandates
from bot.polls.poll import Kind, Method, Secrecy, State
from bot.specimens.forms import every_step
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import needs_of
from bot.specimens.invented_polls import (
    METHODS,
    held_by_somebody,
    money_poll,
    name_of,
    poll_of,
)
from bot.specimens.polls import OF
from bot.specimens.specimen import Drawn
from bot.specimens.world import World


def poll_forms(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_starting, _answering, _voting, _asking, _running, _many, _deciding):
        yield from each(world)


def _words(world: World) -> str:
    return world.voice.line(REASONS, 3_500)


def _about(world: World) -> start_begun.About:
    asked, held = money_poll(world), held_by_somebody(world)
    everybody = [(sharer_of(each), each.name) for each in asked.places]
    platforms: dict[int, list[str]] = {
        each.id: ["slack", "web"] for people in held.holders.values() for each in people
    }
    return start_begun.About(
        plan=world.plan,
        today=world.today,
        known=Sharers(everybody, world.plan),
        reach=Reached(held, platforms),
        meetings=(),
        activity=world.activities[0],
    )


def _starting(world: World) -> Iterator[Drawn]:
    filled: Mapping[str, Value] = {
        "purpose": _words(world),
        "asked": "1,2 mkr",
        "total": "en miljon",
        "pays": "either",
        "closes_on": "snart",
        "opens": "later",
    }
    about = _about(world)
    for key in (SharingKey.MIXED, SharingKey.WEIGHTS):
        values = {**filled, "sharing_key": key.value, "equal_percent": "40"}
        values = {**values, "asked": "900 000"} if key is SharingKey.MIXED else values
        flow = start_form.FLOW
        name = f"omrostning-{key.value}".replace("_", "-")
        yield from every_step(world, OF, flow, about, ("aktivitet", "KOM-01"), values, name=name)
    free = start_begun.About(
        about.plan, about.today, about.known, Reached(Mandates(), {}), about.meetings
    )
    yield from every_step(world, OF, start_form.FLOW, free, (), filled, name="omrostning-fri")
    need = replace(free, need=needs_of(world)[0])
    first = next(every_step(world, OF, start_form.FLOW, need, ("behov", "12"), name="omr-behov"))
    yield first
    formal = replace(about, of=money_poll(world), formal=True)
    yield from every_step(
        world, OF, start_form.FLOW, formal, ("formell", "7"), filled, name="omrostning-formell"
    )


def _answering(world: World) -> Iterator[Drawn]:
    asked, held = money_poll(world), held_by_somebody(world)
    kinds = ("yes", "otherwise", "no", "political")
    for n, place in enumerate(asked.places[3:7]):
        about = answer_form.About(asked, place, held, answers=n != 3, today=world.today)
        kind = kinds[n % 4]
        values: Mapping[str, Value] = {
            "kind": kind,
            "pays": "time" if n > 3 else "money",
            "amount": "-1",
            "hours": "tio",
            "condition": _words(world),
            "expected_on": "snart",
        }
        name = f"omrostning-svar-{n}"
        yield from every_step(world, OF, answer_form.FLOW, about, ("7",), values, name=name)
    old = answer_form.About(asked, asked.places[3], held, True, world.today, 99)
    name = "omrostning-svar-gammalt"
    yield from every_step(world, OF, answer_form.FLOW, old, ("7", "0", "99"), name=name)
    record = recording.About(asked, held, world.today)
    filled = {"municipality": str(asked.places[0].municipality), "said_by": _words(world)}
    yield from every_step(world, OF, recording.FLOW, record, ("7",), filled)


def _voting(world: World) -> Iterator[Drawn]:
    for kind, method in METHODS:
        for secrecy in (Secrecy.OPEN, Secrecy.ALWAYS):
            if secrecy is Secrecy.ALWAYS and method is not Method.POINTS:
                continue
            poll = poll_of(world, kind, method, secrecy=secrecy)
            about = ballot_form.About(poll, None, name_of(world), Mandates())
            name = f"omrostning-rost-{method.value}-{secrecy.value}"
            values = {ballot_form.field_of(each.id): "3" for each in poll.options}
            yield from every_step(world, OF, ballot_form.FLOW, about, ("7",), values, name=name)
        if method is not Method.BUDGET:
            continue
        added = option_form.About(poll_of(world, kind, method))
        label = {"label": _words(world)}
        name = f"omrostning-rad-{method.value}"
        yield from every_step(world, OF, option_form.FLOW, added, ("7",), label, name=name)


def _asking(world: World) -> Iterator[Drawn]:
    bodies = tuple(world.plan.bodies)
    needs = tuple(needs_of(world)[:3])
    about = priority_form.About(world.plan, world.today, needs, bodies)
    for method in ("points", "budget", "ranking"):
        filled: Mapping[str, Value] = {
            "title": _words(world),
            "method": method,
            "voters": "person" if method == "budget" else "municipality",
            "secrecy": "always" if method == "ranking" else "open",
            "own": "Ett\nEtt",
        }
        name = f"omrostning-prio-{method}"
        yield from every_step(world, OF, priority_form.FLOW, about, (), filled, name=name)
    copied = priority_form.About(
        world.plan,
        world.today,
        needs,
        bodies,
        copied=poll_of(world, Kind.PRIORITY, Method.BUDGET),
    )
    yield from every_step(
        world, OF, priority_form.FLOW, copied, ("kopia", "7"), name="omrostning-prio-kopia"
    )
    for flow in (question_form.QUESTION, question_form.DATES):
        poll = poll_of(world, Kind.QUESTION, Method.SEVERAL)
        asking = question_form.About(world.plan, world.person, world.now, bodies, poll)
        yield from every_step(world, OF, flow, asking, ("kopia", "7"), {"title": _words(world)})


def _running(world: World) -> Iterator[Drawn]:
    poll = money_poll(world).poll
    missing = {str(each.voter_id): each.name for each in money_poll(world).places}
    about = AboutRunning(poll, world.today, missing)
    filled = {"reason": _words(world), "words": _words(world), "closes_on": "snart"}
    for flow in (running.NUDGE, running.EXTEND, running.REOPEN, running.CANCEL):
        yield from every_step(world, OF, flow, about, ("7",), filled)
    supposed = what_if.About(money_poll(world), keeps=True)
    mixed = {"sharing_key": "mixed", "asked": "allt"}
    yield from every_step(world, OF, what_if.FLOW, supposed, ("7",), mixed)
    start = _about(world)
    proposal = change_form.AboutProposal(
        money_poll(world), world.plan, start.known, start.reach.held, start.reach
    )
    yield from every_step(world, OF, change_form.PROPOSAL, proposal, ("7",), filled)
    for kind, method in METHODS[:1]:
        words = change_form.AboutText(poll_of(world, kind, method, voted=0))
        yield from every_step(world, OF, change_form.WORDS, words, ("7",), {"title": ""})
    template = copying.About(poll)
    yield from every_step(world, OF, copying.FLOW, template, ("7",), {"name": _words(world)})


def _with_board(world: World) -> Plan:
    board = {BodyId(99): Body(BodyId(99), "Direktionen", "board")}
    return replace(world.plan, bodies={**world.plan.bodies, **board})


def _many(world: World) -> Iterator[Drawn]:
    """Of as many municipalities as there are in the country."""
    asked = money_poll(world)
    first = asked.places[0]
    places = tuple(
        replace(first, voter_id=n, municipality=OrganisationId(n), name=f"Kommun {n:03d}")
        for n in range(1, 291)
    )
    every = replace(asked, places=places)
    missing = {str(each.voter_id): each.name for each in places}
    about = AboutRunning(asked.poll, world.today, missing)
    yield from every_step(world, OF, running.NUDGE, about, ("7",), name="omrostning-puffa-alla")
    supposed = what_if.About(every, keeps=True)
    yield from every_step(world, OF, what_if.FLOW, supposed, ("7",), name="omrostning-tank-alla")
    record = recording.About(every, held_by_somebody(world), world.today)
    by_name = {"municipality": places[-1].name, "kind": "yes"}
    named = "omrostning-at-alla"
    yield from every_step(world, OF, recording.FLOW, record, ("7",), by_name, name=named)
    closed = replace(asked.poll, state=State.CLOSED)
    plan = _with_board(world)
    decided = decision_form.About(closed, plan, "Alla svarade.", places, world.today)
    otherwise = {"verdict": "otherwise", "why": _words(world)}
    flow, named = decision_form.FLOW, "omrostning-beslut-alla"
    yield from every_step(world, OF, flow, decided, ("7",), otherwise, name=named)


def _deciding(world: World) -> Iterator[Drawn]:
    asked = money_poll(world, State.CLOSED)
    sentence = "6 av 15 kommuner svarade."
    plan = _with_board(world)
    about = decision_form.About(asked.poll, plan, sentence, asked.answered[:3], world.today)
    for verdict in ("as_outcome", "otherwise"):
        values: Mapping[str, Value] = {"verdict": verdict, "why": _words(world)}
        name = f"omrostning-beslut-{verdict}".replace("_", "-")
        yield from every_step(world, OF, decision_form.FLOW, about, ("7",), values, name=name)
