"""Reports to meetings: drafted some days before documents are due, edited, sent by people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.clock import in_stockholm
from bot.digests.choosing import choice_of
from bot.digests.compose import stored_letter
from bot.digests.gather import Material, fill, since
from bot.digests.meeting_report import (
    MeetingReport,
    read_report,
    report_cards,
    stored_sections,
    written,
)
from bot.digests.period import Audience, Due, Reader, Week, weeks_before
from bot.digests.scope import Scope, scoped
from bot.language import speaking
from bot.outbox import BULK, Outbox, ToBody, ToPerson
from bot.people import BodyId, PersonId
from bot.plan import Plan
from storage.queries import digests as digest_queries
from storage.queries import meeting_reports as queries
from storage.queries.digest_readers import members_to_write_to

USUAL_WEEKS, IN_DEPTH_WEEKS = 8, 26
"""How far back a report looks when the body has had none before it."""

MOVED_WITHIN = 45
"""Days within which another meeting of the body is the cancelled one, moved."""


async def draft_report(db: AsyncConnection, plan: Plan, meeting: RowMapping, now: datetime) -> int:
    """Write the draft to the meeting, as things are now; its number. IntegrityError when it has
    one."""
    material = await _material(db, plan, meeting, now)
    with speaking("sv"):
        sections, charts, told = written(material)
    values = {
        "kind": "in_depth" if meeting["in_depth"] else "status",
        "covers_from": material.covers_from,
        "covers_to": material.cut_off,
        "sections": stored_sections(sections, charts),
        "told": told,
        "drafted_at": now,
    }
    dropped = meeting["report_id"]
    if dropped is not None and await queries.draft_again(db, dropped, values):
        return dropped
    return await queries.draft(db, {"meeting_id": meeting["meeting_id"], **values})


async def _material(
    db: AsyncConnection, plan: Plan, meeting: RowMapping, now: datetime
) -> Material:
    """Everything in full: nobody is expected to remember the report before."""
    audience = Audience(meeting["body_kind"])
    of = meeting["body_id"] if audience is Audience.NETWORK else None
    in_depth: bool = meeting["in_depth"]
    weeks = IN_DEPTH_WEEKS if in_depth else USUAL_WEEKS
    before = await queries.last_covered(db, meeting["body_id"], now, in_depth=in_depth)
    due = Due(audience, Week.of(in_stockholm(now).date()), now, of)
    empty = since(plan, due, now, before or weeks_before(now, weeks))
    choice = await choice_of(db, Reader(audience, of))
    known = await fill(db, plan, replace(empty, sections=choice.sections))
    if of is None:
        return known
    return scoped(known, Scope(networks=frozenset({BodyId(of)})))


async def one_report(
    db: AsyncConnection, report_id: int, *, lock: bool = False
) -> MeetingReport | None:
    """The report of that number; None when there is none, or its meeting was called off."""
    if not 0 < report_id < 2**63:
        return None
    row = await queries.report_by_id(db, report_id, lock=lock)
    return read_report(row) if row is not None and row["state"] != "dropped" else None


async def reports(db: AsyncConnection, most: int, skip: int = 0) -> list[MeetingReport]:
    """Drafts first, then reports as sent, those to the latest meetings first."""
    return [read_report(row) for row in await queries.reports_listed(db, most, skip)]


async def reports_to_send(db: AsyncConnection, today: date) -> list[MeetingReport]:
    """Drafts that chef should send: their documents' day has come and the meeting has not."""
    return [read_report(row) for row in await queries.reports_to_send(db, today)]


async def edit_report(
    db: AsyncConnection, by: By, report: MeetingReport, texts: Mapping[str, str]
) -> bool:
    """Write other texts by section. False: it is a draft no more."""
    sections = tuple(
        replace(each, text=texts.get(each.name, each.text)) for each in report.sections
    )
    values = {
        "id": report.id,
        "sections": stored_sections(sections, report.charts),
        "person": by.person.id,
        "now": by.now,
        "platform": by.platform,
    }
    return await queries.edit(db, values)


async def send_report(db: AsyncConnection, plan: Plan, by: By, report: MeetingReport) -> bool:
    """Keep the report as it is sent, and have it said to the body. False: it is a draft no more.

    In the body's channels, and to members who see none of them where they work.
    """
    with speaking("sv"):
        cards = report_cards(report)
    values = {
        "id": report.id,
        "view": stored_letter(cards),
        "person": by.person.id,
        "now": by.now,
        "platform": by.platform,
    }
    if not await queries.send(db, values):
        return False
    await _count_as_digest(db, report, values["view"], by.now)
    today = in_stockholm(by.now).date()
    outbox = Outbox(plan.languages, today=today)
    people = await members_to_write_to(db, report.body, today)
    for place in (ToBody(report.body), *(ToPerson(PersonId(p), letter=True) for p in people)):
        outbox.say_pages(place, lambda: cards, lambda: report.title, urgency=BULK)
    await outbox.flush(db)
    return True


async def _count_as_digest(
    db: AsyncConnection, report: MeetingReport, view: object, now: datetime
) -> None:
    """Those who get digests too go on from what the report told."""
    if report.audience is Audience.BOARD:
        return
    await digest_queries.keep_digest(
        db,
        {
            "audience": str(report.reader),
            "period": report.held_on.isoformat(),
            "covers_from": report.covers_from,
            "covers_to": report.covers_to,
            "made_at": now,
            "late": False,
            "view": view,
            "told": dict(report.tells),
        },
    )
