"""Needs and assignments in a real browser, on desktop and phone: registered, shared, asked."""

import re
from secrets import token_hex

import pytest

from tests.end_to_end.browsing import DESKTOP, PHONE, Device, Visitors
from tests.end_to_end.checkout import FIRST_TIME

pytestmark = pytest.mark.timeout(FIRST_TIME + 300)

HJO, SKARA, MANAGER = "Inflyttarsamordnare Hjo", "Kulturchef Skara", "Chef Omställning Skaraborg"
SIZES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=str)


@SIZES
async def test_a_need_from_a_line_to_the_board_and_shared(visitors: Visitors, device: Device):
    anna = await visitors.window(HJO, device)
    await anna.open("/chatt")
    said = f"Lånecyklar{token_hex(3)} åt nattarbetare"
    answer = await anna.says(f"behov {said}")
    anyway = answer.get_by_role("button", name="Registrera ändå")
    if await anyway.count():
        await anyway.click()
    await anna.sees(anna.newest("Registrerat: Behov").get_by_text(said).first)
    await anna.is_in_order()

    bo = await visitors.window(SKARA, device)
    await bo.open("/behov")
    await bo.sees(bo.page.get_by_role("heading", name=re.compile("Registrerat")))
    await bo.is_in_order()
    await bo.page.get_by_role("link", name=re.compile(said)).click()
    await bo.button("Stötta").click()
    await bo.sees("Skara stöttar nu")
    await bo.is_in_order()


@SIZES
async def test_the_form_for_a_need_and_its_way_are_in_order(visitors: Visitors, device: Device):
    chef = await visitors.window(MANAGER, device)
    for path in ("/form/behov", "/visa/behov|6", "/visa/behov|6|vidare", "/visa/behov|6|historik"):
        await chef.open(path)
        await chef.is_in_order()
    await chef.open("/visa/behov|lista")
    await chef.is_in_order()
    await chef.open("/visa/uppdrag|lista")
    await chef.is_in_order()
    await chef.open("/form/uppdrag")
    await chef.is_in_order()
