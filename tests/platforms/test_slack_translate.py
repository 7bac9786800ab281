"""What Slack sends becomes events; retried or clicked twice it is the same event."""

from typing import Any

import pytest

from bot.conversations.protocol import Pressed, Submitted, Words
from handlers.slack.translate import (
    Sender,
    Unreadable,
    button_pressed,
    command_typed,
    form_sent,
    line_changed,
    line_said,
    read_values,
)

ANNA = Sender("T1", "U1")


def press(value: str, at: float = 1_000.0, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    action = {"action_id": "press.1.0", "value": value, "action_ts": f"{at:.6f}", **more}
    return action, {"container": {"message_ts": "9.1"}}


def test_a_command_of_its_own_and_the_common_one_say_the_same_words():
    said = {"trigger_id": "t", "channel_id": "C1", "text": "KOM-03 grön &amp; klar"}
    own = command_typed(ANNA, {"command": "/rapport", **said})
    common = command_typed(
        ANNA, {"command": "/samspel", **said, "text": "rapport KOM-03 grön &amp; klar"}
    )
    assert own.doing == Words(text="rapport KOM-03 grön & klar")
    assert common.doing == Words(text="samspel rapport KOM-03 grön & klar")


def test_a_click_made_twice_in_a_moment_is_one_and_a_later_one_another():
    first = button_pressed(ANNA, *press("rapport|KOM-03", at=1_001.9), address="C1")
    again = button_pressed(ANNA, *press("rapport|KOM-03", at=1_001.99), address="C1")
    across = button_pressed(ANNA, *press("rapport|KOM-03", at=1_002.1), address="C1")
    later = button_pressed(ANNA, *press("rapport|KOM-03", at=1_030.0), address="C1")
    assert first.key == again.key
    assert across.also == first.key
    assert first.key not in (later.key, later.also)
    assert isinstance(first.doing, Pressed)
    assert first.doing.press.arguments == ("KOM-03",)


@pytest.mark.parametrize("value", ["", "RAPPORT", "rapport|" + "x" * 80, "a,b", "🙂"])
def test_a_button_that_is_none_of_ours_is_not_read(value: str):
    with pytest.raises(Unreadable):
        button_pressed(ANNA, *press(value), address="C1")


def test_a_changed_line_names_the_line_that_it_was():
    message = {"ts": "5.1", "text": "rapport KOM-03 röd", "edited": {"ts": "6.0"}}
    said = line_said(ANNA, message, channel="D1", bot_user_id="UB")
    changed = line_changed(ANNA, message, channel="D1", bot_user_id="UB")
    assert isinstance(changed.doing, Words)
    assert changed.doing.edits == said.key
    assert changed.key != said.key


def test_a_line_in_a_channel_calls_the_bot_by_its_name():
    event = line_said(
        ANNA, {"ts": "5.1", "text": "<@UB> rapport KOM-03"}, channel="C1", bot_user_id="UB"
    )
    assert event.doing == Words(text="samspel rapport KOM-03")
    assert event.kind == "channel"


VIEW: dict[str, Any] = {
    "id": "V1",
    "private_metadata": (
        '{"form":"rapport","arguments":["KOM-03"],"step":"lage","address":"D1","unfolded":false}'
    ),
    "state": {
        "values": {
            "lage.status": {
                "status": {"type": "radio_buttons", "selected_option": {"value": "at_risk"}}
            },
            "lage.deviation": {"deviation": {"type": "plain_text_input", "value": "Försenat\x00"}},
            "lage.day": {"day": {"type": "datepicker", "selected_date": "2026-03-01"}},
            "lage.who": {"who": {"type": "checkboxes", "selected_options": [{"value": "Hjo"}]}},
            "lage.sure": {"toggle.sure": {"type": "checkboxes", "selected_options": []}},
            "lage.person": {"person.person": {"type": "external_select", "selected_option": None}},
        }
    },
}


def test_every_kind_of_field_is_read():
    assert read_values(VIEW) == {
        "status": "at_risk",
        "deviation": "Försenat",
        "day": "2026-03-01",
        "who": ("Hjo",),
        "sure": False,
        "person": "",
    }


def test_a_form_sent_twice_is_one_event_and_with_something_changed_another():
    first, again = form_sent(ANNA, VIEW, "on"), form_sent(ANNA, VIEW, "on")
    state = {"values": {"lage.status": VIEW["state"]["values"]["lage.status"]}}
    other = form_sent(ANNA, VIEW | {"state": state}, "on")
    assert first.key == again.key != other.key
    assert isinstance(first.doing, Submitted)
    assert first.doing.arguments == ("KOM-03",)
    assert first.address == "D1"


@pytest.mark.parametrize("metadata", ["", "{}", "not json", '{"form": 1}', "[]"])
def test_a_form_that_is_none_of_ours_is_not_read(metadata: str):
    with pytest.raises(Unreadable):
        form_sent(ANNA, VIEW | {"private_metadata": metadata}, "on")
