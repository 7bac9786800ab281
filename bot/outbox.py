"""Say it in the transaction: what is to be said elsewhere, written with the change it speaks of.

An `Outbox` gathers during a transaction and is written by `flush` in one statement at its end;
delivery sends afterwards. Nothing here calls a platform.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import metrics
from bot.conversations.forms import stored
from bot.conversations.views import Card
from bot.language import speaking
from bot.people import BodyId, PersonId
from storage.queries import outbox as queries

URGENT, NORMAL, BULK = 2, 5, 8
"""Urgencies: lower goes first."""


@dataclass(frozen=True)
class ToBody:
    """Every channel bound to a body or network."""

    body: BodyId


@dataclass(frozen=True)
class ToPost:
    """Every channel bound to a post."""

    post: Literal["manager", "federation_director"]


Letter = Literal["digest", "reminder"]
"""What people may stop by mail, each by itself."""


@dataclass(frozen=True)
class ToPerson:
    """A person in the one place where things reach them: the one they chose, else `near`, which is
    a platform with its tenant, else the one they used last. `letter`: what goes by mail to those
    without Slack and Teams, and by its kind may be stopped there; True may not (docs/email.md)."""

    person: PersonId
    near: tuple[str, str] | None = None
    letter: Letter | bool = False


@dataclass(frozen=True)
class ToConversation:
    """One conversation."""

    conversation_id: int


Destination = ToBody | ToPost | ToPerson | ToConversation


class Outbox:
    """What one transaction has to say, in order.

    `today`: nothing is said to people whose employments have all ended by then; None: to anybody.
    """

    def __init__(self, languages: Iterable[str] = ("sv",), *, today: date | None = None) -> None:
        self._languages = tuple(sorted({*languages, "sv"}))
        self._today = today
        self._messages: list[dict[str, Any]] = []
        self._cards: dict[tuple[str, int], tuple[set[int], set[str]]] = {}

    def say(
        self,
        to: Destination,
        make: Callable[[], Card],
        *,
        urgency: int = NORMAL,
        due_at: datetime | None = None,
        expires_at: datetime | None = None,
        under_card: tuple[str, int] | None = None,
        under_line: str | None = None,
        by_mail: bool | None = None,
    ) -> None:
        """Have `make()` said at `to`, made once in each language that conversations speak.

        `under_card`: in the thread of the living card of that (kind, subject), where there is one;
        `under_line`: in the thread that the platform calls so. `by_mail`: only where that is mail,
        or only where it is not.
        """
        views: dict[str, Any] = {}
        for each in self._languages:
            with speaking(each):
                views[each] = stored(make())
        self._messages.append(
            {
                "to": _target(to),
                "views": views,
                "urgency": urgency,
                "due_at": due_at.isoformat() if due_at else None,
                "expires_at": expires_at.isoformat() if expires_at else None,
                "thread": under_line,
                "by_mail": by_mail,
                "card_kind": under_card[0] if under_card else None,
                "card_subject": under_card[1] if under_card else None,
            }
        )

    def say_pages(
        self,
        to: Destination,
        pages: Callable[[], Sequence[Card]],
        title: Callable[[], str],
        *,
        urgency: int = NORMAL,
    ) -> None:
        """Have the pages said one after the other; where the place is mail, in one that is titled
        so. There are as many in every language."""
        count = len(pages())
        by_mail = False if count > 1 else None
        for number in range(count):
            self.say(to, lambda n=number: pages()[n], urgency=urgency, by_mail=by_mail)
        if count > 1 and isinstance(to, ToPerson):
            self.say(to, lambda: _as_one(title(), pages()), urgency=urgency, by_mail=True)

    def raise_card(
        self,
        kind: str,
        subject_id: int,
        *,
        bodies: Iterable[BodyId] = (),
        posts: Iterable[Literal["manager", "federation_director"]] = (),
    ) -> None:
        """Have every living card of that kind and subject drawn again.

        In channels bound to `bodies` or `posts` that have none yet, one is posted.
        """
        of_bodies, of_posts = self._cards.setdefault((kind, subject_id), (set(), set()))
        of_bodies.update(bodies)
        of_posts.update(posts)

    def to_write(self) -> dict[str, Any] | None:
        """What `storage.queries.outbox.WRITE` takes; None when there is nothing to say."""
        if not self._messages and not self._cards:
            return None
        cards = [
            {"kind": kind, "subject": subject, "bodies": sorted(bodies), "posts": sorted(posts)}
            for (kind, subject), (bodies, posts) in sorted(self._cards.items())
        ]
        today = self._today.isoformat() if self._today else None
        return {"messages": self._messages, "cards": cards, "today": today}

    async def flush(self, db: AsyncConnection) -> None:
        """Write all that was gathered, last in its transaction; delivery is told at commit."""
        waiting = self.to_write()
        if waiting is not None:
            metrics.letters_stopped.inc(await queries.write(db, waiting))
            self._messages, self._cards = [], {}


def _as_one(title: str, pages: Sequence[Card]) -> Card:
    first, *more = pages
    return first.model_copy(update={"title": title, "more": tuple(more)})


def _target(to: Destination) -> dict[str, Any]:
    match to:
        case ToBody(body):
            return {"kind": "body", "id": body}
        case ToPost(post):
            return {"kind": "post", "name": post}
        case ToPerson(person, near, letter):
            platform, tenant = near or (None, None)
            near_by = {"platform": platform, "tenant": tenant}
            return {"kind": "person", "id": person, "letter": letter, **near_by}
        case ToConversation(conversation_id):
            return {"kind": "conversation", "id": conversation_id}
