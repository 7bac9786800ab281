"""The counterpart behaves as Slack does, over HTTP and through sockets."""

import asyncio
from datetime import date

import httpx
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.patience import until
from tests.slack.conftest import Scene
from tests.slack.small_bot import buttons, form, plain, refusal
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
