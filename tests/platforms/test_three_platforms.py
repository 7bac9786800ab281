"""Slack, Teams and the web together: one bot, one plan, and people who move between them."""

from collections.abc import AsyncGenerator
from functools import partial
from itertools import permutations

import pytest

from tests.platforms.three_scene import PLATFORMS, Channels, Everywhere, Three, on_three_platforms

OFFICER = "kompetens@skovde.example.se"
"""Answers for KOM-01 and KOM-03, in the network Kompetens."""

ADMINISTRATOR = "it@skaraborg.example.se"
LOST = "En kopplad kanal är borta"
NEWS = "Nytt läge: KOM-03"
CARD = "KOM-03 "
DRAFT = "Rapportera läget KOM-03"


@pytest.fixture
async def three(server_url: str) -> AsyncGenerator[Three]:
    """The bot on all three, where nobody has done anything yet."""
    async with on_three_platforms(server_url) as made:
        yield made


async def officer(three: Three) -> Everywhere:
    return await three.person(OFFICER, "Anna Ek")


async def cards(channels: Channels) -> dict[str, tuple[str, str]]:
    """The one living card of the activity in each channel: its id, and what it says."""
    posts = await channels.posts()
    found = {
        each: [post for post in posts[each].items() if post[1].startswith(CARD)] for each in posts
    }
    assert {each: len(found[each]) for each in found} == dict.fromkeys(PLATFORMS, 1)
    return {each: found[each][0] for each in found}


async def news(channels: Channels) -> dict[str, int]:
    """How many times each channel has heard of a new state."""
    posts = await channels.posts()
    return {each: sum(words.startswith(NEWS) for words in posts[each].values()) for each in posts}


@pytest.mark.parametrize("where", PLATFORMS)
async def test_a_report_made_in_one_is_shown_and_its_card_updated_in_all(three: Three, where: str):
    anna = await officer(three)
    channels = await three.channels(anna, "Kompetens")
    await anna.at(where).says("rapport KOM-03 grön Kursen är full")
    await three.quiet()
    assert await news(channels) == dict.fromkeys(PLATFORMS, 1)
    first = await cards(channels)
    assert all("Läget: Kursen är full" in words for _id, words in first.values())

    await anna.at(where).says("rapport KOM-03 risk Läraren slutar")
    await three.quiet()
    assert await news(channels) == dict.fromkeys(PLATFORMS, 2)
    then = await cards(channels)
    assert {each: then[each][0] for each in then} == {each: first[each][0] for each in first}
    for _id, words in then.values():
        assert "🟡 risk · förut 🟢 enligt plan" in words
        assert "Avvikelse: Läraren slutar" in words
        assert "Kursen är full" not in words
    assert await three.reports() == [f"on_track {where}", f"at_risk {where}"]


@pytest.mark.parametrize(("made_in", "pressed_in"), list(permutations(PLATFORMS, 2)))
async def test_the_card_of_a_report_made_elsewhere_is_reported_from(
    three: Three, made_in: str, pressed_in: str
):
    anna = await officer(three)
    channels = await three.channels(anna, "Kompetens")
    await anna.at(made_in).says("rapport KOM-03 grön Kursen är full")
    await three.quiet()
    await anna.presses_in(channels, pressed_in, "Rapportera")
    person = anna.at(pressed_in)
    assert person.has_kept(status="on_track", situation="Kursen är full")
    await person.fills(situation="Kön är lång")
    await three.quiet()
    assert all("Läget: Kön är lång" in words for _id, words in (await cards(channels)).values())
    assert await three.reports() == [f"on_track {made_in}", f"on_track {pressed_in}"]


@pytest.mark.parametrize(("begun", "offered", "sent"), list(permutations(PLATFORMS)))
async def test_a_form_begun_in_one_goes_on_in_another_and_is_sent_from_the_third(
    three: Three, begun: str, offered: str, sent: str
):
    anna = await officer(three)
    await anna.at(begun).says("rapport KOM-03")
    await anna.puts_away(begun, "Läraren slutar i maj")

    await anna.at(offered).opens_home()
    assert anna.at(offered).sees("Fortsätt där du slutade")
    await anna.at(offered).clicks(DRAFT)
    assert anna.at(offered).has_kept(situation="Läraren slutar i maj")
    await anna.puts_away(offered, "Läraren slutar i juni")

    await anna.at(sent).says("rapport KOM-03")
    assert anna.at(sent).has_kept(situation="Läraren slutar i juni")
    await anna.at(sent).fills(deviation="Ingen har sökt", measure="Vi söker vidare")
    await three.quiet()
    assert await three.reports() == [f"off_track {sent}"]
    assert await three.copy.ask("SELECT count(*) FROM drafts") == 0
    for each in PLATFORMS:
        await anna.at(each).opens_home()
        assert not anna.at(each).sees("Fortsätt där du slutade")


async def test_what_is_for_one_person_comes_once_where_they_were_last(three: Three):
    ida = await three.person(ADMINISTRATOR, "Ida Ström")
    channels = await three.channels(ida, "Kompetens")
    person = ida.on_teams.person
    others = [await three.channels(ida, each) for each in ("Kultur", "Strategi")]
    lost = {
        "teams": (partial(three.slack.archives, channels.slack), "kompetens"),
        "slack": (partial(three.teams.deletes_team, person, others[0].team), "Kultur"),
        "web": (partial(three.slack.archives, others[1].slack), "strategi"),
    }
    told = await ida.told_of(LOST)
    for last_in, (happens, name) in lost.items():
        three.clock.passes(minutes=5)
        await ida.at(last_in).says("hjälp")
        await happens()
        await three.quiet()
        before, told = told, await ida.told_of(LOST)
        new = {each: told[each][len(before[each]) :] for each in told}
        assert {each: len(new[each]) for each in new} == {
            each: int(each == last_in) for each in PLATFORMS
        }
        assert name in new[last_in][0]


@pytest.mark.parametrize(("before", "where"), list(permutations(PLATFORMS, 2)))
async def test_the_receipt_of_what_is_said_in_a_channel_comes_once_on_the_same_platform(
    three: Three, before: str, where: str
):
    anna = await officer(three)
    channels = await three.channels(anna, "Kompetens")
    await anna.at(before).says("hjälp")
    three.clock.passes(minutes=5)
    await anna.says_in(channels, where, "rapport KOM-03 grön Kursen är full")
    await three.quiet()
    told = await anna.told_of("Sparat: KOM-03")
    assert {each: len(told[each]) for each in told} == {
        each: int(each == where) for each in PLATFORMS
    }
