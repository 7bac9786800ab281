"""Applications to outside funders, from a plan to money or the lack of it, on every platform."""

import pytest
from sqlalchemy import text

from bot.language import kronor
from tests.conversations.asking import hears
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform

CHEF, STAFF, KEEPER = "chef@skaraborg", "ekonomi@skaraborg", "it@skaraborg"
RESPONSIBLE, WRITER, OUTSIDER = "kompetens@skovde", "vux@falkoping", "inflyttning@hjo"
NEW_WRITER = "vux@lidkoping"
WRITERS_NAME = "Rektor vuxenutbildning Falköping"


async def registered(samspel: Scene, **more: str) -> PersonOnPlatform:
    """The one responsible for KOM-03, who has planned an application that another writes."""
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("ansökan ny KOM-03 ESF+")
    filled = {
        "amount": "2,7 mkr",
        "match_demanded": "1 300 000",
        "writer": f"{WRITERS_NAME}, Falköping",
        "last_day": "2026-05-15",
        "expected_on": "2026-10-01",
        "reports": "2027-09-01, 2027-03-01",
    }
    await officer.fills(**{**filled, **more})
    assert officer.sees(
        f"Sparat: {kronor(2_700_000)} planeras att sökas. {WRITERS_NAME} skriver ansökan."
    )
    return officer


async def applied(samspel: Scene) -> PersonOnPlatform:
    """The writer, who has sent it to the funder."""
    await registered(samspel)
    writer = await samspel.person(WRITER)
    await writer.says("ansökan 1 skickad 2026-03-13")
    assert writer.sees("Sparat: skickad 13 mars 2026.")
    return writer


async def funding(samspel: Scene) -> list[tuple[str, int, str]]:
    """The lines beside the plan."""
    async with samspel.database.connection() as db:
        found = await db.execute(
            text(
                "SELECT source, amount, state FROM funding_lines "
                "WHERE application_id IS NOT NULL ORDER BY id"
            )
        )
        return [(row.source, row.amount, row.state) for row in found]


async def test_what_is_granted_is_the_activitys_funding_at_once(samspel: Scene):
    writer = await samspel.person(WRITER)
    officer = await registered(samspel)
    assert await funding(samspel) == []
    assert await hears(samspel, WRITER, f"har bett dig skriva ansökan på {kronor(2_700_000)}")
    await writer.says("ansökan 1 skickad")
    await writer.fills(day="2026-03-13")
    assert writer.sees("Sparat: skickad 13 mars 2026.")
    assert await funding(samspel) == [("ESF+", 2_700_000, "applied")]
    assert await hears(samspel, RESPONSIBLE, f"{WRITERS_NAME} skickade ansökan")
    assert not await hears(samspel, WRITER, f"{WRITERS_NAME} skickade ansökan")
    await writer.says("ansökan 1 beviljad")
    assert writer.has_kept(amount="2700000", day="2026-03-16")
    await writer.fills(amount="2 000 000", record_number="ESF 2026/041")
    assert writer.sees(
        f"Sparat: {kronor(2_000_000)} av sökta {kronor(2_700_000)} är nu beviljad finansiering"
    )
    assert writer.sees(f"I KOM-03 saknas nu {kronor(1_200_000)}.")
    assert await funding(samspel) == [("ESF+", 2_000_000, "granted")]
    assert await hears(samspel, RESPONSIBLE, f"I KOM-03 saknas nu {kronor(1_200_000)}.")
    await officer.says("ansökan 1")
    assert officer.sees(f"✅ beviljad · {kronor(2_000_000)} av {kronor(2_700_000)}")
    assert officer.sees("ESF 2026/041")
    await officer.sees_in(
        "kompetens", f"✅ Beviljad: {kronor(2_000_000)} av sökta {kronor(2_700_000)}"
    )


async def test_what_is_rejected_leaves_the_money_lacking(samspel: Scene):
    writer = await applied(samspel)
    await writer.says("ansökan 1 avslag För få deltagare i grupperna")
    assert writer.sees(f"Sparat: avslag 16 mars 2026. I KOM-03 saknas nu {kronor(3_200_000)}.")
    assert await funding(samspel) == [("ESF+", 2_700_000, "rejected")]
    assert await hears(samspel, RESPONSIBLE, "För få deltagare i grupperna")
    await writer.says("ansökan 1")
    assert writer.sees("❌ avslag")
    await writer.says("ansökan 1 beviljad 1 mkr")
    assert writer.sees("Det går inte med ansökan 1 som den är nu: ❌ avslag.")


