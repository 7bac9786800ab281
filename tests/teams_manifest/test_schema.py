"""The app package is what Microsoft's own schemas allow; they really say no to anything else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handlers.teams.manifest import SCHEMA
from tests.npm import Node, node_in
from tests.platforms.teams_package_scene import members, package, with_message_action

NEWER = ["1.24", "1.30"]
"""1.24: twelve commands a list; 1.30: the newest."""

Json = dict[str, Any]


@pytest.fixture(scope="session")
def node() -> Node:
    return node_in(Path(__file__).parent)


def unpacked(folder: Path, package: bytes) -> Path:
    folder.mkdir()
    for name, content in members(package).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("version", [SCHEMA, *NEWER])
@pytest.mark.parametrize("kind", ["as it is", "with a message action"])
def test_the_package_is_what_the_schemas_allow(node: Node, tmp_path: Path, version: str, kind: str):
    made = package() if kind == "as it is" else package(with_message_action())
    folder = unpacked(tmp_path / "app", made)
    arguments = () if version == SCHEMA else (version,)
    done = node("check.js", folder, *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def _bot(said: Json) -> Json:
    return said["bots"][0]


def _commands(said: Json) -> list[Json]:
    return _bot(said)["commandLists"][0]["commands"]


BROKEN: dict[str, Callable[[Json], object]] = {
    "/manifestVersion": lambda said: said.update(manifestVersion="1.2"),
    "/name/short": lambda said: said.update(name={"short": "Samspel " * 5}),
    "/description/short": lambda said: said["description"].update(short="x" * 81),
    "/developer": lambda said: said["developer"].pop("privacyUrl"),
    "/accentColor": lambda said: said.update(accentColor="green"),
    "/id": lambda said: said.update(id="samspel"),
    "/bots/0": lambda said: _bot(said).update(canDance=True),
    "/bots/0/scopes/0": lambda said: _bot(said).update(scopes=["everywhere"]),
    "/bots/0/commandLists/0/commands": lambda said: _commands(said).extend(_commands(said)),
    "/bots/0/commandLists/0/commands/0/title": lambda said: _commands(said)[0].update(
        title="x" * 33
    ),
    "/bots/0/commandLists/0/commands/0/description": lambda said: _commands(said)[0].update(
        description="x" * 129
    ),
}


@pytest.mark.parametrize("path", BROKEN)
def test_a_broken_manifest_is_refused_at_its_place(node: Node, tmp_path: Path, path: str):
    folder = unpacked(tmp_path / "app", package())
    file = folder / "manifest.json"
    said = json.loads(file.read_text("utf-8"))
    BROKEN[path](said)
    file.write_text(json.dumps(said), encoding="utf-8")
    done = node("check.js", folder)
    assert done.returncode == 1
    assert f"manifest.json{path} " in done.stdout


@pytest.mark.parametrize("key", ["bots[0].commandLists[0].commands[10].title", "name.long"])
def test_a_text_that_has_no_place_in_the_manifest_is_refused(node: Node, tmp_path: Path, key: str):
    folder = unpacked(tmp_path / "app", package())
    file = folder / "en.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {key: "x"}))
    done = node("check.js", folder)
    assert done.returncode == 1
    assert "en.json must NOT have additional properties" in done.stdout
