"""All that people must have heard of in the year, kind by kind, from what they did in it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.year.life import Life
from tests.year.oracle import DAY, SWEDEN, Run, Told
from tests.year.owed import LOOK, Must, chef_reads, working_day_before
from tests.year.public_life import Meeting, PublicLife

WEEK = timedelta(weeks=1)
LONG_AGO = date(2026, 1, 1)
FRESH = timedelta(days=21)
TROUBLE = ("at_risk", "off_track")

_MILESTONES = text("""
SELECT m.id, m.activity_id, coalesce(p.responsible_id, v.responsible_id) AS person, p.due_on
FROM milestones m JOIN planned_milestones p ON p.milestone_id = m.id
JOIN activity_values v ON v.id = p.activity_values_id
""")
_QUESTIONS = text("SELECT id, activity_id FROM report_questions")
_REPORTS = text("SELECT id, meeting_id, drafted_at, sent_at FROM meeting_reports")


async def all_musts(db: AsyncConnection, public: PublicLife, first: date, days: int) -> list[Must]:
    """Of every sort that the year holds."""
    life = public.life
    mornings = [datetime.combine(first + n * DAY, LOOK, SWEDEN) for n in range(days)]
    milestones = (await db.execute(_MILESTONES)).mappings().all()
    questions = {row.id: row.activity_id for row in await db.execute(_QUESTIONS)}
    drafts = (await db.execute(_REPORTS)).mappings().all()
    numbers = await db.execute(text("SELECT id, activity_id, reported_at FROM status_reports"))
    keys = {(row.activity_id, row.reported_at): row.id for row in numbers}
    return [
        *_reports(life, mornings),
        *_trouble(life, keys),
        *_milestones(life, milestones),
        *_work(life, questions),
        *_polls(public),
        *_meetings(public),
        *_meeting_reports(public, drafts),
        *_in_depth(public),
        *(
            Must(f"mandate:{key}", person, last, (-30, -7), LONG_AGO, lambda at: True)
            for key, (person, last) in public.mandates.items()
        ),
        Must("plan:2027", life.chef, date(2026, 12, 4), (-60, -14), LONG_AGO, lambda at: True),
    ]


def _reports(life: Life, mornings: Sequence[datetime]) -> Iterator[Must]:
    """Late ones, and those that fall due before the chef reads, on the working day before."""
    reads = sorted({chef_reads(at) for at in mornings})
    for run in life.runs.values():
        dues = {run.due(at) for at in mornings if run.is_late(at)} - {None}
        for due in sorted(each for each in dues if each is not None):
            late = _late_since(run, due)
            yield Must(f"overdue:{run.id}", run.person, due, (1, 8), due, late)
        for day, before in zip(reads[1:], reads, strict=False):
            on = working_day_before(day)
            comes = _comes_before(run, day)
            yield Must(f"digest:{run.id}", run.person, on, (0,), before, comes, until=on)


def _late_since(run: Run, due: date) -> Callable[[datetime], bool]:
    return lambda at: run.is_late(at) and run.due(at) == due


def _comes_before(run: Run, reads: date) -> Callable[[datetime], bool]:
    def comes(at: datetime) -> bool:
        due = run.due(at)
        return due is not None and due <= reads == chef_reads(at) and not run.is_late(at)

    return comes


def _trouble(life: Life, keys: dict[tuple[int, datetime], int]) -> Iterator[Must]:
    """A deviation of which nothing was heard since, while no report is due."""
    for run in life.runs.values():
        for said in run.said:
            if said.status in TROUBLE:
                key, on = keys[run.id, said.at], said.at.astimezone(SWEDEN).date()
                still = _still(run, said)
                yield Must(f"deviation:{key}", run.person, on, (14, 28), on, still)


def _still(run: Run, said: Told) -> Callable[[datetime], bool]:
    def still(at: datetime) -> bool:
        known = [each for each in run.said if each.at <= at]
        due = run.due(at)
        latest = bool(known) and known[-1] is said
        return latest and _runs(run, at) and (due is None or due > chef_reads(at))

    return still


def _runs(run: Run, at: datetime) -> bool:
    return run.starts_on <= at.astimezone(SWEDEN).date() <= run.ends_on


def _milestones(life: Life, rows: Sequence[RowMapping]) -> Iterator[Must]:
    for row in rows:
        run = life.runs[row["activity_id"]]
        key, person, on = f"milestone:{row['id']}", row["person"], row["due_on"]
        yield Must(key, person, on, (-14, -3, 1), LONG_AGO, lambda at, run=run: _runs(run, at))


def _work(life: Life, questions: dict[int, int]) -> Iterator[Must]:
    """Assignments taken on, and questions about reports."""
    for key, (person, due) in life.promised.items():
        kept = life.kept.get(key)
        yield Must(
            f"assignment:{key}", person, due, (-7, -1, 1, 8), life.promised_on[key], _until(kept)
        )
    for key, asked in life.asked.items():
        person, on = life.runs[questions[key]].person, asked.astimezone(SWEDEN).date()
        yield Must(f"question:{key}", person, on, (2, 7), on, _until(life.answered.get(key)))


def _until(moment: datetime | None) -> Callable[[datetime], bool]:
    return lambda at: moment is None or at < moment


def _polls(public: PublicLife) -> Iterator[Must]:
    for poll in public.polls:
        begun = poll.begun.astimezone(SWEDEN).date()
        for person in sorted(set(poll.voters.values())):

            def waits(at: datetime, poll=poll, person=person) -> bool:
                return poll.begun <= at and poll.waits_for(person, at)

            yield Must(
                *(f"poll:{poll.id}", person, poll.last, (-7, -3, -1), begun, waits),
                until=poll.last,
                hurries=True,
            )

        def missing(at: datetime, poll=poll) -> bool:
            return any(poll.waits_for(each, at) for each in poll.voters.values())

        yield Must(
            *(f"poll_missing:{poll.id}", public.life.chef, poll.last, (0,), begun, missing),
            until=poll.last,
            hurries=True,
        )


def _meetings(public: PublicLife) -> Iterator[Must]:
    """Documents of meetings, for chef and förbundsdirektör."""
    for each in public.meetings:
        if each.due_on is not None:
            for person in (public.life.chef, public.director):
                yield Must(
                    *(f"documents:{each.id}", person, each.due_on, (-5, -1), LONG_AGO),
                    _until(each.called_off),
                    hurries=True,
                )


def _meeting_reports(public: PublicLife, drafts: Sequence[RowMapping]) -> Iterator[Must]:
    """Drafts that are not sent when documents are due."""
    meetings = {each.id: each for each in public.meetings}
    for row in drafts:
        each = meetings[row["meeting_id"]]
        drafted, sent = row["drafted_at"], row["sent_at"]

        def waits(at: datetime, each: Meeting = each, drafted=drafted, sent=sent) -> bool:
            called_off = each.called_off is not None and each.called_off <= at
            return drafted < at and not called_off and (sent is None or at < sent)

        on = each.due_on or each.held_on
        for person in (public.life.chef, public.director):
            yield Must(
                *(f"meeting_report:{row['id']}", person, on, (0, 2), on, waits),
                until=each.held_on,
                hurries=True,
                early=False,
            )


def _in_depth(public: PublicLife) -> Iterator[Must]:
    """Those who have an activity without a fresh report, before an in-depth one is due."""
    life = public.life
    for each in public.meetings:
        if each.kind == "in_depth" and each.due_on is not None:
            fresh = datetime.combine(each.due_on - FRESH, time(0), SWEDEN)
            for person in life.people:
                runs = [run for run in life.runs.values() if run.person == person]

                def lacks(at: datetime, runs=runs, fresh=fresh) -> bool:
                    return any(
                        _runs(run, at) and not any(fresh <= said.at <= at for said in run.said)
                        for run in runs
                    )

                known = each.due_on - timedelta(days=60)
                yield Must(f"in_depth:{each.id}", person, each.due_on, (-14, -3), known, lacks)
