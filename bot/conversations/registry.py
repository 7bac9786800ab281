"""The registry: every conversation by its name, its synonyms and each name it had before."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.conversations.protocol import Conversation
from bot.conversations.steps import FormFlow
from bot.finding import plain
from bot.people import Person


class NameTaken(Exception):
    """Two conversations want the same name, or two forms."""


class Conversations:
    """All conversations, as listed; nothing registers itself on import.

    Old buttons outlive renames: a conversation is found by former names too.
    """

    def __init__(self, listed: Iterable[Conversation]) -> None:
        self._listed = tuple(listed)
        self._by_word: dict[str, Conversation] = {}
        self._by_name: dict[str, Conversation] = {}
        self._forms: dict[str, tuple[Conversation, FormFlow[Any]]] = {}
        for each in self._listed:
            for name in (each.name, *each.formerly):
                _take(self._by_name, name, each)
            for word in (each.name, *each.formerly, *each.synonyms):
                _take(self._by_word, plain(word), each)
            for form in each.forms:
                _take(self._forms, form.name, (each, form))

    def __iter__(self) -> Iterator[Conversation]:
        return iter(self._listed)

    def offered_to(self, person: Person) -> Iterator[Conversation]:
        """What help, home, command lists and manifests show this person."""
        return (each for each in self._listed if each.in_help and each.refusal(person) is None)

    def called(self, word: str) -> Conversation | None:
        """The conversation that a typed word starts: any case, with or without å ä ö and slash."""
        return self._by_word.get(plain(word.removeprefix("/")))

    def hearing(self) -> Conversation | None:
        """The conversation that hears what begins with no word of the bot's."""
        return next((each for each in self._listed if each.hears is not None), None)

    def named(self, name: str) -> Conversation | None:
        """The conversation whose button this is, by its name or a former one."""
        return self._by_name.get(name)

    def form(self, name: str) -> tuple[Conversation, FormFlow[Any]] | None:
        """A form by name, with the conversation it belongs to."""
        return self._forms.get(name)

    def like(self, word: str) -> str | None:
        """The name nearest to a misspelt word, if one is near."""
        wanted = plain(word.removeprefix("/"))
        near = process.extractOne(
            wanted, list(self._by_word), scorer=OSA.distance, score_cutoff=max(1, len(wanted) // 4)
        )
        return self._by_word[near[0]].name if near and len(wanted) > 2 else None


Listing = Callable[[], Conversations]
"""All conversations, for one of them: as they are when it answers."""


def _take(names: dict[str, Any], name: str, owner: Any) -> None:
    if names.setdefault(name, owner) is not owner:
        raise NameTaken(name)
