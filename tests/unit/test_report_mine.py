"""What the form for all of one's own asks next: its reference fits in a button, nobody is lost."""

from bot.conversations.report_mine import MOST_AT_ONCE, asked_for, still_to_ask
from bot.conversations.views import press
from bot.specimens.voice import Flavour
from bot.specimens.world import make_world

MINE = make_world(Flavour.EXTREME, 1).mine


def test_few_that_are_left_are_asked_by_their_codes():
    left = (MINE[2], MINE[7])
    assert asked_for(MINE, still_to_ask(MINE, left)) == left


def test_many_that_are_left_are_asked_from_the_first_of_them():
    left = MINE[MOST_AT_ONCE:]
    codes = still_to_ask(MINE, left)
    assert press("nytt_formular", "rapport_mina", *codes)
    assert asked_for(MINE, codes) == left


def test_wrong_ones_are_shown_at_once_also_when_many_are_left():
    wrong = MINE[3], MINE[MOST_AT_ONCE - 1]
    asked = asked_for(MINE, still_to_ask(MINE, (*wrong, *MINE[MOST_AT_ONCE:])))
    assert set(wrong) <= set(asked[:MOST_AT_ONCE])


def test_a_first_one_that_is_no_longer_mine_asks_for_all():
    assert asked_for(MINE, ("fran", "BORTA-01")) == MINE
    assert asked_for(MINE, ("fran",)) == MINE
