"""What is one person's own: settings, and the digest read again."""

from collections.abc import Iterator

from bot.conversations import personal_settings, weekly_digest
from bot.conversations.personal_settings import ChangeSettings
from bot.conversations.setting import Chosen
from bot.conversations.settings_place import PLACE, STOPS, place_name
from bot.digests.compose import compose
from bot.digests.period import Audience
from bot.digests.publish import SentDigest
from bot.specimens.digest import material_of
from bot.specimens.forms import every_step
from bot.specimens.specimen import Drawn
from bot.specimens.world import NOW, World


def personal_cards(world: World) -> Iterator[Drawn]:
    """All of them, but the form."""
    settings = personal_settings.settings_card(_chosen(world))
    yield Drawn("settings", "installningar", settings)
    yield Drawn("settings-spoken", "installningar", personal_settings.spoken_card("en", "sv"))
    same = personal_settings.spoken_card("sv", "sv")
    yield Drawn("settings-spoken-before", "installningar", same)
    yield Drawn("settings-which", "installningar", personal_settings.which_language())
    yield from _digests(world)


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


def sent_digests(world: World) -> list[SentDigest]:
    """What each audience got last."""
    found: list[SentDigest] = []
    for audience in Audience:
        material = material_of(world, audience)
        found.append(SentDigest(audience, material.week, NOW, compose(material).cards))
    return found


def _digests(world: World) -> Iterator[Drawn]:
    first, *others = sent_digests(world)
    cards = first.cards
    shown = weekly_digest.page_card(first.audience, first.week, cards, 1, others)
    yield Drawn("digest-again", "veckobrev", shown)
    last = weekly_digest.page_card(first.audience, first.week, cards, len(cards))
    yield Drawn("digest-again-last", "veckobrev", last)
    words = world.voice.line(("förra",), 300)
    yield Drawn("digest-no-such", "veckobrev", weekly_digest.no_such_digest(words))
    yield Drawn("digest-for-others", "veckobrev", weekly_digest.for_others())
    yield Drawn("digest-none-yet", "veckobrev", weekly_digest.none_yet())
    yield Drawn("digest-at-home", "veckobrev", weekly_digest.home_card(first))
