"""Typed words in cards: what phones' own reader takes away, what nobody sees, what stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.views import Span
from handlers.teams.canvas import Canvas, Mentioned
from handlers.teams.texts import BREAK, clean, lines, paragraph, plain, strong
from tests.views import HOSTILE

UNDONE_BY_PHONES = "*_[]"
SHOWN_BY_PHONES = "`"
"""Code cannot be told apart otherwise: one backslash more is seen on phones."""

typed = st.text(st.characters(codec="utf-8"), max_size=60) | st.text(
    "*_[]`\\!-/:.<&{}$~#", max_size=30
)


@given(typed)
def test_a_backslash_of_ours_stands_only_where_readers_take_it_away(words: str):
    drawn = lines(words)
    met = re.findall(r"\\([!-/:-@\[-`{-~])", drawn)
    assert set(met) <= set(UNDONE_BY_PHONES + SHOWN_BY_PHONES)


@given(typed)
def test_no_letter_is_lost_and_none_is_added_but_what_is_undone(words: str):
    undone = re.sub(r"\\([*_\[\]`])", r"\1", lines(words).replace(BREAK, ""))
    wanted = clean(words).replace(BREAK, "")
    assert undone.split() == (wanted.split() or ["–"])


@given(typed)
def test_no_line_begins_as_a_list_a_heading_or_a_quotation(words: str):
    for line in lines(words).split("\n"):
        assert not re.match(r"\s*([-+#>=|]|\d+[.)])", line.replace("–", ""))


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("Sparat! Tack!", "Sparat! Tack!"),
        ("10–12 kr, 50 % & mer (kanske)", "10–12 kr, 50 % & mer (kanske)"),
        ("https://skovde.se/x?a=1&b=2", "https://skovde.se/x?a=1&b=2"),
        ("24 nov. 2026 kl. 13:00", "24 nov. 2026 kl. 13:00"),
        ("ca ~100 kr", "ca ~100 kr"),
        ("a < b och b > a", "a < b och b > a"),
        ("fil_namn.txt", r"fil\_namn.txt"),
        ("*viktigt*", r"\*viktigt\*"),
        ("[länk](https://ond.example)", r"\[länk\](https://ond.example)"),
        ("<at>Chef</at>", f"<{BREAK}at>Chef<{BREAK}/at>"),
        ("&lt;", f"&{BREAK}lt;"),
        ("{{DATE(2026-01-01T00:00:00Z)}}", f"{{{BREAK}{{DATE(2026-01-01T00:00:00Z)}}}}"),
        ("${namn}", f"${BREAK}{{namn}}"),
        ("- inget", f"{BREAK}- inget"),
        ("1. ett", f"{BREAK}1. ett"),
        ("# rubrik", f"{BREAK}# rubrik"),
        ("C:\\*", f"C:\\{BREAK}\\*"),
        ("C:\\mapp", "C:\\mapp"),
        ("första\r\n\nandra", "första\n\nandra"),
        ("a\x07b\x00c\td", "abc d"),
        ("   ", "–"),
    ],
)
def test_only_what_would_mean_something_is_broken(words: str, drawn: str):
    assert lines(words) == drawn


def test_where_no_markdown_is_read_the_letters_stay():
    shown = plain(HOSTILE)
    assert shown.replace(BREAK, "") == HOSTILE
    assert "{{" not in shown


@given(typed)
def test_bold_words_are_one_line_between_their_marks(words: str):
    drawn = strong(words)
    assert "\n" not in drawn
    assert drawn == "–" or (drawn.startswith("**") and drawn.endswith("**"))


@given(typed, st.sampled_from(["plain", "bold", "italic"]))
def test_a_name_in_a_mention_is_its_account_and_nothing_else(name: str, style: str):
    canvas = Canvas(mentions={1: Mentioned("aad", name)})
    said = Span.model_validate({"text": "x", "person_id": 1, "style": style})
    mention = canvas.mention(1)
    assert mention is not None
    assert paragraph([said], canvas) == mention.text
    assert re.fullmatch(r"<at>[^<>&*_`\[\]]+</at>", mention.text or "")
    assert canvas.mention(2) is None
