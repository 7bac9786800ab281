"""`samspel ask` and `samspel questions evaluate`, as they are typed."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from bot.demo import SAMPLES, load_samples
from bot.questions.evaluation import NotReadable, read_expected
from handlers.cli import app
from storage.database import Database
from storage.migrate import head_revision
from tests.questions.conftest import NOW

SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")
RUN = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPEL_")}


def typed(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, as a person runs it."""
    return subprocess.run(
        [*SAMSPEL, *words], capture_output=True, text=True, check=False, env={**RUN, **settings}
    )


@pytest.fixture
def samples_url(database_url: str) -> str:
    """The samples in a database that has every migration."""

    async def fill() -> None:
        database = Database(database_url)
        async with database.transaction() as db:
            await load_samples(db, NOW)
        await database.close()

    asyncio.run(fill())
    with psycopg.connect(database_url, autocommit=True) as db:
        db.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num text PRIMARY KEY)")
        db.execute(
            "INSERT INTO alembic_version VALUES (%s) ON CONFLICT DO NOTHING", (head_revision(),)
        )
    return database_url


def test_an_answer_is_one_object_and_nothing_else(samples_url: str):
    done = typed(
        "ask", "vem ansvarar för energiplanen?", "--json", SAMSPEL_DATABASE_URL=samples_url
    )
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "intent": "owner",
        "filters": {"activity": "SAM-03"},
        "text": "Energistrateg Lidköping (energi@lidkoping.example.se) ansvarar för SAM-03 "
        "Skaraborgs energi- och effektplan.",
        "activities": ["SAM-03"],
        "needs": [],
        "municipalities": ["Lidköping"],
    }


def test_what_is_declined_is_an_answer_too(samples_url: str):
    done = typed("ask", "vad blir det för väder?", "--json", SAMSPEL_DATABASE_URL=samples_url)
    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert (said["intent"], said["filters"]) == ("decline", {})
    assert said["text"].startswith("Det vet jag inget om.")


def test_a_word_that_is_in_no_name_is_told_of(samples_url: str):
    done = typed("ask", "hur går det med ohälsan?", SAMSPEL_DATABASE_URL=samples_url)
    assert done.stdout.startswith("Jag vet inte säkert vad du frågar om. ”ohälsan” nämns här:")
    assert "SOC-03 Folkhälsodata delregionalt" in done.stdout
    assert "förstod jag inte" not in done.stdout
    done = typed("ask", "hur går det med ohälsan?", "--json", SAMSPEL_DATABASE_URL=samples_url)
    said = json.loads(done.stdout)
    assert (said["intent"], said["filters"], said["activities"]) == ("decline", {}, [])
    done = typed("ask", "vilka behov rör ohälsan?", SAMSPEL_DATABASE_URL=samples_url)
    assert "Ordet ”ohälsan” förstod jag inte" in done.stdout
    assert "”ohälsan” nämns här:\n\n- SOC-03 Folkhälsodata delregionalt" in done.stdout


def test_somebody_else_asks_for_their_own(samples_url: str):
    words = ("ask", "vad ansvarar jag för?", "--json", "--as", "energi@lidkoping.example.se")
    done = typed(*words, SAMSPEL_DATABASE_URL=samples_url)
    assert json.loads(done.stdout)["activities"] == ["SAM-03"]
    nobody = typed("ask", "läget?", "--as", "ingen@example.se", SAMSPEL_DATABASE_URL=samples_url)
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert "Ingen i katalogen har adressen ingen@example.se." in nobody.stderr


def test_an_answer_in_words_tells_its_sources(samples_url: str):
    done = typed("ask", "vilka milstolpar har vi i maj?", SAMSPEL_DATABASE_URL=samples_url)
    assert done.returncode == 0
    assert "Milstolpar i maj" in done.stdout
    assert "Källa: " in done.stdout


def test_a_file_is_evaluated_in_a_database_of_its_own(tmp_path: Path):
    file = tmp_path / "frågor.csv"
    file.write_text(
        "question;intent;filters;note\n"
        "Hur går det?;overview;;\n"
        "Status KOM-03;status;activity=KOM-04;wrong on purpose\n"
        "röda i Hjo?;status;state=off_track,municipality=Hjo;\n",
        encoding="utf-8",
    )
    done = typed("questions", "evaluate", str(file), SAMSPEL_VAR=str(tmp_path / "var"))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "overview 1/1",
        "status 1/2",
        "activity 0/1",
        "municipality 1/1",
        "state 1/1",
        "3;Status KOM-03;status activity=KOM-04;status activity=KOM-03",
        "2/3",
    ]
    assert not (tmp_path / "var").exists()


def test_the_published_questions_are_all_right(tmp_path: Path):
    done = typed("questions", "evaluate", str(SAMPLES / "questions.csv"))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "30/30")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a;b\n1;2\n", "saknar kolumnen question"),
        (b"question;intent;filters;note\nhej;weather;;\n", "något okänt på rad 2: weather"),
        (b"question;intent;filters;note\nhej;status;colour=red;\n", "rad 2: colour=red"),
        (b"question;intent;filters;note\nh\xe5ll;status;;\n", "är ingen CSV-fil i UTF-8"),
        (None, "Det går inte att läsa"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, told: str):
    file = tmp_path / "frågor.csv"
    if content is not None:
        file.write_bytes(content)
    done = CliRunner().invoke(app, ["questions", "evaluate", str(file)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_rows_without_words_are_passed_over():
    rows = [{"question": "", "intent": "", "filters": ""}]
    assert read_expected(rows) == []
    with pytest.raises(NotReadable):
        read_expected([{"question": "hej", "intent": "", "filters": ""}])
