"""How assignments are spoken of: their name, their states, what happened to them."""

from bot.assignments.asking import ELSEWHERE
from bot.assignments.assignment import (
    Assignment,
    AssignmentStep,
    Part,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
)
from bot.assignments.states import PartState, State
from bot.conversations.needs.wording import capital, need_name
from bot.language import _, ngettext, number, short_date
from bot.people import BodyId, OrganisationId
from bot.plan import Plan


def assignment_name(assignment_id: int) -> str:
    """`uppdrag 7`, within a sentence."""
    return _("uppdrag {number}", number=assignment_id)


def title_of(assignment: Assignment) -> str:
    """`Uppdrag 7: its title`."""
    name = capital(assignment_name(assignment.id))
    return _("{name}: {title}", name=name, title=assignment.title)


def state_label(state: State) -> str:
    """Symbol and word for the whole."""
    match state:
        case State.OPEN:
            return _("❓ väntar på svar")
        case State.TAKEN:
            return _("🛠 någon har tagit det")
        case State.DONE:
            return _("✅ klart")
        case State.UNRESOURCED:
            return _("⚠ ingen har tid")
        case State.WITHDRAWN:
            return _("↩ återkallat")


def part_word(part: Part) -> str:
    """Where a person's part is, within a sentence."""
    match part.state:
        case PartState.ASKED:
            return _("tillfrågad")
        case PartState.PRIORITY:
            director = part.director.name if part.director else "–"
            return _("behöver få det prioriterat av {director}", director=director)
        case PartState.PROPOSED:
            day = short_date(part.proposed_on) if part.proposed_on else "–"
            return _("kan {day} i stället, om det går bra", day=day)
        case PartState.ACCEPTED:
            return _("har tagit det")
        case PartState.DONE:
            return _("klar")
        case PartState.DECLINED:
            return _("kan inte")
        case PartState.HANDED_OVER:
            return _("har lämnat över")
        case PartState.WITHDRAWN:
            return _("behövs inte längre")


def hours_word(hours: int) -> str:
    """`40 timmar`."""
    return ngettext("{n} timme", "{n} timmar", hours)


def hours_of(part: Part) -> str:
    """What was promised and used, as far as it is said."""
    said: list[str] = []
    if part.hours is not None:
        said.append(_("lovat {hours}", hours=hours_word(part.hours)))
    if part.used:
        said.append(_("använt {hours}", hours=hours_word(part.used)))
    return ", ".join(said)


def organisation_name(plan: Plan, key: OrganisationId | None) -> str:
    """What an employer is called; a dash for none."""
    return plan.organisations[key].name if key in plan.organisations and key is not None else "–"


def network_name(plan: Plan, key: BodyId) -> str:
    """What a network is called."""
    return plan.bodies[key].name if key in plan.bodies else "–"


def asked_word(assignment: Assignment, plan: Plan) -> str:
    """Whom it is asked of."""
    match assignment.asked:
        case ToMunicipality(organisation):
            return organisation_name(plan, organisation)
        case ToNetwork(network):
            return _("nätverket {name}", name=network_name(plan, network))
        case ToOnePerson(person):
            parts = (part for part in assignment.parts if part.person.id == person)
            found = next(parts, None)
            return found.person.name if found is not None else "–"


def about_word(assignment: Assignment, plan: Plan) -> str:
    """What the work belongs to: activity, milestone, need; empty for nothing."""
    about = assignment.work.about
    activity = plan.by_id.get(about.activity_id) if about.activity_id is not None else None
    if activity is not None:
        name = activity.name
        stones = (one for one in activity.milestones if one.id == about.milestone_id)
        milestone = next(stones, None)
        if milestone is not None:
            return _("{name}, milstolpen {title}", name=name, title=milestone.title)
        return name
    if about.need_id is not None:
        return need_name(about.need_id)
    return ""


def step_told(step: AssignmentStep) -> str:
    """What happened, in a few words, as the history tells it."""
    other = step.other.name if step.other else ""
    match step.kind:
        case "asked":
            return _("Frågan gick till {name}", name=other) if other else _("Nätverket frågades")
        case "accepted":
            return _("Tog det")
        case "declined":
            return _("Tackade nej")
        case "handed_over":
            return _("Lämnade över till {name}", name=other)
        case "priority_asked":
            return _("Bad {name} att prioritera det", name=other)
        case "date_proposed":
            return _("Föreslog ett annat datum: {day}", day=_day(step))
        case "date_agreed":
            return _("Godkände datumet {day}", day=_day(step))
        case "date_refused":
            return _("Sa nej till datumet")
        case "progress":
            return _("Berättade hur det går")
        case "done":
            return _("Klar")
        case "reopened":
            return _("Öppnade det igen")
        case "edited":
            return _("Ändrade")
        case _:
            return _("Återkallade")


def _day(step: AssignmentStep) -> str:
    return short_date(step.due_on) if step.due_on else "–"


def step_record(step: AssignmentStep) -> str:
    """Hours, day and words of a step, as far as they are said."""
    said: list[str] = []
    if step.hours is not None and step.kind in ("progress", "done"):
        said.append(_("använt {hours}", hours=hours_word(step.hours)))
    elif step.hours is not None:
        said.append(hours_word(step.hours))
    if step.kind == "edited" and step.due_on is not None:
        said.append(_("klart senast {day}", day=short_date(step.due_on)))
    if step.reason:
        elsewhere = step.kind == "withdrawn" and step.reason == ELSEWHERE
        said.append(_("Frågan gick till någon annan.") if elsewhere else step.reason)
    return " · ".join(said)


def many(count: int) -> str:
    """`3 uppdrag`."""
    return ngettext("{n} uppdrag", "{n} uppdrag", count)


def of_number(part: int, whole: int) -> str:
    """`1 av 2`."""
    return _("{part} av {whole}", part=number(part), whole=number(whole))
