"""The status that somebody has in Slack says that they are away, until when if it says so."""

from datetime import date, datetime, timedelta

from sqlalchemy import text

from bot.clock import STOCKHOLM
from tests.platforms.slack_work import AtWork, at_work

PALM = ":palm_tree:"


async def absences(work: AtWork) -> list[tuple[str, date, date]]:
    """Source, first day and first day back of absences that hold."""
    async with work.database.connection() as db:
        rows = await db.execute(
            text(
                "SELECT source, starts_on, ends_on FROM absences WHERE taken_back_at IS NULL "
                "ORDER BY id"
            )
        )
        return [(row.source, row.starts_on, row.ends_on) for row in rows]


async def status(work: AtWork, user: str, emoji: str, until: datetime | None = None) -> None:
    """Set the status, which the bot hears of."""
    ends = int(until.timestamp()) if until is not None else 0
    told = await work.slack.changes_user(
        user, status_emoji=emoji, status_text="Semester", status_expiration=ends
    )
    assert told.ok
    await work.quiet()


def today(work: AtWork) -> date:
    return work.clock().astimezone(STOCKHOLM).date()


async def test_a_holiday_status_is_an_absence_until_it_ends(server_url: str):
    async with at_work(server_url) as work:
        user, day = await work.user(), today(work)
        ends = datetime.combine(day + timedelta(days=6), datetime.min.time(), STOCKHOLM)
        await status(work, user, PALM, ends + timedelta(hours=23, minutes=59))
        assert await absences(work) == [("status", day, day + timedelta(days=7))]
        await status(work, user, "")
        assert await absences(work) == []


async def test_a_status_without_an_end_holds_until_it_is_changed(server_url: str):
    async with at_work(server_url) as work:
        user, day = await work.user(), today(work)
        await status(work, user, ":face_with_thermometer:")
        assert await absences(work) == [("status", day, day + timedelta(days=60))]
        await status(work, user, ":house:")
        assert await absences(work) == []


async def test_what_the_person_has_said_goes_before(server_url: str):
    async with at_work(server_url) as work:
        user, day = await work.user(), today(work)
        await work.slack.says(user, "borta 2 dagar")
        await work.quiet()
        said = [("person", day, day + timedelta(days=2))]
        assert await absences(work) == said
        await status(work, user, PALM)
        assert await absences(work) == said
        await status(work, user, "")
        assert await absences(work) == said


async def test_other_statuses_and_unknown_people_say_nothing(server_url: str):
    async with at_work(server_url) as work:
        user = await work.user()
        await status(work, user, ":spiral_calendar_pad:")
        stranger = work.slack.add_user("Okänd", "okand@skovde.example.se")
        await status(work, stranger, PALM)
        assert await absences(work) == []
