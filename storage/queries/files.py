"""Pictures and documents that the bot has made."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import StoredFile


class KeptFile(NamedTuple):
    """A stored file: its name and its bytes."""

    name: str
    content: bytes


async def stored_file(db: AsyncConnection, file_id: int) -> KeptFile | None:
    """The file with that key."""
    query = select(StoredFile.name, StoredFile.content).where(StoredFile.id == file_id)
    row = (await db.execute(query)).one_or_none()
    return KeptFile(*row) if row else None
