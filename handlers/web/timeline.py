"""What was said in a conversation, as one person sees it: cards delivered, words and answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import RowMapping

from bot.conversations.forms import Form, read_card
from bot.conversations.protocol import (
    Ask,
    Replies,
    Say,
    SayPrivately,
    ShowHome,
    Suggest,
    read_replies,
)
from bot.language import _, short_time, weekday_date
from handlers.web.canvas import Canvas
from handlers.web.pages import Viewer
from handlers.web.render import draw_card
from storage.queries.web import Before

PAGE = 30


@dataclass(frozen=True)
class Bubble:
    """One thing shown in an item: a card, perhaps to one person alone."""

    html: Markup
    alone: bool = False


@dataclass(frozen=True)
class Item:
    """One line of a timeline. `key` is the same each time it is drawn, `version` grows."""

    key: str
    version: str
    day: str
    clock: str
    machine_time: str
    who: str
    mine: bool
    changed: str
    words: str = ""
    bubbles: tuple[Bubble, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """A page of items, oldest first, and where the older ones begin."""

    items: Sequence[Item] = ()
    older: str = ""
    days: dict[str, str] = field(default_factory=dict[str, str])


def read_before(text: str) -> Before:
    """Where an older page begins, from its address; the newest page for anything else."""
    post, _dash, turn = text.partition("-")
    if len(text) > 40 or not (post.isdecimal() and turn.isdecimal()):
        return Before()
    return Before(int(post) or None, int(turn) or None)


def form_path(form: Form, place: str) -> str:
    """The page where a form is opened by its name and arguments."""
    query = [("arg", word) for word in form.arguments] + [("i", place)]
    return f"/form/{form.name}?{urlencode(query)}"


def draw_timeline(
    rows: Sequence[RowMapping], viewer: Viewer, place: str, before: Before
) -> Timeline:
    """Rows, newest first, as `viewer` sees them; `place` is the page's path."""
    zone = ZoneInfo(viewer.person.time_zone)
    items: list[Item] = []
    days: dict[str, str] = {}
    for row in reversed(rows):
        item = _item(row, viewer, place, zone)
        if item.day not in days.values():
            days[item.key] = item.day
        items.append(item)
    older = ""
    if len(rows) == PAGE:
        posts = [row["id"] for row in rows if row["kind"] == "post"]
        turns = [row["id"] for row in rows if row["kind"] == "turn"]
        older = f"{min(posts, default=before.post or 0)}-{min(turns, default=before.turn or 0)}"
    return Timeline(items, older, days)


def _item(row: RowMapping, viewer: Viewer, place: str, zone: ZoneInfo) -> Item:
    at: datetime = row["at"].astimezone(zone)
    key = f"{row['kind'][0]}{row['id']}"
    canvas = Canvas(token=viewer.token, place=place, prefix=key)
    said = row["kind"] == "turn"
    mine = said and row["person_id"] == viewer.person.id
    changed = row["changed_at"]
    return Item(
        key=key,
        version=str(row["version"]),
        day=weekday_date(at.date()),
        clock=f"{at:%H:%M}",
        machine_time=at.isoformat(timespec="seconds"),
        who=row["name"] if said else _("Samspel"),
        mine=mine,
        changed=short_time(changed.astimezone(zone)) if changed else "",
        words=row["words"] or "",
        bubbles=(
            _answers(row["view"], canvas, place, mine=mine)
            if said
            else (Bubble(draw_card(read_card(row["view"]), canvas)),)
        ),
    )


def _answers(answer: Any, canvas: Canvas, place: str, *, mine: bool) -> tuple[Bubble, ...]:
    bubbles = (draw_reply(reply, canvas, place, mine=mine) for reply in read_replies(answer))
    return tuple(bubble for bubble in bubbles if bubble)


def draw_reply(
    reply: Say | SayPrivately | Ask | ShowHome | Suggest, canvas: Canvas, place: str, *, mine: bool
) -> Bubble | None:
    """What a conversation shows of a reply: private ones to the person alone, a form as a link."""
    match reply:
        case Say(card=card):
            return Bubble(draw_card(card, canvas))
        case SayPrivately(card=card):
            return Bubble(draw_card(card, canvas), alone=True) if mine else None
        case Ask(form=form):
            link = Markup(
                '<article class="card"><p><a class="button default" href="{}">{}</a></p></article>'
            ).format(form_path(form, place), _("Öppna formuläret {title}", title=f"”{form.title}”"))
            return Bubble(link, alone=place.startswith("/kanal/")) if mine else None
        case ShowHome() | Suggest():
            return None


def asked(replies: Replies) -> Form | None:
    """The form that the replies ask for, if they do."""
    return next((reply.form for reply in replies if isinstance(reply, Ask)), None)
