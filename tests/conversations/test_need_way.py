"""A need's way: from a line in chat to a decision and into the plan, by those whose step it is."""

import pytest

from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform

CHEF, STAFF, KEEPER = "chef@skaraborg", "ekonomi@skaraborg", "it@skaraborg"
OFFICER, DIRECTOR = "inflyttning@hjo", "kommundirektor@vara"
STEERING, REFERENCE, PRESIDIUM = "kommundirektor@hjo", "ledamot@hjo", "vice1@skovde"


async def registered(samspel: Scene) -> PersonOnPlatform:
    """A need, and whoever registered it."""
    hjo = await samspel.person(OFFICER)
    await hjo.says("behov Tolktjänst i vården saknas")
    return hjo


async def prepared(samspel: Scene) -> PersonOnPlatform:
    """The chef, who has begun preparing it."""
    chef = await samspel.person(CHEF)
    await chef.says("behov 1 vidare")
    await chef.clicks("Börja bereda")
    await chef.fills(preparer="Ekonomiansvarig, Kommunalförbundet", prepare_by="2026-05-29")
    assert chef.sees("Behov 1: Tolktjänst i vården saknas: 🔎 bereds")
    return chef


async def put(samspel: Scene, who: str, stage: str) -> PersonOnPlatform:
    """One of the body's members puts it to the next."""
    member = await samspel.person(who)
    await member.says("behov 1 vidare")
    await member.fills(reason="")
    assert member.sees(stage)
    return member


async def at_the_board(samspel: Scene) -> PersonOnPlatform:
    """The chef; the need lies with the direktion."""
    chef = await prepared(samspel)
    await put(samspel, STEERING, "hos politiska referensgruppen")
    await put(samspel, REFERENCE, "hos presidiet")
    await put(samspel, PRESIDIUM, "hos direktionen")
    return chef


async def accepted(samspel: Scene) -> PersonOnPlatform:
    """The chef, who has recorded that the direktion accepted it."""
    chef = await at_the_board(samspel)
    await chef.says("behov 1 anta")
    await chef.fills(met_on="2026-03-13", paragraph="14", reason="Behövs i alla kommuner.")
    assert chef.sees("✅ antaget")
    return chef


async def test_from_a_line_in_chat_to_an_activity(samspel: Scene):
    hjo = await registered(samspel)
    await hjo.says("behov 1 stötta")
    chef = await accepted(samspel)
    await chef.clicks("Gör till aktivitet")
    await chef.fills(area="5")
    await chef.fills(
        direction="ny",
        responsible="Ekonomiansvarig, Kommunalförbundet",
        ends_on="2026-12-18",
        budget="200 000",
    )
    await chef.fills(new_direction="Språk")
    assert chef.sees("har blivit aktiviteten SOC-")
    assert chef.sees("föreslagen tills direktionen fastställer en plan")
    await hjo.says("behov 1")
    assert hjo.sees("(föreslagen)")
    await hjo.says("behov 1 historik")
    assert hjo.sees("§ 14")
    assert hjo.sees("Antaget av direktionen")


async def test_whoever_registered_hears_why_it_was_declined(samspel: Scene):
    hjo = await registered(samspel)
    chef = await samspel.person(CHEF)
    await chef.says("behov 1 avslå")
    await chef.fills(reason="")
    assert chef.sees_under("reason")
    await chef.fills(reason="Regionen ansvarar för tolkar i vården.")
    assert chef.sees("⛔ avslaget")
    await hjo.says("behov 1")
    assert hjo.sees("Därför avslogs det: Regionen ansvarar för tolkar i vården.")


async def test_it_rests_and_goes_on_from_where_it_was(samspel: Scene):
    await registered(samspel)
    chef = await prepared(samspel)
    await chef.says("behov 1 vila Vi väntar på regionens besked")
    await chef.fills()
    assert chef.sees("💤 vilande")
    await chef.says("behov 1 ta upp")
    await chef.fills()
    assert chef.sees("Behov 1: Tolktjänst i vården saknas: 🔎 bereds")


