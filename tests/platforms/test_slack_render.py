"""Every view of the table drawn for Slack: no word lost, nothing let through, within its limits."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.conversations.forms import Home
from bot.conversations.views import Card, text
from handlers.slack import limits
from handlers.slack.canvas import Canvas
from handlers.slack.render import draw_message
from handlers.slack.render_form import draw_home, draw_modal
from handlers.slack.texts import escaped
from tests.form_views import FORMS, FormCase, words_of_form
from tests.views import CARDS, HOSTILE, CardCase, words_of

CANVAS = Canvas(base="https://samspel.example.se", users={1: "U0001"}, files={7: "F0007"})
POOR = Canvas(native_charts=False, native_tables=False)
"""A workspace that takes no new blocks, and people who cannot reach our pages."""


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case {"type": "rich_text_section", "elements": list(elements)}:
            yield "".join(element.get("text", "") for element in elements)
        case dict():
            for each in value.values():
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)
        case _:
            pass


def met(drawn: dict[str, Any], words: list[str]) -> list[str]:
    """Those of `words` that stand nowhere in what was drawn."""
    shown = "\n".join(strings(drawn))
    return [word for word in words if word not in shown]


@pytest.mark.parametrize("canvas", [CANVAS, POOR], ids=["all", "poor"])
@pytest.mark.parametrize("case", CARDS, ids=str)
def test_no_word_of_a_card_is_lost(case: CardCase, canvas: Canvas):
    drawn = draw_message(case.card, canvas)
    assert met(drawn, [word for words in words_of(case.card) for word in words.split()]) == []
    assert drawn["text"]
    assert len(drawn["blocks"]) <= limits.BLOCKS_IN_MESSAGE


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_no_word_of_a_form_is_lost(case: FormCase):
    drawn = draw_modal(case.form, CANVAS, unfolded=True)
    assert met(drawn, [word for words in words_of_form(case.form) for word in words.split()]) == []
    assert len(drawn["private_metadata"]) <= limits.METADATA
    assert len(drawn["blocks"]) <= limits.BLOCKS_IN_VIEW


@pytest.mark.parametrize("case", [*CARDS, *FORMS], ids=str)
def test_the_same_view_is_the_same_bytes(case: CardCase | FormCase):
    first, again = (
        draw_message(case.card, CANVAS)
        if isinstance(case, CardCase)
        else draw_modal(case.form, CANVAS)
        for _ in range(2)
    )
    assert json.dumps(first) == json.dumps(again)


def test_a_home_that_is_too_long_says_what_has_no_room():
    card = Card(summary="x", parts=tuple(text(f"rad {n}") for n in range(30)))
    drawn = draw_home(Home(cards=(card,) * 6), CANVAS)
    assert len(drawn["blocks"]) <= limits.BLOCKS_IN_VIEW
    assert "Ytterligare 3 delar" in "\n".join(strings(drawn["blocks"][-1]))


def markup(value: Any) -> Iterator[str]:
    """Every text that Slack reads as markup."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for each in value.values():
            yield from markup(each)
    elif isinstance(value, list):
        for each in value:
            yield from markup(each)


@pytest.mark.parametrize("case", [*CARDS, *FORMS], ids=str)
def test_nothing_typed_is_read_as_markup(case: CardCase | FormCase):
    drawn = (
        draw_message(case.card, CANVAS)
        if isinstance(case, CardCase)
        else draw_modal(case.form, CANVAS)
    )
    assert list(markup(drawn)) == []
    assert "<!" not in drawn.get("text", "")
    assert "<@" not in drawn.get("text", "")


def test_hostile_words_call_nobody():
    said = escaped(HOSTILE)
    assert "<" not in said
    assert ">" not in said
    assert "*fet*" not in said
