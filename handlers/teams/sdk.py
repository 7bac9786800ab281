"""Microsoft's Teams SDK, imported and set up here alone, so that it hears our settings only.

By itself it loads a `.env` file when it is imported, and takes secrets, addresses and whether to
check tokens at all from variables such as CLIENT_SECRET and CLOUD.
"""

import os
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from microsoft_teams.api import ApiClientSettings, Credentials, TokenCredentials
from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment
from microsoft_teams.common import ClientOptions
from microsoft_teams.common.experimental import ExperimentalWarning

from bot.settings import Settings, TeamsConnection
from handlers.teams.ids import messages_path
from handlers.teams.tokens import Tokens

SERVICE_URL = "https://smba.trafficmanager.net/teams"
"""Where Teams is answered until an activity says where it is."""

CALL_SECONDS = 10.0
"""For one call of Teams' connector."""

_NO_DOTENV = "PYTHON_DOTENV_DISABLED"


@contextmanager
def _quietly() -> Generator[None]:
    """Within this, no `.env` is loaded, nor is it told that parts we do not use are in preview."""
    before = os.environ.get(_NO_DOTENV)
    os.environ[_NO_DOTENV] = "1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ExperimentalWarning)
            yield
    finally:
        if before is None:
            del os.environ[_NO_DOTENV]
        else:
            os.environ[_NO_DOTENV] = before


with _quietly():
    from microsoft_teams.apps import (
        ActivityContext,
        App,
        HttpServerAdapter,
        to_threaded_conversation_id,
    )
    from microsoft_teams.apps.events import ActivityEvent, CoreActivity

# Of what is in preview we use targeted messages, which may fail or be gone at any time.
warnings.filterwarnings("ignore", category=ExperimentalWarning)


class OurApp(App):
    """The SDK's App, which shows itself by our tokens whatever the environment holds."""

    def _init_credentials(self) -> Credentials | None:
        options = self.options
        assert options.client_id is not None
        assert options.token is not None
        return TokenCredentials(
            client_id=options.client_id, tenant_id=options.tenant_id, token=options.token
        )


def make_app(
    connection: TeamsConnection,
    tokens: Tokens,
    cloud: CloudEnvironment,
    adapter: HttpServerAdapter,
    *,
    anonymous: bool = False,
) -> App:
    """The SDK's App of one connection, at its own path of the adapter once it is initialized.

    `anonymous`: it lets anybody in without a token. It asks for no user's token, keeps no state
    and sends no telemetry.
    """
    return OurApp(
        client_id=connection.app_id,
        tenant_id=connection.tenant_id,
        token=tokens.token,
        cloud=cloud,
        service_url=SERVICE_URL,
        client=ClientOptions(timeout=CALL_SECONDS),
        api_client_settings=ApiClientSettings(oauth_url=cloud.token_service_url),
        http_server_adapter=adapter,
        messaging_endpoint=messages_path(connection.name),
        dangerously_allow_unauthenticated_requests=anonymous,
        fetch_user_token=False,
        state=False,
        telemetry={"agent365": False},
    )


def cloud_of(settings: Settings) -> CloudEnvironment:
    """Microsoft's public cloud, with the addresses that SAMSPEL_TEAMS_CLOUD puts in their place."""
    return replace(PUBLIC, **settings.teams_cloud)


__all__ = [
    "ActivityContext",
    "ActivityEvent",
    "App",
    "CloudEnvironment",
    "CoreActivity",
    "HttpServerAdapter",
    "cloud_of",
    "make_app",
    "to_threaded_conversation_id",
]
