"""What drawing on a page needs besides the view: ids that occur once, and what forms carry."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from markupsafe import Markup

TOKEN = "form-token"  # noqa: S105 - the name of a field
KEY = "form-key"
PLACE = "form-place"
"""Hidden fields of every form. With a hyphen, so that no field of a conversation has the name."""


def new_key() -> str:
    """A key for one thing that a person may do: sent twice, it is done once."""
    return secrets.token_urlsafe(12)


@dataclass
class Canvas:
    """One page being drawn. `token` proves that a form is ours, `place` is where it answers.

    `prefix` begins every id drawn here; `level` is the heading level of a card's title.
    """

    token: str
    place: str
    prefix: str = "x"
    level: int = 2
    key: Callable[[], str] = new_key
    _numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    def next_id(self) -> str:
        """An id that no other element of the page has."""
        return f"{self.prefix}-{self._numbers()}"

    def hidden(self) -> Markup:
        """The hidden fields that every form carries."""
        return Markup("").join(
            Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
            for name, value in ((TOKEN, self.token), (KEY, self.key()), (PLACE, self.place))
        )
