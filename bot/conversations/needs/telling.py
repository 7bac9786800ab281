"""Who hears what of a need: one message a person, never to whoever did it."""

from collections.abc import Callable, Iterable

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.need_card import KIND, decision, need_card, title_of
from bot.conversations.needs.next_step import Next, find_next, what_next
from bot.conversations.needs.wording import capital, need_name, stage_label
from bot.conversations.protocol import Turn
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, short_date
from bot.needs.need import Need
from bot.needs.reading import listeners
from bot.needs.stages import AT, Stage
from bot.outbox import ToBody, ToPerson, ToPost
from bot.people import BodyId, BodyKind, PersonId
from bot.plan import Plan

_HEARD_BY_SUPPORTERS = frozenset((*AT, Stage.ACCEPTED, Stage.DECLINED))
"""Stages that those who support a need hear of: which body has it, and how it was decided."""


def raise_need(turn: Turn, need: Need) -> None:
    """Have its living cards drawn again, and one in the channels where it belongs now."""
    turn.outbox.raise_card(KIND, need.id, bodies=_where(need, turn.plan))


def say_under_card(turn: Turn, need: Need, make: Callable[[], Card]) -> None:
    """Say it in the thread of the living card, in the channels where it belongs now."""
    for body in _where(need, turn.plan):
        turn.outbox.say(ToBody(body), make, under_card=(KIND, need.id))


def _where(need: Need, plan: Plan) -> list[BodyId]:
    """The need's network, and the body that has it."""
    if not need.is_live:
        return []
    found = [need.wanted.network] if need.wanted.network is not None else []
    if need.stage in AT:
        found += [key for key, body in plan.bodies.items() if body.kind == AT[need.stage]]
    return found


async def tell_registered(turn: Turn, need: Need) -> None:
    """Put its card where it belongs, and tell the chef, who has it now."""
    raise_need(turn, need)
    plan = turn.plan
    await tell_manager(turn, lambda: registered_news(need, plan))


async def tell_manager(turn: Turn, make: Callable[[], Card]) -> None:
    """Say it to the chef: in the post's channel that people have bound, or else privately."""
    if await bodies.post_has_channel(turn.db, "manager"):
        turn.outbox.say(ToPost("manager"), make)
        return
    for each in await bodies.holders(turn.db, "manager", in_stockholm(turn.now).date()):
        tell_people(turn, [each.id], make)


def tell_people(turn: Turn, people: Iterable[PersonId], make: Callable[[], Card]) -> None:
    """Say it privately to each of them, but not to whoever acts."""
    for person in sorted({*people} - {turn.person.id}):
        turn.outbox.say(ToPerson(person), make)


async def hearing(turn: Turn, need: Need, *, supporters: bool = True) -> frozenset[PersonId]:
    """Those who hear of what happens to the need: who registered or follow it, and support it."""
    heard = await listeners(turn.db, need)
    people = heard.registered_by | heard.followers
    return people | heard.supporters if supporters else people


async def having(turn: Turn, need: Need) -> frozenset[PersonId]:
    """Those who have the need: who prepares it, and the members of the body that it lies with,
    when that has no channel to tell them all in."""
    people = {need.preparer.id} if need.preparer is not None else set[PersonId]()
    members = await _reached_alone(turn, AT[need.stage]) if need.stage in AT else ()
    return frozenset((*people, *members))


async def tell_step(
    turn: Turn, need: Need, *, taken_back_from: Need | None = None, reason: str = ""
) -> None:
    """Tell of the step that brought the need where it is now, one message a person.

    Those who registered or follow hear every step, those who support it which body has it and how
    it was decided, its network under its card. A body without a channel of its own hears through
    its members. A step taken back (`taken_back_from`: the need before) is heard by those who had
    it too.
    """
    raise_need(turn, need)
    taken_back = taken_back_from is not None
    by_all = need.stage in _HEARD_BY_SUPPORTERS or taken_back
    people = await hearing(turn, need, supporters=by_all)
    if taken_back_from is not None:
        people |= await having(turn, taken_back_from)
    coming = await find_next(turn.db, need, in_stockholm(turn.now).date())
    by = turn.person.name

    def news() -> Card:
        return step_news(need, coming, by, taken_back=taken_back, reason=reason)

    begins = need.stage is Stage.PREPARING and need.preparer is not None and not taken_back
    preparer = {need.preparer.id} if begins and need.preparer is not None else set[PersonId]()
    tell_people(turn, preparer, lambda: you_prepare(need))
    tell_people(turn, people - preparer, news)
    if need.wanted.network is not None:
        turn.outbox.say(ToBody(need.wanted.network), news, under_card=(KIND, need.id))
    if need.stage in AT and not taken_back:
        await _tell_body(turn, need, AT[need.stage], people, coming)


