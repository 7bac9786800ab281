"""What came from Teams as events for the bot: no rule of the work, no question to the database.

All that a client sends back is judged anew by the bot. What somebody did is told twice where Teams
had no answer in time, or where they clicked twice: then the key is the same.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, cast

from microsoft_teams.api import (
    MentionEntity,
    MessageActivity,
    MessageDeleteActivity,
    MessageUpdateActivity,
)
from microsoft_teams.api.activities.utils import StripMentionsTextOptions, strip_mentions_text
from microsoft_teams.api.models import ActivityBase
from pydantic import BaseModel, Field

from bot.conversations.forms import Value
from bot.conversations.help import OPENERS
from bot.conversations.protocol import (
    AccountKey,
    Deleted,
    Event,
    OpenForm,
    Pressed,
    Quoted,
    Searched,
    Submitted,
    Words,
)
from bot.conversations.views import Press
from bot.settings import TeamsConnection
from handlers.teams.ids import FIELD, PLATFORM, Go, Kind

CALLED = "samspel"
"""The word that calls the bot by its name, as a mention does."""

TWICE_SECONDS = 3
"""Within so many, or the next ones, the same press is a double click."""

SEARCHED = 100
"""Characters of a search that are looked at."""

_FILES = ("image/", "audio/", "video/", "application/vnd.microsoft.teams.file")
"""What attachments of a line are called that somebody sent with it; the rest is Teams' own."""

_UNDER = ";messageid="


class Unreadable(Exception):
    """What came in was not made by one of our views."""


@dataclass(frozen=True)
class Sender:
    """Who did something. `id` is theirs towards this bot, `user` their object in Entra."""

    tenant: str
    user: str
    id: str
    locale: str = ""

    @property
    def key(self) -> AccountKey:
        """Their account as the bot knows it."""
        return AccountKey(PLATFORM, self.tenant, self.user)


@dataclass(frozen=True)
class Where:
    """The conversation it was done in. `thread`: under which line, in a channel.

    `team` is the id of the team that a channel belongs to, empty for chats.
    """

    address: str
    kind: Literal["channel", "private"]
    route: str
    thread: str | None = None
    team: str = ""

    def alone(self) -> "Where":
        """Nowhere that others see: what is said about it goes to the person's own chat."""
        return Where("", "private", self.route)


def sender_of(activity: ActivityBase, connection: TeamsConnection) -> Sender:
    """Whoever did it. Raises Unreadable for what nobody in Entra did, such as another bot."""
    user = (activity.from_.aad_object_id or "").lower()
    if not user:
        raise Unreadable("nobody of Entra's")
    return Sender(connection.tenant_id, user, activity.from_.id, activity.locale or "")


def where_of(activity: ActivityBase) -> Where:
    """Where it was done."""
    conversation = activity.conversation
    address, _under, thread = conversation.id.partition(_UNDER)
    shared = conversation.is_group or address.startswith("19:")
    private = conversation.conversation_type == "personal" or not (
        conversation.conversation_type or shared
    )
    data = activity.channel_data
    return Where(
        address=address,
        kind="private" if private else "channel",
        route=(activity.service_url or "").rstrip("/"),
        thread=thread or None,
        team=(data.team.id if data and data.team else None) or "",
    )


def line_key(where: Where, line: str) -> str:
    """The key of the turn that a line is, however often Teams tells of it."""
    return f"m:{where.address}:{line}"


def line_said(sender: Sender, where: Where, activity: MessageActivity) -> Event:
    """A line typed in the personal chat, or with a mention in a channel or group chat."""
    words = Words(text=words_of(activity, where), attached=_has_files(activity))
    return _event(line_key(where, activity.id), sender, where, words)


def line_changed(sender: Sender, where: Where, activity: MessageUpdateActivity) -> Event:
    """A line of theirs changed: the same words with the key of what the line was."""
    said = words_of(activity, where)
    words = Words(text=said, edits=line_key(where, activity.id))
    moment = activity.timestamp.isoformat() if activity.timestamp else ""
    digest = sha256(f"{moment}:{said}".encode()).hexdigest()[:24]
    return _event(f"e:{where.address}:{activity.id}:{digest}", sender, where, words)


def line_deleted(sender: Sender, where: Where, activity: MessageDeleteActivity) -> Event:
    """A line of theirs taken away."""
    doing = Deleted(turn=line_key(where, activity.id))
    return _event(f"d:{where.address}:{activity.id}", sender, where, doing)


def _event(
    key: str,
    sender: Sender,
    where: Where,
    doing: Words | Deleted | Pressed | Submitted | OpenForm,
    *,
    also: str | None = None,
) -> Event:
    return Event(
        key=key,
        also=also,
        who=sender.key,
        address=where.address or None,
        kind=where.kind,
        doing=doing,
        posted=True,
        whispers=False,
        under=where.thread,
    )


