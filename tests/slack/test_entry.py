"""How the counterpart tells a bot of events, and tells them again: over plain HTTP."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.serving import Quiet
from tests.slack import Slack, slack_counterpart
from tests.slack.findings import Json


class Ear:
    """Answers requests as it is told to, the last answer again and again."""

    def __init__(self, *answers: Response) -> None:
        self.answers = list(answers)
        self.heard: list[tuple[dict[str, str], Json]] = []

    async def take(self, request: Request) -> Response:
        self.heard.append((dict(request.headers), json.loads(await request.body())))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@asynccontextmanager
async def listening(ear: Ear) -> AsyncGenerator[Slack]:
    """A counterpart that tells this ear."""
    web = Starlette(routes=[Route("/slack/events", ear.take, methods=["POST"])])
    sock = socket.create_server(("127.0.0.1", 0))
    server = Quiet(uvicorn.Config(web, log_level="critical", lifespan="off"))
    running = asyncio.create_task(server.serve([sock]))
    async with slack_counterpart() as slack:
        slack.events_url = f"http://127.0.0.1:{sock.getsockname()[1]}/slack/events"
        slack.board.entry.retries_after = (0.0, 0.01, 0.02)
        yield slack
    server.should_exit = server.force_exit = True
    await running


async def test_an_event_is_told_four_times_at_most_and_says_why():
    ear = Ear(Response(status_code=500))
    async with listening(ear) as slack:
        await slack.says(slack.add_user("Anna Ek", "anna@skovde.se"), "hej")
        await slack.settled()
    tries = [headers.get("x-slack-retry-num") for headers, _ in ear.heard]
    assert tries == [None, "1", "2", "3"]
    assert ear.heard[1][0]["x-slack-retry-reason"] == "http_error"
    assert len({body["event_id"] for _, body in ear.heard}) == 1


async def test_a_bot_can_ask_not_to_be_told_again():
    ear = Ear(Response(status_code=500, headers={"X-Slack-No-Retry": "1"}))
    async with listening(ear) as slack:
        await slack.says(slack.add_user("Anna Ek", "anna@skovde.se"), "hej")
        await slack.settled()
    assert len(ear.heard) == 1


async def test_an_event_says_where_it_happened_and_to_whom_it_is_told():
    ear = Ear(Response())
    async with listening(ear) as slack:
        stranger = slack.add_user("Ida Lund", "ida@other.example", team_id="T0OTHER")
        members = [stranger, slack.bot_user_id]
        channel = slack.add_channel("gemensam", members=members, shared=True)
        await slack.says(stranger, "hej", channel)
        told = ear.heard[0][1]
        assert told["is_ext_shared_channel"]
        assert told["authorizations"][0]["user_id"] == slack.bot_user_id
        assert (told["team_id"], told["api_app_id"]) == (slack.team_id, slack.app_id)
        assert told["event"]["user_team"] == "T0OTHER"


async def test_a_bot_that_is_away_is_not_reached():
    async with slack_counterpart() as slack:
        slack.board.entry.retries_after = ()
        anna = slack.add_user("Anna Ek", "anna@skovde.se")
        assert (await slack.command(anna, "/rapport", "x")).lost
        slack.events_url = "http://127.0.0.1:9/slack/events"
        assert (await slack.command(anna, "/rapport", "x")).lost
