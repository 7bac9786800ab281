"""What a need may become, told once more and apart from the code: the charter as a small model.

`expected` says how an action ends: done, not the person's, not possible, or incomplete.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from bot.people import OrganisationId
from tests.unit.need_scene import EMPLOYERS, LEAD, RECORD

WAY = ("registered", "preparing", "reference_group", "presidium", "board", "accepted")
OPEN = WAY[:5]
DECIDED = ("accepted", "declined")
MEMBER = {"reference_group": "styr", "presidium": "ref", "board": "pres"}
"""Who of the scene sits in the body that puts a need to the stage."""


class End(Enum):
    """How an action ends."""

    DONE = "done"
    NOT_YOURS = "not yours"
    NOT_POSSIBLE = "not possible"
    INCOMPLETE = "incomplete"


@dataclass
class Taken:
    """A step that stands: where from, since when it had been there, and by whom."""

    by: str
    came_from: str
    rested_from: str | None
    since: int
    to: str


@dataclass
class Modelled:
    """A need, in the model. `supports` are its own, `log` the kinds of its steps in order."""

    id: int
    registrant: str
    since: int
    stage: str = "registered"
    rested_from: str | None = None
    preparer: str | None = None
    withdrawn: bool = False
    merged_into: int | None = None
    made: bool = False
    supports: set[OrganisationId] = field(default_factory=set[OrganisationId])
    standing: list[Taken] = field(default_factory=list[Taken])
    log: list[str] = field(default_factory=lambda: ["registered"])

    @property
    def live(self) -> bool:
        """Whether it is neither withdrawn nor merged."""
        return not self.withdrawn and self.merged_into is None

    @property
    def undecided(self) -> bool:
        """Whether it is live and on its way or resting."""
        return self.live and self.stage not in DECIDED

    @property
    def come(self) -> int:
        """How far it has come, also when it rests."""
        return WAY.index(self.rested_from or self.stage)

    def following(self) -> tuple[str, ...]:
        """The stages that may follow."""
        if self.stage == "resting":
            return (self.rested_from or "",)
        if self.stage in DECIDED:
            return ()
        return (WAY[WAY.index(self.stage) + 1], "declined", "resting")


@dataclass(frozen=True)
class Act:
    """What somebody tries. `whole`: they say all that the record could ask for."""

    kind: str
    actor: str
    whole: bool
    to: str
    organisation: OrganisationId


@dataclass
class World:
    """All needs of a sequence."""

    needs: dict[int, Modelled] = field(default_factory=dict[int, Modelled])

    def family(self, one: Modelled) -> list[Modelled]:
        """The need and what is merged into it, however far down."""
        merged = [each for each in self.needs.values() if each.merged_into == one.id]
        return [one, *(far for each in merged for far in self.family(each))]

    def shared_by(self, one: Modelled) -> set[OrganisationId]:
        """The municipalities that share it."""
        return {each for member in self.family(one) for each in member.supports}


def expected(act: Act, one: Modelled, other: Modelled) -> End:
    """How the action ends, by the charter and the needs of the issue."""
    return _ENDS[act.kind](act, one, other)


def _move(act: Act, one: Modelled, _other: Modelled) -> End:
    if not one.live or act.to not in one.following():
        return End.NOT_POSSIBLE
    resumed = one.stage == "resting"
    may: set[str] = set(RECORD)
    asked = act.to in ("accepted", "declined", "resting")
    if act.to == "preparing" and not resumed:
        may, asked = {*LEAD}, True
    if act.to in MEMBER and not resumed:
        may.add(MEMBER[act.to])
        asked = act.actor != MEMBER[act.to]
    if act.actor not in may:
        return End.NOT_YOURS
    return End.INCOMPLETE if asked and not act.whole else End.DONE


def _take_back(act: Act, one: Modelled, _other: Modelled) -> End:
    if not one.standing or not one.live or one.made:
        return End.NOT_POSSIBLE
    last = one.standing[-1]
    still = act.actor in RECORD or MEMBER.get(last.to) == act.actor
    if act.actor not in LEAD and not (last.by == act.actor and still):
        return End.NOT_YOURS
    return End.DONE if act.whole else End.INCOMPLETE


def _name_preparer(act: Act, one: Modelled, _other: Modelled) -> End:
    if act.actor not in LEAD:
        return End.NOT_YOURS
    return End.DONE if one.undecided and one.preparer else End.NOT_POSSIBLE


def _edit(act: Act, one: Modelled, _other: Modelled) -> End:
    own = act.actor == one.registrant and one.stage in WAY[:2]
    if not (_arranges(act, one) or own):
        return End.NOT_YOURS
    return End.DONE if one.undecided else End.NOT_POSSIBLE


def _withdraw(act: Act, one: Modelled, _other: Modelled) -> End:
    if act.actor != one.registrant:
        return End.NOT_YOURS
    return End.DONE if one.undecided else End.NOT_POSSIBLE


def _restore(act: Act, one: Modelled, _other: Modelled) -> End:
    if act.actor != one.registrant:
        return End.NOT_YOURS
    return End.DONE if one.withdrawn else End.NOT_POSSIBLE


def _arranges(act: Act, one: Modelled) -> bool:
    return act.actor in RECORD or act.actor == one.preparer


def _merge(act: Act, one: Modelled, other: Modelled) -> End:
    if one is other:
        return End.NOT_POSSIBLE
    if not (_arranges(act, one) and _arranges(act, other)):
        return End.NOT_YOURS
    if not (one.undecided and other.undecided):
        return End.NOT_POSSIBLE
    return End.DONE if other.come >= one.come else End.NOT_POSSIBLE


def _part(act: Act, one: Modelled, _other: Modelled) -> End:
    if not _arranges(act, one):
        return End.NOT_YOURS
    return End.NOT_POSSIBLE if one.merged_into is None else End.DONE


def _split(act: Act, one: Modelled, _other: Modelled) -> End:
    if not _arranges(act, one):
        return End.NOT_YOURS
    return End.DONE if one.undecided else End.NOT_POSSIBLE


def _support(act: Act, one: Modelled, _other: Modelled) -> End:
    if EMPLOYERS.get(act.actor) != act.organisation:
        return End.NOT_YOURS
    return End.DONE if one.undecided else End.NOT_POSSIBLE


def _make_area(act: Act, one: Modelled, _other: Modelled) -> End:
    if act.actor not in RECORD:
        return End.NOT_YOURS
    possible = one.live and one.stage == "accepted" and not one.made
    return End.DONE if possible else End.NOT_POSSIBLE


_ENDS: dict[str, Callable[[Act, Modelled, Modelled], End]] = {
    "move": _move,
    "take_back": _take_back,
    "name_preparer": _name_preparer,
    "edit": _edit,
    "withdraw": _withdraw,
    "restore": _restore,
    "merge": _merge,
    "part": _part,
    "split": _split,
    "support": _support,
    "withdraw_support": _support,
    "make_area": _make_area,
}
KINDS = tuple(_ENDS)


def follow(world: World, act: Act, one: Modelled, other: Modelled, moment: int) -> None:
    """Let the model do what was done at that moment."""
    match act.kind:
        case "move":
            _moved(act, one, moment)
        case "take_back":
            _taken_back(one)
        case "name_preparer":
            one.preparer = "hjo2"
            one.log.append("preparer")
        case "edit":
            one.log.append("edited")
        case "withdraw" | "restore":
            one.withdrawn = act.kind == "withdraw"
            one.log.append("withdrawn" if one.withdrawn else "restored")
        case "merge" | "part":
            one.merged_into = other.id if act.kind == "merge" else None
            one.log.append("merged" if act.kind == "merge" else "parted")
        case "support":
            if act.organisation not in world.shared_by(one):
                one.supports.add(act.organisation)
        case "withdraw_support":
            for each in world.family(one):
                each.supports.discard(act.organisation)
        case "make_area":
            one.made = True
            one.log.append("made")
        case _:
            one.log.append("split")


def _moved(act: Act, one: Modelled, moment: int) -> None:
    one.standing.append(Taken(act.actor, one.stage, one.rested_from, one.since, act.to))
    if act.to == "preparing" and one.stage == "registered":
        one.preparer = "skara1"
    one.rested_from = one.stage if act.to == "resting" else None
    one.stage, one.since = act.to, moment
    one.log.append("moved")


def _taken_back(one: Modelled) -> None:
    last = one.standing.pop()
    if (last.came_from, last.to) == ("registered", "preparing"):
        one.preparer = None
    one.stage, one.rested_from, one.since = last.came_from, last.rested_from, last.since
    one.log.append("taken_back")
