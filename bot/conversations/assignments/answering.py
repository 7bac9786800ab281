"""Answering what is asked: yes, no, a colleague, or that it must be prioritised."""

import re
from collections.abc import Sequence

from bot.assignments import answering
from bot.assignments.assignment import Assignment
from bot.assignments.changing import NotPossible
from bot.assignments.states import PartState
from bot.assignments.whose import answered_by
from bot.bodies import named
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.assignments.assignment_card import verb_button
from bot.conversations.assignments.carrying_out import carry_out
from bot.conversations.assignments.naming import named_part
from bot.conversations.assignments.refusals import not_as_it_is
from bot.conversations.assignments.small_form import (
    TEXT_LENGTH,
    About,
    SmallForm,
    reason_field,
)
from bot.conversations.assignments.telling import (
    asked_notice,
    news,
    receipt,
    tell_deciders,
    tell_in_thread,
)
from bot.conversations.assignments.wording import hours_word
from bot.conversations.filling import open_flow
from bot.conversations.forms import PersonField, Value
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers
from bot.conversations.views import Button, Card, press
from bot.finding import Found, find_person
from bot.language import _, short_date
from bot.people import PersonId

_HOURS = re.compile(
    r"(\d{1,5})\s*(?:(?:timmar|timme|tim|hours?|h)\b[\s,.:;–-]*|[.!]?$)", re.IGNORECASE
)


def read_hours(words: str) -> tuple[int | None, str]:
    """The hours that the words begin with, and the words after them.

    A number is hours when it says so or stands alone: `50 % klart` and `2 möten` are not.
    """
    words = words.strip()
    match = _HOURS.match(words)
    return (int(match[1]), words[match.end() :].strip()) if match else (None, words)


