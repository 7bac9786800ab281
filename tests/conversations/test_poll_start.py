"""Starting a co-financing poll: of what, shared how, judged and shown before it is sent."""

from datetime import date

import pytest
from sqlalchemy import text

from bot.language import kronor
from tests.conversations.asking import hears, key, stops_directing
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform
from tests.conversations.polling import CHEF, HJO, LEADER, OFFICER, SKARA, STAFF, TITLE, started
from tests.patience import until


async def asked_for(samspel: Scene, asked: str = "950 000") -> PersonOnPlatform:
    """The chef, who has said what PLA-01 costs and what the municipalities are asked for."""
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny PLA-01")
    await chef.fills(total="950 000", funded="0", asked=asked)
    return chef


async def previewed(samspel: Scene, **more: str) -> PersonOnPlatform:
    """The chef, who sees the shares per inhabitant before they are sent."""
    chef = await asked_for(samspel)
    await chef.fills()
    await chef.fills(title=TITLE, closes_on="2026-03-31", **more)
    return chef


async def count_polls(samspel: Scene) -> int:
    """How many polls there are."""
    async with samspel.database.connection() as db:
        return int(await db.scalar(text("SELECT count(*) FROM polls")) or 0)


async def shares(samspel: Scene) -> dict[str, int]:
    """What each municipality is asked for in the first poll."""
    async with samspel.database.connection() as db:
        found = await db.execute(
            text("SELECT o.name, s.amount FROM poll_shares s "
                 "JOIN organisations o ON o.id = s.organisation_id WHERE s.poll_id = 1")
        )  # fmt: skip
        return {row.name: row.amount for row in found}


async def weights(samspel: Scene, weight: str, **others: str) -> dict[str, str]:
    """The weight for every municipality, and others for those that are named."""
    async with samspel.database.connection() as db:
        found = await db.execute(
            text("SELECT id, name FROM organisations WHERE kind = 'municipality'")
        )
        return {f"vikt_{row.id}": others.get(row.name, weight) for row in found}


