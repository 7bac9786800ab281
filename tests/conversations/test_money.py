"""Money as people meet it: seen by everybody, entered by those who answer for it."""

from sqlalchemy import text

from bot.language import kronor, number
from tests.conversations.asking import CHEF, DIRECTOR, OFFICER, RESPONSIBLE, STAFF
from tests.conversations.conftest import Scene
from tests.conversations.persons import PersonOnPlatform

KEEPER = "it@skaraborg"
OTHER = "vux@falkoping"


async def spent(samspel: Scene) -> list[tuple[int, str, str | None]]:
    """Amount, words and number of each cost that counts."""
    async with samspel.database.connection() as db:
        found = await db.execute(
            text(
                "SELECT amount, name, reference FROM actual_costs "
                "WHERE taken_away_at IS NULL ORDER BY id"
            )
        )
        return [(row.amount, row.name, row.reference) for row in found]


async def pledges(samspel: Scene, amount: int, kind: str = "co_financing") -> None:
    """Hjo has pledged that to SAM-02 in a poll that the direktion has decided on."""
    async with samspel.database.transaction() as db:
        await db.execute(
            text("""
            WITH poll AS (
              INSERT INTO polls (kind, method, title, secrecy, binding, state, state_since,
                opens_at, closes_at, voters, version, started_by, started_at, activity_id)
              SELECT 'co_financing', 'pledge', 'Planresurser', 'open', true, 'closed', now(),
                now(), now() + interval '1 day', 'municipality', 1, p.id, now(), a.id
              FROM people p, activities a
              WHERE p.email = 'chef@skaraborg.example.se' AND a.code = 'SAM-02' RETURNING id
            ), voter AS (
              INSERT INTO poll_voters (poll_id, organisation_id, organisation_kind)
              SELECT poll.id, o.id, 'municipality' FROM poll, organisations o WHERE o.name = 'Hjo'
              RETURNING id
            ), answer AS (
              INSERT INTO poll_answers (voter_id, version, suggestion, kind, amount, hours,
                person_id, answered_at, platform)
              SELECT voter.id, 1, false, 'yes', CAST(:amount AS bigint),
                CASE :kind WHEN 'in_kind' THEN 40 END, p.id, now(), 'web'
              FROM voter, people p WHERE p.email = 'kommundirektor@hjo.example.se' RETURNING id
            )
            INSERT INTO funding_lines (activity_id, poll_answer_id, source, kind, amount, state,
              organisation_id)
            SELECT a.id, answer.id, 'Hjo', :kind, :amount, 'pledged', o.id
            FROM answer, activities a, organisations o WHERE a.code = 'SAM-02' AND o.name = 'Hjo'
            """),
            {"amount": amount, "kind": kind},
        )


