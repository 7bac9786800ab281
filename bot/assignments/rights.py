"""Who may ask for work and change what was asked (charter 5.1); buttons and refusals ask here."""

from bot.assignments.assignment import About, Assignment, Part, ToMunicipality
from bot.assignments.states import PartState
from bot.needs.need import Need
from bot.needs.rights import leads, records
from bot.needs.stages import Stage
from bot.people import Person, PersonId
from bot.plan import Plan


def may_ask(person: Person, about: About, plan: Plan, need: Need | None) -> bool:
    """Chef, förbundsdirektör and federation staff always; the one responsible, from the activity;
    the preparer, from the need."""
    if records(person):
        return True
    activity = plan.by_id.get(about.activity_id) if about.activity_id is not None else None
    if activity is not None and activity.responsible.id == person.id:
        return True
    return need is not None and need.preparer is not None and need.preparer.id == person.id


def needs_work(need: Need) -> bool:
    """Whether work can be asked for from it: it stands by itself, and was not declined."""
    return need.is_live and need.stage is not Stage.DECLINED


def may_change(person: Person, assignment: Assignment) -> bool:
    """Edit, withdraw, ask somebody else: whoever asked, or those who lead the work."""
    return assignment.asked_by.id == person.id or leads(person)


def is_the_municipalitys(assignment: Assignment, part: Part) -> bool:
    """Whether it is asked of the municipality still: any director of it may answer."""
    asked = isinstance(assignment.asked, ToMunicipality)
    return asked and part.state is PartState.ASKED and part.handed_from is None


def may_reopen(person: Person, assignment: Assignment, part: Part) -> bool:
    """Whoever did it, asked for it, or leads the work."""
    return part.person.id == person.id or may_change(person, assignment)


def may_agree(person: PersonId, assignment: Assignment) -> bool:
    """Agree to another date or not: whoever asked."""
    return assignment.asked_by.id == person
