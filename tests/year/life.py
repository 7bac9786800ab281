"""What people do in the year: they report or forget, go away, leave, ask, promise and answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.plan import PlanInMemory
from storage.database import Database
from storage.queries.absences import note_absence
from storage.queries.reminders import heard_of
from tests.counterpart import NAME
from tests.year.oracle import DAY, SWEDEN, Away, Run, Told

STATES = ("on_track",) * 6 + ("at_risk", "off_track", "paused")
WANTED = 40
"""Activities in the year's plan."""

_MORE = text("""
WITH made AS (
  INSERT INTO activities (code, rhythm, rhythm_weeks)
  SELECT 'SIM-' || lpad(n::text, 2, '0'), 'weeks', 1 + n % 4 FROM generate_series(1, :more) n
  RETURNING id, code
), like_them AS (
  SELECT v.*, row_number() OVER (ORDER BY v.id) AS n FROM activity_values v
)
INSERT INTO activity_values (plan_version_id, activity_id, direction_id, title, responsible_id,
  coordinator_id, network_id, starts_on, ends_on, budget)
SELECT l.plan_version_id, m.id, l.direction_id, 'Simulerad ' || m.code, l.responsible_id,
  l.coordinator_id, l.network_id, '2026-01-10', '2026-12-31', 0
FROM made m JOIN like_them l ON l.n = right(m.code, 2)::int
""")
_PLACES = text("""
INSERT INTO conversations (connection_id, kind, address, name, person_id)
SELECT k.id, 'private', 'year-' || p.id, p.name, p.id FROM people p, connections k
WHERE NOT EXISTS (
  SELECT FROM conversations c WHERE c.person_id = p.id AND c.connection_id = k.id)
""")
_REPORT = text("""
INSERT INTO status_reports (activity_id, person_id, status, situation, deviation, reported_at,
  platform)
VALUES (:activity, :person, :status, 'Läget', CASE WHEN :status IN ('at_risk', 'off_track')
  THEN 'Något avviker' END, :at, 'web')
""")
_LEAVE = text("UPDATE employments SET ends_on = :day WHERE person_id = :person AND ends_on IS NULL")
_ASSIGN = text("""
WITH made AS (
  INSERT INTO assignments (title, due_on, person_id, asked_by, asked_at, state, state_since)
  VALUES ('Simulerat uppdrag', :due, :person, :by, :at, 'taken', :at) RETURNING id
)
INSERT INTO assignment_parts (assignment_id, person_id, state, state_since)
SELECT id, :person, 'accepted', :at FROM made RETURNING assignment_id
""")
_DONE = text("""
WITH part AS (
  UPDATE assignment_parts SET state = 'done', state_since = :at WHERE assignment_id = :id
)
UPDATE assignments SET state = 'done', state_since = :at WHERE id = :id
""")
_ASK = text("""
INSERT INTO report_questions (report_id, activity_id, asked_by, question, asked_at)
SELECT r.id, r.activity_id, :by, 'Hur går det?', :at FROM status_reports r
WHERE r.activity_id = :activity ORDER BY r.id DESC LIMIT 1 RETURNING id
""")
_ANSWER = text("""
UPDATE report_questions SET answer = 'Bra', answered_by = :by, answered_at = :at WHERE id = :id
""")


