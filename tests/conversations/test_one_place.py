"""Stories of where a person wants what is to them: chosen in chat, and passed by when gone."""

from sqlalchemy import text

from bot.clock import in_stockholm
from storage.queries.letters import mail_is_set_up
from tests.conversations.conftest import Scene

OFFICER = "kompetens@skovde"
KEPT = """
SELECT s.name, s.value FROM personal_settings s JOIN people p ON p.id = s.person_id
WHERE p.email = 'kompetens@skovde.example.se' ORDER BY s.name
"""


async def _mail(samspel: Scene) -> None:
    now = samspel.clock()
    async with samspel.database.transaction() as db:
        await mail_is_set_up(db, today=in_stockholm(now).date(), now=now)


async def _kept(samspel: Scene) -> dict[str, object]:
    async with samspel.database.transaction() as db:
        return {row.name: row.value for row in await db.execute(text(KEPT))}


async def test_mail_is_chosen_and_given_up_again(samspel: Scene):
    await _mail(samspel)
    officer = await samspel.person(OFFICER)
    await officer.says("inställningar")
    assert officer.sees("den chatt jag använde senast")
    await officer.clicks("Ändra inställningar")
    assert officer.has_kept(place="senast")
    await officer.fills(place="email|mail")
    assert officer.sees("Sparat.")
    assert await _kept(samspel) == {"place": {"platform": "email", "tenant": "mail"}}
    await officer.says("inställningar")
    await officer.clicks("Ändra inställningar")
    assert officer.has_kept(place="email|mail")
    await officer.fills(place="senast")
    assert await _kept(samspel) == {}


async def test_letters_by_mail_are_stopped_and_wanted_again(samspel: Scene):
    await _mail(samspel)
    officer = await samspel.person(OFFICER)
    await officer.says("inställningar")
    assert officer.sees("sammanfattningar, påminnelser")
    await officer.clicks("Ändra inställningar")
    await officer.fills(mail_letters="reminder")
    assert await _kept(samspel) == {"mail_stops": ["digest"]}
    await officer.says("inställningar")
    await officer.clicks("Ändra inställningar")
    await officer.fills(mail_letters="digest")
    assert await _kept(samspel) == {"mail_stops": ["reminder"]}


async def test_what_is_chosen_and_gone_is_shown_as_the_last_used(samspel: Scene):
    await _mail(samspel)
    officer = await samspel.person(OFFICER)
    await officer.says("inställningar")
    await officer.clicks("Ändra inställningar")
    await officer.fills(place="email|mail")
    async with samspel.database.transaction() as db:
        await db.execute(text("UPDATE connections SET closed_at = now() WHERE platform = 'email'"))
    await officer.says("installningar")
    assert not officer.sees("Vad vill du ha med mejl?")
    await officer.opens_home()
    assert officer.sees("svenska")
