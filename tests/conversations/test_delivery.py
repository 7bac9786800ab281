"""Stories of what did not arrive: seen by administrators alone, and tried again from chat."""

from sqlalchemy import text

from tests.conversations.conftest import Scene
from tests.patience import until

ADMINISTRATOR = "it@skaraborg"
OFFICER = "kompetens@skovde"
WORDS = "Kursen börjar på måndag"


async def failed(samspel: Scene, many: int) -> None:
    """So many messages were given up in the web's channel of the network."""
    async with samspel.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO messages (conversation_id, view, state, failure, attempts, "
                "attempted_at) SELECT c.id, CAST(:view AS jsonb), 'failed', 'Inget svar i tid', 3, "
                "now() FROM conversations c, generate_series(1, :many) "
                "WHERE c.address = 'channel:kompetens'"
            ),
            {"many": many, "view": f'{{"kind": "card", "summary": "{WORDS}"}}'},
        )


async def left(samspel: Scene) -> int:
    async with samspel.database.connection() as db:
        return await db.scalar(text("SELECT count(*) FROM messages WHERE state = 'failed'"))


async def test_when_all_arrives_the_administrator_is_told_so(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("leverans")
    assert administrator.sees("Allt som har skickats har gått fram")
    await administrator.opens_home()
    assert not administrator.sees("har inte gått fram")


async def test_one_and_then_all_are_tried_again_and_arrive(samspel: Scene):
    await failed(samspel, 3)
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.opens_home()
    assert administrator.sees("3 meddelanden har inte gått fram")
    await administrator.clicks("Visa vad som inte gått fram")
    assert administrator.sees("Inget svar i tid")
    assert not administrator.sees(WORDS)
    await administrator.clicks("Försök igen")
    assert administrator.sees("1 försöks nu igen.")
    assert await left(samspel) == 2
    await administrator.clicks("Försök med alla 2 igen")

    async def none_left() -> bool:
        return await left(samspel) == 0

    await until(none_left)
    await administrator.says("leverans")
    assert administrator.sees("Allt som har skickats har gått fram")


async def test_others_are_told_who_sees_it(samspel: Scene):
    await failed(samspel, 1)
    officer = await samspel.person(OFFICER)
    await officer.says("leverans")
    assert officer.sees("Bara administratörerna ser vad som inte har gått fram.")
    await officer.opens_home()
    assert not officer.sees("1 meddelande har inte gått fram")
