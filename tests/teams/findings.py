"""What is found wrong with something sent to Teams."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]


class Problem(NamedTuple):
    """Where, what, and whether Teams refuses it for that or shows it badly."""

    path: str
    says: str
    refused: bool = True

    def __str__(self) -> str:
        return f"{self.path}: {self.says}"


@dataclass
class Findings:
    """Collects problems while something is looked through."""

    problems: list[Problem] = field(default_factory=list[Problem])

    def say(self, path: str, words: str, *, refused: bool = True) -> None:
        """Note a problem at `path`, a JSON pointer."""
        self.problems.append(Problem(path, words, refused))

    def text(self, thing: Json, key: str, path: str) -> None:
        """A string with something in it."""
        value = thing.get(key)
        if not isinstance(value, str) or not value.strip():
            self.say(f"{path}/{key}", f"must be words, got {value!r}")

    def one_of(self, value: object, path: str, allowed: Collection[object]) -> None:
        """One of the words that are known here."""
        if value not in allowed:
            self.say(path, f"must be one of {sorted(map(str, allowed))}, got {value!r}")

    def objects(self, value: object, path: str, *, least: int = 0) -> Iterator[tuple[Json, str]]:
        """Each object of a list, with its path; says when it is no such list."""
        if not isinstance(value, list):
            self.say(path, f"must be a list, got {type(value).__name__}")
            return
        if len(value) < least:
            self.say(path, f"needs {least} or more")
        for at, each in enumerate(value):
            if isinstance(each, dict):
                yield each, f"{path}/{at}"
            else:
                self.say(f"{path}/{at}", "must be an object")
