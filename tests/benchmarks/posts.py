"""One client's connection: posts over HTTP/1.1, with next to no work of its own."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlsplit

FORM, JSON = "application/x-www-form-urlencoded", "application/json; charset=utf-8"


@dataclass(frozen=True)
class Answered:
    """What came back, and how long it took."""

    head: str
    body: bytes
    seconds: float

    @property
    def status(self) -> int:
        """The HTTP status."""
        return int(self.head.split(" ", 2)[1])


@dataclass(frozen=True)
class Posts:
    """A connection that stays open; one post at a time."""

    host: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def post(
        self, path: str, headers: Mapping[str, str], body: str, kind: str = FORM
    ) -> Answered:
        """Post a form, or what else `kind` says it is; `body` is encoded already, in ASCII."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        begun = perf_counter()
        self.writer.write(
            f"POST {path} HTTP/1.1\r\nhost: {self.host}\r\n{lines}"
            f"content-type: {kind}\r\n"
            f"content-length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            (line for line in head.lower().splitlines() if line.startswith("content-length")), ":0"
        )
        answer = await self.reader.readexactly(int(length.partition(":")[2]))
        return Answered(head, answer, perf_counter() - begun)


@asynccontextmanager
async def connected(where: str) -> AsyncGenerator[Posts]:
    """A connection to the server at that address."""
    address = urlsplit(where)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        yield Posts(address.netloc, reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()
