"""A platform for tests: a real HTTP server in a process of its own, that can be asked what it got.

`python -m tests.counterpart` serves it and prints its port. `Counterpart` is the test's view of
it, `CounterpartPlatform` what delivery is given. It can be told, an address at a time, to misbehave
as real ones do: see `Fault`.
"""

import asyncio
import socket
import sys
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypedDict

import httpx
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.conversations.views import Card
from bot.delivery import (
    CannotTell,
    CardGone,
    Destination,
    Gone,
    Key,
    NotSent,
    Refused,
    TryLater,
)

NAME = "counterpart"


class Got(TypedDict):
    """What arrived, in order of arrival. `reference` is the post's, also of its updates."""

    doing: Literal["post", "update", "remove"]
    reference: str
    tenant: str
    address: str
    key: str
    text: str
    thread: str | None
    version: int
    bot: str


class Fault(TypedDict, total=False):
    """How the next `times` calls to an address go wrong.

    `status`: answered at once and not taken. `hold`: taken, and not answered until released.
    `lost`: taken, and then answered by a broken 500. `retry_after`, `whole`: with status 429.
    """

    times: int
    status: int
    hold: bool
    lost: bool
    retry_after: float
    whole: bool


@dataclass
class Server:
    """What the server knows."""

    got: list[Got] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    asked: int = 0

    def _fault(self, address: str) -> Fault:
        fault = self.faults.get(address, {})
        if not fault.get("times", 0):
            return {}
        fault["times"] = fault.get("times", 0) - 1
        return fault

    async def take(self, request: Request) -> Response:
        """A post or an update."""
        got: Got = await request.json()
        fault = self._fault(got["address"])
        if "status" in fault:
            headers = {"Retry-After": str(fault.get("retry_after", 0))}
            if fault.get("whole"):
                headers["X-Whole"] = "1"
            return JSONResponse({}, fault["status"], headers=headers)
        if got["doing"] == "post":
            got["reference"] = f"p{len(self.got)}"
        self.got.append(got)
        if fault.get("hold"):
            await self.held.setdefault(got["address"], asyncio.Event()).wait()
        if fault.get("lost"):
            return JSONResponse({}, 500)
        return JSONResponse({"reference": got["reference"]})

    async def find(self, key: str) -> Response:
        """Whether something of that key was posted."""
        self.asked += 1
        found = [g["reference"] for g in self.got if g["key"] == key and g["doing"] == "post"]
        return JSONResponse({"reference": found[0] if found else None})

    async def tell(self) -> Response:
        """All that arrived."""
        return JSONResponse({"got": self.got, "asked": self.asked})

    async def misbehave(self, address: str, request: Request) -> Response:
        """Have the next calls to `address` go wrong; an empty fault mends it."""
        self.faults[address] = await request.json()
        return JSONResponse({})

    async def release(self, address: str) -> Response:
        """Answer what is held."""
        self.held.setdefault(address, asyncio.Event()).set()
        return JSONResponse({})

    def app(self) -> FastAPI:
        """The server's routes."""
        app = FastAPI()
        app.post("/take", response_model=None)(self.take)
        app.get("/find/{key}", response_model=None)(self.find)
        app.get("/got", response_model=None)(self.tell)
        app.post("/faults/{address}", response_model=None)(self.misbehave)
        app.post("/release/{address}", response_model=None)(self.release)
        return app


def serve() -> None:
    """Serve on a free port, which is printed."""
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(Server().app(), log_level="warning")
    uvicorn.Server(config).run(sockets=[listening])


class Counterpart:
    """The server as tests ask and steer it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.AsyncClient(base_url=url, timeout=10)

    async def got(self, address: str | None = None) -> list[Got]:
        """All that arrived, at `address` only when given."""
        everything: list[Got] = (await self._http.get("/got")).json()["got"]
        return [one for one in everything if address in (None, one["address"])]

    async def asked(self) -> int:
        """How often it was asked whether something had arrived."""
        return (await self._http.get("/got")).json()["asked"]

    async def misbehave(self, address: str, fault: Fault) -> None:
        """Have the next calls to `address` go wrong."""
        (await self._http.post(f"/faults/{address}", json=fault)).raise_for_status()

    async def release(self, address: str) -> None:
        """Answer what is held."""
        (await self._http.post(f"/release/{address}")).raise_for_status()

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.aclose()


class CounterpartPlatform:
    """The server as delivery calls it. `can_be_asked`: it can tell what arrived."""

    name = NAME

    def __init__(self, url: str, *, can_be_asked: bool = True, bot: str = "") -> None:
        self._http = httpx.AsyncClient(base_url=url, timeout=60)
        self._can_be_asked = can_be_asked
        self._bot = bot

    async def send(self, to: Destination, card: Card, *, key: Key, thread: str | None) -> str:
        """Post."""
        return await self._take(to, card, "post", key, thread=thread)

    async def update(
        self, to: Destination, reference: str, card: Card, *, key: Key, version: int
    ) -> None:
        """Update."""
        await self._take(to, card, "update", key, reference=reference, version=version)

    async def remove(self, to: Destination, reference: str) -> None:
        """Take away."""
        await self._take(to, None, "remove", Key("card", 0), reference=reference)

    async def find(
        self,
        to: Destination,
        *,
        key: Key,
        since: datetime,
        until: datetime,
        thread: str | None,
    ) -> str | None:
        """Ask for a post by its key."""
        if not self._can_be_asked:
            raise CannotTell
        assert since < until
        return (await self._http.get(f"/find/{key}")).raise_for_status().json()["reference"]

    async def close(self) -> None:
        """Let go of its connections."""
        await self._http.aclose()

    async def _take(
        self,
        to: Destination,
        card: Card | None,
        doing: Literal["post", "update", "remove"],
        key: Key,
        *,
        reference: str = "",
        thread: str | None = None,
        version: int = 0,
    ) -> str:
        got = Got(
            doing=doing,
            reference=reference,
            tenant=to.tenant,
            address=to.address,
            key=str(key),
            text=card.summary if card else "",
            thread=thread,
            version=version,
            bot=self._bot,
        )
        try:
            answer = await self._http.post("/take", json=got)
        except httpx.ConnectError as error:
            raise NotSent("nås inte") from error
        _raise_for(answer)
        return answer.json()["reference"]


def _raise_for(answer: httpx.Response) -> None:
    match answer.status_code:
        case 400:
            raise Refused("kan inte visas")
        case 404:
            raise CardGone
        case 410:
            raise Gone("kanalen finns inte")
        case 429:
            whole = "X-Whole" in answer.headers
            raise TryLater(float(answer.headers["Retry-After"]), whole=whole)
        case 503:
            raise NotSent("tar inte emot")
        case _:
            answer.raise_for_status()


async def started() -> tuple[asyncio.subprocess.Process, Counterpart]:
    """The server in a process of its own; whoever starts it kills it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.counterpart", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    port = int(await process.stdout.readline())
    return process, Counterpart(f"http://127.0.0.1:{port}")


def times_posted(got: list[Got]) -> dict[str, int]:
    """Each key with how many times it was posted."""
    counts: dict[str, int] = {}
    for one in got:
        if one["doing"] == "post":
            counts[one["key"]] = counts.get(one["key"], 0) + 1
    return counts


if __name__ == "__main__":
    serve()
