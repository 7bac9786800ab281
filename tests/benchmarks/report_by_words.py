"""A report by words, as a browser sends it, against a bare route that reads and writes the same.

Each server is a process of its own on a database of its own; one client sends to them in turn, a
round each, so that a busy machine is busy for both. Delivery is another process' work
(`SAMSPEL_ROLE=worker`) and not part of it.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

from handlers.web.canvas import KEY, PLACE, TOKEN
from handlers.web.security import SESSION_COOKIE, form_token
from handlers.web.sign_in import make_sign_in_link
from storage.database import Database
from tests.benchmarks.posts import connected
from tests.benchmarks.row import Row
from tests.benchmarks.sample_plan import fill, written
from tests.benchmarks.servers import SERVE, serving
from tests.platforms.web_browser import browsing

CHIEF = "chef@skaraborg.example.se"
CODES = ("KOM-01", "KOM-02", "KOM-03", "KOM-04", "SAM-01", "SAM-02", "ETA-01", "PLA-01")
"""One client each, so that none waits for another's row."""
ROUNDS, REPORTS = 9, 240
GOAL = 0.7


@dataclass
class Signed:
    """A browser signed in on the real server; the bare one knows the session too."""

    secret: str
    person: int


async def run(our_url: str, bare_url: str) -> list[Row]:
    """Compare the two on fresh databases that have the schema."""
    await fill(our_url)
    settings = {"SAMSPEL_DATABASE_URL": our_url, "SAMSPEL_PORT": "0", "SAMSPEL_ROLE": "web"}
    async with serving(*SERVE, **settings) as real:
        people = [await _signed_in(our_url, real) for _ in CODES]
        await _copy(our_url, bare_url)
        async with serving("-m", "tests.benchmarks.bare", bare_url) as bare:
            rates: tuple[list[float], list[float]] = ([], [])
            for nth in range(ROUNDS + 1):
                for where, taken in zip((real, bare), rates, strict=True):
                    rate = await _round(where, people)
                    if nth:
                        taken.append(rate)
    rows = [await written(url) for url in (our_url, bare_url)]
    assert rows[0] == rows[1], rows
    assert rows[0]["reports"] == REPORTS * (ROUNDS + 1), rows
    ratio = median(mine / theirs for mine, theirs in zip(*rates, strict=True))
    name = "report by words, requests per second, against a bare route"
    return [Row(name, median(rates[0]), median(rates[1]), ratio, f"at least {GOAL}", ratio >= GOAL)]


async def _signed_in(url: str, where: str) -> Signed:
    database = Database(url)
    async with database.transaction() as db:
        link = await make_sign_in_link(db, CHIEF, datetime.now(UTC), "bench")
    await database.close()
    async with browsing(where) as browser:
        await browser.open(f"/logga-in/lank/{link}")
        await browser.presses("Logga in")
        await browser.open("/chatt")
        return Signed(browser.client.cookies[SESSION_COOKIE], int(browser.path.rpartition("/")[2]))


async def _copy(our_url: str, bare_url: str) -> None:
    """The same rows for the bare server, sessions and all."""
    await fill(bare_url)
    source, target = Database(our_url), Database(bare_url)
    async with source.connection() as there, target.transaction() as here:
        for table in ("accounts", "connections", "conversations", "web_sessions"):
            raw = (await there.get_raw_connection()).driver_connection
            into = (await here.get_raw_connection()).driver_connection
            assert raw is not None
            assert into is not None
            async with raw.cursor().copy(f"COPY {table} TO STDOUT") as rows:
                content = b"".join([bytes(chunk) async for chunk in rows])
            temporary = f"copied_{table}"
            await into.execute(f"CREATE TEMP TABLE {temporary} (LIKE {table})")
            async with into.cursor().copy(f"COPY {temporary} FROM STDIN") as rows:
                await rows.write(content)
            await into.execute(
                f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {temporary} "
                "ON CONFLICT DO NOTHING"
            )
    await source.close()
    await target.close()


_keys = count(1)


async def _round(where: str, people: list[Signed]) -> float:
    """Reports a second, from as many browsers at once as there are people."""
    begun = perf_counter()
    each = REPORTS // len(people)
    await asyncio.gather(
        *(_browser(where, one, code, each) for one, code in zip(people, CODES, strict=True))
    )
    return each * len(people) / (perf_counter() - begun)


async def _browser(where: str, who: Signed, code: str, number: int) -> None:
    """One browser's connection: its posts one after the other, each a new state."""
    path = f"/chatt/{who.person}"
    headers = {"origin": where, "cookie": f"{SESSION_COOKIE}={who.secret}"}
    async with connected(where) as posts:
        for turn in range(number):
            nth = next(_keys)
            state = ("grön", "klar")[turn % 2]
            fields = {
                "words": f"rapport {code} {state} Vi har kommit till steg {nth} och går vidare",
                TOKEN: form_token(who.secret),
                KEY: f"bench-{nth:08}",
                PLACE: path,
            }
            answer = await posts.post(path, headers, urlencode(fields))
            assert answer.status == 303, answer.head
