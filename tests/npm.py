"""node, with the packages that a folder's package-lock.json names."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import fasteners

from tests.house import HOUSE

Node = Callable[..., subprocess.CompletedProcess[str]]


def node_in(folder: Path) -> Node:
    """Runs a script of the folder by its name and arguments; its packages are installed first."""
    for tool in ("node", "npm"):
        assert shutil.which(tool), f"{tool} is not installed: run make test, which installs it"
    build = HOUSE / "build" / folder.name
    build.mkdir(parents=True, exist_ok=True)
    lock = folder / "package-lock.json"
    installed = folder / "node_modules" / ".package-lock.json"
    with fasteners.InterProcessLock(build / "npm.lock"):
        if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
            _install(folder)
            os.utime(installed)

    def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return _run("node", str(folder / script), *map(str, arguments))

    return run


def _install(folder: Path) -> None:
    done = _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=folder)
    assert done.returncode == 0, done.stderr


def _run(*command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=240
    )
