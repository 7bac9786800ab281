"""Choosing among more than a field holds, and names that a line begins with."""

import pytest

from bot.conversations.choices import (
    MOST,
    all_options,
    chosen_in,
    cut_hint,
    in_fields,
    one_chosen,
    spread,
)
from bot.conversations.polls.naming import names_first

KNOWN = {"1": "Hjo", "2": "Skara", "3": "Övertorneå", "4": "Torneå (väntar på beslut)"}


@pytest.mark.parametrize("many", [1, MOST, MOST + 1, 290])
def test_every_option_is_in_some_field_and_comes_back(many: int):
    found = all_options((n, f"Kommun {n:03d}") for n in range(many))
    fields = in_fields("whom", "Vilka?", found, required=True)
    assert [one for field in fields for one in field.options] == list(found)
    assert all(field.required for field in fields) is (many <= MOST)
    assert len({field.name for field in fields}) == len(fields)
    every = [each.value for each in found]
    held = spread("whom", found, every)
    assert list(held) == [field.name for field in fields]
    assert list(chosen_in("whom", held)) == every
    assert one_chosen("whom", held) == {}
    assert list(one_chosen("whom", spread("whom", found, ()))) == ["whom"]


def test_fields_say_from_which_to_which_they_go():
    found = all_options((n, f"Kommun {n:03d}") for n in range(150))
    labels = [field.label for field in in_fields("whom", "Vilka?", found)]
    assert labels == ["Vilka? Kommun 000 – Kommun 099", "Vilka? Kommun 100 – Kommun 149"]


def test_a_field_that_is_cut_says_so():
    assert cut_hint(MOST) == ""
    assert "100" in cut_hint(MOST + 1)


@pytest.mark.parametrize(
    ("words", "keys", "left"),
    [
        ("Övertorneå", ["3"], ""),
        ("overtornea", ["3"], ""),
        ("Hjo, Skara och Övertorneå: Hinner ni", ["1", "2", "3"], "Hinner ni"),
        ("Hjo och Torneå hinner ni", ["1", "4"], "hinner ni"),
        ("Hinner ni före påsk", [], "Hinner ni före påsk"),
        ("Hjortar är fina", [], "Hjortar är fina"),
    ],
)
def test_those_are_chosen_that_the_words_begin_with(words: str, keys: list[str], left: str):
    assert names_first(KNOWN, words) == (keys, left)
