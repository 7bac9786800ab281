"""Doing what one has taken on: how it goes, hours, done, and not done after all."""

from bot.assignments import answering
from bot.assignments.assignment import Assignment
from bot.assignments.changing import NotPossible, NotYours
from bot.assignments.rights import may_reopen
from bot.assignments.states import PartState
from bot.assignments.whose import mine
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.assignments.answering import read_hours, with_reason_for_part
from bot.conversations.assignments.assignment_card import verb_button
from bot.conversations.assignments.carrying_out import carry_out
from bot.conversations.assignments.refusals import not_as_it_is
from bot.conversations.assignments.small_form import (
    MOST_HOURS,
    TEXT_LENGTH,
    About,
    SmallForm,
    reason_field,
)
from bot.conversations.assignments.telling import (
    news,
    receipt,
    tell_in_thread,
)
from bot.conversations.assignments.wording import hours_of, hours_word
from bot.conversations.filling import open_flow
from bot.conversations.forms import AmountField, FormField, TextField, Value
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers
from bot.conversations.views import Card
from bot.language import _
from bot.people import PersonId


async def tell_progress(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`framsteg 3 tim text`: hours since last time and how it goes; asks when nothing is said."""
    return await _with_hours(turn, assignment, PROGRESS, rest)


async def finish(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`klart 12 tim text`: one's part is done, with the hours since last time; asks for them."""
    return await _with_hours(turn, assignment, DONE, rest)


async def _with_hours(turn: Turn, assignment: Assignment, form: SmallForm, rest: str) -> Replies:
    hours, note = read_hours(rest)
    if hours is not None and len(note) <= TEXT_LENGTH:
        about = About(assignment, None, in_stockholm(turn.now).date())
        return await form.act(turn, about, {"hours": hours, "note": note or None})
    typed: dict[str, Value] = {"note": note} if note else {}
    if hours is not None:
        typed["hours"] = str(hours)
    return await open_flow(turn, form, (str(assignment.id),), typed=typed or None)


async def _progress(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, note = acting(turn), about.assignment, answers.get("note")
    hours = int(answers.get("hours") or 0)
    now = await carry_out(
        turn,
        before,
        lambda: answering.progress(turn.db, by, before, hours=hours, note=note),
        "taker",
        words=note,
    )
    if not isinstance(now, Assignment):
        return now
    who = turn.person.name
    tell_in_thread(turn, now, lambda: progress_news(now, who, hours, note))
    return (say(turn, progress_receipt(now, turn.person.id, note)),)


def progress_news(assignment: Assignment, who: str, hours: int, note: str | None) -> Card:
    """How it goes, for the thread of the network's card."""
    said = _("{name} berättar hur det går.", name=who)
    if hours:
        said += " " + _("Använt sedan sist: {hours}.", hours=hours_word(hours))
    return news(assignment, said, note)


def progress_receipt(assignment: Assignment, person: PersonId, note: str | None) -> Card:
    """What is written so far."""
    part = assignment.part_of(person)
    told = hours_of(part) if part is not None else ""
    said = _("Sparat. Hittills: {hours}.", hours=told) if told else _("Sparat.")
    return receipt(assignment, said, note, (verb_button(_("Klart"), assignment, "klart"),))


async def _done(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, note = acting(turn), about.assignment, answers.get("note")
    hours = answers.get("hours")
    now = await carry_out(
        turn,
        before,
        lambda: answering.done(turn.db, by, before, hours=hours, note=note),
        "taker",
        words=note,
    )
    if not isinstance(now, Assignment):
        return now
    who, person = turn.person.name, turn.person.id
    tell_people(turn, [now.asked_by.id], lambda: done_news(now, who, person, note))
    tell_in_thread(turn, now, lambda: done_news(now, who, person, note))
    return (say(turn, done_receipt(now, person, note)),)


def done_news(assignment: Assignment, who: str, person: PersonId, note: str | None) -> Card:
    """That somebody's part is done, with all the hours it took."""
    part = assignment.part_of(person)
    said = _("✅ {name} är klar.", name=who)
    if part is not None and part.used:
        said += " " + _("Använt: {hours}.", hours=hours_word(part.used))
    again = [verb_button(_("Inte klart än"), assignment, "oppna", part.id)] if part else []
    return news(assignment, said, note, again)


def done_receipt(assignment: Assignment, person: PersonId, note: str | None) -> Card:
    """What whoever did it reads."""
    part = assignment.part_of(person)
    said = _("Bra jobbat! Din del är klar.")
    if part is not None and part.used:
        said += " " + _("Använt: {hours}.", hours=hours_word(part.used))
    again = [verb_button(_("Öppna igen"), assignment, "oppna", part.id)] if part else []
    return receipt(assignment, said, note, again)


async def change_hours(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`timmar 20`: promise another number of hours; asks how many."""
    hours, _rest = read_hours(rest)
    if hours is not None:
        about = About(assignment, None, in_stockholm(turn.now).date())
        return await _promise(turn, about, {"hours": hours})
    return await open_flow(turn, HOURS, (str(assignment.id),))


async def _promise(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, hours = acting(turn), about.assignment, answers.get("hours")
    now = await carry_out(
        turn, before, lambda: answering.promise(turn.db, by, before, hours=hours), "taker"
    )
    if not isinstance(now, Assignment):
        return now
    return (say(turn, promised(now, hours)),)


def promised(assignment: Assignment, hours: int | None) -> Card:
    """The hours that are promised now."""
    if hours is None:
        return receipt(assignment, _("Sparat: inga timmar lovade."))
    return receipt(assignment, _("Sparat: du lovar {hours}.", hours=hours_word(hours)))


async def reopen(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`oppna`: a part is not done after all, for a reason."""
    return await with_reason_for_part(turn, assignment, REOPEN, rest, (PartState.DONE,))


async def _reopen(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, part, reason = acting(turn), about.assignment, about.part, str(answers["reason"])
    if part is None:
        return (say(turn, not_as_it_is(before, None, reason)),)
    now = await carry_out(
        turn,
        before,
        lambda: answering.reopen(turn.db, by, before, part, reason),
        "changer",
        words=reason,
    )
    if not isinstance(now, Assignment):
        return now
    who, name = turn.person.name, part.person.name
    whom = {part.person.id, now.asked_by.id}
    tell_people(turn, whom, lambda: reopened_news(now, who, name, reason))
    return (say(turn, receipt(now, _("Öppnat igen: {name}", name=name), reason)),)


def reopened_news(assignment: Assignment, who: str, name: str, reason: str) -> Card:
    """That a part is not done after all."""
    said = _("{who} har öppnat det igen: {name} är inte klar än.", who=who, name=name)
    return news(assignment, said, reason)


async def _has_it(turn: Turn, about: About) -> None:
    if mine(acting(turn), about.assignment).state is not PartState.ACCEPTED:
        raise NotPossible(about.assignment)


async def _may_reopen(turn: Turn, about: About) -> None:
    part = about.part
    if part is None or part.state is not PartState.DONE:
        raise NotPossible(about.assignment)
    if not may_reopen(turn.person, about.assignment, part):
        raise NotYours


def _used_fields(about: About) -> tuple[FormField, ...]:
    return (
        AmountField(
            name="hours",
            label=_("Timmar sedan sist"),
            help=_("Ett helt antal. Lämna tomt om du inte vet."),
            unit=_("tim"),
            most=MOST_HOURS,
        ),
        TextField(name="note", label=_("Hur går det?"), lines=3, max_length=TEXT_LENGTH),
    )


def _promised_fields(about: About) -> tuple[FormField, ...]:
    return (
        AmountField(
            name="hours",
            label=_("Timmar du lovar"),
            help=_("Ett helt antal. Lämna tomt om du inte vet."),
            unit=_("tim"),
            most=MOST_HOURS,
        ),
    )


def _promised_before(about: About) -> dict[str, Value]:
    share = about.assignment.share
    return {} if share is None else {"hours": str(share)}


PROGRESS = SmallForm(
    name="uppdrag_framsteg",
    whose="taker",
    title=lambda: _("Hur går det?"),
    submit=lambda: _("Spara"),
    fields=_used_fields,
    judge=_has_it,
    act=_progress,
)
DONE = SmallForm(
    name="uppdrag_klart",
    whose="taker",
    title=lambda: _("Klart"),
    submit=lambda: _("Klart"),
    fields=_used_fields,
    judge=_has_it,
    act=_done,
)
HOURS = SmallForm(
    name="uppdrag_timmar",
    whose="taker",
    title=lambda: _("Timmar"),
    submit=lambda: _("Spara"),
    fields=_promised_fields,
    judge=_has_it,
    act=_promise,
    first=_promised_before,
)
REOPEN = SmallForm(
    name="uppdrag_oppna",
    whose="changer",
    title=lambda: _("Öppna igen"),
    submit=lambda: _("Öppna igen"),
    fields=lambda about: (reason_field(_("Vad är kvar att göra?")),),
    judge=_may_reopen,
    act=_reopen,
)
