"""What came in over HTTP as an event for the bot: no rule of the work, no question to the database.

The key of an event is the page's own key with a hash of what was sent: a double click is the same
event; a page sent again with something changed is another.
"""

from collections.abc import Sequence
from hashlib import sha256

from bot.conversations.forms import Value
from bot.conversations.protocol import (
    Event,
    OpenForm,
    OpenHome,
    Pressed,
    Searched,
    SessionKey,
    Submitted,
    Words,
)
from bot.conversations.views import Press
from handlers.web.canvas import KEY, PLACE, new_key
from handlers.web.places import address_at
from handlers.web.render_form import ARGUMENT, FIELDS, GO, NAME, STEP, WAS

WORDS, PRESS = "words", "form-press"


class Unreadable(Exception):
    """What came in was not made by one of our pages."""


class Sent:
    """The fields of a sent page, in order."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)

    def one(self, name: str) -> str:
        """The field's text; empty when it is not there."""
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every text sent under that name."""
        return tuple(value for key, value in self.pairs if key == name)

    def key(self) -> str:
        """The key of what the person did."""
        given = self.one(KEY)
        if not 8 <= len(given) <= 64:
            raise Unreadable("the page has no key of its own")
        digest = sha256()
        for name, value in self.pairs:
            digest.update(f"{len(name)}:{len(value)}:{name}{value}".encode())
        return f"{given}:{digest.hexdigest()[:16]}"

    def address(self) -> str | None:
        """The conversation that the page belongs to."""
        return address_at(self.one(PLACE))


def words_said(who: SessionKey, address: str, sent: Sent) -> Event:
    """A line typed in a conversation. Browsers send line breaks as two characters; we keep one."""
    words = sent.one(WORDS).replace("\r\n", "\n").strip()
    return Event(key=sent.key(), who=who, address=address, doing=Words(text=words))


def button_pressed(who: SessionKey, sent: Sent) -> Event:
    """A press of a button; Unreadable when it is none of ours."""
    return Event(
        key=sent.key(),
        who=who,
        address=sent.address(),
        doing=Pressed(press=read_press(sent.one(PRESS))),
    )


def read_press(encoded: str) -> Press:
    """The press that a button or a link carries; Unreadable for anything else."""
    try:
        return Press.decoded(encoded)
    except ValueError as error:
        raise Unreadable("no such press") from error


def shown_by_link(who: SessionKey, address: str | None, encoded: str) -> Event:
    """What a link leads to: a press that may only look, since following a link changes nothing."""
    press = read_press(encoded)
    return Event(key=new_key(), who=who, address=address, doing=Pressed(press=press), looking=True)


def form_opened(who: SessionKey, address: str | None, name: str, arguments: Sequence[str]) -> Event:
    """A form asked for by its address."""
    doing = OpenForm(form=name, arguments=tuple(arguments))
    return Event(key=new_key(), who=who, address=address, doing=doing, looking=True)


def form_sent(who: SessionKey, sent: Sent) -> Event:
    """A form's step sent in, its values as they were typed."""
    go = sent.one(GO)
    doing = Submitted(
        form=sent.one(NAME),
        arguments=sent.all(ARGUMENT),
        step=sent.one(STEP),
        values=_values(sent),
        go="back" if go == "back" else "redraw" if go == "redraw" else "on",
    )
    return Event(key=sent.key(), who=who, address=sent.address(), doing=doing)


def _values(sent: Sent) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for each in sent.one(FIELDS).split():
        name, _colon, kind = each.partition(":")
        match kind:
            case "toggle":
                values[name] = bool(sent.one(name))
            case "many_choice":
                values[name] = sent.all(name)
            case "person" | "activity":
                values[name] = _found(sent, name)
            case _:
                values[name] = sent.one(name).replace("\r\n", "\n")
    return values


def _found(sent: Sent, name: str) -> str:
    """A search box left as it was keeps the key it stood for."""
    typed, was = sent.one(name), sent.one(WAS + name)
    return sent.one(f"{WAS}value-{name}") if was and typed == was else typed


def searched(who: SessionKey, among: str, words: str) -> Event:
    """A search for suggestions while somebody types."""
    doing = Searched(among="person" if among == "person" else "activity", words=words[:100])
    return Event(key=new_key(), who=who, address=None, doing=doing, looking=True)


def home_opened(who: SessionKey) -> Event:
    """The person's own page asked for."""
    return Event(key=new_key(), who=who, address=None, doing=OpenHome(), looking=True)