async def test_the_cards_of_an_activity_and_a_need_lead_to_a_poll_about_their_money(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("aktivitet PLA-01")
    await chef.clicks("Fråga om medfinansiering")
    await chef.fills(total="950 000", funded="0", asked="950 000")
    await chef.fills()
    await chef.fills(title=TITLE, closes_on="2026-03-31")
    assert chef.sees(f"Tillsammans {kronor(950_000)}")
    await chef.fills(opens="now")
    await chef.says("behov Tolktjänst i vården saknas")
    await chef.says("behov 1 vidare")
    await chef.clicks("Fråga om medfinansiering")
    await chef.fills(total="10 000", funded="0", asked="10 000")
    await chef.fills()
    await chef.fills(closes_on="2026-03-31")
    assert chef.sees(f"Tillsammans {kronor(10_000)}")
    officer = await samspel.person(OFFICER)
    await officer.says("aktivitet PLA-01")
    assert not officer.sees("Fråga om medfinansiering")


async def test_a_need_is_asked_for_with_its_own_words(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("behov Tolktjänst i vården saknas")
    await chef.says("rosta ny behov 1")
    assert chef.sees("Gäller behov 1 Tolktjänst i vården saknas.")
    await chef.fills(total="1,2 mkr", funded="200 tkr", asked="1 000 000")
    await chef.fills()
    await chef.fills(closes_on="2026-03-31")
    assert chef.sees(f"Tillsammans {kronor(1_000_000)} av 15 kommuner, per invånare.")
    await chef.fills(opens="now")
    assert chef.sees("Omröstning 1: Tolktjänst i vården saknas är skickad.")
    async with samspel.database.connection() as db:
        found = await db.execute(
            text("SELECT p.need_id, p.activity_id, f.total, f.funded FROM polls p "
                 "JOIN poll_proposals f ON f.poll_id = p.id")
        )  # fmt: skip
        assert tuple(found.one()) == (1, None, 1_200_000, 200_000)


async def test_what_cannot_be_found_is_said_and_nothing_is_opened(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny behov 99")
    assert chef.sees("Behov 99 finns inte.")
    await chef.says("rosta ny Månlandning")
    assert chef.sees("Jag hittar ingen aktivitet som heter ”Månlandning”.")


async def test_one_of_several_activities_is_chosen(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny medfinansiering gemensam")
    assert chef.sees("Flera aktiviteter passar. Vilken menar du?")
    await chef.clicks("SAM-01")
    assert chef.sees("Gäller SAM-01 Gemensam bostadsförsörjningsanalys.")


@pytest.mark.parametrize("who", [OFFICER, STAFF, HJO])
async def test_whoever_may_not_start_is_told_who_does(samspel: Scene, who: str):
    person = await samspel.person(who)
    await person.says("rosta ny PLA-01")
    assert person.sees("startas av chefen, Chef Omställning Skaraborg, eller förbundsdirektören")
    assert await count_polls(samspel) == 0


@pytest.mark.parametrize("asked", ["-1", "0", "1000000000000", "mycket", "12,5 kr"])
async def test_what_is_no_sum_of_money_is_asked_for_again(samspel: Scene, asked: str):
    chef = await asked_for(samspel, asked)
    assert chef.sees_under("asked")
    assert chef.has_kept(asked=asked)
    await chef.fills(funded="1 mkr", asked="1")
    assert chef.sees_under("funded")
    await chef.fills(funded="50 000", asked="950 000")
    assert chef.sees_under("asked")
    await chef.fills(asked="900 000")
    assert chef.sees("Fördelningsnyckel")


async def test_a_part_in_equal_shares_and_the_rest_per_inhabitant(samspel: Scene):
    chef = await asked_for(samspel)
    await chef.fills(sharing_key="mixed")
    await chef.fills(equal_percent="mycket")
    assert chef.sees_under("equal_percent")
    await chef.fills(equal_percent="40 %")
    await chef.fills(closes_on="2026-03-31")
    assert chef.sees("40 % i lika delar, resten per invånare")
    await chef.fills(opens="now")
    found = await shares(samspel)
    assert sum(found.values()) == 950_000
    assert min(found.values()) > 0.4 * 950_000 / 15


async def test_a_percentage_that_is_left_behind_holds_nothing_up(samspel: Scene):
    chef = await asked_for(samspel)
    await chef.fills(sharing_key="mixed")
    await chef.fills(equal_percent="mycket")
    await chef.fills(sharing_key="equal")
    await chef.fills(closes_on="2026-03-31")
    assert chef.sees(f"Tillsammans {kronor(950_000)} av 15 kommuner, lika delar.")


async def test_own_weights_are_numbers_of_which_some_is_more_than_nothing(samspel: Scene):
    chef = await asked_for(samspel)
    await chef.fills(sharing_key="weights")
    await chef.fills(**await weights(samspel, "1", Hjo="mycket"))
    first, hjo = [
        f"vikt_{await key(samspel, 'organisations', name)}" for name in ("Essunga", "Hjo")
    ]
    assert "Skriv ett tal från 0, till exempel 1 eller 2,5." in chef.sees_under(hjo)
    await chef.fills(**await weights(samspel, "0"))
    assert "någon vikt vara större än noll" in chef.sees_under(first)
    await chef.fills(**await weights(samspel, "0", Hjo="2,5", Skara="7,5"))
    await chef.fills(closes_on="2026-03-31")
    assert chef.sees("egna vikter")
    await chef.fills(opens="now")
    found = await shares(samspel)
    assert (found["Hjo"], found["Skara"], found["Tibro"]) == (237_500, 712_500, 0)


async def test_a_missing_figure_is_named_where_the_key_is_chosen(samspel: Scene):
    async with samspel.database.transaction() as db:
        await db.execute(text("DELETE FROM populations WHERE organisation_id = "
                              "(SELECT id FROM organisations WHERE name = 'Hjo')"))  # fmt: skip
    chef = await asked_for(samspel)
    await chef.fills()
    said = "Folkmängden saknas för Hjo."
    assert chef.sees(said) or said in chef.sees_under("sharing_key")
    await chef.fills(sharing_key="equal")
    assert chef.sees("Visa andelarna")


async def test_the_last_day_is_to_come_and_a_link_leads_to_a_page(samspel: Scene):
    chef = await asked_for(samspel)
    await chef.fills()
    await chef.fills(closes_on="2026-03-15", link="javascript:alert(1)")
    assert chef.sees_under("closes_on")
    assert chef.sees_under("link")
    await chef.fills(closes_on="2026-03-31", link="https://")
    assert chef.sees_under("link")
    await chef.fills(link="https://example.se/underlag")
    assert chef.sees("Folkmängd 31 dec. 2019, enligt SCB.")


async def test_a_municipality_that_nobody_answers_for_is_pointed_out(samspel: Scene):
    await stops_directing(samspel, HJO)
    async with samspel.database.transaction() as db:
        await db.execute(
            text("UPDATE mandates SET ends_on = '2026-03-01' WHERE organisation_id = "
                 "(SELECT id FROM organisations WHERE name = 'Hjo')")
        )  # fmt: skip
    chef = await previewed(samspel)
    assert chef.sees("Ingen kan svara för Hjo. Ge mandat först, eller anteckna svaret själv.")
    await chef.fills(opens="now")
    assert chef.sees("Ingen kan svara för Hjo.")
    assert await hears(samspel, SKARA, "Skara ombeds bidra med")
    assert not await hears(samspel, HJO, "ombeds bidra med")


async def test_a_poll_begins_with_those_who_take_part_and_what_they_are_to_pay(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rosta ny SOC-02")
    assert chef.has_kept(total="860000", asked="430000")
    await chef.fills(funded="430 000")
    await chef.fills()
    await chef.fills(closes_on="2026-03-31")
    await chef.fills(opens="now")
    assert set(await shares(samspel)) == {"Tidaholm", "Falköping", "Skövde", "Hjo"}


async def test_who_decides_is_chosen_among_the_meetings_to_come(samspel: Scene):
    async with samspel.database.transaction() as db:
        added = await db.execute(
            text("INSERT INTO meetings (body_id, title, held_on, kind) SELECT b.id, b.name, day, "
                 "'ordinary' FROM bodies b, (VALUES (date '2026-03-27'), ('2026-04-24')) d(day) "
                 "WHERE b.kind = 'board' RETURNING body_id")
        )  # fmt: skip
        board = added.scalars().first()
    chef = await previewed(samspel, decides=f"{board}:2026-03-27")
    assert chef.sees("Sista svarsdag 31 mars 2026 är inte före mötet 27 mars 2026.")
    await chef.clicks("Tillbaka")
    await chef.fills(decides=f"{board}:2026-04-24")
    assert not chef.sees("är inte före mötet")
    await chef.fills(opens="now")
    async with samspel.database.connection() as db:
        found = (await db.execute(text("SELECT decider_id, decided_by FROM polls"))).one()
    assert tuple(found) == (board, date(2026, 4, 24))
    await chef.says("rosta ny PLA-01")
    await chef.fills()
    await chef.fills()
    assert chef.has_kept(closes_on="2026-03-30"), "in two weeks, before a meeting is chosen"
    await chef.fills(decides=f"{board}:2026-03-27")
    assert not chef.sees("är inte före mötet")
    assert chef.sees("Svara senast 26 mars 2026.")
    await chef.clicks("Tillbaka")
    assert chef.has_kept(closes_on="2026-03-26"), "before the meeting that was chosen"


async def test_one_that_opens_later_is_told_of_then(samspel: Scene):
    chef = await previewed(samspel)
    await chef.fills(opens="later")
    await chef.fills(opens_on="2026-04-20")
    assert chef.sees_under("opens_on")
    await chef.fills(opens_on="2026-03-20")
    assert chef.sees("är sparad och öppnar")
    assert chef.sees("När den öppnar får de som har mandat sin kommuns andel privat.")
    assert not await hears(samspel, HJO, "Hjo ombeds bidra med")
    hjo = await samspel.person(HJO)
    await hjo.says("rosta 1 ja")
    assert hjo.sees("är inte öppen än")
    samspel.clock.passes(days=3, hours=22, minutes=59)
    await hjo.says("rosta 1 ja")
    assert hjo.sees("är inte öppen än"), "a minute before eight"
    samspel.clock.passes(minutes=1)
    await until(lambda: hears(samspel, HJO, "Hjo ombeds bidra med"))


async def test_a_sounding_becomes_formal_once_whoever_sends_last(samspel: Scene):
    chef = await started(samspel, binding="sounding")
    leader = await samspel.person(LEADER)
    for person in (chef, leader):
        await person.says("rosta 1 formell")
        await person.fills()
        await person.fills()
        await person.fills(closes_on="2026-04-15")
    await chef.fills(opens="now")
    assert chef.sees("Omröstning 2: Platsvarumärke är skickad.")
    await leader.fills(opens="now")
    assert leader.sees("har redan blivit formell: omröstning 2")
    assert await count_polls(samspel) == 2


async def test_staff_who_may_not_make_it_formal_are_shown_no_such_button(samspel: Scene):
    chef = await started(samspel, binding="sounding")
    await chef.says("rosta 1 hantera")
    assert chef.sees("Gör formell")
    staff = await samspel.person(STAFF)
    await staff.says("rosta 1 hantera")
    assert staff.sees("Svar åt en kommun")
    assert not staff.sees("Gör formell")


async def test_a_template_begins_a_new_poll_and_is_taken_away(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 spara som mall")
    await chef.fills(name="Årets medfinansiering")
    await chef.says("rosta mallar")
    await chef.clicks("Använd")
    await chef.fills(activity="KOM-03")
    await chef.fills()
    await chef.fills(title="Nästa års medfinansiering", closes_on="2026-04-15")
    assert chef.sees(f"Tillsammans {kronor(950_000)} av 15 kommuner, per invånare.")
    await chef.fills(opens="now")
    assert chef.sees("Omröstning 2: Nästa års medfinansiering är skickad.")
    await chef.says("rosta mallar")
    await chef.clicks("Ta bort")
    assert chef.sees("Inga mallar än.")
