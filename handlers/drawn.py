"""What chat platforms draw alike, whatever each draws it with."""

import re
from datetime import date

from bot.conversations.forms import Form, Value
from bot.conversations.views import Card, Progress
from bot.language import _, number

BAR = 10
"""Squares of a progress bar."""


def words_of(card: Card) -> str:
    """What notifications and screen readers are told of a card: its title and its summary."""
    return card.summary if card.title in card.summary else f"{card.title}. {card.summary}"


def bar(progress: Progress, *, between: str = " ") -> str:
    """How far it has come, in squares, and in numbers where its label has none."""
    share = min(progress.done, progress.of) / progress.of
    filled, said = round(share * BAR), so_far(progress)
    return f"{'▓' * filled}{'░' * (BAR - filled)}{between if said else ''}{said}"


def so_far(progress: Progress) -> str:
    """How far it has come in numbers; nothing where its label says it already."""
    done = number(progress.done)
    if re.search(rf"(?<!\S){re.escape(done)}(?!\S)", progress.label):
        return ""
    if progress.of == 100:
        return f"{done} %"
    return _("{done} av {of}", done=done, of=number(progress.of))


def must_unfold(form: Form) -> bool:
    """What lies folded and is filled in, or wrong, is shown."""
    folded = [field.name for field in form.fields if field.more]
    return any(form.values.get(name) or name in form.problems for name in folded)


def is_day(value: Value) -> bool:
    """Whether it is a day as date fields take it, YYYY-MM-DD and no other way to write one."""
    try:
        return str(value) == date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return False
