"""The stages of a need's way to a decision, and which may follow which (charter 5.1)."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise

from bot.people import BodyKind


class Stage(StrEnum):
    """Where a need is; in order of the way, then its three ends."""

    REGISTERED = "registered"
    PREPARING = "preparing"
    REFERENCE_GROUP = "reference_group"
    PRESIDIUM = "presidium"
    BOARD = "board"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RESTING = "resting"


WAY = (
    Stage.REGISTERED,
    Stage.PREPARING,
    Stage.REFERENCE_GROUP,
    Stage.PRESIDIUM,
    Stage.BOARD,
)
"""The open stages, one at a time forward."""

WRITTEN_AT = WAY[1:]
"""Stages at which material is written: from when somebody prepares it until it is decided."""

FORWARD: Mapping[Stage, Stage] = {
    **dict(pairwise(WAY)),
    Stage.BOARD: Stage.ACCEPTED,
}

PUT_BY: Mapping[Stage, BodyKind] = {
    Stage.REFERENCE_GROUP: "steering_group",
    Stage.PRESIDIUM: "reference_group",
    Stage.BOARD: "presidium",
}
"""The body whose step it is to put a need to that stage (charter 5.1: the styrgrupp may initiate
matters to the reference group, it to the presidium, which may put them to the direktion)."""

AT: Mapping[Stage, BodyKind] = {
    Stage.REFERENCE_GROUP: "reference_group",
    Stage.PRESIDIUM: "presidium",
    Stage.BOARD: "board",
}
"""The body that has a need at that stage."""


def body_of_step(stage: Stage, to: Stage) -> BodyKind | None:
    """The body whose step or decision it is by the charter; None for any other step."""
    if to in (Stage.ACCEPTED, Stage.DECLINED):
        return AT.get(stage)
    return None if stage is Stage.RESTING else PUT_BY.get(to)


def steps_from(stage: Stage, rested_from: Stage | None) -> tuple[Stage, ...]:
    """The stages that may follow: one forward, declined or resting; from rest, where it was."""
    if stage is Stage.RESTING:
        return (rested_from,) if rested_from is not None else ()
    if stage in FORWARD:
        return (FORWARD[stage], Stage.DECLINED, Stage.RESTING)
    return ()
