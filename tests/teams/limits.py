"""Teams' documented limits, kept for every activity and answer: `*_problems` say what breaks.

Each number stands once, with the page it comes from. Where sources differ the stricter is kept.
None of this is read by the bot: the two are written apart on purpose.
"""

import json
from typing import Any

from tests.teams.check_card import card_problems
from tests.teams.findings import Findings, Json, Problem
from tests.teams.world import CARD

MOST_BYTES = 102_400
"""learn.microsoft.com: Format your bot messages: about 100 KB as UTF-16; more is 413."""

SAFE_BYTES = 81_920
"""The same page advises to stay at 80 KB or less."""

RESULTS = 15
"""Typeahead search in Adaptive Cards: `top` of the query, so many are shown."""


def size(activity: Json) -> int:
    """Bytes of an activity, counted as Teams does: its JSON as UTF-16."""
    written = json.dumps(activity, ensure_ascii=False, separators=(",", ":"))
    return len(written.encode("utf-16-le", "surrogatepass"))


def message_problems(activity: Json) -> list[Problem]:
    """What breaks a limit or rule in something that a bot posts."""
    found = Findings()
    if activity.get("type") == "typing":
        return found.problems
    attachments = activity.get("attachments") or []
    if not activity.get("text") and not attachments:
        found.say("", "must have text or an attachment")
    if activity.get("text") and attachments:
        found.say("/text", "text and attachment: split in two, and no id comes back", refused=False)
    if len(attachments) > 1:
        found.say("/attachments", "one card, alone in its activity", refused=False)
    summary = activity.get("summary")
    if attachments and (not isinstance(summary, str) or not summary.strip()):
        found.say("/summary", "notifications and screen readers need one", refused=False)
    if size(activity) > SAFE_BYTES:
        found.say("", f"{size(activity)} bytes as UTF-16, {SAFE_BYTES} is safe", refused=False)
    for attachment, at in found.objects(attachments, "/attachments"):
        _attachment(found, attachment, at, "message")
    _targets(found, activity)
    _mentions(found, activity)
    return found.problems


def _attachment(found: Findings, attachment: Json, at: str, surface: str) -> None:
    if attachment.get("contentType") != CARD:
        found.say(f"{at}/contentType", f"only Adaptive Cards: {attachment.get('contentType')!r}")
        return
    content = attachment.get("content")
    if not isinstance(content, dict):
        found.say(f"{at}/content", "must be an object")
        return
    found.problems += [
        problem._replace(path=f"{at}/content{problem.path}")
        for problem in card_problems(content, surface)
    ]


def _targets(found: Findings, activity: Json) -> None:
    recipient = activity.get("recipient")
    if isinstance(recipient, list):
        found.say("/recipient", "a targeted message is for one person")


def _mentions(found: Findings, activity: Json) -> None:
    """Activity mentions stand in its text; a card's own are judged with the card."""
    for entity, at in found.objects(activity.get("entities") or [], "/entities"):
        if entity.get("type") == "mention" and str(entity.get("text")) not in str(
            activity.get("text") or ""
        ):
            found.say(f"{at}/text", "does not stand in the text", refused=False)


def card_answer_problems(card: Any) -> list[Problem]:
    """What breaks a rule in a card that answers Action.Execute."""
    found = Findings()
    if not isinstance(card, dict):
        found.say("/value", "must be a card")
        return found.problems
    if size(card) > SAFE_BYTES:
        found.say("/value", f"{size(card)} bytes as UTF-16, {SAFE_BYTES} is safe", refused=False)
    return [*found.problems, *card_problems(card, "message")]


def dialog_problems(task: Any) -> list[Problem]:
    """What breaks a rule in a dialog: `task` of an answer to fetchTask or submitAction."""
    found = Findings()
    match task:
        case {"type": "message", "value": str(words)} if words.strip():
            pass
        case {"type": "continue", "value": dict(info)}:
            found.text(info, "title", "/value")
            for side in ("height", "width"):
                if not isinstance(info.get(side), int):
                    found.one_of(info.get(side), f"/value/{side}", {"small", "medium", "large"})
            card = info.get("card")
            if isinstance(card, dict):
                _attachment(found, card, "/value/card", "dialog")
            else:
                found.say("/value/card", "must be a card in an attachment")
        case _:
            found.say("", f"must be a message or a card to continue with, got {task!r}")
    return found.problems


def search_problems(answer: Any) -> list[Problem]:
    """What breaks a rule in the answer to application/search."""
    found = Findings()
    match answer:
        case {
            "statusCode": 200,
            "type": "application/vnd.microsoft.search.searchResponse",
            "value": {"results": list(results)},
        }:
            if len(results) > RESULTS:
                found.say("/value/results", f"{len(results)} results, {RESULTS} were asked for")
            for result, at in found.objects(results, "/value/results"):
                found.text(result, "title", at)
                found.text(result, "value", at)
                if "," in str(result.get("value")):
                    found.say(f"{at}/value", "a comma parts the values of a choice set")
        case _:
            found.say("", f"must be a searchResponse, got {answer!r}")
    return found.problems
