"""Making room for a person's part, or another day: the director's, and then whoever asked."""

from datetime import date

from bot.assignments import answering
from bot.assignments.assignment import Assignment, Part
from bot.assignments.changing import NotPossible, NotYours
from bot.assignments.rights import is_the_municipalitys, may_agree
from bot.assignments.states import PartState
from bot.assignments.whose import answered_by, judged_decider
from bot.bodies import named
from bot.conversations.acting import acting
from bot.conversations.assignments.answering import with_reason_for_part
from bot.conversations.assignments.carrying_out import carry_out
from bot.conversations.assignments.naming import named_part
from bot.conversations.assignments.refusals import not_as_it_is
from bot.conversations.assignments.small_form import About, SmallForm, reason_field
from bot.conversations.assignments.telling import (
    news,
    proposed_notice,
    receipt,
    tell_deciders,
)
from bot.conversations.filling import open_flow
from bot.conversations.forms import DateField
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers
from bot.conversations.views import Card
from bot.language import _, short_date
from bot.people import PersonId

_WAITS = (PartState.PRIORITY,)
_PROPOSED = (PartState.PROPOSED,)


def _still(now: Assignment, part: Part) -> Part:
    return now.part(part.id) or part


async def give_time(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`ge_tid`: make room for it; the person has it then."""
    part, _rest = await named_part(turn, assignment, rest, _WAITS)
    if part is None:
        return (say(turn, not_as_it_is(assignment, None)),)
    by = acting(turn)
    now = await carry_out(
        turn,
        assignment,
        lambda: answering.accept_for(turn.db, by, assignment, part),
        "decider",
        part=part,
    )
    if not isinstance(now, Assignment):
        return now
    who, name = turn.person.name, part.person.name
    tell_people(turn, {now.asked_by.id, part.person.id}, lambda: given_news(now, who, name))
    return (say(turn, given_receipt(now, name)),)


def given_news(assignment: Assignment, who: str, name: str) -> Card:
    """That room was made, for the person and whoever asked."""
    said = _("{director} har gett {name} tid för det. {name} har det nu.", director=who, name=name)
    return news(assignment, said)


def given_receipt(assignment: Assignment, name: str) -> Card:
    """What the director reads."""
    return receipt(assignment, _("{name} har tid för det nu och får veta det.", name=name))


async def refuse_time(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`avsla_tid`: there is no room for it, for a reason."""
    return await with_reason_for_part(turn, assignment, REFUSE, rest, _WAITS)


async def _refuse_time(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, part, reason = acting(turn), about.assignment, about.part, str(answers["reason"])
    if part is None:
        return (say(turn, not_as_it_is(before, None, reason)),)
    who, name = turn.person.name, part.person.name
    now = await carry_out(
        turn,
        before,
        lambda: answering.decline_for(turn.db, by, before, part, reason),
        "decider",
        part=part,
        words=reason,
        no=lambda now: refused_news(now, who, name, reason),
    )
    if not isinstance(now, Assignment):
        return now
    person = {part.person.id} - {now.asked_by.id}
    tell_people(turn, person, lambda: refused_news(now, who, name, reason))
    return (say(turn, receipt(now, _("{name} får veta det.", name=name), reason)),)


def refused_news(assignment: Assignment, who: str, name: str, reason: str) -> Card:
    """That no room was made, for the person and whoever asked."""
    return news(
        assignment, _("{director} kan inte ge {name} tid.", director=who, name=name), reason
    )


async def another_day(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`annat_datum`: propose another day to whoever asked; asks which."""
    states = (*_WAITS, PartState.ASKED)
    part, words = await named_part(turn, assignment, rest, states)
    if part is None:
        return (say(turn, not_as_it_is(assignment, None, words)),)
    arguments = (str(assignment.id), str(part.id))
    return await open_flow(turn, ANOTHER_DAY, arguments, typed={"day": words} if words else None)


async def _propose(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, part, day = acting(turn), about.assignment, about.part, answers["day"]
    if part is None:
        return (say(turn, not_as_it_is(before, None)),)
    now = await carry_out(
        turn,
        before,
        lambda: answering.propose_date(turn.db, by, before, part, day),
        "decider",
        part=part,
    )
    if not isinstance(now, Assignment):
        return now
    waits = [each for each in now.parts if each.state is PartState.PROPOSED]
    proposed = next((each for each in waits if each.id == part.id), None) or waits[-1]
    tell_people(turn, [now.asked_by.id], lambda: proposed_notice(now, proposed))
    asker = now.asked_by.name
    whom = {proposed.person.id} - {now.asked_by.id}
    tell_people(turn, whom, lambda: proposed_receipt(now, asker, day))
    return (say(turn, proposed_receipt(now, asker, day)),)


def proposed_receipt(assignment: Assignment, asker: str, day: date) -> Card:
    """What the director and the person read."""
    said = _("{name} har fått förslaget {day} och svarar på det.", name=asker, day=short_date(day))
    return receipt(assignment, said)


async def agree(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`godkann_datum`: agree to the day; the person has it then."""
    part, _rest = await named_part(turn, assignment, rest, _PROPOSED)
    if part is None:
        return (say(turn, not_as_it_is(assignment, None)),)
    by = acting(turn)
    now = await carry_out(
        turn, assignment, lambda: answering.agree_date(turn.db, by, assignment, part), "asker"
    )
    if not isinstance(now, Assignment):
        return now
    agreed = _still(now, part)
    tell_people(turn, _both(agreed), lambda: agreed_news(now, agreed))
    return (say(turn, agreed_receipt(now, agreed)),)


def _both(part: Part) -> set[PersonId]:
    return {part.person.id, *([part.director.id] if part.director is not None else [])}


def agreed_news(assignment: Assignment, part: Part) -> Card:
    """That the day is agreed, for the person and the director."""
    said = _(
        "{asker} godkänner {day}. {name} har det nu.",
        asker=assignment.asked_by.name,
        day=short_date(assignment.due_on(part)),
        name=part.person.name,
    )
    return news(assignment, said)


def agreed_receipt(assignment: Assignment, part: Part) -> Card:
    """What whoever agreed reads."""
    day = short_date(assignment.due_on(part))
    said = _("{name} har det nu, klart senast {day}.", name=part.person.name, day=day)
    return receipt(assignment, said)


async def refuse_day(turn: Turn, assignment: Assignment, rest: str) -> Replies:
    """`neka_datum`: say no to the day, for a reason; it goes back to the director."""
    return await with_reason_for_part(turn, assignment, REFUSE_DAY, rest, _PROPOSED)


async def _refuse_day(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, part, reason = acting(turn), about.assignment, about.part, str(answers["reason"])
    if part is None:
        return (say(turn, not_as_it_is(before, None, reason)),)
    now = await carry_out(
        turn,
        before,
        lambda: answering.refuse_date(turn.db, by, before, part, reason),
        "asker",
        words=reason,
    )
    if not isinstance(now, Assignment):
        return now
    directors = await tell_deciders(turn, now, _still(now, part), reason)
    names = named(directors) or "–"
    return (say(turn, receipt(now, _("{name} får frågan igen.", name=names), reason)),)


async def _is_deciders(turn: Turn, about: About) -> None:
    part = about.part
    if part is None or about.assignment.is_over:
        raise NotPossible(about.assignment)
    await judged_decider(turn.db, acting(turn), part)
    if part.state not in _WAITS:
        raise NotPossible(about.assignment)


async def _may_propose(turn: Turn, about: About) -> None:
    part = about.part
    if part is not None and is_the_municipalitys(about.assignment, part):
        await answered_by(turn.db, acting(turn), about.assignment)
        return
    await _is_deciders(turn, about)


async def _is_askers(turn: Turn, about: About) -> None:
    if not may_agree(turn.person.id, about.assignment):
        raise NotYours
    if about.part is None or about.part.state not in _PROPOSED:
        raise NotPossible(about.assignment)


REFUSE = SmallForm(
    name="uppdrag_avsla",
    whose="decider",
    title=lambda: _("Avslå"),
    submit=lambda: _("Avslå"),
    fields=lambda about: (reason_field(_("Varför går det inte?")),),
    judge=_is_deciders,
    act=_refuse_time,
)
ANOTHER_DAY = SmallForm(
    name="uppdrag_datum",
    whose="decider",
    title=lambda: _("Annat datum"),
    submit=lambda: _("Föreslå"),
    fields=lambda about: (
        DateField(
            name="day",
            label=_("När kan det vara klart?"),
            help=_("Den som frågade får godkänna datumet"),
            required=True,
            earliest=about.today,
        ),
    ),
    judge=_may_propose,
    act=_propose,
)
REFUSE_DAY = SmallForm(
    name="uppdrag_neka",
    whose="asker",
    title=lambda: _("Säg nej till datumet"),
    submit=lambda: _("Säg nej"),
    fields=lambda about: (reason_field(_("Varför går det inte?")),),
    judge=_is_askers,
    act=_refuse_day,
)