async def test_a_step_is_taken_back_with_a_reason(samspel: Scene):
    hjo = await registered(samspel)
    chef = await prepared(samspel)
    await chef.says("behov 1 ångra")
    await chef.fills(reason="Fel behov.")
    assert chef.sees("Tillbakataget. Behov 1: Tolktjänst i vården saknas är registrerat.")
    await hjo.says("behov 1 historik")
    assert hjo.sees("(tillbakataget)")
    assert hjo.sees("skäl: Fel behov.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_no_other_step_is_taken_back_than_the_one_that_was_shown(samspel: Scene):
    await registered(samspel)
    chef = await prepared(samspel)
    await chef.says("behov 1 ångra")
    await put(samspel, STEERING, "hos politiska referensgruppen")
    await chef.fills(reason="Fel behov.")
    assert chef.sees("Inget är tillbakataget, för andra steg har hunnit emellan.")
    assert chef.sees("det senaste steget togs av Kommundirektör Hjo")
    await chef.clicks("Ta tillbaka steget")
    await chef.fills(reason="Fel vecka.")
    assert chef.sees("Tillbakataget. Behov 1: Tolktjänst i vården saknas är bereds.")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_body_that_declined_is_recorded_with_the_day_of_its_meeting(samspel: Scene):
    hjo = await registered(samspel)
    chef = await prepared(samspel)
    await chef.says("behov 1 avslå Regionen ansvarar")
    await chef.fills(body="board")
    assert chef.sees_under("met_on")
    assert chef.sees_under("paragraph")
    await chef.fills(body="board", met_on="2026-03-13", paragraph="9")
    assert chef.sees("⛔ avslaget")
    await hjo.says("behov 1 historik")
    assert hjo.sees("Avslaget av direktionen")
    assert hjo.sees("möte med direktionen 13 mars 2026 · § 9")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_the_history_shows_what_stood_before_an_edit_and_after(samspel: Scene):
    hjo = await registered(samspel)
    await hjo.says("behov 1 redigera")
    await hjo.fills(title="Tolkar på kvällar", description="Saknas i vården.")
    await hjo.says("behov 1 historik")
    assert hjo.sees("rubrik: före ”Tolktjänst i vården saknas”, efter ”Tolkar på kvällar”")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_a_need_is_merged_into_one_that_has_come_as_far_and_else_the_other_way(
    samspel: Scene,
):
    hjo = await registered(samspel)
    chef = await prepared(samspel)
    await hjo.says("behov Vikarier i förskolan")
    await chef.says("behov 1 slå ihop 2")
    assert chef.sees("Behov 2: Vikarier i förskolan har inte kommit lika långt som behov 1.")
    await chef.clicks("Slå ihop åt andra hållet")
    assert chef.sees("Behov 2 är ihopslaget med Behov 1")


async def test_staff_record_a_bodys_step_with_the_day_of_its_meeting(samspel: Scene):
    await registered(samspel)
    await prepared(samspel)
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 vidare")
    await staff.clicks("Till referensgruppen")
    await staff.fills()
    assert staff.sees_under("met_on")
    await staff.fills(met_on="2026-03-13")
    assert staff.sees("hos politiska referensgruppen")


async def test_notes_are_seen_by_those_who_prepare_alone(samspel: Scene):
    hjo = await registered(samspel)
    chef = await prepared(samspel)
    await chef.says("behov 1 anteckna Ring regionen på måndag")
    assert chef.sees("Bara ni som bereder det ser det.")
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 anteckningar")
    assert staff.sees("Ring regionen på måndag")
    await hjo.says("behov 1 anteckningar")
    assert hjo.sees("är för dem som bereder")
    await hjo.says("behov 1 historik")
    assert not hjo.sees("Ring regionen")


async def test_notes_join_the_record_when_the_preparation_is_done(samspel: Scene):
    hjo = await registered(samspel)
    chef = await prepared(samspel)
    await chef.says("behov 1 anteckna Regionen vill vara med")
    await chef.says("behov 1 vidare")
    await chef.clicks("Till referensgruppen")
    await chef.fills(met_on="2026-03-13", notes="1")
    await hjo.says("behov 1 historik")
    await hjo.clicks("Ur beredningen (1)")
    assert hjo.sees("Regionen vill vara med")


async def test_what_the_material_lacks_is_written_in_chat(samspel: Scene):
    hjo = await registered(samspel)
    await prepared(samspel)
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 underlag")
    await staff.fills(summary="Kommunerna saknar tolkar.", proposal="Direktionen antar behovet.")
    assert staff.sees("Kvar att skriva: Ekonomiska konsekvenser.")
    await hjo.says("behov 1 underlag")
    assert hjo.sees("Underlaget skrivs av handläggaren")


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (OFFICER, "Det är chefen som börjar bereda ett behov: Chef Omställning Skaraborg."),
        (STEERING, "Det är chefen som börjar bereda ett behov"),
        (REFERENCE, "Det är chefen som börjar bereda ett behov"),
        (PRESIDIUM, "Det är chefen som börjar bereda ett behov"),
        (KEEPER, "Behov registreras, stöttas och kommenteras av dem"),
    ],
)
async def test_none_but_the_chef_begins_preparing(samspel: Scene, who: str, told: str):
    await registered(samspel)
    person = await samspel.person(who)
    await person.says("behov 1 vidare")
    assert person.sees(told)


@pytest.mark.parametrize("who", [OFFICER, DIRECTOR, REFERENCE, PRESIDIUM])
async def test_none_but_the_styrgrupp_or_those_who_record_put_it_to_the_reference_group(
    samspel: Scene, who: str
):
    await registered(samspel)
    await prepared(samspel)
    person = await samspel.person(who)
    await person.says("behov 1 vidare")
    assert person.sees("Steget är ledamöternas i styrgruppen: Kommundirektör Falköping")


@pytest.mark.parametrize("who", [OFFICER, STEERING, PRESIDIUM])
async def test_none_but_those_who_record_write_the_boards_decision(samspel: Scene, who: str):
    await registered(samspel)
    await at_the_board(samspel)
    person = await samspel.person(who)
    await person.says("behov 1 anta")
    assert person.sees("Direktionen beslutar. Beslutet antecknas av chefen")
