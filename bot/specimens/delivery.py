"""Cards about delivery, to administrators."""

from collections.abc import Iterator
from datetime import timedelta

from bot.conversations import undelivered
from bot.conversations.undelivered import A_PAGE, NAME, Shown
from bot.specimens.specimen import Drawn
from bot.specimens.world import NOW, World
from storage.queries.undelivered import HowMany, Undelivered, Waiting

CAUSES = ("Slack: channel_not_found", "Inget svar i tid", "Teams: MessageSizeTooBig")
PLACES = ("kompetens", "Anna Ek", "styrgruppen")


def delivery_cards(world: World) -> Iterator[Drawn]:
    """All of them."""
    none = Shown(Waiting(0, None), HowMany(0, 0), (), 1)
    yield Drawn("delivery-all-well", NAME, undelivered.delivery_card(none))
    some = Shown(
        Waiting(12, NOW - timedelta(minutes=7)),
        HowMany(2 * A_PAGE + 1, 2 * A_PAGE),
        [_failed(world, n) for n in range(A_PAGE)],
        2,
    )
    yield Drawn("delivery-failed", NAME, undelivered.delivery_card(some))
    for n in (0, 3):
        told = undelivered.tried_again(n)
        yield Drawn(f"delivery-tried-{n}", NAME, undelivered.delivery_card(some, told))
    yield Drawn("delivery-home", NAME, undelivered.home_card(9))


def _failed(world: World, n: int) -> Undelivered:
    voice = world.voice
    return Undelivered(
        kind="card" if n == 1 else "message",
        id=40 + n,
        conversation_id=n,
        platform=("slack", "teams", "web")[n % 3],
        conversation=voice.line(PLACES, 80),
        closed=n == 2,
        cause=CAUSES[n % 3] if n < 3 else "",
        created_at=NOW - timedelta(hours=n + 1),
        attempted_at=NOW,
        attempts=n + 1,
    )
