"""Samspel as docs/teams.md has it tried on one machine: the bot, and Microsoft's own client."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.clock import wall_clock
from bot.demo import fill_demo
from handlers.web.channels import ensure_web_channels
from storage.database import Database
from tests.end_to_end.checkout import as_at_home
from tests.house import HOUSE
from tests.playground.processes import Program, free_port, running

HERE = Path(__file__).parent
CLIENT = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
SHOWN = HOUSE / "deploy" / "m365agentsplayground.yml"
SAMSPEL = Path(sys.executable).with_name("samspel")


@dataclass(frozen=True)
class Trial:
    """Where both run; `database` is the test's own way to what the bot remembers."""

    database: Database
    bot: Program
    bot_url: str
    client_url: str
    folder: Path
    environment: dict[str, str]

    def samspel(self, *words: str) -> str:
        """What the command line answers, beside the bot that runs."""
        done = subprocess.run(
            [SAMSPEL, *words],
            cwd=self.folder,
            env=as_at_home() | self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@asynccontextmanager
async def trial(database_url: str, folder: Path) -> AsyncGenerator[Trial]:
    """The sample plan with a quarter of reports, and both programs, as the docs start them."""
    bot_port, client_port = free_port(), free_port()
    environment = settings_of_the_docs() | {
        "SAMSPEL_DATABASE_URL": database_url,
        "SAMSPEL_PORT": str(bot_port),
        "SAMSPEL_TEAMS_SERVICE_HOSTS": json.dumps([f"localhost:{client_port}"]),
    }
    bot_url, client_url = f"http://127.0.0.1:{bot_port}", f"http://127.0.0.1:{client_port}"
    async with AsyncExitStack() as stack:
        database = Database(database_url)
        stack.push_async_callback(database.close)
        async with database.transaction() as db:
            await fill_demo(db, wall_clock(), ensure_web_channels)
        bot = await stack.enter_async_context(running((SAMSPEL, "serve"), folder, environment))
        await bot.until(lambda: _answers(f"{bot_url}/health/ready"))
        where = f"{bot_url}/teams/prov/messages"
        client = await stack.enter_async_context(_client(folder / "client", where, client_port))
        await client.until(lambda: _answers(client_url))
        yield Trial(database, bot, bot_url, client_url, folder, environment)


def settings_of_the_docs() -> dict[str, str]:
    """What the docs have one export before the bot is started."""
    docs = (HOUSE / "docs" / "teams.md").read_text(encoding="utf-8")
    part = docs.split("## Try it on one machine", 1)[1].split("\n## ", 1)[0]
    return {name: value.strip("'") for name, value in re.findall(r"(?m)^export (\w+)=(.+)$", part)}


@asynccontextmanager
async def _client(folder: Path, where: str, port: int) -> AsyncGenerator[Program]:
    """Microsoft's client, with the people of the docs. It takes what happens to it to `where`."""
    _configure(folder)
    options = ("-e", where, "-c", "msteams", "--disable-telemetry", "-p", str(port))
    async with running(("node", CLIENT, *options), folder, {"HOME": str(folder)}) as client:
        yield client


def _configure(folder: Path) -> None:
    folder.mkdir()
    shutil.copyfile(SHOWN, folder / ".m365agentsplayground.yml")


async def _answers(url: str) -> bool:
    async with httpx.AsyncClient(timeout=5) as http:
        try:
            return (await http.get(url)).is_success
        except httpx.HTTPError:
            return False
