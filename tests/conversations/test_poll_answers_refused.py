"""Answers that somebody tries to give who may not, too late, or to what is no longer asked."""

from datetime import timedelta

from sqlalchemy import text

from bot.language import kronor
from tests.conversations.asking import hears, key, told
from tests.conversations.conftest import Scene
from tests.conversations.polling import (
    CHEF,
    HJO,
    OFFICER,
    SKARA,
    TIBRO,
    answered_amounts,
    started,
)

KEEPER = "it@skaraborg"
OFFICERS_NAME = "Inflyttarsamordnare Hjo"


async def suggested(samspel: Scene, words: str = "ja 20 000") -> int:
    """What an official of Hjo suggests; its key."""
    officer = await samspel.person(OFFICER)
    await officer.says(f"rosta 1 {words}")
    assert officer.sees("Förslaget är sparat: Hjo")
    async with samspel.database.connection() as db:
        found = await db.scalar(
            text("SELECT id FROM poll_answers WHERE suggestion AND replaced_at IS NULL")
        )
        return int(found or 0)


async def test_another_municipalitys_button_does_nothing(samspel: Scene):
    await started(samspel)
    suggestion = await suggested(samspel)
    hjo = await key(samspel, "organisations", "Hjo")
    skara = await samspel.person(SKARA)
    for replayed in (f"svara_sa {hjo} {suggestion}", f"svara {hjo}", f"bekrafta {hjo}"):
        await skara.says(f"rosta 1 {replayed}")
        assert skara.sees("För Hjo svarar Kommundirektör Hjo.")
    await skara.says(f"rosta 1 svara {hjo} ja 1")
    await skara.says("rosta 1 svara Hjo ja 1")
    mine = await key(samspel, "organisations", "Skara")
    await skara.says(f"rosta 1 svara_sa {mine} {suggestion}")
    assert skara.sees("gäller inte längre.")
    assert await answered_amounts(samspel) == {}


async def test_nobody_without_mandate_gives_what_was_suggested(samspel: Scene):
    await started(samspel)
    suggestion = await suggested(samspel)
    hjo = await key(samspel, "organisations", "Hjo")
    officer = await samspel.person(OFFICER)
    await officer.says(f"rosta 1 svara_sa {hjo} {suggestion}")
    assert officer.sees("För Hjo svarar Kommundirektör Hjo.")
    keeper = await samspel.person(KEEPER)
    await keeper.says("rosta 1 ja 20 000")
    assert keeper.sees("Du arbetar inte i någon av kommunerna i omröstningen.")
    assert keeper.sees("ja 20 000")
    assert await answered_amounts(samspel) == {}


async def test_a_suggestion_is_given_by_one_press_while_it_stands(samspel: Scene):
    await started(samspel)
    old = await suggested(samspel, "ja 10 000")
    new = await suggested(samspel, "ja 20 000")
    hjo = await key(samspel, "organisations", "Hjo")
    director = await samspel.person(HJO)
    await director.says(f"rosta 1 svara_sa {hjo} {old}")
    assert director.sees("gäller inte längre.")
    assert await answered_amounts(samspel) == {}
    await director.says(f"rosta 1 svara_sa {hjo} {new}")
    assert director.sees("Svaret är registrerat: Hjo")
    assert await answered_amounts(samspel) == {"Hjo": 20_000}
    await director.says(f"rosta 1 svara_sa {hjo} {new}")
    assert director.sees("gäller inte längre.")


async def test_an_answer_after_closing_is_refused_and_given_back(samspel: Scene):
    chef = await started(samspel)
    director = await samspel.person(HJO)
    await director.says("rosta 1 svara")
    await chef.says("rosta 1 stäng")
    await chef.clicks("Ja, stäng")
    await director.fills(comment="Vi hinner inte", kind="no")
    assert director.sees("Den kan öppnas igen av Chef Omställning Skaraborg")
    assert director.sees("Vi hinner inte")
    await chef.says("rosta 1 för Hjo ja")
    assert chef.sees("Den kan öppnas igen av Chef Omställning Skaraborg")
    assert await answered_amounts(samspel) == {}


async def test_an_answer_after_the_last_hour_is_refused_though_nobody_has_closed(samspel: Scene):
    await started(samspel)
    async with samspel.database.transaction() as db:
        await db.execute(
            text("UPDATE polls SET closes_at = :now, opens_at = :before"),
            {"now": samspel.clock.now, "before": samspel.clock.now - timedelta(days=3)},
        )
    director = await samspel.person(HJO)
    await director.says("rosta 1 ja 20 000")
    assert director.sees("av Chef Omställning Skaraborg")
    assert await answered_amounts(samspel) == {}


