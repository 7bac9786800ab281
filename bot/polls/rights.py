"""Who may do what with a poll; every refusal and every button asks here."""

from bot.needs.rights import leads, records, takes_part
from bot.people import BodyId, OrganisationId, Person
from bot.plan import Plan
from bot.polls.mandates import Mandates
from bot.polls.poll import Kind, Poll


def may_start(person: Person, kind: Kind) -> bool:
    """Co-financing and priorities are asked by the chef or the förbundsdirektör; a quick question
    or a date by any member."""
    if kind in (Kind.CO_FINANCING, Kind.PRIORITY):
        return leads(person)
    return takes_part(person) and (leads(person) or bool(person.bodies))


def bodies_to_ask(person: Person, plan: Plan) -> tuple[BodyId, ...]:
    """Bodies and networks whose members the person may ask: their own; everyone for who leads."""
    if leads(person):
        return tuple(sorted(plan.bodies, key=lambda key: plan.bodies[key].name))
    own = (key for key in person.bodies if key in plan.bodies)
    return tuple(sorted(own, key=lambda key: plan.bodies[key].name))


def runs(person: Person, poll: Poll) -> bool:
    """Who changes, nudges, extends, closes, reopens and cancels: whoever started it, and for what
    only they may start the chef and the förbundsdirektör."""
    if person.id == poll.started_by.id:
        return poll.kind not in (Kind.CO_FINANCING, Kind.PRIORITY) or leads(person)
    return leads(person)


def may_answer_for(person: Person, municipality: OrganisationId, mandates: Mandates) -> bool:
    """Whether the person's answer is the municipality's."""
    return any(each.id == person.id for each in mandates.of(municipality))


def may_suggest_for(person: Person, municipality: OrganisationId) -> bool:
    """Whether the person may prepare an answer for somebody with mandate."""
    return takes_part(person) and municipality in person.employers


def may_record(person: Person) -> bool:
    """Who records an answer on a municipality's behalf, and what a body decided."""
    return records(person)


def may_vote(person: Person, poll: Poll) -> bool:
    """Whether the person votes in a poll of persons: as a member of the body it is put to."""
    return poll.voters == "person" and poll.body in person.bodies


def may_give_mandate(person: Person, municipality: OrganisationId, directs: bool) -> bool:
    """A municipality's director names who else answers for it."""
    return directs and municipality in person.employers
