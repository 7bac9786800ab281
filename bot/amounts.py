"""Amounts as people write them: `1 200 000`, `1,2 mkr`, `450 tkr`, `300 000 kr`."""

import re
from dataclasses import dataclass
from decimal import Decimal

_WRITTEN = re.compile(
    r"(?P<number>\d{1,3}(?:[ .]\d{3})+|\d+)(?:,(?P<decimals>\d{1,6}))?"
    r"\s*(?P<unit>[a-zåäö]*)(?:(?<=tusen|iljon|joner) (?:kr|kronor))?\.?"
)
_UNITS = {
    "": 1,
    "kr": 1,
    "sek": 1,
    "kronor": 1,
    "tkr": 1_000,
    "ksek": 1_000,
    "tusen": 1_000,
    "mkr": 1_000_000,
    "mnkr": 1_000_000,
    "msek": 1_000_000,
    "miljon": 1_000_000,
    "miljoner": 1_000_000,
}
_LONGEST = 6
"""Words that an amount is written with at most: `1 000 000 000 000 kr`."""
_YEAR = re.compile(r"20[2-9]\d")
_MEANS_ANOTHER = re.compile(r"[-−–+]?\d|%|procent", re.IGNORECASE)
_MAY_BE_A_UNIT = re.compile(r"k|md|mrd|miljard", re.IGNORECASE)
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\t"), " ")


class NotAnAmount(ValueError):
    """The words are no amount of whole kronor."""


def read_amount(words: str) -> int:
    """Whole units that `words` say; NotAnAmount for anything else, fractions of a krona too."""
    plain = words.translate(_SPACES).strip().casefold()
    match = _WRITTEN.fullmatch(plain)
    if match is None or match["unit"] not in _UNITS:
        raise NotAnAmount(words)
    whole = re.sub(r"[ .]", "", match["number"])
    amount = Decimal(f"{whole}.{match['decimals'] or 0}") * _UNITS[match["unit"]]
    if amount != amount.to_integral_value():
        raise NotAnAmount(words)
    return int(amount)


@dataclass(frozen=True)
class Begun:
    """An amount that words begin with, as it was written, and the words after it.

    `doubtful` when it may be something else: `10 %`, `25 000 k`, `2 dagar`, `2027`.
    """

    amount: int
    written: str
    rest: str

    @property
    def has_unit(self) -> bool:
        """Whether it says kronor, or thousands or millions of them."""
        return self.written[-1:].isalpha()

    @property
    def doubtful(self) -> bool:
        """Whether to ask what was meant."""
        if _MEANS_ANOTHER.match(self.rest):
            return True
        if self.has_unit:
            return False
        small = bool(self.rest) and self.amount < 1_000
        unit = _MAY_BE_A_UNIT.match(self.rest) is not None
        return small or unit or _YEAR.fullmatch(self.written) is not None


def amount_first(words: str) -> Begun | None:
    """The longest amount that the words begin with, of whole words; None when they begin with none.

    A number that letters or signs stick to is none: nothing is read out of `25k` or `1.2 mkr`.
    """
    ends = [found.end() for found in re.finditer(r"\S+", words)][:_LONGEST]
    for end in reversed(ends):
        written = words[:end].strip().rstrip(".:,;-– ")
        try:
            amount = read_amount(written)
        except NotAnAmount:
            continue
        return Begun(amount, written, words[end:].strip())
    return None
