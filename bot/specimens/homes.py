"""One's own page: empty, with forms begun, with one's activities."""

from collections.abc import Iterator

from bot.conversations.forms import Home
from bot.conversations.personal_settings import settings_card
from bot.conversations.registry import Conversations
from bot.conversations.show_activity import mine_card
from bot.conversations.understanding import begun_card, welcome
from bot.conversations.weekly_digest import home_card
from bot.specimens.personal import sent_digests
from bot.specimens.specimen import Drawn
from bot.specimens.world import World


def homes(world: World, known: Conversations) -> Iterator[Drawn]:
    """All of them."""
    yield Drawn("welcome", "", Home(cards=(welcome(),)))
    mine = mine_card(world.mine, world.latest)
    codes = [each.code for each in world.activities[: world.voice.many(2, 30)]]
    begun = begun_card(known, [("rapport", (code,)) for code in codes])
    sent = sent_digests(world)[: world.voice.many(1, 2)]
    digests = [home_card(each) for each in sent]
    cards = (*begun, mine, *digests, settings_card(world.person))
    yield Drawn("everything", "mina", Home(cards=cards))
