"""The digest's sections: one list for each audience, in the order they are read."""

from collections.abc import Mapping

from bot.digests.passage import Section
from bot.digests.period import Audience
from bot.digests.sections.changes import changes
from bot.digests.sections.charts import charts
from bot.digests.sections.corrections import corrections
from bot.digests.sections.decisions import decisions
from bot.digests.sections.deviations import deviations
from bot.digests.sections.finances import finances
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
from bot.digests.sections.polls import polls
from bot.digests.sections.resources import assignments, resources
from bot.digests.sections.statuses import statuses

STATUSES = Section("statuses", statuses)
CHARTS = Section("charts", charts)
DEVIATIONS = Section("deviations", deviations)
DECISIONS = Section("decisions", decisions)
CHANGES = Section("changes", changes)
OVERDUE = Section("overdue", overdue)
COMING = Section("milestones_coming", coming)
PASSED = Section("milestones_passed", passed)
MONEY = Section("money", money)
FINANCES = Section("finances", finances)
CORRECTIONS = Section("corrections", corrections)
RESOURCES = Section("resources", resources)
ASSIGNMENTS = Section("assignments", assignments)
POLLS = Section("polls", polls)
NEW_NEEDS = Section("needs_new", new_needs)
NEED_STEPS = Section("needs_steps", steps)
TO_PUT_FORWARD = Section("needs_to_put_forward", to_put_forward)
LATE_PREPARATIONS = Section("needs_late_preparations", late_preparations)
STANDING_STILL = Section("needs_standing_still", standing_still)

SECTIONS: Mapping[Audience, tuple[Section, ...]] = {
    Audience.MANAGER: (
        STATUSES,
        CHARTS,
        DEVIATIONS,
        DECISIONS,
        OVERDUE,
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
        NEW_NEEDS,
        NEED_STEPS,
        STANDING_STILL,
        CHANGES,
        CORRECTIONS,
    ),
}
"""The steering group reads first what it must decide or resource."""
