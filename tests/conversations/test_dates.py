"""Questions of dates: what is left blank, and what is said once a time is chosen."""

import pytest

from tests.conversations.conftest import Scene
from tests.conversations.persons import OnWeb
from tests.conversations.test_quick_questions import ASKER, MEMBER

ASKED = 'rosta datum "Nätverksmöte" 2026-12-08 9-11, 2026-12-15 13-15'
ON_WEB = pytest.mark.parametrize("samspel", ["web"], indirect=True)


@ON_WEB
async def test_a_time_left_blank_is_no_cannot(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says(ASKED)
    member = await samspel.person(MEMBER)
    await member.says("rosta 1 2 ja")
    assert member.sees("Utan svar: 8 dec. 2026 09:00–11:00.")
    assert isinstance(member, OnWeb)
    page = " ".join((await member.reads_page("/omrostningar/1")).split())
    assert "8 dec. 2026 09:00–11:00 0 0 0" in page
    await member.says("rosta 1 1 nej, 2 ja")
    assert "09:00–11:00 0 0 1:" in " ".join((await member.reads_page("/omrostningar/1")).split())


@ON_WEB
async def test_the_outcome_leads_to_a_time_and_names_it(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says(ASKED)
    member = await samspel.person(MEMBER)
    await member.says("rosta 1 1 ja, 2 ja")
    await asker.says("rosta 1 stäng ja")
    assert asker.sees("Lika: 8 dec. 2026 09:00–11:00, 15 dec. 2026 13:00–15:00.")
    assert not asker.sees("Registrera beslut")
    assert not asker.sees("Underlag i Word")
    await asker.clicks("Välj tid")
    await asker.clicks("15 dec. 2026 13:00–15:00")
    chosen = "Vald tid: 15 dec. 2026 13:00–15:00."
    assert not asker.sees(chosen)
    await asker.says("rosta 1")
    assert asker.count(chosen) == 1
    await asker.says("rosta 1 utfall")
    assert asker.count(chosen) == 3
    await asker.says("rosta 1 historik")
    assert asker.sees("tid: – → 15 dec. 2026 13:00")
    assert isinstance(asker, OnWeb)
    page = await asker.reads_page("/omrostningar/1")
    assert chosen in page
    assert "Lika:" not in page
