"""What happens in public in the year: meetings with their documents, polls, mandates, digests."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.acting import By
from bot.digests.reporting_to import reports, send_report
from bot.people import Person, PersonId
from bot.plan import PlanInMemory
from storage.queries.reminders import answered
from tests.year.life import Life
from tests.year.oracle import DAY, SWEDEN

CHANNELS = (
    *("steering_group", "municipal_directors", "reference_group", "board"),
    *("network Kompetens", "network Energi"),
)
"""Bodies that have a channel; the chef has one too."""

DIGEST_DAYS = {"kompetens@skovde": (3,), "kultur@skara": (4,)}
"""Who gets a digest of their own, and on which weekdays."""

BOARD = (
    *(
        (date(2026, month, day), "in_depth" if month in (6, 12) else "ordinary")
        for month, day in (
            *((3, 20), (4, 10), (5, 22), (6, 12), (8, 14), (9, 25), (10, 16), (11, 20), (12, 11)),
        )
    ),
    (date(2027, 1, 15), "ordinary"),
    (date(2027, 6, 11), "in_depth"),
)
"""When the board meets; its documents are due a week before, once on Good Friday."""

DIRECTORS = (date(2026, 4, 24), date(2026, 7, 3), date(2026, 9, 11), date(2026, 11, 13))
NETWORK = (date(2026, 5, 8), date(2026, 10, 9))
"""When the kommundirektörer meet, and a network."""

_CHANNEL = text("""
WITH v AS (
  INSERT INTO conversations (connection_id, kind, address, name, opened_at)
  SELECT id, 'channel', :name, :name, '2026-01-01' FROM connections RETURNING id
)
INSERT INTO channel_bindings (conversation_id, body_id, post_id, bound_by)
SELECT v.id, b.id, NULL, 'test' FROM v, bodies b
WHERE b.kind = split_part(:name, ' ', 1) AND :name IN (b.kind, b.kind || ' ' || b.name)
UNION ALL SELECT v.id, NULL, o.id, 'test' FROM v, posts o WHERE o.kind = :name
""")
_RHYTHM = text("""
INSERT INTO digest_settings (audience, rhythm, rhythm_since, before_meetings, changed_by,
  changed_at)
SELECT 'network:' || id, :rhythm, '2026-02-20', :rhythm = 'weekly', :chef, '2026-02-20'
FROM bodies WHERE kind = 'network' AND name = :name RETURNING audience
""")
_OWN = text("""
INSERT INTO personal_settings (person_id, name, value)
SELECT id, 'digest_days', jsonb_build_object('days', CAST(:days AS int[]), 'since',
  '2026-02-01T00:00:00+00:00') FROM people WHERE email LIKE :email || '%' RETURNING person_id
""")
_MEETING = text("""
INSERT INTO meetings (body_id, title, held_on, documents_due_on, kind)
SELECT id, name, :held, :due, :kind FROM bodies
WHERE kind = :body AND (kind <> 'network' OR name = 'Kompetens') RETURNING id
""")
_MANDATE = text("""
INSERT INTO mandates (person_id, organisation_id, kind, starts_on, ends_on, given_by)
VALUES (:person, :municipality, 'priority', '2026-01-01', :ends, 'test') RETURNING id
""")
_DIRECTORS = text("""
SELECT DISTINCT e.organisation_id, m.person_id FROM memberships m
JOIN bodies b ON b.id = m.body_id AND b.kind = 'municipal_directors'
JOIN employments e ON e.person_id = m.person_id ORDER BY 1
""")
_POLL = text("""
INSERT INTO polls (kind, method, title, body_id, voters, state_since, opens_at, closes_at,
  started_by, started_at)
SELECT 'question', 'choice', 'Simulerad fråga', CASE WHEN :voters = 'person' THEN b.id END, :voters,
  :at, :at, :closes, :chef, :at
FROM bodies b WHERE b.kind = 'network' AND b.name = 'Kompetens' RETURNING id
""")
_OPTIONS = text("""
INSERT INTO poll_options (poll_id, position, label, added_by, added_at)
VALUES (:poll, 1, 'Ja', :chef, :at), (:poll, 2, 'Nej', :chef, :at)
""")
_PEOPLE_ASKED = text("""
INSERT INTO poll_voters (poll_id, person_id)
SELECT p.id, m.person_id FROM polls p JOIN memberships m ON m.body_id = p.body_id
WHERE p.id = :poll RETURNING id, person_id
""")
_PLACES_ASKED = text("""
INSERT INTO poll_voters (poll_id, organisation_id, organisation_kind)
SELECT :poll, id, kind FROM organisations WHERE kind = 'municipality'
RETURNING id, organisation_id
""")
_VOTE = text("""
WITH voted AS (UPDATE poll_voters SET voted = true WHERE id = :voter RETURNING id, poll_id)
INSERT INTO poll_ballots (voter_id, person_id, cast_at, choices)
SELECT v.id, :person, :at, jsonb_build_object(CAST(min(o.id) AS text), 1)
FROM voted v JOIN poll_options o ON o.poll_id = v.poll_id GROUP BY v.id
""")


@dataclass
class Meeting:
    """A meeting, and when it was called off, if it was."""

    id: int
    body: str
    held_on: date
    due_on: date | None
    kind: str
    called_off: datetime | None = None


@dataclass
class Poll:
    """A poll: who may answer by their keys as voters, and when they did."""

    id: int
    begun: datetime
    last: date
    voters: dict[int, int]
    voted: dict[int, datetime] = field(default_factory=dict[int, datetime])

    def waits_for(self, person: int, at: datetime) -> bool:
        """Whether the person's answer is awaited then."""
        return any(
            who == person and not (key in self.voted and self.voted[key] <= at)
            for key, who in self.voters.items()
        )


