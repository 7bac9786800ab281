"""`fraga …`, and whatever is said to the bot that is no command: questions in plain Swedish."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import in_stockholm
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.questions.answer_card import (
    NAME,
    WHY,
    Keys,
    all_shown_card,
    answer_card,
)
from bot.conversations.questions.other_cards import (
    ask_me_card,
    declined_card,
    question_is_gone,
    unsure_card,
)
from bot.conversations.registry import Listing
from bot.conversations.small_talk import sounds_like_question
from bot.conversations.understanding import answer_press, here
from bot.conversations.views import Card, press
from bot.finding import read_number
from bot.language import _
from bot.questions.answering import answer as answered_to
from bot.questions.answers import decline
from bot.questions.asking import Asking
from bot.questions.described import described
from bot.questions.following_up import going_on
from bot.questions.hearing import hear
from bot.questions.keys import key_of, question_of
from bot.questions.mentioned import mentioned
from bot.questions.numbered import numbered
from bot.questions.question import Filter, Intent, Question
from bot.questions.unanswered import without_names
from bot.questions.understanding import Understood
from bot.questions.vocabulary import Vocabularies, Vocabulary
from storage.queries import questions as queries

REMEMBERED = timedelta(minutes=30)
"""How long after a question another may go on from it."""

_DEVIATING = ("at_risk", "off_track")
_LONGEST_KEY = 55


class Asked:
    """Answers questions, with the vocabulary that this process has made. What is asked for by its
    number is answered by the conversation that shows it, among those of the listing."""

    def __init__(self, vocabularies: Vocabularies, listing: Listing) -> None:
        self._vocabularies = vocabularies
        self._listing = listing

    async def answer(self, turn: Turn) -> Replies:
        """The answer to words, or to a button that carries a question."""
        today = in_stockholm(turn.now).date()
        vocabulary = await self._vocabularies.of(turn.db, turn.plan, today)
        if isinstance(turn.doing, Pressed):
            return (here(turn, await _pressed(turn, vocabulary)),)
        if not turn.words.strip(" ?!."):
            return (here(turn, ask_me_card()),)
        shown = [await self._shown(turn, *each) for each in numbered(turn.words)]
        if shown:
            return tuple(reply for replies in shown for reply in replies)
        return (here(turn, await _said(turn, vocabulary)),)

    async def _shown(self, turn: Turn, thing: str, number: int) -> Replies:
        pressed = press(thing, number)
        return await answer_press(
            self._listing(), replace(turn, doing=Pressed(press=pressed)), pressed
        )

    async def hears(self, turn: Turn, words: str) -> bool:
        """Whether the words are surely a question, or go on from one."""
        today = in_stockholm(turn.now).date()
        vocabulary = await self._vocabularies.of(turn.db, turn.plan, today)
        found = await hear(turn.db, words, vocabulary, today, turn.person)
        if found.question.intent is not Intent.DECLINE and found.surely:
            return bool(found.question.filters) or sounds_like_question(words)
        before = await _before(turn)
        return before is not None and going_on(found, before.question) is not None


async def _pressed(turn: Turn, vocabulary: Vocabulary) -> Card:
    key, skip, why = (*_arguments(turn), "", "", "")[:3]
    if not key:
        return ask_me_card()
    question = question_of(key, vocabulary)
    if question is None:
        return question_is_gone()
    shown = read_number(skip, 6) or None
    return await _answered(turn, vocabulary, question, why=why == WHY, skip=shown)


def _arguments(turn: Turn) -> Sequence[str]:
    return turn.doing.press.arguments if isinstance(turn.doing, Pressed) else ()


async def _said(turn: Turn, vocabulary: Vocabulary) -> Card:
    today = in_stockholm(turn.now).date()
    understood = await hear(turn.db, turn.words, vocabulary, today, turn.person)
    before = await _before(turn)
    further = going_on(understood, before.question) if before is not None else None
    if before is not None and further is not None:
        why = before.why if further.more else further.why
        skip = before.skip if further.more else None
        return await _answered(turn, vocabulary, further.question, why=why, skip=skip)
    if understood.question.intent is Intent.DECLINE:
        return await _declined(turn, vocabulary, understood)
    if not understood.surely:
        return await _unsure(turn, vocabulary, understood)
    return await _answered(
        turn, vocabulary, understood.question, why=understood.why, heard=understood
    )


@dataclass(frozen=True)
class Before:
    """A question, how much of its answer was shown, and whether its reasons were asked for."""

    question: Question
    skip: int
    why: bool


async def _before(turn: Turn) -> Before | None:
    """What the person asked here a moment ago."""
    if turn.place.conversation_id is None:
        return None
    row = await queries.last_question(
        turn.db, turn.person.id, turn.place.conversation_id, turn.now - REMEMBERED
    )
    if row is None or row["intent"] not in {each.value for each in Intent}:
        return None
    known = {each.value: each for each in Filter}
    filters = {known[n]: tuple(v) for n, v in row["filters"].items() if n in known}
    question = Question(Intent(row["intent"]), filters)
    return Before(question, int(row["skip"]), WHY in row["filters"])


async def _answered(
    turn: Turn,
    vocabulary: Vocabulary,
    question: Question,
    *,
    why: bool,
    skip: int | None = None,
    heard: Understood | None = None,
) -> Card:
    """The answer; `skip`: how much of it was shown before, when the rest is asked for. `heard`: the
    words, where it is the question in them that is answered."""
    asking = Asking(
        turn.db, turn.plan, question, turn.person, turn.now, turn.settings, skip or 0, why
    )
    answered, keys = await answered_to(asking), _keys(asking, vocabulary)
    if skip is not None and not answered.shown:
        whole = await answered_to(replace(asking, skip=0)) if skip else answered
        return all_shown_card(asking, whole.total, keys)
    await _note(turn, asking, asking.skip + answered.shown)
    if heard is None:
        return answer_card(asking, answered, keys, ())
    found = await mentioned(turn.db, heard)
    return answer_card(asking, answered, keys, heard.unknown, found)


def _keys(asking: Asking, vocabulary: Vocabulary) -> Keys:
    """Keys for the answer's buttons; of a question too long for a button there is none."""
    key = key_of(asking.question, vocabulary)
    if len(key) > _LONGEST_KEY:
        return Keys("")
    if asking.question.values(Filter.STATE) or asking.question.values(Filter.ACTIVITY):
        return Keys(key)
    narrow = Question(Intent.STATUS, {**asking.question.filters, Filter.STATE: _DEVIATING})
    deviations = key_of(narrow, vocabulary)
    return Keys(key, deviations if len(deviations) <= _LONGEST_KEY else "")


