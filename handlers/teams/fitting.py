"""Fitting a card into an activity: its size as Teams counts it, and what has no room is told of."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from microsoft_teams.cards.core import AdaptiveCard, CardElement, TextBlock
from pydantic import BaseModel

from bot.language import ngettext
from handlers.teams.limits import ACTIVITY_BYTES, AROUND_THE_CARD
from handlers.teams.texts import plain

Json = dict[str, Any]


def as_json(drawn: BaseModel) -> Json:
    """What is drawn as it is sent."""
    return drawn.model_dump(mode="json", by_alias=True, exclude_none=True)


def size(sent: Json) -> int:
    """Bytes as Teams counts them: JSON in UTF-16."""
    return len(json.dumps(sent, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))


def fits(card: AdaptiveCard, summary: str) -> bool:
    """Whether an activity may hold the card with that summary."""
    return over(card, summary) <= 0


def over(card: AdaptiveCard, summary: str) -> int:
    """How many bytes the activity has too many; less than none when there is room."""
    return size(as_json(card)) + 2 * len(summary) + AROUND_THE_CARD - ACTIVITY_BYTES


def cut(
    elements: Sequence[CardElement],
    frame: Callable[[list[CardElement]], AdaptiveCard],
    summary: str,
) -> AdaptiveCard:
    """A card of the elements that have room, which tells how many have none.

    `frame` makes a card of elements, and may add to them.
    """
    room = ACTIVITY_BYTES
    drawn = frame(parts_that_fit(elements, room))
    while room > 0 and not fits(drawn, summary):
        room -= max(over(drawn, summary), 1)
        drawn = frame(parts_that_fit(elements, room))
    return drawn


def parts_that_fit(elements: Sequence[CardElement], room: int) -> list[CardElement]:
    """The elements, as many as have room, and how many have none."""
    kept: list[CardElement] = []
    left = room
    for element in elements:
        left -= size(as_json(element)) + 4
        if left < 0:
            break
        kept.append(element)
    said = ngettext(
        "Ytterligare {n} del får inte plats.",
        "Ytterligare {n} delar får inte plats.",
        len(elements) - len(kept),
    )
    return [*kept, TextBlock(text=plain(said), wrap=True, is_subtle=True)]
