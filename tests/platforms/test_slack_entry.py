"""What comes in from Slack: let in when Slack signed it, answered in time, done once."""

import json
import time
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from structlog.testing import capture_logs

from tests.patience import UNHURRIED, until
from tests.platforms.slack_work import AtWork, at_work
from tests.slack import Slack, payloads

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
HOUR = 3_600


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot, reached by HTTP."""
    async with at_work(server_url) as made:
        yield made


@pytest.fixture
async def on_socket(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot, reached by Socket Mode."""
    async with at_work(server_url, sockets=True) as made:
        yield made


async def sent(work: AtWork, content: str | bytes, headers: dict[str, str]) -> httpx.Response:
    async with httpx.AsyncClient(timeout=UNHURRIED) as http:
        return await http.post(
            f"{work.running.where}/slack/events", content=content, headers=headers
        )


def a_report(work: AtWork, user: str) -> str:
    slack = work.slack
    channel = slack.space.direct(user)
    said = payloads.command(slack, slack.person(user), channel, "/rapport", "KOM-03 grön Klart")
    return urlencode(said)


async def test_what_slack_did_not_sign_is_refused_and_does_nothing(work: AtWork):
    body = a_report(work, await work.user())
    signed = work.slack.signed(body)
    refused = [
        {},
        work.slack.signed(body, secret="somebody else's"),
        work.slack.signed(body + "&text=mer"),
        signed | {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": signed["X-Slack-Signature"]},
    ]
    for headers in refused:
        assert (await sent(work, body, headers | FORM)).status_code == 401
    assert await work.reports() == []


async def test_a_signature_of_another_time_is_refused(work: AtWork):
    body = a_report(work, await work.user())
    for minutes in (-6, 6):
        headers = work.slack.signed(body, at=time.time() + minutes * 60)
        assert (await sent(work, body, headers | FORM)).status_code == 401
    assert await work.reports() == []


async def test_the_same_signed_command_again_gets_the_same_answer_and_does_nothing(work: AtWork):
    user = await work.user()
    body = a_report(work, user)
    headers = work.slack.signed(body) | FORM
    first, again = await sent(work, body, headers), await sent(work, body, headers)
    assert (first.status_code, first.text) == (again.status_code, again.text) == (200, "")
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert len(work.slack.direct(user)) == 1


async def test_a_command_that_is_replayed_in_a_channel_shows_the_same_card(work: AtWork):
    user = await work.user()
    channel = work.slack.space.channels[await work.channel(user)]
    said = payloads.command(
        work.slack, work.slack.person(user), channel, "/rapport", "KOM-03 grön Klart"
    )
    body = urlencode(said)
    headers = work.slack.signed(body) | FORM
    first, again = await sent(work, body, headers), await sent(work, body, headers)
    assert "Sparat: KOM-03" in first.json()["text"]
    assert first.json() == again.json()
    assert await work.reports() == ["Klart"]


async def test_a_body_that_is_too_large_is_refused(work: AtWork):
    body = b"text=" + b"x" * 1024 * 1024
    answer = await sent(work, body, work.slack.signed(body) | FORM)
    assert answer.status_code == 413


UNREADABLE = [
    (b"text=\xff\xfe", FORM),
    (b'{"type": "\xe5"}', JSON),
    (b"{", JSON),
    (b"[" * 100_000, JSON),
    (b"[]", JSON),
    (b"null", JSON),
    (b'"event_callback"', JSON),
    (b'{"type":"event_callback","event":{"type":"message","ts":7,"channel":"D1"}}', JSON),
    (b"payload=%7B", FORM),
    (b"payload=[]", FORM),
    (b"payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A%5B%5D%7D", FORM),
    (b"", FORM),
]


async def test_what_cannot_be_read_is_refused_without_breaking(work: AtWork):
    for content, kind in UNREADABLE:
        unsigned = await sent(work, content, kind)
        assert unsigned.status_code in {400, 401}, content
        signed = await sent(work, content, work.slack.signed(content) | kind)
        assert signed.status_code in {200, 400}, content
    user = await work.user()
    assert (await work.slack.command(user, "/rapport", "KOM-03 grön Klart")).ok


async def test_the_address_is_confirmed_to_slack(work: AtWork):
    acked = await work.slack.verifies_url()
    assert acked.ok
    assert "challenge-" in str(acked.body)


def unknown_things(work: AtWork, user: str) -> list[tuple[str, dict[str, Any]]]:
    person, direct = work.slack.person(user), work.slack.space.direct(user)
    message = {"ts": "1.0", "text": "x"}
    action = {"action_id": "Någonting/annat", "block_id": "b", "type": "button", "value": "?"}
    pressed = payloads.on_message(work.slack, person, direct, message, action)
    ours = action | {"action_id": "press.1.0"}
    common = {key: pressed[key] for key in ("user", "team", "api_app_id", "token")}
    view = {"id": "V1", "type": "modal", "callback_id": "form", "private_metadata": "{"}
    return [
        ("events_api", work.slack.envelope({"type": "team_was_painted", "event_ts": "1.0"})),
        ("interactive", pressed),
        ("interactive", payloads.on_message(work.slack, person, direct, message, ours)),
        ("interactive", common | {"type": "view_submission", "view": view}),
        ("interactive", common | {"type": "view_submission", "view": view | {"callback_id": "?"}}),
        ("interactive", common | {"type": "view_closed", "view": view | {"callback_id": "?"}}),
        ("interactive", payloads.shortcut(work.slack, person, "of_another_app")),
        ("interactive", common | {"type": "something_new", "trigger_id": "1.2.3"}),
    ]


@pytest.mark.parametrize("sockets", [False, True], ids=["http", "sockets"])
async def test_what_the_bot_does_not_know_is_acknowledged_and_logged(
    server_url: str, sockets: bool
):
    async with at_work(server_url, sockets=sockets) as work:
        user = await work.user()
        for kind, payload in unknown_things(work, user):
            with capture_logs() as logged:
                acked = await work.slack.board.entry.send(kind, payload)  # type: ignore[arg-type]
            assert acked.status == 200, (payload, acked)
            assert [one for one in logged if one["event"].startswith("slack_un")], payload
        assert await work.ask("SELECT count(*) FROM turns") == 0


async def test_an_event_that_slack_brings_again_is_done_once(work: AtWork):
    user = await work.user()
    entry = work.slack.board.entry
    ts = await work.slack.says(user, "rapport KOM-03 grön Klart")
    told = next(
        one.payload for one in entry.deliveries if one.payload.get("event", {}).get("ts") == ts
    )
    for attempt in (1, 2, 3):
        acked = await entry.send("events_api", told, attempt=attempt, reason="http_timeout")
        assert acked.ok
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert len(work.slack.direct(user)) == 2


async def test_one_line_that_is_told_as_message_and_as_mention_is_done_once(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    await work.slack.says(user, f"<@{work.slack.bot_user_id}> rapport KOM-03 grön Klart", channel)
    await work.quiet()
    assert await work.reports() == ["Klart"]
    receipts = [one for one in work.slack.direct(user) if "Sparat" in one["text"]]
    assert len(receipts) == 1
    assert len(work.slack.ephemerals(user)) == 1


async def test_in_socket_mode_no_http_is_listened_to(on_socket: AtWork):
    body = a_report(on_socket, await on_socket.user())
    assert (await sent(on_socket, body, on_socket.slack.signed(body) | FORM)).status_code == 404


async def test_a_lost_socket_is_opened_again_and_what_was_on_it_is_done_once(on_socket: AtWork):
    slack, user = on_socket.slack, await on_socket.user()
    person = on_socket.seen_as(user)
    async with on_socket.locked("status_reports"):
        saying = slack.board.entry.spawn(slack.says(user, "rapport KOM-03 grön Klart"))
        assert saying is None
        await until(_has_begun(on_socket))
        slack.fault("apps.connections.open", times=2, status=500)
        await slack.drops_sockets()
    await slack.connected(within=20)
    await on_socket.quiet()
    assert await on_socket.reports() == ["Klart"]
    assert [
        one.acked.ok for one in slack.board.entry.deliveries if "Klart" in json.dumps(one.payload)
    ]
    assert person.count("Sparat: KOM-03") == 1


def _has_begun(work: AtWork) -> Any:
    async def begun() -> bool:
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        return bool(await work.ask(waits))

    return begun


async def test_a_socket_that_slack_wants_replaced_is(on_socket: AtWork):
    slack, user = on_socket.slack, await on_socket.user()
    [old] = slack.board.sockets.connections
    await slack.refreshes_sockets()

    async def replaced() -> bool:
        return slack.connections == 1 and old not in slack.board.sockets.connections

    await until(replaced)
    assert (await slack.command(user, "/rapport", "KOM-03 grön Klart")).ok
    assert await on_socket.reports() == ["Klart"]


async def test_a_bot_that_slack_does_not_let_in_at_start_tries_again(server_url: str):
    def closed(slack: Slack) -> None:
        slack.fault("apps.connections.open", 2, status=500)

    async with at_work(server_url, sockets=True, before=closed) as work:
        refused = [one.answer.get("error") for one in work.slack.calls_of("apps.connections.open")]
        assert refused == ["internal_error", "internal_error", None]
        user = await work.user()
        assert (await work.slack.command(user, "/rapport", "KOM-03 grön Klart")).ok


async def test_a_worker_opens_no_socket_and_delivers_all_the_same(server_url: str):
    async with at_work(server_url, sockets=True, role="worker") as work:
        user = await work.user()
        await work.quiet()
        assert work.slack.connections == 0
        assert work.slack.calls_of("apps.connections.open") == []
        assert user


async def test_what_slack_could_not_say_who_it_is_for_is_brought_again(server_url: str):
    def away(slack: Slack) -> None:
        slack.fault("auth.test", 2, status=503)

    async with at_work(server_url, before=away) as work:
        person = await work.person()
        await work.slack.says(person.user, "rapport KOM-03 grön Klart")
        await work.quiet()
        assert await work.reports() == ["Klart"]
