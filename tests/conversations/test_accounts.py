"""Stories of accounts: who waits to be linked, decided by administrators alone."""

import psycopg
import pytest
from sqlalchemy import text

from bot.accounts import House, Profile, ToMail, ask_administrators, ask_to_link
from bot.conversations.protocol import AccountKey
from bot.language import LANGUAGES
from bot.outbox import Outbox
from storage.database import Database
from storage.queries.account_requests import Unmailed
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.patience import until

ADMINISTRATOR = "it@skaraborg"
OFFICER = "kompetens@skovde"
OFFICERS_NAME = "Kompetensstrateg Skövde"
HOUSE = House(("Skövde", "Mariestad", "Vara"), ("skovde.example.se", "vara.example.se"))


REACHED_AT_ONCE = """
CREATE FUNCTION arrives() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM conversations c JOIN connections k ON k.id = c.connection_id
      WHERE c.id = NEW.conversation_id AND k.platform = 'prat') THEN
    NEW.state := 'sent';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER arrives BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION arrives();
"""
"""The other place, which no story looks into, has got what is said there when it is said."""


@pytest.fixture(autouse=True)
def _the_other_place(sample_database: Database) -> None:
    with psycopg.connect(sample_database.libpq_url, autocommit=True) as connection:
        connection.execute(REACHED_AT_ONCE)


async def asks(
    samspel: Scene,
    user: str = "U77",
    email: str = f"{OFFICER}.example.se",
    *,
    mail: bool = True,
    why: Unmailed = "failed",
    house: House = HOUSE,
) -> None:
    """An account somewhere else asks to be linked; without mail, administrators are asked."""
    profile = Profile(
        AccountKey("prat", "T1", user), f"Konto {user}", email, "sv", f"D-{user}", outsider=False
    )
    async with samspel.database.transaction() as db:
        asked = await ask_to_link(db, profile, house, samspel.clock())
        assert isinstance(asked, ToMail)
        if not mail:
            outbox = Outbox(LANGUAGES)
            await ask_administrators(db, asked, why, samspel.clock(), outbox)
            await outbox.flush(db)


async def linked(samspel: Scene) -> list[tuple[str, str, bool]]:
    """Accounts of the other place: id, whose, and whether they hold."""
    async with samspel.database.transaction() as db:
        rows = await db.execute(
            text(
                "SELECT a.user_id, p.name, a.ended_at IS NULL FROM accounts a "
                "JOIN people p ON p.id = a.person_id WHERE a.platform = 'prat' ORDER BY a.id"
            )
        )
        return [(row[0], row[1], row[2]) for row in rows]


async def test_an_administrator_links_an_account_that_waits(samspel: Scene):
    await asks(samspel)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    assert administrator.sees("1 konto väntar på att bli kopplat")
    assert administrator.sees("Konto U77, Prat T1")
    assert administrator.sees(f"{OFFICERS_NAME}, kompetens@skovde.example.se")
    assert administrator.sees("Ett mejl är skickat till personen")
    assert await linked(samspel) == []
    await administrator.clicks("Koppla")
    assert administrator.sees(f"är kopplat till {OFFICERS_NAME}")
    assert await linked(samspel) == [("U77", OFFICERS_NAME, True)]
    await administrator.says("konton")
    assert administrator.sees("Inget konto väntar")


