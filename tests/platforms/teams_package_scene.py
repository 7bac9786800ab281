"""The app package, made as the command makes it."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from bot.conversations.listed import all_conversations
from bot.conversations.protocol import Conversation, Replies, Shortcut, Turn
from bot.conversations.registry import Conversations
from bot.settings import Settings, TeamsConnection
from handlers.teams.package import app_package

CONNECTION: dict[str, Any] = {
    "name": "skovde",
    "app_id": "22222222-2222-4222-8222-222222222222",
    "tenant_id": "11111111-1111-4111-8111-111111111111",
    "secret": "hemligt",
    "organisations": ["Skövde"],
    "email_domains": ["skovde.se"],
}


def package(conversations: Conversations | None = None, **differs: Any) -> bytes:
    """The package for a connection, by settings that differ so."""
    values: dict[str, Any] = {"public_url": "https://samspel.example.se", **differs}
    connection = TeamsConnection(**CONNECTION)
    settings = Settings(teams_connections=(connection,), **values)
    return app_package(conversations or all_conversations(), settings, connection)


def members(package: bytes) -> dict[str, bytes]:
    """The files in it, by name."""
    with ZipFile(BytesIO(package)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def with_message_action() -> Conversations:
    """All that can be done, and a form of the test's own that begins from somebody's message."""
    return Conversations((*all_conversations(), conversation()))


def conversation(command: bool = False, name: str = "provsak") -> Conversation:
    """Something to do that there is not."""

    async def answer(turn: Turn) -> Replies:
        return ()

    return Conversation(
        name=name,
        says=lambda: "Pröva något nytt",
        answer=answer,
        command=command,
        shortcuts=(Shortcut(f"{name}_form", lambda: "Registrera en provsak", of_message=True),),
    )
