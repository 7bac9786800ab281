"""A long answer, a page at a time: which rows are shown, that they end, and reasons kept."""

from tests.conversations.conftest import Scene

CHEF = "chef@skaraborg"


async def test_the_pages_of_an_answer_follow_one_another_and_end(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("vilka aktiviteter har vi?")
    assert not chef.sees("Det här är 9–16 av 27.")
    for rows in ("9–16", "17–24", "25–27"):
        await chef.says("mer")
        assert chef.sees(f"Det här är {rows} av 27.")
    for _ in range(2):
        await chef.says("mer")
        assert chef.sees("Det var allt: alla 27 är visade.")
    before = chef.count("Det här är 9–16 av 27.")
    await chef.clicks("Visa från början")
    await chef.says("mer")
    assert chef.count("Det här är 9–16 av 27.") == before + 1


async def test_an_answer_of_one_page_has_no_more(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("vem ansvarar för energiplanen?")
    await chef.says("mer")
    assert chef.sees("Det finns inget mer att visa.") or chef.sees("Det var allt: 1 är visad.")


async def test_the_reasons_go_on_over_the_pages(samspel: Scene):
    chef = await samspel.person(CHEF)
    for n, code in enumerate(("STR-01", "STR-02", "KOM-01", "KOM-02", "KOM-03", "SAM-01", "SAM-02",
                              "SAM-03", "SOC-01")):  # fmt: skip
        await chef.says(f"rapport {code} avvikelse Orsak nummer {n}x. Åtgärd: Vi bokar om")
    await chef.says("vilka är röda?")
    await chef.says("varför?")
    reasons = {n for n in range(9) if chef.count(f"Orsak nummer {n}x") > 1}
    assert reasons
    await chef.says("mer")
    assert chef.sees("Det här är 9–9 av 9.")
    assert {n for n in range(9) if chef.count(f"Orsak nummer {n}x") > 1} == set(range(9))
