"""`samspel doctor`: what Slack itself says of tokens, scopes, channels and the clock."""

from collections.abc import AsyncIterator, Iterator, Sequence

from bot.clock import Clock, in_stockholm
from bot.language import _
from bot.settings import Settings
from handlers.checks import Check, check_clock, check_registered, fine, warning, wrong
from handlers.secret_keys import KeyProblem
from handlers.slack.calls import TROUBLE, error_code
from handlers.slack.ids import PLATFORM
from handlers.slack.scopes import SCOPES
from handlers.slack.web_api import call
from handlers.slack.workspaces import NoInstallation, Workspaces
from storage.database import Database
from storage.queries import set_up
from storage.queries.set_up import BoundChannel


async def check_slack(
    settings: Settings, workspaces: Workspaces, database: Database | None, clock: Clock
) -> AsyncIterator[Check]:
    """Everything that Slack and the database say, one check after the other."""
    if settings.slack_app_token is not None:
        yield await check_app_token(workspaces, settings.slack_app_token.get_secret_value())
    channels: Sequence[BoundChannel] = ()
    if database is not None:
        async with database.connection() as db:
            channels = await set_up.bound_channels(db, PLATFORM)
            today = in_stockholm(clock()).date()
            registered = [
                await check_registered(
                    db, each.name or each.team_id, each, today, "SAMSPEL_SLACK_WORKSPACES"
                )
                for each in settings.slack_workspaces
            ]
        for check in registered:
            yield check
    if not settings.slack_is_connected or (settings.slack_bot_token is None and database is None):
        return
    try:
        teams = await workspaces.team_ids()
    except TROUBLE as error:
        yield _token_refused("SAMSPEL_SLACK_BOT_TOKEN", error)
        return
    for check in _elsewhere(settings, teams, channels):
        yield check
    for team in teams:
        mine = [each for each in channels if each.tenant == team]
        async for check in _workspace(workspaces, team, mine, clock):
            yield check


def _elsewhere(
    settings: Settings, teams: Sequence[str], channels: Sequence[BoundChannel]
) -> Iterator[Check]:
    """What is set up for workspaces where the bot is not."""
    cure = (
        _("Gör en länk med samspel slack install-link och följ den")
        if settings.slack_bot_token is None
        else _("Ta bort den, eller installera i flera arbetsytor med SAMSPEL_SLACK_CLIENT_ID")
    )
    for each in settings.slack_workspaces:
        if each.team_id not in teams:
            name = each.name or each.team_id
            yield warning(_("Samspel finns inte i arbetsytan {workspace}", workspace=name), cure)
    for channel in channels:
        if channel.tenant not in teams:
            yield wrong(
                _(
                    "Kanalen {name} är kopplad, men Samspel finns inte i arbetsytan {team}",
                    name=_hash(channel),
                    team=channel.tenant,
                ),
                _or_let_go(
                    channel,
                    _("Installera Samspel där igen, eller skriv /samspel koppla i en annan kanal"),
                ),
            )


async def check_app_token(workspaces: Workspaces, token: str) -> Check:
    """Whether Slack opens a socket for the app token; the socket itself is not used."""
    try:
        await call(workspaces.client_with(token), "apps.connections.open")
    except TROUBLE as error:
        cure = (
            _("Gör en app-token med connections:write och sätt SAMSPEL_SLACK_APP_TOKEN")
            if error_code(error)
            else _reach_slack()
        )
        return wrong(_("Socket Mode öppnas inte: {error}", error=_said(error)), cure)
    return fine(_("Socket Mode går att öppna"))


