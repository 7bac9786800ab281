"""Talking on the web, without script: lines, cards, buttons, rooms, other people's privacy."""

import asyncio
from datetime import timedelta
from typing import cast

import psycopg
import pytest
from sqlalchemy import func, insert, make_url, select, text

from bot.conversations.forms import stored
from bot.conversations.views import Card
from bot.conversations.views import text as words
from bot.delivery import CardGone, Destination, Key
from handlers.web.channels import ensure_web_channels
from handlers.web.send import WebPlatform
from storage.models import (
    ChannelBinding,
    Conversation,
    Message,
    PostedCard,
    StatusReport,
    StoredFile,
    Turn,
)
from tests.platforms.conftest import MovedClock, Web
from tests.views import HOSTILE


async def test_a_line_is_answered_in_the_private_chat(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says("rapport KOM-03 grön Avtalet är klart")
    assert anna.sees("rapport KOM-03 grön Avtalet är klart")
    assert anna.sees("Sparat:")
    assert anna.path == f"/chatt/{web.people['Anna']}"


async def test_a_line_of_hostile_words_stands_as_typed(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/kanal/energi")
    await anna.says(HOSTILE)
    assert any(each.text() == HOSTILE for each in anna.page.all("p"))
    assert len(anna.page.all("script")) == 1


async def test_ten_thousand_characters_emoji_and_nul_are_taken(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/kanal/energi")
    await anna.says("🙂 " + "å" * 10_000 + "\x00slut")
    assert anna.status == 200
    assert anna.sees("å" * 10_000 + "slut")


async def test_the_same_page_sent_twice_is_one_turn(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    sent = {"words": "rapport KOM-03 risk Avtalet försenat"}
    first, second = await asyncio.gather(anna.send(form, sent), anna.send(form, sent))
    assert first.status_code == second.status_code == 200
    async with web.database.connection() as db:
        assert await db.scalar(select(func.count()).select_from(StatusReport)) == 1
        assert await db.scalar(select(func.count()).select_from(Turn)) == 1


async def test_the_same_page_with_other_words_is_another_turn(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    for line in ("första", "andra"):
        await anna.send(form, {"words": line})
    async with web.database.connection() as db:
        assert await db.scalar(select(func.count()).select_from(Turn)) == 2


async def test_everybody_reads_a_channel_and_only_one_a_private_answer(web: Web):
    anna, bo = await web.browser("Anna Ek"), await web.browser("Bo Åberg")
    await anna.open("/kanal/energi")
    await anna.says("samspel obegripligt")
    assert anna.sees("Det vet jag inget om")
    assert anna.sees("Bara du ser det här")
    await bo.open("/kanal/energi")
    assert bo.sees("samspel obegripligt")
    assert not bo.sees("Det vet jag inget om")


async def test_nobody_opens_the_private_chat_of_another(web: Web):
    await (await web.browser("Anna Ek")).open("/chatt")
    bo = await web.browser("Bo Åberg")
    for path in ("/chatt/{}", "/tidslinje/chatt/{}", "/live/chatt/{}"):
        await bo.open(path.format(web.people["Anna"]))
        assert bo.status == 404


async def test_a_line_posted_into_the_private_chat_of_another_is_not_said_there(web: Web):
    anna, bo = await web.browser("Anna Ek"), await web.browser("Bo Åberg")
    await bo.open("/chatt")
    form = bo.page.one("form", class_="composer")
    form.attributes["action"] = f"/chatt/{web.people['Anna']}"
    await bo.send(form, {"words": "intrång"})
    await anna.open("/chatt")
    assert not anna.sees("intrång")


async def test_own_rooms_stand_first(web: Web):
    bo = await web.browser("Bo Åberg")
    nav = bo.page.one("nav")
    headings = [each.text() for each in nav.all("h2")]
    links = [each.text().lstrip("#✦⌂▦☑¤") for each in nav.all("a")]
    assert headings == ["Mina kanaler", "Andra kanaler"]
    assert links[:5] == ["Hem", "Samspel, privat", "Behov", "Omröstningar", "Pengar"]
    assert links[5:] == ["Styrgruppen", "Chef", "Energi", "Kultur & fritid"]


async def test_a_button_is_pressed_in_its_conversation(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says("rapport KOM-03 grön Allt väl")
    await anna.presses("Visa aktiviteten")
    assert anna.path == f"/chatt/{web.people['Anna']}"
    assert anna.sees("Skaraborgs energiplan")


async def test_a_press_that_is_none_of_ours_is_refused(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/")
    form = anna.page.one("form", action="/logga-ut")
    form.attributes["action"] = "/tryck"
    await anna.send(form, {"form-press": "../../etc", "form-key": "nyckel-nyckel"})
    assert anna.status == 422


async def test_older_lines_are_a_page_away(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/kanal/energi")
    for n in range(35):
        await anna.says(f"rad nummer {n:02d}.")
    assert anna.sees("rad nummer 34.")
    assert not anna.sees("rad nummer 04.")
    await anna.presses("Visa äldre")
    assert anna.sees("rad nummer 00.")
    assert anna.sees("rad nummer 04.")
    assert not anna.sees("rad nummer 05.")


async def test_a_link_in_a_card_only_looks(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/visa/historik%7CKOM-03")
    assert anna.status == 200
    assert anna.sees("KOM-03")


async def test_a_link_that_would_change_something_asks_with_a_button(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says("rapport KOM-03 grön Allt väl")
    unchanged = next(
        each.attributes["value"]
        for each in (await anna.open("/")).page.all("button", name="form-press")
        if each.text() == "Oförändrat"
    )
    await anna.open("/visa/" + unchanged.replace("|", "%7C"))
    assert anna.sees("Vill du fortsätta?")
    async with web.database.connection() as db:
        assert await db.scalar(select(func.count()).select_from(StatusReport)) == 1
    await anna.presses("Fortsätt")
    async with web.database.connection() as db:
        assert await db.scalar(select(func.count()).select_from(StatusReport)) == 2


async def _conversation(web: Web, address: str) -> Destination:
    async with web.database.connection() as db:
        key = await db.scalar(select(Conversation.id).where(Conversation.address == address))
    return Destination(cast(int, key), "web", "web", address, "channel", "sv", None)


async def test_what_is_delivered_twice_is_shown_once(web: Web, clock: MovedClock):
    platform, there = WebPlatform(web.database, clock), await _conversation(web, "channel:energi")
    card = Card(summary="Veckans läge", parts=(words("Veckans läge & annat"),))
    async with web.database.transaction() as db:
        made = insert(Message).values(conversation_id=there.conversation_id, view=stored(card))
        key = Key("message", (await db.execute(made.returning(Message.id))).scalar_one())
    assert (
        await platform.find(there, key=key, since=clock.now, until=clock.now, thread=None) is None
    )
    sent = await asyncio.gather(
        *(platform.send(there, card, key=key, thread=None) for _ in range(3))
    )
    assert len(set(sent)) == 1
    assert (
        await platform.find(there, key=key, since=clock.now, until=clock.now, thread=None)
        == sent[0]
    )
    anna = await web.browser("Anna Ek")
    await anna.open("/kanal/energi")
    assert len([p for p in anna.page.all("p") if p.text() == "Veckans läge & annat"]) == 1


async def test_a_living_card_changes_where_it_stands_and_never_backwards(
    web: Web, clock: MovedClock
):
    platform, there = WebPlatform(web.database, clock), await _conversation(web, "channel:energi")
    async with web.database.transaction() as db:
        made = insert(PostedCard).values(
            conversation_id=there.conversation_id, kind="prov", subject_id=1
        )
        key = Key("card", (await db.execute(made.returning(PostedCard.id))).scalar_one())
    reference = await platform.send(there, Card(summary="först"), key=key, thread=None)
    await platform.update(there, reference, Card(summary="sedan"), key=key, version=3)
    await platform.update(there, reference, Card(summary="försenad"), key=key, version=2)
    anna = await web.browser("Anna Ek")
    await anna.open("/kanal/energi")
    assert anna.sees("sedan")
    assert anna.sees("ändrad")
    assert not anna.sees("först")
    assert not anna.sees("försenad")
    with pytest.raises(CardGone):
        await platform.update(there, "999999", Card(summary="x"), key=key, version=9)


async def test_posts_and_lines_stand_in_the_order_of_time(web: Web, clock: MovedClock):
    anna = await web.browser("Anna Ek")
    await anna.open("/kanal/energi")
    await anna.says("före kortet.")
    clock.now += timedelta(minutes=5)
    there = await _conversation(web, "channel:energi")
    async with web.database.transaction() as db:
        message = (
            await db.execute(
                insert(Message)
                .values(conversation_id=there.conversation_id, view={})
                .returning(Message.id)
            )
        ).scalar_one()
    card, key = Card(summary="kortet självt"), Key("message", message)
    await WebPlatform(web.database, clock).send(there, card, key=key, thread=None)
    clock.now += timedelta(minutes=5)
    await anna.open("/kanal/energi")
    await anna.says("efter kortet.")
    timeline = anna.page.one("ol").read_aloud()
    assert timeline.index("före") < timeline.index("självt") < timeline.index("efter")


async def test_an_open_page_hears_of_what_others_say(web: Web):
    anna, bo = await web.browser("Anna Ek"), await web.browser("Bo Åberg")
    await bo.open("/kanal/energi")
    async with (
        asyncio.timeout(20),
        anna.client.stream("GET", "/live/kanal/energi") as stream,
    ):
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 2000"
        await bo.says("hör ni mig.")
        async for line in lines:
            if line == "event: changed":
                break
    await anna.open("/tidslinje/kanal/energi")
    assert anna.sees("hör ni mig.")


async def test_open_pages_end_when_the_server_closes(web: Web):
    anna = await web.browser("Anna Ek")
    async with asyncio.timeout(10), anna.client.stream("GET", "/live/kanal/energi") as stream:
        web.site.live.close()
        assert stream.status_code == 200
        async for _line in stream.aiter_lines():
            pass


async def test_channels_are_made_once_and_keep_their_address(web: Web, clock: MovedClock):
    async def made() -> tuple[list[tuple[str, str]], int]:
        async with web.database.transaction() as db:
            await ensure_web_channels(db, clock())
            rows = await db.execute(
                select(Conversation.address, Conversation.name)
                .where(Conversation.kind == "channel")
                .order_by(Conversation.address)
            )
            bindings = await db.scalar(select(func.count()).select_from(ChannelBinding))
            return [(row.address, row.name) for row in rows], bindings or 0

    wanted = [
        ("channel:chef", "Chef"),
        ("channel:energi", "Energi"),
        ("channel:kultur-fritid", "Kultur & fritid"),
        ("channel:styrgruppen", "Styrgruppen"),
    ]
    assert await made() == (wanted, 4)
    async with web.database.transaction() as db:
        await db.execute(text("UPDATE bodies SET name = 'Energi och klimat' WHERE name = 'Energi'"))
    wanted[1] = ("channel:energi", "Energi och klimat")
    assert await made() == (wanted, 4)


async def test_a_picture_is_shown_to_those_who_are_signed_in(web: Web):
    async with web.database.transaction() as db:
        for kind in ("image/png", "text/html"):
            await db.execute(
                insert(StoredFile).values(
                    media_type=kind, name="x", alternative="x", content=b"innehall"
                )
            )
    anna = await web.browser("Anna Ek")
    picture = await anna.client.get("/filer/1")
    assert (picture.headers["content-type"], picture.content) == ("image/png", b"innehall")
    assert (await anna.client.get("/filer/2")).status_code == 404
    assert (await anna.client.get("/filer/99999999999999999999")).status_code == 404
    stranger = await web.browser()
    response = await stranger.client.get("/filer/1", follow_redirects=False)
    assert response.headers["location"] == "/logga-in?till=/filer/1"


async def test_the_same_words_are_sent_again_when_the_database_is_back(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    form = anna.page.one("form", class_="composer")
    async with web.database.transaction() as db:
        await db.execute(text("ALTER TABLE turns RENAME TO away"))
    await anna.send(form, {"words": "rapport KOM-03 grön Det jag skrev"})
    assert anna.status == 500
    assert anna.sees("Det jag skrev")
    async with web.database.transaction() as db:
        await db.execute(text("ALTER TABLE away RENAME TO turns"))
    await _connections_allowed(web, "false")
    await anna.send(form, {"words": "rapport KOM-03 grön Det jag skrev"})
    assert anna.status == 503
    assert anna.sees("Det jag skrev")
    await _connections_allowed(web, "true")
    await anna.presses("Skicka igen")
    assert anna.status == 200
    assert anna.sees("Sparat:")


async def _connections_allowed(web: Web, allowed: str) -> None:
    """Have the server take connections to the database, or cut those it has and take no more."""
    url = make_url(web.database.libpq_url)
    name = url.database
    with psycopg.connect(
        url.set(database="postgres").render_as_string(hide_password=False), autocommit=True
    ) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}".encode())
        if allowed == "false":
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
