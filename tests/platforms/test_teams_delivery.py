"""What is delivered to Teams: as it allows, once where that can be told, and calling nobody."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from bot.conversations.views import Card, text
from bot.outbox import Outbox, ToConversation
from handlers.teams.calls import error_code
from tests.patience import until
from tests.platforms.teams_work import TeamsAtWork, teams_at_work
from tests.teams import Conversation, Person

QUICK: dict[str, Any] = {"lease_seconds": 2.0, "send_timeout_seconds": 0.5}


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[TeamsAtWork]:
    """A bot that is quick to give up a call."""
    async with teams_at_work(server_url, **QUICK) as made:
        yield made


async def say(
    work: TeamsAtWork, where: Conversation, *words: str, under: str | None = None
) -> None:
    """Say each there, in one transaction."""
    here = await work.ask("SELECT id FROM conversations WHERE address = :a", a=where.id)
    outbox = Outbox()
    for each in words:
        card = Card(summary=each, parts=(text(each),))
        outbox.say(ToConversation(here), lambda card=card: card, under_line=under)
    async with work.database.transaction() as db:
        await outbox.flush(db)


def times(work: TeamsAtWork, where: Conversation) -> Counter[str]:
    """How many times each text stands there."""
    return Counter(work.teams.visible_text(one) for one in work.teams.messages(where))


async def chat(work: TeamsAtWork) -> tuple[Person, Conversation]:
    anna = await work.person()
    return anna, work.teams.personal_chat(anna)


async def state(work: TeamsAtWork) -> str:
    """How the newest message stands."""
    return await work.ask("SELECT state FROM messages ORDER BY id DESC LIMIT 1")


async def test_a_post_is_one_card_alone_with_words_for_notifications(work: TeamsAtWork):
    _anna, there = await chat(work)
    await say(work, there, "Hej på er")
    await work.quiet()
    [said] = work.teams.messages(there)
    assert said.activity["summary"] == "Hej på er"
    assert "text" not in said.activity
    assert len(said.activity["attachments"]) == 1
    assert said.card is not None
    assert (said.card["version"], said.card["fallbackText"]) == ("1.5", "Hej på er")
    assert await work.ask("SELECT reference FROM messages") == said.id


@pytest.mark.parametrize("status", [412, 503])
async def test_what_teams_did_not_take_is_tried_again_and_arrives_once(
    work: TeamsAtWork, status: int
):
    _anna, there = await chat(work)
    work.teams.fault("send", 2, status=status)
    await say(work, there, "Viktigt")
    await work.quiet()
    assert times(work, there) == {"Viktigt": 1}


@pytest.mark.parametrize("status", [502, 504])
async def test_what_nobody_knows_of_is_sent_again_since_teams_cannot_be_asked(
    work: TeamsAtWork, status: int
):
    _anna, there = await chat(work)
    work.teams.fault("send", 1, status=status)
    await say(work, there, "Viktigt")
    await work.quiet()
    assert times(work, there) == {"Viktigt": 1}


async def test_what_arrived_though_the_answer_was_lost_may_come_twice(work: TeamsAtWork):
    _anna, there = await chat(work)
    work.teams.fault("send", 1, lost=True)
    await say(work, there, "Viktigt")
    await work.quiet()
    assert times(work, there) == {"Viktigt": 2}


async def test_retry_after_is_obeyed_for_the_conversation_and_holds_no_other_up(
    work: TeamsAtWork,
):
    _anna, there = await chat(work)
    bo = await work.person("inflyttning@hjo.example.se", "Bo Lind")
    other = work.teams.personal_chat(bo)
    work.teams.fault("send", 1, status=429, retry_after=1.5, conversation=there)
    await say(work, there, "Ett", "Två")
    await asyncio.sleep(0.5)
    await say(work, other, "Genast")
    await until(lambda: arrived(work, other, "Genast"))
    assert times(work, there) == {}
    await work.quiet()
    assert [work.teams.visible_text(one) for one in work.teams.messages(there)] == ["Ett", "Två"]
    assert len(work.teams.calls_of("send")) <= 5


async def arrived(work: TeamsAtWork, where: Conversation, words: str) -> bool:
    return times(work, where)[words] == 1


async def test_a_crowd_of_messages_is_let_through_at_teams_own_pace(server_url: str):
    async with teams_at_work(server_url) as work:
        _anna, there = await chat(work)
        work.teams.limits_rates(speed=20)
        said = [f"Rad {number}" for number in range(30)]
        await say(work, there, *said)
        await work.quiet()
        assert [work.teams.visible_text(one) for one in work.teams.messages(there)] == said


async def test_whoever_has_blocked_the_bot_is_left_alone_and_known_not_to_be_reached(
    work: TeamsAtWork,
):
    anna, there = await chat(work)
    await work.teams.blocks(anna)
    await say(work, there, "Hej", "Hej igen")
    await work.quiet()
    closed = await work.ask("SELECT closed_at FROM conversations WHERE address = :a", a=there.id)
    assert closed is not None
    assert await state(work) == "failed"
    assert len(work.teams.calls_of("send")) == 1


async def test_whoever_writes_again_is_reached_again(work: TeamsAtWork):
    anna, there = await chat(work)
    await work.teams.blocks(anna)
    await say(work, there, "Hej")
    await work.quiet()
    await work.teams.blocks(anna, blocked=False)
    await work.teams.says(anna, "hjälp")
    await work.quiet()
    assert "Hjälp" in work.teams.sees(anna)


async def test_a_card_that_is_taken_away_is_posted_anew(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    await work.teams.says(anna, "rapport KOM-03 risk Avtalet dröjer")
    await work.quiet()
    card = general.find(await standing(work))
    assert card is not None
    card.deleted = True
    await work.teams.says(anna, "rapport KOM-03 grön Klart nu")
    await work.quiet()
    anew = general.find(await standing(work))
    assert anew not in (None, card)
    assert "Klart nu" in work.teams.visible_text(anew)


async def standing(work: TeamsAtWork) -> str:
    """Where the activity's living card stands in Teams."""
    return await work.ask(
        "SELECT p.reference FROM posted_cards p "
        "JOIN conversations c ON c.id = p.conversation_id "
        "JOIN connections k ON k.id = c.connection_id AND k.platform = 'teams' "
        "WHERE p.struck_at IS NULL"
    )


