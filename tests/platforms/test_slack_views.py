"""`samspel views`: every view of the bot as Slack gets it, within Slack's limits, byte for byte."""

import json
import re
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.specimens.catalogue import all_specimens
from handlers.slack.specimens import slack_files
from tests.slack.limits import message_problems, view_problems

KINDS = ("message-", "ephemeral-", "modal-", "home-")


@cache
def files() -> dict[str, Any]:
    """Every view by the name of its file; drawn where these tests run, not where they are found."""
    return dict(slack_files(seed=5))


def typed(*words: object) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    command = [sys.executable, "-c", "from handlers.cli import main; main()", "views"]
    done = subprocess.run([*command, *map(str, words)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def named(kind: str) -> list[str]:
    return sorted(name for name in files() if name.startswith(kind))


def test_every_specimen_has_a_file_of_its_kind():
    names = sorted(files())
    for each in all_specimens(seed=5):
        kind = {"card": "message", "form": "modal", "home": "home"}[each.view.kind]
        wanted = f"{kind}-{each.full_name}"
        at = bisect_left(names, wanted)
        assert names[at : at + 1], wanted
        assert names[at].startswith(wanted), wanted
    assert {name.partition("-")[0] + "-" for name in files()} == set(KINDS)


def test_every_message_can_also_be_said_to_one_person():
    for name in named("ephemeral-"):
        said = files()[name]
        message = files()[name.replace("ephemeral-", "message-", 1)]
        assert said["text"] == message["text"]
        if "slack_file" in json.dumps(message):
            assert "slack_file" not in json.dumps(said), "nothing is uploaded for one person"
        else:
            assert said["blocks"] == message["blocks"]
        assert set(said) == {"channel", "user", "text", "blocks"}


def problems_of(name: str, view: dict[str, Any]) -> list[str]:
    if name.startswith(("message-", "ephemeral-")):
        arguments = {key: view[key] for key in view if key not in ("user", "unfurl_links")}
        return [f"{name}: {each}" for each in message_problems(arguments, update=True)]
    return [f"{name}: {each}" for each in view_problems(view)]


def test_every_view_keeps_slacks_limits_and_nothing_is_left_out():
    assert [each for name, view in files().items() for each in problems_of(name, view)] == []
    left_out = [name for name, view in files().items() if "left_out" in json.dumps(view)]
    assert left_out == []


def texts(value: Any) -> Iterator[dict[str, Any]]:
    """Every text object of what was drawn."""
    match value:
        case dict():
            if value.get("type") in ("mrkdwn", "plain_text"):
                yield value
            for each in value.values():
                yield from texts(each)
        case list():
            for each in value:
                yield from texts(each)
        case _:
            pass


def test_nothing_is_read_as_markup_and_nobody_is_called():
    for name, view in files().items():
        assert [each for each in texts(view) if each["type"] == "mrkdwn"] == [], name
        assert not re.search(r"<[!@#]", view.get("text", "")), name
        assert '"type": "broadcast"' not in json.dumps(view), name


def test_every_message_can_be_read_aloud():
    for name in named("message-"):
        assert files()[name]["text"].strip(), name


def test_the_command_writes_the_same_bytes_each_time(tmp_path: Path):
    first, again = tmp_path / "new" / "first", tmp_path / "again"
    for folder in (first, again):
        code, out, _err = typed("--platform", "slack", "--out", folder, "--seed", "5")
        assert code == 0
        assert re.search(r"\d+ vyer", out.replace("\u00a0", ""))
    written = {path.stem: path.read_bytes() for path in first.iterdir()}
    assert written == {path.stem: path.read_bytes() for path in again.iterdir()}
    assert {name: json.loads(each) for name, each in written.items()} == files()


def test_another_seed_writes_others():
    assert dict(slack_files(seed=6)) != files()


@pytest.mark.parametrize("what", ["full", "a file", "elsewhere", "nowhere"])
def test_the_command_refuses_what_it_cannot_use(tmp_path: Path, what: str):
    folder = tmp_path / "out"
    words: list[object] = ["--platform", "slack", "--out", folder]
    match what:
        case "full":
            folder.mkdir()
            (folder / "mitt.txt").write_text("mitt")
        case "a file":
            folder.write_text("mitt")
        case "elsewhere":
            words[1] = "matrix"
        case _:
            words = words[:2]
    code, out, err = typed(*words)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err
