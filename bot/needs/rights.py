"""Who may do what with a need (charter 5.1); every refusal and every button asks here."""

from bot.needs.need import Need, NeedStep
from bot.needs.stages import AT, PUT_BY, WAY, Stage
from bot.people import BodyKind, OrganisationId, Person
from bot.plan import Plan


def leads(person: Person) -> bool:
    """The chef, who leads the work, or the förbundsdirektör, who answers for the preparation."""
    return person.is_manager or "federation_director" in person.posts


def records(person: Person) -> bool:
    """Who records what bodies have done: chef, förbundsdirektör and federation staff."""
    return leads(person) or person.is_staff


def sits_in(person: Person, body: BodyKind) -> bool:
    """Whether the person is a member of the body."""
    return body in person.bodies.values()


def takes_part(person: Person) -> bool:
    """Whoever is more than an administrator: an administrator has no part in the work itself."""
    roles = person.roles - {"administrator"}
    return bool(roles or person.posts or person.bodies) or not person.is_administrator


def municipalities_of(person: Person, plan: Plan) -> tuple[OrganisationId, ...]:
    """The municipalities that the person is employed by, and may speak up for."""
    return tuple(
        sorted(
            key
            for key in person.employers
            if key in plan.organisations and plan.organisations[key].kind == "municipality"
        )
    )


def may_step(person: Person, need: Need, to: Stage) -> bool:
    """Whether a step to that stage is the person's to take; whether it may follow is not asked.

    The chef prepares; a body's step is any of its members', or of those who record it.
    """
    if to is Stage.PREPARING and need.stage is not Stage.RESTING:
        return leads(person)
    if need.stage is not Stage.RESTING and to in PUT_BY:
        return sits_in(person, PUT_BY[to]) or records(person)
    return records(person)


def needs_meeting(person: Person, need: Need, to: Stage) -> bool:
    """Whether the day of the body's meeting must be said: when somebody else records its step,
    and when a need that it has is decided."""
    if need.stage is Stage.RESTING or to not in PUT_BY:
        return to is Stage.ACCEPTED or (to is Stage.DECLINED and need.stage in AT)
    return not sits_in(person, PUT_BY[to])


def may_take_back(person: Person, need: Need, step: NeedStep) -> bool:
    """The one who took the step and may still take such, or the chef."""
    if leads(person):
        return True
    to = step.to_stage
    return (
        to is not None and step.person_id == person.id and (records(person) or _is_of(person, to))
    )


def _is_of(person: Person, to: Stage) -> bool:
    return to in PUT_BY and sits_in(person, PUT_BY[to])


def prepares(person: Person, need: Need) -> bool:
    """Who sees and writes working notes: the preparer, chef and förbundsdirektör."""
    return leads(person) or (need.preparer is not None and need.preparer.id == person.id)


def may_edit(person: Person, need: Need) -> bool:
    """Those who prepare or record; whoever registered it until a body has it."""
    if prepares(person, need) or records(person):
        return True
    early = need.stage in WAY[:2]
    return early and need.registered_by.id == person.id


def may_merge(person: Person, need: Need) -> bool:
    """Those who prepare or record; for what it is merged into, see `may_merge_into`."""
    return prepares(person, need) or records(person)


def may_merge_into(person: Person, need: Need, target: Need) -> bool:
    """Those who record; whoever prepares both."""
    return records(person) or (prepares(person, need) and prepares(person, target))


def may_withdraw(person: Person, need: Need) -> bool:
    """Whoever registered it."""
    return need.registered_by.id == person.id


def may_fetch_material(person: Person, stage: Stage) -> bool:
    """Who gets the material of the needs at a stage: those who record, and the body that has
    them; while they are prepared it is working material."""
    return records(person) or (stage in AT and sits_in(person, AT[stage]))
