"""The sample plan as it is, and its vocabulary, made once."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime

import psycopg
import pytest
from sqlalchemy import make_url

from bot.clock import STOCKHOLM
from bot.demo import load_samples
from bot.people import Person, read_person
from bot.plan import PlanInMemory
from bot.questions.vocabulary import Vocabularies, Vocabulary
from storage.database import Database
from storage.queries.people import person_by_email
from tests.questions.sets import TODAY

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=STOCKHOLM)


@dataclass(frozen=True)
class Known:
    """What a question is understood by: the vocabulary of the samples, and the manager who asks."""

    vocabulary: Vocabulary
    manager: Person


@pytest.fixture(scope="session")
async def known(server_url: str) -> AsyncGenerator[Known]:
    """The vocabulary of the samples, unmoved."""
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(b"CREATE DATABASE questions_asked TEMPLATE schema")
    url = make_url(server_url).set(database="questions_asked")
    database = Database(url.render_as_string(hide_password=False))
    async with database.transaction() as db:
        await load_samples(db, NOW)
    async with database.connection() as db:
        plan = await PlanInMemory().now(db)
        vocabulary = await Vocabularies().of(db, plan, TODAY)
        row = await person_by_email(db, "chef@skaraborg.example.se", TODAY)
        assert row is not None
        yield Known(vocabulary, read_person(row))
    await database.close()
