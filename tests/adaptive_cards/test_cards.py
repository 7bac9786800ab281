"""All that is sent to Teams is what Microsoft's own package reads; it really says no else."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.npm import Node

TEXT = {"type": "TextBlock", "text": "Hej", "wrap": True}
EXECUTE = {"type": "Action.Execute", "title": "Tryck", "verb": "press", "data": {"press": "x"}}
ROW = {"type": "ActionSet", "actions": [EXECUTE]}
FIELD = {"type": "Input.Text", "id": "f.a", "label": "A"}
CHOICE = {
    "type": "Input.ChoiceSet",
    "id": "f.c",
    "label": "C",
    "choices": [{"title": "En", "value": "1"}],
}
CHART = {"type": "Chart.Line", "title": "D", "data": [], "fallback": TEXT}
TABLE = {
    "type": "Table",
    "columns": [{"width": 1}],
    "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": [TEXT]}]}],
}
PICTURE = {"type": "Image", "url": "https://samspel.example.se/a.png", "altText": "A"}


def card(*body: Any, **more: Any) -> dict[str, Any]:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": "Hej",
        "body": list(body),
        **more,
    }


def message(*body: Any, **more: Any) -> dict[str, Any]:
    kind = "application/vnd.microsoft.card.adaptive"
    attachment = {"contentType": kind, "content": card(*body)}
    return {"type": "message", "summary": "Hej", "attachments": [attachment], **more}


RIGHT = {
    "message-right": message(TEXT, TABLE, CHART, PICTURE, ROW),
    "card-right": card(FIELD, CHOICE, ROW),
}
WRONG = {
    "message-text": message(TEXT, text="Hej"),
    "message-no-summary": message(TEXT, summary=""),
    "message-two": message(TEXT, attachments=[]),
    "message-unknown": message({"type": "Headline", "text": "Hej"}),
    "message-style": message({**TEXT, "size": "Enormous"}),
    "message-cut": message({"type": "TextBlock", "text": "Hej"}),
    "message-chart-alone": message({**CHART, "fallback": None}),
    "message-chart-fallback": message({**CHART, "fallback": {**PICTURE, "url": ""}}),
    "message-chart-like": message({"type": "Chart", "fallback": TEXT}),
    "message-picture": message({"type": "Image", "url": "http://samspel.example.se/a.png"}),
    "message-too-much": message({**TEXT, "text": "x" * 40_000}),
    "card-version": card(TEXT, version="1.6"),
    "card-no-words": card(TEXT, fallbackText=""),
    "card-action": card({"type": "ActionSet", "actions": [{**EXECUTE, "type": "Action.Http"}]}),
    "card-buttons": card({"type": "ActionSet", "actions": [EXECUTE] * 7}),
    "card-no-label": card({"type": "Input.Text", "id": "f.a"}),
    "card-no-id": card({"type": "Input.Text", "label": "A"}),
    "card-twice": card(FIELD, FIELD),
    "card-no-choice": card({**CHOICE, "choices": []}),
    "card-judged": card({**FIELD, "isRequired": True, "errorMessage": "Fyll i."}),
    "card-address": card({"type": "ActionSet", "actions": [{"type": "Action.OpenUrl"}]}),
    "card-mention": card(TEXT, msteams={"entities": [{"type": "mention", "text": "<at>A</at>"}]}),
}


def write(folder: Path, cases: dict[str, dict[str, Any]]) -> Path:
    folder.mkdir()
    for name, view in cases.items():
        (folder / f"{name}.json").write_text(json.dumps(view), encoding="utf-8")
    return folder


@pytest.mark.parametrize("seed", [1])
def test_microsofts_package_has_nothing_to_say_of_any_view(
    node: Node, written: Callable[[int], Path], seed: int
):
    done = node("check.js", written(seed))
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr
    assert f"{len(list(written(seed).iterdir()))} views" in done.stdout


def test_right_views_pass(node: Node, tmp_path: Path):
    done = node("check.js", write(tmp_path / "right", RIGHT))
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_wrong_view_is_refused_by_name(node: Node, tmp_path: Path):
    done = node("check.js", write(tmp_path / "mixed", RIGHT | WRONG))
    assert done.returncode != 0
    refused = set(re.findall(r"^([\w-]+)\.json: ", done.stdout, re.MULTILINE))
    assert refused == set(WRONG), done.stdout


def test_a_folder_without_views_is_no_success(node: Node, tmp_path: Path):
    assert node("check.js", write(tmp_path / "none", {})).returncode != 0