async def test_everybody_sees_the_money_from_the_whole_plan_down_to_an_activity(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("pengar")
    assert officer.sees("Pengarna i planen 2026")
    assert officer.sees("Per insatsområde, kronor")
    await officer.clicks("Samhällsplanering")
    assert officer.sees("Pengarna i Samhällsplanering")
    await officer.clicks("Bostadsförsörjning")
    assert officer.sees("SAM-01 Gemensam bostadsförsörjningsanalys")
    await officer.clicks("SAM-02")
    assert officer.sees("Pengar: SAM-02")
    assert officer.sees(kronor(1_200_000))


async def test_any_part_is_found_by_its_name(samspel: Scene):
    officer = await samspel.person(OFFICER)
    for words, found in (
        ("budget SAM-01", "Pengar: SAM-01"),
        ("finansiering Etablering", "Pengarna i Etablering"),
        ("money energiförsörjning", "Pengarna i Energiförsörjning"),
        ("pengar hjo", "Pengar: Hjo"),
        ("pengar i Hjo kommun", "Pengar: Hjo"),
        ("pengar lista", "Pengar i 27 aktiviteter"),
        ("pengar kommuner", "Ingen kommun har utlovat något än."),
        ("pengar simhallen i rymden", "Jag hittar inget som heter ”simhallen i rymden”."),
    ):
        await officer.says(words)
        assert officer.sees(found), words


async def test_the_list_goes_on_where_it_ended(samspel: Scene):
    officer = await samspel.person(OFFICER)
    await officer.says("pengar lista")
    assert not officer.sees("Fler än 27")
    await officer.clicks("Visa fler")
    assert officer.sees("Pengar i 27 aktiviteter")


async def test_a_pledge_takes_the_place_of_what_was_planned(samspel: Scene):
    await pledges(samspel, 300_000)
    officer = await samspel.person(OFFICER)
    await officer.says("pengar SAM-02")
    assert officer.sees(number(900_000))
    assert officer.sees(number(300_000))
    await officer.says("pengar Hjo")
    assert officer.sees("Per aktivitet")
    assert officer.sees("SAM-02")
    await officer.says("pengar kommuner")
    assert officer.sees("Utlovat per kommun")


async def test_own_time_is_shown_with_its_hours(samspel: Scene):
    await pledges(samspel, 20_000, "in_kind")
    officer = await samspel.person(OFFICER)
    await officer.says("pengar Hjo")
    assert officer.sees("40 timmar")


async def test_the_one_responsible_enters_a_cost_in_a_line_and_takes_it_back(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("kostnad KOM-03 12 500 kr Konsult ver 4711")
    assert officer.sees("Bokfört på KOM-03")
    assert await spent(samspel) == [(12_500, "Konsult", "4711")]
    await officer.clicks("Ångra")
    assert officer.sees("Det räknas inte längre.")
    assert await spent(samspel) == []
    await officer.clicks("Lägg tillbaka")
    assert officer.sees("Det räknas igen.")
    assert await spent(samspel) == [(12_500, "Konsult", "4711")]
    await officer.says("kostnad lista KOM-03")
    assert officer.sees("4711")
    await officer.says("pengar KOM-03")
    assert officer.sees("Utfall")


async def test_what_is_not_whole_is_asked_for_and_nothing_typed_is_lost(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("kostnad KOM-03 12 500")
    assert officer.sees("Skriv vad det gäller, till exempel Konsult.")
    assert officer.has_kept(amount="12500")
    await officer.fills(what="Resor")
    assert officer.sees("Bokfört på KOM-03")
    await officer.says("kostnad KOM-03 Resor till Skara")
    assert officer.sees_under("amount")
    assert officer.has_kept(what="Resor till Skara")
    await officer.fills(amount="1,2 mkr")
    assert (1_200_000, "Resor till Skara", None) in await spent(samspel)


async def test_amounts_that_cannot_be_are_refused_kindly(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    for words in ("-500 Konsult", "0 Konsult", "9999999999999 Konsult"):
        await officer.says(f"kostnad KOM-03 {words}")
        assert officer.sees_under("amount"), words
    await officer.says("kostnad KOM-03 -500 Kreditfaktura")
    assert "kostnad rätta KOM-03" in officer.sees_under("amount")
    await officer.fills(amount="-1", what="Konsult")
    assert officer.sees_under("amount")
    assert await spent(samspel) == []


async def test_the_same_number_in_the_accounts_counts_once(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("kostnad KOM-03 500 Konsult ver A1")
    await officer.says("kostnad KOM-03 700 Resor ver a1")
    assert officer.sees_under("reference")
    assert officer.has_kept(what="Resor")
    assert await spent(samspel) == [(500, "Konsult", "A1")]
    await officer.fills(reference="A2")
    assert len(await spent(samspel)) == 2


async def test_costs_are_lowered_by_a_form_and_never_below_zero(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("kostnad KOM-03 12 500 Konsult")
    await officer.says("kostnad rätta KOM-03")
    await officer.fills(amount="12 501", what="Kreditfaktura")
    assert officer.sees_under("amount")
    await officer.fills(amount="2 500")
    assert officer.sees("Minskat på KOM-03")
    assert [amount for amount, _name, _number in await spent(samspel)] == [12_500, -2_500]
    await officer.says("kostnad lista KOM-03")
    await officer.clicks(f"Ta bort {number(12_500)} Konsult")
    assert officer.sees("Ta bort rättelsen först.")
    assert len(await spent(samspel)) == 2


async def tries(person: PersonOnPlatform, words: str) -> None:
    await person.says(f"kostnad KOM-03 500 {words}")


async def test_only_those_who_answer_for_it_enter_and_the_others_are_told_who(samspel: Scene):
    for email in (OFFICER, OTHER, KEEPER, DIRECTOR):
        person = await samspel.person(email)
        await tries(person, "Konsult")
        assert person.sees("Kostnader på KOM-03 bokförs av"), email
        assert person.sees("Du skrev: KOM-03 500 Konsult"), email
    assert await spent(samspel) == []
    for email in (RESPONSIBLE, CHEF, STAFF, "kommundirektor@skovde"):
        person = await samspel.person(email)
        await tries(person, email)
        assert person.sees("Bokfört på KOM-03"), email
    assert len(await spent(samspel)) == 4


async def test_anothers_cost_is_not_for_everybody_to_take_away(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("kostnad KOM-03 500 Konsult")
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("kostnad lista KOM-03")
    assert officer.sees("Konsult")
    assert not officer.sees("Ta bort 500 Konsult")
    await chef.says("kostnad lista KOM-03")
    assert chef.sees("Ta bort 500 Konsult")


async def test_staff_enter_what_a_resource_costs_and_others_are_told_who(samspel: Scene):
    officer, staff = await samspel.person(RESPONSIBLE), await samspel.person(STAFF)
    await officer.says("kostnad resurser")
    assert officer.sees("Inga kostnader för gemensamma resurser är angivna")
    assert not officer.sees("Ny resurskostnad")
    await staff.says("kostnad resurser")
    await staff.clicks("Ny resurskostnad")
    await staff.fills(what="Processledare", amount="650 tkr", funded_by="Kommunalförbundet")
    assert staff.sees("Processledare 2026 kostar")
    await staff.says("kostnad resurser")
    await staff.clicks("Ny resurskostnad")
    await staff.fills(what="processledare", amount="1", funded_by="Hjo")
    assert staff.sees_under("what")
    await staff.fills(what="Kommunikatör", year="2027")
    assert staff.sees("Kommunikatör 2027 kostar")
    await officer.says("kostnad resurser 2026")
    assert officer.sees("Processledare")
    await staff.says("kostnad resurser")
    await staff.clicks("Bokför kostnad")
    await staff.fills(amount="54 000", what="Lön januari")
    assert staff.sees("Bokfört på Processledare 2026")
    await staff.says("kostnad resurser")
    await staff.clicks("Ta bort")
    assert staff.sees("1 kostnad är bokförd på Processledare")


async def test_a_resource_is_changed_taken_away_and_put_back(samspel: Scene):
    staff = await samspel.person(STAFF)
    await staff.says("kostnad resurser")
    await staff.clicks("Ny resurskostnad")
    await staff.fills(what="Kansli", amount="100 000", funded_by="Kommunalförbundet")
    await staff.says("kostnad resurser")
    await staff.clicks("Ändra")
    assert staff.has_kept(what="Kansli", amount="100000")
    await staff.fills(amount="120 000")
    assert staff.sees("Ändrat: Kansli 2026 kostar")
    await staff.says("kostnad resurser")
    await staff.clicks("Ta bort")
    assert staff.sees("Borttaget: Kansli 2026.")
    await staff.clicks("Lägg tillbaka")
    assert staff.sees("Sparat: Kansli 2026")


async def test_every_change_stands_in_the_record_without_what_was_typed(samspel: Scene):
    officer = await samspel.person(RESPONSIBLE)
    await officer.says("kostnad KOM-03 500 Konsult Hemlig AB")
    await officer.clicks("Ångra")
    async with samspel.database.connection() as db:
        rows = await db.execute(
            text("SELECT action, fields, source FROM audit_lines WHERE thing = 'actual_cost' "
                 "ORDER BY id")
        )  # fmt: skip
        found = [(row.action, row.fields) for row in rows]
    assert found == [
        ("enter", ["amount", "name", "spent_on"]),
        ("take_away", ["taken_away_at"]),
    ]
