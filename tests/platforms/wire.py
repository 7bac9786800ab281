"""A wire to the database that a test can cut, and mend again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import make_url

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Wire:
    """`url` leads to the database as long as the wire is whole."""

    url: str
    _port: int
    _host: str
    _far_port: int
    _listening: asyncio.Server | None = None
    _ends: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    @classmethod
    @asynccontextmanager
    async def to(cls, url: str) -> AsyncGenerator["Wire"]:
        """A whole wire to the database at `url`."""
        far = make_url(url)
        host = str(far.query.get("host") or far.host)
        wire = cls("", 0, host, far.port or 5432)
        await wire.mend()
        here = far.set(host="127.0.0.1", port=wire._port).difference_update_query(["host"])
        wire.url = here.render_as_string(hide_password=False)
        try:
            yield wire
        finally:
            await wire.cut()
            for task in wire._tasks:
                task.cancel()
            await asyncio.gather(*wire._tasks, return_exceptions=True)

    async def cut(self) -> None:
        """Nobody gets through, and whoever was through is cut off."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        for end in list(self._ends):
            end.transport.abort()
        self._ends.clear()

    async def mend(self) -> None:
        """The database can be reached again."""
        self._listening = await asyncio.start_server(self._taken, "127.0.0.1", self._port)
        self._port = self._listening.sockets[0].getsockname()[1]

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far = await self._far()
        except OSError:
            writer.transport.abort()
            return
        self._ends |= {writer, far[1]}
        for source, drain in ((reader, far[1]), (far[0], writer)):
            task = asyncio.create_task(self._passes(source, drain))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _far(self) -> Streams:
        if self._host.startswith("/"):
            return await asyncio.open_unix_connection(f"{self._host}/.s.PGSQL.{self._far_port}")
        return await asyncio.open_connection(self._host, self._far_port)

    async def _passes(self, source: asyncio.StreamReader, drain: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                drain.write(data)
                await drain.drain()
        self._ends.discard(drain)
        drain.close()
