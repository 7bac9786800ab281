"""What happens in a tenant: teams, channels and group chats that come, change and go."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import pytest

from tests.platforms.teams_work import TeamsAtWork, teams_at_work
from tests.teams import Conversation, Person, Team

ADMINISTRATOR = "it@skaraborg.example.se"
CHEF = "chef@skaraborg.example.se"
REPORT = "rapport KOM-03 grön Klart"
HELLO = "Jag är Samspel"
BACK = "Jag är tillbaka"
NAME = "SELECT name FROM conversations WHERE address = :channel"
OPEN = "SELECT count(*) FROM conversations WHERE address = :channel AND closed_at IS NULL"
KNOWN = "SELECT count(*) FROM conversations WHERE kind = 'channel' AND team = :team"

Does = Callable[[TeamsAtWork, Person, Team], Awaitable[Any]]


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[TeamsAtWork]:
    """The bot at work in one tenant."""
    async with teams_at_work(server_url) as made:
        yield made


def said_in(work: TeamsAtWork, channel: Conversation) -> list[str]:
    """What the bot has said there, oldest first."""
    return [work.teams.visible_text(one) for one in work.teams.messages(channel) if one.by is None]


def last(work: TeamsAtWork, person: Person) -> str:
    """The latest in the personal chat."""
    return work.teams.visible_text(work.teams.direct(person)[-1])


async def named(work: TeamsAtWork, channel: Conversation) -> str:
    return await work.ask(NAME, channel=channel.id)


async def is_open(work: TeamsAtWork, channel: Conversation) -> bool:
    return await work.ask(OPEN, channel=channel.id) == 1


async def added(work: TeamsAtWork, person: Person, *channels: str) -> Team:
    """A team that the bot has been added to, with General and more channels."""
    team = work.teams.add_team("Kompetens", channels=channels, members=[person])
    await work.teams.adds_to_team(person, team)
    await work.quiet()
    return team


async def known_channel(work: TeamsAtWork, person: Person, team: Team, name: str) -> Conversation:
    """A channel of the team where somebody has said something to the bot."""
    channel = work.teams.channel(team, name)
    await work.teams.says(person, "hjälp", where=channel)
    await work.quiet()
    return channel


async def test_added_to_a_team_it_says_hello_once_and_knows_what_the_channel_is_called(
    work: TeamsAtWork,
):
    anna = await work.person()
    team = await added(work, anna, "Möten")
    await work.teams.again()
    await work.quiet()
    [hello] = said_in(work, team.general)
    assert HELLO in hello
    assert "Koppla kanalen" in work.teams.visible_buttons(anna, team.general)
    assert await named(work, team.general) == "Kompetens / Allmänt"
    assert said_in(work, work.teams.channel(team, "Möten")) == []


async def test_added_with_a_channel_chosen_it_says_hello_there_too(work: TeamsAtWork):
    anna = await work.person()
    team = work.teams.add_team("Kompetens", channels=["Möten"], members=[anna])
    chosen = work.teams.channel(team, "Möten")
    await work.teams.adds_to_team(anna, team, chosen)
    await work.quiet()
    assert await named(work, chosen) == "Kompetens / Möten"
    [hello] = said_in(work, chosen)
    assert HELLO in hello


async def test_what_teams_will_not_tell_is_not_waited_for(work: TeamsAtWork):
    anna = await work.person()
    work.teams.fault("channels", 20, status=403)
    team = await added(work, anna)
    assert await named(work, team.general) == "Kompetens / Allmänt"
    assert len(said_in(work, team.general)) == 1


async def test_somebody_else_who_joins_a_team_is_nothing_new(work: TeamsAtWork):
    anna = await work.person()
    team = await added(work, anna)
    bo = work.teams.add_person("Bo Alm", "bo@skovde.example.se")
    await work.teams.joins(bo, team)
    await work.teams.leaves(bo, team)
    await work.quiet()
    assert len(said_in(work, team.general)) == 1
    assert await is_open(work, team.general)


async def test_a_channel_of_the_team_is_known_when_something_is_done_there_and_can_be_bound(
    work: TeamsAtWork,
):
    chef = await work.person(CHEF, "Chef")
    team = await added(work, chef, "Möten")
    channel = work.teams.channel(team, "Möten")
    await work.teams.says(chef, "koppla Kompetens", where=channel)
    await work.quiet()
    assert await named(work, channel) == "Kompetens / Möten"
    shown = work.teams.sees(chef, channel)
    assert "Kanalen är kopplad" in shown
    assert HELLO in shown
    asked = len(work.teams.calls_of("channels"))
    await work.teams.says(chef, REPORT, where=channel)
    await work.quiet()
    assert len(work.teams.calls_of("channels")) == asked
    assert any("KOM-03" in one for one in said_in(work, channel))


async def test_names_follow_those_of_teams_and_channels(work: TeamsAtWork):
    anna = await work.person()
    team = await added(work, anna, "Möten")
    channel = await known_channel(work, anna, team, "Möten")
    await work.teams.renames_team(anna, team, "Kompetens / framtid")
    await work.teams.renames_channel(anna, channel, "Träffar")
    await work.quiet()
    assert await named(work, team.general) == "Kompetens / framtid / Allmänt"
    assert await named(work, channel) == "Kompetens / framtid / Träffar"
    await work.teams.renames_team(anna, team, "Kort")
    await work.quiet()
    assert await named(work, channel) == "Kort / Träffar"
    long = "Kompetensförsörjning och livslångt lärande i Skaraborgs alla femton kommuner"
    await work.teams.renames_team(anna, team, long)
    await work.quiet()
    name = await named(work, channel)
    assert len(name) <= 80
    assert name.endswith("… / Träffar")


async def test_of_channels_that_it_does_not_know_nothing_comes(work: TeamsAtWork):
    anna = await work.person()
    team = await added(work, anna, "Möten")
    channel = work.teams.channel(team, "Möten")
    await work.teams.renames_channel(anna, channel, "Träffar")
    await work.teams.deletes_channel(anna, channel)
    await work.teams.restores_channel(anna, channel)
    await work.teams.creates_channel(anna, team, "Ny")
    await work.quiet()
    assert await work.ask(KNOWN, team=team.id) == 1
    assert said_in(work, channel) == []


async def _removed(work: TeamsAtWork, person: Person, team: Team) -> None:
    await work.teams.removes_from_team(person, team)


async def _added_again(work: TeamsAtWork, person: Person, team: Team) -> None:
    await work.teams.adds_to_team(person, team)


async def _archived(work: TeamsAtWork, person: Person, team: Team) -> None:
    await work.teams.archives_team(person, team)


async def _unarchived(work: TeamsAtWork, person: Person, team: Team) -> None:
    await work.teams.unarchives_team(person, team)


async def _deleted(work: TeamsAtWork, person: Person, team: Team) -> None:
    await work.teams.deletes_team(person, team)


async def _restored(work: TeamsAtWork, person: Person, team: Team) -> None:
    await work.teams.restores_team(person, team)


@pytest.mark.parametrize(
    ("goes", "comes", "why"),
    [
        (_removed, _added_again, "Samspel är borttaget ur kanalen Kompetens / Möten."),
        (_archived, _unarchived, "Kanalen Kompetens / Möten är arkiverad."),
        (_deleted, _restored, "Kanalen Kompetens / Möten är borttagen."),
    ],
)
async def test_a_team_that_goes_takes_its_channels_along_and_brings_them_back(
    work: TeamsAtWork, goes: Does, comes: Does, why: str
):
    ada = await work.person(ADMINISTRATOR, "Ada")
    chef = await work.person(CHEF, "Chef")
    team = await added(work, chef, "Möten", "Borta")
    channel = work.teams.channel(team, "Möten")
    gone = await known_channel(work, chef, team, "Borta")
    await work.teams.says(chef, "koppla Kompetens", where=channel)
    await work.teams.deletes_channel(chef, gone)
    await work.quiet()
    await goes(work, chef, team)
    await work.teams.again()
    await work.quiet()
    assert not await is_open(work, channel)
    assert not await is_open(work, team.general)
    told = [work.teams.visible_text(one) for one in work.teams.direct(ada)]
    assert len(told) == 1
    assert why in told[0]
    work.clock.passes(hours=1)
    await comes(work, chef, team)
    await work.teams.again()
    await work.quiet()
    assert await is_open(work, channel)
    assert await is_open(work, team.general)
    assert not await is_open(work, gone)
    assert [one for one in said_in(work, channel) if BACK in one]
    await work.teams.says(chef, REPORT, where=channel)
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_a_bound_channel_that_is_deleted_is_told_of_and_comes_back_as_it_was(
    work: TeamsAtWork,
):
    ada, anna = await work.person(ADMINISTRATOR, "Ada"), await work.person()
    team, channel = await work.channel(anna)
    await work.teams.deletes_channel(anna, channel)
    await work.teams.again()
    await work.quiet()
    assert not await is_open(work, channel)
    assert "En kopplad kanal är borta" in last(work, ada)
    assert len(work.teams.direct(ada)) == 1
    await work.teams.restores_channel(anna, channel)
    await work.quiet()
    assert await is_open(work, channel)
    assert BACK in said_in(work, channel)[-1]
    assert team.general is channel


async def test_a_team_it_was_taken_from_unheard_is_found_out_and_told_of(work: TeamsAtWork):
    ada, anna = await work.person(ADMINISTRATOR, "Ada"), await work.person()
    _team, channel = await work.channel(anna)
    channel.bot_in = False
    await work.teams.says(anna, REPORT)
    await work.quiet()
    assert not await is_open(work, channel)
    assert "En kopplad kanal är borta" in last(work, ada)


async def test_a_group_chat_is_greeted_as_one_and_named_by_its_topic(work: TeamsAtWork):
    anna = await work.person()
    bo = work.teams.add_person("Bo Alm", "bo@skovde.example.se")
    chat = work.teams.add_chat(members=[anna, bo])
    await work.teams.adds_to_chat(anna, chat)
    await work.quiet()
    [hello] = said_in(work, chat)
    assert "I den här chatten" in hello
    assert await named(work, chat) == "Gruppchatt"
    assert "Koppla chatten" in work.teams.visible_buttons(anna, chat)
    await work.teams.renames_chat(anna, chat, "Vi som mäter")
    await work.quiet()
    assert await named(work, chat) == "Vi som mäter"
    await work.teams.says(anna, REPORT, where=chat)
    await work.quiet()
    assert await work.reports() == ["Klart"]
    await work.teams.removes_from_chat(anna, chat)
    await work.quiet()
    assert not await is_open(work, chat)
    await work.teams.adds_to_chat(anna, chat)
    await work.quiet()
    assert await is_open(work, chat)
    assert await named(work, chat) == "Vi som mäter"


async def test_a_group_chat_it_came_into_unheard_is_known_by_what_is_said_there(
    work: TeamsAtWork,
):
    chef = await work.person(CHEF, "Chef")
    chat = work.teams.add_chat("Ledning", members=[chef], bot_in=True)
    await work.teams.says(chef, "koppla Kompetens", where=chat)
    await work.quiet()
    assert await is_open(work, chat)
    assert "Kanalen är kopplad" in work.teams.sees(chef, chat)
