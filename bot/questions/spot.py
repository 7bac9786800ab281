"""Where a question names something."""

from dataclasses import dataclass

from bot.questions.question import Filter


@dataclass(frozen=True)
class Spot:
    """Something named by the words from `start` up to `end`. `sure`: how surely, up to 1.

    `others` are further values that the same words may mean as well.
    """

    filter: Filter
    value: str
    start: int
    end: int
    sure: float = 1.0
    others: tuple[str, ...] = ()

    def meets(self, other: "Spot") -> bool:
        """Whether both take some word."""
        return self.start < other.end and other.start < self.end
