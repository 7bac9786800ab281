"""The folders that `samspel views` writes, for checks that many tests make of the same files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.cli_views import views


def written_once(platform: str, folders: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The folder with every view of a seed as the platform gets it, written at first need."""
    written: dict[int, Path] = {}

    def folder(seed: int) -> Path:
        if seed not in written:
            written[seed] = folders.mktemp("views") / str(seed)
            views(platform, written[seed], seed)
        return written[seed]

    return folder
