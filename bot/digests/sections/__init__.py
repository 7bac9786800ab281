"""The digest's sections: one list for each audience, in the order they are read."""

from collections.abc import Mapping

from bot.digests.gather import Material
from bot.digests.passage import Section
from bot.digests.period import Audience
from bot.digests.sections.changes import changes
from bot.digests.sections.charts import charts
from bot.digests.sections.corrections import corrections
from bot.digests.sections.decisions import decisions
from bot.digests.sections.deviations import deviations
from bot.digests.sections.finances import finances
from bot.digests.sections.late_answers import late_answers
from bot.digests.sections.milestones import coming, passed
from bot.digests.sections.money import money
from bot.digests.sections.needs import (
    late_preparations,
    new_needs,
    standing_still,
    steps,
    to_put_forward,
)
from bot.digests.sections.overdue import overdue
from bot.digests.sections.own_assignments import own_assignments
from bot.digests.sections.polls import polls
from bot.digests.sections.resources import assignments, resources
from bot.digests.sections.statuses import statuses
from bot.language import _

STATUSES = Section("statuses", statuses, lambda: _("Läget"))
CHARTS = Section("charts", charts, lambda: _("Diagram"))
DEVIATIONS = Section("deviations", deviations, lambda: _("Avvikelser"))
DECISIONS = Section("decisions", decisions, lambda: _("Beslut som behövs"))
CHANGES = Section("changes", changes, lambda: _("Övrigt som har hänt"))
LATE_ANSWERS = Section("late_answers", late_answers, lambda: _("Kom efter förra brevet"))
OVERDUE = Section("overdue", overdue, lambda: _("Rapporter som dröjer"))
COMING = Section("milestones_coming", coming, lambda: _("Kommande milstolpar"))
PASSED = Section("milestones_passed", passed, lambda: _("Passerade milstolpar"))
MONEY = Section("money", money, lambda: _("Pengar som saknas"))
FINANCES = Section("finances", finances, lambda: _("Pengar"))
CORRECTIONS = Section("corrections", corrections, lambda: _("Rättelser"))
RESOURCES = Section("resources", resources, lambda: _("Uppdrag som ingen har tid med"))
ASSIGNMENTS = Section("assignments", assignments, lambda: _("Uppdrag, antal"))
OWN_ASSIGNMENTS = Section("own_assignments", own_assignments, lambda: _("Uppdrag"))
POLLS = Section("polls", polls, lambda: _("Omröstningar"))
NEW_NEEDS = Section("needs_new", new_needs, lambda: _("Nya behov"))
NEED_STEPS = Section("needs_steps", steps, lambda: _("Steg som behov har tagit"))
TO_PUT_FORWARD = Section("needs_to_put_forward", to_put_forward, lambda: _("Behov att lägga fram"))
LATE_PREPARATIONS = Section(
    "needs_late_preparations", late_preparations, lambda: _("Behov som skulle ha varit beredda")
)
STANDING_STILL = Section("needs_standing_still", standing_still, lambda: _("Behov som står still"))

SECTIONS: Mapping[Audience, tuple[Section, ...]] = {
    Audience.MANAGER: (
        STATUSES,
        CHARTS,
        DEVIATIONS,
        DECISIONS,
        OVERDUE,
        LATE_ANSWERS,
        COMING,
        PASSED,
        RESOURCES,
        ASSIGNMENTS,
        MONEY,
        FINANCES,
        POLLS,
        NEW_NEEDS,
        NEED_STEPS,
        LATE_PREPARATIONS,
        STANDING_STILL,
        CHANGES,
        CORRECTIONS,
    ),
    Audience.STEERING_GROUP: (
        DECISIONS,
        RESOURCES,
        MONEY,
        FINANCES,
        POLLS,
        TO_PUT_FORWARD,
        STATUSES,
        CHARTS,
        DEVIATIONS,
        COMING,
        PASSED,
        OVERDUE,
        LATE_ANSWERS,
        NEW_NEEDS,
        NEED_STEPS,
        STANDING_STILL,
        CHANGES,
        CORRECTIONS,
    ),
    Audience.MUNICIPAL_DIRECTORS: (
        STATUSES,
        CHARTS,
        DECISIONS,
        RESOURCES,
        POLLS,
        DEVIATIONS,
        PASSED,
        COMING,
        FINANCES,
        NEW_NEEDS,
        NEED_STEPS,
        CHANGES,
    ),
    Audience.REFERENCE_GROUP: (
        STATUSES,
        CHARTS,
        NEW_NEEDS,
        NEED_STEPS,
        DECISIONS,
        DEVIATIONS,
        PASSED,
        COMING,
        FINANCES,
        POLLS,
        CHANGES,
    ),
    Audience.BOARD: (
        STATUSES,
        CHARTS,
        DECISIONS,
        DEVIATIONS,
        PASSED,
        COMING,
        FINANCES,
        POLLS,
        NEW_NEEDS,
        NEED_STEPS,
        CHANGES,
    ),
    Audience.NETWORK: (
        STATUSES,
        DEVIATIONS,
        DECISIONS,
        OWN_ASSIGNMENTS,
        RESOURCES,
        POLLS,
        OVERDUE,
        LATE_ANSWERS,
        COMING,
        PASSED,
        MONEY,
        NEW_NEEDS,
        NEED_STEPS,
        STANDING_STILL,
        CHANGES,
        CORRECTIONS,
    ),
    Audience.PERSON: (
        OVERDUE,
        OWN_ASSIGNMENTS,
        POLLS,
        COMING,
        PASSED,
        LATE_PREPARATIONS,
        DECISIONS,
        DEVIATIONS,
        LATE_ANSWERS,
        NEW_NEEDS,
        NEED_STEPS,
        CHANGES,
        CORRECTIONS,
    ),
}
"""As they are read when nobody has chosen otherwise; the steering group reads first what it must
decide or resource."""


def sections_of(material: Material) -> tuple[Section, ...]:
    """The sections that the reader wants, in order."""
    usual = SECTIONS[material.audience]
    if material.sections is None:
        return usual
    known = {each.name: each for each in usual}
    return tuple(known[name] for name in material.sections if name in known)
