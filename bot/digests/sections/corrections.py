"""Corrections: what was said before and no longer counts."""

from bot.digests.gather import Correction, Material
from bot.digests.passage import MOST_IN_FULL, Passage, listing
from bot.digests.wording import Line, long_day, named
from bot.language import _, number
from bot.states import status_word


def corrections(material: Material) -> Passage:
    """Reports that were corrected since the digest before."""
    shown = material.corrections[:MOST_IN_FULL]
    lines = [_line(each, material) for each in shown]
    left = len(material.corrections) - len(shown)
    if left > 0:
        lines.append((_("… och {n} till", n=number(left)),))
    return Passage(_("Rättelser"), parts=listing(lines), news=len(material.corrections))


def _line(correction: Correction, material: Material) -> Line:
    day = long_day(correction.was_on, material.today)
    values = {
        "day": day,
        "who": correction.by,
        "now": status_word(correction.now),
        "was": status_word(correction.was),
    }
    said = (
        _(": rapporten från {day} är rättad av {who}. Läget är {now}, inte {was}.", **values)
        if correction.was != correction.now
        else _(": texten i rapporten från {day} är rättad av {who}. Läget är {now}.", **values)
    )
    return (*named(correction.activity), said)
