"""What newcomers are told of times is what holds."""

from datetime import timedelta

import pytest

from bot import account_cards
from bot.plain_text import plain_text


def test_how_long_a_link_lasts_and_when_another_mail_is_sent_is_told_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(account_cards, "LINK_LASTS", timedelta(hours=3))
    monkeypatch.setattr(account_cards, "BETWEEN_MAILS", timedelta(minutes=1))
    assert "inom 3 timmar" in plain_text(account_cards.mailed("a"))
    assert "gäller i 3 timmar" in plain_text(account_cards.letter("A", "B", "Slack", "C", "x"))
    assert "Om 1 minut kan jag" in plain_text(account_cards.mailed_already("a"))
