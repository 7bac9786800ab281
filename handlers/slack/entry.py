"""Slack's way in: what slack_bolt verifies and sorts, handed to those who answer it.

Everything is acknowledged when it is taken in, not before: what fails is brought again by Slack,
or told to whoever did it.
"""

# slack_bolt leaves its decorators and what it hands over without types.
# pyright: reportUnknownMemberType=false, reportUntypedFunctionDecorator=false
# pyright: reportUnusedFunction=false, reportUnknownVariableType=false

import logging
import re
from typing import Any, cast

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.language import _
from handlers.payload import Payload, part, word
from handlers.slack import comings, commands, home, lines, presses, shortcuts, submissions
from handlers.slack.calls import error_code
from handlers.slack.desk import Desk
from handlers.slack.ids import GLOBAL, OF_MESSAGE
from handlers.slack.render import PRESS
from handlers.slack.render_form import CALLBACK, HOME_PAGE
from handlers.slack.translate import Sender, Unreadable
from handlers.slack.unheard import Unheard
from handlers.slack.workspaces import Authorize

log = structlog.get_logger(__name__)

ANY = re.compile(".*", re.DOTALL)
PRESSED = re.compile(rf"^{PRESS}\.")
"""Our buttons; those that only lead somewhere are acknowledged and no more."""
TURNED = re.compile(rf"^{HOME_PAGE}\.")
FIELD = re.compile(r"^[a-z_0-9]+(\.[a-z_0-9]+)?$")

RETRIED, LAST_RETRY = "x-slack-retry-num", "3"
"""docs.slack.dev/apis/events-api: the header of what is brought again, at most three times."""

ENDED = {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
"""What auth.test answers where the bot is not any more."""


def slack_app(desk: Desk) -> AsyncApp:
    """The app that verifies what comes in, and answers it at `desk`."""
    secret = desk.settings.slack_signing_secret
    app = AsyncApp(
        name="samspel",
        logger=_quiet_logger(),
        signing_secret=secret.get_secret_value() if secret else "",
        # None says that it is not installed there, which slack_bolt's type leaves out.
        authorize=cast(Any, _authorize(desk)),
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=_(
            "Samspel är inte installerat här längre. Be den som sköter Samspel installera det igen."
        ),
    )
    unheard = Unheard(desk)
    _add_commands(app, desk, unheard)
    _add_buttons(app, desk, unheard)
    _add_forms(app, desk)
    _add_events(app, desk, unheard)
    app.error(_failed)
    return app


def _quiet_logger() -> logging.Logger:
    """slack_bolt's own log can hold what people wrote; ours tells what happened."""
    quiet = logging.getLogger("samspel.slack_bolt")
    quiet.setLevel(logging.CRITICAL)
    return quiet


def _sender(context: AsyncBoltContext) -> Sender:
    return Sender(
        team=context.team_id or "",
        user=context.user_id or "",
        actor_team=context.actor_team_id or "",
    )


class SlackAway(Exception):
    """Slack could not say who the bot is in a workspace; it will be asked again."""


def _authorize(desk: Desk) -> Authorize:
    """Who the bot is where something happened; None where it is not, or not any more.

    slack_bolt acknowledges whatever it meets a SlackApiError with: what Slack could not tell just
    now would be lost, instead of being brought again.
    """
    ask = desk.workspaces.authorizer()

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        try:
            return await ask(enterprise_id, team_id)
        except SlackApiError as error:
            if error_code(error) in ENDED:
                return None
            raise SlackAway from error

    return authorize


def _add_commands(app: AsyncApp, desk: Desk, unheard: Unheard) -> None:
    @app.command(ANY)
    async def on_command(ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await commands.command(desk, _sender(context), body, ack, unheard)

    @app.shortcut(re.compile(rf"^({re.escape(GLOBAL)}|{re.escape(OF_MESSAGE)})"))
    async def on_shortcut(ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await shortcuts.shortcut(desk, _sender(context), body, ack)


def _add_buttons(app: AsyncApp, desk: Desk, unheard: Unheard) -> None:
    @app.action(PRESSED)
    async def on_press(
        ack: AsyncAck, action: Payload, body: Payload, context: AsyncBoltContext
    ) -> None:
        channel = word(part(body, "channel"), "id")
        desk.patience.behind(unheard.look(context.team_id or "", channel))
        await presses.press(desk, _sender(context), action, body, ack)

    @app.action(re.compile(r"^open\."))
    async def on_link(ack: AsyncAck) -> None:
        await ack()


def _add_forms(app: AsyncApp, desk: Desk) -> None:
    @app.action(TURNED)
    async def on_page(ack: AsyncAck, action: Payload, context: AsyncBoltContext) -> None:
        await ack()
        desk.patience.behind(home.turned(desk, _sender(context), word(action, "value")))

    @app.action(FIELD)
    async def on_field(
        ack: AsyncAck, action: Payload, body: Payload, context: AsyncBoltContext
    ) -> None:
        await submissions.redraw(desk, _sender(context), action, body, ack)

    @app.view(CALLBACK)
    async def on_submission(ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await submissions.submit(desk, _sender(context), body, ack)

    @app.options(ANY)
    async def on_search(ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        await submissions.suggest(desk, _sender(context), body, ack)


def _add_events(app: AsyncApp, desk: Desk, unheard: Unheard) -> None:
    async def on_line(event: Payload, context: AsyncBoltContext, request: AsyncBoltRequest) -> None:
        await unheard.look(context.team_id or "", word(event, "channel"))
        await lines.line(
            desk,
            lines.sender_of(_sender(context), event),
            event,
            bot_user_id=context.bot_user_id or "",
            last=request.headers.get(RETRIED, [""])[0] == LAST_RETRY,
        )

    for name in ("message", "app_mention"):
        app.event(name)(on_line)

    @app.event("app_home_opened")
    async def on_home(event: Payload, context: AsyncBoltContext) -> None:
        if word(event, "tab") != "messages":
            desk.patience.behind(home.opened(desk, _sender(context)))

    async def on_channel(event: Payload, context: AsyncBoltContext) -> None:
        await comings.channel_event(desk, context.team_id or "", event, context.bot_user_id or "")

    for name in comings.CHANNEL_EVENTS:
        app.event(name)(on_channel)

    @app.event("user_change")
    async def on_user(event: Payload, context: AsyncBoltContext) -> None:
        await comings.user_changed(desk, context.team_id or "", event)

    async def on_lost(event: Payload, context: AsyncBoltContext) -> None:
        await comings.workspace_lost(desk, context.team_id or "", event)

    for name in ("app_uninstalled", "tokens_revoked"):
        app.event(name)(on_lost)


async def _failed(error: Exception) -> BoltResponse:
    """What cannot be read is done with; anything else Slack brings again."""
    if isinstance(error, Unreadable):
        log.info("slack_unreadable")
        return BoltResponse(status=200)
    if isinstance(error, BoltUnhandledRequestError):
        body = cast(Payload, error.body)
        log.info("slack_unused", type=word(part(body, "event") or body, "type"))
        return BoltResponse(status=200)
    log.error("slack_not_taken_in", error=type(error).__name__)
    return BoltResponse(status=503)
