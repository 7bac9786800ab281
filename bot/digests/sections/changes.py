"""What else was reported: changed states, and for those who are near what people wrote."""

from bot.digests.gather import Material, Report, Standing
from bot.digests.passage import Item, Passage, fingerprint, news_first
from bot.digests.period import Audience
from bot.digests.sections.late_answers import came_late
from bot.digests.wording import named, quoted, sentences
from bot.language import _, ngettext
from bot.states import NEEDS_DEVIATION, status_label, status_word

LONGEST_SITUATION = 200

READ_WHAT_IS_WRITTEN = (Audience.MANAGER, Audience.NETWORK, Audience.PERSON)
"""The others read of changed states alone."""


def changes(material: Material) -> Passage:
    """Reports since the digest before, save those of deviations and those that came late, which
    have their own sections."""
    apart = {standing.activity.id for standing, _report in came_late(material)}
    items = [
        _item(each, each.report)
        for each in material.standings
        if each.report is not None
        and each.reported
        and each.activity.id not in apart
        and _worth_telling(each, material.audience)
    ]
    return news_first(
        _("Övrigt som har hänt"),
        items,
        material,
        lambda n: ngettext(
            "{n} rapport säger samma sak som förut",
            "{n} rapporter säger samma sak som förut",
            n,
        ),
    )


def _worth_telling(standing: Standing, audience: Audience) -> bool:
    if standing.status in NEEDS_DEVIATION or standing.report is None or standing.own:
        return False
    written = bool(standing.report.situation) and audience in READ_WHAT_IS_WRITTEN
    return standing.status != standing.before or written


def _item(standing: Standing, report: Report) -> Item:
    changed = standing.status != standing.before and standing.before_id is not None
    was = _(" (var {status})", status=status_word(standing.before)) if changed else ""
    return Item(
        key=f"report:{standing.activity.id}",
        fingerprint=fingerprint(report.status, report.situation),
        full=(
            f"{status_label(report.status)}: ",
            *named(standing.activity),
            was,
            ".",
            sentences(quoted(report.situation, LONGEST_SITUATION)),
        ),
    )
