"""What is found wrong with something sent to Slack, said as Slack says it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = dict[str, Any]


class Problem(NamedTuple):
    """Slack's error code, and the line that `response_metadata.messages` would hold."""

    error: str
    says: str

    def __str__(self) -> str:
        return f"{self.error}: {self.says}"


@dataclass
class Findings:
    """Collects problems while something is looked through. `error` is the code of most of them."""

    error: str = "invalid_blocks"
    problems: list[Problem] = field(default_factory=list[Problem])

    def say(self, path: str, words: str, error: str = "") -> None:
        """Note a problem at `path`, a JSON pointer."""
        code = error or self.error
        self.problems.append(Problem(code, f"[ERROR] {words} [json-pointer:{path}]"))

    def string(self, value: object, path: str, most: int, *, least: int = 1) -> None:
        """A string of `least` to `most` characters."""
        if not isinstance(value, str):
            self.say(path, f"must be a string, got {type(value).__name__}")
        elif len(value) < least:
            self.say(path, f"must be more than {least - 1} characters")
        elif len(value) > most:
            self.say(path, f"must be less than {most + 1} characters, has {len(value)}")

    def optional(self, thing: Json, key: str, path: str, most: int, *, least: int = 0) -> None:
        """A string that may be left out."""
        if thing.get(key) is not None:
            self.string(thing[key], f"{path}/{key}", most, least=least)

    def keys(
        self, thing: Json, path: str, allowed: Collection[str], needed: Collection[str]
    ) -> None:
        """Nothing but `allowed`, and all of `needed`."""
        for key in thing:
            if key not in allowed:
                self.say(path, f"additional property: {key}")
        for key in needed:
            if thing.get(key) is None:
                self.say(path, f"missing required field: {key}")

    def items(self, value: object, path: str, least: int, most: int) -> Iterator[tuple[Any, str]]:
        """Each item with its path; says when there are too few or too many."""
        if not isinstance(value, list):
            self.say(path, "must be an array")
            return
        if len(value) < least:
            self.say(path, f"no fewer than {least} items allowed, has {len(value)}")
        if len(value) > most:
            self.say(path, f"no more than {most} items allowed, has {len(value)}")
        for at, each in enumerate(value):
            yield each, f"{path}/{at}"

    def objects(
        self, value: object, path: str, least: int, most: int
    ) -> Iterator[tuple[Json, str]]:
        """As `items`, each of which must be an object."""
        for each, at in self.items(value, path, least, most):
            if isinstance(each, dict):
                yield each, at
            else:
                self.say(at, "must be an object")

    def one_of(self, value: object, path: str, allowed: Collection[object]) -> None:
        """One of the words that Slack knows here."""
        if value not in allowed:
            self.say(path, f"must be a valid enum value, got {value!r}")

    def number(self, value: object, path: str, least: int, most: int) -> None:
        """A whole number from `least` to `most`."""
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.say(path, f"must be a number from {least} to {most}, got {value!r}")

    def unique(self, values: Mapping[str, str], value: object, path: str, what: str) -> bool:
        """Whether `value` was not met before; says when it was."""
        if isinstance(value, str) and value in values:
            self.say(path, f"{what} already exists: {value!r}, first at {values[value]}")
            return False
        return True
