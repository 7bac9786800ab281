"""Sharing a need, and following it."""

from collections.abc import Sequence

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.registering import FORM, NEW
from bot.conversations.needs.telling import raise_need, say_under_card, show_button
from bot.conversations.needs.wording import need_name, stands
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, bold, press, quiet, text
from bot.language import _, ngettext
from bot.needs import supporting
from bot.needs.changing import NotPossible
from bot.needs.need import Need
from bot.needs.reading import follows, need_by_id
from bot.needs.rights import municipalities_of
from bot.people import OrganisationId
from bot.plan import Plan
from storage.queries import drafts


async def support(turn: Turn, need: Need, rest: str) -> Replies:
    """Write that the person's municipality shares the need; asks which when there are several."""
    chosen, token = _pressed(turn, rest)
    own = _own(turn, chosen)
    if len(own) != 1:
        return _which(turn, need, own, "stotta", token)
    try:
        first = await supporting.support(turn.db, acting(turn), need, own[0])
    except NotPossible as error:
        return (say(turn, no_support_now(error.need)),)
    if token:
        await drafts.drop_draft(turn.db, turn.person.id, FORM, (NEW, token))
    now = await need_by_id(turn.db, need.id) or need
    if first:
        where, who = turn.plan.organisations[own[0]].name, turn.person.name
        raise_need(turn, now)
        say_under_card(turn, now, lambda: support_line(now, where, who))
    return (say(turn, supports_it(now, turn.plan, own[0], first=first)),)


def _pressed(turn: Turn, rest: str) -> tuple[str, str]:
    """The municipality that a button or words name, and the line kept that this is instead of."""
    chosen, *further = rest.split() or ("",)
    token = further[0] if further and isinstance(turn.doing, Pressed) else ""
    return ("" if chosen == "i_stallet" else chosen), token


async def withdraw_support(turn: Turn, need: Need, rest: str) -> Replies:
    """Write that the person's municipality no longer shares it."""
    own = _own(turn, rest)
    if len(own) != 1:
        return _which(turn, need, own, "angra_stod")
    try:
        did = await supporting.withdraw_support(turn.db, acting(turn), need, own[0])
    except NotPossible as error:
        return (say(turn, no_support_now(error.need)),)
    now = await need_by_id(turn.db, need.id) or need
    if did:
        raise_need(turn, now)
    return (say(turn, supports_no_longer(now, turn.plan, own[0], did=did)),)


def _own(turn: Turn, chosen: str) -> tuple[OrganisationId, ...]:
    """The person's municipalities, or the one of them that was chosen."""
    own = municipalities_of(turn.person, turn.plan)
    picked = tuple(one for one in own if str(one) == chosen)
    return picked or own


def _which(
    turn: Turn, need: Need, own: Sequence[OrganisationId], verb: str, token: str = ""
) -> Replies:
    card = (
        which_municipality(need, turn.plan, own, verb, token) if own else only_municipalities(need)
    )
    return (say(turn, card),)


def which_municipality(
    need: Need, plan: Plan, own: Sequence[OrganisationId], verb: str, token: str = ""
) -> Card:
    """What is asked of somebody who works for several municipalities.

    `token`: the line kept that is let go when they have chosen.
    """
    said = _("För vilken kommun?")
    kept = (token,) if token else ()
    buttons = tuple(
        Button(
            label=shortened(plan.organisations[one].name, 75),
            press=press("behov", need.id, verb, one, *kept),
        )
        for one in own[:5]
    )
    return Card(
        summary=said, parts=(text(bold(title_of(need))), text(said), Buttons(buttons=buttons))
    )


def only_municipalities(need: Need) -> Card:
    """What is said to somebody whom no municipality employs."""
    said = _("Bara den som arbetar i en kommun kan stötta ett behov. Du kan följa det.")
    follow_it = Button(label=_("Följ"), press=press("behov", need.id, "folj"))
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(follow_it, show_button(need)))),
        tone="warning",
    )


def no_support_now(need: Need) -> Card:
    """What is said of a need that is decided, withdrawn or merged."""
    said = _(
        "Stödet för {name} kan inte ändras nu: det är {stage}.",
        name=need_name(need.id),
        stage=stands(need),
    )
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="warning"
    )


def support_line(need: Need, where: str, who: str) -> Card:
    """A new support as the living card's thread tells it."""
    said = _("{where} stöttar nu {title}", where=where, title=title_of(need))
    return Card(summary=said, parts=(text(said), quiet(who)))


def supports_it(need: Need, plan: Plan, municipality: OrganisationId, *, first: bool) -> Card:
    """That the municipality shares it, now or since before, with a way to take it back."""
    where = plan.organisations[municipality].name
    said = (
        _("{where} stöttar nu {title}", where=where, title=title_of(need))
        if first
        else _("{where} stöttar redan {title}", where=where, title=title_of(need))
    )
    count = ngettext("{n} kommun stöttar det.", "{n} kommuner stöttar det.", len(need.supports))
    undo = Button(
        label=_("Ångra stödet"), press=press("behov", need.id, "angra_stod", municipality)
    )
    return Card(
        summary=f"{said}. {count}",
        parts=(
            text(bold(said)),
            text(count),
            quiet(_("Du får veta vilket organ som har det och hur det beslutas.")),
            Buttons(buttons=(show_button(need), undo)),
        ),
        tone="good" if first else "neutral",
    )


def supports_no_longer(need: Need, plan: Plan, municipality: OrganisationId, *, did: bool) -> Card:
    """That the municipality no longer shares it, or did not."""
    where = plan.organisations[municipality].name
    said = (
        _("{where} stöttar inte längre {title}", where=where, title=title_of(need))
        if did
        else _("{where} stöttade inte {title}", where=where, title=title_of(need))
    )
    again = Button(label=_("Stötta"), press=press("behov", need.id, "stotta", municipality))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(again, show_button(need)))))


async def follow(turn: Turn, need: Need, rest: str) -> Replies:
    """Tell the person of every step."""
    await supporting.follow(turn.db, acting(turn), need)
    return (say(turn, follows_it(need, yes=True)),)


async def unfollow(turn: Turn, need: Need, rest: str) -> Replies:
    """Tell them no longer."""
    was = await follows(turn.db, need.id, turn.person.id)
    await supporting.unfollow(turn.db, acting(turn), need)
    return (say(turn, follows_it(need, yes=False, was=was)),)


def follows_it(need: Need, *, yes: bool, was: bool = True) -> Card:
    """Whether the person follows it from now on, with the way back."""
    if yes:
        said = _("Du följer nu {title} och får veta varje steg.", title=title_of(need))
        other = Button(label=_("Sluta följa"), press=press("behov", need.id, "sluta_folja"))
    else:
        said = (
            _("Du följer inte längre {title}.", title=title_of(need))
            if was
            else _("Du följde inte {title}.", title=title_of(need))
        )
        other = Button(label=_("Följ"), press=press("behov", need.id, "folj"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need), other))))
