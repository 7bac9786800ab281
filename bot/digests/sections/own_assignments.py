"""Assignments of a network or a person that are not over, each with its day."""

from bot.assignments.assignment import Assignment
from bot.assignments.states import State
from bot.conversations.assignments.wording import assignment_name
from bot.conversations.needs.wording import capital
from bot.conversations.views import link
from bot.digests.gather import Material
from bot.digests.passage import AMONG_ASSIGNMENTS, Item, Passage, fingerprint, line_each
from bot.digests.wording import Line, long_day, sentences
from bot.language import _
from bot.pages import assignment_page


def own_assignments(material: Material) -> Passage:
    """Each keeps its line until it is over; those that nobody has time for stand by themselves."""
    apart = {each.assignment.id for each in material.assignments.lacking}
    listed = [each for each in material.assignments.standing if each.id not in apart]
    return line_each(
        _("Uppdrag"),
        [_item(each, material) for each in listed],
        material,
        where=AMONG_ASSIGNMENTS,
    )


def _item(assignment: Assignment, material: Material) -> Item:
    name = link(
        f"{capital(assignment_name(assignment.id))} {assignment.title}",
        assignment_page(assignment.id),
    )
    due_on = assignment.due_on()
    day = long_day(due_on, material.today)
    late = assignment.is_late(material.today)
    until = (
        _("Skulle ha varit klart {day}.", day=day) if late else _("Klart senast {day}.", day=day)
    )
    waits = assignment.stands(material.today) is State.OPEN
    takers = ", ".join(each.person.name for each in assignment.takers)
    who = _("Väntar på svar.") if waits else takers and _("Tas av {who}.", who=takers)
    line: Line = (name, ".", sentences(until, who))
    return Item(
        key=f"assignment:{assignment.id}",
        fingerprint=fingerprint(due_on, late, waits, takers),
        full=line,
        brief=line,
    )
