"""Which conversation a turn is for, and what is said when it is for none."""

from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.edited_line import report_of_line, stands
from bot.conversations.forms import Home, Option
from bot.conversations.protocol import (
    Conversation,
    Refusal,
    Replies,
    Say,
    SayPrivately,
    Searched,
    Suggest,
    Turn,
    Words,
)
from bot.conversations.registry import Conversations
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Part,
    Press,
    bold,
    press,
    quiet,
    text,
)
from bot.finding import Found, Nothing, Several, find_activity, plain
from bot.language import _, ngettext
from bot.plan import Activity
from storage.queries.drafts import begun_forms
from storage.queries.people import people_matching

CALLED = ("samspel", "@samspel", "/samspel")
HELP = ("hjalp", "help", "?")
"""Alone after another word they ask what that one does."""
BEGUN_SHOWN = 20
"""Forms begun and not sent that a home shows."""


async def answer_words(known: Conversations, turn: Turn, said: Words) -> Replies:
    """Answer typed words; files that came with them are told of, since they are not kept."""
    if not said.attached:
        return await _answer_words(known, turn, said.text)
    answer = await _answer_words(known, turn, said.text) if said.text.strip() else ()
    return (*answer, here(turn, attachments_are_not_kept()))


def attachments_are_not_kept() -> Card:
    """What is said of files that came with a line."""
    said = _("Jag sparar inte bilagor. Lägg filen där ni brukar och skicka mig en länk till den.")
    return Card(summary=said, parts=(text(said),))


async def _answer_words(known: Conversations, turn: Turn, said: str) -> Replies:
    """Answer typed words: a command, or in a private chat a kind word that it is none.

    In a channel people talk to each other: only commands, and lines that call the bot by its
    name, are answered.
    """
    first, _space, rest = said.strip().partition(" ")
    addressed = first.casefold().rstrip(",:") in CALLED
    if addressed:
        first, _space, rest = rest.strip().partition(" ")
    if not first:
        first = "hjälp"
    first, newline, more = first.partition("\n")
    rest = f"{more} {rest}" if newline else rest
    conversation = known.called(first.strip(",:!?"))
    edited = await report_of_line(turn)
    if edited is not None and (conversation is None or conversation.name != "rapport"):
        return (here(turn, stands(turn.plan, edited)),)
    if conversation is None:
        if turn.place.kind == "channel" and not addressed:
            return ()
        return (here(turn, not_understood(known, first)),)
    turn.words = rest.strip()
    if plain(turn.words.removesuffix("!")) in HELP and (helper := known.called(HELP[0])):
        turn.words, conversation = conversation.name, helper
    return await _unless_refused(conversation, turn)


def without_command(said: str) -> str:
    """The words after the one that starts a conversation, and after the bot's name."""
    first, _space, rest = said.strip().partition(" ")
    if first.casefold().rstrip(",:") in CALLED:
        _first, _space, rest = rest.strip().partition(" ")
    return rest.strip()


async def answer_press(known: Conversations, turn: Turn, pressed: Press) -> Replies:
    """Answer a press; a button whose conversation is gone says so kindly."""
    conversation = known.named(pressed.name)
    if conversation is None:
        return (SayPrivately(card=button_is_gone()),)
    return await _unless_refused(conversation, turn)


async def _unless_refused(conversation: Conversation, turn: Turn) -> Replies:
    refusal = conversation.refusal(turn.person)
    if refusal is not None:
        return (SayPrivately(card=refusal_card(refusal), lasting=True),)
    return await conversation.answer(turn)


def refusal_card(refusal: Refusal) -> Card:
    """Why somebody may not, and who may."""
    return Card(summary=refusal.text, parts=(text(refusal.text),), tone="warning")


def here(turn: Turn, card: Card) -> Say | SayPrivately:
    """Say it in a private chat; in a channel, to the person alone."""
    return Say(card=card) if turn.place.kind == "private" else SayPrivately(card=card)


