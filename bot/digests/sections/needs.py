"""Needs: new ones, steps taken, those that wait for somebody, and those that have stood still."""

from datetime import date, timedelta

from bot.clock import in_stockholm
from bot.conversations.needs.wording import capital, need_name, stage_label, step_told
from bot.conversations.views import link
from bot.digests.gather import Material
from bot.digests.needs_then import NeedThen
from bot.digests.passage import AMONG_NEEDS, Item, Passage, fingerprint, line_each, news_first
from bot.digests.wording import Line, away_sentence, how_long, long_day, quoted, sentences
from bot.language import _, ngettext
from bot.needs.need import STILL_DAYS, NeedStep
from bot.needs.stages import Stage
from bot.pages import need_page

MOST_STEPS = 4
"""Steps of one need that are told; the others are counted."""


def new_needs(material: Material) -> Passage:
    """Needs that were registered since the digest before."""
    return news_first(
        _("Nya behov"),
        [_new(each, material) for each in material.needs if _is_new(each, material)],
        material,
        lambda n: ngettext(
            "{n} nytt behov stod i förra brevet", "{n} nya behov stod i förra brevet", n
        ),
        where=AMONG_NEEDS,
    )


def steps(material: Material) -> Passage:
    """What has happened to needs since the digest before, one line a need."""
    return news_first(
        _("Steg som behov har tagit"),
        [_stepped(each, material.today) for each in material.needs if each.steps],
        material,
        lambda n: ngettext(
            "{n} behov tog ett steg som stod i förra brevet",
            "{n} behov tog steg som stod i förra brevet",
            n,
        ),
        together=3,
        where=AMONG_NEEDS,
    )


def to_put_forward(material: Material) -> Passage:
    """Needs that are prepared and that the steering group may put to the reference group."""
    ready = [each for each in material.needs if _due(each) and _due_on(each) <= material.today]
    items = [_ready(each, material.today) for each in sorted(ready, key=_due_on)]
    return line_each(_("Behov att lägga fram"), items, material, where=AMONG_NEEDS)


def late_preparations(material: Material) -> Passage:
    """Needs whose preparation should have been done, the longest awaited first."""
    late = [each for each in material.needs if _due(each) and _due_on(each) < material.today]
    return news_first(
        _("Behov som skulle ha varit beredda"),
        [_late(each, material) for each in sorted(late, key=_due_on)],
        material,
        lambda n: ngettext(
            "{n} behov skulle ha varit berett", "{n} behov skulle ha varit beredda", n
        ),
        in_turn=False,
        where=AMONG_NEEDS,
    )


def standing_still(material: Material) -> Passage:
    """Needs on their way to which nothing has happened for long, the longest first."""
    latest = material.cut_off - timedelta(days=STILL_DAYS)
    still = [each for each in material.needs if each.is_open and each.last_step_at <= latest]
    return news_first(
        _("Behov som står still"),
        [_still(each, material) for each in sorted(still, key=lambda each: each.last_step_at)],
        material,
        lambda n: ngettext(
            "{n} behov står fortfarande still", "{n} behov står fortfarande still", n
        ),
        in_turn=False,
        where=AMONG_NEEDS,
    )


def _named(need: NeedThen) -> Line:
    return (link(f"{capital(need_name(need.id))} {need.title}", need_page(need.id)),)


def _is_new(need: NeedThen, material: Material) -> bool:
    return need.registered_at > material.covers_from and not need.marked and not need.own


def _new(need: NeedThen, material: Material) -> Item:
    where = material.organisations.get(need.organisation, "") if need.organisation else ""
    who = f"{need.registered_by}, {where}" if where else need.registered_by
    day = long_day(in_stockholm(need.registered_at).date(), material.today)
    return Item(
        key=f"need:{need.id}",
        fingerprint=fingerprint(need.title),
        full=(*_named(need), _(". Registrerat av {who}, {day}.", who=who, day=day)),
    )


def _stepped(need: NeedThen, today: date) -> Item:
    told = [_step(each, today) for each in need.steps[-MOST_STEPS:]]
    left = len(need.steps) - len(told)
    if left > 0:
        told.insert(0, ngettext("{n} steg dessförinnan.", "{n} steg dessförinnan.", left))
    return Item(
        key=f"need_steps:{need.id}",
        fingerprint=fingerprint(*(each.id for each in need.steps)),
        full=(*_named(need), f": {stage_label(need.stage)}.", sentences(*told)),
    )


def _step(step: NeedStep, today: date) -> str:
    """What happened and when; why, when the need was declined by it."""
    day = long_day(in_stockholm(step.at).date(), today)
    declined = step.kind == "moved" and step.to_stage is Stage.DECLINED
    undone = _(" Det steget är taget tillbaka.") if step.taken_back else ""
    why = f" {quoted(step.reason)}" if declined and step.reason else ""
    return _("{what}, {day}.", what=step_told(step), day=day) + why + undone


def _due(need: NeedThen) -> bool:
    return need.is_open and need.stage is Stage.PREPARING and need.prepare_by is not None


def _due_on(need: NeedThen) -> date:
    return need.prepare_by or date.max


def _ready(need: NeedThen, today: date) -> Item:
    by = _(
        ". Beredningen skulle vara klar {day}. Handläggare: {who}.",
        day=long_day(_due_on(need), today),
        who=need.preparer,
    )
    may = _(" Styrgruppen kan lägga fram det för politiska referensgruppen.")
    return Item(
        key=f"need_ready:{need.id}",
        fingerprint=fingerprint(need.prepare_by, need.preparer),
        full=(*_named(need), by, may),
        brief=(*_named(need), by),
    )


def _late(need: NeedThen, material: Material) -> Item:
    said = _(
        ": skulle ha varit berett {day}, {late} sedan. Handläggare: {who}.",
        day=long_day(_due_on(need), material.today),
        late=how_long((material.today - _due_on(need)).days),
        who=need.preparer,
    )
    absence = material.away.get(need.preparer_id) if need.preparer_id is not None else None
    away = away_sentence(need.preparer, absence, material.today) if absence is not None else ""
    return Item(
        key=f"need_late:{need.id}",
        fingerprint=fingerprint(need.prepare_by, need.preparer),
        full=(*_named(need), said, sentences(away)),
    )


def _still(need: NeedThen, material: Material) -> Item:
    days = (material.cut_off - need.last_step_at).days
    who = _(" Handläggare: {who}.", who=need.preparer) if need.preparer else ""
    said = _(
        ": {stage}. Inget har hänt på {long}.", stage=stage_label(need.stage), long=how_long(days)
    )
    return Item(
        key=f"need_still:{need.id}",
        fingerprint=fingerprint(need.last_step_at.isoformat()),
        full=(*_named(need), said, who),
    )
