"""One poll answered in Slack, in Teams and on the web at once: one answer each, one card each."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bot.language import kronor
from tests.platforms.three_scene import PLATFORMS, Three, on_three_platforms

DIRECTORS = {
    "slack": "kommundirektor@hjo.example.se",
    "teams": "kommundirektor@skara.example.se",
    "web": "kommundirektor@tibro.example.se",
}
AMOUNTS = "SELECT amount FROM poll_answers WHERE replaced_at IS NULL AND NOT suggestion ORDER BY 1"


@pytest.fixture
async def three(server_url: str) -> AsyncGenerator[Three]:
    """The bot on all three, where nobody has done anything yet."""
    async with on_three_platforms(server_url) as made:
        yield made


async def started(three: Three) -> None:
    """The chef asks for 950 000 kr, on the web."""
    chef = (await three.person("chef@skaraborg.example.se", "Chef")).on_web
    await chef.says("rosta ny PLA-01")
    await chef.fills(total="950 000", funded="0", asked="950 000")
    await chef.fills()
    await chef.fills(title="Inflyttarservice", closes_on="2026-12-31")
    await chef.fills(opens="now")
    await three.quiet()


async def test_three_answer_at_once_and_every_card_shows_all(three: Three):
    people = {each: await three.person(DIRECTORS[each], f"Direktör {each}") for each in PLATFORMS}
    channels = await three.channels(people["slack"], "Platsutveckling")
    await started(three)
    said = ("rosta 1 ja 10 000", "rosta 1 ja 20 000", "rosta 1 ja 30 000")
    await asyncio.gather(
        *(people[each].at(each).says(words) for each, words in zip(PLATFORMS, said, strict=True))
    )
    await three.quiet()
    assert await three.copy.column(AMOUNTS) == [10_000, 20_000, 30_000]
    posts = await channels.posts()
    for each in PLATFORMS:
        cards = [words for words in posts[each].values() if words.startswith("Omröstning 1")]
        assert len(cards) == 1, each
        assert "3 av 15 kommuner har svarat" in cards[0]
        assert f"{kronor(60_000)} av {kronor(950_000)}" in cards[0]


@pytest.mark.parametrize("where", PLATFORMS)
async def test_the_answer_button_is_for_all_and_refuses_kindly(three: Three, where: str):
    anna = await three.person("inflyttning@hjo.example.se", "Anna Ek")
    channels = await three.channels(anna, "Platsutveckling")
    await started(three)
    await anna.presses_in(channels, where, "Svara")
    person = anna.at(where)
    assert person.sees("Du förbereder svaret. Det ges av Kommundirektör Hjo.")
    assert await three.copy.column(AMOUNTS) == []


async def test_one_who_answers_in_three_places_has_one_answer(three: Three):
    hjo = await three.person(DIRECTORS["slack"], "Direktör Hjo")
    await started(three)
    await asyncio.gather(
        *(hjo.at(each).says(f"rosta 1 ja {n}0 000") for n, each in enumerate(PLATFORMS, 1))
    )
    await three.quiet()
    assert len(await three.copy.column(AMOUNTS)) == 1
    kept = await three.copy.ask("SELECT count(*) FROM poll_answers WHERE NOT suggestion")
    assert kept == 3
