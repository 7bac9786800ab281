"""Mending what was asked: its words and days, somebody else asked, or taken back."""

from collections.abc import Mapping

from bot.assignments import asking
from bot.assignments.assignment import Assignment
from bot.assignments.changing import NotPossible, NotYours
from bot.assignments.rights import may_change
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.answering import with_reason
from bot.conversations.assignments.asking_fields import (
    PERSON,
    values_of,
    whom_fields,
    whom_of,
    work_fields,
    work_of,
)
from bot.conversations.assignments.asking_form import now_asked
from bot.conversations.assignments.naming import asked_assignment
from bot.conversations.assignments.refusals import attempt, not_as_it_is, not_yours
from bot.conversations.assignments.small_form import About, SmallForm, reason_field
from bot.conversations.assignments.telling import (
    concerned,
    news,
    raise_assignment,
    receipt,
    tell_asked,
    tell_consequences,
    tell_in_thread,
    withdrawn_news,
)
from bot.conversations.assignments.wording import hours_word, title_of
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card, bold, text
from bot.language import _, short_date
from bot.plan import Plan


async def edit(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`andra`: the form with what is asked now."""
    return await open_flow(turn, EDIT, (str(assignment.id),))


async def ask_somebody_else(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`fraga`: whom to ask instead."""
    return await open_flow(turn, ASK_AGAIN, (str(assignment.id),))


async def withdraw(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`aterkalla`: take the asking back, for a reason."""
    return await with_reason(turn, assignment, WITHDRAW, rest)


async def _withdraw(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, reason = acting(turn), about.assignment, str(answers["reason"])
    now = await attempt(
        turn,
        before,
        lambda: asking.withdraw(turn.db, by, before, reason),
        "changer",
        words=reason,
    )
    if not isinstance(now, Assignment):
        return now
    raise_assignment(turn, now)
    who = turn.person.name
    whom = await concerned(turn, before) | {now.asked_by.id}
    tell_people(turn, whom, lambda: withdrawn_news(now, who, reason))
    tell_in_thread(turn, now, lambda: withdrawn_news(now, who, reason))
    return (say(turn, receipt(now, _("Återkallat. De som berörs får veta det."), reason)),)


async def _may_change(turn: Turn, arguments: tuple[str, ...]) -> Assignment | NotNow:
    assignment = await asked_assignment(turn, arguments)
    if isinstance(assignment, NotNow):
        return assignment
    if not may_change(turn.person, assignment):
        return NotNow(await not_yours(turn, assignment, "changer"))
    if assignment.is_over:
        return NotNow((say(turn, not_as_it_is(assignment, None)),))
    return assignment


class EditForm:
    """What is asked, as it stands; the assignment's number as argument."""

    name = "uppdrag_andra"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Assignment | NotNow:
        """The assignment; refuses whoever may not change it."""
        return await _may_change(turn, arguments)

    def first_values(self, context: Assignment) -> dict[str, Value]:
        """What it says now."""
        return values_of(context)

    def steps(self, context: Assignment, values: Mapping[str, Value]) -> list[Step]:
        """All in one step."""
        return [
            Step(
                name="andra",
                title=_("Ändra uppdraget"),
                fields=work_fields(None),
                submit=_("Spara"),
                intro=(text(bold(shortened(title_of(context), 200))),),
            )
        ]

    async def save(self, turn: Turn, context: Assignment, answers: Answers) -> Replies:
        """Write what differs, and tell those whom it concerns."""
        by, work = acting(turn), work_of(answers, context.work.about)
        now = await attempt(
            turn, context, lambda: asking.edit(turn.db, by, context, work), "changer"
        )
        if not isinstance(now, Assignment):
            return now
        if now.work == context.work:
            return (say(turn, receipt(now, _("Inget är ändrat."))),)
        await tell_consequences(turn, context, now)
        who = turn.person.name
        whom = await concerned(turn, now) | {now.asked_by.id}
        tell_people(turn, whom, lambda: edited_news(now, who))
        return (say(turn, receipt(now, _("Sparat. De som berörs får veta det."))),)


def edited_news(assignment: Assignment, who: str) -> Card:
    """What is asked now, for those whom it concerns."""
    said = _(
        "{name} har ändrat uppdraget. Klart senast {day}.",
        name=who,
        day=short_date(assignment.work.due_on),
    )
    if assignment.work.hours is not None:
        said += " " + _("Det tar {hours}.", hours=hours_word(assignment.work.hours))
    return news(assignment, shortened(said, 600), assignment.work.reason)


class AskAgainForm:
    """Whom to ask instead; the assignment's number as argument."""

    name = "uppdrag_fraga"

    async def prepare(
        self, turn: Turn, arguments: tuple[str, ...]
    ) -> tuple[Assignment, Plan] | NotNow:
        """The assignment; refuses whoever may not change it, and when somebody has it."""
        assignment = await _may_change(turn, arguments)
        if isinstance(assignment, NotNow):
            return assignment
        if assignment.takers:
            return NotNow((say(turn, not_as_it_is(assignment, None)),))
        return assignment, turn.plan

    def first_values(self, context: tuple[Assignment, Plan]) -> dict[str, Value]:
        """A person, unless something else is chosen."""
        return {"whom": PERSON, "wanted": str(context[0].wanted)}

    def steps(self, context: tuple[Assignment, Plan], values: Mapping[str, Value]) -> list[Step]:
        """Whom."""
        return [
            Step(
                name="fraga",
                title=_("Fråga någon annan"),
                fields=whom_fields(context[1], values),
                submit=_("Fråga"),
                intro=(text(bold(shortened(title_of(context[0]), 200))),),
            )
        ]

    async def save(self, turn: Turn, context: tuple[Assignment, Plan], answers: Answers) -> Replies:
        """Ask them, and let those off who have not answered."""
        before, by, asked = context[0], acting(turn), whom_of(answers)
        now = await attempt(
            turn,
            before,
            lambda: asking.ask_again(turn.db, by, before, asked, asking.ELSEWHERE),
            "changer",
        )
        if not isinstance(now, Assignment):
            return now
        await tell_asked(turn, now)
        who = turn.person.name
        let_off = await concerned(turn, before) - await concerned(turn, now)
        tell_people(turn, let_off, lambda: asked_elsewhere(now, who))
        return (say(turn, now_asked(now, turn.plan)),)


def asked_elsewhere(assignment: Assignment, who: str) -> Card:
    """What those hear who had not answered."""
    return news(assignment, _("{name} har frågat någon annan. Du behöver inte svara.", name=who))


async def _may_withdraw(turn: Turn, about: About) -> None:
    if not may_change(turn.person, about.assignment):
        raise NotYours
    if about.assignment.is_over:
        raise NotPossible(about.assignment)


EDIT, ASK_AGAIN = EditForm(), AskAgainForm()
WITHDRAW = SmallForm(
    name="uppdrag_aterkalla",
    whose="changer",
    title=lambda: _("Återkalla uppdraget"),
    submit=lambda: _("Återkalla"),
    fields=lambda about: (reason_field(_("Varför behövs det inte?")),),
    judge=_may_withdraw,
    act=_withdraw,
)
