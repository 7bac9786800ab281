"""Stories of English readers: help's own words are English, and each of them is heard."""

import pytest

from bot.conversations import bind_channel
from bot.conversations.listed import all_conversations
from bot.language import speaking
from bot.people import Person, PersonId
from tests.conversations.conftest import Scene, spread

OFFICER = "kompetens@skovde"
BINDS = Person(PersonId(0), "", "", roles=frozenset({"administrator"}))

with speaking("en"):
    EXAMPLES = [
        (example.words, example.answer)
        for conversation in all_conversations()
        for example in (
            *conversation.examples(),
            *(bind_channel.examples_for(BINDS) if conversation.name == "koppla" else ()),
        )
    ]

SWEDISH = ("rapport ", "rätta", "historik", "takt", "veckobrev", "koppla", "konto", "språk", "mina")


@pytest.mark.parametrize(("samspel", "words", "answer"), spread(EXAMPLES), indirect=["samspel"])
async def test_every_english_example_does_what_it_says(samspel: Scene, words: str, answer: str):
    officer = await samspel.person(OFFICER)
    await officer.says("rapport KOM-03 grön Början")
    await officer.says("språk engelska")
    await officer.says(words)
    assert officer.sees(answer)
    assert not officer.sees("I do not understand")


def test_no_english_example_is_written_in_swedish():
    assert not [words for words, _answer in EXAMPLES if words.startswith(SWEDISH)]


@pytest.mark.parametrize("words", ["history", "milestone", "rhythm", "activity", "correct"])
async def test_what_is_asked_for_is_shown_in_english_words(samspel: Scene, words: str):
    officer = await samspel.person(OFFICER)
    await officer.says("språk engelska")
    await officer.says(words)
    assert officer.sees(f"for example: {words} KOM-03")
