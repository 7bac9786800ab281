"""What all of Teams shares: tenants, calls of the connector, faults, violations, and the time."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import Address

from tests.teams.entry import Entry
from tests.teams.findings import Json, Problem
from tests.teams.sign_in import SignIn
from tests.teams.trouble import Trouble
from tests.teams.world import Conversation, Message, Person, Tenant, opaque


@dataclass(frozen=True)
class Call:
    """A call of the connector, and the answer that was given."""

    method: str
    conversation: str
    body: Json
    status: int
    answer: Any
    at: float
    app_id: str = ""
    query: Json = field(default_factory=dict[str, Any])


class Core:
    """The state of Teams; people and the connector act on it."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.tenants: list[Tenant] = []
        self.base = ""
        self.keys_base = ""
        self.keys_fetched = 0
        self.service_url = ""
        self.ca_file = ""
        self.entry = Entry()
        self.sign_in = SignIn(self.tenants)
        self.trouble = Trouble()
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.answering = 0
        self.drop: Callable[[Address | None], None] = lambda address: None
        self._last = 0

    def new_id(self) -> str:
        """The time now, in milliseconds, later than every one before: the id of a message."""
        self._last = max(self._last + 1, int(self.clock() * 1_000))
        return str(self._last)

    def moment(self) -> datetime:
        """The time now."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def violated(self, where: str, problems: Iterable[Problem]) -> None:
        """Remember that the bot did what Microsoft's documentation forbids."""
        self.violations += [f"{where}: {problem}" for problem in problems]

    def find(self, conversation_id: str) -> tuple[Conversation | None, str]:
        """The conversation of an id, and the thread that the id names, if it does."""
        own, _, root = conversation_id.partition(";messageid=")
        for tenant in self.tenants:
            if own in tenant.conversations:
                return tenant.conversations[own], root
        return None, root

    def post(
        self, here: Conversation, by: Person | None, activity: Json, root: str = ""
    ) -> Message:
        """Put something that is said where people see it."""
        own = self.new_id()
        if here.kind == "personal" and by is None:
            own = opaque("1:", 24)
        message = Message(own, by, activity, root if here.kind == "channel" and root else own)
        here.messages.append(message)
        return message
