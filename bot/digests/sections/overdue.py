"""Activities whose report is late by their own rhythm."""

from datetime import date

from bot.digests.gather import Material, Standing
from bot.digests.passage import Item, Passage, news_first
from bot.digests.wording import how_long, long_day, named
from bot.language import _, ngettext


def overdue(material: Material) -> Passage:
    """Reports that should have come, the longest awaited first."""
    late = [(each.late_since, each) for each in material.standings if each.late_since is not None]
    late.sort(key=lambda pair: (pair[0], pair[1].activity.code))
    return news_first(
        _("Rapporter som dröjer"),
        [_item(since, each, material.today) for since, each in late],
        material,
        lambda n: ngettext("{n} rapport dröjer fortfarande", "{n} rapporter dröjer fortfarande", n),
        in_turn=False,
    )


def _item(since: date, standing: Standing, today: date) -> Item:
    last = (
        _("Senaste rapporten kom {day}", day=long_day(standing.report.on, today))
        if standing.report
        else _("Ingen rapport har kommit än")
    )
    return Item(
        key=f"overdue:{standing.activity.id}",
        fingerprint=since.isoformat(),
        full=(
            *named(standing.activity),
            _(
                ", {late} sen. {last}. Ansvarig: {who}.",
                late=how_long((today - since).days),
                last=last,
                who=standing.activity.responsible.name,
            ),
        ),
    )
