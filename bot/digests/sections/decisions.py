"""Decisions asked for: each keeps a line until it is settled."""

from collections.abc import Sequence

from bot.digests.gather import Material, Report, Standing
from bot.digests.passage import Item, Passage, fingerprint, line_each
from bot.digests.period import Audience
from bot.digests.wording import Line, long_day, named, quoted, sentences
from bot.language import _
from bot.states import Decider, Status, decider_word, status_label

EVERYBODY = (Decider.MANAGER, Decider.STEERING_GROUP, Decider.BOARD)
ORDER = {
    Audience.MANAGER: EVERYBODY,
    Audience.STEERING_GROUP: (Decider.STEERING_GROUP, Decider.BOARD),
    Audience.MUNICIPAL_DIRECTORS: (Decider.STEERING_GROUP, Decider.BOARD),
    Audience.REFERENCE_GROUP: (Decider.BOARD,),
    Audience.BOARD: (Decider.BOARD,),
    Audience.NETWORK: EVERYBODY,
    Audience.PERSON: EVERYBODY,
}
"""Whose decisions each audience reads about, its own first."""

LONGEST_BRIEF = 160


def asked_for(material: Material) -> Sequence[tuple[Standing, Report]]:
    """What waits for a decision that the audience takes, prepares or waits for, its own first."""
    order = ORDER[material.audience]
    asked = [
        (each, each.report)
        for each in material.standings
        if each.report is not None and each.report.decider in order and not each.own
    ]
    return sorted(asked, key=lambda pair: (order.index(pair[1].decider), pair[1].on))


def decisions(material: Material) -> Passage:
    """Decisions that somebody has asked for and that no later report has taken back."""
    items = [_item(material, *pair) for pair in asked_for(material)]
    return line_each(_("Beslut som behövs"), items, material)


def _item(material: Material, standing: Standing, report: Report) -> Item:
    wanted = report.decision or _("Beslutet är inte beskrivet i rapporten")
    who: Line = (_("Till {who}: ", who=decider_word(report.decider)),)
    name = named(standing.activity)
    asked = _("{who}, {day}.", who=report.by, day=long_day(report.on, material.today))
    return Item(
        key=f"decision:{standing.activity.id}",
        fingerprint=fingerprint(report.decider, report.decision),
        full=(
            *who,
            *name,
            ".",
            sentences(quoted(wanted), _state(standing), asked),
        ),
        brief=(
            *who,
            *name,
            ".",
            sentences(quoted(wanted, LONGEST_BRIEF), asked),
        ),
    )


def _state(standing: Standing) -> str:
    calm = standing.status in (Status.ON_TRACK, Status.NOT_STARTED)
    return "" if calm else _("Läge: {status}.", status=status_label(standing.status))
