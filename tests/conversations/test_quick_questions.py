"""Quick questions and questions of dates, in one line to one's own network."""

import pytest
from sqlalchemy import text

from bot.plan import PlanInMemory
from bot.schedule import run_due
from bot.settings import Settings
from tests.conversations.asking import hears
from tests.conversations.conftest import Scene

ASKER, MEMBER = "kompetens@skovde", "vux@falkoping"
STRANGER = "inflyttning@hjo"
ALSO_IN_ANOTHER = """
INSERT INTO memberships (person_id, body_id, starts_on, given_by)
SELECT p.id, b.id, '2026-01-01', 'test' FROM people p, bodies b
WHERE p.email = :email AND b.id = (
  SELECT min(id) FROM bodies WHERE kind = 'network' AND name <> 'Kompetens')
"""


async def test_a_question_is_asked_and_answered_in_one_line_each(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta "Vem tar anteckningar?" Hjo, Tibro')
    assert asker.sees("Frågan är ställd till Kompetens.")
    member = await samspel.person(MEMBER)
    await member.says("rosta 1 Tibro")
    assert member.sees("Din röst är registrerad. Tibro")
    await member.says("rosta 1 Hjo")
    assert member.sees("Din röst är registrerad. Hjo")
    await asker.says("rosta 1")
    assert asker.sees("Leder nu: Hjo.")
    stranger = await samspel.person(STRANGER)
    await stranger.says("rosta 1 Hjo")
    assert stranger.sees("Omröstningen är för medlemmarna i Kompetens.")


async def test_a_press_on_the_card_is_a_vote(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta "Ses vi på plats?"')
    await asker.says("rosta 1")
    await asker.clicks("Ja")
    assert asker.sees("Din röst är registrerad. Ja")


@pytest.mark.parametrize(
    ("title", "choices"),
    [
        ('Vad menas med "nära vård"?', ["Ja", "Nej"]),
        ("Är det Hjo's tur", ["Ja, i vår", "vi stänger kontoret"]),
        ("Hur många?", ["En", "Två", "Flera"]),
    ],
)
async def test_the_form_asks_what_its_fields_say_word_for_word(
    samspel: Scene, title: str, choices: list[str]
):
    asker = await samspel.person(ASKER)
    await asker.says("rosta ny fraga")
    await asker.fills(title=title, choices="\n".join(choices))
    assert asker.sees("Frågan är ställd till Kompetens.")
    async with samspel.database.connection() as db:
        assert (await db.execute(text("SELECT title, method FROM polls"))).all() == [
            (title, "choice")
        ]
        labels = await db.scalars(text("SELECT label FROM poll_options ORDER BY position"))
        assert list(labels) == choices


async def test_the_form_of_dates_reads_a_time_a_line(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says("rosta ny datum")
    await asker.fills(title='Möte om "vård"', choices="2026-12-08 9-11\nsnart")
    assert "Jag förstår inte ”snart”" in asker.sees_under("choices")
    await asker.fills(choices="2026-12-08 9-11\n2026-12-15 13-15")
    assert asker.sees("Frågan är ställd till Kompetens.")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT title FROM polls")) == 'Möte om "vård"'
        assert await db.scalar(text("SELECT count(*) FROM poll_options")) == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ('"Vem?" Hjo', "Ett svarsalternativ räcker inte."),
        ('"Vem?" Hjo, hjo', "står två gånger"),
        ('"Vem?" Hjo, Tibro öppnar snart', "Jag förstår inte tiden ”snart”."),
        ('datum "Möte" 12 maj', "Skriv dag och tid: 12 maj 9-11."),
    ],
)
async def test_what_is_wrong_is_said_and_given_back(samspel: Scene, words: str, says: str):
    asker = await samspel.person(ASKER)
    await asker.says(f"rosta {words}")
    assert asker.sees(says)
    assert asker.sees("Du skrev:")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT count(*) FROM polls")) == 0


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ('"Vem tar anteckningar?" Hjo, Tibro', "Vem tar anteckningar?"),
        ('datum "Nätverksmöte" 2026-12-08 9-11, 2026-12-15 13-15', "Nätverksmöte"),
    ],
)
async def test_whom_is_chosen_by_a_button_that_asks_its_own_line(
    samspel: Scene, words: str, title: str
):
    async with samspel.database.transaction() as db:
        await db.execute(text(ALSO_IN_ANOTHER), {"email": f"{ASKER}.example.se"})
    asker = await samspel.person(ASKER)
    await asker.says(f"rosta {words}")
    assert asker.sees("Vem ska frågan gå till? Inget är skickat än.")
    await asker.says("rosta lista")
    await asker.clicks("Kompetens")
    assert asker.sees("Frågan är ställd till Kompetens.")
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT title FROM polls")) == title


