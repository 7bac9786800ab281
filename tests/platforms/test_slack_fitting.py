"""What has no room in a message is told of, in words that fit how much it is."""

import pytest

from handlers.slack.fitting import Json, fitted
from handlers.slack.limits import CHARACTERS_IN_MESSAGE


def heading(characters: int) -> Json:
    return {"type": "header", "text": {"type": "plain_text", "text": "x" * characters}}


@pytest.mark.parametrize(
    ("more", "said"),
    [(1, "Ytterligare 1 del får inte plats."), (2, "Ytterligare 2 delar får inte plats.")],
)
def test_what_is_left_out_is_counted(more: int, said: str):
    *_kept, last = fitted([heading(10), *[heading(CHARACTERS_IN_MESSAGE)] * more])
    assert last["elements"][0]["text"] == said