@pytest.mark.parametrize("who", [OUTSIDER, KEEPER])
async def test_whoever_may_not_is_told_who_can_and_gets_the_words_back(samspel: Scene, who: str):
    await applied(samspel)
    other = await samspel.person(who)
    can = (
        f"Det gör {WRITERS_NAME}, som skriver ansökan, Kompetensstrateg Skövde, som ansvarar för "
        "KOM-03, chefen, förbundsdirektören eller förbundets medarbetare."
    )
    await other.says("ansökan 1 avslag Det var fel fond")
    assert other.sees(can)
    assert other.sees("Du skrev: Det var fel fond")
    for words in ("beviljad 2 mkr", "beviljad", "redigera", "ångra", "dra tillbaka Nej"):
        await other.says(f"ansökan 1 {words}")
        assert other.sees(can)
    await other.says("ansökan ny KOM-03")
    assert other.sees("En ansökan för KOM-03 registreras av Kompetensstrateg Skövde")
    await other.says("ansökan 1")
    assert other.sees(f"📨 skickad · {kronor(2_700_000)}")
    assert not other.sees("Dra tillbaka")
    assert await funding(samspel) == [("ESF+", 2_700_000, "applied")]


async def test_one_without_an_activity_is_told_who_registers(samspel: Scene):
    keeper = await samspel.person(KEEPER)
    await keeper.says("ansökan ny")
    assert keeper.sees("Ansökningar registreras av den som ansvarar för aktiviteten")
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("ansökan ny")
    await officer.fills(activity="PLA-01", fund="Vinnova", amount="10 000")
    assert "Välj en aktivitet som du ansvarar för." in officer.sees_under("activity")
    assert officer.has_kept(fund="Vinnova", amount="10 000")


@pytest.mark.parametrize("amount", ["-1", "0", "mycket", "2 000 000 000 000", "12,5", "10%"])
async def test_what_is_no_amount_is_asked_again_and_nothing_is_lost(samspel: Scene, amount: str):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("ansökan ny KOM-03")
    await officer.fills(fund="Vinnova", amount=amount, call="Kompetens 2026")
    assert officer.sees_under("amount")
    assert officer.has_kept(fund="Vinnova", amount=amount, call="Kompetens 2026")
    await officer.fills(amount="1,2 mkr")
    assert officer.sees(f"Sparat: {kronor(1_200_000)} planeras att sökas.")


