"""Who may take a need's next step, told to whoever may not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import bodies
from bot.bodies import body_name, named
from bot.clock import in_stockholm
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.telling import show_button
from bot.conversations.needs.wording import capital
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Buttons, Card, bold, text
from bot.language import _
from bot.needs.need import Need
from bot.needs.stages import PUT_BY, Stage
from bot.people import BodyKind
from bot.plan import Contact


@dataclass(frozen=True)
class Entitled:
    """Who may: the chef, and the members of the body whose step it is, if it is one's.

    `leading`: of those who record none but chef and förbundsdirektör.
    """

    chef: Sequence[Contact]
    body: BodyKind | None = None
    members: Sequence[Contact] = ()
    leading: bool = False


async def entitled(turn: Turn, need: Need, to: Stage | None) -> Entitled:
    """Look up who may take the step."""
    today = in_stockholm(turn.now).date()
    chef = await bodies.holders(turn.db, "manager", today)
    body = PUT_BY.get(to) if to is not None and need.stage is not Stage.RESTING else None
    members = await bodies.members(turn.db, body, today) if body is not None else ()
    return Entitled(chef, body, members)


async def for_those_who_lead(turn: Turn, need: Need) -> Replies:
    """That it is for chef and förbundsdirektör."""
    who = replace(await entitled(turn, need, None), leading=True)
    return (say(turn, step_is_of(need, None, who)),)


async def not_yours(turn: Turn, need: Need, to: Stage | None) -> Replies:
    """That the step is not the person's, and whose it is."""
    return (say(turn, step_is_of(need, to, await entitled(turn, need, to))),)


def step_is_of(need: Need, to: Stage | None, who: Entitled) -> Card:
    """Whose step it is."""
    chef = named(who.chef) or _("chefen")
    if who.leading:
        said = _("Det gör chefen ({chef}) eller förbundsdirektören.", chef=chef)
    elif to is Stage.PREPARING and need.stage is Stage.REGISTERED:
        said = _(
            "Det är chefen som börjar bereda ett behov: {chef}. Förbundsdirektören kan också.",
            chef=chef,
        )
    elif who.body is not None:
        said = _(
            "Steget är ledamöternas i {body}: {names}. Chefen, {chef}, och förbundets "
            "medarbetare kan anteckna det med dagen för mötet.",
            body=body_name(who.body),
            names=named(who.members) or "–",
            chef=chef,
        )
    elif to is Stage.ACCEPTED:
        said = _(
            "Direktionen beslutar. Beslutet antecknas av chefen, {chef}, förbundsdirektören "
            "eller förbundets medarbetare.",
            chef=chef,
        )
    else:
        said = _(
            "Det gör chefen ({chef}), förbundsdirektören eller förbundets medarbetare.", chef=chef
        )
    return Card(
        summary=said,
        parts=(
            text(bold(title_of(need))),
            text(capital(said)),
            Buttons(buttons=(show_button(need),)),
        ),
        tone="warning",
    )
