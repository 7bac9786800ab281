"""The latest digest is read page by page, and every page leads to its neighbours."""

import pytest

from bot.conversations.digests.pages import page_card
from bot.conversations.views import Buttons, Card
from bot.digests.period import Audience, Reader

CARDS = tuple(Card(title=f"Sida {n}", summary=f"Sida {n}.") for n in (1, 2, 3))


def leading(number: int, cards: tuple[Card, ...] = CARDS) -> list[str]:
    """Where the page's buttons lead."""
    shown = page_card(Reader(Audience.MANAGER), "2026-W48", cards, number)
    return [
        button.press.encoded()
        for part in shown.parts
        if isinstance(part, Buttons)
        for button in part.buttons
        if button.press
    ]


@pytest.mark.parametrize(("number", "pages"), [(1, ["2"]), (2, ["3", "1"]), (3, ["2"])])
def test_a_page_leads_to_the_next_and_the_one_before(number: int, pages: list[str]):
    assert leading(number) == [f"veckobrev|sida|manager|2026-W48|{page}" for page in pages]


def test_a_digest_of_one_page_is_as_it_was_sent():
    assert leading(1, CARDS[:1]) == []
