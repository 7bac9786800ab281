"""People in Teams: who gets the app and lets it go, who is a stranger, and who can be reached."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from sqlalchemy import text

from bot.outbox import Outbox, ToPerson
from bot.people import PersonId
from bot.private_chats import at_home
from tests.patience import until
from tests.platforms.teams_work import OFFICER, TeamsAtWork, teams_at_work
from tests.teams import Person, Teams
from tests.teams.world import guid

ADMINISTRATOR = "it@skaraborg.example.se"
CHEF = "chef@skaraborg.example.se"
REPORT = "rapport KOM-03 grön Klart"
WHO = "Jag vet inte vem du är"
ASKED = "En administratör måste bekräfta att du är du"
HELLO = "Nu når jag dig här"
WEB = """
WITH place AS (
  INSERT INTO connections (platform, tenant) VALUES ('web', 'web')
  ON CONFLICT (platform, tenant) DO UPDATE SET tenant = excluded.tenant RETURNING id
)
INSERT INTO conversations (connection_id, kind, address, name, person_id)
SELECT place.id, 'private', :email, people.name, people.id FROM place, people
WHERE people.email = :email
"""
CHAT = "SELECT {} FROM conversations WHERE address = :address"


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[TeamsAtWork]:
    """The bot at work in one tenant."""
    async with teams_at_work(server_url) as made:
        yield made


def said_to(work: TeamsAtWork, person: Person) -> list[str]:
    """What the bot has said in the personal chat, oldest first."""
    return [work.teams.visible_text(one) for one in work.teams.direct(person) if one.by is None]


async def chat(work: TeamsAtWork, person: Person, what: str) -> Any:
    """A column of the person's chat with the bot, as it is kept."""
    return await work.ask(CHAT.format(what), address=work.teams.personal_chat(person).id)


async def is_closed(work: TeamsAtWork, person: Person) -> bool:
    return await chat(work, person, "closed_at IS NOT NULL")


async def something_is_said(work: TeamsAtWork, person: Person) -> None:
    """Something is meant for whoever is behind the person's account."""
    async with work.database.transaction() as db:
        outbox = Outbox()
        outbox.say(ToPerson(PersonId(await chat(work, person, "person_id"))), at_home)
        await outbox.flush(db)


async def accounts_of(work: TeamsAtWork, administrator: Person, words: str) -> str:
    """What an administrator is answered about accounts."""
    await work.teams.says(administrator, f"konton {words}".strip())
    await work.quiet()
    return said_to(work, administrator)[-1]


async def test_got_again_it_says_hello_once_and_the_chat_is_open(work: TeamsAtWork):
    anna = await work.person()
    await work.teams.uninstalls(anna)
    await work.quiet()
    assert await is_closed(work, anna)
    await work.teams.installs(anna)
    await work.teams.again()
    await work.quiet()
    assert not await is_closed(work, anna)
    assert [HELLO in one for one in said_to(work, anna)] == [True]
    await work.teams.says(anna, REPORT)
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert "KOM-03" in said_to(work, anna)[-1]


async def test_what_waits_for_somebody_who_lets_it_go_fails_with_a_cause(work: TeamsAtWork):
    anna = await work.person()
    work.teams.fault("send", 100, status=503, retry_after=300)
    await work.teams.says(anna, REPORT)
    await work.teams.settled()
    await work.running.side.desk.patience.settled()
    await work.teams.uninstalls(anna)
    await work.running.side.desk.patience.settled()
    name = await work.ask("SELECT name FROM people WHERE email = :email", email=OFFICER)
    cause = await work.ask("SELECT failure FROM messages WHERE state = 'failed'")
    assert cause == f"{name} har tagit bort Samspel i Teams."


