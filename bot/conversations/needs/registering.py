"""`behov TEXT`: register a need by a line, unless there are others like it."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.needs.line_changed import line_key, need_of_line, retyped
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.next_step import Next, find_next, what_next
from bot.conversations.needs.reading_need import from_line, in_pieces
from bot.conversations.needs.telling import show_button, tell_registered
from bot.conversations.needs.wording import need_name, stage_label
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.digests.wording import listed
from bot.language import _, ngettext, number
from bot.needs.need import TEXT_LENGTH, Need, Wanted
from bot.needs.reading import need_by_id
from bot.needs.registering import register
from bot.needs.rights import municipalities_of
from bot.needs.similarity import SimilarNeed, similar_needs
from bot.needs.supporting import takes_support
from bot.people import OrganisationId
from storage.queries import drafts

FORM = "behov"
NEW = "ny"
"""The first argument of a form begun from a line; the second tells the line."""
_OF_A_LINE = frozenset(("title", "description", "line"))


async def register_line(turn: Turn, said: str) -> Replies:
    """Register what the line says; when others are like it, ask first and keep the words."""
    if len(said) > TEXT_LENGTH:
        return (say(turn, line_too_long(said)),)
    wanted = from_line(said)
    before = await need_of_line(turn)
    if before is not None:
        return await retyped(turn, before, wanted)
    found = await similar_needs(turn.db, wanted.title, wanted.description)
    if not found:
        return await registered(turn, wanted, line_key(turn))
    return await _ask_first(turn, wanted.title, found, await keep_words(turn, said))


async def keep_words(turn: Turn, said: str) -> str:
    """Keep the line as a form begun, so that nothing typed is lost; the token that leads to it."""
    wanted = from_line(said)
    token = sha256((line_key(turn) or turn.key).encode()).hexdigest()[:10]
    where = (turn.db, turn.person.id, FORM, (NEW, token))
    begun = await drafts.begun_form(*where, lock=True)
    values = begun.answers if begun else {}
    said_now = {"title": wanted.title, "description": wanted.description, "line": line_key(turn)}
    await drafts.keep_draft(*where, {**values, **said_now}, turn.now)
    return token


async def _ask_first(turn: Turn, title: str, found: Sequence[SimilarNeed], token: str) -> Replies:
    needs = await look_up(turn, found)
    can_support = bool(municipalities_of(turn.person, turn.plan))
    return (say(turn, like_it(title, needs, token, can_support=can_support)),)


async def look_up(turn: Turn, found: Sequence[SimilarNeed]) -> list[Need]:
    """The needs that were found, the likeliest first."""
    needs = [await need_by_id(turn.db, each.id) for each in found]
    return [each for each in needs if each is not None]


async def registered(turn: Turn, wanted: Wanted, turn_key: str | None) -> Replies:
    """Register it, tell those who have it now, and say what comes next."""
    need = await register(
        turn.db,
        acting(turn),
        with_ones_own(turn, wanted) if turn_key is not None else wanted,
        organisation=own_organisation(turn),
        turn_key=turn_key,
    )
    await tell_registered(turn, need)
    coming = await find_next(turn.db, need, in_stockholm(turn.now).date())
    return (say(turn, receipt(need, coming)),)


async def register_kept(turn: Turn, token: str) -> Replies:
    """Register what was typed and kept; when others are like it, ask first."""
    kept = await drafts.begun_form(turn.db, turn.person.id, FORM, (NEW, token), lock=True)
    if kept is None:
        return (say(turn, words_are_gone()),)
    title, description = kept.answers["title"], kept.answers["description"]
    found = await similar_needs(turn.db, title, description)
    if found:
        return await _ask_first(turn, title, found, token)
    return await register_anyway(turn, token)


async def register_anyway(turn: Turn, token: str) -> Replies:
    """Register what was typed although others are like it."""
    kept = await drafts.begun_form(turn.db, turn.person.id, FORM, (NEW, token), lock=True)
    if kept is None:
        return (say(turn, words_are_gone()),)
    answers = kept.answers
    if any(value and name not in _OF_A_LINE for name, value in answers.items()):
        return (say(turn, more_is_written(token)),)
    await drafts.drop_draft(turn.db, turn.person.id, FORM, (NEW, token))
    wanted = Wanted(title=answers["title"], description=answers["description"])
    return await registered(turn, wanted, answers.get("line"))


def with_ones_own(turn: Turn, wanted: Wanted) -> Wanted:
    """What a line leaves out: the municipality and the network of whoever wrote it."""
    networks = [key for key, kind in turn.person.bodies.items() if kind == "network"]
    own = frozenset(municipalities_of(turn.person, turn.plan))
    network = networks[0] if len(networks) == 1 else None
    return replace(
        wanted,
        municipalities=wanted.municipalities or own,
        network=wanted.network if wanted.network is not None else network,
    )


def own_organisation(turn: Turn) -> OrganisationId | None:
    """The municipality that somebody registers for, else their other employer."""
    own = municipalities_of(turn.person, turn.plan) or tuple(sorted(turn.person.employers))
    return own[0] if own else None


def receipt(need: Need, coming: Next) -> Card:
    """That it is registered, what happens next, and what one can do."""
    said = _("Registrerat: {title}", title=title_of(need))
    comes_next = what_next(coming)
    more = Button(
        label=_("Komplettera"), press=press("behov", need.id, "redigera"), style="primary"
    )
    undo = Button(label=_("Ångra"), press=press("behov", need.id, "dra_tillbaka"))
    parts: tuple[Part, ...] = (
        text(bold(said)),
        text(comes_next),
        quiet(" ".join((_("Du får veta varje steg."), _lacks(need))).strip()),
        Buttons(buttons=(more, show_button(need), undo)),
    )
    return Card(summary=f"{said}. {comes_next}", parts=parts, tone="good")


def _lacks(need: Need) -> str:
    """What could be added to it, as far as it is not said."""
    wanted = need.wanted
    missing = [
        (_("varför"), wanted.reason),
        (_("när"), wanted.wanted_by),
        (_("ungefärlig kostnad"), wanted.cost),
    ]
    left = [word for word, said in missing if said is None]
    return _("Lägg gärna till {what}.", what=listed(left)) if left else ""


def like_it(title: str, needs: Sequence[Need], token: str, *, can_support: bool) -> Card:
    """Needs that are like what was typed, to support one of them or register it all the same."""
    count = ngettext(
        "Det finns redan {n} behov som liknar det.",
        "Det finns redan {n} behov som liknar det.",
        len(needs),
    )
    instead = ngettext(
        "Stötta det, eller registrera ditt eget.",
        "Stötta ett av dem, eller registrera ditt eget.",
        len(needs),
    )
    said = f"{_('Inget är registrerat än.')} {count} {instead}"
    parts: list[Part] = [text(bold(f"”{title}”")), text(said)]
    for need in needs:
        parts += _one_like_it(need, token, can_support=can_support)
    anyway = Button(label=_("Registrera ändå"), press=press("behov", "anda", token))
    form = Button(label=_("Skriv mer först"), press=press("formular", FORM, NEW, token))
    parts.append(Buttons(buttons=(anyway, form)))
    alike = "; ".join(f"{need_name(each.id)} {each.title}" for each in needs)
    asked = _("Finns behovet redan?")
    return Card(
        title=asked,
        summary=shortened(f"{asked} {said} {alike}", 900),
        parts=tuple(parts),
        tone="warning",
    )


def _one_like_it(need: Need, token: str, *, can_support: bool) -> list[Part]:
    supports = ngettext("{n} kommun stöttar", "{n} kommuner stöttar", len(need.supports))
    show = Button(label=_("Visa {name}", name=need_name(need.id)), press=press("behov", need.id))
    instead = (
        Button(
            label=_("Stötta {name}", name=need_name(need.id)),
            press=press("behov", need.id, "stotta", "i_stallet", token),
        )
        if can_support and takes_support(need)
        else Button(
            label=_("Följ {name}", name=need_name(need.id)),
            press=press("behov", need.id, "folj"),
        )
    )
    return [
        text(bold(title_of(need))),
        quiet(f"{stage_label(need.stage)} · {supports}"),
        Buttons(buttons=(instead, show)),
    ]


def line_too_long(said: str) -> Card:
    """What is said of a line that a need has no room for, with the line itself."""
    told = _(
        "Texten är {length} tecken, och ett behov rymmer {most}. Korta den och skriv den igen:",
        length=number(len(said)),
        most=number(TEXT_LENGTH),
    )
    return Card(summary=told, parts=(text(told), *in_pieces(said)), tone="warning")


def more_is_written(token: str) -> Card:
    """What is said when more has been typed in the form than the line said."""
    said = _("Du har skrivit mer i formuläret. Fortsätt där, så kommer allt med.")
    form = Button(label=_("Fortsätt"), press=press("formular", FORM, NEW, token), style="primary")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(form,))))


def words_are_gone() -> Card:
    """What is said when what was typed has been registered or thrown away."""
    said = _("De orden är redan registrerade eller borttagna. Skriv behovet igen.")
    mine = Button(label=_("Mina behov"), press=press("behov", "mina"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(mine,))), tone="warning")
