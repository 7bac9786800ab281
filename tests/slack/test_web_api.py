"""The counterpart's Web API answers and refuses as Slack's does."""

import time
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
from tests.slack.small_bot import buttons, form, plain, refusal


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
    assert scene.bot.heard[-1]["type"] == "channel_left"
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


async def test_views_are_pushed_three_deep_and_homes_are_guarded_by_their_hash(scene: Scene):
    slack, client = scene.slack, scene.bot.client

    async def trigger() -> str:
        await slack.shortcut(scene.anna, "shortcut.report")
        return scene.bot.heard[-1]["trigger_id"]

    await client.views_open(trigger_id=await trigger(), view=form())
    pushed = await client.views_push(trigger_id=await trigger(), view=form("two"))
    assert pushed["view"]["previous_view_id"] == pushed["view"]["root_view_id"]
    await client.views_push(trigger_id=await trigger(), view=form("three"))
    fourth = client.views_push(trigger_id=await trigger(), view=form("four"))
    assert await refusal(fourth) == "push_limit_reached"

    home = {"type": "home", "blocks": buttons("Ja")}
    first = (await client.views_publish(user_id=scene.bo, view=home))["view"]
    await client.views_publish(user_id=scene.bo, view=home, hash=first["hash"])
    late = client.views_publish(user_id=scene.bo, view=home, hash=first["hash"])
    assert await refusal(late) == "hash_conflict"


async def test_channels_and_their_members_are_listed_page_by_page(scene: Scene):
    slack, client = scene.slack, scene.bot.client
    other = slack.add_channel("annan")
    hidden = slack.add_channel("hemlig", private=True, members=[slack.bot_user_id])
    slack.add_channel("okänd", private=True)
    first = await client.conversations_list(types="public_channel,private_channel", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_list(types="public_channel,private_channel", cursor=cursor)
    listed = [one["id"] for page in (first, rest) for one in page["channels"]]
    assert listed == [scene.channel, other, hidden]
    mine = await client.users_conversations(types="public_channel,private_channel")
    assert {one["id"] for one in mine["channels"]} == {scene.channel, hidden}
    members = await client.conversations_members(channel=scene.channel)
    assert set(members["members"]) == {scene.anna, scene.bo, slack.bot_user_id}
    assert not (await client.conversations_info(channel=other))["channel"]["is_member"]
    assert (await client.conversations_join(channel=other))["channel"]["is_member"]
    direct = (await client.conversations_open(users=scene.bo))["channel"]["id"]
    assert (await client.conversations_info(channel=direct))["channel"]["user"] == scene.bo
    assert (await client.team_info())["team"]["id"] == slack.team_id
    assert (await client.bots_info(bot=slack.bot_id))["bot"]["user_id"] == slack.bot_user_id


async def test_an_answer_can_be_held_and_a_response_url_can_fail(scene: Scene):
    slack = scene.slack
    slack.fault("auth.test", hold=0.1)
    began = time.monotonic()
    await scene.bot.client.auth_test()
    assert time.monotonic() - began >= 0.1
    await slack.command(scene.anna, "/rapport", "x")
    webhook = AsyncWebhookClient(scene.bot.heard[-1]["response_url"])
    slack.fault("response_url", status=500)
    slack.fault("response_url", lost=True)
    answers = [(await webhook.send(text="svar")).status_code for _ in range(3)]
    assert answers == [500, 500, 200]
    assert [one["text"] for one in slack.ephemerals(scene.anna)[1:]] == ["svar", "svar"]
    assert [one.status for one in slack.calls_of("response_url")] == [500, 200, 200]
    slack.mends()
    slack.rate_limit("chat.postMessage", per_second=1, burst=1, by="workspace")
    await scene.bot.client.chat_postMessage(channel=scene.anna, text="x")
    other = scene.bot.client.chat_postMessage(channel=scene.bo, text="x")
    assert await refusal(other) == "ratelimited"
