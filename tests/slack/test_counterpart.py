"""The counterpart behaves as Slack does, over HTTP and through sockets."""

import asyncio
from collections.abc import Awaitable
from datetime import date
from typing import Any

import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.patience import until
from tests.slack import slack_counterpart
from tests.slack.conftest import Scene
from tests.slack.small_bot import buttons, form, plain
from tests.slack.sockets import Connection


async def test_a_command_is_answered_for_the_one_who_asked(scene: Scene):
    acked = await scene.slack.command(scene.anna, "/rapport", "KOM-03 <grön>", scene.channel)
    assert acked.ok
    [told] = scene.slack.ephemerals(scene.anna)
    assert (told["text"], told["channel"]) == ("Tack för KOM-03 &lt;grön&gt;", scene.channel)
    assert scene.slack.ephemerals(scene.bo) == []
    assert scene.bot.heard[0]["channel_name"] == "kompetens"


async def test_a_message_and_a_mention_are_two_events(scene: Scene):
    slack = scene.slack
    ts = await slack.says(scene.anna, f"<@{slack.bot_user_id}> hej & <hå>", scene.channel)
    heard = {event["type"]: event for event in scene.bot.heard}
    assert set(heard) == {"message", "app_mention"}
    assert heard["message"]["text"] == f"<@{slack.bot_user_id}> hej &amp; &lt;hå&gt;"
    assert heard["message"]["channel_type"] == "channel"
    assert heard["app_mention"]["ts"] == ts
    await slack.says(scene.bo, "hej bo@hjo.se")
    assert scene.bot.heard[-1]["text"] == "hej <mailto:bo@hjo.se|bo@hjo.se>"
    assert scene.bot.heard[-1]["channel"].startswith("D")


async def test_lines_are_edited_and_taken_away(scene: Scene):
    slack = scene.slack
    ts = await slack.says(scene.anna, "grön")
    await slack.edits(scene.anna, ts, "gul")
    await slack.deletes(scene.anna, ts)
    _, edited, gone = scene.bot.heard
    assert edited["message"]["text"] == "gul"
    assert edited["previous_message"]["text"] == "grön"
    assert (gone["subtype"], gone["deleted_ts"]) == ("message_deleted", ts)
    assert slack.direct(scene.anna) == []


async def test_what_is_not_received_in_time_is_told_again(scene: Scene):
    scene.bot.slow = 0.7
    await scene.slack.says(scene.anna, "hej")
    scene.bot.slow = 0
    await scene.slack.settled()
    attempts = [(one.attempt, one.acked.ok) for one in scene.slack.board.entry.deliveries]
    assert attempts == [(0, False), (1, True)]
    assert scene.slack.board.entry.deliveries[0].acked.timed_out
    assert len(scene.bot.heard) == 2


async def test_a_form_is_filled_in_refused_replaced_and_closed(scene: Scene):
    slack, anna = scene.slack, scene.anna
    await slack.command(anna, "/rapport", "form")
    assert slack.visible_text(slack.modal(anna)).startswith("Rapport\nLäge\n🟢 Följer plan")
    with pytest.raises(AssertionError, match="Läge"):
        await slack.submits(anna, words="Utan läge")
    with pytest.raises(AssertionError, match="51 characters"):
        await slack.submits(anna, words="x" * 51)

    scene.bot.answer = {"response_action": "errors", "errors": {"one.day": "För tidigt"}}
    await slack.submits(
        anna, state="Risk", words="Väntar", day=date(2026, 1, 2), who="åberg", sure=True
    )
    assert slack.modal_errors(anna) == {"day": "För tidigt"}
    values = scene.bot.submitted[-1]
    assert values["one.words"]["words"] == {"type": "plain_text_input", "value": "Väntar"}
    assert values["one.state"]["state"]["selected_option"]["value"] == "at_risk"
    assert values["one.day"]["day"]["selected_date"] == "2026-01-02"
    assert values["one.who"]["who"]["selected_option"]["text"]["text"] == "Bo Åberg"
    assert [one["value"] for one in values["one.sure"]["sure"]["selected_options"]] == ["yes"]

    replaced = form(title=plain("Rapport 2"))
    scene.bot.answer = {"response_action": "update", "view": replaced}
    await slack.submits(anna, day="2026-03-04")
    assert slack.field_value(anna, "words") == "Väntar"
    scene.bot.answer = {"response_action": "update", "view": form("two")}
    await slack.submits(anna)
    assert slack.field_value(anna, "words") is None

    scene.bot.answer = {"response_action": "push", "view": form("three", notify_on_close=True)}
    await slack.submits(anna, state="on_track")
    assert slack.field_value(anna, "state") is None
    await slack.closes(anna)
    assert scene.bot.heard[-1]["type"] == "view_closed"
    assert slack.field_value(anna, "state") == "on_track"
    scene.bot.answer = {}
    await slack.submits(anna)
    assert slack.modal(anna) is None


