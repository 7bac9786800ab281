"""Stories of words: how the bot is called, what it makes of them, and what it offers whom."""

import pytest

from tests.conversations.conftest import Scene

OFFICER = "kompetens@skovde"  # KOM-01 and KOM-03
CHEF = "chef@skaraborg"
ADMINISTRATOR = "it@skaraborg"
DIRECTOR = "kommundirektor@hjo"
CHANNEL = "strategi"


@pytest.mark.parametrize(
    "words", ["hej rapport KOM-01 grön Allt väl", "Hej! @samspel rapport KOM-01 grön Allt väl"]
)
async def test_a_greeting_before_a_command_loses_nothing(samspel: Scene, words: str):
    officer = await samspel.person(OFFICER)
    await officer.says(words, channel=CHANNEL)
    await officer.says("historik KOM-01")
    assert officer.sees("Allt väl")


async def test_a_greeting_alone_is_answered_with_help(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("hej på dig")
    assert officer.sees("Det här kan du göra")


async def test_a_line_that_begins_with_a_code_becomes_a_report_by_a_button(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("KOM-01 grön allt väl")
    assert officer.sees("skriv: rapport KOM-01 grön allt väl")
    await officer.clicks("Rapportera KOM-01")
    assert officer.sees("Sparat: KOM-01")
    await officer.says("KOM-03")
    assert officer.sees("Vad vill du göra med KOM-03")


async def test_in_a_channel_it_is_said_how_to_call_the_bot(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("@samspel KOM-01 grön allt väl", channel=CHANNEL)
    assert officer.sees("skriv: @samspel rapport KOM-01 grön allt väl")
    await officer.says("historik", channel=CHANNEL)
    assert officer.sees("till exempel: @samspel historik KOM-03")
    await officer.says("rätta", channel=CHANNEL)
    assert officer.sees("till exempel: @samspel rätta KOM-03")
    await officer.says("hjälp", channel=CHANNEL)
    assert officer.sees("I en kanal börjar du med @samspel")


async def test_in_a_private_chat_the_word_is_enough(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("historik")
    assert officer.sees("till exempel: historik KOM-03")
    await officer.says("hjälp")
    assert not officer.sees("Här i kanalen")


async def test_thanks_get_a_kind_word(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("Tack!")
    assert officer.sees("Varsågod")


@pytest.mark.parametrize("words", ["takt", "historik", "milstolpe", "aktivitet", "takt  "])
async def test_a_word_alone_asks_which_activity(samspel: Scene, words: str):
    officer = await samspel.person(OFFICER)
    await officer.says(words)
    assert officer.sees("Skriv vilken aktivitet du menar")


async def test_an_activity_that_is_never_reported_is_said_so_plainly(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("takt KOM-03 aldrig")
    assert officer.sees("behöver inte rapporteras regelbundet längre")
    await officer.says("takt KOM-03")
    assert officer.sees("har ingen takt")


@pytest.mark.parametrize(
    ("email", "shown", "hidden"),
    [
        (OFFICER, ["rapport mina", "mina", "rätta KOM-03", "koppla visa"], ["koppla Kompetens"]),
        (CHEF, ["rapport mina", "koppla Kompetens"], ["konton"]),
        (ADMINISTRATOR, ["koppla Kompetens", "konton"], ["rapport mina", "rätta KOM", "takt KOM"]),
        (DIRECTOR, ["aktivitet KOM-03"], ["rapport mina", "rätta KOM", "takt KOM", "konton"]),
    ],
)
async def test_help_offers_what_each_can_use(
    samspel: Scene, email: str, shown: list[str], hidden: list[str]
):
    person = await samspel.person(email)
    await person.says("hjälp")
    assert all(person.sees(f"{words} – ") for words in shown)
    assert not any(person.sees(words) for words in hidden)


async def test_help_on_one_word_says_that_and_begins_it(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("hjälp takt")
    assert not officer.sees("Hej Kompetensstrateg")
    await officer.clicks("Bestäm hur ofta en aktivitet rapporteras")
    assert officer.sees("Skriv vilken aktivitet du menar")


async def test_whoever_is_refused_has_a_way_on(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("veckobrev chefen")
    await officer.clicks("Alla aktiviteter")
    assert officer.sees("KOM-03")


async def test_the_receipt_says_all_that_was_asked(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("rapport KOM-01 röd")
    await officer.fills(
        deviation="Ordföranden har slutat",
        measure="Vi väljer en ny",
        decision_from="steering_group",
        next_step="Möte i maj",
    )
    await officer.fills(decision="Vem som leder rådet")
    assert officer.sees("Åtgärd: Vi väljer en ny")
    assert officer.sees("Beslut behövs av styrgruppen: Vem som leder rådet")
    assert officer.sees("Nästa steg: Möte i maj")


async def test_what_is_right_among_ones_own_is_said_to_be_saved(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("rapport mina")
    right, wrong = await samspel.keys("KOM-01", "KOM-03")
    await officer.fills(**{f"status_{right}": "on_track", f"status_{wrong}": "off_track"})
    assert officer.sees("1 rapport sparad: KOM-01. Det här behöver rättas:")
    assert not officer.sees("innan jag kan spara")
