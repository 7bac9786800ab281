"""Invented assignments in every state, with their steps, for the views that show them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.assignments.assignment import (
    About,
    Asked,
    Assignment,
    AssignmentStep,
    Part,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
    Work,
)
from bot.assignments.states import PartState, State
from bot.people import BodyId, OrganisationId, PersonId
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import contact
from bot.specimens.voice import Flavour
from bot.specimens.world import TITLE, World
from storage.models.assignments import ASSIGNMENT_STEPS

TITLES = ("Kartlägg flyttskäl", "Skriv ansökan till ESF+", "Utse en kontaktperson")
STATES = (
    (State.OPEN, PartState.ASKED),
    (State.OPEN, PartState.PRIORITY),
    (State.OPEN, PartState.PROPOSED),
    (State.TAKEN, PartState.ACCEPTED),
    (State.DONE, PartState.DONE),
    (State.UNRESOURCED, PartState.DECLINED),
    (State.WITHDRAWN, PartState.WITHDRAWN),
)
"""An assignment in each, with the state of its first part."""


def assignments_of(world: World) -> Sequence[Assignment]:
    """One in each state of a part, asked of a person, a municipality and a network in turn."""
    return [_assignment(world, n, *states) for n, states in enumerate(STATES)]


def open_to_network(world: World) -> Assignment:
    """One that a network is asked, and that nobody has answered."""
    first = assignments_of(world)[0]
    return replace(first, asked=ToNetwork(BodyId(1), world.voice.many(2, 50) or 1), parts=())


def shared(world: World) -> Assignment:
    """One that a network is asked, and that as many as there can be have taken or wait with."""
    many = world.voice.many(3, 50) or 1
    states = (PartState.ACCEPTED, PartState.PRIORITY, PartState.DONE, PartState.ASKED)
    parts = [_part(world, n, states[n % len(states)]) for n in range(many)]
    return replace(open_to_network(world), asked=ToNetwork(BodyId(1), many), parts=tuple(parts))


def _assignment(world: World, n: int, state: State, part: PartState) -> Assignment:
    voice = world.voice
    extreme, full = voice.flavour is Flavour.EXTREME, voice.flavour is not Flavour.EMPTY
    first = _part(world, n, part)
    places = [key for key, each in world.plan.organisations.items() if each.kind == "municipality"]
    kinds: Sequence[Asked] = (
        ToOnePerson(first.person.id),
        ToMunicipality(places[0] if places else OrganisationId(1)),
        ToNetwork(BodyId(1), 1),
    )
    activity = world.activities[0]
    stone = activity.milestones[0].id if activity.milestones and n % 2 else None
    return Assignment(
        id=10**12 + n if extreme else n + 7,
        work=Work(
            title=voice.line((TITLES[n % len(TITLES)],), TITLE),
            due_on=world.today + timedelta(days=30 if n % 2 else -3),
            reason=voice.text(REASONS),
            hours=(100_000 if extreme else 40) if full else None,
            about=About(activity.id, stone) if full else About(),
        ),
        asked=kinds[n % 3],
        asked_by=contact(world, 2),
        asked_at=world.now - timedelta(days=20),
        state=state,
        state_since=world.now - timedelta(days=n),
        parts=(first,),
    )


def _part(world: World, n: int, state: PartState) -> Part:
    many = 100_000 if world.voice.flavour is Flavour.EXTREME else 20
    waits = state in (PartState.PRIORITY, PartState.PROPOSED)
    return Part(
        id=n + 1,
        person=replace(contact(world, 20 + n), id=PersonId(1 if n == 3 else 20 + n)),
        organisation=OrganisationId(1),
        state=state,
        since=world.now,
        hours=None if world.voice.flavour is Flavour.EMPTY else many,
        used=many if state is PartState.DONE else 0,
        due_on=world.today + timedelta(days=60) if state is PartState.ACCEPTED else None,
        proposed_on=world.today + timedelta(days=45) if state is PartState.PROPOSED else None,
        director=contact(world, 5) if waits else None,
        reason=world.voice.text(REASONS),
    )


def steps_of_assignment(world: World) -> Sequence[AssignmentStep]:
    """One step of each kind, newest first."""
    return [
        AssignmentStep(
            id=n,
            assignment_id=7,
            part_id=1,
            kind=kind,
            person_id=world.person.id,
            person_name=world.person.name,
            at=world.now - timedelta(days=n),
            hours=12 if kind in ("progress", "done", "accepted", "edited") else None,
            due_on=world.today if kind.startswith("date") or kind == "edited" else None,
            reason=world.voice.text(REASONS),
            other=contact(world, 4) if kind in ("asked", "handed_over", "priority_asked") else None,
        )
        for n, kind in enumerate(ASSIGNMENT_STEPS)
    ]