async def test_a_choice_is_told_at_once_when_the_bot_asks_for_that(scene: Scene):
    await scene.slack.command(scene.anna, "/rapport", "form")
    await scene.slack.chooses(scene.anna, "state", "at_risk")
    told = scene.bot.heard[-1]
    assert told["actions"][0]["selected_option"]["value"] == "at_risk"
    state = told["view"]["state"]["values"]["one.state"]["state"]
    assert state["selected_option"]["text"]["text"] == "🟡 Risk"
    found = await scene.slack.suggestions(scene.anna, "who", "")
    assert [one["value"] for one in found] == ["anna", "bo"]


async def test_an_answer_that_breaks_the_rules_is_seen_and_remembered(scene: Scene):
    await scene.slack.command(scene.anna, "/rapport", "form")
    scene.bot.answer = {"response_action": "errors", "errors": {"nothing": "Fel"}}
    await scene.slack.submits(scene.anna, state="on_track")
    assert "" in scene.slack.modal_errors(scene.anna)
    scene.bot.answer = {"response_action": "update", "view": form(title=plain("x" * 25))}
    await scene.slack.submits(scene.anna)
    assert len(scene.slack.violations) == 2
    scene.slack.violations.clear()


async def test_a_trigger_opens_one_view_and_not_for_long(scene: Scene):
    slack = scene.slack
    await slack.shortcut(scene.anna, "shortcut.report")
    await slack.shortcut(scene.anna, "shortcut.report")
    first, second = (one["trigger_id"] for one in scene.bot.heard)
    opened = await scene.bot.client.views_open(trigger_id=first, view=form())
    assert await refusal(scene.bot.client.views_open(trigger_id=first, view=form())) == (
        "exchanged_trigger_id"
    )
    slack.advances(3.1)
    assert await refusal(scene.bot.client.views_open(trigger_id=second, view=form())) == (
        "expired_trigger_id"
    )
    view = opened["view"]
    old, own = view["hash"], view["id"]
    await scene.bot.client.views_update(view_id=own, hash=old, view=form())
    again = scene.bot.client.views_update(view_id=own, hash=old, view=form())
    assert await refusal(again) == "hash_conflict"
    await slack.closes(scene.anna)
    assert await refusal(scene.bot.client.views_update(view_id=own, view=form())) == "not_found"


async def test_buttons_of_messages_whispers_and_homes_are_pressed(scene: Scene):
    slack, client = scene.slack, scene.bot.client
    posted = await client.chat_postMessage(
        channel=scene.channel, text="Kort", blocks=buttons("Ja", "Nej")
    )
    await slack.clicks(scene.bo, "Nej", scene.channel)
    pressed = scene.bot.heard[-1]
    assert pressed["actions"][0]["value"] == "Nej"
    assert pressed["message"]["ts"] == pressed["container"]["message_ts"] == posted["ts"]
    await client.chat_postEphemeral(
        channel=scene.channel, user=scene.anna, text="Bara du", blocks=buttons("Tyst")
    )
    await slack.clicks(scene.anna, "Tyst", scene.channel)
    assert scene.bot.heard[-1]["container"]["is_ephemeral"]
    assert "message" not in scene.bot.heard[-1]
    await client.views_publish(
        user_id=scene.anna, view={"type": "home", "blocks": buttons("Hemma")}
    )
    await slack.clicks(scene.anna, "Hemma", "home")
    assert scene.bot.heard[-1]["view"]["type"] == "home"
    slack.patience = 0
    with pytest.raises(AssertionError, match="Ja"):
        await slack.clicks(scene.anna, "Kanske", scene.channel)


