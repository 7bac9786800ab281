"""The embedded server's traps (design.md section 7), each shown closed, with real processes.

That the schema needs no extension is shown by test_migrations.py, on a server that has none; that
SIGTERM lets go of the server, by test_operations.py.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from subprocess import PIPE, Popen

import psutil
import psycopg
import pytest
from sqlalchemy import make_url
from structlog.testing import capture_logs

from storage.database import Database
from storage.embedded import EmbeddedUnavailable, start_embedded

VERSION = int(os.environ.get("SAMSPEL_TEST_POSTGRES", "18"))

HOLD = """
import sys
from pathlib import Path
from storage.embedded import start_embedded
server = start_embedded(Path(sys.argv[1]), version=int(sys.argv[2]))
print(server.url, flush=True)
try:
    sys.stdin.read()
finally:
    server.stop()
"""

Hold = Callable[[Path], Popen[str]]


@pytest.fixture
def folder() -> Generator[Path]:
    """A folder that the server's own user can reach, also when the tests run as root."""
    made = Path(tempfile.mkdtemp(prefix="samspel-embedded-"))
    made.chmod(0o755)
    yield made / "var"
    for process in serving(made):
        process.kill()
        process.wait(10)
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def hold() -> Generator[Hold]:
    """Another process that has the server, until its standard input is closed."""
    started: list[Popen[str]] = []

    def begin(folder: Path) -> Popen[str]:
        process = Popen(
            [sys.executable, "-c", HOLD, str(folder), str(VERSION)],
            stdin=PIPE,
            stdout=PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate(timeout=10)


def url_of(process: Popen[str]) -> str:
    assert process.stdout is not None
    return next(line.strip() for line in process.stdout if line.startswith("postgresql:"))


def let_go(process: Popen[str]) -> None:
    process.communicate(timeout=30)
    assert process.returncode == 0


def serving(folder: Path) -> list[psutil.Process]:
    """Every postgres process whose command line names the folder."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        try:
            line = process.cmdline()
            if process.name().startswith("postgres") and any(str(folder) in word for word in line):
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_it_starts_in_an_empty_folder_and_leaves_no_process_behind(folder: Path) -> None:
    server = start_embedded(folder, version=VERSION)
    with psycopg.connect(server.url) as db:
        asked = db.execute("SELECT current_setting('server_version_num')::int / 10000").fetchone()
    assert asked == (VERSION,)
    server.stop()
    server.stop()
    assert serving(folder) == []


def test_after_kill_9_start_and_stop_leave_no_postgres(folder: Path, hold: Hold) -> None:
    killed = hold(folder)
    assert url_of(killed)
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    assert serving(folder), "the server outlives a killed bot: that is the trap"
    let_go_of = hold(folder)
    assert url_of(let_go_of)
    let_go(let_go_of)
    assert serving(folder) == []


def test_two_processes_share_it_and_the_last_one_stops_it(folder: Path, hold: Hold) -> None:
    first, second = hold(folder), hold(folder)
    assert url_of(first) == url_of(second)
    let_go(first)
    assert serving(folder)
    let_go(second)
    assert serving(folder) == []


def _name_as_server(folder: Path, pid: int) -> None:
    (folder / "data" / "postmaster.pid").write_text(
        f"{pid}\n{folder / 'data'}\n1700000000\n5432\n\n\n\nready\n"
    )


def test_a_pid_that_a_stranger_has_now_is_not_mistaken_for_the_server(folder: Path) -> None:
    """As after a reboot, or in a container, where numbers are soon used again."""
    start_embedded(folder, version=VERSION).stop()
    stranger = Popen(["sleep", "600"])
    try:
        _name_as_server(folder, stranger.pid)
        server = start_embedded(folder, version=VERSION)
        assert stranger.poll() is None, "a stranger was killed"
        with psycopg.connect(server.url) as db:
            db.execute("SELECT 1")
        server.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
    assert serving(folder) == []


def test_a_server_of_another_folder_is_not_mistaken_for_ours(folder: Path, hold: Hold) -> None:
    start_embedded(folder, version=VERSION).stop()
    other = folder.parent / "other"
    held = hold(other)
    their_url = url_of(held)
    _name_as_server(folder, serving(other)[0].pid)
    server = start_embedded(folder, version=VERSION)
    assert server.url != their_url
    server.stop()
    assert serving(folder) == []
    with psycopg.connect(their_url) as db:
        db.execute("SELECT 1")


def test_what_was_committed_is_there_after_the_server_itself_was_killed(
    folder: Path, hold: Hold
) -> None:
    held = hold(folder)
    with psycopg.connect(url_of(held)) as db:
        db.execute("CREATE TABLE kept AS SELECT 'å' AS word")
    (postmaster,) = serving(folder)
    family = [postmaster, *postmaster.children()]
    postmaster.kill()
    held.kill()  # and not waited for: it lives on as a zombie
    assert psutil.wait_procs(family, timeout=30)[1] == []
    assert (folder / "data" / "postmaster.pid").exists(), "stale, as after a power cut"
    server = start_embedded(folder, version=VERSION)
    try:
        with psycopg.connect(server.url) as db:
            assert db.execute("SELECT word FROM kept").fetchone() == ("å",)
    finally:
        server.stop()
    assert serving(folder) == []


def test_killed_while_it_is_made_it_is_made_anew(folder: Path, hold: Hold) -> None:
    killed = hold(folder)
    while not list(folder.glob("making-*/PG_VERSION")):
        assert killed.poll() is None
    killed.kill()
    killed.wait(10)
    assert not (folder / "data").exists()
    server = start_embedded(folder, version=VERSION)
    with psycopg.connect(server.url) as db:
        db.execute("SELECT 1")
    server.stop()
    assert serving(folder) == []


def test_a_dead_hand_whose_number_lives_again_does_not_keep_it_running(folder: Path) -> None:
    server = start_embedded(folder, version=VERSION)
    handles = json.loads((folder / "handles.json").read_text())
    handles["1"] = 0.0
    (folder / "handles.json").write_text(json.dumps(handles))
    listed = folder / "data" / ".handle_pids.json"
    listed.write_text(json.dumps([*json.loads(listed.read_text()), 1]))
    server.stop()
    assert serving(folder) == []


def test_a_copied_folder_is_refused_and_the_original_is_untouched(folder: Path, hold: Hold) -> None:
    original = hold(folder)
    url = url_of(original)
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".s.PGSQL*"))
    with pytest.raises(EmbeddedUnavailable, match="kopia"):
        start_embedded(copy, version=VERSION)
    with psycopg.connect(url) as db:
        assert db.execute("SELECT 1").fetchone() == (1,)


DEEP = "kommunalforbundet" * 5 + "/" + "omstallning" * 5
"""Longer than a socket's path may be, about a hundred characters."""


@pytest.mark.parametrize(
    "name", ["var", "Mina dokument", "Åsas", "R&D; true", "100%25+1", "it's", DEEP]
)
def test_whatever_the_folder_is_called_it_works_and_is_shut_to_others(
    folder: Path, name: str
) -> None:
    """The address, the lock and the socket are ours alone; every connection is trusted."""
    server = start_embedded(folder / name, version=VERSION)
    try:
        with psycopg.connect(server.url) as db:
            db.execute("SELECT 1")
        sockets = make_url(server.url).query["host"]
        runtime = Path(tempfile.gettempdir()) / f"samspel-{os.geteuid()}"
        assert (runtime / ".lockfile").exists()
        assert runtime.stat().st_uid == os.geteuid()
        assert runtime.stat().st_mode & 0o066 == 0
        assert isinstance(sockets, str)
        passed = [Path(sockets), *Path(sockets).parents]
        assert not all(each.stat().st_mode & 0o001 for each in passed), "anyone reaches the socket"
    finally:
        server.stop()
    assert serving(folder) == []


@pytest.mark.parametrize("sign", ['"', "$", "`", "\\", "\n"])
def test_a_name_that_a_shell_would_read_is_refused_before_anything_is_made(
    folder: Path, sign: str
) -> None:
    with pytest.raises(EmbeddedUnavailable, match=r"tecknet .* SAMSPEL_VAR"):
        start_embedded(folder / f"a{sign}b", version=VERSION)
    assert not folder.exists()


def test_data_of_another_user_is_left_to_that_user(folder: Path) -> None:
    """As after one `sudo make start`, or root in a folder of a user's."""
    data = folder / "data"
    folder.mkdir()
    if os.geteuid() == 0:
        data.mkdir()
        os.chown(data, 65534, -1)
    else:
        data.symlink_to("/etc")
    owner = data.stat().st_uid
    with pytest.raises(EmbeddedUnavailable, match=r"tillhör användaren .* SAMSPEL_VAR"):
        start_embedded(folder, version=VERSION)
    assert data.stat().st_uid == owner


def test_a_disk_that_is_nearly_full_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.disk_usage(folder.parent)
    monkeypatch.setattr("shutil.disk_usage", lambda _: real._replace(free=1_000_000))
    with pytest.raises(EmbeddedUnavailable, match="full"):
        start_embedded(folder, version=VERSION)


@pytest.mark.parametrize("version", [16, 18])
async def test_under_lc_all_c_the_database_knows_swedish_letters(
    folder: Path, version: int
) -> None:
    began = subprocess.run(  # noqa: ASYNC221 - nothing else runs meanwhile
        [sys.executable, "-c", HOLD, str(folder), str(version)],
        env={**os.environ, "LC_ALL": "C", "LANG": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "postgresql://" in began.stdout
    server = start_embedded(folder, version=version)
    opened = Database(server.url)
    try:
        await opened.check()
        async with opened.connection() as db:
            answered = await db.exec_driver_sql(
                "SELECT lower('ÅÄÖ'), to_tsvector('swedish', 'Kommunerna ÖKADE') @@ "
                "to_tsquery('swedish', 'kommun & ökade')"
            )
            assert answered.one() == ("åäö", True)
    finally:
        await opened.close()
        server.stop()


def test_as_root_it_warns(folder: Path) -> None:
    with capture_logs() as logged:
        start_embedded(folder, version=VERSION).stop()
    warned = [each["event"] for each in logged if each["log_level"] == "warning"]
    assert warned == (["embedded_as_root"] if os.geteuid() == 0 else [])


def test_a_folder_that_cannot_be_made_says_what_to_do(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file")
    with pytest.raises(EmbeddedUnavailable, match="SAMSPEL_VAR"):
        start_embedded(folder, version=VERSION)


def test_data_of_another_version_says_what_to_do(folder: Path) -> None:
    start_embedded(folder, version=VERSION).stop()
    with pytest.raises(EmbeddedUnavailable, match="PostgreSQL"):
        start_embedded(folder, version=34 - VERSION)
    assert serving(folder) == []
