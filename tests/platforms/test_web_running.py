"""The page of how it goes: for the chef and administrators, from what is stored."""

from datetime import date, datetime, timedelta
from http import HTTPStatus

from sqlalchemy import insert, select, text

from bot.running import MOST_UNREACHABLE
from storage.models import (
    Body,
    Membership,
    Poll,
    PollVoter,
    Reminder,
    ReminderThing,
    StatusReport,
)
from storage.queries.running import unreachable
from tests.delivery.scene import Scene
from tests.platforms.conftest import Web
from tests.platforms.web_scene import NOW


async def closed_to(web: Web, *names: str) -> None:
    """Nothing can be said to those people anywhere."""
    async with web.database.transaction() as db:
        await db.execute(
            text("UPDATE conversations SET closed_at = :now WHERE person_id = ANY(:people)"),
            {"now": NOW, "people": [web.people[name] for name in names]},
        )


async def reminded(
    web: Web, name: str, day: date, *things: tuple[str, str, datetime | None]
) -> None:
    """A reminder of things: each its name, its step and when it was answered."""
    made = datetime.combine(day, NOW.timetz())
    async with web.database.transaction() as db:
        person = web.people[name]
        row = insert(Reminder).values(person_id=person, day=day, made_at=made)
        key = (await db.execute(row.returning(Reminder.id))).scalar_one()
        for thing, step, answered in things:
            await db.execute(
                insert(ReminderThing).values(
                    reminder_id=key,
                    thing=thing,
                    person_id=person,
                    step=step,
                    answer="done" if answered else None,
                    answered_at=answered,
                )
            )


