"""Workspaces where Samspel was installed by OAuth; their tokens are kept encrypted."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.clock import Clock
from bot.places import workspace_here
from bot.settings import Settings
from handlers.secret_keys import KeyProblem, SecretKeys
from handlers.slack.ids import PLATFORM
from storage.database import Database
from storage.queries import installations as queries


@dataclass(frozen=True)
class Installed:
    """What Slack said when the app was installed; nothing in it is secret."""

    team_id: str
    team_name: str
    app_id: str
    bot_user_id: str
    scopes: tuple[str, ...]


class Installations:
    """The installations in the database. KeyProblem when the keys do not fit what is kept."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._keys = SecretKeys(settings)

    async def token(self, team_id: str) -> str | None:
        """The bot's token there; None when it is not installed, or not any more."""
        async with self._database.connection() as db:
            sealed = await queries.living_secret(db, PLATFORM, team_id)
        return None if sealed is None else self._token(sealed, team_id)

    async def team_ids(self) -> tuple[str, ...]:
        """Every workspace where an installation lives."""
        async with self._database.connection() as db:
            return await queries.installed_tenants(db, PLATFORM)

    async def keep(self, installed: Installed, token: str, by: str) -> None:
        """Keep an installation made by that administrator, in place of any before it.

        What was closed when the workspace went away is open again.
        """
        # The workspace is sealed in too: a row's secret moved to another row opens nothing.
        secret = json.dumps({"team_id": installed.team_id, "token": token}).encode()
        now = self._clock()
        async with self._database.transaction() as db:
            await workspace_here(db, platform=PLATFORM, tenant=installed.team_id, now=now)
            await queries.keep_installation(
                db,
                PLATFORM,
                installed.team_id,
                secret=self._keys.seal(secret),
                details=asdict(installed),
                by=by,
                now=now,
            )

    async def end(self, team_id: str, now: datetime) -> bool:
        """Note that the workspace took the app away; False when none was living there."""
        async with self._database.transaction() as db:
            return await queries.end_installation(db, PLATFORM, team_id, now)

    def check_keys(self) -> None:
        """KeyProblem unless a token could be kept now."""
        self._keys.seal(b"")

    def _token(self, sealed: bytes, team_id: str) -> str:
        kept: dict[str, str] = json.loads(self._keys.opened(sealed))
        if kept["team_id"] != team_id:
            raise KeyProblem(f"The secret kept for {team_id} is another workspace's.")
        return kept["token"]


async def encrypt_anew(database: Database, settings: Settings) -> int:
    """Encrypt every installation with the first key; how many there are. KeyProblem when it fails.

    All or none: one that cannot be read leaves everything as it was.
    """
    keys = SecretKeys(settings)
    async with database.transaction() as db:
        rows = await queries.all_secrets(db)
        for installation_id, sealed in rows:
            await queries.replace_secret(db, installation_id, keys.seal(keys.opened(sealed)))
    return len(rows)