async def test_a_response_url_is_good_for_five_answers_in_half_an_hour(scene: Scene):
    slack, client = scene.slack, scene.bot.client
    await client.chat_postMessage(channel=scene.channel, text="Kort", blocks=buttons("Ja"))
    await slack.clicks(scene.bo, "Ja", scene.channel)
    url = scene.bot.heard[-1]["response_url"]
    assert await respond(url, {"text": "Bara du"}) == 200
    assert slack.ephemerals(scene.bo)[-1]["text"] == "Bara du"
    assert await respond(url, {"text": "Alla", "response_type": "in_channel"}) == 200
    assert slack.messages(scene.channel)[-1]["text"] == "Alla"
    assert await respond(url, {"text": "Utbytt", "replace_original": True}) == 200
    assert slack.messages(scene.channel)[0]["text"] == "Utbytt"
    assert "blocks" not in slack.messages(scene.channel)[0]
    assert await respond(url, {"delete_original": True}) == 200
    assert [one["text"] for one in slack.messages(scene.channel)] == ["Alla"]
    assert [await respond(url, {"text": "x"}) for _ in range(2)] == [200, 404]
    await slack.command(scene.anna, "/rapport", "x")
    later = scene.bot.heard[-1]["response_url"]
    slack.advances(1801)
    assert await respond(later, {"text": "x"}) == 404


async def respond(url: str, answer: dict[str, object]) -> int:
    return (await AsyncWebhookClient(url).send_dict(answer)).status_code


