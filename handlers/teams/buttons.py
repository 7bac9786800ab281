"""Buttons: an ActionSet where they stand, the rest of the choices in its menu."""

from collections.abc import Iterator
from typing import Any, Literal

from microsoft_teams.cards.core import (
    Action,
    ActionMode,
    ActionSet,
    ActionStyle,
    CardElement,
    ExecuteAction,
    OpenUrlAction,
    SubmitAction,
    TextBlock,
)

from bot.conversations.views import Button, Buttons
from handlers.teams.canvas import Canvas
from handlers.teams.ids import PRESS
from handlers.teams.texts import lines, plain

Way = Literal["execute", "submit"]
"""How a card answers: in place in a chat, or as a dialog, which knows Action.Submit only."""

STYLES: dict[str, ActionStyle] = {"primary": "positive", "danger": "destructive"}


def draw_buttons(buttons: Buttons, canvas: Canvas, way: Way) -> Iterator[CardElement]:
    """The buttons; those that would lead nowhere are words."""
    shown = [(each, draw_button(each, canvas, way)) for each in buttons.buttons]
    menu = [(each, draw_button(each, canvas, way, "secondary")) for each in buttons.overflow]
    actions = [drawn for _each, drawn in (*shown, *menu) if drawn is not None]
    if actions:
        yield ActionSet(actions=actions)
    words = [each.label for each, drawn in (*shown, *menu) if drawn is None]
    if words:
        yield TextBlock(text=lines(" · ".join(words)), wrap=True, is_subtle=True)


def draw_button(
    button: Button, canvas: Canvas, way: Way, mode: ActionMode | None = None
) -> Action | None:
    """One button, or None where it would lead nowhere."""
    if button.press is not None:
        data = {"press": button.press.encoded()}
        return acting(way, PRESS, button.label, data, STYLES.get(button.style), mode)
    url = canvas.address(button.href or "")
    if url is None:
        return None
    return OpenUrlAction(title=plain(button.label), url=url, mode=mode)


def acting(
    way: Way,
    verb: str,
    title: str,
    data: dict[str, Any],
    style: ActionStyle | None = None,
    mode: ActionMode | None = None,
    *,
    with_inputs: bool = False,
) -> Action:
    """What sends `data`, and what stands in the card's fields if asked."""
    inputs = "auto" if with_inputs else None
    if way == "submit":
        return SubmitAction(
            title=plain(title), data=data, style=style, mode=mode, associated_inputs=inputs
        )
    return ExecuteAction(
        title=plain(title), verb=verb, data=data, style=style, mode=mode, associated_inputs=inputs
    )
