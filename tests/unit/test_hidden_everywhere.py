"""What a poll hides is hidden in every way out: cards and their summaries, home, lists, history,
outcomes, pages, files, digests, messages to others, kept turns, and the log."""

import io
import json
import re
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from bot.conversations import living_cards
from bot.conversations.forms import Value
from bot.conversations.listed import all_conversations
from bot.conversations.protocol import AccountKey, Event, OpenHome, Submitted, Words
from bot.conversations.runner import Bot
from bot.digests.compose import compose, stored_letter
from bot.digests.gather import gather
from bot.digests.period import Audience, latest_due
from bot.documents.poll_sheet import poll_sheet
from bot.documents.poll_word import poll_document
from bot.plan import Kronor, Plan, PlanInMemory
from bot.polls import answering, managing
from bot.polls.casting import cast
from bot.polls.co_financing import AnswerKind, Said
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import co_financing_of, poll_by_number
from bot.polls.seen import Seen, seen_by
from bot.settings import Settings
from storage.database import Database
from tests.unit.assignment_scene import NOW, People
from tests.unit.poll_scene import (
    DIRECTORS,
    HJO,
    MEMBERS,
    asked_for_money,
    held,
    make_poll_scene,
    voted_on,
)

WORD = "Hemligtord"
LINES = (
    *("rosta 1", "rosta 1 svar", "rosta 1 svar Hjo", "rosta 1 utfall", "rosta 1 historik"),
    *("rosta lista", "rosta 1 tänk om Hjo avstår", "rosta 1 hantera", "rosta 1 scenarier"),
    *("rosta 1 puffa", "rosta 1 stäng", "rosta 1 förläng", "rosta 1 åt Hjo", "rosta 1 beslut"),
    *("pengar", "pengar Hjo", "pengar KOM-01"),
)
_TIMES = count()
OTHERS = ("dskara", "chef", "stab", "m7")
ACCOUNTS = """
INSERT INTO connections (platform, tenant) VALUES ('here', 't');
INSERT INTO accounts (person_id, platform, tenant, user_id, linked_by)
  SELECT id, 'here', 't', split_part(email, '@', 1), 'test' FROM people;
INSERT INTO conversations (connection_id, kind, address, name, person_id)
  SELECT k.id, 'private', p.email, p.name, p.id FROM connections k, people p
  WHERE k.platform = 'here';
INSERT INTO conversations (connection_id, kind, address, name)
  SELECT id, 'channel', 'alla', 'alla' FROM connections WHERE platform = 'here';
INSERT INTO channel_bindings (conversation_id, body_id, bound_by)
  SELECT c.id, b.id, 'test' FROM conversations c, bodies b
  WHERE c.address = 'alla' AND (b.kind = 'municipal_directors' OR b.id = 201)
"""


@pytest.fixture
async def people(database: Database) -> Database:
    async with database.transaction() as db:
        await make_poll_scene(db)
        for statement in ACCOUNTS.split(";\n"):
            await db.execute(text(statement))
    return database


def event(who: str, key: str, doing: Words | OpenHome | Submitted) -> Event:
    address = f"{who}@x.se" if not isinstance(doing, OpenHome) else None
    return Event(key=key, who=AccountKey("here", "t", who), address=address, doing=doing,
                 posted=True)  # fmt: skip


async def said_to_others(database: Database, now: datetime = NOW) -> str:
    """All that others can be told or shown about poll 1, by every way out, as one text."""
    with capture_logs() as logs:
        shown = await shown_to_others(database, now)
    async with database.connection() as db:
        rows = await db.scalars(
            text("SELECT m.view::text FROM messages m JOIN conversations c "
                 "ON c.id = m.conversation_id JOIN people p ON p.id = c.person_id "
                 "WHERE split_part(p.email, '@', 1) = ANY(:others)"),
            {"others": list(OTHERS)},
        )  # fmt: skip
        steps = await db.scalars(text("SELECT concat(reason, changes) FROM poll_steps"))
        audit = await db.scalars(text("SELECT concat(fields, hash) FROM audit_lines"))
        kept = " ".join([json.dumps(logs, default=str), *rows, *steps, *audit])
    return shown + kept.replace("\u00a0", " ").replace("\\u00a0", " ")


