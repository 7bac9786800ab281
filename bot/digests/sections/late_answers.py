"""Reports that the digest before called late, and that have come since."""

from collections.abc import Sequence

from bot.digests.gather import Material, Report, Standing
from bot.digests.passage import Item, Passage, fingerprint, news_first
from bot.digests.wording import long_day, named, quoted, sentences
from bot.language import _, ngettext
from bot.states import NEEDS_DEVIATION, status_label

LONGEST_SITUATION = 200


def came_late(material: Material) -> Sequence[tuple[Standing, Report]]:
    """Reports that have come since the digest before, which missed them."""
    return [
        (each, each.report)
        for each in material.standings
        if each.report is not None
        and each.reported
        and not each.own
        and f"overdue:{each.activity.id}" in material.told
    ]


def late_answers(material: Material) -> Passage:
    """Each in full once."""
    return news_first(
        _("Kom efter förra brevet"),
        [_item(material, *pair) for pair in came_late(material)],
        material,
        lambda n: ngettext(
            "{n} rapport kom efter ett tidigare brev",
            "{n} rapporter kom efter ett tidigare brev",
            n,
        ),
    )


def _item(material: Material, standing: Standing, report: Report) -> Item:
    own_section = report.status in NEEDS_DEVIATION
    situation = "" if own_section else quoted(report.situation, LONGEST_SITUATION)
    by = _("{who}, {day}.", who=report.by, day=long_day(report.on, material.today))
    return Item(
        key=f"late_answer:{standing.activity.id}",
        fingerprint=fingerprint(report.id),
        full=(
            f"{status_label(report.status)}: ",
            *named(standing.activity),
            ".",
            sentences(situation, by),
        ),
    )
