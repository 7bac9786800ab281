"""What the record of a need fills in a body's material, as words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.bodies import Meeting, body_name
from bot.clock import in_stockholm
from bot.conversations.needs.history import step_record
from bot.conversations.needs.wording import capital, municipality_names, stage_word, step_told
from bot.language import _, kronor, ngettext, short_date
from bot.needs.material import Field
from bot.needs.need import Need, NeedStep
from bot.needs.stages import AT
from bot.plan import Plan

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What a document's XML has no room for."""


@dataclass(frozen=True)
class Matter:
    """A need as it is put before a body: its steps, newest first, and what is written about it."""

    need: Need
    steps: Sequence[NeedStep]
    texts: Mapping[str, str]
    meeting: Meeting | None


def clean(words: str) -> str:
    """The words without what no document can hold."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def lacking() -> str:
    """What stands where nothing is written."""
    return _("[saknas]")


def values_of(matter: Matter, plan: Plan, fields: Sequence[Field], today: date) -> dict[str, str]:
    """Every field with its words: those of the record, and those that somebody writes."""
    need, wanted = matter.need, matter.need.wanted
    places = plan.organisations.values()
    federation = next((each.name for each in places if each.kind == "federation"), "")
    network = plan.bodies.get(wanted.network) if wanted.network is not None else None
    body = AT.get(need.stage)
    supports = municipality_names(plan, (each.organisation for each in need.supports))
    values = {
        "organisation": federation,
        "today": short_date(today),
        "number": str(need.id),
        "title": need.title,
        "description": wanted.description,
        "reason": wanted.reason or "–",
        "area": need.area or "–",
        "network": network.name if network else "–",
        "municipalities": municipality_names(plan, wanted.municipalities) or "–",
        "supports": supports or "–",
        "support_count": ngettext("{n} kommun", "{n} kommuner", len(need.supports)),
        "cost": kronor(wanted.cost) if wanted.cost is not None else "–",
        "funding": wanted.funding or "–",
        "wanted_by": short_date(wanted.wanted_by) if wanted.wanted_by else "–",
        "registered_by": need.registered_by.name,
        "registered_on": short_date(in_stockholm(need.registered_at).date()),
        "preparer": need.preparer.name if need.preparer else "–",
        "prepare_by": short_date(need.prepare_by) if need.prepare_by else "–",
        "stage": stage_word(need.stage),
        "body": body_name(body) if body else "–",
        "meeting_on": short_date(matter.meeting.held_on) if matter.meeting else "–",
        "record_number": record_number(matter.steps) or "–",
        "decisions": way_in_words(matter.steps),
    }
    written = {each.name: matter.texts.get(each.name, "").strip() for each in fields}
    values |= {name: words or lacking() for name, words in written.items()}
    return {name: clean(words) for name, words in values.items()}


def record_number(steps: Sequence[NeedStep]) -> str | None:
    """The latest record number that was said."""
    return next((step.record_number for step in steps if step.record_number), None)


def way_in_words(steps: Sequence[NeedStep]) -> str:
    """The steps that stand, oldest first, a line each."""
    told = ("registered", "moved")
    lines: list[str] = []
    for step in reversed(steps):
        if step.kind in told and not step.taken_back:
            day = short_date(in_stockholm(step.at).date())
            record = step_record(step)
            said = f"{day}: {capital(step_told(step))}"
            lines.append(f"{said} ({record})" if record else said)
    return "\n".join(lines) or "–"
