"""The page of what could not be delivered: for administrators, with cause and a retry."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import insert, select, text

from bot.outbox import Outbox, ToConversation
from handlers.web.delivery_pages import A_PAGE
from storage.models import Conversation, Message, Role
from tests.delivery.scene import Scene, card
from tests.platforms.conftest import MovedClock, Web
from tests.platforms.web_browser import Browser, fields_of
from tests.platforms.web_scene import NOW

WORDS = "Hemligt om Bos sjukdom"


async def administrator(web: Web) -> Browser:
    """Bo, who is made an administrator."""
    async with web.database.transaction() as db:
        role = {"role": "administrator", "starts_on": date(2026, 1, 1), "given_by": "test"}
        await db.execute(insert(Role).values(person_id=web.people["Bo"], **role))
    return await web.browser("Bo Åberg")


async def failed(web: Web, many: int = 1, *, address: str = "kompetens") -> int:
    """So many messages that were given up in a Slack channel; its key."""
    channel = await Scene(web.database).channel(address, platform="slack", tenant="T1")
    outbox = Outbox()
    for n in range(many):
        outbox.say(ToConversation(channel), lambda n=n: card(f"{WORDS} {n}"))
    async with web.database.transaction() as db:
        await outbox.flush(db)
        await db.execute(
            text(
                "UPDATE messages SET state = 'failed', failure = 'Slack: is_archived', "
                "attempts = 3, attempted_at = now(), expires_at = now() WHERE conversation_id = :c"
            ),
            {"c": channel},
        )
    return channel


async def states(web: Web, channel: int) -> list[str]:
    async with web.database.connection() as db:
        asked = select(Message.state).where(Message.conversation_id == channel)
        return list((await db.execute(asked.order_by(Message.id))).scalars())


async def test_when_all_has_arrived_the_page_says_so(web: Web):
    bo = await administrator(web)
    await bo.open("/leverans")
    assert bo.status == HTTPStatus.OK
    assert bo.sees("Allt som har skickats har gått fram.")


@pytest.mark.parametrize("name", ["Anna Ek", "Cilla Chef"])
async def test_nobody_else_has_such_a_page_nor_its_buttons(web: Web, name: str):
    channel = await failed(web)
    somebody = await web.browser(name)
    await somebody.open("/")
    form = somebody.page.one("form", action="/logga-ut")
    token = dict(fields_of(form))["form-token"]
    answer = await somebody.client.post("/leverans", data={"form-token": token, "nr": "alla"})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    await somebody.open("/leverans")
    assert somebody.status == HTTPStatus.NOT_FOUND
    assert somebody.sees("Bara administratörerna ser vad som inte har gått fram.")
    assert await states(web, channel) == ["failed"]


async def test_what_failed_stands_with_its_cause_and_never_with_its_words(web: Web):
    await failed(web)
    bo = await administrator(web)
    await bo.open("/leverans")
    assert bo.sees("1 meddelande har inte gått fram")
    assert bo.sees("kompetens i Slack")
    assert bo.sees("Slack: is_archived")
    assert WORDS not in bo.html


async def test_one_is_tried_again_by_its_button(web: Web):
    channel = await failed(web, 2)
    bo = await administrator(web)
    await bo.open("/leverans")
    await bo.presses("Försök igen")
    assert bo.path == "/leverans"
    assert bo.sees("1 försöks nu igen.")
    assert sorted(await states(web, channel)) == ["failed", "waiting"]
    async with web.database.connection() as db:
        kept = await db.scalar(select(Message.expires_at).where(Message.state == "waiting"))
    assert kept is None, "it is tried also when it is too old by now"


async def test_all_are_tried_again_and_the_list_is_empty(web: Web):
    channel = await failed(web, A_PAGE + 3)
    bo = await administrator(web)
    await bo.open("/leverans")
    assert bo.sees("Sida 1 av 2")
    await bo.presses("Nästa")
    assert bo.sees("Sida 2 av 2")
    await bo.presses("Försök med alla 23 igen")
    assert bo.sees("23 försöks nu igen.")
    assert bo.sees("Väntar på att skickas 23")
    assert set(await states(web, channel)) == {"waiting"}


async def test_in_a_closed_channel_there_is_nothing_to_try(web: Web):
    channel = await failed(web)
    await Scene(web.database).alter(Conversation, channel, closed_at=NOW)
    bo = await administrator(web)
    await bo.open("/leverans")
    assert bo.sees("kompetens i Slack (stängd)")
    assert "Försök igen:" not in bo.html
    assert await states(web, channel) == ["failed"]


@pytest.mark.parametrize("wanted", ["message-999", "card-1", "x", "message-" + "9" * 30, ""])
async def test_what_is_not_on_the_list_changes_nothing(web: Web, wanted: str):
    channel = await failed(web)
    bo = await administrator(web)
    await bo.open("/leverans")
    form = next(each for each in bo.page.all("form") if each.attributes["action"] == "/leverans")
    await bo.send(form, {"nr": wanted})
    assert bo.sees("Inget försöks igen")
    assert await states(web, channel) == ["failed"]


async def test_addresses_of_pages_that_are_not_there_show_the_nearest(web: Web):
    await failed(web, 2)
    bo = await administrator(web)
    for page in ("0", "99", "abc", "-1"):
        await bo.open(f"/leverans?sida={page}")
        assert bo.sees("2 meddelanden har inte gått fram"), page


async def test_the_administrators_chat_and_home_tell_and_lead_there(web: Web, clock: MovedClock):
    channel = await failed(web, 5)
    clock.now = NOW + timedelta(minutes=1)
    bo = await administrator(web)
    await bo.open("/")
    assert bo.sees("5 meddelanden har inte gått fram")
    await bo.open("/chatt")
    await bo.says("leverans")
    assert bo.sees("kompetens i Slack: Slack: is_archived")
    await bo.presses("Nästa")
    await bo.presses("Försök igen")
    assert bo.sees("1 försöks nu igen.")
    assert sorted(await states(web, channel)) == ["failed"] * 4 + ["waiting"]
    await bo.presses("Försök med alla 4 igen")
    assert bo.sees("Allt som har skickats har gått fram")
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says("leverans")
    assert anna.sees("Bara administratörerna ser vad som inte har gått fram.")
