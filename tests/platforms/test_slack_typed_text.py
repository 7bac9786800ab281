"""What people typed comes out of Slack's text as they typed it, whatever Slack made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.typed_text import as_typed, mentions

BOT = "U0BOT"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("rapport KOM-03 grön", "rapport KOM-03 grön"),
        ("<@U0BOT> rapport KOM-03 grön", "rapport KOM-03 grön"),
        ("<@U0BOT|samspel>   hjälp", "hjälp"),
        ("Budget &lt; 5 mkr &amp; klart", "Budget < 5 mkr & klart"),
        ("se <https://skovde.se/x?a=1&amp;b=2>", "se https://skovde.se/x?a=1&b=2"),
        ("se <https://skovde.se|skovde.se>", "se skovde.se"),
        ("se <https://skovde.se/plan|planen>", "se https://skovde.se/plan"),
        ("fråga <mailto:anna@skovde.se|anna@skovde.se>", "fråga anna@skovde.se"),
        ("i <#C1|kompetens> står det", "i #kompetens står det"),
        ("hej <!channel> och <@U1> och <@U2|bo>", "hej @channel och @U1 och @bo"),
        ("första raden\nandra  raden", "första raden\nandra raden"),
        ("hårt\u00a0mellanslag", "hårt mellanslag"),
        ("", ""),
        ("1 < 2", "1 < 2"),
    ],
)
def test_marks_are_undone(sent: str, typed: str):
    assert as_typed(sent, BOT) == typed


@given(st.text(max_size=200))
def test_whatever_is_sent_can_be_read(sent: str):
    assert "\x00" not in as_typed(sent, BOT)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="<>&\x00\u00a0\t\r\n ")))
def test_plain_words_stay_as_they_are(words: str):
    assert as_typed(words) == words.strip()


@pytest.mark.parametrize(
    ("text", "called"),
    [("<@U0BOT> hej", True), ("<@U0BOT|s> hej", True), ("<@U0BOTX> hej", False), ("U0BOT", False)],
)
def test_a_mention_is_only_of_that_user(text: str, called: bool):
    assert mentions(text, BOT) is called