async def test_only_the_chef_and_administrators_have_the_page(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/")
    assert not anna.sees("Hur det går")
    await anna.open("/drift")
    assert anna.status == HTTPStatus.NOT_FOUND
    assert anna.sees("ser chefen och administratörerna.")
    chef = await web.browser("Cilla Chef")
    await chef.open("/")
    await chef.presses("◔Hur det går")
    assert chef.status == HTTPStatus.OK


async def test_a_new_federation_is_told_that_there_is_nothing_yet(web: Web):
    chef = await web.browser("Cilla Chef")
    await chef.open("/drift")
    assert chef.sees("Ingen har påmints om något de senaste 90 dagarna.")
    assert chef.sees("Svar efter påminnelse, 90 dagar –")


async def test_what_is_sent_waits_failed_and_expired_stands_by_platform(web: Web):
    scene = Scene(web.database)
    channel = await scene.channel("kom", platform="slack", tenant="T1")
    await scene.say(channel, *(f"{n}" for n in range(10)))
    changes = (
        ("state = 'sent', sent_at = :now", 1, 4),
        ("state = 'sent', sent_at = CAST(:now AS timestamptz) - interval '8 days'", 5, 5),
        ("state = 'expired', expires_at = :now", 6, 7),
        ("state = 'failed'", 8, 8),
    )
    numbered = "conversation_id = :c AND (view ->> 'summary')::int + 1 BETWEEN :first AND :last"
    async with web.database.transaction() as db:
        for change, first, last in changes:
            at = {"now": NOW} if ":now" in change else {}
            await db.execute(
                text(f"UPDATE messages SET {change} WHERE {numbered}"),
                {"c": channel, "first": first, "last": last, **at},
            )
        await db.execute(text("UPDATE messages SET created_at = :now"), {"now": NOW})
    chef = await web.browser("Cilla Chef")
    await chef.open("/drift")
    assert chef.sees("Slack Skickade 4 Väntar 2 Äldsta 24 nov. 10:00 Inte framme 1 För gamla 2")
    assert "5 meddelanden på 14 dagar" in chef.html
    assert "/leverans" not in chef.html


async def test_who_cannot_be_reached_is_named_with_their_organisation(web: Web):
    for name in ("Anna Ek", "Bo Åberg"):
        await web.browser(name)
    chef = await web.browser("Cilla Chef")
    await chef.open("/drift")
    assert chef.sees("Alla som sitter i ett organ eller ansvarar för en aktivitet kan nås.")
    await closed_to(web, "Anna", "Bo")
    await chef.open("/drift")
    assert chef.sees("2 personer har ett uppdrag i arbetet")
    assert chef.sees("Hjo Personer Anna Ek")
    assert chef.sees("Skövde Personer Bo Åberg")
    async with web.database.transaction() as db:
        await db.execute(text("UPDATE memberships SET ends_on = '2026-11-24'"))
    await chef.open("/drift")
    assert chef.sees("1 person har ett uppdrag i arbetet"), "Anna answers for an activity still"
    await Scene(web.database).ask("UPDATE employments SET ends_on = '2026-11-01' RETURNING 1")
    async with web.database.connection() as db:
        left = await unreachable(db, NOW.date(), [web.people["Anna"]], most=MOST_UNREACHABLE)
    assert left == ([], 0), "who works nowhere has no part in the work"


async def test_answers_after_reminders_are_counted_once_a_thing(web: Web):
    first, second = date(2026, 11, 2), date(2026, 11, 9)
    at = datetime.combine(second, NOW.timetz())
    await reminded(web, "Anna", first, ("overdue:1", "a", None), ("poll:7", "a", None))
    await reminded(web, "Anna", second, ("overdue:1", "b", at + timedelta(hours=2)))
    await reminded(web, "Bo", second, ("poll:7", "a", at + timedelta(hours=3)))
    await reminded(web, "Bo", date(2026, 9, 20), ("poll:3", "a", None))
    await reminded(web, "Bo", date(2026, 6, 1), ("poll:1", "a", None))
    chef = await web.browser("Cilla Chef")
    await chef.open("/drift")
    assert chef.sees("Svar efter påminnelse, 90 dagar 2 av 4 (50 %)")
    median = "Svar efter (median)"
    assert chef.sees(
        f"Försenad rapport 30 dagar 1 av 1 (100 %) 90 dagar 1 av 1 (100 %) {median} 7 dagar"
    )
    assert chef.sees(f"Omröstning 30 dagar 1 av 2 (50 %) 90 dagar 1 av 3 (33 %) {median} samma dag")
    assert chef.sees("Energi Medlemmar 1 Efter påminnelse 1 av 2 (50 %) I omröstningar –")


async def test_reports_that_came_late_or_not_at_all_stand_by_activity(web: Web):
    async with web.database.transaction() as db:
        key = await db.scalar(text("SELECT id FROM activities WHERE code = 'KOM-03'"))
        for day in (date(2026, 6, 8), date(2026, 6, 22), date(2026, 7, 31), date(2026, 11, 20)):
            at = datetime.combine(day, NOW.timetz())
            await db.execute(
                insert(StatusReport).values(
                    activity_id=key,
                    person_id=web.people["Anna"],
                    status="on_track",
                    reported_at=at,
                    platform="web",
                )
            )
    chef = await web.browser("Cilla Chef")
    await chef.open("/drift")
    row = next(each for each in chef.page.all("tr") if "KOM-03" in each.text())
    late, missing = (int(each.text().split()[-1]) for each in row.all("td")[-2:])
    assert (late, missing) == (3, 7)


async def test_networks_are_counted_by_polls_among_their_people(web: Web):
    async with web.database.transaction() as db:
        network = await db.scalar(select(Body.id).where(Body.name == "Energi"))
        await db.execute(
            insert(Membership).values(
                body_id=network,
                person_id=web.people["Bo"],
                starts_on=date(2026, 1, 1),
                given_by="t",
            )
        )
        made = insert(Poll).values(
            kind="question",
            method="choice",
            title="Vilken dag?",
            voters="person",
            body_id=network,
            state="open",
            state_since=NOW,
            opens_at=NOW - timedelta(days=2),
            closes_at=NOW + timedelta(days=2),
            started_by=web.people["Cilla"],
            started_at=NOW,
        )
        poll = (await db.execute(made.returning(Poll.id))).scalar_one()
        for name, voted in (("Anna", True), ("Bo", False)):
            await db.execute(
                insert(PollVoter).values(poll_id=poll, person_id=web.people[name], voted=voted)
            )
    chef = await web.browser("Cilla Chef")
    await chef.open("/drift")
    assert chef.sees("Energi Medlemmar 2 Efter påminnelse – I omröstningar 1 av 2 (50 %)")
    assert chef.sees("Kultur & fritid Medlemmar 0 Efter påminnelse – I omröstningar –")