async def shown_to_others(database: Database, now: datetime = NOW) -> str:
    """What others are shown in answers, at home, on cards, pages, in files and digests."""
    plans = PlanInMemory()
    bot = Bot(database, all_conversations(), plans, lambda: now)
    told: list[str] = []
    for who in OTHERS:
        doings = [*(Words(text=line) for line in LINES), OpenHome()]
        for doing in doings:
            answer = await bot.answer(event(who, f"asked {next(_TIMES)}", doing))
            told += [each.model_dump_json() for each in answer.replies]
    async with database.connection() as db:
        plan = await plans.now(db)
        poll = await _poll(db)
        for language in ("sv", "en"):
            card = await living_cards.draw(db, plan, "poll", poll.id, language, now)
            assert card is not None
            told.append(card.model_dump_json())
        for who in OTHERS:
            own = (await People(db).by(who)).person.employers
            seen = await seen_by(db, poll, own, now.date())
            told += [repr(seen), *_files(seen, plan, now)]
        for audience in Audience:
            due = latest_due(audience, now + timedelta(days=7), Settings())
            material = await gather(db, plan, due, now)
            told.append(json.dumps(stored_letter(compose(material).cards), ensure_ascii=False))
    return " ".join(told).replace("\u00a0", " ").replace("\\u00a0", " ")


async def _poll(db: AsyncConnection) -> Poll:
    poll = await poll_by_number(db, 1)
    assert poll is not None
    return poll


def _files(seen: Seen, plan: Plan, now: datetime) -> list[str]:
    book = load_workbook(io.BytesIO(poll_sheet(seen, plan, now)))
    cells = [str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row]
    word = Document(io.BytesIO(poll_document(seen, plan, now)))
    said = [p.text for p in word.paragraphs]
    said += [c.text for table in word.tables for row in table.rows for c in row.cells]
    return [*cells, *said]


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(11_111, 44_444).filter(lambda n: n % 1000))
async def test_no_amount_gets_out_before_its_time(people: Database, amount: int):
    async with people.transaction() as db:
        scene = People(db)
        if await db.scalar(text("SELECT count(*) FROM polls")) == 0:
            await asked_for_money(scene, secrecy=Secrecy.UNTIL_CLOSING)
        poll = await _poll(db)
        said = Said(AnswerKind.OTHERWISE, Kronor(amount), None, f"{WORD} villkor", f"{WORD} ord")
        who = await scene.by(DIRECTORS[HJO])
        await answering.answer(db, who, poll, HJO, said, await held(scene))
    told = await said_to_others(people)
    grouped = f"{amount // 1000} {amount % 1000:03}"
    assert WORD not in told
    assert str(amount) not in told
    assert f"{grouped} kr" not in told
    assert "Har svarat" in told


async def test_what_others_see_is_the_same_whatever_was_answered(people: Database):
    """Word for word, but for the answer's key: no kind of answer shows through."""
    kinds = (AnswerKind.OTHERWISE, AnswerKind.NO, AnswerKind.POLITICAL, AnswerKind.YES)
    told: list[str] = []
    async with people.transaction() as db:
        await asked_for_money(People(db), secrecy=Secrecy.UNTIL_CLOSING)
    for kind in kinds:
        async with people.transaction() as db:
            scene = People(db)
            asked = await co_financing_of(db, await _poll(db))
            place = asked.place(HJO)
            assert place is not None
            amount = {AnswerKind.OTHERWISE: Kronor(1), AnswerKind.YES: place.share}.get(kind)
            expected = asked.poll.opens_at.date() if kind is AnswerKind.POLITICAL else None
            said = Said(kind, amount, expected_on=expected)
            who = await scene.by(DIRECTORS[HJO])
            await answering.answer(db, who, asked.poll, HJO, said, await held(scene))
        told.append(re.sub(r"Answer\(id=\d+", "", await shown_to_others(people)))
    assert told[0] == told[1] == told[2] == told[3]


async def test_at_closing_all_of_it_is_shown(people: Database):
    async with people.transaction() as db:
        scene = People(db)
        poll = await asked_for_money(scene, secrecy=Secrecy.UNTIL_CLOSING)
        said = Said(AnswerKind.OTHERWISE, Kronor(23_457), None, f"{WORD} villkor", None)
        who = await scene.by(DIRECTORS[HJO])
        await answering.answer(db, who, poll, HJO, said, await held(scene))
        await managing.close(db, await scene.by("chef"), poll)
    told = await said_to_others(people)
    assert WORD in told
    assert "23 457 kr" in told


SECRET_METHODS = [
    (Kind.PRIORITY, Method.POINTS),
    (Kind.PRIORITY, Method.SCORE),
    (Kind.PRIORITY, Method.RANKING),
    (Kind.PRIORITY, Method.BUDGET),
    (Kind.QUESTION, Method.CHOICE),
    (Kind.QUESTION, Method.SEVERAL),
]


