"""Assignments: those that nobody has time for, and how many are late or wait for an answer."""

from collections.abc import Sequence

from bot.assignments.resources import Lacking, Offered
from bot.conversations.assignments.wording import assignment_name, hours_word
from bot.conversations.needs.wording import capital
from bot.conversations.views import link, text
from bot.digests.gather import Material
from bot.digests.passage import AMONG_ASSIGNMENTS, Item, Passage, fingerprint, line_each
from bot.digests.wording import Line, listed, long_day, sentences
from bot.language import _, ngettext, number
from bot.pages import assignment_page, assignments_page


def resources(material: Material) -> Passage:
    """Assignments that nobody has time for, with the hours asked and offered: a question of
    resources, so each keeps its line until it is settled."""
    items = [_item(each, material) for each in material.assignments.lacking]
    return line_each(
        _("Uppdrag som ingen har tid med"),
        items,
        material,
        together=3,
        where=AMONG_ASSIGNMENTS,
    )


def assignments(material: Material) -> Passage:
    """How many assignments are late, and how many wait for an answer."""
    known = material.assignments
    counted: list[str] = []
    if known.late:
        counted.append(ngettext("{n} uppdrag är försenat", "{n} uppdrag är försenade", known.late))
    if known.unanswered:
        counted.append(
            ngettext("{n} väntar på svar", "{n} väntar på svar", known.unanswered)
            if known.late
            else ngettext(
                "{n} uppdrag väntar på svar", "{n} uppdrag väntar på svar", known.unanswered
            )
        )
    if not counted:
        return Passage("")
    line: Line = (link(listed(counted), assignments_page()),)
    counts = fingerprint(known.late, known.unanswered)
    if material.told.get("assignments") == counts:
        return Passage(_("Uppdrag"), remains=line, told={"assignments": counts})
    return Passage(_("Uppdrag"), parts=(text(*line, "."),), told={"assignments": counts}, news=1)


def _item(lacking: Lacking, material: Material) -> Item:
    assignment = lacking.assignment
    name = link(
        f"{capital(assignment_name(assignment.id))} {assignment.title}",
        assignment_page(assignment.id),
    )
    day = _("Klart senast {day}.", day=long_day(assignment.work.due_on, material.today))
    hours = _hours(lacking)
    return Item(
        key=f"unresourced:{assignment.id}",
        fingerprint=fingerprint(
            assignment.work.due_on, lacking.asked, lacking.offered, *lacking.by_municipality
        ),
        full=(
            name,
            _about(lacking, material),
            ".",
            sentences(hours, _each(lacking.by_municipality, material), day),
        ),
        brief=(name, ".", sentences(hours, day)),
    )


def _about(lacking: Lacking, material: Material) -> str:
    """` (KOM-03)`: the activity that the work is for, when it is for one."""
    wanted = lacking.assignment.work.about.activity_id
    codes = (each.activity.code for each in material.standings if each.activity.id == wanted)
    code = next(codes, None)
    return f" ({code})" if code is not None else ""


def _hours(lacking: Lacking) -> str:
    if lacking.asked is None:
        return _("Ingen har sagt hur många timmar det tar.")
    return _(
        "{asked} behövs, {offered} är lovade.",
        asked=hours_word(lacking.asked),
        offered=number(lacking.offered),
    )


def _each(offers: Sequence[Offered], material: Material) -> str:
    """Hours of each municipality that was asked."""
    told = [_offer(each, material) for each in offers]
    return _("Tillfrågade: {list}.", list=listed(told)) if told else ""


def _offer(offered: Offered, material: Material) -> str:
    key = offered.organisation
    name = material.organisations.get(key, "–") if key is not None else "–"
    if offered.asked is None:
        return _("{name} (lovat {offered})", name=name, offered=number(offered.offered))
    return _(
        "{name} (lovat {offered} av {asked})",
        name=name,
        offered=number(offered.offered),
        asked=hours_word(offered.asked),
    )
