"""`samspel doctor`: whether Teams' settings fit together; nobody is asked anything."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.language import _
from bot.settings import Settings
from handlers.checks import Check, fine, warning, wrong
from handlers.teams.ids import messages_path


def check_settings(settings: Settings) -> Iterator[Check]:
    """What can be said of the settings alone."""
    if not settings.teams_is_connected:
        yield fine(_("Teams är inte inställt"))
        return
    if settings.teams_anonymous:
        yield warning(
            _("SLÄPPER IN VEM SOM HELST: Teams ingång kontrollerar inte vem som skriver"),
            _("Bara för att prova på den här datorn: ta bort SAMSPEL_TEAMS_ANONYMOUS i drift"),
        )
    else:
        yield from _addresses(settings)
    yield _hosts(settings)


def _addresses(settings: Settings) -> Iterator[Check]:
    base = settings.public_url or ""
    if urlsplit(base).scheme != "https":
        yield wrong(
            _("Teams skickar bara till en adress med https"),
            _("Sätt SAMSPEL_PUBLIC_URL till adressen som Teams når Samspel på"),
        )
        return
    for each in settings.teams_connections:
        yield fine(
            _(
                "{name}: i Azure ska botens Messaging endpoint vara {address}",
                name=each.name,
                address=base.rstrip("/") + messages_path(each.name),
            )
        )


def _hosts(settings: Settings) -> Check:
    what = _("Teams får svar på {hosts}", hosts=", ".join(settings.teams_service_hosts))
    if settings.teams_service_hosts == Settings.model_fields["teams_service_hosts"].default:
        return fine(what)
    return warning(
        what,
        _("SAMSPEL_TEAMS_SERVICE_HOSTS är ändrad: kontrollera att det är Microsofts adresser"),
    )
