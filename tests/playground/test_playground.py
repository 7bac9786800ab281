"""What people do in Teams, in Microsoft's own client, which knows nothing of Samspel."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot.digests.period import Audience, next_due
from bot.settings import Settings
from tests.end_to_end.browsing import PATIENCE, Window
from tests.playground.client import CHANNEL, FIRST_CHANNEL, GROUP, PERSONAL, Client, button
from tests.playground.trial import Trial

pytestmark = pytest.mark.timeout(600)

REPORT, OTHER = "SAM-04 Åtgärdsval väg 26 och E20", "SAM-05 Pendling till nya arbetsplatser"
WRONG = "Beskedet om E20 & väg 26 dröjer *igen*"


async def test_help_and_a_report_by_words(manager: Client, pictures: Path):
    await manager.goes_to(PERSONAL)
    await manager.writes("hjälp")
    help_card = await manager.sees("Hjälp", "rapport KOM-03")
    await expect(button(help_card, "Rapportera läget")).to_be_visible()

    await manager.writes("rapport FIN-02 grön Två ansökningar är inne")
    receipt = await manager.sees("Sparat:", "FIN-02", "Två ansökningar är inne")
    await expect(receipt).to_contain_text("🟢 enligt plan")
    await manager.writes("rapport FIN-02 risk En handläggare slutar till sommaren")
    receipt = await manager.sees("Sparat:", "FIN-02", "En handläggare slutar till sommaren")
    await expect(receipt).to_contain_text("🟡 risk")
    await manager.picture(pictures / "teams-chatt.png", at=receipt)


async def test_a_form_with_something_to_mend(manager: Client, pictures: Path):
    await manager.goes_to(PERSONAL)
    await manager.writes("visa SAM-04")
    await button(await manager.sees(REPORT, "Ansvarig"), "Rapportera").click()
    form = await manager.sees("Rapportera läget", REPORT)
    await form.get_by_label("avvikelse").check()
    for what in ("Vad avviker, och varför?", "Åtgärd"):
        if await form.get_by_label(what).count():
            await form.get_by_label(what).fill("")
    await button(form, "Spara").click()

    form = await manager.sees("Rapportera läget", "Något behöver rättas")
    await form.get_by_label("Vad avviker, och varför?").fill(WRONG)
    await button(form, "Spara").click()

    await expect(form.get_by_text("⚠️ Fyll i det här. Skriv vad som skiljer sig")).to_have_count(0)
    await expect(form.get_by_text("⚠️ Fyll i det här. Skriv vad ni gör åt det")).to_be_visible()
    await expect(form.get_by_label("Vad avviker, och varför?")).to_have_value(WRONG)
    await expect(form.get_by_label("avvikelse")).to_be_checked()
    wrong = form.get_by_label("Åtgärd")
    await manager.picture(pictures / "teams-formular-fel.png", at=wrong)

    await wrong.fill("Möte på tisdag")
    await button(form, "Spara").click()
    receipt = await manager.sees("Sparat:", "SAM-04")
    for words in ("🔴 avvikelse", WRONG, "Möte på tisdag"):
        await expect(receipt).to_contain_text(words)
    await manager.sees("Formuläret är skickat.")
    await expect(manager.cards("Något behöver rättas")).to_have_count(0)


@pytest.fixture(scope="module")
async def channel(manager: Client) -> Locator:
    """The living card of an activity, in the channel that is bound to its network."""
    await manager.goes_to(FIRST_CHANNEL)
    await manager.posts("koppla Infrastruktur")
    await manager.sees("Kanalen är kopplad", "Infrastruktur")
    return await manager.sees(OTHER, "Ansvarig")


async def test_a_posted_card_changes_in_place(
    manager: Client, channel: Locator, strategist: Window, pictures: Path
):
    await manager.goes_to(FIRST_CHANNEL)
    for words, state, said in (
        ("röd", "🔴 avvikelse", "Skiftbussarna har inga förare"),
        ("risk", "🟡 risk", "Två av fem turer har förare"),
    ):
        await strategist.says(f"rapport SAM-05 {words} {said}")
        await expect(channel).to_contain_text(said, timeout=PATIENCE)
        await expect(channel).to_contain_text(state)
        await expect(manager.cards(OTHER, "Ansvarig")).to_have_count(1)
    await manager.sees("Nytt läge", "SAM-05")
    await manager.picture(pictures / "teams-kanal.png", at=channel)


async def test_a_button_in_a_channel_is_answered_to_whoever_pressed_it(
    manager: Client, channel: Locator
):
    await manager.goes_to(FIRST_CHANNEL)
    await button(channel, "Historik").click()
    await manager.goes_to(PERSONAL)
    await manager.sees("SAM-05", "Skriven av")


async def test_in_a_group_chat_a_mention_calls_the_bot(manager: Client):
    await manager.goes_to(GROUP)
    await manager.mentions("hjälp")
    await manager.sees("Jag har svarat dig i vår privata chatt.")
    await manager.goes_to(PERSONAL)
    await manager.sees("Hjälp", "rapport KOM-03")


async def test_a_digest_comes_by_itself(manager: Client, tried: Trial, pictures: Path):
    await manager.goes_to(CHANNEL)
    await manager.posts("koppla chefen")
    await manager.sees("Kanalen är kopplad", "chefen")
    due = next_due(Audience.MANAGER, datetime.now(UTC), Settings())
    done = tried.samspel("run-due", "--at", due.at.isoformat())
    assert f"digest chef {due.period}" in done.splitlines()
    letter = await manager.sees(f"Veckobrev till chefen, vecka {due.week.number} {due.week.year}")
    await manager.picture(pictures / "teams-veckobrev.png", at=letter, top=True)
