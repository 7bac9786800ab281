"""How alike needs are, which are found, and the command that measures it."""

import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.needs.likeness import likeness
from bot.needs.similarity import (
    THRESHOLD,
    Measured,
    Pair,
    likenesses,
    measured,
    read_dictionary,
    similar_needs,
)
from bot.needs.stages import Stage
from storage.database import Database
from storage.queries.similar_needs import tokens_of

SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")
PAIRS = Path("tests/benchmarks/need_pairs.csv")
HELD_OUT = Path("tests/benchmarks/need_pairs_held_out.csv")
LINE = re.compile(r"[01]\.\d\d;[01]\.\d\d;[01]\.\d\d")


async def alike(database: Database, a: str, b: str) -> float:
    async with database.connection() as db:
        (found,) = await likenesses(db, [Pair(a, b, True)])
    return found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Upphandling av skolskjutsar", "Skolskjutsarna behöver upphandlas"),
        ("Cykelupphandling", "Upphandling av cyklar"),
        ("Gemensamt inköp av laddstolpar", "Vi behöver upphandla laddinfrastruktur tillsammans"),
        ("Bostäder för äldre", "Äldres boende"),
        ("Upphandlign av journalsystem", "Upphandling av journalsystem"),
        ("Nattåg till Stockholm", "Tåg till Stockholm på natten"),
        ("Förskolan saknar lärare", "Lärare till förskolor"),
        ("E-tjänst för bygglov", "Bygglovet behöver en e-tjänst"),
        ("Vätgasstrategi", "Kommunerna behöver en strategi för vätgas"),
    ],
)
async def test_the_same_need_in_other_words_is_alike(database: Database, a: str, b: str):
    assert await alike(database, a, b) >= THRESHOLD
    assert await alike(database, a, b) == await alike(database, b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Upphandling av skolskjuts", "Upphandling av journalsystem"),
        ("Gemensam analys av bostäder", "Gemensam analys av energibehov"),
        ("Vi behöver det i hela Skaraborg", "Vi saknar gemensamma datorer"),
        ("Bostäder för äldre", "Hemtjänst för äldre på natten"),
        ("och eller på", "och eller på"),
        ("?!", "Upphandling av cyklar"),
    ],
)
async def test_another_need_in_like_words_is_not_alike(database: Database, a: str, b: str):
    assert await alike(database, a, b) < THRESHOLD


async def test_a_text_is_altogether_like_itself(database: Database):
    async with database.connection() as db:
        words = await read_dictionary(db)
        (tokens,) = await tokens_of(db, ["Säkrare e-tjänster 2027: för 15 kommuner; i molnet."])
    assert likeness(tokens, tokens, words) == 1.0


def test_precision_is_one_when_nothing_is_found_and_recall_when_there_is_nothing_to_find():
    pair = Pair("a", "b", True)
    assert measured([pair], [0.2], 0.5) == Measured(0.5, 1.0, 0.0)
    other = Pair("a", "b", False)
    assert measured([other], [0.7], 0.5) == Measured(0.5, 0.0, 1.0)
    assert measured([pair, other], [0.5, 0.4], 0.5) == Measured(0.5, 1.0, 1.0)


async def need(db: AsyncConnection, id: int, title: str, description: str = "Mer om det.") -> None:
    person = "INSERT INTO people (id, name, email) VALUES (1, 'A', 'a@x.se') ON CONFLICT DO NOTHING"
    await db.execute(text(person))
    await db.execute(
        text(
            "INSERT INTO needs (id, title, description, registered_by, registered_at, stage_since) "
            "OVERRIDING SYSTEM VALUE VALUES (:id, :title, :description, 1, now(), now())"
        ),
        {"id": id, "title": title, "description": description},
    )


async def mark(db: AsyncConnection, id: int, change: str) -> None:
    await db.execute(text(f"UPDATE needs SET {change} WHERE id = :id"), {"id": id})


async def test_needs_that_are_alike_are_found_the_likeliest_first(database: Database):
    async with database.transaction() as db:
        await need(db, 1, "Laddstolpar till kommunens bilar och till besökare vid badplatser")
        await need(db, 2, "Gemensam upphandling av laddstolpar")
        await need(db, 3, "Gemensam upphandling av skolmat")
        found = await similar_needs(db, "Köp in laddinfrastruktur tillsammans", "Till våra depåer.")
        assert found[0].id == 2
        assert 3 not in [each.id for each in found]
        assert found[0].stage == Stage.REGISTERED
        assert THRESHOLD <= found[0].likeness <= 1.0
        one = await similar_needs(db, "Gemensamt köp av laddstolpar", "Till våra depåer.", most=1)
        assert [each.id for each in one] == [2]


async def test_a_need_is_not_like_itself_nor_like_a_withdrawn_one(database: Database):
    async with database.transaction() as db:
        await need(db, 1, "Nytt bibliotekssystem")
        await need(db, 2, "Bibliotekens system")
        await mark(db, 2, "withdrawn_at = now()")
        found = await similar_needs(db, "Nytt bibliotekssystem", "För alla.")
        assert [each.id for each in found] == [1]
        assert await similar_needs(db, "Nytt bibliotekssystem", "För alla.", but=1) == []