def calls_the_bot(activity: MessageActivity | MessageUpdateActivity, where: Where) -> bool:
    """Whether a line is for the bot; in channels it is when it mentions it."""
    if where.kind == "private":
        return True
    entities = activity.entities or []
    bot = activity.recipient.id
    return any(isinstance(each, MentionEntity) and each.mentioned.id == bot for each in entities)


def words_of(activity: MessageActivity | MessageUpdateActivity, where: Where) -> str:
    """What was typed, without the mention of the bot; others' names stand as they are shown."""
    bot = StripMentionsTextOptions(account_id=activity.recipient.id)
    text = strip_mentions_text(activity, bot) or ""
    rest = activity.model_copy(update={"text": text})
    text = strip_mentions_text(rest, StripMentionsTextOptions(tag_only=True)) or ""
    if isinstance(activity, MessageActivity) and activity.text_format == "xml":
        text = html.unescape(text)
    text = text.replace("&nbsp;", " ").replace("\xa0", " ").replace("\x00", "").strip()
    return text if where.kind == "private" else f"{CALLED} {text}"


def _has_files(activity: MessageActivity) -> bool:
    return any((each.content_type or "").startswith(_FILES) for each in activity.attachments or [])


def button_pressed(
    sender: Sender, where: Where, data: Mapping[str, Any], *, card: str, at: datetime
) -> Event:
    """A press of a button in the card `card`; Unreadable when it is none of ours."""
    try:
        press = Press.decoded(str(data["press"]))
    except (LookupError, ValueError) as error:
        raise Unreadable("no such press") from error
    pressed = f"a:{where.address}:{card}:{press.encoded()}"
    if press.name in OPENERS:
        # The same form opened again is as it is now, and opened twice does no harm.
        return _event(f"{pressed}:{at.isoformat()}", sender, where, Pressed(press=press))
    return _twice(pressed, sender, where, Pressed(press=press), at)


def _twice(
    key: str, sender: Sender, where: Where, doing: Pressed | Submitted, at: datetime
) -> Event:
    """What may be done twice in the same moment, and is then one."""
    moment = int(at.timestamp()) // TWICE_SECONDS
    return _event(f"{key}:{moment}", sender, where, doing, also=f"{key}:{moment - 1}")


class Opened(BaseModel):
    """What a form's buttons carry: the step, what its inputs are, and what the button does."""

    form: str
    arguments: tuple[str, ...] = ()
    step: str
    go: Go
    inputs: dict[str, Kind] = Field(default_factory=dict[str, Kind])
    unfolded: bool = False
    drawn: str = ""


def read_opened(data: Mapping[str, Any]) -> Opened:
    """What the form remembers; Unreadable when it is none of ours."""
    try:
        return Opened.model_validate(dict(data))
    except ValueError as error:
        raise Unreadable("no such form") from error


def form_sent(
    sender: Sender, where: Where, data: Mapping[str, Any], *, card: str, at: datetime
) -> Event:
    """A form's step sent in, or drawn again, with what stands in its inputs."""
    opened = read_opened(data)
    values = read_values(opened.inputs, data)
    sent = (opened.form, opened.arguments, opened.step, sorted(values.items()), opened.go)
    digest = sha256(repr(sent).encode()).hexdigest()[:24]
    doing = Submitted(
        form=opened.form,
        arguments=opened.arguments,
        step=opened.step,
        values=values,
        go=opened.go if opened.go in ("on", "back") else "redraw",
    )
    key = f"s:{where.address}:{card}:{opened.drawn}:{digest}"
    if opened.drawn:
        return _event(key, sender, where, doing)
    return _twice(key, sender, where, doing, at)


def read_values(inputs: Mapping[str, Kind], data: Mapping[str, Any]) -> dict[str, Value]:
    """What the inputs hold, by the field's name; what was left empty may not have come back."""
    return {name: _value(kind, data.get(f"{FIELD}{name}")) for name, kind in inputs.items()}


def _value(kind: Kind, sent: object) -> Value:
    said = str(sent).lower() if isinstance(sent, bool) else str(sent or "")
    match kind:
        case "yes":
            return said == "true"
        case "many":
            return tuple(each for each in said.split(",") if each)
        case "text":
            return said.replace("\x00", "") if said.strip() else ""


def searched(sender: Sender, among: str, words: str) -> Event:
    """Suggestions wanted in a search field while somebody types."""
    kind = cast(Literal["person", "activity"], among)
    doing = Searched(among=kind, words=words[:SEARCHED])
    return Event(key="q", who=sender.key, address=None, doing=doing, looking=True)


def form_asked(sender: Sender, form: str, key: str, quoted: Quoted | None) -> Event:
    """A form asked for from the menu of a message."""
    doing = OpenForm(form=form, quoted=quoted)
    return Event(key=f"g:{key}", who=sender.key, address=None, doing=doing, posted=True)
