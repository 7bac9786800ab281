"""What a poll came to, on its card: all of it, or how much more there is and where."""

from dataclasses import replace

from bot.conversations.polls.outcome_card import outcome_of_money
from bot.conversations.views import Buttons, Card, Table
from bot.polls.poll import State
from bot.specimens.invented_polls import money_poll
from bot.specimens.voice import Flavour
from bot.specimens.world import make_world


def card(times: int) -> tuple[Card, int]:
    """The outcome of a poll of all municipalities, as if there were more of them; how many."""
    world = make_world(Flavour.ORDINARY, 1)
    asked = money_poll(world, State.CLOSED)
    asked = replace(asked, places=asked.places * times)
    return outcome_of_money(asked, "Alla svarade.", None, world.plan), len(asked.places)


def test_whom_there_was_no_room_for_is_said_with_the_way_there():
    shown, places = card(4)
    rows = next(len(each.rows) for each in shown.parts if isinstance(each, Table))
    assert rows < places
    assert f"{places - rows} kommuner till har inte fått plats." in shown.model_dump_json()
    ways = [one.press for each in shown.parts if isinstance(each, Buttons) for one in each.buttons]
    assert ("svar", str(rows)) in [each.arguments[1:] for each in ways if each is not None]


def test_nothing_is_said_of_more_when_all_are_there():
    shown, places = card(1)
    rows = next(len(each.rows) for each in shown.parts if isinstance(each, Table))
    assert rows == places
    assert "fått plats" not in shown.model_dump_json()
