"""The workspace of Slack's benchmark: who the bot is there, and commands as Slack signs them.

`python -m tests.benchmarks.slack_workspace` is the little of Slack's Web API that the bot asks for
at start, and prints its address.
"""

import hashlib
import hmac
import time
from itertools import count
from urllib.parse import urlencode

from fastapi import FastAPI

from tests.benchmarks.servers import serve_bare

TEAM = "T0BENCH"
BOT_TOKEN = "xoxb-bench"
SIGNING_SECRET = "bench-signing-secret"
WHO = {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": TEAM, "team": "Bench", "user": "samspel"}

_numbers = count(1)


def user_of(code: str) -> str:
    """The account of whoever is responsible for the activity with that code."""
    return f"U{code.replace('-', '')}"


def channel_of(code: str) -> str:
    """The channel where they type, bound to the activity's network."""
    return f"C{code.replace('-', '')}"


def command(code: str, state: str, said: str) -> str:
    """`/rapport CODE STATE …` as Slack sends it, a new one each time."""
    return urlencode(
        {
            "token": "bench",
            "team_id": TEAM,
            "team_domain": "bench",
            "channel_id": channel_of(code),
            "channel_name": "bench",
            "user_id": user_of(code),
            "user_name": "bench",
            "command": "/rapport",
            "text": f"{code} {state} {said}",
            "api_app_id": "A0BENCH",
            "is_enterprise_install": "false",
            "response_url": f"http://127.0.0.1:9/commands/{TEAM}",
            "trigger_id": f"{next(_numbers)}.bench",
        }
    )


def signed(body: str) -> dict[str, str]:
    """The headers by which the bot knows Slack, signed now."""
    moment = str(int(time.time()))
    digest = hmac.new(SIGNING_SECRET.encode(), f"v0:{moment}:{body}".encode(), hashlib.sha256)
    return {
        "x-slack-request-timestamp": moment,
        "x-slack-signature": f"v0={digest.hexdigest()}",
    }


def web_api() -> FastAPI:
    """auth.test, and nothing else."""
    api = FastAPI()

    @api.post("/api/auth.test")
    async def who() -> dict[str, object]:  # pyright: ignore[reportUnusedFunction]
        return {"ok": True, **WHO}

    return api


if __name__ == "__main__":
    serve_bare(web_api())
