"""Who may take which step of a need's way: every role tried at each stage, and told who can."""

import pytest

from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform

MEMBER, STAFF, KEEPER = "kultur@skara", "infrastruktur@skaraborg", "it@skaraborg"
STEERING, REFERENCE, PRESIDIUM = "kommundirektor@hjo", "ledamot@hjo", "vice1@skovde"
BOARD = "ledamot@mariestad"
CHEF, FEDERATION = "chef@skaraborg", "forbundsdirektor@skaraborg"
PREPARER = "Ekonomiansvarig, Kommunalförbundet"
CHEF_BEGINS = "Det är chefen som börjar bereda ett behov: Chef Omställning Skaraborg."
THOSE_WHO_RECORD = (
    "Det gör chefen (Chef Omställning Skaraborg), förbundsdirektören eller förbundets medarbetare."
)
PUTS_ON = {
    "preparing": "kommundirektor@skovde",
    "reference_group": "vice2@falkoping",
    "presidium": "ordforande@lidkoping",
}
"""Who puts it on from each stage: a member of the body whose step it is."""

REFUSED = {
    "registered": ((MEMBER, STEERING, REFERENCE, PRESIDIUM, BOARD), CHEF_BEGINS),
    "preparing": (
        (MEMBER, REFERENCE, PRESIDIUM, BOARD),
        "Steget är ledamöternas i styrgruppen: Kommundirektör Falköping",
    ),
    "reference_group": (
        (MEMBER, STEERING),
        "Steget är ledamöternas i politiska referensgruppen: Andre vice ordförande",
    ),
    "presidium": (
        (MEMBER, STEERING, REFERENCE, BOARD),
        "Steget är ledamöternas i presidiet: Andre vice ordförande direktionen",
    ),
    "board": (
        (MEMBER, STEERING, REFERENCE, PRESIDIUM, BOARD),
        "Direktionen beslutar. Beslutet antecknas av chefen, Chef Omställning Skaraborg",
    ),
}
"""At each stage, those who may not put it on, and what they are told."""


async def brought_to(samspel: Scene, stage: str) -> PersonOnPlatform:
    """A need at that stage, and whoever registered it."""
    hjo = await samspel.person("inflyttning@hjo")
    await hjo.says("behov Tolktjänst i vården saknas")
    if stage == "registered":
        return hjo
    chef = await samspel.person(CHEF)
    await chef.says("behov 1 vidare")
    await chef.clicks("Börja bereda")
    await chef.fills(preparer=PREPARER, prepare_by="2026-05-29")
    for at, who in PUTS_ON.items():
        if at == stage:
            break
        await puts_on(samspel, who)
    return hjo


async def puts_on(samspel: Scene, who: str) -> PersonOnPlatform:
    """One of the body's members puts it on."""
    member = await samspel.person(who)
    await member.says("behov 1 vidare")
    await member.fills(reason="")
    return member


@pytest.mark.parametrize("stage", REFUSED)
async def test_whoever_may_not_put_it_on_is_told_who_may(samspel: Scene, stage: str):
    await brought_to(samspel, stage)
    others, told = REFUSED[stage]
    for who in others:
        person = await samspel.person(who)
        await person.says("behov 1 vidare")
        assert person.sees(told), who


@pytest.mark.parametrize("stage", ["registered", "preparing", "reference_group"])
async def test_an_administrator_has_no_part_in_it(samspel: Scene, stage: str):
    await brought_to(samspel, stage)
    keeper = await samspel.person(KEEPER)
    await keeper.says("behov 1 vidare")
    assert keeper.sees("Behov registreras, stöttas och kommenteras av dem")


async def test_staff_may_end_what_is_registered_but_not_begin_to_prepare_it(samspel: Scene):
    await brought_to(samspel, "registered")
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 vidare")
    assert staff.sees("Avslå")
    assert staff.sees("Chef Omställning Skaraborg har det nu och utser den som bereder det.")
    assert not staff.sees("Börja bereda")


