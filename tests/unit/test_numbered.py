"""Things that are named by their number, told from years, days and how many there are."""

import pytest

from bot.questions.numbered import MOST, numbered


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hur går det med behov 1?", [("behov", 1)]),
        ("Behovet 7 hos oss", [("behov", 7)]),
        ("uppdrag nr. 5, är det klart?", [("uppdrag", 5)]),
        ("behov nummer 12 och 13", [("behov", 12), ("behov", 13)]),
        ("behov 1 och uppdrag 2", [("behov", 1), ("uppdrag", 2)]),
        ("behov 1 och behov 1", [("behov", 1)]),
        ("OMRÖSTNING 3", [("rosta", 3)]),
        ("hur gick omröstningen 3", [("rosta", 3)]),
        ("ansökan 4 till Vinnova?", [("ansokan", 4)]),
        ("ansökningen #3", [("ansokan", 3)]),
        ("vilka behov 2026 väntar?", []),
        ("vilka behov 15 kommuner stöder?", []),
        ("vilka uppdrag 3 veckor gamla", []),
        ("hur många uppdrag 2 personer har?", []),
        ("omröstning 3 mars", []),
        ("omröstningen 3/3", []),
        ("behov 3:e mars", []),
        ("behov 1234567", []),
        ("behov", []),
        ("KOM-03", []),
    ],
)
def test_numbers(said: str, meant: list[tuple[str, int]]):
    assert numbered(said) == meant


def test_only_the_first_few():
    assert len(numbered("behov " + ", ".join(map(str, range(1, 9))))) == MOST