async def test_a_posted_card_changes_where_it_stands_for_everybody(work: TeamsAtWork):
    anna = await work.person()
    bo = await work.person("inflyttning@hjo.example.se", "Bo Lind")
    _team, general = await work.channel(anna, bo)
    await work.teams.says(anna, "rapport KOM-03 risk Avtalet dröjer")
    await work.quiet()
    cards = len(work.teams.messages(general))
    await work.teams.says(anna, "rapport KOM-03 grön Klart nu")
    await work.quiet()
    living = [one for one in work.teams.messages(general) if one.updates]
    assert len(living) == 1
    assert "Klart nu" in work.teams.visible_text(work.teams.view(bo, living[0]))
    assert len(work.teams.messages(general)) <= cards + 1


async def test_an_answer_in_a_channel_stands_under_the_line_that_asked(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    line = await work.teams.says(anna, "aktivitet KOM-03", where=general)
    await say(work, general, "Svar till er alla", under=line.id)
    await work.quiet()
    under = work.teams.thread(general, line)
    assert any("Svar till er" in work.teams.visible_text(one) for one in under if one.by is None)


async def test_an_answer_to_a_line_that_is_gone_stands_by_itself(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    await say(work, general, "Svar", under="1700000000000")
    await work.quiet()
    assert times(work, general)["Svar"] == 1


async def test_what_people_typed_calls_nobody_and_marks_nothing_up(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    typed = "<at>Alla</at> **fet** [länk](https://evil.example.com) @alla"
    await work.teams.says(anna, f"rapport KOM-03 risk {typed}")
    await work.quiet()
    for said in work.teams.messages(general):
        card = said.card or {}
        assert not card.get("msteams", {}).get("entities")
        assert not re.search(r"(?<!\\)\]\(https", json.dumps(card, ensure_ascii=False))


async def test_no_token_from_entra_delays_and_loses_nothing(work: TeamsAtWork):
    _anna, there = await chat(work)
    work.teams.sign_in.status = 503
    await say(work, there, "Viktigt")
    await asyncio.sleep(1.0)
    assert times(work, there) == {}
    work.teams.mends()
    await work.quiet()
    assert times(work, there) == {"Viktigt": 1}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            {"error": {"code": "ConversationBlockedByUser", "message": "no"}},
            "ConversationBlockedByUser",
        ),
        (
            {"errorCode": 209, "message": '{"subCode":"MessageWritesBlocked","details":"x"}'},
            "MessageWritesBlocked",
        ),
        ({"error": {"code": "Forbidden", "message": '{"subCode": "X"}'}}, "X"),
        ({"error": {"code": "BadSyntax", "message": "{" * 100_000}}, "BadSyntax"),
        ([], ""),
        ("x", ""),
    ],
)
def test_teams_own_word_for_a_refusal_is_found_in_either_shape(body: object, code: str):
    request = httpx.Request("POST", "https://smba.trafficmanager.net")
    answer = httpx.Response(403, json=body, request=request)
    assert error_code(httpx.HTTPStatusError("x", request=request, response=answer)) == code