async def test_somebody_without_the_app_gets_it_on_the_web_and_is_shown_as_not_reached(
    work: TeamsAtWork,
):
    anna, ada = await work.person(), await work.person(ADMINISTRATOR, "Ada")
    async with work.database.transaction() as db:
        await db.execute(text(WEB), {"email": OFFICER})
    assert "Kan nås." in await accounts_of(work, ada, OFFICER)
    await work.teams.uninstalls(anna)
    await work.quiet()
    shown = await accounts_of(work, ada, OFFICER)
    assert "Kan inte nås: Samspel är borttaget eller blockerat" in shown
    assert "syns därför bara på webben" in shown
    await something_is_said(work, anna)
    await work.quiet()
    platform = (
        "SELECT k.platform FROM messages m JOIN conversations c ON c.id = m.conversation_id "
        "JOIN connections k ON k.id = c.connection_id ORDER BY m.id DESC LIMIT 1"
    )
    assert await work.ask(platform) == "web"
    assert "Visa 1 som inte nås" in await accounts_of(work, ada, "")
    await work.teams.clicks(ada, "Visa 1 som inte nås")
    await work.quiet()
    assert "1 person kan inte nås i någon chatt" in said_to(work, ada)[-1]
    await work.teams.clicks(ada, "Visa dem som väntar")
    await work.teams.installs(anna)
    await work.quiet()
    assert "Alla som har ett kopplat konto kan nås" in await accounts_of(work, ada, "onåbara")


async def test_blocked_it_is_found_out_and_writing_again_opens_the_chat(work: TeamsAtWork):
    anna = await work.person()
    await work.teams.says(anna, REPORT)
    await work.quiet()
    said = said_to(work, anna)
    await work.teams.blocks(anna)
    await something_is_said(work, anna)

    async def closed() -> bool:
        return await is_closed(work, anna)

    await until(closed)
    assert said_to(work, anna) == said
    await work.teams.blocks(anna, blocked=False)
    work.clock.passes(minutes=2)
    await work.teams.says(anna, "rapport KOM-03 grön Igen")
    await work.quiet()
    assert not await is_closed(work, anna)
    assert "KOM-03" in said_to(work, anna)[-1]
    assert HELLO not in "\n".join(said_to(work, anna))


async def test_a_stranger_who_gets_it_is_asked_once_and_linked_by_an_administrator(
    work: TeamsAtWork,
):
    ada = await work.person(ADMINISTRATOR, "Ada")
    anna = work.teams.add_person("Anna Ek", OFFICER)
    await work.teams.installs(anna)
    await work.teams.again()
    await work.quiet()
    [asked] = said_to(work, anna)
    assert ASKED in asked
    assert "Ett konto väntar på dig" in said_to(work, ada)[-1]
    await work.teams.clicks(ada, "Koppla")
    await work.quiet()
    assert "Nu vet jag att det är du" in said_to(work, anna)[-1]
    assert await chat(work, anna, "route") == work.teams.service_url.rstrip("/")
    await work.teams.says(anna, REPORT)
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_a_stranger_in_a_channel_is_answered_in_private(work: TeamsAtWork):
    member = await work.person()
    stranger = work.teams.add_person("Bo Alm", "bo@skovde.example.se", installed=True)
    _team, channel = await work.channel(member, stranger)
    await work.teams.says(stranger, REPORT, where=channel)
    await work.quiet()
    assert WHO in said_to(work, stranger)[-1]
    assert WHO not in work.teams.sees(member, channel)
    assert await work.reports() == []


async def test_whoever_cannot_be_written_to_is_linked_all_the_same_and_shown_as_such(
    work: TeamsAtWork,
):
    ada = await work.person(ADMINISTRATOR, "Ada")
    anna = work.teams.add_person("Anna Ek", OFFICER)
    _team, channel = await work.channel(ada, anna)
    work.teams.fault("create", 2, status=403, code="BotNotInConversationRoster")
    await work.teams.says(anna, REPORT, where=channel)
    await work.quiet()
    assert said_to(work, anna) == []
    await work.teams.clicks(ada, "Koppla")
    await work.quiet()
    assert "Personen kan inte nås där än" in said_to(work, ada)[-1]
    shown = await accounts_of(work, ada, OFFICER)
    assert "Kan inte nås: personen har inte lagt till Samspel i Teams än" in shown
    await work.teams.installs(anna)
    await work.quiet()
    [hello] = said_to(work, anna)
    assert HELLO in hello
    assert "Kan nås." in await accounts_of(work, ada, OFFICER)


