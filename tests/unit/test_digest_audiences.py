"""Who gets which digest when: groups each month, networks that chose so, people on their days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text

from bot.acting import By
from bot.digests.choosing import choose
from bot.digests.compose import as_text, read_letter
from bot.digests.period import Audience, Reader
from bot.people import Person, PersonId
from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from storage.database import Database
from storage.models import Digest, PersonalSetting
from tests.digest_material import stockholm

SETTINGS = Settings()
BEGUN = stockholm("2026-09-28 18:00")


async def run(database: Database, now: datetime) -> list[str]:
    done = await run_due(database, now, SETTINGS, PlanInMemory())
    return [f"{each.audience} {each.period}" for each in done if each.kind == "digest"]


async def only(database: Database, now: datetime, audience: str) -> list[str]:
    return [each for each in await run(database, now) if each.startswith(audience)]


async def person(database: Database, name: str) -> PersonId:
    async with database.transaction() as db:
        found = await db.scalar(
            text("SELECT id FROM people WHERE email = :email"), {"email": f"{name}.example.se"}
        )
        assert found
        return PersonId(found)


async def body(database: Database, kind: str, name: str = "%") -> int:
    async with database.transaction() as db:
        found = await db.scalar(
            text("SELECT min(id) FROM bodies WHERE kind = :kind AND name LIKE :name"),
            {"kind": kind, "name": name},
        )
        assert found
        return found


async def chosen(database: Database, reader: Reader, now: datetime, **values: Any) -> None:
    who = Person(id=await person(database, "chef@skaraborg"), name="Chef", email="chef@x.se")
    async with database.transaction() as db:
        await choose(db, By(who, now, "web"), reader, values)


async def days(database: Database, who: PersonId, *chosen: int, since: datetime = BEGUN) -> None:
    value = {"days": list(chosen), "since": since.isoformat()}
    async with database.transaction() as db:
        await db.execute(
            insert(PersonalSetting).values(person_id=who, name="digest_days", value=value)
        )


async def kept(database: Database, audience: str) -> list[Mapping[str, Any]]:
    async with database.transaction() as db:
        rows = await db.execute(
            select(Digest.__table__).where(Digest.audience == audience).order_by(Digest.covers_to)
        )
        return [dict(row) for row in rows.mappings()]


async def said(database: Database, audience: str) -> str:
    return as_text(read_letter((await kept(database, audience))[-1]["view"]))


async def report(database: Database, code: str, who: PersonId, at: datetime, **said: Any) -> None:
    values = {"status": "on_track", "situation": None, "deviation": None, **said}
    async with database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO status_reports (activity_id, person_id, status, situation, "
                "deviation, reported_at, platform) SELECT id, :who, :status, :situation, "
                ":deviation, :at, 'web' FROM activities WHERE code = :code"
            ),
            {"code": code, "who": who, "at": at, **values},
        )


async def test_the_reference_group_gets_one_each_month_and_the_first_is_never_late(
    sample_database: Database,
):
    mid_month = stockholm("2026-09-15 12:00")
    assert await only(sample_database, mid_month, "reference_group") == []
    first = stockholm("2026-10-01 08:15")
    assert await only(sample_database, first, "reference_group") == ["reference_group 2026-10"]
    assert await only(sample_database, first, "reference_group") == []
    late = stockholm("2026-12-20 12:00")
    assert await only(sample_database, late, "reference_group") == ["reference_group 2026-12"]
    assert (await kept(sample_database, "reference_group"))[-1]["covers_from"] == first
    text = await said(sample_database, "reference_group")
    assert "Månadsbrev till politiska referensgruppen, december 2026" in text
    assert "Inget brev har kommit ut sedan 1 oktober." in text


async def test_the_kommundirektorer_get_none_in_a_month_when_they_meet(
    sample_database: Database,
):
    """They meet in November (and get that meeting's report), not in October or December."""
    async with sample_database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO meetings (body_id, title, held_on, kind) SELECT id, name, "
                "'2026-11-06', 'ordinary' FROM bodies WHERE kind = 'municipal_directors'"
            )
        )
    for month, expected in ((10, True), (11, False), (12, True)):
        now = stockholm(f"2026-{month}-02 08:15")
        found = await only(sample_database, now, "municipal_directors")
        assert found == ([f"municipal_directors 2026-{month}"] if expected else [])