async def test_accounts_that_wait_stand_on_the_administrators_own_page(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.opens_home()
    assert not administrator.sees("väntar på att bli kopplat")
    await asks(samspel)
    await administrator.opens_home()
    assert administrator.sees("1 konto väntar på att bli kopplat")
    await administrator.clicks("Visa konton som väntar")
    assert administrator.sees("Konto U77, Prat T1")
    officer = await samspel.person(OFFICER)
    await officer.opens_home()
    assert not officer.sees("väntar på att bli kopplat")


async def test_a_second_account_of_the_same_person_is_warned_of(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await asks(samspel)
    await administrator.says("konton")
    await administrator.clicks("Koppla")
    await asks(samspel, "U78", mail=False)
    await administrator.says("konton")
    assert administrator.sees(f"{OFFICERS_NAME} har redan ett konto här: Konto U77.")
    assert administrator.sees("Koppla bara om du vet att det är samma person.")
    await administrator.clicks("Koppla ett konto till")
    assert len(await linked(samspel)) == 2
    await _hears(administrator, "har redan ett konto här: Konto U77")


async def test_where_an_account_is_stands_by_its_name_when_it_has_one(samspel: Scene):
    house = House(HOUSE.organisations, HOUSE.email_domains, "Skövde kommun")
    await asks(samspel, house=house)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    assert administrator.sees("Konto U77, Prat Skövde kommun")
    await administrator.clicks("Koppla")
    await administrator.clicks("Visa personens konton")
    assert administrator.sees("Prat Skövde kommun")


async def test_without_mail_it_is_not_said_that_any_was_sent(samspel: Scene):
    await asks(samspel, mail=False, why="not_set_up")
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    assert administrator.sees("Jag kan inte skicka mejl, så du får avgöra")
    samspel.clock.passes(minutes=11)
    await asks(samspel)
    await administrator.says("konton")
    assert administrator.sees("Ett mejl är skickat till personen")


async def test_the_account_is_welcomed_in_its_own_private_chat(samspel: Scene):
    await asks(samspel)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    await administrator.clicks("Koppla")
    async with samspel.database.transaction() as db:
        said = await db.scalar(
            text(
                "SELECT m.view ->> 'summary' FROM messages m "
                "JOIN conversations c ON c.id = m.conversation_id WHERE c.address = 'D-U77'"
            )
        )
    assert said is not None
    assert OFFICERS_NAME in said


async def test_where_no_mail_can_go_the_administrator_is_asked_in_the_chat(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("hjälp")
    await asks(samspel, mail=False)
    await _hears(administrator, "Konto U77 i Prat vill kopplas till")
    await administrator.clicks("Koppla")
    assert await linked(samspel) == [("U77", OFFICERS_NAME, True)]
    await administrator.says("konton")
    assert administrator.sees("Inget konto väntar")


async def _hears(person: PersonOnPlatform, words: str) -> None:
    """Wait until it stands in the private chat, going there now and then."""

    async def shown() -> bool:
        await person.says("hjälp")
        return person.sees(words)

    await until(shown, every=0.2)


async def test_a_refused_account_is_not_linked_until_an_administrator_thinks_again(samspel: Scene):
    await asks(samspel)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    await administrator.clicks("Avvisa")
    assert administrator.sees("Kontot Konto U77 är avvisat")
    assert await linked(samspel) == []
    profile = Profile(
        AccountKey("prat", "T1", "U77"),
        "Konto U77",
        f"{OFFICER}.example.se",
        "sv",
        "D-U77",
        outsider=False,
    )
    samspel.clock.passes(days=3)
    async with samspel.database.transaction() as db:
        asked = await ask_to_link(db, profile, HOUSE, samspel.clock())
    assert not isinstance(asked, ToMail)
    assert "Jag vet inte vem du är" in asked.card.summary
    await administrator.says("konton")
    await administrator.clicks("Visa avvisade")
    assert administrator.sees("1 konto är avvisat")
    await administrator.clicks("Koppla")
    assert await linked(samspel) == [("U77", OFFICERS_NAME, True)]


async def test_a_button_links_only_the_person_it_was_shown_for(samspel: Scene):
    await asks(samspel)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    samspel.clock.passes(minutes=11)
    await asks(samspel, email="naringsliv@vara.example.se")
    await administrator.clicks("Koppla")
    assert administrator.sees("gäller en annan person nu: Näringsliv")
    assert await linked(samspel) == []


async def test_a_request_that_is_settled_says_so(samspel: Scene):
    await asks(samspel)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    await administrator.clicks("Koppla")
    await administrator.clicks("Avvisa")
    assert administrator.sees(f"Kontot Konto U77 är redan kopplat till {OFFICERS_NAME}, sedan")
    assert await linked(samspel) == [("U77", OFFICERS_NAME, True)]


async def test_a_request_that_was_refused_says_so_and_can_be_linked_all_the_same(samspel: Scene):
    await asks(samspel)
    administrator, other = await samspel.person(ADMINISTRATOR), await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    await other.says("konton")
    await other.clicks("Avvisa")
    await administrator.clicks("Avvisa")
    assert administrator.sees(f"Kontot Konto U77 är redan avvisat för {OFFICERS_NAME}, sedan")
    await administrator.clicks("Koppla ändå")
    assert await linked(samspel) == [("U77", OFFICERS_NAME, True)]


async def test_many_are_paged(samspel: Scene):
    for number in range(8):
        await asks(samspel, f"U{number}")
        samspel.clock.passes(minutes=1)
    await asks(samspel, "U99", mail=False)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    assert administrator.sees("9 konton väntar")
    assert administrator.sees("Konto U99")
    assert administrator.sees("Mejlet gick inte att skicka")
    assert administrator.sees("Konto U7")
    assert not administrator.sees("Konto U0")
    await administrator.clicks("Nästa")
    assert administrator.sees("Konto U0")


async def test_a_mail_that_nobody_answered_in_a_day_is_told(samspel: Scene):
    await asks(samspel)
    samspel.clock.passes(hours=25)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    assert administrator.sees("Länken i mejlet har gått ut")


@pytest.mark.parametrize("words", [f"konton {OFFICER}.example.se", f"konto {OFFICERS_NAME}"])
async def test_a_persons_account_is_taken_away(samspel: Scene, words: str):
    await asks(samspel)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    await administrator.clicks("Koppla")
    await administrator.says(words)
    assert administrator.sees("De konton som är kopplade till")
    assert administrator.sees("inte använt än")
    await administrator.clicks("Koppla bort")
    assert administrator.sees("Kontot Konto U77 är bortkopplat")
    assert await linked(samspel) == [("U77", OFFICERS_NAME, False)]
    await administrator.clicks("Visa personens konton")
    assert administrator.sees("har inget kopplat konto")


async def test_words_that_fit_several_people_or_none(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton Kommundirektör")
    assert administrator.sees("Flera passar. Vem menar du?")
    await administrator.clicks("Kommundirektör Essunga")
    assert administrator.sees("har inget kopplat konto")
    await administrator.says("konton Ingen Alls")
    assert administrator.sees("Jag hittar ingen i katalogen")
    await administrator.says("konton avvisade")
    assert administrator.sees("Inget konto är avvisat")


@pytest.mark.parametrize("who", [OFFICER, "chef@skaraborg"])
async def test_only_administrators_see_or_settle_accounts(samspel: Scene, who: str):
    await asks(samspel)
    person = await samspel.person(who)
    await person.says("konton")
    assert person.sees("Bara administratörerna kopplar konton")
    assert person.sees("Be IT-förvaltaren (administratören) att koppla kontot")
    assert not person.sees("Konto U77")
    await person.says("hjälp")
    assert not person.sees("Koppla konton till personer")
    assert await linked(samspel) == []


async def test_linking_and_refusing_stand_in_the_audit_log(samspel: Scene):
    await asks(samspel, "U1")
    await asks(samspel, "U2")
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("konton")
    await administrator.clicks("Koppla")
    await administrator.says("konton")
    await administrator.clicks("Avvisa")
    async with samspel.database.transaction() as db:
        lines = await db.execute(
            text(
                "SELECT p.email, l.action, l.thing FROM audit_lines l "
                "JOIN people p ON p.id = l.person_id "
                "WHERE l.thing IN ('account', 'account_request') ORDER BY l.id"
            )
        )
        assert [tuple(line) for line in lines] == [
            (f"{ADMINISTRATOR}.example.se", "linked", "account"),
            (f"{ADMINISTRATOR}.example.se", "refused", "account_request"),
        ]


@pytest.mark.parametrize("samspel", ["slack"], indirect=True)
async def test_nobody_shuts_themselves_out_of_where_they_write(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says(f"konton {ADMINISTRATOR}.example.se")
    await administrator.clicks("Koppla bort")
    assert administrator.sees("Du kan inte koppla bort ditt eget konto där du skriver nu.")
    await administrator.says("konton")
    assert administrator.sees("Inget konto väntar")