STRANGERS: dict[str, dict[str, Any]] = {
    "guest": {"role": "guest"},
    "of_another_tenant": {"home_tenant": guid()},
    "by_name_of_elsewhere": {"email": "kompetens_skovde#EXT#@hjo.onmicrosoft.com"},
}


@pytest.mark.parametrize("kind", STRANGERS)
async def test_whose_home_is_elsewhere_is_refused_kindly_and_hears_nothing_else(
    work: TeamsAtWork, kind: str
):
    about = {"name": "Gun Gäst", "email": OFFICER, "installed": True} | STRANGERS[kind]
    guest = work.teams.add_person(**about)
    await work.teams.says(guest, REPORT)
    await work.quiet()
    [said] = said_to(work, guest)
    assert "Be den som bjöd in dig hit om hjälp" in said
    assert OFFICER not in said
    assert await work.reports() == []
    assert await work.ask("SELECT count(*) FROM account_requests") == 0


async def test_an_english_client_is_spoken_english_to(work: TeamsAtWork):
    person = work.teams.add_person("Joe", "joe@skovde.example.se", locale="en-GB", installed=True)
    await work.teams.says(person, "hi")
    await work.quiet()
    assert "I do not know who you are" in said_to(work, person)[-1]


async def test_when_teams_does_not_tell_who_it_is_nothing_is_linked(work: TeamsAtWork):
    anna = work.teams.add_person("Anna Ek", OFFICER, installed=True)
    work.teams.fault("member", status=503)
    await work.teams.says(anna, REPORT)
    await work.quiet()
    assert WHO not in said_to(work, anna)[-1]
    assert await work.ask("SELECT count(*) FROM account_requests") == 0


async def test_a_way_that_moves_is_followed(server_url: str):
    hosts = ("127.0.0.1", "localhost")
    async with teams_at_work(server_url, teams_service_hosts=hosts) as work:
        anna = await work.person()
        _team, channel = await work.channel(anna)
        moved = work.teams.service_url.replace("127.0.0.1", "localhost")
        work.teams.service_url = moved
        await work.teams.says(anna, REPORT)
        await work.teams.says(anna, "rapport KOM-03 gul Sent", where=channel)
        await work.quiet()
        assert await chat(work, anna, "route") == moved.rstrip("/")
        where = {"address": channel.id}
        assert await work.ask(CHAT.format("route"), **where) == moved.rstrip("/")
        hello = [one for one in work.teams.messages(channel) if one.by is None]
        assert sum("Jag är Samspel" in work.teams.visible_text(one) for one in hello) == 1
        assert await work.reports() == ["Klart", "Sent"]


async def test_somebody_of_one_tenant_is_a_stranger_in_the_other(server_url: str):
    def two(teams: Teams) -> None:
        teams.add_tenant("Hjo")

    async with teams_at_work(server_url, before=two) as work:
        _skovde, hjo = work.teams.tenants
        anna = await work.person()
        there = work.teams.add_person("Anna Ek", "anna@annan.example.se", tenant=hjo)
        there.object_id = anna.object_id
        await work.teams.installs(there)
        await work.teams.says(there, REPORT)
        await work.quiet()
        assert WHO in said_to(work, there)[-1]
        assert await work.reports() == []
        await work.teams.says(anna, REPORT)
        await work.quiet()
        assert await work.reports() == ["Klart"]
        chef = await work.person(CHEF, "Chef", tenant=hjo)
        await work.teams.says(chef, "hjälp")
        await work.quiet()
        assert said_to(work, chef)
        assert {each.app_id for each in work.teams.calls_of("send")} == {
            tenant.app_id for tenant in work.teams.tenants
        }


async def test_trouble_with_the_database_hinders_no_answer_about_it(work: TeamsAtWork):
    anna = await work.person()
    async with work.database.transaction() as db:
        await db.execute(text("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE"))
        told = await work.teams.sends(work.teams.line(anna, REPORT))
        assert told.status == 200
    await work.quiet()
    assert await work.reports() == ["Klart"]