@dataclass
class Life:
    """The simulated organisation, and what it did, by which the reminders are judged."""

    database: Database
    random: Random
    runs: dict[int, Run] = field(default_factory=dict[int, Run])
    away: list[Away] = field(default_factory=list[Away])
    left: dict[int, date] = field(default_factory=dict[int, date])
    promised: dict[int, tuple[int, date]] = field(default_factory=dict[int, tuple[int, date]])
    promised_on: dict[int, date] = field(default_factory=dict[int, date])
    kept: dict[int, datetime] = field(default_factory=dict[int, datetime])
    asked: dict[int, datetime] = field(default_factory=dict[int, datetime])
    answered: dict[int, datetime] = field(default_factory=dict[int, datetime])
    chef: int = 0

    async def begin(self) -> None:
        """Forty activities, and a chat for everybody."""
        async with self.database.transaction() as db:
            more = WANTED - (await db.scalar(text("SELECT count(*) FROM activities")) or 0)
            await db.execute(_MORE, {"more": more})
            await db.execute(text("UPDATE revisions SET number = number + 1 WHERE name = 'plan'"))
            await db.execute(
                text("INSERT INTO connections (platform, tenant) VALUES (:platform, 'x')"),
                {"platform": NAME},
            )
            await db.execute(_PLACES)
            self.chef = (
                await db.scalar(
                    text(
                        "SELECT h.person_id FROM post_holdings h JOIN posts o ON o.id = h.post_id "
                        "WHERE o.kind = 'manager' AND NOT h.acting"
                    )
                )
                or 0
            )
            plan = await PlanInMemory().now(db)
        assert len(plan.activities) == WANTED
        for each in plan.activities.values():
            self.runs[each.id] = Run(
                each.id,
                each.responsible.id,
                each.rhythm.kind,
                each.rhythm.weeks,
                each.starts_on,
                each.ends_on,
            )

    @property
    def people(self) -> list[int]:
        """Those who answer for activities."""
        return sorted({each.person for each in self.runs.values()})

    async def day(self, morning: datetime) -> None:
        """What has happened since the evening before; on most days most people do nothing."""
        async with self.database.transaction() as db:
            for run in self.runs.values():
                if run.person not in self.left and self.happens(0.04):
                    await self._reports(db, run, self._some_time(morning))
            if self.happens(0.25):
                await self._goes_away(db, morning)
            if self.happens(0.15):
                await self._promises(db, morning)
            if self.happens(0.1):
                await self._asks(db, morning)
            await self._settles(db, morning)
            if self.happens(0.008) and len(self.left) < 4:
                await self._leaves(db, morning)

    def is_there(self, person: int, moment: datetime) -> bool:
        """Whether the person was employed then, and not away."""
        day = moment.astimezone(SWEDEN).date()
        return day < self.left.get(person, date.max) and not self.is_away(person, moment)

    def is_away(self, person: int, moment: datetime) -> bool:
        """Whether the person was known to be away then."""
        return any(each.covers(person, moment) for each in self.away)

    def happens(self, chance: float) -> bool:
        """Whether it does, this time."""
        return self.random.random() < chance

    def _some_time(self, morning: datetime) -> datetime:
        return morning - timedelta(minutes=self.random.randrange(0, 10 * 60))

    def _one(self, among: Sequence[int]) -> int:
        return self.random.choice(among)

    async def _reports(self, db: AsyncConnection, run: Run, at: datetime) -> None:
        status = self.random.choice(STATES)
        values: dict[str, Any] = {"activity": run.id, "person": run.person, "status": status}
        await db.execute(_REPORT, values | {"at": at})
        await heard_of(db, run.id, "reported", at)
        run.said.append(Told(at, status))

    async def _goes_away(self, db: AsyncConnection, morning: datetime) -> None:
        person, today = self._one(self.people), morning.date()
        first = today + timedelta(days=self.random.randrange(0, 10))
        back = first + timedelta(days=self.random.randrange(1, 21))
        deputies = [each for each in self.people if each not in (person, *self.left)]
        await note_absence(
            db,
            person,
            starts_on=first,
            ends_on=back,
            deputy=self._one(deputies) if self.happens(0.4) else None,
            source="person",
            by=person,
            now=morning,
            platform="web",
        )
        for each in [one for one in self.away if one.person == person]:
            if each.first < back and first < each.back:
                self.away.remove(each)
                self.away += [
                    replace(each, first=since, back=until)
                    for since, until in ((each.first, first), (back, each.back))
                    if since < until
                ]
        self.away.append(Away(person, morning, first, back))

    async def _promises(self, db: AsyncConnection, morning: datetime) -> None:
        person = self._one(self.people)
        due = morning.date() + timedelta(days=self.random.randrange(3, 40))
        values = {"due": due, "person": person, "by": self.chef, "at": morning}
        key = await db.scalar(_ASSIGN, values)
        assert key is not None
        self.promised[key] = (person, due)
        self.promised_on[key] = morning.date()

    async def _asks(self, db: AsyncConnection, morning: datetime) -> None:
        told = [run.id for run in self.runs.values() if run.said]
        if told:
            values = {"by": self.chef, "activity": self._one(told), "at": morning}
            key = await db.scalar(_ASK, values)
            assert key is not None
            self.asked[key] = morning

    async def _settles(self, db: AsyncConnection, morning: datetime) -> None:
        """Some promises are kept, and some questions answered."""
        for key, (person, _due) in self.promised.items():
            if key not in self.kept and person not in self.left and self.happens(0.05):
                self.kept[key] = morning
                await db.execute(_DONE, {"id": key, "at": morning})
        for key in self.asked:
            if key not in self.answered and self.happens(0.1):
                self.answered[key] = morning
                await db.execute(_ANSWER, {"id": key, "by": self.chef, "at": morning})

    async def _leaves(self, db: AsyncConnection, morning: datetime) -> None:
        staying = [each for each in self.people if each not in (self.chef, *self.left)]
        person = self._one(staying)
        self.left[person] = morning.date() + DAY
        await db.execute(_LEAVE, {"person": person, "day": self.left[person]})
