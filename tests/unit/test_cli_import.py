"""The commands that import, adopt and fill, as an administrator types them."""

import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

SAMSPEL = (sys.executable, "-c", "from handlers.cli import main; main()")
SAMPLES = Path("samples")
PLAN = SAMPLES / "aktivitetsplan-2026.csv"
NOTHING = "nya 0, ändrade 0, avslutade 0, oförändrade 0, konflikter 0"


@pytest.fixture(autouse=True)
def configured(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database that the commands work on."""
    monkeypatch.setenv("SAMSPEL_DATABASE_URL", database_url)
    return database_url


def typed(*words: str | Path) -> tuple[int, list[str], list[str]]:
    """Exit status, and the lines on stdout and stderr."""
    done = subprocess.run([*SAMSPEL, *words], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def counted(database_url: str, table: str) -> int:
    with psycopg.connect(database_url) as db:
        row = db.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row is not None
    return row[0]


@pytest.fixture
def directory() -> None:
    """Municipalities and people, imported by their commands."""
    for kind in ("municipalities", "people"):
        assert typed("import", kind, SAMPLES / f"{kind}.csv")[0] == 0


@pytest.fixture
def plan(directory: None) -> None:
    """The sample plan, imported."""
    assert typed("import", "plan", PLAN)[0] == 0


def changed(tmp_path: Path, old: str, new: str) -> Path:
    words = PLAN.read_text(encoding="utf-8-sig")
    assert old in words
    path = tmp_path / "plan.csv"
    path.write_text(words.replace(old, new, 1), encoding="utf-8")
    return path


def test_each_file_is_told_of_with_its_counts_and_twice_changes_nothing():
    for words, new in (
        (("municipalities", "municipalities.csv"), 15),
        (("people", "people.csv"), 44),
        (("plan", "aktivitetsplan-2026.csv"), 27),
        (("meetings", "meetings-2026.csv"), 30),
    ):
        command = ("import", words[0], SAMPLES / words[1])
        status, out, _err = typed(*command)
        told = f"nya {new}, ändrade 0, avslutade 0, oförändrade 0, konflikter 0"
        assert (status, out[-1]) == (0, told)
        status, out, _err = typed(*command)
        assert (status, out) == (
            0,
            [f"nya 0, ändrade 0, avslutade 0, oförändrade {new}, konflikter 0"],
        )


@pytest.mark.usefixtures("directory")
def test_a_dry_run_tells_and_keeps_nothing(configured: str):
    status, out, _err = typed("import", "plan", PLAN, "--dry-run")
    assert status == 0
    assert "Ny: KOM-03 Batteriteknikutbildning med högskolan" in out
    assert "Nytt insatsområde: Kompetens" in out
    assert out[-1].startswith("nya 27,")
    assert counted(configured, "activities") == 0


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_bad_row_is_a_line_on_stderr_and_nothing_is_imported(
    tmp_path: Path, configured: str, dry: list[str]
):
    path = changed(tmp_path, "2026-01-12", "31 feb 2026")
    status, out, err = typed("import", "plan", path, *dry)
    assert (status, out) == (1, [NOTHING])
    assert "rad 2; kolumn Start; 31 feb 2026; finns inte; ett datum som 2026-02-28" in err
    assert counted(configured, "activities") == 0


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("keep", "title"), [("chat", "Ändrad i chatten"), ("file", "Ändrad i filen")]
)
def test_what_chat_changed_too_is_a_conflict_until_it_is_said_what_to_keep(
    tmp_path: Path, configured: str, keep: str, title: str
):
    with psycopg.connect(configured) as db:
        db.execute(
            "UPDATE activity_values SET title = 'Ändrad i chatten' WHERE activity_id = "
            "(SELECT id FROM activities WHERE code = 'KOM-03')"
        )
    path = changed(tmp_path, "Batteriteknikutbildning med högskolan", "Ändrad i filen")
    status, out, err = typed("import", "plan", path)
    assert (status, out[-1][-12:]) == (1, "konflikter 1")
    assert any("--keep chat" in line for line in err)
    assert typed("import", "plan", path, "--keep", keep)[0] == 0
    with psycopg.connect(configured) as db:
        found = db.execute(
            "SELECT v.title FROM activity_values v JOIN activities a ON a.id = v.activity_id "
            "WHERE a.code = 'KOM-03'"
        ).fetchone()
    assert found == (title,)


@pytest.mark.parametrize(
    "words",
    [
        ("import", "plan", "finns-inte.csv"),
        ("import", "plan", "docs/images/kanal.png"),
        ("import", "plan"),
        ("import", "plan", str(PLAN), "--keep", "båda"),
        ("import", "people", str(SAMPLES / "people.csv"), "--from", "i går"),
        ("plan", "adopt", "--date", "2026-02-31", "--paragraph", "12"),
        ("import", "något", "fil.csv"),
    ],
)
def test_wrong_use_is_2(words: tuple[str, ...]):
    status, out, err = typed(*words)
    assert (status, out) == (2, [])
    assert err


@pytest.mark.usefixtures("plan")
def test_a_plan_is_adopted_once():
    assert typed("plan", "adopt", "--date", "2026-02-20", "--paragraph", "§ 12")[0] == 0
    status, _out, err = typed("plan", "adopt", "--date", "2026-02-20", "--paragraph", "12")
    assert status == 1
    assert "utkast" in err[0]


def test_demo_fills_an_empty_database_only_and_then_nothing_is_imported(configured: str):
    assert typed("demo", "fill")[0] == 0
    reports = counted(configured, "status_reports")
    assert reports > 50
    status, _out, err = typed("demo", "fill")
    assert status == 1
    assert "inte tom" in err[0]
    for kind in ("municipalities", "people", "plan", "meetings"):
        file = next(SAMPLES.glob({"plan": "akt*", "meetings": "meet*"}.get(kind, f"{kind}*")))
        status, out, err = typed("import", kind, file)
        assert (status, out) == (2, [])
        assert "SAMSPEL_DATABASE_URL" in err[-1]
        assert "./var" in err[-1]
    assert counted(configured, "status_reports") == reports


@pytest.mark.usefixtures("directory")
def test_a_sign_in_link_is_for_somebody_in_the_directory():
    status, out, _err = typed("sign-in-link", "chef@skaraborg.example.se")
    assert status == 0
    assert re.fullmatch(r"http://localhost:\d+/logga-in/lank/[\w-]{40,}", out[0])
    assert typed("sign-in-link", "nobody@skaraborg.example.se")[0] == 1