def button_is_gone() -> Card:
    """What is said of a button whose conversation there is no longer."""
    said = _("Den knappen används inte längre. Skriv hjälp så ser du vad du kan göra.")
    return Card(summary=said, parts=(text(said),), tone="warning")


def not_understood(known: Conversations, word: str) -> Card:
    """What is said of a word that starts nothing, with the one that may be meant."""
    shown = word if len(word) <= 40 else word[:40] + "…"
    near = known.like(word)
    said = _("Jag förstår inte ”{word}”.", word=shown)
    if near:
        said += " " + _("Menade du {command}?", command=near)
    said += " " + _("Skriv hjälp så ser du vad du kan göra.")
    buttons = [Button(label=_("Hjälp"), press=press("hjalp"))]
    if near and (conversation := known.called(near)):
        buttons.insert(0, Button(label=near, press=press(conversation.name)))
    return Card(summary=said, parts=(text(said), Buttons(buttons=tuple(buttons))), tone="warning")


async def suggest(turn: Turn, search: Searched) -> Replies:
    """At most 20 people or activities that fit what is typed so far."""
    if search.among == "person":
        found = await people_matching(turn.db, search.words, turn.now.date())
        options = [
            Option(value=str(row["id"]), label=f"{row['name']}, {row['organisation']}"[:75])
            for row in found
        ]
    else:
        options = [
            Option(value=activity.code, label=f"{activity.code} {activity.title}"[:75])
            for activity in _activities_like(turn, search.words)
        ]
    return (Suggest(options=tuple(options[:20])),)


def _activities_like(turn: Turn, words: str) -> list[Activity]:
    wanted = plain(words.strip())
    holding = [
        activity
        for activity in turn.plan.activities.values()
        if wanted in plain(f"{activity.code} {activity.title}")
    ]
    if holding:
        return holding
    match find_activity(turn.plan, words):
        case Found(one=activity):
            return [activity]
        case Several(these=several):
            return list(several)
        case Nothing():
            return []


async def home(known: Conversations, turn: Turn) -> Home:
    """The person's own page: forms begun and not sent, then each conversation's cards for it."""
    cards = await _begun(known, turn)
    cards += [
        card
        for conversation in known.offered_to(turn.person)
        if conversation.at_home is not None
        for card in await conversation.at_home(turn)
    ]
    return Home(cards=tuple(cards) or (welcome(),))


def welcome() -> Card:
    """The home of somebody for whom there is nothing yet."""
    said = _("Här är det tomt än så länge. Skriv hjälp så ser du vad du kan göra.")
    return Card(title=_("Välkommen"), summary=said, parts=(text(bold(_("Välkommen!")), " ", said),))


async def _begun(known: Conversations, turn: Turn) -> list[Card]:
    """A card with the forms that were begun and not sent, if there are any."""
    begun = await begun_forms(turn.db, turn.person.id)
    return begun_card(known, [(name, arguments) for name, arguments, _changed in begun])


def begun_card(known: Conversations, begun: Sequence[tuple[str, Sequence[str]]]) -> list[Card]:
    """The forms, by name and arguments, as buttons that open them; none for those that are gone."""
    buttons = [
        Button(
            label=shortened(" ".join((form[0].says(), *arguments)), 75),
            press=press("formular", name, *arguments),
        )
        for name, arguments in begun
        if (form := known.form(name)) is not None
    ]
    if not buttons:
        return []
    said = ngettext(
        "Du har {n} formulär som du började på men inte skickade.",
        "Du har {n} formulär som du började på men inte skickade.",
        len(buttons),
    )
    parts: list[Part] = [text(said)]
    rows = range(0, min(len(buttons), BEGUN_SHOWN), 5)
    parts += [Buttons(buttons=tuple(buttons[at : at + 5])) for at in rows]
    if len(buttons) > BEGUN_SHOWN:
        n = len(buttons) - BEGUN_SHOWN
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", n)))
    return [Card(title=_("Fortsätt där du slutade"), summary=said, parts=tuple(parts))]
