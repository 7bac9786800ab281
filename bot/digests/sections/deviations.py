"""Deviations: those that are new, worse or told anew stand in full, the others are counted."""

from bot.conversations.views import bold
from bot.digests.gather import Material, Report, Standing
from bot.digests.passage import Item, Passage, fingerprint, news_first
from bot.digests.wording import long_day, named, quoted, sentences
from bot.language import _, ngettext
from bot.states import NEEDS_DEVIATION, Status, status_label, status_word

WORST_FIRST = (Status.OFF_TRACK, Status.AT_RISK)


def deviations(material: Material) -> Passage:
    """Activities in risk or deviation, the worst first."""
    found = [each for each in material.standings if each.status in NEEDS_DEVIATION and not each.own]
    found.sort(key=lambda each: (WORST_FIRST.index(each.status), _how_new(each)))
    items = [_item(material, each, each.report) for each in found if each.report is not None]
    return news_first(
        _("Nya och förvärrade avvikelser"),
        items,
        material,
        lambda n: ngettext(
            "{n} aktivitet med risk eller avvikelse är som i förra brevet",
            "{n} aktiviteter med risk eller avvikelse är som i förra brevet",
            n,
        ),
        together=3,
    )


def _item(material: Material, standing: Standing, report: Report) -> Item:
    deviation = quoted(report.deviation)
    measure = quoted(report.measure)
    next_step = quoted(report.next_step)
    return Item(
        key=f"deviation:{standing.activity.id}",
        fingerprint=fingerprint(
            report.status, report.deviation, report.measure, report.next_step, report.situation
        ),
        full=(
            bold(status_label(report.status)),
            ": ",
            *named(standing.activity),
            _change(standing),
            ".",
            sentences(
                quoted(report.situation),
                _("Avvikelse: {what}", what=deviation) if deviation else "",
                _("Åtgärd: {what}", what=measure) if measure else "",
                _("Nästa steg: {what}", what=next_step) if next_step else "",
                _("{who}, {day}.", who=report.by, day=long_day(report.on, material.today)),
            ),
        ),
    )


def _how_new(standing: Standing) -> int:
    return 0 if standing.before != standing.status else 1


def _change(standing: Standing) -> str:
    """` (ny, var enligt plan)`; nothing when the state is the same as before."""
    if standing.before == standing.status:
        return ""
    if standing.before_id is None:
        return _(" (ny)")
    was = status_word(standing.before)
    if standing.before not in NEEDS_DEVIATION:
        return _(" (ny, var {status})", status=was)
    if WORST_FIRST.index(standing.status) < WORST_FIRST.index(standing.before):
        return _(" (förvärrad, var {status})", status=was)
    return _(" (bättre, var {status})", status=was)