async def test_a_network_gets_its_own_from_when_somebody_chose_it(sample_database: Database):
    network = await body(sample_database, "network", "%ompetens%")
    reader = Reader(Audience.NETWORK, network)
    wednesday = stockholm("2026-10-07 10:00")
    await chosen(sample_database, reader, wednesday, rhythm="weekly", rhythm_since=wednesday)
    assert await only(sample_database, wednesday, "network") == []
    vux = await person(sample_database, "vux@lidkoping")
    at = wednesday + timedelta(hours=1)
    await report(sample_database, "KOM-03", vux, at, situation="Kursen är full")
    await report(sample_database, "SAM-01", vux, at, situation="Detaljplanen är klar")
    monday = stockholm("2026-10-12 08:00")
    assert await only(sample_database, monday, "network") == [f"{reader} 2026-W42"]
    text = await said(sample_database, str(reader))
    assert "Veckobrev till nätverket" in text
    assert "Kursen är full" in text
    assert "Detaljplanen" not in text


async def test_a_person_reads_of_theirs_but_not_of_their_own_acts(sample_database: Database):
    who = await person(sample_database, "kompetens@skovde")
    other = await person(sample_database, "vux@lidkoping")
    await days(sample_database, who, 3, since=stockholm("2026-10-05 08:00"))
    await report(
        sample_database, "KOM-03", who, stockholm("2026-10-05 09:00"), situation="Jag skrev det"
    )
    await report(
        sample_database, "KOM-02", other, stockholm("2026-10-05 09:00"), situation="Hon skrev det"
    )
    await report(
        sample_database, "SAM-01", other, stockholm("2026-10-05 09:00"), situation="Annan sak"
    )
    assert await only(sample_database, stockholm("2026-10-06 12:00"), "person") == []
    wednesday = stockholm("2026-10-07 07:45")
    assert await only(sample_database, wednesday, "person") == [f"person:{who} 2026-10-07"]
    assert await only(sample_database, wednesday, "person") == []
    text = await said(sample_database, f"person:{who}")
    assert "Ditt brev, onsdag 7 oktober 2026" in text
    assert "Hon skrev det" in text
    assert "Jag skrev det" not in text
    assert "Annan sak" not in text


async def test_nothing_new_is_not_said_and_what_comes_later_is(sample_database: Database):
    who = await person(sample_database, "kompetens@skovde")
    other = await person(sample_database, "vux@lidkoping")
    await days(sample_database, who, 2, 4)
    await run(sample_database, stockholm("2026-10-06 07:45"))
    before = len(await kept(sample_database, f"person:{who}"))
    await only(sample_database, stockholm("2026-10-08 07:45"), "person")
    assert len(await kept(sample_database, f"person:{who}")) == before
    await report(
        sample_database, "KOM-02", other, stockholm("2026-10-08 09:00"), situation="Nu hände det"
    )
    await only(sample_database, stockholm("2026-10-13 07:45"), "person")
    assert "Nu hände det" in await said(sample_database, f"person:{who}")


async def test_whoever_is_away_or_has_left_gets_none_until_they_are_back(
    sample_database: Database,
):
    who = await person(sample_database, "kompetens@skovde")
    await days(sample_database, who, 1, 2, 3, 4, 5)
    async with sample_database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO absences (person_id, starts_on, ends_on, noted_at) "
                "VALUES (:who, '2026-10-05', '2026-10-12', now())"
            ),
            {"who": who},
        )
    assert await only(sample_database, stockholm("2026-10-07 12:00"), "person") == []
    back = stockholm("2026-10-12 12:00")
    assert await only(sample_database, back, "person") == [f"person:{who} 2026-10-12"]
    async with sample_database.transaction() as db:
        await db.execute(
            text("UPDATE employments SET ends_on = '2026-10-13' WHERE person_id = :who"),
            {"who": who},
        )
    assert await only(sample_database, stockholm("2026-10-13 12:00"), "person") == []