@pytest.mark.parametrize(("kind", "method"), SECRET_METHODS)
@pytest.mark.parametrize("secrecy", [Secrecy.UNTIL_CLOSING, Secrecy.ALWAYS])
async def test_no_vote_gets_out_before_its_time(
    people: Database, kind: Kind, method: Method, secrecy: Secrecy
):
    """Six vote for the same one of three: nothing that others see leans to it."""
    if secrecy is Secrecy.ALWAYS and kind is not Kind.PRIORITY:
        secrecy = Secrecy.UNTIL_CLOSING
    async with people.transaction() as db:
        scene = People(db)
        rules: dict[str, Any] = {"points": 9} if method is Method.POINTS else {}
        if method is Method.BUDGET:
            rules["money"] = Kronor(60_000)
        labels = (f"{WORD} ett", f"{WORD} två", f"{WORD} tre")
        poll = await voted_on(scene, method, kind=kind, labels=labels, secrecy=secrecy, **rules)
        for name in MEMBERS[:6]:
            await cast(db, await scene.by(name), poll, {poll.options[1].id: 1})
    told = await said_to_others(people)
    assert told.count(labels[1]) == told.count(labels[0]) == told.count(labels[2])
    assert "Valt:" not in told
    assert "Leder nu:" not in told
    assert "In the lead now:" not in told
    assert "Chosen:" not in told
    assert "6 av 8" in told


async def test_a_secret_vote_is_in_no_turn_draft_or_message_either(people: Database):
    async with people.transaction() as db:
        poll = await voted_on(People(db), Method.POINTS, points=9, secrecy=Secrecy.ALWAYS)
    field = f"val_{poll.options[0].id}"
    bot = Bot(people, all_conversations(), PlanInMemory(), lambda: NOW)
    sent_in: dict[str, dict[str, Value]] = {
        "a": {field: "8"},
        "b": {field: "8", "final": True},
    }
    for key, values in sent_in.items():
        sent = Submitted(form="omrostning_rost", arguments=("1",), step="rost", values=values)
        with capture_logs() as logs:
            answer = await bot.answer(event("m1", key, sent))
        assert '"8"' not in json.dumps(logs, default=str)
        shown = [each.model_dump_json() for each in answer.replies]
        if key == "a":
            assert any('"8"' in each for each in shown), "what was typed is shown again"
    async with people.connection() as db:
        assert await db.scalar(text("SELECT voted FROM poll_voters WHERE voted")) is True
        kept = await db.scalars(text("SELECT concat(words, request, answer) FROM turns"))
        assert not any('"8"' in each for each in kept)
        assert await db.scalar(text("SELECT count(*) FROM drafts")) == 0
        said = await db.scalars(text("SELECT view::text FROM messages"))
        assert not any('"8"' in each or " 8 " in each for each in said)


@pytest.mark.parametrize(
    "typed",
    [
        "rosta 1 Tolkar 8",
        "rosta 1 Tolkarr 8\n",
        "rosta 1 svara Tolkar 8",
        "rosta 1 1: 8",
        "rosta 1 Stäng Tolkar 8",
    ],
)
async def test_a_secret_vote_typed_by_mistake_is_not_kept(people: Database, typed: str):
    async with people.transaction() as db:
        await voted_on(
            People(db),
            Method.POINTS,
            labels=("Tolkar", "Stäng Tolkar"),
            points=9,
            secrecy=Secrecy.ALWAYS,
        )
    bot = Bot(people, all_conversations(), PlanInMemory(), lambda: NOW)
    answer = await bot.answer(event("m1", "a", Words(text=typed)))
    assert any("Inget är räknat" in each.model_dump_json() for each in answer.replies)
    async with people.connection() as db:
        assert await db.scalar(text("SELECT count(*) FROM poll_voters WHERE voted")) == 0
        kept = await db.scalars(text("SELECT concat(words, request, answer) FROM turns"))
        assert not any("Tolkar" in each or " 8" in each for each in kept)


async def test_who_has_voted_in_secret_is_told_to_nobody_who_runs_it(people: Database):
    async with people.transaction() as db:
        scene = People(db)
        poll = await voted_on(scene, Method.POINTS, points=9, secrecy=Secrecy.ALWAYS)
        names = [(await scene.by(one)).person.name for one in MEMBERS]
    bot = Bot(people, all_conversations(), PlanInMemory(), lambda: NOW)
    told: list[str] = []
    for voted in (0, 3):
        async with people.transaction() as db:
            scene = People(db)
            for name in MEMBERS[:voted]:
                await cast(db, await scene.by(name), poll, {poll.options[0].id: 1})
        for line in ("puffa", "stäng", "svar", "historik", "hantera"):
            answer = await bot.answer(
                event("chef", f"{line}{voted}", Words(text=f"rosta 1 {line}"))
            )
            told += [each.model_dump_json() for each in answer.replies]
    sent = Submitted(
        form="omrostning_puffa", arguments=("1",), step="svar", values={"words": "Rösta gärna"}
    )
    nudged = await bot.answer(event("chef", "nudge", sent))
    told += [each.model_dump_json() for each in nudged.replies]
    assert "Går till alla som inte har röstat" in "".join(told)
    assert "5 har inte röstat." in "".join(told)
    assert not [name for name in names if name in "".join(told)]
    async with people.connection() as db:
        nudges = await db.scalars(text("SELECT changes FROM poll_steps WHERE kind = 'nudged'"))
        assert [set(each) for each in nudges] == [{"number"}]
