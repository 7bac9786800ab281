"""Modals that are no forms: one that waits, one that only tells."""

from collections.abc import Sequence
from typing import Any

from slackblocks import Block, ContextBlock, DividerBlock, ModalView

from bot.conversations.views import Card, text
from bot.language import _, ngettext
from handlers.slack.canvas import Canvas
from handlers.slack.limits import BLOCKS_IN_VIEW
from handlers.slack.render import blocks_of, draw_card
from handlers.slack.texts import plain

CALLBACK = "notice"


def waiting(*, saving: bool, canvas: Canvas) -> dict[str, Any]:
    """What stands in the modal while the bot is not done."""
    said = (
        _("Sparar… Det tar lite längre än vanligt. Du kan stänga fönstret: det du skrev är kvar.")
        if saving
        else _("Hämtar formuläret… Det tar lite längre än vanligt.")
    )
    title = _("Sparar…") if saving else _("Ett ögonblick…")
    return _told([Card(summary=said, parts=(text(said),))], title, canvas)


def notice(cards: Sequence[Card], canvas: Canvas) -> dict[str, Any]:
    """Cards in a modal, to be read and closed."""
    return _told(cards, _("Samspel"), canvas)


def _told(cards: Sequence[Card], title: str, canvas: Canvas) -> dict[str, Any]:
    blocks: list[Block] = []
    for number, card in enumerate(cards):
        drawn = [*([DividerBlock()] if blocks else []), *draw_card(card, canvas, "modal")]
        if len(blocks) + len(drawn) > BLOCKS_IN_VIEW - 1:
            left = ngettext(
                "Ytterligare {n} del får inte plats.",
                "Ytterligare {n} delar får inte plats.",
                len(cards) - number,
            )
            blocks.append(ContextBlock([plain(left)]))
            break
        blocks += drawn
    modal = ModalView(
        title=plain(title), blocks=blocks, close=plain(_("Stäng")), callback_id=CALLBACK
    )
    return modal.to_dict() | {"blocks": blocks_of(blocks)}
