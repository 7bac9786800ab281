"""One's own page: empty, with forms begun, with one's activities."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.conversations.digests.pages import home_card
from bot.conversations.forms import Home
from bot.conversations.personal_settings import settings_card
from bot.conversations.setting import Chosen
from bot.conversations.show_activity import mine_card, none_of_mine
from bot.conversations.unsent_forms import Unsent, unsent_card
from bot.language import _
from bot.specimens.digest_talk import sent_digests
from bot.specimens.specimen import Drawn
from bot.specimens.world import World


def homes(world: World) -> Iterator[Drawn]:
    """All of them."""
    nothing = Home(cards=(none_of_mine(), settings_card(Chosen(world.person))))
    yield Drawn("nothing-of-ones-own", "mina", nothing)
    mine = mine_card(world.mine, world.latest)
    codes = [each.code for each in world.activities[: world.voice.many(2, 30)]]
    left = [Unsent("rapport", (code,), _left(code), world.now) for code in codes]
    again = [replace(each, left_at=each.left_at - timedelta(days=1)) for each in left[:1]]
    begun = (unsent_card([*left, *again]),) if left else ()
    sent = sent_digests(world)[: world.voice.many(1, 2)]
    digests = [home_card(each) for each in sent]
    cards = (*begun, mine, *digests, settings_card(Chosen(world.person)))
    yield Drawn("everything", "mina", Home(cards=cards))


def _left(code: str) -> str:
    return f"{_('Rapportera läget')} {code}"
