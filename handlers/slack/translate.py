"""What came from Slack as events for the bot: no rule of the work, no question to the database.

The key of an event is what Slack itself tells one thing that somebody did by: retried, it is the
same. All that a client sends back is judged anew by the bot.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, cast

from bot.conversations.forms import Value
from bot.conversations.protocol import (
    AccountKey,
    Deleted,
    Event,
    OpenForm,
    OpenHome,
    Pressed,
    Quoted,
    Searched,
    Submitted,
    Words,
)
from bot.conversations.views import Press
from handlers.payload import Payload, part, parts, word
from handlers.slack.ids import PLATFORM
from handlers.slack.render_form import Opened
from handlers.slack.typed_text import as_typed

CALLED = "samspel"
"""The word that calls the bot by its name, as a mention does."""

DOUBLE_CLICK_SECONDS = 3


class Unreadable(Exception):
    """What came in was not made by one of our views."""


@dataclass(frozen=True)
class Sender:
    """Who did something, in the workspace where the bot is; `actor_team` is their own."""

    team: str
    user: str
    actor_team: str = ""

    @property
    def key(self) -> AccountKey:
        """Their account as the bot knows it."""
        return AccountKey(PLATFORM, self.team, self.user)

    @property
    def is_outsider(self) -> bool:
        """Whether they belong to another workspace, in a channel shared with it."""
        return self.actor_team not in ("", self.team)


def command_typed(sender: Sender, body: Payload) -> Event:
    """A slash command: `/samspel WORD …`, or a command of its own."""
    name = str(body["command"]).removeprefix("/")
    words = as_typed(word(body, "text"))
    return Event(
        key=f"c:{body['trigger_id']}",
        who=sender.key,
        address=str(body["channel_id"]),
        kind="channel",
        doing=Words(text=f"{name} {words}".strip()),
        posted=True,
    )


def line_key(channel: str, ts: str) -> str:
    """The key of the turn that a line is, however often Slack tells of it."""
    return f"m:{channel}:{ts}"


def line_said(sender: Sender, message: Payload, *, channel: str, bot_user_id: str) -> Event:
    """A line typed in the private chat, or in a channel where the bot is mentioned in it."""
    kind = _kind(channel)
    words = as_typed(word(message, "text"), bot_user_id)
    return Event(
        key=line_key(channel, message["ts"]),
        who=sender.key,
        address=channel,
        kind=kind,
        doing=Words(
            text=words if kind == "private" else f"{CALLED} {words}",
            attached=bool(message.get("files")),
        ),
        posted=True,
        under=_thread(message),
        can_open=False,
    )


def _thread(message: Payload) -> str | None:
    """The thread that a line was typed in; its first line stands in none."""
    thread = word(message, "thread_ts")
    return thread if thread and thread != word(message, "ts") else None


def line_changed(sender: Sender, message: Payload, *, channel: str, bot_user_id: str) -> Event:
    """A line of theirs changed: the same words with the key of what the line was."""
    said = line_said(sender, message, channel=channel, bot_user_id=bot_user_id)
    words = cast(Words, said.doing)
    edited = message["edited"]["ts"]
    return Event(
        key=f"e:{channel}:{message['ts']}:{edited}",
        who=said.who,
        address=channel,
        kind=said.kind,
        doing=words.model_copy(update={"edits": said.key, "attached": False}),
        posted=True,
        can_open=False,
    )


def line_deleted(sender: Sender, *, channel: str, ts: str) -> Event:
    """A line of theirs taken away."""
    return Event(
        key=f"d:{channel}:{ts}",
        who=sender.key,
        address=channel,
        kind=_kind(channel),
        doing=Deleted(turn=line_key(channel, ts)),
        posted=True,
        can_open=False,
    )


def _kind(channel: str) -> Literal["channel", "private"]:
    return "private" if channel.startswith("D") else "channel"


def button_pressed(sender: Sender, action: Payload, body: Payload, *, address: str | None) -> Event:
    """A press of a button or a choice in its menu; Unreadable when it is none of ours.

    A double click is one press: it comes within the same few seconds, or the next ones.
    """
    value = word(part(action, "selected_option"), "value") or word(action, "value")
    try:
        press = Press.decoded(value)
    except ValueError as error:
        raise Unreadable("no such press") from error
    container = part(body, "container")
    where = word(container, "message_ts") or word(container, "view_id")
    moment = int(float(action["action_ts"])) // DOUBLE_CLICK_SECONDS
    pressed = f"a:{where}:{action['action_id']}:{press.encoded()}"
    return Event(
        key=f"{pressed}:{moment}",
        also=f"{pressed}:{moment - 1}",
        who=sender.key,
        address=address,
        kind="private" if address is None else _kind(address),
        doing=Pressed(press=press),
        posted=True,
    )


def form_asked(
    sender: Sender, form: str, *, trigger_id: str, quoted: Quoted | None = None
) -> Event:
    """A form asked for by a shortcut."""
    doing = OpenForm(form=form, quoted=quoted)
    return Event(key=f"g:{trigger_id}", who=sender.key, address=None, doing=doing, posted=True)


def read_opened(view: Payload) -> Opened:
    """What the modal remembers; Unreadable when it is none of ours."""
    try:
        return Opened.model_validate_json(word(view, "private_metadata"))
    except ValueError as error:
        raise Unreadable("no such form") from error


def form_sent(
    sender: Sender, view: Payload, go: Literal["on", "back", "redraw"], moment: str = ""
) -> Event:
    """A form's step sent in, or drawn again. Its key: the modal as drawn last, and what was typed
    in it."""
    opened = read_opened(view)
    values = read_values(view)
    sent = (opened.form, opened.arguments, opened.step, sorted(values.items()), go, moment)
    digest = sha256(repr(sent).encode()).hexdigest()
    return Event(
        key=f"s:{view['id']}:{word(view, 'hash')}:{digest[:24]}",
        who=sender.key,
        address=opened.address or None,
        kind=_kind(opened.address) if opened.address else "private",
        doing=Submitted(
            form=opened.form, arguments=opened.arguments, step=opened.step, values=values, go=go
        ),
        posted=True,
    )


def read_values(view: Payload) -> dict[str, Value]:
    """What the fields of a modal hold, by the field's name."""
    values: dict[str, Value] = {}
    for elements in part(view, "state", "values").values():
        for action_id, element in cast("dict[str, Payload]", elements).items():
            kind, _dot, name = action_id.rpartition(".")
            value = _value(element)
            values[name] = bool(value) if kind == "toggle" else value
    return values


def _value(element: Payload) -> Value:
    match word(element, "type"):
        case "checkboxes" | "multi_static_select":
            return tuple(word(one, "value") for one in parts(element, "selected_options"))
        case "datepicker":
            return word(element, "selected_date")
        case "plain_text_input":
            return word(element, "value").replace("\x00", "")
        case _:
            return word(part(element, "selected_option"), "value")


def searched(sender: Sender, body: Payload) -> Event:
    """Suggestions wanted in a search field while somebody types."""
    among = str(body["action_id"]).partition(".")[0]
    return Event(
        key=f"q:{body['action_id']}",
        who=sender.key,
        address=None,
        doing=Searched(
            among="person" if among == "person" else "activity",
            words=word(body, "value")[:100],
        ),
        looking=True,
    )


def home_opened(sender: Sender) -> Event:
    """The person's own page asked for."""
    return Event(key="h", who=sender.key, address=None, doing=OpenHome(), looking=True)