async def test_days_and_links_that_cannot_be_read_are_pointed_out(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("ansökan ny KOM-03 Vinnova")
    await officer.fills(
        amount="10 000",
        reports="2027-03-01, i höst",
        link="vinnova.se",
        last_day="2026-05-15",
        expected_on="2026-05-01",
    )
    assert "”i” är inget datum." in officer.sees_under("reports")
    assert "Skriv hela adressen" in officer.sees_under("link")
    assert "före sista dagen, 15 maj 2026" in officer.sees_under("expected_on")
    assert officer.has_kept(reports="2027-03-01, i höst", link="vinnova.se")
    await officer.fills(
        reports="2027-03-01", link="https://vinnova.example.se/1", expected_on="2026-06-01"
    )
    assert officer.sees(f"Sparat: {kronor(10_000)} planeras att sökas.")


async def test_an_amount_typed_in_the_line_that_is_none_opens_the_form_with_it(samspel: Scene):
    writer = await applied(samspel)
    await writer.says("ansökan 1 beviljad allt vi bad om")
    assert writer.sees_under("amount")
    assert writer.has_kept(amount="allt vi bad om")
    await writer.says("ansökan 1 beviljad 2,5 mkr")
    assert writer.sees(
        f"{kronor(2_500_000)} av sökta {kronor(2_700_000)} är nu beviljad finansiering i KOM-03."
    )


async def test_a_day_to_come_is_refused(samspel: Scene):
    await registered(samspel)
    writer = await samspel.person(WRITER)
    await writer.says("ansökan 1 skickad 2026-03-17")
    assert writer.sees("Välj 16 mars 2026 eller tidigare.")
    await writer.fills(day="2026-03-16")
    assert writer.sees("Sparat: skickad 16 mars 2026.")
    await writer.says("ansökan 1 beviljad")
    await writer.fills(day="2026-03-15")
    assert "Välj 16 mars 2026 eller senare." in writer.sees_under("day")


async def test_the_latest_step_is_taken_back_for_a_reason(samspel: Scene):
    writer = await applied(samspel)
    await writer.says("ansökan 1 beviljad 2 mkr")
    await writer.clicks("Ångra")
    await writer.fills(reason="")
    assert writer.sees_under("reason")
    await writer.fills(reason="Beslutet gällde en annan")
    assert writer.sees(f"Ångrat. 📨 Skickad igen. I KOM-03 saknas nu {kronor(500_000)}.")
    assert await funding(samspel) == [("ESF+", 2_700_000, "applied")]
    assert await hears(samspel, RESPONSIBLE, "Beslutet gällde en annan")
    await writer.says("ansökan 1 ångra Den skickades aldrig")
    assert writer.sees("Ångrat. 📝 Planerad igen.")
    assert await funding(samspel) == []
    await writer.says("ansökan 1 ångra En gång till")
    assert writer.sees("Det går inte med ansökan 1 som den är nu: 📝 planerad.")
    await writer.says("ansökan 1 historik")
    assert writer.sees("Den skickades aldrig")
    assert writer.sees("att den beviljades")


async def test_an_old_button_takes_nothing_else_back(samspel: Scene):
    await registered(samspel)
    writer, staff = await samspel.person(WRITER), await samspel.person(STAFF)
    await writer.says("ansökan 1 skickad i dag")
    await staff.says("ansökan 1 beviljad 2 mkr")
    await writer.clicks("Ångra")
    await writer.fills(reason="Den gick inte iväg")
    assert writer.sees("Det har hänt mer sedan dess, så inget är ångrat.")
    assert writer.sees("Du skrev: Den gick inte iväg")
    assert await funding(samspel) == [("ESF+", 2_000_000, "granted")]


async def test_one_that_is_drawn_back_funds_nothing(samspel: Scene):
    writer = await applied(samspel)
    await writer.says("ansökan 1 dra tillbaka Vi får inte ihop medfinansieringen")
    assert writer.sees("Tillbakadragen. De som berörs får veta det.")
    assert await funding(samspel) == []
    assert await hears(samspel, RESPONSIBLE, "Vi får inte ihop medfinansieringen")


async def test_a_changed_amount_changes_the_funding_and_the_new_writer_hears(samspel: Scene):
    await applied(samspel)
    staff, _new = await samspel.person(STAFF), await samspel.person(NEW_WRITER)
    await staff.says("ansökan 1 redigera")
    assert staff.has_kept(amount="2700000", writer="vux@falkoping.example.se")
    await staff.fills(amount="2 500 000", writer="Rektor vuxenutbildning Lidköping, Lidköping")
    assert staff.sees("Sparat. De som berörs får veta det.")
    assert await funding(samspel) == [("ESF+", 2_500_000, "applied")]
    assert await hears(samspel, NEW_WRITER, f"har bett dig skriva ansökan på {kronor(2_500_000)}")
    assert await hears(samspel, RESPONSIBLE, "har ändrat: sökt belopp, vem som skriver.")
    await staff.says("ansökan 1 redigera")
    await staff.fills()
    assert staff.sees("Inget är ändrat.")


async def test_reports_that_the_funder_demands_are_sent_one_by_one(samspel: Scene):
    writer = await applied(samspel)
    await writer.says("ansökan 1 rapporterad")
    assert writer.sees("Det går inte med ansökan 1 som den är nu: 📨 skickad.")
    await writer.says("ansökan 1 beviljad 2,7 mkr")
    await writer.says("ansökan 1 rapporterad 2027-03-01")
    assert writer.sees("Sparat: rapporten till 1 mars 2027 är skickad. Nästa är 1 sep. 2027.")
    await writer.says("ansökan 1 rapporterad")
    await writer.fills()
    assert writer.sees("Sparat: rapporten till 1 sep. 2027 är skickad. Det var den sista.")
    await writer.says("ansökan 1 rapporterad")
    assert writer.sees("Det finns ingen rapport kvar att skicka för ansökan 1.")


async def test_lists_are_by_state_area_activity_fund_and_ones_own(samspel: Scene):
    await applied(samspel)
    chef = await samspel.person(CHEF)
    await chef.says("ansökan ny PLA-01 Tillväxtverket")
    await chef.fills(amount="400 000", last_day="2026-04-01")
    await chef.says("ansökan")
    assert chef.sees("2 ansökningar")
    assert chef.sees(f"📝 planerad {kronor(400_000)}, 📨 skickad {kronor(2_700_000)}")
    for words in ("skickade", "Kompetens", "KOM-03", "esf", "till esf+"):
        await chef.says(f"ansökan {words}")
        assert chef.sees("1 ansökan")
        assert chef.sees("svar väntas 1 okt. 2026")
    await chef.says("ansökan mina")
    assert chef.sees("sista dag 1 apr. 2026")
    await chef.says("ansökan beviljade")
    assert chef.sees("Inga ansökningar passar: beviljad.")
    await chef.says("ansökan Vinnova")
    assert chef.sees("Inga ansökningar passar: ”Vinnova”.")
    await chef.says("ansökan 99")
    assert chef.sees("Ansökan 99 finns inte.")
    await chef.says("ansökan 1 bjud på fika")
    assert chef.sees("Vad vill du göra med Ansökan 1: ESF+ för KOM-03?")


async def test_ones_own_page_says_what_one_writes_and_until_when(samspel: Scene):
    await registered(samspel)
    writer = await samspel.person(WRITER)
    await writer.opens_home()
    assert writer.sees("Ansökningar du skriver")
    assert writer.sees("sista dag 15 maj 2026")
    outsider = await samspel.person(OUTSIDER)
    await outsider.opens_home()
    assert not outsider.sees("Ansökningar du skriver")


async def test_all_of_a_long_list_can_be_reached(samspel: Scene):
    chef = await samspel.person(CHEF)
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO applications (activity_id, fund, amount, writer_id, state_since, "
                "registered_by, registered_at) SELECT a.id, 'Fond ' || n, n * 1000, p.id, now(), "
                "p.id, now() FROM generate_series(1, 12) n, activities a, people p "
                "WHERE a.code = 'KOM-03' AND p.email = 'chef@skaraborg.example.se'"
            )
        )
    await chef.says("ansökan mina fond")
    assert chef.sees("12 ansökningar: mina, ”fond”")
    assert chef.sees("Fond 12")
    assert not chef.sees("Fond 2")
    await chef.clicks("Visa fler")
    assert chef.sees("Fond 2")
