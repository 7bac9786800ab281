"""How many questions of a file are understood rightly (docs/questions.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.questions.question import Filter, Intent, Question

COLUMNS = ("question", "intent", "filters")


class NotReadable(ValueError):
    """The file is no evaluation file; the message says what is wrong with it."""


@dataclass(frozen=True)
class Expected:
    """A row: its number in the file, the question and what it means."""

    row: int
    said: str
    intent: str
    filters: Mapping[str, str]

    def meant_by(self, question: Question) -> bool:
        """Whether the question has that intent, all of those filters and no other."""
        return question.intent == self.intent and _sets(question.written()) == _sets(self.filters)

    def written(self) -> str:
        """Intent and filters in a line."""
        return _line(self.intent, self.filters)


@dataclass(frozen=True)
class Count:
    """How many were right, of how many."""

    name: str
    right: int
    of: int

    def line(self) -> str:
        """`name right/of`."""
        return f"{self.name} {self.right}/{self.of}"


def read_expected(rows: Iterable[Mapping[str, str | None]]) -> list[Expected]:
    """The rows of a file with `COLUMNS`, the first under the heading being number 2. NotReadable
    for an intent or a filter that there is none of."""
    found: list[Expected] = []
    for number, row in enumerate(rows, start=2):
        said, intent = (row.get("question") or "").strip(), (row.get("intent") or "").strip()
        if not said and not intent:
            continue
        if intent not in {each.value for each in Intent}:
            raise NotReadable(f"{number}: {intent}")
        found.append(Expected(number, said, intent, _filters(row.get("filters") or "", number)))
    return found


def _filters(words: str, number: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in words.split(","):
        name, equals, value = part.strip().partition("=")
        if not part.strip():
            continue
        if not equals or name not in {each.value for each in Filter}:
            raise NotReadable(f"{number}: {part.strip()}")
        found[name] = value.strip()
    return found


def _sets(filters: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Values without their order: two of one filter are the same whichever stands first."""
    return {name: frozenset(value.split("|")) for name, value in filters.items()}


def counts(answered: Sequence[tuple[Expected, Question]]) -> list[Count]:
    """For each intent and each filter that is expected: how many were right."""
    found: list[Count] = []
    for intent in Intent:
        asked = [(each, got) for each, got in answered if each.intent == intent]
        if asked:
            found.append(Count(intent.value, sum(e.meant_by(got) for e, got in asked), len(asked)))
    for name in Filter:
        wanted = [(each, got.written()) for each, got in answered if name.value in each.filters]
        if wanted:
            right = sum(_sets(got).get(name) == _sets(e.filters)[name] for e, got in wanted)
            found.append(Count(name.value, right, len(wanted)))
    return found


def misses(answered: Sequence[tuple[Expected, Question]]) -> list[str]:
    """A line for each that was not right: `row;question;expected;got`."""
    return [
        f"{each.row};{each.said};{each.written()};{_line(got.intent.value, got.written())}"
        for each, got in answered
        if not each.meant_by(got)
    ]


def _line(intent: str, filters: Mapping[str, str]) -> str:
    said = ",".join(f"{name}={value}" for name, value in filters.items())
    return f"{intent} {said}".strip()
