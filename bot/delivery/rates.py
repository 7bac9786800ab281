"""How fast a platform may be sent to, as the platform's own file of limits says it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from storage.queries.rates import Bucket, as_json

Method = Literal["send", "update", "remove"]
ALL: tuple[Method, ...] = ("send", "update", "remove")


@dataclass(frozen=True)
class Rate:
    """A token bucket: `burst` at once when it is full, and `tokens` more in every `seconds`.

    `per`: whether each conversation has its own, or all of a connection (workspace, tenant) share
    one. `methods`: what takes from it. A platform's rates have an order; new ones come last, since
    what has been taken is kept by their place.
    """

    per: Literal["conversation", "connection"]
    tokens: float
    seconds: float
    burst: int
    methods: tuple[Method, ...] = ALL

    def __post_init__(self) -> None:
        if self.tokens <= 0 or self.seconds <= 0 or self.burst < 1 or not self.methods:
            raise ValueError("a rate lets something through")

    @classmethod
    def within(
        cls,
        per: Literal["conversation", "connection"],
        limit: int,
        seconds: float,
        *,
        burst: int,
        methods: tuple[Method, ...] = ALL,
    ) -> Self:
        """A rate that never lets more than `limit` through in any `seconds`, wherever they begin.

        What may come at once is taken off what comes back meanwhile.
        """
        return cls(per, limit - burst, seconds, burst, methods)


@dataclass(frozen=True)
class Rates:
    """One platform's rates as the queries take them."""

    buckets: tuple[Bucket, ...]
    json: str | None
    """None where it has none."""

    @property
    def of_connection(self) -> bool:
        """Whether conversations share a bucket of their connection."""
        return any(each.per == "connection" for each in self.buckets)

    def of_conversation(self, method: str) -> bool:
        """Whether each conversation has a bucket that the method takes from."""
        return any(b.per == "conversation" and method in b.methods for b in self.buckets)


def rates_of(platform: str, rates: Sequence[Rate]) -> Rates:
    """The rates of a platform, numbered in their order."""
    made = tuple(
        Bucket(platform, n, each.per, each.methods, each.burst, each.seconds / each.tokens)
        for n, each in enumerate(rates, start=1)
    )
    return Rates(made, as_json(made) if made else None)


def of_connections(rates: Iterable[Rates]) -> str | None:
    """What a claim judges: the buckets that connections have; None where there are none."""
    shared = [b for each in rates for b in each.buckets if b.per == "connection"]
    return as_json(shared) if shared else None
