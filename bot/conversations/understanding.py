"""Which conversation a turn is for, and what is said when it is for none."""

from bot.clock import in_stockholm
from bot.conversations.ask_of_report import asked_in_thread
from bot.conversations.calling import Line, read_line
from bot.conversations.edited_line import report_of_line, stands
from bot.conversations.forms import Home, Option
from bot.conversations.protocol import (
    Conversation,
    Replies,
    Say,
    SayPrivately,
    Searched,
    Suggest,
    Turn,
    Words,
)
from bot.conversations.registry import Conversations
from bot.conversations.reminders.as_report import words_as_report
from bot.conversations.small_talk import (
    begins_with_activity,
    is_asked_with,
    meant_as_report,
    perhaps_report,
    sounds_like_question,
    sounds_like_report,
    thanks,
    you_are_welcome,
)
from bot.conversations.unsent_forms import unsent
from bot.conversations.views import Button, Buttons, Card, Press, press, text
from bot.conversations.ways_on import help_button, refusal_card, stuck
from bot.finding import Found, Nothing, Several, find_activity, plain
from bot.language import _
from bot.plan import Activity
from storage.queries.people import people_matching

HELP = ("hjalp", "help", "?")
"""Alone after another word they ask what that one does."""


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
    """Answer typed words: a command, else a question in plain Swedish.

    In a channel people talk to each other: only commands, and lines that call the bot by its
    name, are answered.
    """
    line = read_line(said)
    conversation = known.called(line.first or HELP[0])
    edited = await report_of_line(turn)
    if edited is not None and (conversation is None or conversation.name != "rapport"):
        return (here(turn, stands(turn.plan, edited)),)
    if conversation is None:
        return await _no_command(known, turn, line)
    if is_asked_with(conversation.name, line.words) and await _hears(known, turn, line.words):
        turn.words, conversation = line.words, known.hearing() or conversation
        return await _unless_refused(conversation, turn)
    turn.words = line.rest
    if plain(turn.words.removesuffix("!")) in HELP and (helper := known.called(HELP[0])):
        turn.words, conversation = conversation.name, helper
    return await _unless_refused(conversation, turn)


async def _no_command(known: Conversations, turn: Turn, line: Line) -> Replies:
    """Answer words that start nothing, if they are for the bot."""
    in_channel = turn.place.kind == "channel"
    if in_channel and not line.called:
        return ()
    begun = begins_with_activity(turn.plan, line.words)
    if begun is not None and "?" not in line.words:
        return (here(turn, meant_as_report(*begun, in_channel=in_channel)),)
    if thanks(line):
        return (here(turn, you_are_welcome()),)
    helper = known.called(HELP[0]) if line.greets else None
    if helper is not None and not await _hears(known, turn, line.words):
        return await _unless_refused(helper, turn)
    meant = None
    if in_channel:
        meant = await asked_in_thread(turn, line.words)
    elif not sounds_like_question(line.words) and known.like(line.first) is None:
        meant = await words_as_report(turn, line.words)
    if meant is not None:
        return meant
    if sounds_like_report(line.words):
        return (here(turn, perhaps_report(line.words, in_channel=in_channel)),)
    return await _asked(known, turn, line)


async def _asked(known: Conversations, turn: Turn, line: Line) -> Replies:
    """The words as a question; a lone word near a command is rather that, misspelt."""
    asked = known.hearing()
    misspelt = known.like(line.first) is not None and not sounds_like_question(line.words)
    if asked is None or (misspelt and not await _hears(known, turn, line.words)):
        return (here(turn, not_understood(known, line.first)),)
    turn.words = line.words
    return await _unless_refused(asked, turn)


async def _hears(known: Conversations, turn: Turn, words: str) -> bool:
    """Whether the words are surely understood as a question."""
    asked = known.hearing()
    return asked is not None and asked.hears is not None and await asked.hears(turn, words)


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


def here(turn: Turn, card: Card) -> Say | SayPrivately:
    """Say it in a private chat; in a channel, to the person alone."""
    return Say(card=card) if turn.place.kind == "private" else SayPrivately(card=card)


def button_is_gone() -> Card:
    """What is said of a button whose conversation there is no longer."""
    return stuck(_("Den knappen används inte längre."))


def not_understood(known: Conversations, word: str) -> Card:
    """What is said of a word that starts nothing, with the one that may be meant."""
    shown = word if len(word) <= 40 else word[:40] + "…"
    near = known.like(word)
    said = _("Jag förstår inte ”{word}”.", word=shown)
    if not near or (conversation := known.called(near)) is None:
        return stuck(said)
    written = next((each for each in conversation.synonyms if plain(each) == plain(near)), near)
    said += " " + _("Menade du {command}?", command=written)
    meant = Button(label=written, press=press(conversation.name))
    buttons = (meant,) if meant.press == help_button().press else (meant, help_button())
    return Card(summary=said, parts=(text(said), Buttons(buttons=buttons)), tone="warning")


async def suggest(turn: Turn, search: Searched) -> Replies:
    """At most 20 people or activities that fit what is typed so far."""
    if search.among == "person":
        found = await people_matching(turn.db, search.words, in_stockholm(turn.now).date())
        options = [
            Option(value=str(row["id"]), label=f"{row['name']}, {row['organisation']}"[:75])
            for row in found
        ]
    else:
        options = [
            Option(value=activity.code, label=activity.name[:75])
            for activity in _activities_like(turn, search.words)
        ]
    return (Suggest(options=tuple(options[:20])),)


def _activities_like(turn: Turn, words: str) -> list[Activity]:
    wanted = plain(words.strip())
    holding = [
        activity for activity in turn.plan.activities.values() if wanted in plain(activity.name)
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
    cards = list(await unsent(known, turn))
    cards += [
        card
        for conversation in known.offered_to(turn.person)
        if conversation.at_home is not None
        for card in await conversation.at_home(turn)
    ]
    return Home(cards=tuple(cards))
