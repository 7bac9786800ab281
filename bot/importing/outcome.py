"""What an import found and did: faults to mend, lines to read, and counts."""

from dataclasses import dataclass, field

from bot.language import _


@dataclass(frozen=True)
class Fault:
    """Something wrong in a file; `row` counts from 1, the heading's."""

    row: int
    column: str
    value: str
    problem: str
    wish: str

    def line(self) -> str:
        """`rad 7; kolumn Start; 31 feb 2026; finns inte; ett datum som 2026-02-28`."""
        shown = " ".join(self.value.split()).replace(";", ",")
        shown = shown if len(shown) <= 80 else shown[:79] + "…"
        return _(
            "rad {row}; kolumn {column}; {value}; {problem}; {wish}",
            row=self.row,
            column=self.column,
            value=shown or "–",
            problem=self.problem,
            wish=self.wish,
        )


class Unreadable(Exception):
    """The file is not there, or is no table; the message says what to do."""


@dataclass
class Outcome:
    """What an import comes to. With faults or open conflicts nothing is kept."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    conflicts: int = 0
    settled: bool = True
    lines: list[str] = field(default_factory=list[str])
    faults: list[Fault] = field(default_factory=list[Fault])

    @property
    def may_be_kept(self) -> bool:
        """Whether the import may stand."""
        return not self.faults and (self.conflicts == 0 or self.settled)

    def counts(self) -> str:
        """The last line that an import prints."""
        return _(
            "nya {new}, ändrade {changed}, avslutade {ended}, oförändrade {unchanged}, "
            "konflikter {conflicts}",
            new=self.new,
            changed=self.changed,
            ended=self.ended,
            unchanged=self.unchanged,
            conflicts=self.conflicts,
        )
