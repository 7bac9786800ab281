"""`samspel views`: every view of the bot as Teams gets it, within Teams' limits, byte for byte."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.language import LANGUAGES
from bot.specimens.catalogue import all_specimens
from handlers.teams.fitting import size
from handlers.teams.limits import ACTIVITY_BYTES, SHOWN_ACTIONS
from handlers.teams.specimens import teams_files
from tests.platforms.test_teams_render import elements


@cache
def files() -> dict[str, Any]:
    """Every view by the name of its file; drawn where these tests run, not where they are found."""
    return dict(teams_files(seed=5))


def typed(*words: object) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    command = [sys.executable, "-c", "from handlers.cli import main; main()", "views"]
    done = subprocess.run([*command, *map(str, words)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def cards() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, view in files().items():
        yield name, view["attachments"][0]["content"] if name.startswith("message-") else view


def test_every_specimen_has_files_of_its_kind():
    for each in all_specimens(seed=5):
        match each.view.kind:
            case "card":
                names = {f"message-{each.full_name}"}
            case "form":
                names = {f"{kind}-{each.full_name}" for kind in ("message", "card")}
                names.add(f"card-{each.full_name}-dialog")
            case "home":
                names = {f"message-{each.full_name}-1"}
        assert names <= set(files()), each.full_name
    assert {name.partition("-")[0] for name in files()} == {"message", "card"}


def test_every_activity_is_a_card_alone_within_its_limits_with_words_for_it():
    for name, view in files().items():
        assert size(view) <= ACTIVITY_BYTES, name
        if name.startswith("message-"):
            assert set(view) == {"type", "summary", "attachments"}, name
            assert view["summary"].strip(), name
            assert len(view["attachments"]) == 1, name
    for name, card in cards():
        assert (card["version"], bool(card["fallbackText"].strip())) == ("1.5", True), name
        for row in elements(card, "ActionSet"):
            shown = [each for each in row["actions"] if each.get("mode") != "secondary"]
            assert len(shown) <= SHOWN_ACTIONS, name


def test_nothing_is_left_out():
    said = re.compile(r"Ytterligare \S+ delar? får inte plats")
    assert [
        name for name, card in cards() if said.search(json.dumps(card, ensure_ascii=False))
    ] == []


def test_a_form_in_a_chat_is_executed_and_in_a_dialog_submitted():
    for name, card in cards():
        kind = "Action.Execute" if name.endswith("-dialog") else "Action.Submit"
        assert elements(card, kind) == [], name


def test_nothing_is_filled_in_by_the_client():
    for name, card in cards():
        words = [each["text"] for each in elements(card, "TextBlock")]
        assert not [each for each in words if "{{" in each or "${" in each], name


def test_every_language_is_drawn():
    endings = [name for name in files() if name.endswith("-ordinary-en")]
    assert LANGUAGES == ("sv", "en")
    assert len(endings) > 50
    assert "Tillbaka" not in json.dumps([files()[name] for name in endings])


def test_the_command_writes_the_same_bytes_each_time(tmp_path: Path):
    first, again = tmp_path / "new" / "first", tmp_path / "again"
    for folder in (first, again):
        code, out, _err = typed("--platform", "teams", "--out", folder, "--seed", "5")
        assert code == 0
        assert re.search(r"\d+ vyer", out.replace("\u00a0", ""))
    written = {path.stem: path.read_bytes() for path in first.iterdir()}
    assert written == {path.stem: path.read_bytes() for path in again.iterdir()}
    assert {name: json.loads(each) for name, each in written.items()} == files()


def test_another_seed_writes_others():
    assert dict(teams_files(seed=6)) != files()


def test_a_platform_that_is_not_there_is_refused(tmp_path: Path):
    code, out, err = typed("--platform", "matrix", "--out", tmp_path / "out")
    assert (code, out) == (2, "")
    assert "matrix" in err
    assert "--platform teams" in err
