"""Reports to meetings: drafted in time, never sent by themselves, kept as sent."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.acting import By
from bot.conversations.views import Bullets, Heading, Paragraph
from bot.digests.compose import as_text, read_letter
from bot.digests.meeting_report import MeetingReport, Written, report_cards
from bot.digests.period import Audience
from bot.digests.reporting_to import (
    edit_report,
    one_report,
    reports,
    reports_to_send,
    send_report,
)
from bot.people import BodyId, Person, PersonId
from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from storage.database import Database
from tests.digest_material import stockholm

SETTINGS = Settings()
READY = stockholm("2026-09-14 09:00")


async def meets(
    database: Database,
    held_on: str,
    *,
    body: str = "board",
    kind: str = "ordinary",
    due: str | None = None,
) -> int:
    async with database.transaction() as db:
        found = await db.execute(
            text(
                "INSERT INTO meetings (body_id, title, held_on, documents_due_on, kind) "
                "SELECT min(id), 'Möte', CAST(:held_on AS date), CAST(:due AS date), :kind "
                "FROM bodies WHERE kind = :body RETURNING id"
            ),
            {"held_on": held_on, "due": due, "kind": kind, "body": body},
        )
        return found.scalar_one()


async def run(database: Database, now: datetime) -> list[str]:
    done = await run_due(database, now, SETTINGS, PlanInMemory())
    return [f"{each.audience} {each.period}" for each in done if each.kind == "meeting_report"]


async def listed(database: Database) -> list[MeetingReport]:
    async with database.transaction() as db:
        return await reports(db, 10)


async def chef(database: Database, now: datetime) -> By:
    async with database.transaction() as db:
        who = await db.scalar(
            text("SELECT id FROM people WHERE email = 'chef@skaraborg.example.se'")
        )
    assert who
    return By(Person(PersonId(who), "Chef", "chef@x.se"), now, "web")


async def told(database: Database) -> list[Mapping[str, Any]]:
    async with database.transaction() as db:
        rows = await db.execute(
            text(
                "SELECT m.view ->> 'title' AS title, m.view ->> 'summary' AS summary, c.kind, "
                "c.person_id FROM messages m JOIN conversations c ON c.id = m.conversation_id "
                "WHERE m.view ->> 'summary' LIKE '%ägesrapport%' ORDER BY m.id"
            )
        )
        return [dict(row) for row in rows.mappings()]


@pytest.fixture
async def chats(sample_database: Database) -> Database:
    """Everybody has a private chat, and the board a channel."""
    async with sample_database.transaction() as db:
        await db.execute(text("INSERT INTO connections (platform, tenant) VALUES ('web', 'here')"))
        await db.execute(
            text(
                "INSERT INTO conversations (connection_id, kind, address, name, person_id, "
                "opened_at) SELECT k.id, 'private', 'p' || p.id, p.name, p.id, now() "
                "FROM people p, connections k WHERE k.tenant = 'here'"
            )
        )
        await db.execute(
            text(
                "WITH v AS (INSERT INTO conversations (connection_id, kind, address, name, "
                "opened_at) SELECT id, 'channel', 'dir', 'Direktionen', now() FROM connections "
                "WHERE tenant = 'here' RETURNING id) "
                "INSERT INTO channel_bindings (conversation_id, body_id, bound_by) "
                "SELECT v.id, b.id, 'test' FROM v, bodies b WHERE b.kind = 'board'"
            )
        )
    return sample_database


async def test_a_draft_is_written_some_days_before_documents_are_due_once(chats: Database):
    meeting = await meets(chats, "2026-09-25", due="2026-09-18")
    await meets(chats, "2026-12-04", kind="in_depth", due="2026-11-27")
    assert await run(chats, stockholm("2026-09-10 09:00")) == []
    assert await run(chats, stockholm("2026-09-11 07:00")) == [], "not before people are at work"
    assert await run(chats, stockholm("2026-09-11 09:00")) == [f"meeting:{meeting} draft"]
    assert await run(chats, stockholm("2026-09-11 09:00")) == []
    (report,) = await listed(chats)
    assert report.title == "Lägesrapport till direktionen, 25 september 2026"
    assert report.is_draft
    who = await told(chats)
    assert {each["kind"] for each in who} == {"private"}
    assert len({each["person_id"] for each in who}) == 2, "the chef and the förbundsdirektör"


async def test_at_a_fordjupning_the_in_depth_report_stands_in_its_place(chats: Database):
    await meets(chats, "2026-12-04", kind="in_depth", due="2026-11-27")
    await run(chats, stockholm("2026-11-23 09:00"))
    (report,) = await listed(chats)
    assert report.title == "Fördjupad lägesrapport till direktionen, 4 december 2026"
    assert (report.covers_to - report.covers_from).days in range(180, 184)


async def test_a_half_year_without_one_has_it_at_its_last_meeting(chats: Database):
    await meets(chats, "2026-09-25", due="2026-09-18")
    await meets(chats, "2026-12-04", due="2026-11-27")
    await run(chats, READY)
    await run(chats, stockholm("2026-11-23 09:00"))
    assert [each.in_depth for each in await listed(chats)] == [True, False]


async def test_it_is_never_sent_by_itself_and_is_asked_for_from_the_documents_day(
    chats: Database,
):
    await meets(chats, "2026-09-25", due="2026-09-18")
    await run(chats, READY)
    for day, expected in ((17, 0), (18, 1), (25, 1), (26, 0)):
        async with chats.transaction() as db:
            assert len(await reports_to_send(db, date(2026, 9, day))) == expected
    await run(chats, stockholm("2026-09-24 09:00"))
    assert [each.state for each in await listed(chats)] == ["drafted"]


async def test_it_is_edited_sent_once_and_kept_as_sent(chats: Database):
    await meets(chats, "2026-09-25", due="2026-09-18")
    await run(chats, READY)
    (report,) = await listed(chats)
    by, plans = await chef(chats, READY), PlanInMemory()
    async with chats.transaction() as db:
        assert await edit_report(db, by, report, {"opening": "Det går bra.\n- Ett\n- Två"})
    async with chats.transaction() as db:
        edited = await one_report(db, report.id)
        assert edited
        assert await send_report(db, await plans.now(db), by, edited)
    async with chats.transaction() as db:
        sent = await one_report(db, report.id)
        assert sent
        assert not await send_report(db, await plans.now(db), by, sent)
        assert not await edit_report(db, by, sent, {"opening": "Något annat"})
        assert sent.view
    said = as_text(read_letter(sent.view))
    assert "Det går bra." in said
    assert "- Ett" in said
    channel = [each for each in await told(chats) if each["kind"] == "channel"]
    assert len(channel) == len(read_letter(sent.view))
    async with chats.transaction() as db:
        await db.execute(text("UPDATE activity_values SET title = 'Något nytt'"))
        again = await one_report(db, report.id)
        assert again
        assert again.view == sent.view


async def test_a_meeting_called_off_drops_its_draft_and_says_so(chats: Database):
    meeting = await meets(chats, "2026-09-25", due="2026-09-18")
    await run(chats, READY)
    async with chats.transaction() as db:
        await db.execute(text("UPDATE meetings SET cancelled = true"))
    later = stockholm("2026-09-15 09:00")
    assert await run(chats, later) == [f"meeting:{meeting} gone:2026-09-15"]
    assert await listed(chats) == []
    assert (await told(chats))[-1]["summary"].startswith("Mötet fredag 25 september är inställt.")
    async with chats.transaction() as db:
        await db.execute(text("UPDATE meetings SET cancelled = false"))
    again = stockholm("2026-09-16 09:00")
    assert await run(chats, again) == [f"meeting:{meeting} again:2026-09-16"]
    assert [each.state for each in await listed(chats)] == ["drafted"]


async def test_a_moved_meeting_takes_its_draft_along(chats: Database):
    await meets(chats, "2026-09-25", due="2026-09-18")
    await run(chats, READY)
    (report,) = await listed(chats)
    async with chats.transaction() as db:
        await edit_report(db, await chef(chats, READY), report, {"opening": "Mina ord"})
        await db.execute(text("UPDATE meetings SET cancelled = true"))
    await meets(chats, "2026-10-02", due="2026-09-25")
    assert len(await run(chats, stockholm("2026-09-21 09:00"))) == 1
    (moved,) = await listed(chats)
    assert (moved.held_on, moved.sections[0].text) == (date(2026, 10, 2), "Mina ord")
    assert "är flyttat till fredag 2 oktober" in (await told(chats))[-1]["summary"]
    assert await run(chats, stockholm("2026-09-21 09:15")) == []


async def test_a_cancelled_meeting_of_a_series_does_not_count_as_moved(chats: Database):
    cancelled = await meets(chats, "2026-09-25", due="2026-09-18")
    following = await meets(chats, "2026-10-23", due="2026-10-16")
    await run(chats, READY)
    (before,) = await listed(chats)
    async with chats.transaction() as db:
        await db.execute(
            text("UPDATE meetings SET cancelled = true WHERE id = :id"), {"id": cancelled}
        )
    later = stockholm("2026-09-15 09:00")
    assert await run(chats, later) == [f"meeting:{cancelled} gone:2026-09-15"]
    assert await listed(chats) == []
    assert "är inställt" in (await told(chats))[-1]["summary"]
    assert await run(chats, stockholm("2026-10-12 09:00")) == [f"meeting:{following} draft"]
    (after,) = await listed(chats)
    assert after.covers_to > before.covers_to, "what it tells is as things are then"


async def test_an_emptied_section_is_not_told(chats: Database):
    await meets(chats, "2026-09-25", body="municipal_directors", due="2026-09-18")
    await run(chats, READY)
    (report,) = await listed(chats)
    gone = next(each for each in report.sections if report.told.get(each.name))
    by, plans = await chef(chats, READY), PlanInMemory()
    async with chats.transaction() as db:
        assert await edit_report(db, by, report, {gone.name: " "})
        edited = await one_report(db, report.id)
        assert edited
        assert await send_report(db, await plans.now(db), by, edited)
        kept = await db.scalar(
            text("SELECT told FROM digests WHERE audience = 'municipal_directors'")
        )
    assert not report.told[gone.name].keys() & kept.keys()
    others = {key for name, said in report.told.items() if name != gone.name for key in said}
    assert set(kept) == others


async def test_kommundirektorer_get_one_to_each_meeting_and_networks_that_chose_so(
    chats: Database,
):
    await meets(chats, "2026-09-25", body="municipal_directors", due="2026-09-18")
    network = await meets(chats, "2026-09-24", body="network", due="2026-09-18")
    await meets(chats, "2026-09-23", body="reference_group", due="2026-09-18")
    assert len(await run(chats, READY)) == 1
    async with chats.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO digest_settings (audience, before_meetings, changed_by, changed_at) "
                "SELECT 'network:' || body_id, true, (SELECT min(id) FROM people), now() "
                "FROM meetings WHERE id = :id"
            ),
            {"id": network},
        )
    assert await run(chats, READY) == [f"meeting:{network} draft"]
    kinds = {each.audience for each in await listed(chats)}
    assert kinds == {Audience.MUNICIPAL_DIRECTORS, Audience.NETWORK}


def written(*sections: Written) -> MeetingReport:
    at = stockholm("2026-09-11 09:00")
    return MeetingReport(
        id=1,
        meeting=1,
        body=BodyId(1),
        audience=Audience.BOARD,
        name="",
        held_on=date(2026, 9, 25),
        documents_due_on=None,
        in_depth=False,
        state="drafted",
        covers_from=stockholm("2026-08-01 09:00"),
        covers_to=at,
        sections=sections,
    )


def test_what_people_write_is_read_as_paragraphs_and_lists():
    said = "Första raden\nandra raden\n\nNytt stycke\n- punkt ett\n  som fortsätter\n– punkt två"
    (card,) = report_cards(written(Written("opening", "Sammanfattning", said)))
    kinds = [part.kind for part in card.parts[1:]]
    assert kinds == ["heading", "paragraph", "paragraph", "bullets"]
    lists = [part for part in card.parts if isinstance(part, Bullets)]
    assert [item[0].text for item in lists[0].items] == ["punkt ett som fortsätter", "punkt två"]
    words = [part for part in card.parts if isinstance(part, Paragraph)]
    assert words[1].spans[0].text == "Första raden\nandra raden"


def test_a_section_without_text_is_left_out():
    (card,) = report_cards(
        written(Written("opening", "Sammanfattning", "Hej"), Written("money", "Pengar", " "))
    )
    assert [part.text for part in card.parts if isinstance(part, Heading)] == ["Sammanfattning"]


def test_the_longest_texts_fit_the_cards():
    long = "\n".join(["- " + "ord " * 20] * 30)[:3000]
    plain = "ord " * 750
    sections = [Written(f"s{n}", "Rubrik", long if n % 2 else plain[:3000]) for n in range(20)]
    cards = report_cards(written(*sections))
    assert len(cards) > 1