async def refusal(call: Awaitable[object]) -> str:
    """The error code of a call that is refused."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response["error"]


async def test_history_is_read_with_metadata_and_in_pages(scene: Scene):
    client, channel = scene.bot.client, scene.channel
    metadata = {"event_type": "samspel_message", "event_payload": {"key": "k1"}}
    sent = [
        await client.chat_postMessage(channel=channel, text=f"Nr {n}", metadata=metadata)
        for n in range(3)
    ]
    await client.chat_postMessage(channel=channel, text="Svar", thread_ts=sent[0]["ts"])
    told = await client.conversations_history(
        channel=channel, oldest=sent[0]["ts"], include_all_metadata=True, limit=1
    )
    assert [one["text"] for one in told["messages"]] == ["Nr 2"]
    assert told["messages"][0]["metadata"]["event_payload"] == {"key": "k1"}
    cursor = told["response_metadata"]["next_cursor"]
    more = await client.conversations_history(
        channel=channel, oldest=sent[0]["ts"], inclusive=True, cursor=cursor
    )
    assert [one["text"] for one in more["messages"]] == ["Nr 1", "Nr 0"]
    assert "metadata" not in more["messages"][0]
    thread = await client.conversations_replies(channel=channel, ts=sent[0]["ts"])
    assert [one["text"] for one in thread["messages"]] == ["Nr 0", "Svar"]


async def test_an_update_with_text_alone_takes_the_blocks_away(scene: Scene):
    client = scene.bot.client
    sent = await client.chat_postMessage(channel=scene.anna, text="A", blocks=buttons("Ja"))
    assert sent["channel"].startswith("D")
    await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="B")
    [message] = scene.slack.direct(scene.anna)
    assert (message["text"], "blocks" in message) == ("B", False)
    assert await refusal(client.chat_update(channel=sent["channel"], ts="1.2", text="x")) == (
        "message_not_found"
    )


async def test_channels_that_cannot_be_posted_in_say_why(scene: Scene):
    slack, client = scene.slack, scene.bot.client
    elsewhere = slack.add_channel("annan", members=[scene.anna])
    hidden = slack.add_channel("hemlig", private=True, members=[scene.anna])

    async def post(channel: str) -> str:
        return await refusal(client.chat_postMessage(channel=channel, text="x"))

    assert await post(elsewhere) == "not_in_channel"
    assert await post(hidden) == "channel_not_found"
    assert await post("C0NOWHERE") == "channel_not_found"
    await slack.archives(scene.channel)
    assert await post(scene.channel) == "is_archived"
    await slack.unarchives(scene.channel)
    await slack.invites(elsewhere, slack.bot_user_id, by=scene.anna)
    assert scene.bot.heard[-1]["inviter"] == scene.anna
    await slack.removes(elsewhere, slack.bot_user_id)
    assert [one["type"] for one in scene.bot.heard[-2:]] == ["member_left_channel", "channel_left"]
    whisper = client.chat_postEphemeral(
        channel=scene.channel, user=slack.add_user("Cia", "cia@hjo.se"), text="x"
    )
    assert await refusal(whisper) == "user_not_in_channel"


async def test_limits_are_refused_as_slack_refuses_them(scene: Scene):
    client, violations = scene.bot.client, scene.slack.violations
    too_long = [{"type": "header", "text": plain("x" * 151)}]
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=scene.channel, text="x", blocks=too_long)
    answer = refused.value.response
    assert answer["error"] == "invalid_blocks"
    assert "/blocks/0/text/text" in answer["response_metadata"]["messages"][0]
    assert len(violations) == 1
    empty = client.api_call("chat.postMessage", json={"channel": scene.channel, "text": ""})
    assert await refusal(empty) == "no_text"
    violations.clear()
    scene.slack.refuses_blocks = {"divider"}
    divider = client.chat_postMessage(channel=scene.channel, text="x", blocks=[{"type": "divider"}])
    assert await refusal(divider) == "invalid_blocks"
    assert violations == []


async def test_a_broken_limit_fails_the_test_at_its_end():
    with pytest.raises(AssertionError, match="no_text"):
        async with slack_counterpart() as slack:
            slack.board.violations.append("chat.postMessage: no_text")


async def test_faults_come_as_often_as_was_asked(scene: Scene):
    slack, client = scene.slack, scene.bot.client

    async def post(words: str) -> int:
        try:
            return (await client.chat_postMessage(channel=scene.channel, text=words)).status_code
        except SlackApiError as error:
            return error.response.status_code

    slack.fault("chat.postMessage", status=429, retry_after=2)
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=scene.channel, text="väntar")
    assert refused.value.response.headers["Retry-After"] == "2"
    slack.fault("chat.postMessage", times=2, status=500, channel=scene.channel)
    assert [await post("a"), await post("b"), await post("c")] == [500, 500, 200]
    slack.fault("chat.postMessage", lost=True)
    assert await post("framme") == 500
    slack.fault("chat.postMessage", lost="dropped")
    unretried: Any = AsyncWebClient(slack.bot_token, slack.api_url, retry_handlers=[])
    sent = unretried.chat_postMessage(channel=scene.channel, text="också framme")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await sent
    texts = [one["text"] for one in slack.messages(scene.channel)]
    assert texts == ["c", "framme", "också framme"]


async def test_too_many_calls_are_throttled(scene: Scene):
    slack, client = scene.slack, scene.bot.client
    slack.rate_limit("chat.postMessage", per_second=1, burst=2)
    for _ in range(2):
        await client.chat_postMessage(channel=scene.channel, text="x")
    again = client.chat_postMessage(channel=scene.channel, text="x")
    assert await refusal(again) == "ratelimited"
    await client.chat_postMessage(channel=scene.anna, text="en annan")
    assert slack.throttled == 1


async def test_scopes_and_tokens_are_asked_for(scene: Scene):
    slack, client = scene.slack, scene.bot.client
    told = await client.auth_test()
    assert told["user_id"] == slack.bot_user_id
    assert "chat:write" in told.headers["x-oauth-scopes"].split(",")
    slack.scopes.discard("users:read.email")
    profile = (await client.users_info(user=scene.bo, include_locale=True))["user"]
    assert profile["locale"] == "en-GB"
    assert "email" not in profile["profile"]
    slack.scopes.discard("users:read")
    assert await refusal(client.users_info(user=scene.bo)) == "missing_scope"
    await slack.revokes_tokens(bot=[slack.bot_user_id])
    assert await refusal(client.auth_test()) == "token_revoked"
    await slack.uninstalls()
    assert await refusal(client.auth_test()) == "account_inactive"
    assert [one["type"] for one in scene.bot.heard][-2:] == ["app_uninstalled", "tokens_revoked"]


async def test_a_picture_can_be_shown_when_slack_has_looked_at_it(scene: Scene):
    client = scene.bot.client
    sent = await client.files_upload_v2(filename="d.png", content=b"PNG", alt_txt="Diagram")
    file = sent["file"]["id"]
    picture = [{"type": "image", "slack_file": {"id": file}, "alt_text": "Diagram"}]
    post = client.chat_postMessage(channel=scene.channel, text="x", blocks=picture)
    assert await refusal(post) == "invalid_blocks"

    async def known() -> bool:
        return (await client.files_info(file=file))["file"]["mimetype"] == "image/png"

    assert not await known()
    await until(known)
    await client.chat_postMessage(channel=scene.channel, text="x", blocks=picture)


async def test_the_bot_hears_itself_and_is_told_of_people(scene: Scene):
    slack = scene.slack
    await scene.bot.client.chat_postMessage(channel=scene.channel, text="Eget")
    await slack.settled()
    own = slack.board.entry.deliveries[-1].payload["event"]
    assert (own["bot_id"], own["user"]) == (slack.bot_id, slack.bot_user_id)
    await slack.changes_user(scene.anna, deleted=True)
    assert scene.bot.heard[-1]["user"]["deleted"]
    await slack.opens_home(scene.bo)
    assert scene.bot.heard[-1]["tab"] == "home"
    ts = await slack.says(scene.bo, "Vi behöver hjälp", scene.channel)
    await slack.message_shortcut(scene.bo, "message.need", ts, scene.channel)
    assert scene.bot.heard[-1]["message"]["text"] == "Vi behöver hjälp"


@pytest.mark.parametrize("scene", ["http"], indirect=True)
async def test_requests_that_slack_did_not_sign_are_told_from_its_own(scene: Scene):
    body = "command=%2Frapport&text=x&team_id=T0SKARA"
    url = scene.slack.events_url or ""
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}
    async with httpx.AsyncClient() as http:
        for headers in (
            scene.slack.signed(body, secret="another"),
            scene.slack.signed(body, at=1_700_000_000),
            {},
        ):
            answer = await http.post(url, content=body, headers=headers | form_type)
            assert answer.status_code == 401
    assert (await scene.slack.verifies_url()).ok


@pytest.mark.parametrize("scene", ["sockets"], indirect=True)
async def test_what_was_on_a_socket_that_broke_is_told_on_the_next(scene: Scene):
    slack = scene.slack
    scene.bot.slow = 0.3
    saying = asyncio.create_task(slack.says(scene.anna, "hej"))
    await until(lambda: heard(scene))
    await slack.drops_sockets()
    await saying
    scene.bot.slow = 0
    await slack.settled()
    assert [one.acked.ok for one in slack.board.entry.deliveries] == [False, True]
    assert slack.board.entry.deliveries[0].acked.lost
    [old] = slack.board.sockets.connections
    await slack.refreshes_sockets()
    await until(lambda: replaced(scene, old))
    assert (await slack.command(scene.anna, "/rapport", "x")).ok


async def heard(scene: Scene) -> bool:
    return bool(scene.bot.heard)


async def replaced(scene: Scene, old: Connection) -> bool:
    return scene.slack.connections > 0 and old not in scene.slack.board.sockets.connections


async def test_an_app_is_installed_by_code():
    async with slack_counterpart() as slack:
        other = slack.another_workspace("T0HJO", "Hjo")
        code = slack.authorize_code(
            slack.client_id, "https://s.example/cb", team="T0HJO", scopes=["chat:write"]
        )
        asked = {
            "client_id": slack.client_id,
            "client_secret": slack.client_secret,
            "code": code,
            "redirect_uri": "https://s.example/cb",
        }
        client: Any = AsyncWebClient(base_url=slack.api_url)
        told = await client.api_call("oauth.v2.access", data=asked)
        assert (told["team"]["id"], told["scope"]) == ("T0HJO", "chat:write")
        again = client.api_call("oauth.v2.access", data=asked)
        assert await refusal(again) == "code_already_used"
        there: Any = AsyncWebClient(told["access_token"], slack.api_url)
        assert (await there.auth_test())["user_id"] == other.bot_user_id
        await there.auth_revoke()
        assert await refusal(there.auth_test()) == "token_revoked"


async def test_consent_leads_back_with_a_code_or_a_refusal():
    async with slack_counterpart() as slack, httpx.AsyncClient() as http:
        asked = {
            "client_id": slack.client_id,
            "scope": "chat:write,commands",
            "state": "s1",
            "redirect_uri": "https://s.example/cb",
        }
        url = slack.api_url.removesuffix("api/") + "oauth/v2/authorize"
        there = (await http.get(url, params=asked)).headers["location"]
        assert there.startswith("https://s.example/cb?state=s1&code=")
        slack.board.consents = False
        there = (await http.get(url, params=asked)).headers["location"]
        assert there == "https://s.example/cb?state=s1&error=access_denied"