async def _note(turn: Turn, asking: Asking, skip: int) -> None:
    """Remember the question, so that the next may go on from it; a look leaves no trace."""
    if turn.place.conversation_id is None or turn.looking:
        return
    question = asking.question
    filters = {name.value: list(values) for name, values in question.filters.items()}
    if asking.why:
        filters[WHY] = []
    await queries.note_question(
        turn.db,
        {
            "person_id": turn.person.id,
            "conversation_id": turn.place.conversation_id,
            "intent": question.intent.value,
            "filters": json.dumps(filters),
            "skip": skip,
            "now": turn.now,
        },
    )


async def _unsure(turn: Turn, vocabulary: Vocabulary, understood: Understood) -> Card:
    await _keep(turn, vocabulary, "unsure")
    asking = Asking(turn.db, turn.plan, understood.question, turn.person, turn.now, turn.settings)
    likely = (understood.question, *understood.others)[:2]
    told = [(described(asking, each), key_of(each, vocabulary)) for each in likely]
    return unsure_card(turn.words, [each for each in told if len(each[1]) <= _LONGEST_KEY])


async def _declined(turn: Turn, vocabulary: Vocabulary, understood: Understood) -> Card:
    if understood.declined == "outside":
        await _keep(turn, vocabulary, "outside")
    return declined_card(await decline.declined(turn.db, understood))


async def _keep(turn: Turn, vocabulary: Vocabulary, reason: str) -> None:
    """Keep the words for the administrator, without who asked and without names in them."""
    if not turn.settings.keep_unanswered or turn.looking:
        return
    words = without_names(turn.words, vocabulary)
    if words:
        await queries.note_unanswered(turn.db, words, reason, turn.now)


def questions(asked: Asked) -> Conversation:
    """The conversation, with what answers."""
    return Conversation(
        name=NAME,
        says=lambda: _("Fråga på svenska"),
        answer=asked.answer,
        synonyms=("fråga", "ask"),
        examples=lambda: (
            Example(
                words=_("fråga hur går det inom kompetens?"),
                answer="Kompetens",
                meaning=_("svarar med siffror och källor; skriv som du pratar"),
            ),
            Example(
                words=_("vilka har inte rapporterat den här veckan?"),
                answer=_("rapport"),
                meaning=_("du behöver inget särskilt ord först"),
            ),
        ),
        command=True,
        hears=asked.hears,
    )
