"""One line of the table that `make bench` prints."""

from typing import NamedTuple


class Row(NamedTuple):
    """A figure of ours beside what it is held against, and whether the goal is met.

    `goal` is empty and `met` None where there is none: the figure is there to be known.
    """

    name: str
    ours: float
    against: float
    ratio: float
    goal: str
    met: bool | None
