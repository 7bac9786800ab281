"""No card is larger than an activity may be, and what has no room is told of."""

import pytest
from microsoft_teams.cards.core import TextBlock

from bot.conversations.views import Card, Span, text
from bot.documents.charts import png
from handlers.teams.canvas import Canvas, Mentioned
from handlers.teams.fitting import as_json, parts_that_fit, size
from handlers.teams.limits import ACTIVITY_BYTES, PICTURE_BYTES, PICTURE_PIXELS
from handlers.teams.posting import activity
from handlers.teams.texts import lines
from tests.views import chart


def a_block(characters: int) -> TextBlock:
    return TextBlock(text="x" * characters, wrap=True)


@pytest.mark.parametrize(
    ("more", "said"),
    [(1, "Ytterligare 1 del får inte plats."), (2, "Ytterligare 2 delar får inte plats.")],
)
def test_what_is_left_out_is_counted(more: int, said: str):
    *kept, last = parts_that_fit([a_block(10), *[a_block(1_000)] * more], 500)
    assert len(kept) == 1
    assert as_json(last)["text"] == said


def test_size_is_counted_as_teams_does():
    assert size({"a": "å"}) == 2 * len('{"a": "å"}')
    assert size({"a": "🟡"}) == 2 * (len('{"a": "🟡"}') + 1)


@pytest.mark.parametrize("letter", ["*", '"', "\\", "🟡", "\x07", "<a", "\n- "])
def test_the_worst_words_of_a_card_fit(letter: str):
    paragraphs = [text(letter * (3_000 // len(letter))) for _n in range(3)]
    card = Card(title=letter * 3, summary=letter * (3_000 // len(letter)), parts=tuple(paragraphs))
    assert size(as_json(activity(card, Canvas()))) <= ACTIVITY_BYTES


def test_a_card_that_mentions_many_says_what_has_no_room():
    people = {n: Mentioned("29:" + "x" * 200, f"Namn {'å' * 200}") for n in range(60)}
    parts = [text(*[Span(text="a", person_id=n) for n in range(60)]) for _m in range(20)]
    drawn = as_json(activity(Card(summary="x", parts=tuple(parts)), Canvas(mentions=people)))
    assert size(drawn) <= ACTIVITY_BYTES
    assert "får inte plats" in drawn["attachments"][0]["content"]["body"][-1]["text"]


@pytest.mark.parametrize("form", ["bar", "stacked_bar", "line"])
def test_the_picture_of_a_chart_is_one_that_teams_shows(form: str):
    picture = png(chart(form))
    across, down = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert len(picture) <= PICTURE_BYTES
    assert max(across, down) <= PICTURE_PIXELS


def test_empty_words_are_shown_as_a_dash():
    assert lines(" \n\t") == "–"
