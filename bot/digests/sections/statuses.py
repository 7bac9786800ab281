"""How many activities have each status, and what has changed since the digest before."""

from bot.clock import in_stockholm
from bot.conversations.views import facts, text
from bot.digests.gather import Material
from bot.digests.passage import Passage
from bot.digests.wording import listed, long_day
from bot.language import _, ngettext, number
from bot.states import Status, status_label


def statuses(material: Material) -> Passage:
    """A number for each status, with the change in brackets, and how many have reported."""
    pairs = [
        (status_label(status), _with_change(material, status))
        for status in Status
        if material.counts[status] or material.counts_before[status]
    ]
    if not pairs:
        return Passage("", parts=(text(_none(material) + "."),))
    return Passage(_("Läget"), parts=(facts(*pairs), text(reported(material))))


def reported(material: Material) -> str:
    """How many have reported since the digest before, and how many never have."""
    n = sum(each.reported for each in material.standings)
    never = sum(each.report is None for each in material.standings)
    values = {
        "all": number(len(material.standings)),
        "day": long_day(in_stockholm(material.covers_from).date(), material.today),
    }
    if n:
        said = _("{n} av {all} aktiviteter har rapporterat sedan {day}.", n=number(n), **values)
    else:
        said = _("Ingen aktivitet har rapporterat sedan {day}.", **values)
    if never == 0:
        return said
    return f"{said} " + ngettext(
        "{n} aktivitet har ingen rapport än och räknas som ej påbörjad.",
        "{n} aktiviteter har ingen rapport än och räknas som ej påbörjade.",
        never,
    )


def in_words(material: Material) -> str:
    """`31 aktiviteter: 12 enligt plan, 3 med risk och 2 klara`."""
    if not material.standings:
        return _none(material)
    counted = [
        counted_status(status, material.counts[status])
        for status in Status
        if material.counts[status]
    ]
    return ngettext(
        "{n} aktivitet: {statuses}",
        "{n} aktiviteter: {statuses}",
        len(material.standings),
        statuses=listed(counted),
    )


def _none(material: Material) -> str:
    if material.of is not None:
        return _("Inga aktiviteter hör hit än")
    return _("Planen har inga aktiviteter än")


def counted_status(status: Status, n: int) -> str:
    """`3 med risk`: so many activities as part of a sentence."""
    match status:
        case Status.NOT_STARTED:
            return ngettext("{n} ej påbörjad", "{n} ej påbörjade", n)
        case Status.ON_TRACK:
            return ngettext("{n} enligt plan", "{n} enligt plan", n)
        case Status.AT_RISK:
            return ngettext("{n} med risk", "{n} med risk", n)
        case Status.OFF_TRACK:
            return ngettext("{n} med avvikelse", "{n} med avvikelse", n)
        case Status.PAUSED:
            return ngettext("{n} pausad", "{n} pausade", n)
        case Status.DONE:
            return ngettext("{n} klar", "{n} klara", n)


def _with_change(material: Material, status: Status) -> str:
    now = material.counts[status]
    change = now - material.counts_before[status]
    if change == 0:
        return number(now)
    sign = "+" if change > 0 else "−"
    return f"{number(now)} ({sign}{number(abs(change))})"