async def test_the_federations_director_begins_to_prepare(samspel: Scene):
    await brought_to(samspel, "registered")
    director = await samspel.person(FEDERATION)
    await director.says("behov 1 vidare")
    await director.clicks("Börja bereda")
    await director.fills(preparer=PREPARER, prepare_by="2026-05-29")
    assert director.sees("🔎 bereds")


async def test_those_who_do_not_record_neither_decline_nor_let_rest(samspel: Scene):
    await brought_to(samspel, "preparing")
    for who in (MEMBER, STEERING, REFERENCE, PRESIDIUM):
        person = await samspel.person(who)
        await person.says("behov 1 avslå Det finns redan")
        assert person.sees(THOSE_WHO_RECORD), who
        before = person.count(THOSE_WHO_RECORD)
        await person.says("behov 1 vila Vi väntar")
        assert person.count(THOSE_WHO_RECORD) >= before, who
        await person.says("behov 1")
        assert person.sees("🔎 bereds")
        assert not person.sees("💤 vilande")


async def test_what_rests_is_taken_up_by_those_who_record_alone(samspel: Scene):
    hjo = await brought_to(samspel, "registered")
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 vila Vi väntar på regionens besked")
    await staff.fills()
    assert staff.sees("💤 vilande")
    await hjo.says("behov 1 ta upp")
    assert hjo.sees(THOSE_WHO_RECORD)
    await staff.says("behov 1 ta upp")
    await staff.fills()
    assert staff.sees("📝 registrerat")


async def test_a_step_is_taken_back_by_whoever_took_it_or_by_the_chef_alone(samspel: Scene):
    await brought_to(samspel, "preparing")
    taker = await puts_on(samspel, PUTS_ON["preparing"])
    for who in (MEMBER, STEERING, REFERENCE, STAFF):
        other = await samspel.person(who)
        await other.says("behov 1 ångra Det var för tidigt")
        assert other.sees("Steget kan tas tillbaka av den som tog det, Kommundirektör Skövde"), who
    await taker.says("behov 1 ångra Det var för tidigt")
    await taker.fills()
    assert taker.sees("Tillbakataget. Behov 1: Tolktjänst i vården saknas är bereds")


async def test_another_preparer_is_named_by_chef_or_director_alone(samspel: Scene):
    await brought_to(samspel, "preparing")
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 handläggare")
    assert staff.sees("Det gör chefen (Chef Omställning Skaraborg) eller förbundsdirektören.")
    director = await samspel.person(FEDERATION)
    await director.says("behov 1 handläggare")
    await director.fills(
        preparer="Strateg infrastruktur, Kommunalförbundet", prepare_by="2026-05-15"
    )
    assert director.sees("Strateg infrastruktur är handläggare för Behov 1")
    await staff.says("behov 1 anteckningar")
    assert staff.sees("Arbetsanteckningar: Behov 1")


async def test_nobody_makes_an_activity_of_what_is_not_accepted(samspel: Scene):
    await brought_to(samspel, "board")
    member = await samspel.person(MEMBER)
    await member.says("behov 1 blir aktivitet")
    assert member.sees(THOSE_WHO_RECORD)
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 blir aktivitet")
    assert staff.sees("Det går inte med behov 1 som det är nu: 🏛 hos direktionen.")


async def test_a_decision_of_the_direktion_wants_its_paragraph(samspel: Scene):
    await brought_to(samspel, "preparing")
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 avslå Regionen ansvarar")
    await staff.fills(body="board", met_on="2026-03-13", paragraph="")
    assert staff.sees_under("paragraph")
    await staff.fills(paragraph="9")
    assert staff.sees("⛔ avslaget")


async def test_what_is_in_the_plan_has_no_next_step_for_anybody(samspel: Scene):
    await brought_to(samspel, "board")
    staff = await samspel.person(STAFF)
    await staff.says("behov 1 anta")
    await staff.fills(met_on="2026-03-13", paragraph="14")
    await staff.says("behov 1 blir område")
    await staff.fills(area_name="Språk")
    assert staff.sees("har blivit insatsområdet Språk")
    await staff.says("behov 1 vidare")
    assert staff.sees("Det går inte med behov 1 som det är nu: ✅ antaget.")
