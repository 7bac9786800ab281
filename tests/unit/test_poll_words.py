"""Small words about polls: what is hidden then and now, and how many pledges were entered."""

import pytest

from bot.conversations.polls.decision_told import accepted_later
from bot.conversations.polls.wording import secrecy_word
from bot.polls.poll import Kind, Method, Secrecy, State
from bot.specimens.invented_polls import poll_of
from bot.specimens.world import Flavour, make_world


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.OPEN, "Svaren visas när omröstningen stängs."),
        (State.CLOSED, "Svaren var dolda tills omröstningen stängdes."),
        (State.CANCELLED, "Svaren visas inte."),
    ],
)
def test_what_is_hidden_is_told_as_it_is_now(state: State, said: str):
    world = make_world(Flavour.ORDINARY, 1)
    poll = poll_of(world, Kind.PRIORITY, Method.POINTS, state, secrecy=Secrecy.UNTIL_CLOSING)
    assert secrecy_word(poll) == said


def test_no_pledge_is_no_number():
    poll = poll_of(make_world(Flavour.ORDINARY, 1), Kind.PRIORITY, Method.POINTS)
    assert "Inget nytt löfte skrevs in i aktiviteten." in accepted_later(poll, 0).summary
    assert "1 löfte är nu finansiering" in accepted_later(poll, 1).summary
