"""What the checks by TypeScript and the pictures need: npm's packages, and the views as written."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import fasteners
import pytest

from handlers.cli_views import views
from tests.house import HOUSE

HERE = Path(__file__).parent
LOCK, INSTALLED = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
BUILD = HOUSE / "build" / "slack"

Node = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script of this folder with node; the packages are those of package-lock.json."""
    for tool in ("node", "npm"):
        assert shutil.which(tool), f"{tool} is not installed: run make test, which installs it"
    BUILD.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(BUILD / "npm.lock"):
        if not INSTALLED.exists() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime:
            _install()
    return _run


def _install() -> None:
    done = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    os.utime(INSTALLED)


def _run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", str(HERE / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The folder with every view of a seed, written once."""
    folders: dict[int, Path] = {}

    def folder(seed: int) -> Path:
        if seed not in folders:
            folders[seed] = tmp_path_factory.mktemp("views") / str(seed)
            views("slack", folders[seed], seed)
        return folders[seed]

    return folder
