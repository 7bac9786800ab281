"""Whom a card mentions, for platforms that call people by their accounts."""

from bot.conversations.views import Bullets, Card, Paragraph


def people_mentioned(card: Card) -> set[int]:
    """Our ids of the people named in its paragraphs and lists."""
    spans = [span for part in card.parts if isinstance(part, Paragraph) for span in part.spans]
    for part in card.parts:
        if isinstance(part, Bullets):
            spans += [span for item in part.items for span in item]
    return {span.person_id for span in spans if span.person_id is not None}