@dataclass
class PublicLife:
    """Meetings, polls and mandates of the year, and who reads which digest."""

    life: Life
    director: int = 0
    meetings: list[Meeting] = field(default_factory=list[Meeting])
    polls: list[Poll] = field(default_factory=list[Poll])
    mandates: dict[int, tuple[int, date]] = field(default_factory=dict[int, tuple[int, date]])
    places: dict[int, int] = field(default_factory=dict[int, int])
    audiences: dict[str, str] = field(default_factory=dict[str, str])
    """Whose digests come, and where they are read: an address."""
    own_days: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    networks: list[str] = field(default_factory=list[str])
    """Those that get one each week and each month."""

    async def begin(self) -> None:
        """Channels, digests that are chosen, a calendar, and mandates that end in the year."""
        async with self.life.database.transaction() as db:
            self.director = await _holder(db, "federation_director")
            for name in ("manager", *CHANNELS):
                await db.execute(_CHANNEL, {"name": name})
                self.audiences |= {} if "network" in name else {name: name}
            for name, rhythm in (("Kompetens", "weekly"), ("Energi", "monthly")):
                values = {"name": name, "rhythm": rhythm, "chef": self.life.chef}
                self.networks.append(await db.scalar(_RHYTHM, values) or "")
                self.audiences[self.networks[-1]] = f"network {name}"
            for email, days in DIGEST_DAYS.items():
                person = await db.scalar(_OWN, {"email": email, "days": list(days)})
                assert person is not None
                self.own_days[person] = days
                self.audiences[f"person:{person}"] = f"year-{person}"
            await self._calendar(db)
            await self._mandates(db)

    async def _calendar(self, db: AsyncConnection) -> None:
        week = timedelta(weeks=1)
        dates = [("board", held, held - week, kind) for held, kind in BOARD]
        dates += [("municipal_directors", held, held - week, "ordinary") for held in DIRECTORS]
        dates += [("network", held, None, "ordinary") for held in NETWORK]
        for body, held, due, kind in dates:
            values = {"body": body, "held": held, "due": due, "kind": kind}
            key = await db.scalar(_MEETING, values)
            assert key is not None
            self.meetings.append(Meeting(key, body, held, due, kind))

    async def _mandates(self, db: AsyncConnection) -> None:
        for row in await db.execute(_DIRECTORS):
            self.places[row.organisation_id] = row.person_id
        for n, (place, person) in enumerate(list(self.places.items())[:10]):
            ends = date(2026, 4, 2) + n * timedelta(days=29)
            values = {"municipality": place, "person": person, "ends": ends}
            key = await db.scalar(_MANDATE, values)
            assert key is not None
            self.mandates[key] = (person, ends - DAY)

    async def day(self, morning: datetime) -> None:
        """What has happened since the evening before."""
        async with self.life.database.transaction() as db:
            for poll in self.polls:
                await self._votes(db, poll, morning)
            if self.life.happens(0.06):
                await self._asks(db, morning)
            coming = [each for each in self.meetings if each.held_on > morning.date()]
            if coming and coming[0].kind == "ordinary" and self.life.happens(0.01):
                coming[0].called_off = coming[0].called_off or morning
                cancel = text("UPDATE meetings SET cancelled = true WHERE id = :id")
                await db.execute(cancel, {"id": coming[0].id})
            for report in await reports(db, 3):
                if report.is_draft and self.life.happens(0.08):
                    chef = Person(PersonId(self.life.chef), "Chef", "chef@skaraborg.example.se")
                    by = By(chef, morning, "web")
                    await send_report(db, await PlanInMemory().now(db), by, report)

    async def _asks(self, db: AsyncConnection, morning: datetime) -> None:
        """The chef asks the people of a network, or the municipalities, until a midnight."""
        last = morning.date() + timedelta(days=self.life.random.randrange(4, 20))
        of_people = self.life.happens(0.6)
        values = {"at": morning, "chef": self.life.chef}
        closes = datetime.combine(last + DAY, time(0), SWEDEN)
        whose = {"voters": "person" if of_people else "municipality", "closes": closes}
        key = await db.scalar(_POLL, values | whose)
        assert key is not None
        await db.execute(_OPTIONS, values | {"poll": key})
        rows = await db.execute(_PEOPLE_ASKED if of_people else _PLACES_ASKED, {"poll": key})
        voters = {voter: who if of_people else self.places[who] for voter, who in rows}
        self.polls.append(Poll(key, morning, last, voters))

    async def _votes(self, db: AsyncConnection, poll: Poll, morning: datetime) -> None:
        if morning.date() > poll.last or poll.begun == morning:
            return
        for voter, person in poll.voters.items():
            here = person not in self.life.left and not self.life.is_away(person, morning)
            if voter not in poll.voted and here and self.life.happens(0.15):
                values = {"voter": voter, "person": person, "at": morning}
                await db.execute(_VOTE, values)
                await answered(db, person, [f"poll:{poll.id}"], "done", morning)
                poll.voted[voter] = morning


async def _holder(db: AsyncConnection, post: str) -> int:
    found = await db.scalar(
        text(
            "SELECT h.person_id FROM post_holdings h JOIN posts o ON o.id = h.post_id "
            "WHERE o.kind = :post"
        ),
        {"post": post},
    )
    return found or 0
