"""What the calendar asks of reports to meetings: drafts in time, and what comes of a meeting called
off or moved."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.digests.report_cards import called_off, draft_card, moved_words
from bot.conversations.views import Card
from bot.digests.due import DueDigest
from bot.digests.meeting_report import MeetingReport
from bot.digests.reporting_to import MOVED_WITHIN, draft_report, one_report
from bot.outbox import Outbox, ToPerson
from bot.people import PersonId
from bot.plan import Plan
from bot.settings import Settings
from bot.workdays import EVENING, MORNING, is_working_day
from storage.queries import meeting_reports as queries

KIND = "meeting_report"


async def reports_due(
    db: AsyncConnection, plan: Plan, now: datetime, settings: Settings
) -> Sequence[DueDigest]:
    """Drafts to be written, and drafts whose meeting was called off; within working hours."""
    local = in_stockholm(now)
    if not is_working_day(local.date()) or not MORNING <= local.time() < EVENING:
        return []
    if not plan.activities:
        return []
    today = local.date()
    gone = await queries.drafts_called_off(db, today, MOVED_WITHIN)
    taken = {row["next_id"] for row in gone}
    until = today + timedelta(days=settings.meeting_report_days)
    wanted = await queries.meetings_to_draft_for(db, today, until)
    found = [_gone(plan, row, now) for row in gone]
    found += [_draft(plan, row, now) for row in wanted if row["meeting_id"] not in taken]
    return found


def _draft(plan: Plan, row: RowMapping, now: datetime) -> DueDigest:
    async def do(db: AsyncConnection) -> None:
        report = await one_report(db, await draft_report(db, plan, row, now))
        if report is not None:
            await _tell(db, plan, now, report)

    again = row["report_id"] is not None
    period = f"again:{in_stockholm(now).date()}" if again else "draft"
    return DueDigest(KIND, f"meeting:{row['meeting_id']}", period, do)


def _gone(plan: Plan, row: RowMapping, now: datetime) -> DueDigest:
    """The draft goes with a meeting that was moved, and away with one that was not."""

    async def do(db: AsyncConnection) -> None:
        before = await one_report(db, row["id"])
        if row["next_id"] is not None:
            await queries.move(db, row["id"], row["next_id"])
            report = await one_report(db, row["id"])
            if report is not None:
                words = (row["held_on"], row["next_on"])
                await _tell(db, plan, now, report, words)
        elif before is not None and await queries.drop(db, row["id"]):
            await _say(db, plan, now, lambda: called_off(before))

    to = row["next_on"] or in_stockholm(now).date()
    return DueDigest(KIND, f"meeting:{row['meeting_id']}", f"gone:{to}", do)


async def _tell(
    db: AsyncConnection,
    plan: Plan,
    now: datetime,
    report: MeetingReport,
    moved: tuple[date, date] | None = None,
) -> None:
    today = in_stockholm(now).date()

    def card() -> Card:
        return draft_card(report, today, moved_words(*moved) if moved is not None else "")

    await _say(db, plan, now, card)


async def _say(db: AsyncConnection, plan: Plan, now: datetime, card: Callable[[], Card]) -> None:
    """To the chef and the förbundsdirektör, each in their own place."""
    today = in_stockholm(now).date()
    people: set[PersonId] = set()
    for post in ("manager", "federation_director"):
        people |= {each.id for each in await bodies.holders(db, post, today)}
    outbox = Outbox(plan.languages, today=today)
    for person in sorted(people):
        outbox.say(ToPerson(person, letter=True), card)
    await outbox.flush(db)
