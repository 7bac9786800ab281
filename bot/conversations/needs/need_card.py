"""A need's living card: the same for everybody, wherever it is posted."""

from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import capital, municipality_names, need_name, stands
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Part,
    Progress,
    bold,
    italic,
    link,
    press,
    quiet,
    text,
)
from bot.language import _, kronor, ngettext, short_date, speaking
from bot.needs.need import Need
from bot.needs.reading import need_by_id
from bot.needs.stages import Stage
from bot.plan import Plan

KIND = "need"
"""What posted cards of needs are called."""

_SHOWN = 900
"""Characters of a text that a card shows."""

_TONES: dict[Stage, Literal["good", "warning", "bad"]] = {
    Stage.ACCEPTED: "good",
    Stage.DECLINED: "bad",
    Stage.RESTING: "warning",
}


async def draw(
    db: AsyncConnection, plan: Plan, subject_id: int, language: str, now: datetime
) -> Card | None:
    """The living card as it is now; None when there is no such need."""
    need = await need_by_id(db, subject_id)
    if need is None:
        return None
    with speaking(language):
        return need_card(need, plan)


def need_card(need: Need, plan: Plan) -> Card:
    """The card that is the same for everybody."""
    parts: list[Part] = [text(bold(stands(need)))]
    parts += _said(need)
    parts.append(_facts(need, plan))
    parts += supported(need, plan)
    parts.append(_registered(need, plan))
    parts.append(_buttons(need))
    summary = f"{title_of(need)}: {stands(need)}. {shortened(need.wanted.description, 300)}"
    return Card(
        title=shortened(title_of(need), 150),
        summary=summary,
        parts=tuple(parts),
        tone=_TONES.get(need.stage, "neutral") if need.is_live else "neutral",
    )


def title_of(need: Need) -> str:
    """`Behov 12: its title`."""
    return _("{name}: {title}", name=capital(need_name(need.id)), title=need.title)


def _said(need: Need) -> list[Part]:
    wanted = need.wanted
    parts: list[Part] = [text(shortened(wanted.description, _SHOWN))]
    if wanted.reason:
        parts.append(text(bold(_("Varför: ")), shortened(wanted.reason, _SHOWN)))
    if wanted.quote is not None:
        parts.append(text(italic(f"”{shortened(wanted.quote.text, 500)}”")))
        parts.append(quiet(_("Citerat från {author}", author=shortened(wanted.quote.author, 100))))
    if need.stage is Stage.DECLINED and need.motivation:
        parts.append(text(bold(_("Därför avslogs det: ")), shortened(need.motivation, _SHOWN)))
    return parts


def _facts(need: Need, plan: Plan) -> Facts:
    wanted = need.wanted
    about = municipality_names(plan, wanted.municipalities)
    rows: list[tuple[str, str | None]] = [
        (_("Insatsområde"), need.area),
        (_("Kommuner"), about or _("ingen kommun vald")),
        (_("Önskas till"), short_date(wanted.wanted_by) if wanted.wanted_by else None),
        (_("Ungefärlig kostnad"), kronor(wanted.cost) if wanted.cost is not None else None),
        (_("Idé om finansiering"), wanted.funding),
        (_("Nätverk"), _network(need, plan)),
        (_("Handläggare"), _preparer(need)),
        (_("Beslut"), decision(need)),
        (_("I planen"), _became(need, plan)),
        (_("Delat från"), need_name(need.split_from) if need.split_from else None),
    ]
    return Facts(
        facts=tuple(
            Fact(label=label, value=shortened(value, 400)) for label, value in rows if value
        )
    )


def _network(need: Need, plan: Plan) -> str | None:
    key = need.wanted.network
    return plan.bodies[key].name if key is not None and key in plan.bodies else None


def _preparer(need: Need) -> str | None:
    if need.preparer is None or need.prepare_by is None:
        return None
    return _("{name}, klar senast {day}", name=need.preparer.name, day=short_date(need.prepare_by))


def decision(need: Need) -> str | None:
    """When it was decided and under which paragraph; None while it is not."""
    if need.decided_on is None:
        return None
    day = short_date(need.decided_on)
    return _("{day}, § {paragraph}", day=day, paragraph=need.paragraph) if need.paragraph else day


def _became(need: Need, plan: Plan) -> str | None:
    if need.activity_id is not None:
        activity = plan.by_id.get(need.activity_id)
        if activity is None:
            return _("en aktivitet")
        name = activity.name
        return _("{name} (föreslagen)", name=name) if activity.proposed else name
    if need.made_area_id is not None:
        name = plan.focus_areas.get(need.made_area_id, "")
        return _("insatsområdet {name}", name=name)
    return None


def supported(need: Need, plan: Plan) -> list[Part]:
    """How many municipalities share it, and which."""
    everybody = sum(each.kind == "municipality" for each in plan.organisations.values())
    count = len(need.supports)
    if not count:
        return [quiet(_("Ingen kommun stöttar det än."))]
    said = ngettext("Stöttas av {n} kommun", "Stöttas av {n} kommuner", count)
    names = municipality_names(plan, (each.organisation for each in need.supports))
    return [
        Progress(label=said, done=count, of=max(everybody, count, 1)),
        text(shortened(capital(names), 1_000)),
    ]


def _registered(need: Need, plan: Plan) -> Part:
    day = short_date(in_stockholm(need.registered_at).date())
    key = need.organisation
    where = plan.organisations[key].name if key in plan.organisations and key is not None else ""
    who = f"{need.registered_by.name}, {where}" if where else need.registered_by.name
    said = _("Registrerat {day} av {who}.", day=day, who=who)
    if need.comments:
        said += " " + ngettext("{n} kommentar.", "{n} kommentarer.", need.comments)
    quoted = need.wanted.quote
    if quoted is not None and quoted.link:
        return quiet(said, " ", link(_("Till meddelandet"), quoted.link))
    return quiet(said)


def _buttons(need: Need) -> Buttons:
    number = need.id
    if need.merged_into is not None:
        other = Button(
            label=_("Visa {other}", other=need_name(need.merged_into)),
            press=press("behov", need.merged_into),
        )
        return Buttons(buttons=(other, _verb(_("Historik"), number, "historik")))
    buttons = [
        _verb(_("Kommentera"), number, "kommentera"),
        _verb(_("Följ"), number, "folj"),
        _verb(_("Historik"), number, "historik"),
    ]
    if need.is_open or need.stage is Stage.RESTING:
        support = Button(label=_("Stötta"), press=press("behov", number, "stotta"), style="primary")
        buttons.insert(0, support)
    buttons.append(_verb(_("Nästa steg"), number, "vidare"))
    return Buttons(buttons=tuple(buttons), overflow=_origin(need))


def _origin(need: Need) -> tuple[Button, ...]:
    """The way to the need that this one was split from."""
    if need.split_from is None:
        return ()
    label = _("Visa {other}", other=need_name(need.split_from))
    return (Button(label=label, press=press("behov", need.split_from)),)


def _verb(label: str, number: int, verb: str) -> Button:
    return Button(label=label, press=press("behov", number, verb))
