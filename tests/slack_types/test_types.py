"""All that is sent to Slack is what Slack's own types allow; TypeScript really says no else."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.npm import Node

TEXT = {"type": "plain_text", "text": "Hej", "emoji": False}
HEADER = {"type": "header", "block_id": "b0", "text": TEXT}
BUTTON = {"type": "button", "action_id": "a", "text": TEXT, "value": "v"}
INPUT = {
    "type": "input",
    "block_id": "b1",
    "label": TEXT,
    "element": {"type": "plain_text_input", "action_id": "a"},
}
TABLE = {
    "type": "data_table",
    "caption": "Tabell",
    "rows": [[{"type": "raw_text", "text": "A"}], [{"type": "raw_text", "text": "B"}]],
}
CHART = {
    "type": "data_visualization",
    "title": "Diagram",
    "chart": {
        "type": "bar",
        "series": [{"name": "S", "data": [{"label": "A", "value": 1}]}],
        "axis_config": {"categories": ["A"]},
    },
}
ALERT = {"type": "alert", "level": "error", "text": TEXT}


def message(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"channel": "C1", "text": "Hej", "blocks": list(blocks), **more}


def modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": TEXT, "submit": TEXT, "blocks": list(blocks), **more}


def home(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks), **more}


RIGHT = {
    "message-right": message(HEADER, TABLE, CHART, {"type": "actions", "elements": [BUTTON]}),
    "ephemeral-right": message(HEADER, user="U1"),
    "modal-right": modal(ALERT, INPUT),
    "home-right": home(HEADER, CHART, TABLE),
}
WRONG = {
    "message-no-text": {"channel": "C1", "blocks": [HEADER]},
    "message-for-one": message(HEADER, user="U1"),
    "message-alert": message(ALERT),
    "message-unknown-block": message({"type": "headline", "text": TEXT}),
    "message-markup-header": message({**HEADER, "text": {"type": "mrkdwn", "text": "*Hej*"}}),
    "message-button-style": message({"type": "actions", "elements": [{**BUTTON, "style": "big"}]}),
    "message-button-number": message({"type": "actions", "elements": [{**BUTTON, "value": 7}]}),
    "message-extra-key": message({**HEADER, "colour": "red"}),
    "message-cell": message({**TABLE, "rows": [[{"type": "text", "text": "A"}]]}),
    "message-chart": message({**CHART, "chart": {"type": "bar", "series": []}}),
    "message-metadata": message(HEADER, metadata={"event_type": "x"}),
    "ephemeral-for-nobody": message(HEADER),
    "modal-data": modal(TABLE),
    "modal-no-title": {"type": "modal", "blocks": [INPUT]},
    "modal-optional": modal({**INPUT, "optional": "no"}),
    "home-alert": home(ALERT),
    "home-title": home(HEADER, title=TEXT),
}


def write(folder: Path, cases: dict[str, dict[str, Any]]) -> Path:
    folder.mkdir()
    for name, view in cases.items():
        (folder / f"{name}.json").write_text(json.dumps(view), encoding="utf-8")
    return folder


@pytest.mark.parametrize("seed", [1])
def test_every_view_is_what_slacks_types_allow(
    node: Node, written: Callable[[int], Path], tmp_path: Path, seed: int
):
    done = node("check.js", written(seed), tmp_path / "typed")
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr
    assert f"{len(list(written(seed).iterdir()))} views" in done.stdout


def test_right_views_pass(node: Node, tmp_path: Path):
    done = node("check.js", write(tmp_path / "right", RIGHT), tmp_path / "typed")
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_wrong_view_is_refused_by_name(node: Node, tmp_path: Path):
    views = write(tmp_path / "mixed", RIGHT | WRONG)
    done = node("check.js", views, tmp_path / "typed")
    assert done.returncode != 0
    refused = set(re.findall(r"([\w-]+)\.ts\(\d+,\d+\): error TS", done.stdout))
    assert refused == set(WRONG)


def test_a_folder_without_views_is_no_success(node: Node, tmp_path: Path):
    assert node("check.js", write(tmp_path / "none", {}), tmp_path / "typed").returncode != 0
