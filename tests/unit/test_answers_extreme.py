"""Every answer about a plan as large as the rules allow is drawn, within what a card holds."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass

import psycopg
import pytest
from sqlalchemy import make_url

from bot.conversations.questions.answer_card import Keys, answer_card
from bot.conversations.views import Card
from bot.people import Person, read_person
from bot.plan import Plan, read_plan
from bot.questions.answering import answer
from bot.questions.asking import Answered, Asking
from bot.questions.keys import key_of
from bot.questions.question import KINDS, STAGES, STATES, Filter, Intent, Question
from bot.questions.vocabulary import Vocabularies, Vocabulary
from handlers.slack.canvas import Canvas
from handlers.slack.render import draw_message
from storage.database import Database
from storage.queries.people import person_by_email
from tests.unit.extreme_scene import MUNICIPALITIES, NOW, fill

LONGEST_SAID = 900
"""Characters of what is said first about one thing, when every name is as long as names may be."""
CHEF = "chef@skaraborg.example.se"


@dataclass(frozen=True)
class Extreme:
    """The plan, who asks, and words for what there is in it."""

    database: Database
    plan: Plan
    chef: Person
    vocabulary: Vocabulary

    def limits(self) -> Iterator[dict[Filter, tuple[str, ...]]]:
        """No filter, each alone, several values of one, and many together."""
        plan = self.plan
        places = [e.name for e in plan.organisations.values() if e.kind == "municipality"]
        named = {
            Filter.AREA: tuple(plan.focus_areas.values()),
            Filter.DIRECTION: tuple(e.name for e in plan.directions.values()),
            Filter.ACTIVITY: tuple(plan.activities),
            Filter.MUNICIPALITY: tuple(places),
            Filter.NETWORK: tuple(e.name for e in plan.networks),
            Filter.STATE: STATES,
            Filter.STAGE: STAGES,
            Filter.PERSON: tuple({e.responsible.email for e in plan.activities.values()}),
            Filter.BODY: ("steering_group", "board"),
            Filter.KIND: KINDS,
            Filter.AUDIENCE: ("steering_group", "municipal_directors"),
        }
        yield {}
        for name, values in named.items():
            yield {name: values[-1:]}
            yield {name: values[:2]}
        yield {Filter.STATE: ("off_track",)}
        yield {Filter.PERIOD: ("this_year",)}
        yield {Filter.PERIOD: ("last_month",)}
        yield {Filter.PERIOD: ("2026-W44",)}
        yield {Filter.SINCE: ("2026-09-01",)}
        yield {Filter.AREA: named[Filter.AREA][:4], Filter.MUNICIPALITY: tuple(places[:4])}
        yield {name: values[:4] for name, values in named.items()}


@pytest.fixture(scope="module")
async def extreme(server_url: str) -> AsyncGenerator[Extreme]:
    """Laid once: the answers change nothing."""
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(b"CREATE DATABASE extreme TEMPLATE schema")
    url = make_url(server_url).set(database="extreme")
    database = Database(url.render_as_string(hide_password=False))
    await fill(database)
    async with database.transaction() as db:
        plan = await read_plan(db, 1)
        row = await person_by_email(db, CHEF, NOW.date())
        assert row is not None
        vocabulary = await Vocabularies().of(db, plan, NOW.date())
    yield Extreme(database, plan, read_person(row), vocabulary)
    await database.close()
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(b"DROP DATABASE extreme WITH (FORCE)")


async def drawn(extreme: Extreme, question: Question, *, skip: int, why: bool) -> Answered:
    """The answer, after its card was drawn as a person sees it."""
    async with extreme.database.transaction() as db:
        asking = Asking(db, extreme.plan, question, extreme.chef, NOW, skip=skip, why=why)
        answered = await answer(asking)
    key = key_of(question, extreme.vocabulary)[:55]
    card = answer_card(asking, answered, Keys(key, key), ("ord" * 40, "annat", "tredje"))
    assert isinstance(card, Card)
    draw_message(card, Canvas())
    if sum(map(len, question.filters.values())) < 2:
        assert len(answered.said) <= LONGEST_SAID, (question, answered.said)
    return answered


@pytest.mark.parametrize("intent", Intent)
async def test_every_answer_is_drawn(extreme: Extreme, intent: Intent):
    assert len(extreme.plan.activities) >= 120
    for limits in extreme.limits():
        question = Question(intent, limits)
        for why in (False, True):
            first = await drawn(extreme, question, skip=0, why=why)
            left = first.total - first.shown
            if left <= 0:
                continue
            for skip in {first.shown, first.total - 1}:
                further = await drawn(extreme, question, skip=skip, why=why)
                assert further.shown, (question, skip)
                assert len(further.activities) == len(first.activities)


async def test_a_question_about_all_municipalities_is_drawn(extreme: Extreme):
    places = [e.name for e in extreme.plan.organisations.values() if e.kind == "municipality"]
    assert len(places) == MUNICIPALITIES
    for intent in Intent:
        question = Question(intent, {Filter.MUNICIPALITY: tuple(places)})
        await drawn(extreme, question, skip=0, why=True)
