"""The app package: the .zip that is uploaded in Teams, with manifest, languages and pictures."""

import json
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.conversations.registry import Conversations
from bot.settings import Settings, TeamsConnection
from handlers.teams.icons import colour_icon, outline_icon
from handlers.teams.manifest import (
    COLOUR_FILE,
    ENGLISH_FILE,
    OUTLINE_FILE,
    Json,
    in_english,
    manifest,
)

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""When every file in it says that it was made, so that the same app is the same bytes."""


def app_package(
    conversations: Conversations,
    settings: Settings,
    connection: TeamsConnection,
    app_version: str = "",
) -> bytes:
    """The package of a connection's app. NoPublicAddress without an address by HTTPS."""
    return _zipped(
        {
            "manifest.json": _written(manifest(conversations, settings, connection, app_version)),
            ENGLISH_FILE: _written(in_english(conversations)),
            COLOUR_FILE: colour_icon(),
            OUTLINE_FILE: outline_icon(),
        }
    )


def _written(said: Json) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return out.getvalue()