async def test_an_answer_to_what_was_asked_before_is_shown_the_new_share(samspel: Scene):
    chef = await started(samspel)
    director = await samspel.person(HJO)
    await director.says("rosta 1 ja 300 000 Om Skara är med")
    assert await answered_amounts(samspel) == {"Hjo": 300_000}
    await chef.says("rosta 1 ändra förslag")
    await chef.fills(total="200 000", asked="200 000")
    await chef.fills()
    await chef.fills(reason="Ny offert")
    assert chef.sees("Har svarat och ska bekräfta: Hjo.")
    await chef.says("rosta 1 svar")
    assert chef.sees("gäller förra förslaget, bekräfta")
    await director.says("rosta 1 bekräfta")
    assert kronor(200_000) in director.sees_under("amount")
    await director.fills(amount="150 000")
    assert director.sees(f"Svaret är registrerat: Hjo, Ja, {kronor(150_000)} med villkor")
    await director.says("rosta 1 svar Hjo")
    assert director.sees("Gäller: ")
    assert director.sees("Ersatt: ")
    assert await answered_amounts(samspel) == {"Hjo": 150_000}


async def test_amounts_are_hidden_from_others_until_it_closes(samspel: Scene):
    chef = await started(samspel, shown="until_closing")
    await (await samspel.person(HJO)).says("rosta 1 ja 23 456 Bara för oss")
    tibro = await samspel.person(TIBRO)
    for words in ("rosta 1", "rosta 1 svar", "rosta 1 svar Hjo"):
        for person in (tibro, chef):
            await person.says(words)
            assert not person.sees(kronor(23_456))
            assert not person.sees("Bara för oss")
    await tibro.says("rosta 1 svar")
    assert tibro.sees("Har svarat")
    officer = await samspel.person(OFFICER)
    await officer.says("rosta 1 svar Hjo")
    assert officer.sees(kronor(23_456))
    assert not [each for each in await told(samspel, CHEF) if kronor(23_456) in each]
    await chef.says("rosta 1 stäng")
    await chef.clicks("Ja, stäng")
    await tibro.says("rosta 1 svar")
    assert tibro.sees(kronor(23_456))


async def test_whoever_answers_for_two_is_asked_which(samspel: Scene):
    await started(samspel)
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO employments (person_id, organisation_id, starts_on) "
                "SELECT p.id, o.id, '2026-01-01' FROM people p, organisations o "
                "WHERE p.email = :email AND o.name = 'Tibro'"
            ),
            {"email": f"{HJO}.example.se"},
        )
        await db.execute(
            text(
                "INSERT INTO mandates (person_id, organisation_id, kind, starts_on, given_by) "
                "SELECT p.id, o.id, 'co_financing', '2026-01-01', 'test' "
                "FROM people p, organisations o WHERE p.email = :email AND o.name = 'Tibro'"
            ),
            {"email": f"{HJO}.example.se"},
        )
    director = await samspel.person(HJO)
    await director.says("rosta 1 ja 20 000")
    assert director.sees("Vilken kommun svarar du för i omröstning 1?")
    assert director.sees("svara Hjo ja 20 000")
    assert await answered_amounts(samspel) == {}
    await director.says("rosta 1 svara Tibro ja 20 000")
    assert await answered_amounts(samspel) == {"Tibro": 20_000}
    assert await hears(samspel, TIBRO, "Kommundirektör Hjo har svarat för Tibro")
    await director.says("rosta 1 svara Hjo nej för dyrt")
    assert await answered_amounts(samspel) == {"Tibro": 20_000, "Hjo": None}
    await director.says("rosta 1 svara")
    await director.clicks("Hjo")
    await director.fills(kind="political")
    await director.fills(expected_on="2026-03-30")
    assert director.sees("Politiskt beslut väntas 30 mars 2026")


async def test_those_with_mandate_correct_what_was_recorded_for_them(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 för Hjo ja 20 000")
    await chef.fills(heard_by="meeting", said_by="Kommunchefen", said_on="2026-03-13")
    await chef.fills()
    assert chef.sees("Svaret är registrerat: Hjo")
    words = "Kommunchefen på möte 13 mars 2026, antecknat av Chef Omställning Skaraborg"
    await chef.says("rosta 1 svar Hjo")
    assert chef.sees(words)
    director = await samspel.person(HJO)
    await director.says("rosta 1 svara")
    await director.fills(kind="no", comment="Det sa vi inte")
    assert await answered_amounts(samspel) == {"Hjo": None}
    await chef.says("rosta 1 svar Hjo")
    assert chef.sees("Det sa vi inte")
    assert chef.sees(words)
