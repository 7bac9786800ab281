"""The shapes in which an invoke is answered: a card in place, words, a dialog, suggestions."""

from collections.abc import Iterable
from typing import Any

from microsoft_teams.api.models import (
    AdaptiveCardActionCardResponse,
    AdaptiveCardActionMessageResponse,
    AdaptiveCardAttachment,
    CardTaskModuleTaskInfo,
    MessagingExtensionActionResponse,
    TaskModuleContinueResponse,
    TaskModuleMessageResponse,
    card_attachment,
)
from microsoft_teams.cards.core import AdaptiveCard

from bot.conversations.forms import Option
from handlers.teams.fitting import as_json

Body = dict[str, Any]

SEARCH = "application/vnd.microsoft.search.searchResponse"
ERROR = "application/vnd.microsoft.error"

WORDS = 1_000
"""Ours: characters that Teams is given to show beside a card for a moment."""


def in_place(card: AdaptiveCard) -> Body:
    """The card that this person sees in the place of the one they acted in."""
    answer = AdaptiveCardActionCardResponse(value=card)
    return answer.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"value"}) | {
        "value": as_json(card)
    }


def in_words(words: str) -> Body:
    """Words that this person sees for a moment; the card stays, with what is typed in it."""
    said = words if len(words) <= WORDS else f"{words[: WORDS - 1]}…"
    return AdaptiveCardActionMessageResponse(value=said).model_dump(mode="json", by_alias=True)


def unusable() -> Body:
    """What was sent is none of ours."""
    value = {"code": "BadRequest", "message": "not a card of this bot"}
    return {"statusCode": 400, "type": ERROR, "value": value}


def dialog(title: str, card: AdaptiveCard) -> Body:
    """A dialog with the card, or another card in the dialog that is open."""
    attached = card_attachment(AdaptiveCardAttachment(content=card))
    task = TaskModuleContinueResponse(
        value=CardTaskModuleTaskInfo(title=title, card=attached, height="large", width="medium")
    )
    answer = MessagingExtensionActionResponse(task=task)
    body: Body = answer.model_dump(mode="json", by_alias=True, exclude_none=True)
    body["task"]["value"]["card"]["content"] = as_json(card)
    return body


def dialog_closed(words: str) -> Body:
    """The dialog closes with words."""
    answer = MessagingExtensionActionResponse(task=TaskModuleMessageResponse(value=words))
    return answer.model_dump(mode="json", by_alias=True, exclude_none=True)


def suggestions(options: Iterable[Option]) -> Body:
    """What a field that is searched offers."""
    results = [{"value": each.value, "title": each.label} for each in options]
    return {"statusCode": 200, "type": SEARCH, "value": {"results": results}}
