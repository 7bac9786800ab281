"""One thing that a person chooses for themselves, and what all choices are read from."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversations.forms import FormField, Value
from bot.conversations.protocol import Turn
from bot.people import Person
from storage.queries import personal as queries


@dataclass(frozen=True)
class Chosen:
    """A person, and what they have chosen by name; `offered` is what there is to choose among,
    by the name of the setting, where that differs between people."""

    person: Person
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    offered: Mapping[str, tuple[tuple[str, str], ...]] = field(
        default_factory=dict[str, tuple[tuple[str, str], ...]]
    )


async def nothing_offered(turn: Turn) -> tuple[tuple[str, str], ...]:
    """For settings where everybody chooses among the same."""
    return ()


def always(chosen: Chosen) -> bool:
    """For settings that everybody has."""
    return True


@dataclass(frozen=True)
class Setting:
    """One thing to choose, asked by one field of the same `name`.

    `keep` gets all judged answers; None: another setting keeps them together with its own.

    `offers`: values with their words, read in the turn when what there is to choose among differs
    between people; `asked_of`: whether this person has the choice at all.
    """

    name: str
    label: Callable[[], str]
    shown: Callable[[Chosen], str]
    value: Callable[[Chosen], Value]
    field: Callable[[Chosen], FormField]
    keep: Callable[[Turn, Mapping[str, Any]], Awaitable[object]] | None = None
    offers: Callable[[Turn], Awaitable[tuple[tuple[str, str], ...]]] = nothing_offered
    asked_of: Callable[[Chosen], bool] = always


async def choose(turn: Turn, name: str, value: Mapping[str, Any] | None) -> bool:
    """Keep what the person has chosen; None: as if they never had. False: it was so already."""
    return await queries.choose(
        turn.db,
        turn.person.id,
        name,
        dict(value) if value is not None else None,
        now=turn.now,
        platform=turn.place.platform,
    )


async def values_of(turn: Turn) -> Mapping[str, Any]:
    """What the turn's person has chosen, by name."""
    found = await queries.chosen_by(turn.db, [turn.person.id])
    return found.get(turn.person.id, {})
