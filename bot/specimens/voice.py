"""What invented people write: believable, little, as much as there is room for, or harmful."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from random import Random


class Flavour(StrEnum):
    """What a world is made of."""

    ORDINARY = "ordinary"
    EMPTY = "empty"
    EXTREME = "extreme"
    HOSTILE = "hostile"


LONG_WORDS = (
    "åtgärdsprogram",
    "övergripande",
    "samhällsplanering",
    "kompetensförsörjning",
    "ömsesidig",
    "delregional",
    "företagsetablering",
    "år",
    "i",
    "på",
    "väg",
    "näringslivsutveckling",
    "återkoppling",
)
HARM = (
    "<!channel>",
    "<!here>",
    "<@U1>",
    "<#C1|allmänt>",
    "<!subteam^S1>",
    "<https://ond.example|din bank>",
    "<script>alert(1)</script>",
    "[länk](https://ond.example)",
    "@everyone",
    "*fet* _kursiv_ ~struken~ `kod`",
    "```block```",
    "> citat",
    "&amp; & &lt;",
    "{name} {0} {} %s %(x)s ${x}",
    "{{ 7*7 }}",
    "\"citat\" 'apostrof' \\ \\n",
    "\u202eomvänt\u202c",
    "\u2066isolerat\u2069",
    "noll\u200bbredd\ufeff",
    "klocka\x07 flykt\x1b[31m",
    ":smile: :flag-se:",
    "=HYPERLINK(1)",
    "'; DROP TABLE people; --",
    "|a|b|",
    "👩‍👩‍👧‍👦 Å̈ngström",
)
"""What people could type to do harm; it is to be shown, letter by letter, and to do nothing."""


class Voice:
    """Writes as its flavour does; the same seed writes the same."""

    def __init__(self, flavour: Flavour, seed: int) -> None:
        self.flavour = flavour
        self.random = Random(f"{flavour}:{seed}")  # noqa: S311 - invented, not secret

    def line(self, choices: Sequence[str], most: int) -> str:
        """What must be said: a name, a title. One line of at most `most` characters."""
        match self.flavour:
            case Flavour.ORDINARY | Flavour.EMPTY:
                return self.random.choice(choices)
            case Flavour.EXTREME:
                return self._long(most, " ")
            case Flavour.HOSTILE:
                return " ".join(self._harm(min(most, 400), " ").split())

    def text(self, choices: Sequence[str], most: int = 3_000) -> str | None:
        """What may be said, on one line or several; None where nothing is."""
        match self.flavour:
            case Flavour.ORDINARY:
                return self.random.choice(choices)
            case Flavour.EMPTY:
                return None
            case Flavour.EXTREME:
                return self._long(most, "\n")
            case Flavour.HOSTILE:
                return self._harm(min(most, 600), "\n")

    def many(self, ordinary: int, most: int) -> int:
        """How many there are of something."""
        match self.flavour:
            case Flavour.ORDINARY | Flavour.HOSTILE:
                return ordinary
            case Flavour.EMPTY:
                return 0
            case Flavour.EXTREME:
                return most

    def _long(self, most: int, now_and_then: str) -> str:
        return _filled(self._words(LONG_WORDS), most, now_and_then)

    def _harm(self, most: int, now_and_then: str) -> str:
        return _filled(self._words(HARM), most, now_and_then)

    def _words(self, choices: Sequence[str]) -> Iterator[str]:
        while True:
            yield from self.random.sample(choices, len(choices))


def _filled(words: Iterator[str], most: int, now_and_then: str) -> str:
    """Exactly `most` characters that neither begin nor end with white space."""
    said = ""
    for number, word in enumerate(words):
        said += (now_and_then if number % 40 == 39 else " ") + word if said else word
        if len(said) >= most:
            break
    cut = said[:most]
    return cut if cut == cut.rstrip() else cut.rstrip() + "." * (most - len(cut.rstrip()))
