"""What is one person's own: settings."""

from collections.abc import Iterator

from bot.conversations import personal_settings
from bot.conversations.personal_settings import ChangeSettings
from bot.conversations.setting import Chosen
from bot.conversations.settings_place import PLACE, STOPS, place_name
from bot.specimens.forms import every_step
from bot.specimens.specimen import Drawn
from bot.specimens.world import World


def personal_cards(world: World) -> Iterator[Drawn]:
    """All of them, but the form."""
    settings = personal_settings.settings_card(_chosen(world))
    yield Drawn("settings", "installningar", settings)
    yield Drawn("settings-spoken", "installningar", personal_settings.spoken_card("en", "sv"))
    same = personal_settings.spoken_card("sv", "sv")
    yield Drawn("settings-spoken-before", "installningar", same)
    yield Drawn("settings-which", "installningar", personal_settings.which_language())


def personal_forms(world: World) -> Iterator[Drawn]:
    """The settings."""
    yield from every_step(world, "installningar", ChangeSettings(), _chosen(world), ())


def _chosen(world: World) -> Chosen:
    """Somebody who can be reached in several places, and has chosen one of them."""
    places = (("slack", "T0SKOVDE"), ("slack", "T0HJO"), ("web", "web"), ("email", "mail"))
    offered = tuple(
        (f"{platform}|{tenant}", place_name(platform, tenant, several=platform == "slack"))
        for platform, tenant in places
    )
    values = {PLACE: {"platform": "slack", "tenant": "T0HJO"}, STOPS: ["reminder"]}
    return Chosen(world.person, values, {PLACE: offered})