async def accept(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """Take it on, for one's share of the hours or those that are said."""
    by, (said, _rest) = acting(turn), read_hours(rest)
    hours = said if said is not None else assignment.share
    now = await carry_out(
        turn, assignment, lambda: answering.accept(turn.db, by, assignment, hours=hours), "asked"
    )
    if not isinstance(now, Assignment):
        return now
    who = turn.person.name
    tell_people(turn, [now.asked_by.id], lambda: taken_news(now, who, hours))
    tell_in_thread(turn, now, lambda: taken_news(now, who, hours))
    return (say(turn, you_have_it(now, hours)),)


def taken_news(assignment: Assignment, who: str, hours: int | None) -> Card:
    """That somebody has taken it."""
    said = _("{name} tar det.", name=who)
    if hours is not None:
        said += " " + _("Lovat: {hours}.", hours=hours_word(hours))
    return news(assignment, said)


def you_have_it(assignment: Assignment, hours: int | None) -> Card:
    """What whoever took it reads."""
    said = _("Tack! Det är ditt. Klart senast {day}.", day=short_date(assignment.work.due_on))
    if hours is not None:
        said += " " + _("Du har lovat {hours}.", hours=hours_word(hours))
    label = _("Ändra timmar") if hours is not None else _("Ange timmar")
    change = Button(label=label, press=press("formular", "uppdrag_timmar", assignment.id))
    tell = verb_button(_("Berätta hur det går"), assignment, "framsteg")
    return receipt(assignment, said, buttons=(change, tell))


async def _may_answer(turn: Turn, about: About) -> None:
    part = await answered_by(turn.db, acting(turn), about.assignment)
    over = about.assignment.is_over
    if over or (part is not None and part.state not in (PartState.ASKED, PartState.ACCEPTED)):
        raise NotPossible(about.assignment)


async def _is_unanswered(turn: Turn, about: About) -> None:
    await _may_answer(turn, about)
    part = await answered_by(turn.db, acting(turn), about.assignment)
    if part is not None and part.state is not PartState.ASKED:
        raise NotPossible(about.assignment)


async def decline(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """Say no, and why; asks for the reason."""
    return await with_reason(turn, assignment, DECLINE, rest)


async def with_reason_for_part(
    turn: Turn, assignment: Assignment, form: SmallForm, rest: str, states: Sequence[PartState]
) -> Replies:
    """As `with_reason`, about the part in those states that the words or the button name."""
    part, words = await named_part(turn, assignment, rest, states)
    if part is None:
        return (say(turn, not_as_it_is(assignment, None, words)),)
    return await with_reason(turn, assignment, form, words, part.id)


async def with_reason(
    turn: Turn, assignment: Assignment, form: SmallForm, rest: str, part: int | None = None
) -> Replies:
    """Do what the form does for the reason that was typed; else ask for it."""
    if rest and len(rest) <= TEXT_LENGTH:
        about = About(
            assignment,
            assignment.part(part) if part is not None else None,
            in_stockholm(turn.now).date(),
        )
        return await form.act(turn, about, {"reason": rest})
    typed: dict[str, Value] | None = {"reason": rest} if rest else None
    arguments = (str(assignment.id), *(() if part is None else (str(part),)))
    return await open_flow(turn, form, arguments, typed=typed)


async def _decline(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, reason = acting(turn), about.assignment, str(answers["reason"])
    who = turn.person.name
    now = await carry_out(
        turn,
        before,
        lambda: answering.decline(turn.db, by, before, reason),
        "asked",
        words=reason,
        no=lambda now: declined_news(now, who, reason),
    )
    if not isinstance(now, Assignment):
        return now
    return (say(turn, receipt(now, _("Du har tackat nej."), reason)),)


def declined_news(assignment: Assignment, who: str, reason: str) -> Card:
    """That somebody cannot."""
    return news(assignment, _("{name} kan inte.", name=who), reason)


async def hand_over(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """Have a colleague asked instead: the one who is named, or asks who."""
    if rest:
        found = await find_person(turn.db, rest, in_stockholm(turn.now).date())
        if isinstance(found, Found):
            about = About(assignment, None, in_stockholm(turn.now).date())
            return await _hand_over(turn, about, {"who": found.one})
    return await open_flow(turn, HAND_OVER, (str(assignment.id),))


async def _hand_over(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, to = acting(turn), about.assignment, PersonId(answers["who"])
    now = await carry_out(
        turn, before, lambda: answering.hand_over(turn.db, by, before, to), "asked"
    )
    if not isinstance(now, Assignment):
        return now
    part, who, plan = now.part_of(to), turn.person.name, turn.plan
    whom = part.person.name if part is not None else "–"
    tell_people(turn, [to], lambda: asked_notice(now, plan, who))
    tell_people(turn, {now.asked_by.id} - {to}, lambda: handed_news(now, who, whom))
    return (say(turn, handed_over(now, whom)),)


def handed_news(assignment: Assignment, who: str, whom: str) -> Card:
    """That somebody asked a colleague instead."""
    return news(assignment, _("{name} har frågat {other} i stället.", name=who, other=whom))


def handed_over(assignment: Assignment, whom: str) -> Card:
    """What whoever handed it over reads."""
    return receipt(assignment, _("{name} har fått frågan i stället för dig.", name=whom))


async def ask_priority(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """Ask the municipality's director to make room for it."""
    if rest and len(rest) <= TEXT_LENGTH:
        about = About(assignment, None, in_stockholm(turn.now).date())
        return await _ask_priority(turn, about, {"reason": rest})
    typed: dict[str, Value] | None = {"reason": rest} if rest else None
    return await open_flow(turn, PRIORITY, (str(assignment.id),), typed=typed)


async def _ask_priority(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, reason = acting(turn), about.assignment, answers.get("reason")
    now = await carry_out(
        turn,
        before,
        lambda: answering.ask_priority(turn.db, by, before, reason),
        "asked",
        words=reason,
    )
    if not isinstance(now, Assignment):
        return now
    part, who = now.part_of(turn.person.id), turn.person.name
    directors = await tell_deciders(turn, now, part) if part is not None else []
    names = named(directors) or "–"
    whom = {now.asked_by.id} - {each.id for each in directors}
    tell_people(turn, whom, lambda: priority_news(now, who, names))
    return (say(turn, priority_asked(now, names, reason)),)


def priority_news(assignment: Assignment, who: str, directors: str) -> Card:
    """That somebody's director has to make room for it first."""
    said = _("{name} behöver få det prioriterat. Frågan är hos {names}.", name=who, names=directors)
    return news(assignment, said)


def priority_asked(assignment: Assignment, directors: str, reason: str | None) -> Card:
    """What whoever asked for priority reads."""
    said = _("Frågan är hos {names} nu. Du får veta hur det blir.", names=directors)
    return receipt(assignment, said, reason)


DECLINE = SmallForm(
    name="uppdrag_nej",
    whose="asked",
    title=lambda: _("Tacka nej"),
    submit=lambda: _("Tacka nej"),
    fields=lambda about: (reason_field(_("Varför kan du inte?")),),
    judge=_may_answer,
    act=_decline,
)
HAND_OVER = SmallForm(
    name="uppdrag_lamna",
    whose="asked",
    title=lambda: _("Lämna till kollega"),
    submit=lambda: _("Lämna över"),
    fields=lambda about: (
        PersonField(
            name="who",
            label=_("Vem ska få frågan?"),
            help=_("Någon där du arbetar, eller i nätverket som frågades"),
            required=True,
        ),
    ),
    judge=_may_answer,
    act=_hand_over,
)
PRIORITY = SmallForm(
    name="uppdrag_prioritera",
    whose="asked",
    title=lambda: _("Behöver prioriteras"),
    submit=lambda: _("Fråga direktören"),
    fields=lambda about: (reason_field(_("Vad krockar det med?"), required=False),),
    judge=_is_unanswered,
    act=_ask_priority,
)
