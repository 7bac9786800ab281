"""What is written about the house agrees with the house."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from handlers.cli import app
from storage.models import Base
from tests.house import HOUSE, files

PAGES = [path for path in files() if path.endswith(".md")]
DECISIONS = [path for path in PAGES if re.match(r"docs/decisions/\d", path)]
OURS = re.compile(r"`((?:bot|handlers|storage|tests|deploy|docs|samples)/[\w./-]*)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str):
    text = (HOUSE / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
        assert ((HOUSE / page).parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("page", PAGES)
def test_every_place_in_the_house_that_is_named_exists(page: str):
    for named in OURS.findall((HOUSE / page).read_text(encoding="utf-8")):
        copied_by_whom_runs_it = named.endswith(".env")
        assert copied_by_whom_runs_it or (HOUSE / named).exists(), f"{page} names {named}"


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_that_is_named_exists(page: str):
    targets = set(re.findall(r"(?m)^([a-z0-9-]+):", (HOUSE / "Makefile").read_text()))
    for named in re.findall(r"(?:`|^)make ([a-z0-9- ]+)", (HOUSE / page).read_text(), re.MULTILINE):
        assert set(named.split()) <= targets, f"{page} names make {named}"


@pytest.mark.parametrize("page", DECISIONS)
def test_a_decision_is_one_page_that_says_what_keeps_it(page: str):
    text = (HOUSE / page).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 30
    assert re.findall(r"(?m)^## (.*)$", text) == ["Context", "Decision", "Alternatives", "Kept by"]
    assert f"({Path(page).name})" in (HOUSE / "docs/decisions/README.md").read_text()


def test_the_changelog_says_what_is_not_released_yet():
    assert "## [Unreleased]" in (HOUSE / "CHANGELOG.md").read_text()


def test_the_map_of_the_database_names_every_table():
    text = (HOUSE / "docs/database.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == set(Base.metadata.tables)


def test_the_tests_that_show_the_table_of_delivery_exist():
    text = (HOUSE / "docs/delivery.md").read_text(encoding="utf-8")
    for named in re.findall(r"`(test_\w+\.py)`", text):
        assert (HOUSE / "tests/delivery" / named).exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_told_of_is_there(page: str):
    text = (HOUSE / page).read_text(encoding="utf-8")
    for said in re.findall(r"(?:^ {4}|`)samspel ((?:[a-z][a-z-]+ ?)+)", text, re.MULTILINE):
        found: Any = get_command(app)
        for word in said.split():
            if not hasattr(found, "commands"):
                break
            assert word in found.commands, f"{page} names samspel {said}"
            found = found.commands[word]
