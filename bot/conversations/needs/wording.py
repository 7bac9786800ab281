"""How needs are spoken of: their stages, their name, who has them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.bodies import body_name
from bot.conversations.activity_card import shortened
from bot.language import _, kronor, short_date
from bot.needs.need import Need, NeedStep
from bot.needs.stages import Stage
from bot.people import OrganisationId
from bot.plan import Plan

_NAMED_BY_PLAN = frozenset(("area_id", "municipalities", "network"))
_EDIT_LENGTH = 500
"""Characters of what stood before and after that a step of the history has room for."""


def need_name(need_id: int) -> str:
    """`behov 12`, within a sentence."""
    return _("behov {number}", number=need_id)


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def stage_word(stage: Stage) -> str:
    """Where a need is, within a sentence."""
    match stage:
        case Stage.REGISTERED:
            return _("registrerat")
        case Stage.PREPARING:
            return _("bereds")
        case Stage.REFERENCE_GROUP:
            return _("hos politiska referensgruppen")
        case Stage.PRESIDIUM:
            return _("hos presidiet")
        case Stage.BOARD:
            return _("hos direktionen")
        case Stage.ACCEPTED:
            return _("antaget")
        case Stage.DECLINED:
            return _("avslaget")
        case Stage.RESTING:
            return _("vilande")


SYMBOLS = {
    Stage.REGISTERED: "📝",
    Stage.PREPARING: "🔎",
    Stage.REFERENCE_GROUP: "👥",
    Stage.PRESIDIUM: "🗂",
    Stage.BOARD: "🏛",
    Stage.ACCEPTED: "✅",
    Stage.DECLINED: "⛔",
    Stage.RESTING: "💤",
}


def stage_label(stage: Stage) -> str:
    """Symbol and word."""
    return f"{SYMBOLS[stage]} {stage_word(stage)}"


def stands(need: Need) -> str:
    """Symbol and word, the marks beside the stage first."""
    if need.merged_into is not None:
        return _("🔗 ihopslaget med {other}", other=need_name(need.merged_into))
    if need.withdrawn_at is not None:
        return _("↩ återtaget")
    return stage_label(need.stage)


def step_word(to: Stage) -> str:
    """The step to a stage, as a button says it."""
    match to:
        case Stage.REGISTERED:
            return _("Tillbaka till registrerat")
        case Stage.PREPARING:
            return _("Börja bereda")
        case Stage.REFERENCE_GROUP:
            return _("Till referensgruppen")
        case Stage.PRESIDIUM:
            return _("Till presidiet")
        case Stage.BOARD:
            return _("Till direktionen")
        case Stage.ACCEPTED:
            return _("Anta")
        case Stage.DECLINED:
            return _("Avslå")
        case Stage.RESTING:
            return _("Låt vila")


def municipality_names(plan: Plan, ids: Iterable[OrganisationId]) -> str:
    """The municipalities in order of name; `alla kommuner` when it is all of them."""
    chosen = set(ids)
    everybody = {key for key, each in plan.organisations.items() if each.kind == "municipality"}
    if chosen and chosen >= everybody:
        return _("alla kommuner")
    return ", ".join(sorted(plan.organisations[one].name for one in chosen & everybody))


def step_told(step: NeedStep) -> str:
    """What happened, in a few words, as the history tells it."""
    match step.kind:
        case "registered":
            return _("Registrerat")
        case "moved":
            return _moved(step)
        case "preparer":
            return _("Ny handläggare: {name}", name=step.preparer.name if step.preparer else "–")
        case "taken_back":
            return _("Steget togs tillbaka, nu {stage}", stage=_to(step))
        case "edited":
            return _("Ändrat: {fields}", fields=", ".join(map(field_word, step.changes)))
        case "withdrawn":
            return _("Återtaget av den som registrerade det")
        case "restored":
            return _("Återställt")
        case "merged":
            return _("Ihopslaget med {other}", other=need_name(step.other_need_id or 0))
        case "parted":
            return _("Taget isär från {other}", other=need_name(step.other_need_id or 0))
        case "split":
            return _("Delat: hör ihop med {other}", other=need_name(step.other_need_id or 0))
        case _:
            return _("Blev något i planen")


def changes_told(changes: Mapping[str, Any], plan: Plan | None) -> list[str]:
    """What stood before and after in each field that was edited, shortened to fit together.

    Where only the plan knows the name of what is kept, nothing is told without it.
    """
    most = _EDIT_LENGTH // max(1, 2 * len(changes))
    told: list[str] = []
    for name, (before, after) in changes.items():
        if plan is None and name in _NAMED_BY_PLAN:
            continue
        was, now = (shortened(_value_told(name, each, plan), most) for each in (before, after))
        told.append(
            _(
                "{field}: före ”{before}”, efter ”{after}”",
                field=field_word(name),
                before=was,
                after=now,
            )
        )
    return told


def _value_told(name: str, value: Any, plan: Plan | None) -> str:
    if value is None or value in ("", []):
        return "–"
    if name == "cost":
        return kronor(int(value))
    if name == "wanted_by":
        return short_date(date.fromisoformat(value))
    if plan is None or name not in _NAMED_BY_PLAN:
        return str(value)
    if name == "municipalities":
        return municipality_names(plan, value) or "–"
    if name == "area_id":
        return plan.focus_areas.get(value, "–")
    body = plan.bodies.get(value)
    return body.name if body is not None else "–"


def _to(step: NeedStep) -> str:
    return stage_word(step.to_stage) if step.to_stage else "–"


def _moved(step: NeedStep) -> str:
    if step.from_stage is Stage.RESTING:
        return _("Återupptaget, nu {stage}", stage=_to(step))
    if step.body is not None and step.to_stage not in (Stage.ACCEPTED, Stage.DECLINED):
        return _("{stage}, på väg från {body}", stage=capital(_to(step)), body=body_name(step.body))
    if step.body is not None:
        return _("{stage} av {body}", stage=capital(_to(step)), body=body_name(step.body))
    return capital(_to(step))


def field_word(name: str) -> str:
    """What a field of a need is called within a sentence."""
    match name:
        case "title":
            return _("rubrik")
        case "description":
            return _("vad som behövs")
        case "reason":
            return _("varför")
        case "area_id":
            return _("insatsområde")
        case "municipalities":
            return _("kommuner")
        case "wanted_by":
            return _("önskas till")
        case "cost":
            return _("kostnad")
        case "funding":
            return _("finansiering")
        case _:
            return _("nätverk")
