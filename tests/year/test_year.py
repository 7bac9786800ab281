"""A year of 40 activities in 15 municipalities: who was reminded of what, when, and how often; and
which digests came.

Everything is judged by what is stored and what arrived, and by an oracle that shares no code with
the bot.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import RowMapping, text

from storage.database import Database
from tests.counterpart import started, times_posted
from tests.sample import sample_url
from tests.year.bots import Bots, Senders
from tests.year.life import Life
from tests.year.musts import all_musts
from tests.year.oracle import DAY, SWEDEN, at_work, in_hours
from tests.year.owed import Must, owed
from tests.year.public_life import DIRECTORS, PublicLife

SEED = 20260101
pytestmark = pytest.mark.timeout(900)

FIRST, DAYS = date(2026, 2, 21), 365
LAST = FIRST + (DAYS - 1) * DAY
HURRIES = ("poll", "poll_missing", "documents", "meeting_report")

_REMINDED = text("""
SELECT r.person_id, r.day, r.made_at, t.thing, t.step, t.answer, t.answered_at
FROM reminders r JOIN reminder_things t ON t.reminder_id = r.id ORDER BY r.id, t.thing
""")
_DIGESTS = text("""
SELECT audience, period, covers_from, covers_to, made_at,
  ARRAY(SELECT c ->> 'title' FROM jsonb_array_elements(view -> 'cards') c) AS titles
FROM digests ORDER BY audience, covers_to
""")
_REPORTS = text("""
SELECT r.meeting_id, r.state, b.kind AS audience,
  ARRAY(SELECT c ->> 'title' FROM jsonb_array_elements(r.view -> 'cards') c) AS titles