async def test_a_day_chosen_after_its_time_begins_the_week_after(sample_database: Database):
    who = await person(sample_database, "kompetens@skovde")
    await days(sample_database, who, 3, since=stockholm("2026-10-07 10:00"))
    assert await only(sample_database, stockholm("2026-10-07 12:00"), "person") == []
    later = stockholm("2026-10-14 12:00")
    assert await only(sample_database, later, "person") == [f"person:{who} 2026-10-14"]


@pytest.fixture
async def with_mail(sample_database: Database) -> Database:
    """Everybody can be written to: mail is a place of theirs."""
    async with sample_database.transaction() as db:
        await db.execute(
            text("INSERT INTO connections (platform, tenant) VALUES ('email', 'mail')")
        )
        await db.execute(
            text(
                "INSERT INTO conversations (connection_id, kind, address, name, person_id, "
                "opened_at) SELECT k.id, 'private', 'person:' || p.id, p.name, p.id, now() "
                "FROM people p, connections k WHERE k.platform = 'email'"
            )
        )
    return sample_database


async def written_to(database: Database) -> dict[int, list[str]]:
    """The titles that each person was written to, by mail."""
    async with database.transaction() as db:
        rows = await db.execute(
            text(
                "SELECT c.person_id, m.view ->> 'title' AS title FROM messages m "
                "JOIN conversations c ON c.id = m.conversation_id JOIN connections k "
                "ON k.id = c.connection_id AND k.platform = 'email' ORDER BY m.id"
            )
        )
        found: dict[int, list[str]] = {}
        for row in rows:
            found.setdefault(row.person_id, []).append(row.title)
        return found


async def test_nobody_is_written_to_twice_of_the_same_the_widest_wins(with_mail: Database):
    chef = await person(with_mail, "chef@skaraborg")
    director = await person(with_mail, "kommundirektor@hjo")
    steering = await body(with_mail, "steering_group")
    async with with_mail.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO memberships (person_id, body_id, starts_on, given_by) "
                "VALUES (:chef, :body, '2026-01-01', 'test')"
            ),
            {"chef": chef, "body": steering},
        )
    for who in (chef, director):
        await days(with_mail, who, 1, 2, 3, 4, 5)
    await run(with_mail, stockholm("2026-10-02 13:00"))
    await run(with_mail, stockholm("2026-10-05 08:30"))
    told = await written_to(with_mail)
    assert {title.split(",")[0] for title in told[chef]} == {"Veckobrev till chefen"}
    assert {title.split(",")[0] for title in told[director]} == {"Veckobrev till styrgruppen"}


async def test_who_sees_the_channel_where_they_work_is_not_written_to(with_mail: Database):
    chef = await person(with_mail, "chef@skaraborg")
    async with with_mail.transaction() as db:
        await db.execute(
            text(
                "WITH k AS (INSERT INTO connections (platform, tenant) VALUES ('slack', 'T1') "
                "RETURNING id), a AS (INSERT INTO accounts (platform, tenant, user_id, person_id, "
                "linked_by, linked_at) VALUES ('slack', 'T1', 'U1', :chef, 'test', now())), "
                "v AS (INSERT INTO conversations (connection_id, kind, address, name, opened_at) "
                "SELECT id, 'channel', 'C1', 'chef', now() FROM k RETURNING id) "
                "INSERT INTO channel_bindings (conversation_id, post_id, bound_by) "
                "SELECT v.id, o.id, 'test' FROM v, posts o WHERE o.kind = 'manager'"
            ),
            {"chef": chef},
        )
    await run(with_mail, stockholm("2026-10-05 08:30"))
    assert chef not in await written_to(with_mail)


async def test_many_people_share_what_is_gathered(sample_database: Database):
    async with sample_database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO personal_settings (person_id, name, value) SELECT id, 'digest_days', "
                'CAST(\'{"days": [1], "since": "2026-01-01T00:00:00+00:00"}\' AS jsonb) '
                "FROM people"
            )
        )
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(sample_database.engine.sync_engine, "before_cursor_execute", note)
    done = await only(sample_database, stockholm("2026-10-05 08:30"), "person")
    event.remove(sample_database.engine.sync_engine, "before_cursor_execute", note)
    assert len(done) > 30
    gathered = [each for each in statements if "before.status AS before_status" in each]
    assert len(gathered) <= 6, "once for those of the same time, and once for each group"
