"""Pictures in Slack, uploaded once and shown by their id: stored ones, and of some charts."""

# slack_sdk leaves much of its methods' arguments without types.
# pyright: reportUnknownMemberType=false

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversations.views import Card, Chart, Picture
from bot.documents.charts import png
from handlers.payload import part, word
from handlers.slack.calls import error_code, never_arrived, retry_after
from handlers.slack.web_api import call
from storage.database import Database
from storage.queries.files import stored_file

log = structlog.get_logger(__name__)

LOOKS, PAUSE_SECONDS = 20, 0.25
"""Slack takes a moment before a picture can be shown; asked so often, so far apart."""

REMEMBERED = 1_000


@dataclass
class Uploads:
    """What this process has uploaded, by workspace."""

    database: Database
    _charts: dict[tuple[str, Chart], str] = field(default_factory=dict[tuple[str, Chart], str])
    _files: dict[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    _going_on: dict[tuple[str, object], asyncio.Task[str | None]] = field(
        default_factory=dict[tuple[str, object], "asyncio.Task[str | None]"]
    )

    async def charts(
        self, client: AsyncWebClient, team: str, charts: Iterable[Chart]
    ) -> dict[Chart, str]:
        """Charts as pictures with their words; Slack's id of each."""
        found: dict[Chart, str] = {}
        for chart in charts:
            known = self._charts.get((team, chart))
            if known is None:
                known = await self._once((team, chart), partial(self._chart, client, team, chart))
            if known is not None:
                found[chart] = known
        return found

    async def pictures(self, client: AsyncWebClient, team: str, card: Card) -> dict[int, str]:
        """The card's stored pictures; Slack's id of each."""
        found: dict[int, str] = {}
        for picture in (each for each in card.parts if isinstance(each, Picture)):
            known = self._files.get((team, picture.file_id))
            if known is None:
                upload = partial(self._picture, client, team, picture)
                known = await self._once((team, picture.file_id), upload)
            if known is not None:
                found[picture.file_id] = known
        return found

    async def _once(
        self, key: tuple[str, object], upload: Callable[[], Coroutine[Any, Any, str | None]]
    ) -> str | None:
        """What the upload ends in, begun once; it goes on when whoever waits gives up."""
        task = self._going_on.get(key)
        if task is None:
            task = self._going_on[key] = asyncio.create_task(upload())
            task.add_done_callback(partial(self._ended, key))
        return await asyncio.shield(task)

    def _ended(self, key: tuple[str, object], task: asyncio.Task[str | None]) -> None:
        del self._going_on[key]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("slack_upload_failed", error=type(error).__name__)

    async def _chart(self, client: AsyncWebClient, team: str, chart: Chart) -> str | None:
        drawn = await asyncio.to_thread(png, chart)
        known = await _uploaded(client, drawn, "diagram.png", chart.alternative)
        if known is not None:
            _remember(self._charts, (team, chart), known)
        return known

    async def _picture(self, client: AsyncWebClient, team: str, picture: Picture) -> str | None:
        async with self.database.connection() as db:
            kept = await stored_file(db, picture.file_id)
        if kept is None:
            return None
        known = await _uploaded(client, kept.content, kept.name, picture.alternative)
        if known is not None:
            _remember(self._files, (team, picture.file_id), known)
        return known


def _remember(known: dict[Any, str], key: object, file_id: str) -> None:
    if len(known) >= REMEMBERED:
        known.clear()
    known[key] = file_id


async def _uploaded(
    client: AsyncWebClient, content: bytes, name: str, alternative: str
) -> str | None:
    """Slack's id of the picture; None where Slack takes none, and words stand in its place."""
    try:
        return await _upload(client, content, name, alternative)
    except SlackApiError as error:
        if not never_arrived(error) or retry_after(error) is not None:
            raise
        log.warning("slack_picture_refused", error=error_code(error))
        return None


async def _upload(client: AsyncWebClient, content: bytes, name: str, alternative: str) -> str:
    """Upload a picture and wait until it can be shown."""
    answer: Any = await client.files_upload_v2(
        content=content, filename=name, title=name, alt_txt=alternative[:1_000]
    )
    file_id = str(answer["file"]["id"])
    for _look in range(LOOKS):
        info = await call(client, "files.info", file=file_id)
        if word(part(info.data, "file"), "mimetype"):
            break
        await asyncio.sleep(PAUSE_SECONDS)
    return file_id
