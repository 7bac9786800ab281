"""Reading a cost that was typed as words: `12 500 kr Konsult ver 4711`."""

import re
from dataclasses import dataclass

from bot.amounts import amount_first
from bot.money.funding import Kronor

MOST_KRONOR = 1_000_000_000_000
LONGEST_NAME, LONGEST_REFERENCE = 150, 75
"""As the database holds them."""

_REFERENCE = re.compile(r"[\s,;]*\bver(?:ifikat)?\b[.:]?\s*(?:nr\.?\s*)?(\S+)\s*$", re.IGNORECASE)
_MINUS = ("-", "–", "−")


@dataclass(frozen=True)
class Typed:
    """What the words say; None and `""` for what they do not. `below_zero`: a minus stood first."""

    amount: Kronor | None = None
    name: str = ""
    reference: str | None = None
    below_zero: bool = False

    @property
    def whole(self) -> bool:
        """Whether it can be entered as it stands."""
        return (
            self.amount is not None
            and 0 < self.amount <= MOST_KRONOR
            and not self.below_zero
            and 0 < len(self.name) <= LONGEST_NAME
            and len(self.reference or "") <= LONGEST_REFERENCE
        )


def read_cost_words(words: str) -> Typed:
    """The amount that the words begin with, what it was for, and a number in the accounts last."""
    said = words.strip()
    below_zero = said.startswith(_MINUS)
    said = said.lstrip("".join(_MINUS)).strip()
    reference = _REFERENCE.search(said)
    if reference is not None:
        said = said[: reference.start()]
    number = reference[1] if reference else None
    begun = amount_first(said)
    if begun is None:
        return Typed(None, " ".join(said.split()), number, below_zero)
    name = " ".join(begun.rest.split()).lstrip(":,;–- ")
    return Typed(Kronor(begun.amount), name, number, below_zero)