async def _tell_body(
    turn: Turn, need: Need, body: BodyKind, told: frozenset[PersonId], coming: Next
) -> None:
    if await bodies.has_channel(turn.db, body):
        for key in (each.id for each in turn.plan.bodies.values() if each.kind == body):
            turn.outbox.say(ToBody(key), lambda: put_to_body(need, coming))
    members = await _reached_alone(turn, body)
    tell_people(turn, members - told, lambda: put_to_body(need, coming))


async def _reached_alone(turn: Turn, body: BodyKind) -> frozenset[PersonId]:
    """The body's members, when it has no channel to tell them all in."""
    if await bodies.has_channel(turn.db, body):
        return frozenset()
    today = in_stockholm(turn.now).date()
    return frozenset(each.id for each in await bodies.members(turn.db, body, today))


def registered_news(need: Need, plan: Plan) -> Card:
    """What the chef hears of a new need, with the way to begin preparing it."""
    card = need_card(need, plan)
    begin = Button(
        label=_("Börja bereda"),
        press=press("formular", "behov_steg", need.id, Stage.PREPARING.value),
        style="primary",
    )
    first = _("Nytt behov: {title}", title=title_of(need))
    parts = (*card.parts[:-1], Buttons(buttons=(begin, show_button(need))))
    return Card(title=shortened(first, 150), summary=card.summary, parts=parts)


def step_news(
    need: Need, coming: Next, by: str, *, taken_back: bool = False, reason: str = ""
) -> Card:
    """What those who listen hear of a step."""
    first = _("{title}: {stage}", title=title_of(need), stage=stage_label(need.stage))
    parts: list[Part] = [text(bold(stage_label(need.stage)))]
    if taken_back:
        said = _(
            "{name} tog tillbaka steget innan: {reason}", name=by, reason=shortened(reason, 900)
        )
        parts.append(text(said))
    decided = decision(need)
    if decided is not None:
        parts.append(text(_("Beslut {when}.", when=decided)))
    if need.motivation:
        parts.append(text(bold(_("Skäl: ")), shortened(need.motivation, 900)))
    elif reason and not taken_back:
        parts.append(text(bold(_("Skäl: ")), shortened(reason, 900)))
    comes_next = what_next(coming)
    parts += [text(comes_next), quiet(_("Steget togs av {name}.", name=by))]
    parts.append(Buttons(buttons=(show_button(need), _history(need))))
    summary = " ".join(
        (f"{first}.", shortened(need.motivation or reason, 300), comes_next)
    ).replace("  ", " ")
    return Card(title=shortened(title_of(need), 150), summary=summary, parts=tuple(parts))


def you_prepare(need: Need) -> Card:
    """What the one who is to prepare it hears."""
    day = short_date(need.prepare_by) if need.prepare_by else "–"
    said = _(
        "Du är handläggare för {title}. Det ska vara berett {day}.", title=title_of(need), day=day
    )
    material = Button(label=_("Skriv underlaget"), press=press("behov", need.id, "underlag"))
    notes = Button(label=_("Anteckna"), press=press("behov", need.id, "anteckningar"))
    buttons = Buttons(buttons=(show_button(need), material, notes))
    return Card(summary=said, parts=(text(said), buttons))


def put_to_body(need: Need, coming: Next) -> Card:
    """What a body hears of a need that has come to it."""
    said = _("{title} är framlagt.", title=title_of(need))
    parts: tuple[Part, ...] = (
        text(bold(said)),
        text(shortened(need.wanted.description, 600)),
        text(what_next(coming)),
        Buttons(buttons=(show_button(need), _history(need))),
    )
    return Card(summary=f"{said} {what_next(coming)}", parts=parts)


def show_button(need: Need) -> Button:
    """To the need's card."""
    return Button(
        label=_("Visa {name}", name=need_name(need.id)), press=press("behov", need.id, "visa")
    )


def _history(need: Need) -> Button:
    return Button(label=_("Historik"), press=press("behov", need.id, "historik"))


def comment_line(need: Need, by: str, words: str) -> Card:
    """A comment as the living card's thread, the registrant and the preparer hear it."""
    said = _("{who} om {name}: ", who=by, name=need_name(need.id))
    return Card(
        summary=shortened(said + words, 600),
        parts=(
            text(bold(capital(said)), shortened(words, 2_000)),
            Buttons(buttons=(show_button(need),)),
        ),
    )
