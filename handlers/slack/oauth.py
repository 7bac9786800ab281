"""Slack's OAuth: where an install begins, and what it brings."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.settings import Settings
from handlers.slack.installations import Installed
from handlers.slack.scopes import SCOPES
from handlers.slack.web_api import call
from handlers.slack.workspaces import Workspaces

REDIRECT_PATH = "/slack/oauth_redirect"


@dataclass(frozen=True)
class OAuthApp:
    """What an install by OAuth needs of the settings."""

    client_id: str
    client_secret: str
    public_url: str
    authorize_url: str


def oauth_app(settings: Settings) -> OAuthApp | None:
    """The app as the settings have it; None unless all that an install needs is set."""
    secret = settings.slack_client_secret
    if settings.slack_client_id is None or secret is None or settings.public_url is None:
        return None
    return OAuthApp(
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value(),
        public_url=settings.public_url.rstrip("/"),
        authorize_url=settings.slack_api_url.removesuffix("api/") + "oauth/v2/authorize",
    )


def redirect_url(app: OAuthApp) -> str:
    """Where Slack sends the browser back to."""
    return app.public_url + REDIRECT_PATH


def slack_origin(app: OAuthApp) -> str:
    """Scheme and host of Slack's own pages."""
    parts = urlsplit(app.authorize_url)
    return f"{parts.scheme}://{parts.netloc}"


def authorize_page(app: OAuthApp, state: str, team_id: str | None) -> str:
    """Slack's page where the install is approved, with that workspace chosen if one is named."""
    asked = {
        "client_id": app.client_id,
        "scope": ",".join(SCOPES),
        "state": state,
        "redirect_uri": redirect_url(app),
    }
    return f"{app.authorize_url}?{urlencode(asked | ({'team': team_id} if team_id else {}))}"


@dataclass(frozen=True)
class Granted:
    """What Slack gave for a code. `installed` is None for a whole organisation's install."""

    token: str
    installed: Installed | None
    expires: bool


async def granted(workspaces: Workspaces, app: OAuthApp, code: str) -> Granted:
    """Trade the code in. calls.TROUBLE when Slack says no or is not reached."""
    # The SDK's own way makes a warning of aiohttp's on each call.
    basic = b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
    sdk: Any = workspaces.client_with(None)
    answer = await sdk.api_call(
        "oauth.v2.access",
        data={"code": code, "redirect_uri": redirect_url(app)},
        headers={"Authorization": f"Basic {basic}"},
    )
    said: Mapping[str, Any] = answer.data
    team: Mapping[str, str] = said.get("team") or {}
    installed = None
    if team.get("id") and not said.get("is_enterprise_install"):
        installed = Installed(
            team_id=team["id"],
            team_name=team.get("name", ""),
            app_id=said.get("app_id", ""),
            bot_user_id=said.get("bot_user_id", ""),
            scopes=tuple(said.get("scope", "").split(",")),
        )
    return Granted(said.get("access_token", ""), installed, bool(said.get("expires_in")))


async def give_back(workspaces: Workspaces, token: str) -> None:
    """Have Slack forget a token that we will not keep. calls.TROUBLE when it could not be told."""
    await call(workspaces.client_with(token), "auth.revoke")
