"""Every form about assignments, in each step."""

from collections.abc import Iterator, Mapping

from bot.assignments.assignment import About as Belongs
from bot.conversations.assignments import answering, asking_form, deciding, doing, mending
from bot.conversations.assignments.asking_fields import (
    MUNICIPALITY,
    NETWORK,
    PERSON,
    Asking,
    values_of,
)
from bot.conversations.assignments.small_form import About
from bot.conversations.forms import Value
from bot.specimens.assignments import OF
from bot.specimens.forms import every_step
from bot.specimens.invented import REASONS
from bot.specimens.invented_assignments import assignments_of
from bot.specimens.invented_needs import needs_of
from bot.specimens.specimen import Drawn
from bot.specimens.world import World


def assignment_forms(world: World) -> Iterator[Drawn]:
    """All of them."""
    yield from _asking(world)
    yield from _mending(world)
    yield from _small(world)


def _asking(world: World) -> Iterator[Drawn]:
    plan, person, today = world.plan, world.person, world.today
    words, need, activity = (
        world.voice.line(REASONS, 3_500),
        needs_of(world)[0],
        world.activities[0],
    )
    filled: Mapping[str, Value] = {
        **values_of(assignments_of(world)[0]),
        "reason": words,
        "who": "2",
        "activity": activity.code,
    }
    flow = asking_form.ASK
    for kind in (PERSON, MUNICIPALITY, NETWORK):
        values = {**filled, "whom": kind, "wanted": "3"}
        free = Asking(plan, person, today)
        yield from every_step(world, OF, flow, free, (), values, name=f"uppdrag-{kind}")
    stone = activity.milestones[0].id if activity.milestones else None
    belongs = Asking(plan, person, today, Belongs(activity.id, stone))
    given = ("milstolpe", activity.code, "5")
    yield from every_step(world, OF, flow, belongs, given, filled, name="uppdrag-milstolpe")
    about = Asking(plan, person, today, Belongs(need_id=need.id), need)
    yield from every_step(world, OF, flow, about, ("behov", "12"), filled, name="uppdrag-behov")


def _mending(world: World) -> Iterator[Drawn]:
    first = assignments_of(world)[0]
    number = (str(first.id),)
    words = {"title": world.voice.line(REASONS, 160), "due_on": "snart"}
    yield from every_step(world, OF, mending.EDIT, first, number, words)
    again = (first, world.plan)
    whom = {"whom": NETWORK, "wanted": "0"}
    yield from every_step(world, OF, mending.ASK_AGAIN, again, number, whom)


def _small(world: World) -> Iterator[Drawn]:
    first = assignments_of(world)[3]
    words = world.voice.line(REASONS, 3_500)
    filled = {"reason": words, "note": words, "hours": "tio", "day": "snart", "who": "2"}
    for flow in (
        answering.DECLINE,
        answering.HAND_OVER,
        answering.PRIORITY,
        deciding.REFUSE,
        deciding.ANOTHER_DAY,
        deciding.REFUSE_DAY,
        doing.PROGRESS,
        doing.DONE,
        doing.HOURS,
        doing.REOPEN,
        mending.WITHDRAW,
    ):
        about = About(first, first.parts[0], world.today)
        yield from every_step(world, OF, flow, about, (str(first.id), "4"), filled)
