"""Pictures that Teams fetches by itself, without signing in: by addresses that only we can make.

A chart lies in its address, so that nothing is stored for it and any replica can draw it.
"""

import asyncio
import hmac
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from http import HTTPStatus

from fastapi import APIRouter
from pydantic import SecretStr
from starlette.responses import Response

from bot.conversations.views import Chart
from bot.documents.charts import png
from handlers.teams.limits import PICTURE_BYTES
from storage.database import Database
from storage.queries.files import stored_file

PATH = "/teams/bilder"
LONGEST_CHART = 20_000
"""Bytes of a chart that is unpacked: twenty categories with six series take a tenth."""

LONGEST_ADDRESS = 3_000
AT_ONCE = 2
"""Charts drawn at a time: each takes a core for a moment."""

KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


class Pictures:
    """Makes such addresses and reads them. Without a key or a base there are none."""

    def __init__(self, base: str | None, keys: Sequence[SecretStr]) -> None:
        self._base = (base or "").rstrip("/")
        self._keys = [key.get_secret_value().encode() for key in keys]

    @property
    def can_be_fetched(self) -> bool:
        """Whether Teams can reach them."""
        return bool(self._keys) and self._base.startswith("https://")

    def chart(self, chart: Chart) -> str | None:
        """Where the chart's picture is; None where there is none."""
        packed = zlib.compress(chart.model_dump_json(exclude={"kind"}).encode(), 9)
        return self._address("d", urlsafe_b64encode(packed).decode().rstrip("="))

    def picture(self, file_id: int) -> str | None:
        """Where the stored picture is; None where there is none."""
        return self._address("f", str(file_id))

    def _address(self, kind: str, what: str) -> str | None:
        if not self.can_be_fetched:
            return None
        url = f"{self._base}{PATH}/{kind}/{self._signature(self._keys[0], kind, what)}/{what}.png"
        return url if len(url) <= LONGEST_ADDRESS else None

    def _signature(self, key: bytes, kind: str, what: str) -> str:
        said = hmac.digest(key, f"teams:{kind}:{what}".encode(), sha256)
        return urlsafe_b64encode(said[:18]).decode()

    def is_ours(self, kind: str, signature: str, what: str) -> bool:
        """Whether one of the keys has signed it."""
        given = signature.encode()
        return any(
            hmac.compare_digest(self._signature(key, kind, what).encode(), given)
            for key in self._keys
        )


def read_chart(what: str) -> Chart:
    """The chart of an address that is ours. ValueError when it is none."""
    try:
        packed = urlsafe_b64decode(what + "=" * (-len(what) % 4))
        unpacked = zlib.decompressobj().decompress(packed, LONGEST_CHART)
    except zlib.error as error:
        raise ValueError("no chart") from error
    return Chart.model_validate_json(unpacked)


def picture_routes(pictures: Pictures, database: Database) -> APIRouter:
    """Where Teams fetches them."""
    router = APIRouter(include_in_schema=False)
    turn = asyncio.Semaphore(AT_ONCE)

    @router.get(PATH + "/d/{signature}/{what}.png")
    async def chart(signature: str, what: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        if not pictures.is_ours("d", signature, what):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        try:
            wanted = read_chart(what)
        except ValueError:
            # Of an older form than charts have now.
            return Response(status_code=HTTPStatus.NOT_FOUND)
        async with turn:
            drawn = await asyncio.to_thread(png, wanted)
        return Response(drawn, media_type="image/png", headers=KEPT)

    @router.get(PATH + "/f/{signature}/{what}.png")
    async def stored(signature: str, what: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        if not pictures.is_ours("f", signature, what):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        async with database.connection() as db:
            kept = await stored_file(db, int(what))
        if kept is None or len(kept.content) > PICTURE_BYTES:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(kept.content, media_type="image/png", headers=KEPT)

    return router
