"""Buttons that lead to a poll, or do something with it."""

from typing import Literal

from bot.conversations.polls.wording import poll_name
from bot.conversations.views import Button, press
from bot.language import _
from bot.polls.co_financing import Place
from bot.polls.poll import Poll

NAME = "rosta"
"""The conversation that polls' buttons belong to."""


Style = Literal["default", "primary", "danger"]


def verb_button(
    label: str,
    poll: Poll,
    verb: str,
    *more: int | str,
    style: Style = "default",
) -> Button:
    """A button that does something with the poll."""
    return Button(label=label, press=press(NAME, poll.id, verb, *more), style=style)


def show_button(poll: Poll) -> Button:
    """To the poll's card."""
    return verb_button(_("Visa {name}", name=poll_name(poll.id)), poll, "visa")


def answer_button(poll: Poll) -> Button:
    """To the form for an answer; shown to all, refused kindly to whoever may not."""
    return verb_button(_("Svara"), poll, "svara", style="primary")


def confirm_button(poll: Poll, place: Place, *, style: Style = "default") -> Button:
    """Lets the municipality's answer stand for the proposal as it is when the button is made."""
    where = place.municipality
    return verb_button(_("Bekräfta"), poll, "bekrafta", where, poll.version, style=style)


def formal_buttons(poll: Poll) -> tuple[Button, ...]:
    """To the formal poll that a sounding has become, if it has."""
    if poll.formal_id is None:
        return ()
    label = _("Visa {name}", name=poll_name(poll.formal_id))
    return (Button(label=label, press=press(NAME, poll.formal_id, "visa"), style="primary"),)


def page_button(poll: Poll) -> Button:
    """To the poll's page on the web."""
    return Button(label=_("Öppna sidan"), href=f"/omrostningar/{poll.id}")