async def test_presses_put_in_and_take_out_where_several_may_be_chosen(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta "Vilka dagar?" Måndag, Tisdag flera')
    for press, says in (
        ("Måndag", "Din röst är registrerad. Måndag"),
        ("Tisdag", "Din röst är registrerad. Måndag, Tisdag"),
        ("Måndag", "Din röst är registrerad. Tisdag"),
    ):
        await asker.says("rosta 1")
        await asker.clicks(press)
        assert asker.sees(says)


async def test_options_are_as_many_as_a_question_holds(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta "Vem?" Hjo, Tibro')
    await asker.says("rosta 1 ändra")
    many = "\n".join(f"Rad {n}" for n in range(11))
    await asker.fills(options=many)
    assert "Högst 10 alternativ ryms." in asker.sees_under("options")
    assert asker.has_kept(options=many)
    await asker.fills(options="x" * 151 + "\nRad 1")
    assert "högst 150 tecken" in asker.sees_under("options")
    await asker.fills(options="\n".join(many.splitlines()[:10]))
    await asker.says("rosta 1 lägg till Rad 11")
    assert asker.sees("Det finns redan 10 alternativ, och fler ryms inte.")
    assert asker.sees("Du skrev: Rad 11")


async def test_no_time_is_added_to_a_question_of_dates(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta datum "Möte" 2026-12-08 9-11')
    await asker.says("rosta 1 lägg till 9 dec 9-11")
    assert asker.sees("Tider läggs inte till i efterhand.")
    assert asker.sees("Du skrev: 9 dec 9-11")


async def test_hidden_answers_stay_hidden_and_it_opens_when_it_says(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta "Vem?" Hjo, Tibro dolt öppnar 2026-12-01 9')
    assert asker.sees("Frågan är sparad: 🕓 öppnar")
    member = await samspel.person(MEMBER)
    await member.says("rosta 1 Hjo")
    assert member.sees("är inte öppen än")


async def test_the_time_is_chosen_also_when_the_question_has_closed_by_itself(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta datum "Nätverksmöte" 2026-12-08 9-11, 2026-12-15 13-15')
    member = await samspel.person(MEMBER)
    await member.says("rosta 1 1 nej, 2 ja")
    async with samspel.database.connection() as db:
        closes_at = await db.scalar(text("SELECT closes_at FROM polls"))
    samspel.clock.passes(seconds=(closes_at - samspel.clock.now).total_seconds())
    await closes_by_itself(samspel)
    samspel.clock.passes(hours=16)
    await asker.says("rosta 1")
    await asker.clicks("Välj tid")
    await asker.clicks("15 dec. 2026 13:00–15:00")
    assert asker.sees("Mötet ligger i kalendern.")
    assert await hears(samspel, MEMBER, "Det blir 15 dec. 2026 13:00")
    await asker.says("rosta 1 välj tid")
    await asker.clicks("8 dec. 2026 09:00–11:00")
    assert asker.sees("är stängd"), "one is chosen"
    async with samspel.database.connection() as db:
        days = await db.scalars(text("SELECT held_on FROM meetings WHERE title = 'Nätverksmöte'"))
        assert [str(each) for each in days] == ["2026-12-15"]
        assert await db.scalar(text("SELECT count(*) FROM poll_outcomes")) == 1


async def closes_by_itself(samspel: Scene) -> None:
    """By the clock, unless the running bot did it just before."""
    await run_due(samspel.database, samspel.clock(), Settings(), PlanInMemory())
    async with samspel.database.connection() as db:
        assert await db.scalar(text("SELECT state FROM polls")) == "closed"


async def test_the_best_date_becomes_a_meeting(samspel: Scene):
    asker = await samspel.person(ASKER)
    await asker.says('rosta datum "Nätverksmöte" 2026-12-08 9-11, 2026-12-15 13-15')
    assert asker.sees("Frågan är ställd till Kompetens.")
    member = await samspel.person(MEMBER)
    await member.says("rosta 1 1 nej, 2 ja")
    assert member.sees("15 dec. 2026 13:00")
    await member.says("rosta 1 välj tid")
    assert member.sees("Det gör")
    await asker.says("rosta 1 välj tid")
    await asker.clicks("15 dec. 2026 13:00–15:00")
    assert asker.sees("Mötet ligger i kalendern.")
    assert await hears(samspel, MEMBER, "Det blir 15 dec. 2026 13:00")
    async with samspel.database.connection() as db:
        held = await db.scalar(
            text("SELECT held_on FROM meetings WHERE title = 'Nätverksmöte' AND NOT cancelled")
        )
        assert str(held) == "2026-12-15"
    await member.says("rosta 1 1 ja")
    assert member.sees("är stängd")