FROM meeting_reports r JOIN meetings m ON m.id = r.meeting_id JOIN bodies b ON b.id = m.body_id
""")
_SAID = text("""
SELECT c.address, m.view ->> 'title' AS title, m.state FROM messages m
JOIN conversations c ON c.id = m.conversation_id
""")


@dataclass
class Year:
    """What was stored in the year and what arrived, and what people did in it."""

    public: PublicLife
    bots: Bots
    senders: Senders
    reminded: Sequence[RowMapping]
    digests: Sequence[RowMapping]
    reports: Sequence[RowMapping]
    said: Sequence[RowMapping]
    posted: dict[str, int]
    musts: Sequence[Must]

    @property
    def life(self) -> Life:
        """What people did."""
        return self.public.life


@pytest.fixture(scope="module")
async def year(server_url: str) -> Year:
    """The year, lived once for all that is asked of it."""
    process, counterpart = await started()
    async with sample_url(server_url) as url:
        database = Database(url, pool_size=8)
        public = PublicLife(Life(database, Random(SEED)))
        await public.life.begin()
        await public.begin()
        senders = Senders(database, counterpart, Random(SEED + 2))
        bots = Bots(database, senders, SEED + 1)
        await bots.live(public, FIRST, DAYS)
        await senders.send_all()
        async with database.connection() as db:
            asked = (_REMINDED, _DIGESTS, _REPORTS, _SAID)
            found = [(await db.execute(each)).mappings().all() for each in asked]
            musts = await all_musts(db, public, FIRST, DAYS)
        await database.close()
    posted = times_posted(await counterpart.got())
    await counterpart.close()
    process.kill()
    await process.wait()
    reminded, digests, reports, said = found
    return Year(public, bots, senders, reminded, digests, reports, said, posted, musts)


async def test_it_was_a_year_worth_judging(year: Year):
    kinds = {row["thing"].partition(":")[0] for row in year.reminded}
    assert {each.kind for each in year.musts} == kinds
    assert len(kinds) == 13
    assert len(year.reminded) > 500
    assert len(year.life.left) > 1
    assert len(year.life.away) > 30
    assert len(year.public.polls) > 10
    assert any(each.called_off for each in year.public.meetings)
    assert year.bots.deaths > 15
    assert year.bots.together > 40
    assert year.senders.killed_at_work > 3


async def test_nobody_is_reminded_at_night_or_on_a_free_day(year: Year):
    wrong = [row for row in year.reminded if not in_hours(row["made_at"], july=_hurries(row))]
    assert wrong == []


def _hurries(row: RowMapping) -> bool:
    return row["thing"].partition(":")[0] in HURRIES


async def test_nobody_is_reminded_while_away(year: Year):
    wrong = [row for row in year.reminded if year.life.is_away(row["person_id"], row["made_at"])]
    assert wrong == []


async def test_nobody_is_reminded_who_has_left(year: Year):
    wrong = [
        row for row in year.reminded if row["day"] >= year.life.left.get(row["person_id"], date.max)
    ]
    assert wrong == []


async def test_nobody_is_reminded_twice_a_day_or_of_the_same_step(year: Year):
    days = {(row["person_id"], row["day"]) for row in year.reminded}
    moments = {(row["person_id"], row["made_at"]) for row in year.reminded}
    messages = [row for row in year.said if (row["title"] or "").startswith("Påminnelse")]
    assert len(days) == len(moments) == len(messages)
    steps = [(row["person_id"], row["thing"], row["step"]) for row in year.reminded]
    assert len(steps) == len(set(steps))


async def test_nobody_is_reminded_of_what_is_done_or_was_never_due(year: Year):
    """A deputy hears of what somebody else must."""
    known: dict[str, list[Must]] = {}
    for each in year.musts:
        known.setdefault(each.thing, []).append(each)
    wrong = [
        row
        for row in year.reminded
        if not any(each.is_open(row["made_at"]) for each in known.get(row["thing"], ()))
    ]
    assert wrong == []


async def test_whatever_is_due_is_reminded_on_the_first_day_that_it_can_be(year: Year):
    """Of each thing the person whose it is, or nobody when they are not there."""
    told = {(row["thing"], row["person_id"], row["day"]) for row in year.reminded}
    judged: Counter[str] = Counter()
    missing: list[tuple[str, int, date]] = []
    for each in year.musts:
        for day in owed(each, FIRST, LAST, year.life.is_there):
            judged[each.kind] += 1
            if (each.thing, each.person, day) not in told:
                missing.append((each.thing, each.person, day))
    assert missing == []
    assert set(judged) == {each.kind for each in year.musts}
    assert judged.total() > 500


async def test_every_digest_came_for_every_week_and_month_and_once(year: Year):
    periods: dict[str, list[str]] = {}
    for row in year.digests:
        periods.setdefault(row["audience"], []).append(row["period"])
    assert set(periods) == year.public.audiences.keys() - {"board"}
    weekly, monthly = year.public.networks
    for audience in ("manager", "steering_group", weekly):
        weeks = [each for each in periods[audience] if "W" in each]
        assert weeks == _weeks(weeks[0], weeks[-1])
        assert len(weeks) in (52, 53)
    months = [f"{day.year}-{day.month:02}" for day in _firsts()]
    assert periods["reference_group"] == periods[monthly] == months
    meet = {f"{day.year}-{day.month:02}" for day in DIRECTORS}
    mine = [each for each in periods["municipal_directors"] if len(each) == 7]
    assert mine == [each for each in months if each not in meet]


def _weeks(first: str, last: str) -> list[str]:
    """Every ISO week from one to another."""
    day, found = date.fromisocalendar(int(first[:4]), int(first[6:]), 4), [first]
    while found[-1] != last:
        day += timedelta(weeks=1)
        found.append(f"{day.isocalendar().year}-W{day.isocalendar().week:02}")
        assert len(found) < DAYS
    return found


def _firsts() -> list[date]:
    """The first day of each month that began in the year."""
    return [day for n in range(DAYS) if (day := FIRST + n * DAY).day == 1]


async def test_ones_own_digest_comes_on_the_days_chosen_while_one_is_there(year: Year):
    found = [row for row in year.digests if row["audience"].startswith("person:")]
    assert len(found) > 40
    for row in found:
        person, day = int(row["audience"].partition(":")[2]), date.fromisoformat(row["period"])
        assert day.isoweekday() in year.public.own_days[person]
        assert at_work(day)
        assert year.life.is_there(person, row["made_at"])


async def test_each_digest_tells_on_from_the_one_before_it(year: Year):
    """Or from a report to a meeting, which its readers have had too."""
    before: dict[str, set[datetime]] = {}
    for row in year.digests:
        told = before.setdefault(row["audience"], set())
        is_report = len(row["period"]) == 10 and not row["audience"].startswith("person:")
        assert is_report or not told or row["covers_from"] in told
        told.add(row["covers_to"])


async def test_each_page_of_a_digest_is_read_once_where_its_readers_are(year: Year):
    said = Counter((row["address"], row["title"]) for row in year.said)
    for row in year.digests:
        for title in row["titles"]:
            assert said[year.public.audiences[row["audience"]], title] == 1
    for row in year.reports:
        for title in row["titles"] or ():
            where = year.public.audiences.get(row["audience"], "network Kompetens")
            assert said[where, title] == 1


async def test_each_meeting_has_its_report(year: Year):
    reported = {row["meeting_id"]: row["state"] for row in year.reports}
    for each in year.public.meetings:
        if each.held_on <= LAST and each.called_off is None:
            assert reported[each.id] in ("drafted", "sent")
        elif each.held_on <= LAST and each.id in reported:
            assert reported[each.id] != "drafted"
    assert {row["audience"] for row in year.reports if row["state"] == "sent"} == {
        *("board", "municipal_directors", "network")
    }


async def test_whatever_was_said_arrived_once_though_those_that_send_were_killed(year: Year):
    assert {row["state"] for row in year.said} == {"sent"}
    assert set(year.posted.values()) == {1}
    assert len(year.posted) == len(year.said)


async def test_what_was_answered_is_told_apart(year: Year):
    answered = [row for row in year.reminded if row["answer"] is not None]
    assert {row["answer"] for row in answered} >= {"reported", "done"}
    assert all(row["answered_at"] >= row["made_at"] for row in answered)
    assert all(row["day"] == row["made_at"].astimezone(SWEDEN).date() for row in year.reminded)
