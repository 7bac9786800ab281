"""Links lead to our own pages, to the web and to mail; to nothing else, however it is written."""

import pytest

from bot.addresses import is_ours, leads
from bot.conversations.views import Button, Buttons, Card, link, text
from bot.plain_text import plain_text
from handlers.email.render import Letter, draw_letter
from handlers.slack.canvas import Canvas
from handlers.slack.render import draw_message
from handlers.web.canvas import Canvas as Page
from handlers.web.render import draw_card

HOME = "https://samspel.example.se"
HOSTILE = (
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,ond",
    "vbscript:ond",
    "file:///etc/passwd",
    "//ond.example",
    "/\\ond.example",
    "\\\\ond.example",
    "/\t/ond.example",
    "/\n/ond.example",
    "/\r\\ond.example",
    "https:ond.example",
    "https://x.example\n.ond.example",
    "ond.example",
    "",
)


@pytest.mark.parametrize("href", HOSTILE)
@pytest.mark.parametrize("base", [HOME, "", None])
def test_what_is_not_plainly_safe_leads_nowhere(href: str, base: str | None):
    assert leads(href, base) is None


@pytest.mark.parametrize(
    ("href", "base", "full"),
    [
        ("/visa/historik", HOME, f"{HOME}/visa/historik"),
        ("/visa/historik", f"{HOME}/", f"{HOME}/visa/historik"),
        ("/visa/historik", "", "/visa/historik"),
        ("/visa/historik", None, None),
        ("https://x.example", None, "https://x.example"),
        ("HTTP://X.example", "", "HTTP://X.example"),
        ("mailto:a@x.example", HOME, "mailto:a@x.example"),
        (None, HOME, None),
    ],
)
def test_pages_of_ours_and_plain_addresses_are_led_to(
    href: str | None, base: str | None, full: str | None
):
    assert leads(href, base) == full


def test_a_page_of_ours_is_told_from_anothers_address():
    assert is_ours("/visa/historik")
    assert not any(is_ours(href) for href in (*HOSTILE, "https://x.example", "visa"))


@pytest.mark.parametrize("href", HOSTILE)
def test_no_platform_links_to_it(href: str):
    if not href:
        return
    button = Button(label="Tryck", href=href)
    card = Card(summary="Se här", parts=(text(link("här", href)), Buttons(buttons=(button,))))
    assert "href=" not in draw_card(card, Page(token="t", place="p"))
    assert "href=" not in draw_letter(card, Letter(HOME))
    assert "url" not in str(draw_message(card, Canvas(base=HOME))["blocks"])
    assert plain_text(card, HOME) == "här\n\n[Tryck]"
