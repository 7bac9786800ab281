"""Whatever is said stands in Microsoft's own client as it was said, and as nothing else."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from bot.conversations.views import Buttons, Card, Chart, Part
from bot.outbox import Outbox, ToConversation
from handlers.teams.texts import BREAK, HAIR
from tests.end_to_end.browsing import PATIENCE
from tests.playground.client import CARD, PERSONAL, Client
from tests.playground.trial import Trial
from tests.views import CARDS, said_by

pytestmark = pytest.mark.timeout(600)

CHAT = text("""
SELECT c.id FROM conversations c JOIN connections k ON k.id = c.connection_id
WHERE k.platform = 'teams' AND c.kind = 'private'
""")


DRAWN = "svg, [aria-label*=chart]"
"""What the client's own charts are made of; neither stands in what replaces a chart."""


async def test_every_view_is_shown_as_it_was_said_and_only_links_lead_somewhere(
    manager: Client, tried: Trial
):
    await manager.goes_to(PERSONAL)
    shown = manager.page.locator(CARD)
    before = await shown.count()
    async with tried.database.transaction() as db:
        chat = ToConversation((await db.execute(CHAT)).scalar_one())
        outbox = Outbox()
        for case in CARDS:
            outbox.say(chat, lambda case=case: case.card)
        await outbox.flush(db)
    await expect(shown).to_have_count(before + len(CARDS), timeout=PATIENCE)

    lost: dict[str, list[str]] = {}
    for number, case in enumerate(CARDS):
        card = shown.nth(before + number)
        read = re.sub(f"[{BREAK}{HAIR}]", "", await card.inner_text())
        lost[case.name] = [word for word in words_of(case.card) if word not in read]
        if any(isinstance(part, Chart) for part in case.card.parts):
            await expect(card.locator(DRAWN).first).to_be_visible(timeout=PATIENCE)
    assert {name: words for name, words in lost.items() if words} == {}

    links: list[str] = await shown.locator("a").evaluate_all("all => all.map(each => each.href)")
    assert {urlsplit(each).netloc for each in links} == {"skaraborg.example.se"}


def words_of(card: Card) -> list[str]:
    """Every word that the client has no reason to put away."""
    lines = [card.title, *(line for part in card.parts for line in _shown_of(part))]
    if not card.parts and not card.title:
        lines.append(card.summary)
    return [word for line in lines for word in line.split()]


def _shown_of(part: Part) -> list[str]:
    """All that the part says, but for a menu that is closed and a chart's names, which it cuts."""
    match part:
        case Buttons(buttons=buttons):
            return [each.label for each in buttons]
        case Chart(title=title, alternative=alternative):
            return [title, alternative]
        case _:
            return said_by(part)