async def test_a_merged_need_leads_to_the_one_it_is_merged_into(database: Database):
    async with database.transaction() as db:
        await need(db, 1, "Skydd mot skyfall")
        await need(db, 2, "Klimatplan för hela Skaraborg")
        await need(db, 3, "Kommunernas miljöarbete")
        await mark(db, 1, "merged_into_id = 2")
        await mark(db, 2, "merged_into_id = 3")
        found = await similar_needs(db, "Översvämningar efter skyfall: skydd", "Källare.")
        assert [(each.id, each.title) for each in found] == [(3, "Kommunernas miljöarbete")]
        assert await similar_needs(db, "Skydd mot skyfall", "Källare.", but=3) == []


async def test_one_that_was_declined_is_shown_with_the_way_it_went(database: Database):
    async with database.transaction() as db:
        await need(db, 1, "Tolktjänst i vården")
        await mark(db, 1, "stage = 'declined', motivation = 'Finns redan'")
        (found,) = await similar_needs(db, "Tolkar till vården", "Saknas ofta.")
        assert found.stage == Stage.DECLINED


@pytest.mark.parametrize(
    "title",
    ["", " ", "och", "'; DROP TABLE needs; --", "a & b | !c <-> 'd':*", "\\' \\", "x" * 150],
)
async def test_whatever_is_written_is_only_words(database: Database, title: str):
    async with database.transaction() as db:
        await need(db, 1, "Tolktjänst i vården", "ord " * 700)
        await similar_needs(db, title, title * 20)
        assert (await db.execute(text("SELECT count(*) FROM needs"))).scalar_one() == 1


def typed(*words: str | Path) -> tuple[int, list[str], str]:
    """Exit status, lines on stdout, and stderr."""
    done = subprocess.run([*SAMSPEL, *words], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.fixture
def empty_database(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database without a single table."""
    with psycopg.connect(server_url, autocommit=True) as db:
        db.execute("DROP DATABASE IF EXISTS without_tables WITH (FORCE)")
        db.execute(
            "CREATE DATABASE without_tables TEMPLATE template0 "
            "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )
    url = make_url(server_url).set(database="without_tables")
    monkeypatch.setenv("SAMSPEL_DATABASE_URL", url.render_as_string(hide_password=False))


def test_the_command_prints_the_curve_and_the_threshold_in_force(empty_database: None):
    for file in (PAIRS, HELD_OUT):
        status, lines, _ = typed("needs", "similarity", file)
        assert status == 0
        assert [line[:4] for line in lines[:-1]] == [f"{step / 20:.2f}" for step in range(21)]
        assert all(LINE.fullmatch(line) for line in lines[:-1])
        assert lines[-1] == f"in force {lines[round(THRESHOLD * 20)]}"
        documented = Path("docs/similarity.md").read_text()
        table = [f"| {' | '.join(line.split(';'))} |" for line in lines[:-1]]
        assert "\n".join(table) in documented


def test_pairs_are_at_least_sixty_and_half_of_them_alike():
    for file in (PAIRS, HELD_OUT):
        same = [line[-1] for line in file.read_text().splitlines()[1:]]
        assert 0.45 <= same.count("1") / len(same) <= 0.55
    assert len(PAIRS.read_text().splitlines()) > 60


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a;b\nx;y\n", "kolumnerna a;b;same"),
        (b"", "kolumnerna a;b;same"),
        (b"a;b;same\n", "inga par"),
        (b"a;b;same\nx;y;1\n\nx;y;ja\n", "Rad 4: same ska vara 1 eller 0, inte \u201dja\u201d"),
        (b"a;b;same\nx;y\n", "Rad 2: ska ha tre kolumner"),
        (b"a;b;same\nx;y;1;0\n", "Rad 2: ska ha tre kolumner"),
        (b"a;b;same\n;y;1\n", "Rad 2: a och b"),
        (b'a;b;same\n"x;y;1\n', "Rad 2: "),
        (b"a;b;same\n\xe5;y;1\n", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_of_with_its_row(
    tmp_path: Path, content: bytes, says: str
):
    file = tmp_path / "par.csv"
    file.write_bytes(content)
    status, lines, error = typed("needs", "similarity", file)
    assert (status, lines) == (2, [])
    assert says in error


def test_a_file_from_a_spreadsheet_is_read(tmp_path: Path, empty_database: None):
    file = tmp_path / "par.csv"
    file.write_bytes('\ufeffa;b;same\r\n"Cyklar; nya";Cyklar;1\r\n'.encode())
    status, lines, _ = typed("needs", "similarity", file)
    assert (status, len(lines)) == (0, 22)


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path):
    status, lines, error = typed("needs", "similarity", tmp_path / "par.csv")
    assert (status, lines) == (2, [])
    assert "går inte att läsa" in error
