"""`synonym …`: what could not be answered, and words of the organisation's own."""

from collections.abc import Mapping
from typing import Any

from bot.clock import in_stockholm
from bot.conversations.protocol import Conversation, Example, Pressed, Refusal, Replies, Turn
from bot.conversations.questions.synonym_cards import (
    A_PAGE,
    FORGET,
    NAME,
    SETTLE,
    SYNONYMS,
    UNANSWERED,
    forgotten_card,
    kept_card,
    means_already,
    means_nothing,
    no_such_synonym,
    not_a_synonym,
    synonyms_card,
    unanswered_card,
)
from bot.conversations.saving_report import say
from bot.conversations.spoken_verbs import first_word
from bot.conversations.views import Card
from bot.finding import plain, read_number
from bot.language import _
from bot.people import Person
from bot.questions.hearing import hear
from bot.questions.lexicon import KNOWN, SMALL, is_asked_with
from bot.questions.vocabulary import Vocabularies, Vocabulary
from bot.questions.words import words_of
from storage.queries import questions as queries

LONGEST = 100
"""Characters of a phrase, and of what it stands for."""

TRIED_AGAIN = 200
"""Unanswered questions that are tried with a new synonym."""

_FORGET = ("bort", "glom", "forget", "radera")


def refusal(person: Person) -> Refusal | None:
    """Administrators and the manager see what was not answered, and teach the bot words."""
    if person.is_administrator or person.is_manager:
        return None
    return Refusal(
        _(
            "Bara administratörerna och chefen ser frågor utan svar och lägger till synonymer. "
            "Be dem lägga till ordet som du saknar."
        )
    )


class Taught:
    """Answers `synonym`, with the vocabulary that this process has made."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies

    async def answer(self, turn: Turn) -> Replies:
        """A list, or a synonym kept or taken away."""
        if isinstance(turn.doing, Pressed):
            return (say(turn, await _pressed(turn, turn.doing.press.arguments)),)
        words = turn.words.strip()
        if not words:
            return (say(turn, await _unanswered(turn, 0)),)
        first, rest = first_word(words)
        if first == "ta":
            first, rest = first_word(rest)
        if first in _FORGET and rest:
            return (say(turn, await _forget(turn, rest)),)
        if plain(words) in (SYNONYMS, UNANSWERED):
            return (say(turn, await _listed(turn, plain(words), 0)),)
        return (say(turn, await self._keep(turn, words)),)

    async def _keep(self, turn: Turn, words: str) -> Card:
        said, equals, means = words.partition("=")
        phrase = " ".join(each.plain for each in words_of(said))
        means = means.strip()
        fits = phrase and means and max(len(phrase), len(means)) <= LONGEST
        if not equals or not fits:
            return not_a_synonym(words)
        today = in_stockholm(turn.now).date()
        known = await self._vocabularies.of(turn.db, turn.plan, today)
        if _means_already(phrase, known):
            return means_already(phrase)
        if not _means_something(means, known):
            return means_nothing(phrase, means)
        await queries.keep_synonym(turn.db, _values(turn, phrase=phrase, means=means))
        learnt = await self._vocabularies.of(turn.db, turn.plan, today)
        return kept_card(phrase, means, await _settle_understood(turn, learnt))


def _means_already(phrase: str, vocabulary: Vocabulary) -> bool:
    """Whether it is a word of the language, or a name that the plan or directory has."""
    return (
        phrase in SMALL
        or phrase in KNOWN
        or is_asked_with(phrase)
        or tuple(phrase.split()) in vocabulary.places
        or any(" ".join(each.words) == phrase for each in vocabulary.names)
        or any(" ".join(title) == phrase for title in vocabulary.titles.values())
        or phrase.split()[0] in vocabulary.prefixes
    )


def _means_something(means: str, vocabulary: Vocabulary) -> bool:
    """Whether every word of it is known."""
    words = words_of(means)
    return bool(words) and all(
        each.read in vocabulary.known
        or not each.read.isalpha()
        or each.plain in vocabulary.prefixes
        for each in words
    )


async def _settle_understood(turn: Turn, vocabulary: Vocabulary) -> int:
    """Take off the list what is understood now; how many that were."""
    today, settled = in_stockholm(turn.now).date(), 0
    for row in await queries.unanswered(turn.db, TRIED_AGAIN):
        found = await hear(turn.db, row["words"], vocabulary, today)
        if found.surely and not found.declined:
            await queries.settle_unanswered(turn.db, row["id"], turn.now)
            settled += 1
    return settled


async def _pressed(turn: Turn, arguments: tuple[str, ...]) -> Card:
    verb, key = (*arguments, "", "")[:2]
    number = read_number(key)
    if verb == SETTLE:
        await queries.settle_unanswered(turn.db, number, turn.now)
        return await _unanswered(turn, 0)
    if verb == FORGET:
        phrase = await queries.phrase_of_synonym(turn.db, number)
        return await _forget(turn, phrase) if phrase else await _listed(turn, SYNONYMS, 0)
    return await _listed(turn, verb, read_number(key, 6))


async def _listed(turn: Turn, what: str, skip: int) -> Card:
    if what == SYNONYMS:
        return synonyms_card(await queries.synonyms_listed(turn.db, A_PAGE, skip), skip)
    return await _unanswered(turn, skip)


async def _unanswered(turn: Turn, skip: int) -> Card:
    return unanswered_card(await queries.unanswered(turn.db, A_PAGE, skip), skip)


async def _forget(turn: Turn, said: str) -> Card:
    phrase = " ".join(each.plain for each in words_of(said))
    means = await queries.forget_synonym(turn.db, _values(turn, phrase=phrase))
    return no_such_synonym(said) if means is None else forgotten_card(phrase, means)


def _values(turn: Turn, **values: Any) -> Mapping[str, Any]:
    who = {"person_id": turn.person.id, "now": turn.now, "platform": turn.place.platform}
    return {**values, **who}


def synonyms(taught: Taught) -> Conversation:
    """The conversation, with what answers."""
    return Conversation(
        name=NAME,
        says=lambda: _("Frågor utan svar, och synonymer"),
        answer=taught.answer,
        synonyms=("synonymer", "obesvarade"),
        examples=lambda: (
            Example(
                words=_("synonym"),
                answer=_("utan svar"),
                meaning=_("frågor som jag inte kunde svara på"),
            ),
        ),
        help_lines=lambda: (
            (_("synonym batteriskolan = KOM-03"), _("lär mig ett ord som ni använder")),
        ),
        refusal=refusal,
    )
