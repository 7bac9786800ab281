"""Amounts as people write them: `1 200 000`, `1,2 mkr`, `450 tkr`, `300 000 kr`."""

import re
from decimal import Decimal

_WRITTEN = re.compile(
    r"(?P<number>\d{1,3}(?:[ .]\d{3})+|\d+)(?:,(?P<decimals>\d{1,6}))?\s*(?P<unit>[a-zåäö]*)\.?"
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
