"""What people see in Teams."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

from tests.teams.check_card import walk
from tests.teams.core import Call, Core
from tests.teams.findings import Json
from tests.teams.trouble import Method
from tests.teams.words import visible_text
from tests.teams.world import Conversation, Message, Person, personal_chat

Found = TypeVar("Found")


class Seeing(Core):
    """Reads the screen. `patience`: how long a person waits for what is about to appear."""

    patience = 2.0

    def messages(self, here: Conversation) -> list[Message]:
        """What everybody sees there, oldest first, thread replies among them."""
        return [one for one in here.messages if not one.deleted and one.target is None]

    def direct(self, person: Person) -> list[Message]:
        """The person's chat with the bot, the person's own lines among them."""
        return self.messages(personal_chat(person))

    def targeted(self, person: Person) -> list[Message]:
        """What only this person sees in a channel or group chat, oldest first."""
        places = person.tenant.conversations.values()
        return [one for here in places for one in here.messages if one.target is person]

    def thread(self, here: Conversation, root: Message | str) -> list[Message]:
        """A thread of a channel: what began it, and the replies."""
        own = root if isinstance(root, str) else root.id
        return [one for one in self.messages(here) if own in (one.root, one.id)]

    def view(self, person: Person, message: Message) -> Json | None:
        """The card of a message as this person sees it: their own, where an answer replaced it."""
        return person.views.get(message) or message.card

    def shown(self, person: Person, where: Conversation | None = None) -> list[Json]:
        """The cards that the person sees there (in the personal chat), oldest first."""
        return [card for _, card in self.cards(person, where)]

    def cards(
        self, person: Person, where: Conversation | None = None
    ) -> list[tuple[Message, Json]]:
        """As `shown`, each with the message it stands in."""
        here = self.place(person, where)
        seen = [one for one in here.messages if not one.deleted and one.target in (None, person)]
        pairs = ((one, self.view(person, one)) for one in seen)
        return [(one, card) for one, card in pairs if card is not None]

    def sees(self, person: Person, where: Conversation | None = None) -> str:
        """All words the person sees there: lines, cards as they see them, an open dialog."""
        here = self.place(person, where)
        parts: list[str] = []
        for one in here.messages:
            if one.deleted or one.target not in (None, person):
                continue
            card = self.view(person, one)
            parts.append(visible_text(card) if card else one.text or visible_text(one.activity))
        if person.dialog:
            parts += [person.dialog.title, visible_text(person.dialog.card)]
        return "\n".join(filter(None, parts))

    def visible_text(self, thing: Message | Json | None) -> str:
        """All words a person reads in a card, an activity or a message, in order."""
        if isinstance(thing, Message):
            return visible_text(thing.card) if thing.card else thing.text
        return visible_text(thing)

    def toasts(self, person: Person) -> list[str]:
        """What invokes were answered with that is no card: shown for a moment, to them alone."""
        return list(person.toasts)

    def errors(self, person: Person) -> list[str]:
        """What went wrong with what the person pressed."""
        return list(person.errors)

    def calls_of(self, method: Method) -> list[Call]:
        """The connector's calls of one kind, in order."""
        return [one for one in self.calls if one.method == method]

    def place(self, person: Person, where: Conversation | None) -> Conversation:
        """The conversation meant; the person's chat with the bot when none is named."""
        here = where or personal_chat(person)
        assert person in here.members, f"{person.name} is not in {here.name or here.kind}"
        return here

    async def appears(self, look: Callable[[], Found | None]) -> Found | None:
        """What is looked for, as soon as it is there; None when it does not come in time."""
        for _ in range(int(self.patience / 0.02) + 1):
            found = look()
            if found is not None:
                return found
            await asyncio.sleep(0.02)
        return None

    async def settled(self) -> None:
        """Wait until no request is on its way, neither to a bot nor from one."""
        quiet = 0
        while quiet < 3:
            busy = not self.entry.idle or self.answering or self.sign_in.answering
            quiet = 0 if busy else quiet + 1
            await asyncio.sleep(0.01)


def actions_of(card: Json) -> Iterator[Json]:
    """Every action that can be pressed in a card, in order."""
    for each in walk_visible(card):
        if str(each.get("type")).startswith("Action."):
            yield each


def inputs_of(card: Json) -> list[Json]:
    """The fields of a card, in order."""
    return [one for one in walk_visible(card) if str(one.get("type")).startswith("Input.")]


def walk_visible(card: Json) -> Iterator[Json]:
    """Everything of a card that is shown, outermost first."""
    hidden: set[int] = set()
    for each in walk(card):
        if each.get("isVisible") is False or id(each) in hidden:
            hidden |= {id(inner) for inner in walk(each)}
            continue
        yield each