async def _workspace(
    workspaces: Workspaces, team: str, channels: Sequence[BoundChannel], clock: Clock
) -> AsyncIterator[Check]:
    try:
        answered = await call(await workspaces.client(team), "auth.test")
    except NoInstallation:
        yield warning(
            _("Installationen i {team} har just tagits bort", team=team),
            _("Gör en länk med samspel slack install-link och följ den"),
        )
        return
    except KeyProblem as problem:
        yield wrong(_("Token för {team} går inte att läsa", team=team), str(problem))
        return
    except TROUBLE as error:
        yield _token_refused(team, error)
        return
    name = str(answered.data.get("team") or team)
    yield fine(_("Boten är inloggad i {workspace} ({team})", workspace=name, team=team))
    yield check_clock(answered.headers.get("date"), "Slack", clock())
    yield check_scopes(name, answered.headers.get("x-oauth-scopes", ""))
    if workspaces.registered(team) is None:
        yield wrong(
            _("Arbetsytan {workspace} ({team}) är inte registrerad", workspace=name, team=team),
            _("Lägg till den i SAMSPEL_SLACK_WORKSPACES"),
        )
    if not channels:
        yield warning(
            _("Ingen kanal i {workspace} är kopplad", workspace=name),
            _("Bjud in Samspel i en kanal och skriv /samspel koppla där"),
        )
    for channel in channels:
        yield await _channel(workspaces, channel)


def check_scopes(workspace: str, granted: str) -> Check:
    """What Slack says that the token may do, against what is needed."""
    missing = sorted(set(SCOPES) - {scope.strip() for scope in granted.split(",")})
    if missing:
        return wrong(
            _(
                "Boten saknar rättigheter i {workspace}: {scopes}",
                workspace=workspace,
                scopes=", ".join(missing),
            ),
            _("Uppdatera appen med samspel manifest slack och installera den igen"),
        )
    return fine(_("Boten har de rättigheter som behövs i {workspace}", workspace=workspace))


async def _channel(workspaces: Workspaces, channel: BoundChannel) -> Check:
    name = _hash(channel)
    try:
        client = await workspaces.client(channel.tenant)
        said = (await call(client, "conversations.info", channel=channel.address)).data
    except TROUBLE as error:
        if error_code(error) == "channel_not_found":
            return wrong(_("Kanalen {name} finns inte, eller är dold", name=name), _invite(channel))
        return warning(
            _("Kanalen {name} gick inte att kontrollera: {error}", name=name, error=_said(error)),
            _("Kör samspel doctor igen om en stund"),
        )
    return next(_faults(channel, said["channel"]), fine(_("Kanalen {name} är på plats", name=name)))


def _hash(channel: BoundChannel) -> str:
    return f"#{channel.name.removeprefix('#')}"


def _faults(channel: BoundChannel, said: dict[str, object]) -> Iterator[Check]:
    name = _hash(channel)
    if said.get("is_archived"):
        cure = _("Ta tillbaka den ur arkivet, eller skriv /samspel koppla i en annan kanal")
        yield wrong(_("Kanalen {name} är arkiverad", name=name), _or_let_go(channel, cure))
    if not said.get("is_member"):
        yield wrong(_("Samspel är inte med i kanalen {name}", name=name), _invite(channel))
    if channel.gone:
        yield wrong(
            _("Samspel har inte märkt att kanalen {name} är tillbaka", name=name),
            _("Skriv /samspel i kanalen"),
        )


def _token_refused(what: str, error: Exception) -> Check:
    said = _said(error)
    if error_code(error):
        return wrong(
            _("Slack godkänner inte token för {what}: {error}", what=what, error=said),
            _("Installera appen igen och sätt den nya token"),
        )
    return wrong(_("Slack svarar inte: {error}", error=said), _reach_slack())


def _reach_slack() -> str:
    return _("Kontrollera nätet, brandväggen, HTTPS_PROXY och SAMSPEL_SLACK_API_URL")


def _invite(channel: BoundChannel) -> str:
    cure = _("Bjud in Samspel i kanalen, eller skriv /samspel koppla i en annan")
    return _or_let_go(channel, cure)


def _or_let_go(channel: BoundChannel, cure: str) -> str:
    """The cure, and how a channel that will not come back is let go of."""
    if not channel.gone:
        return cure
    let_go = _(
        "Kommer kanalen inte tillbaka: skriv koppla visa till Samspel och ta bort kopplingen"
    )
    return f"{cure}. {let_go}"


def _said(error: Exception) -> str:
    return error_code(error) or str(error) or type(error).__name__
