"""The digest's sections: one list for each audience, in the order they are read."""

from collections.abc import Mapping

from bot.digests.passage import Section
from bot.digests.period import Audience
from bot.digests.sections.changes import changes
from bot.digests.sections.charts import charts
from bot.digests.sections.corrections import corrections
from bot.digests.sections.decisions import decisions
from bot.digests.sections.deviations import deviations
from bot.digests.sections.milestones import coming, passed
from bot.digests.sections.money import money
from bot.digests.sections.overdue import overdue
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
CORRECTIONS = Section("corrections", corrections)

SECTIONS: Mapping[Audience, tuple[Section, ...]] = {
    Audience.MANAGER: (
        STATUSES,
        CHARTS,
        DEVIATIONS,
        DECISIONS,
        OVERDUE,
        COMING,
        PASSED,
        MONEY,
        CHANGES,
        CORRECTIONS,
    ),
    Audience.STEERING_GROUP: (
        DECISIONS,
        MONEY,
        STATUSES,
        CHARTS,
        DEVIATIONS,
        COMING,
        PASSED,
        OVERDUE,
        CHANGES,
        CORRECTIONS,
    ),
}
"""The steering group reads first what it must decide or resource."""
