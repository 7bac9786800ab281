"""`samspel doctor`: whether Slack's settings are complete and of the right shape."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.language import _
from bot.settings import Settings
from handlers.checks import Check, fine, warning, wrong
from handlers.secret_keys import KeyProblem, SecretKeys


def check_settings(settings: Settings) -> Iterator[Check]:
    """What can be said of the settings alone."""
    if not _anything(settings):
        yield fine(_("Slack är inte inställt"))
        return
    yield from _access(settings)
    yield from _entry(settings)
    if not settings.slack_workspaces:
        yield wrong(
            _("Ingen arbetsyta är registrerad"),
            _("Sätt SAMSPEL_SLACK_WORKSPACES med team_id, organisations och email_domains"),
        )


def _anything(settings: Settings) -> bool:
    return settings.slack_is_connected or any(
        each is not None
        for each in (
            settings.slack_app_token,
            settings.slack_signing_secret,
            settings.slack_client_secret,
        )
    )


def _access(settings: Settings) -> Iterator[Check]:
    """One workspace by token, or several by OAuth."""
    token = settings.slack_bot_token
    if token is not None:
        yield _shape("SAMSPEL_SLACK_BOT_TOKEN", token, "xoxb-")
        if settings.slack_client_id is not None:
            yield warning(
                _("Både SAMSPEL_SLACK_BOT_TOKEN och SAMSPEL_SLACK_CLIENT_ID är satta"),
                _("Boten använder sin token; ta bort den om flera arbetsytor ska installera"),
            )
    elif settings.slack_client_id is not None:
        yield from _oauth(settings)
    else:
        yield wrong(
            _("Boten har ingen väg in i Slack"),
            _("Sätt SAMSPEL_SLACK_BOT_TOKEN, eller SAMSPEL_SLACK_CLIENT_ID för flera arbetsytor"),
        )


def _oauth(settings: Settings) -> Iterator[Check]:
    missing = [
        name
        for name, value in (
            ("SAMSPEL_SLACK_CLIENT_SECRET", settings.slack_client_secret),
            ("SAMSPEL_PUBLIC_URL", settings.public_url),
        )
        if value is None
    ]
    if missing:
        names = ", ".join(missing)
        yield wrong(
            _("Installation i flera arbetsytor är bara halvt inställd"),
            _("Sätt också {names}", names=names),
        )
    else:
        yield fine(_("Installation i flera arbetsytor är inställd"))
    try:
        SecretKeys(settings).seal(b"")
    except KeyProblem as problem:
        yield wrong(_("Det som är hemligt kan inte krypteras"), str(problem))
    else:
        yield fine(_("Nyckeln som krypterar går att använda"))


def _entry(settings: Settings) -> Iterator[Check]:
    """Socket Mode when there is an app token, else HTTP."""
    if settings.slack_app_token is not None:
        yield _shape("SAMSPEL_SLACK_APP_TOKEN", settings.slack_app_token, "xapp-")
        return
    if settings.slack_signing_secret is None:
        yield wrong(
            _("Slack har ingen väg in till boten"),
            _(
                "Sätt SAMSPEL_SLACK_SIGNING_SECRET för HTTP, eller SAMSPEL_SLACK_APP_TOKEN för "
                "Socket Mode"
            ),
        )
        return
    if settings.slack_signing_secret.get_secret_value().startswith(("xox", "xapp")):
        yield wrong(
            _("SAMSPEL_SLACK_SIGNING_SECRET är en token"),
            _("Kopiera Signing Secret under Basic Information i appens inställningar"),
        )
    yield _public_address(settings)


def _public_address(settings: Settings) -> Check:
    if urlsplit(settings.public_url or "").scheme == "https":
        return fine(
            _(
                "SAMSPEL_PUBLIC_URL har rätt form ({url}). Om Slack når den står i appens "
                "inställningar, under Event Subscriptions",
                url=settings.public_url,
            )
        )
    return wrong(
        _("Slack skickar bara till en adress med https"),
        _("Sätt SAMSPEL_PUBLIC_URL till en sådan, eller använd SAMSPEL_SLACK_APP_TOKEN"),
    )


def _shape(name: str, secret: SecretStr, start: str) -> Check:
    if secret.get_secret_value().strip().startswith(start):
        return fine(_("{name} har rätt form", name=name))
    return wrong(
        _("{name} har fel form", name=name),
        _("Den ska börja med {start}; kopiera den ur appens inställningar i Slack", start=start),
    )
