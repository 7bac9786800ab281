"""What a what-if supposes, as the arguments of the button that opens its form."""

from collections.abc import Sequence

from bot.conversations.forms import Value
from bot.conversations.views import Press
from bot.finding import read_number
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.co_financing import Supposed
from bot.polls.cost_sharing import Key, SharingKey

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ROOM = 75
"""Characters of a press; the form's own button to begin anew has the longest."""


def supposed_press(form: str, poll: int, supposed: Supposed) -> Press | None:
    """What opens the form with it filled in; None when it is too long for a button."""
    words = (str(poll), *_words(supposed))
    longest = "|".join(("nytt_formular", form, *words))
    return Press(name="formular", arguments=(form, *words)) if len(longest) <= _ROOM else None


def _words(supposed: Supposed) -> tuple[str, ...]:
    without = ".".join(_short(each) for each in sorted(supposed.without))
    key = supposed.key
    how = f"{key.kind.value}.{key.equal_percent or 0}" if key is not None else ""
    return (without, str(supposed.asked or ""), how)


def read_words(words: Sequence[str]) -> Supposed:
    """What `supposed_press` wrote; nothing supposed for anything else."""
    without, asked, how = (*words, "", "", "")[:3]
    kind, _dot, percent = how.partition(".")
    known = kind in {each.value for each in SharingKey}
    return Supposed(
        frozenset(OrganisationId(_long(each)) for each in without.split(".") if _is_short(each)),
        Kronor(read_number(asked)) if read_number(asked) else None,
        Key(SharingKey(kind), read_number(percent) or None) if known else None,
    )


def values_of(supposed: Supposed) -> dict[str, Value]:
    """The form's own fields but those of the municipalities."""
    values: dict[str, Value] = {"sharing_key": "same"}
    if supposed.asked is not None:
        values["asked"] = str(supposed.asked)
    if supposed.key is not None:
        values["sharing_key"] = supposed.key.kind.value
        if supposed.key.equal_percent is not None:
            values["equal_percent"] = str(supposed.key.equal_percent)
    return values


def _short(number: int) -> str:
    found = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        found = _DIGITS[digit] + found
    return found


def _is_short(word: str) -> bool:
    return 0 < len(word) <= 12 and set(word) <= set(_DIGITS)


def _long(word: str) -> int:
    return int(word, len(_DIGITS))
