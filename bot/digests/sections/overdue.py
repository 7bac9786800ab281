"""Activities whose report is late by their own rhythm; those who are away are away, not missing."""

from datetime import date

from bot.digests.gather import Material, Standing
from bot.digests.passage import Item, Passage, news_first
from bot.digests.period import Audience
from bot.digests.wording import away_sentence, how_long, long_day, named, sentences
from bot.language import _, ngettext

TOLD_OF_REMINDERS = 2
"""Reminders after which the chef reads of them."""


def overdue(material: Material) -> Passage:
    """Reports that should have come, the longest awaited first, those of people away last."""
    late = [(each.late_since, each) for each in material.standings if each.late_since is not None]
    late.sort(key=lambda pair: (is_away(pair[1], material), pair[0], pair[1].activity.code))
    return news_first(
        _("Rapporter som dröjer"),
        [_item(since, each, material) for since, each in late],
        material,
        lambda n: ngettext("{n} rapport dröjer fortfarande", "{n} rapporter dröjer fortfarande", n),
        in_turn=False,
    )


def is_away(standing: Standing, material: Material) -> bool:
    """Whether the one responsible is away on the day of the cut-off."""
    return standing.activity.responsible.id in material.away


def missing(material: Material) -> int:
    """How many reports are late though the one responsible is there."""
    return sum(
        each.late_since is not None and not is_away(each, material) for each in material.standings
    )


def _item(since: date, standing: Standing, material: Material) -> Item:
    today = material.today
    absence = material.away.get(standing.activity.responsible.id)
    reminded = material.audience is Audience.MANAGER and standing.reminded >= TOLD_OF_REMINDERS
    words = [since.isoformat()]
    if absence is not None:
        words.append(absence.ends_on.isoformat())
        said = _away(standing, material)
    else:
        said = _missing(since, standing, today)
        if reminded:
            words.append("reminded")
            said += sentences(_reminded(standing.reminded))
    return Item(
        key=f"overdue:{standing.activity.id}",
        fingerprint="/".join(words),
        full=(*named(standing.activity), said),
    )


def _missing(since: date, standing: Standing, today: date) -> str:
    return _(
        ", {late} sen. {last}. Ansvarig: {who}.",
        late=how_long((today - since).days),
        last=_last(standing, today),
        who=standing.activity.responsible.name,
    )


def _away(standing: Standing, material: Material) -> str:
    who = standing.activity.responsible
    gone = away_sentence(who.name, material.away[who.id], material.today)
    return _(". {last}. {away}", last=_last(standing, material.today), away=gone)


def _last(standing: Standing, today: date) -> str:
    if standing.report is None:
        return _("Ingen rapport har kommit än")
    return _("Senaste rapporten kom {day}", day=long_day(standing.report.on, today))


def _reminded(times: int) -> str:
    if times == TOLD_OF_REMINDERS:
        return _("Påmind två gånger.")
    return ngettext("Påmind {n} gång.", "Påmind {n} gånger.", times)
