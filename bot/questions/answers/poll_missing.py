"""Who has not answered which open poll, whom to turn to, and until when; no secret votes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import RowMapping

from bot.absence import Absence, away_on
from bot.conversations.needs.wording import capital
from bot.conversations.polls.buttons import show_button, verb_button
from bot.conversations.polls.wording import names_and_more, of_number, poll_name
from bot.conversations.views import Button, Part, Progress, Table
from bot.digests.wording import long_day
from bot.language import _
from bot.people import OrganisationId, PersonId
from bot.plan import Contact
from bot.polls.mandates import MandateKind, Mandates, kind_for, mandates
from bot.polls.moments import last_day
from bot.polls.poll import Kind, Poll, State
from bot.questions.answers.poll_choosing import (
    HONOURED,
    Chosen,
    Whose,
    activities_of,
    choose,
    in_order,
    last_answer,
    needs_of,
    sources_of,
)
from bot.questions.answers.poll_missing_words import (
    LEFT,
    Line,
    Stands,
    closes_first,
    never,
    no_open,
    said_of,
)
from bot.questions.answers.scope_words import not_limited
from bot.questions.asking import Answered, Asking
from bot.questions.question import Filter
from storage.queries.questions_polls import voters_of_polls

MOST_HOLDERS = 2


Turned = Mapping[tuple[int, str], str]
"""Whom to turn to, by poll and name."""


async def poll_missing(asking: Asking) -> Answered:
    """Who is left to answer what is open; of what is over, who never did."""
    found = await choose(asking)
    polls = _closing_then(asking, await in_order(asking, found.open))
    if not polls:
        return await _none_open(asking, found)
    lines = await _lines(asking, polls, found.whose)
    left = [each for each in lines if each.stands is not Stands.ANSWERED]
    page = left[asking.window]
    turned = await _turned_to(asking, page)
    said = said_of(asking, found.whose, polls, lines)
    whom = {turned.get(_key(each), "") for each in left}
    if len(left) <= len(page) and len(whom) == 1 and all(whom):
        said += " " + _("Vänd dig till {whom}.", whom=whom.pop())
    about = [each for each in polls if any(one.poll == each for one in left)] or polls
    return Answered(
        said,
        parts=(
            *_turnout(found.whose, polls),
            *_table(polls, page, turned, asking.today),
            *not_limited(asking, HONOURED),
        ),
        sources=sources_of(about, asking.today),
        buttons=_buttons(about),
        activities=activities_of(asking, about),
        needs=needs_of(about),
        municipalities=_municipalities(left),
        total=len(left),
        shown=len(page),
    )


def _closing_then(asking: Asking, polls: Sequence[Poll]) -> list[Poll]:
    """Those that close in the period, where one is said."""
    days = asking.days if asking.question.values(Filter.PERIOD) else None
    return [each for each in polls if days is None or last_day(each.closes_at) in days]


async def _lines(asking: Asking, polls: Sequence[Poll], about: Whose) -> list[Line]:
    """Everybody asked about, in the polls' order, those who have said nothing first."""
    rows = await voters_of_polls(asking.db, [each.id for each in polls], asking.today)
    by_key = {each.id: (n, each) for n, each in enumerate(polls)}
    kept = [row for row in rows if about.is_anybody or _is_named(row, about)]
    lines = [_line(row, by_key[row["poll_id"]][1], asking.own) for row in kept]
    return sorted(lines, key=lambda e: (by_key[e.poll.id][0], e.stands, e.name))


def _is_named(row: RowMapping, about: Whose) -> bool:
    places = {row["organisation_id"], *row["employers"]}
    people = row["person_id"] in about.people or row["organisation_id"] in about.answers_for
    return people or not places.isdisjoint(about.municipalities)


def _line(row: RowMapping, poll: Poll, own: frozenset[OrganisationId]) -> Line:
    shows = poll.shows_answers or row["organisation_id"] in own
    if not row["voted"]:
        stands = Stands.MISSING
    elif not row["stands"]:
        stands = Stands.TO_CONFIRM
    elif row["kind"] == "political" and shows:
        stands = Stands.WAITING
    else:
        stands = Stands.ANSWERED
    expected = row["expected_on"] if stands is Stands.WAITING else None
    place, person = row["organisation_id"], row["person_id"]
    return Line(
        poll,
        row["name"],
        OrganisationId(place) if place is not None else None,
        PersonId(person) if person is not None else None,
        stands,
        expected,
    )


async def _turned_to(asking: Asking, page: Sequence[Line]) -> Turned:
    """For each line of the page who answers: the person, or those with mandate, their deputy
    while they are away."""
    held: dict[MandateKind, Mandates] = {}
    kinds: set[MandateKind] = {kind_for(e.poll) for e in page if e.organisation is not None}
    for kind in kinds:
        only = [e.organisation for e in page if e.organisation is not None]
        held[kind] = await mandates(asking.db, kind, asking.today, only)
    holders = {_key(each): _holders(each, held) for each in page}
    away = await away_on(
        asking.db, {one.id for people in holders.values() for one in people}, asking.today
    )
    return {
        key: names_and_more(
            [_present(one, away.get(one.id), asking.today) for one in people], MOST_HOLDERS
        )
        for key, people in holders.items()
        if people
    }


def _key(line: Line) -> tuple[int, str]:
    return (line.poll.id, line.name)


def _holders(line: Line, held: Mapping[MandateKind, Mandates]) -> Sequence[Contact]:
    if line.person is not None:
        return (Contact(line.person, line.name, ""),)
    return held[kind_for(line.poll)].of(line.organisation) if line.organisation else ()


def _present(contact: Contact, away: Absence | None, today: date) -> str:
    if away is None:
        return contact.name
    if away.deputy is not None:
        return _("{deputy} i stället för {name}", deputy=away.deputy.name, name=contact.name)
    day = long_day(away.ends_on, today)
    return _("{name} (tillbaka {day})", name=contact.name, day=day)


def _municipalities(lines: Iterable[Line]) -> tuple[str, ...]:
    names = (e.name for e in lines if e.organisation is not None and e.stands in LEFT)
    return tuple(sorted(set(names)))


def _turnout(about: Whose, polls: Sequence[Poll]) -> tuple[Part, ...]:
    if len(polls) != 1 or not about.is_anybody:
        return ()
    (poll,) = polls
    label = _("{count} har svarat", count=of_number(poll.voted, poll.electorate))
    return (Progress(label=label, done=poll.voted, of=max(poll.electorate, poll.voted, 1)),)


def _table(
    polls: Sequence[Poll], page: Sequence[Line], turned: Turned, today: date
) -> tuple[Part, ...]:
    """The page's lines; which poll only where there are several."""
    if not page:
        return ()
    several = len(polls) > 1
    first = (_("Omröstning"),) if several else ()
    rows = tuple(
        (
            *((capital(poll_name(each.poll.id)),) if several else ()),
            each.name,
            _stands_cell(each, today),
            turned.get(_key(each), _("ingen med mandat")),
            last_answer(each.poll, today),
        )
        for each in page
    )
    columns = (*first, _("Vem"), _("Läge"), _("Vänd dig till"), _("Svara senast"))
    return (Table(caption=_("Svar som väntas"), columns=columns, rows=rows),)


def _stands_cell(line: Line, today: date) -> str:
    match line.stands:
        case Stands.MISSING:
            return _("✖ inget svar")
        case Stands.TO_CONFIRM:
            return _("↻ ska bekräfta")
        case _ if line.expected_on is not None:
            day = long_day(line.expected_on, today)
            return _("🏛 politiskt beslut väntas {day}", day=day)
        case _:
            return _("🏛 politiskt beslut väntas")


def _buttons(polls: Sequence[Poll]) -> tuple[Button, ...]:
    if len(polls) == 1 and polls[0].kind is Kind.CO_FINANCING:
        answers = verb_button(_("Vem har svarat vad?"), polls[0], "svar")
        return (show_button(polls[0]), answers)
    return tuple(show_button(each) for each in polls[:3])


async def _none_open(asking: Asking, found: Chosen) -> Answered:
    """That nothing is open, and who never answered what closed: the latest, or all that closed in
    the period."""
    over = [e for e in await in_order(asking, found.over) if e.state is State.CLOSED]
    over = over if asking.question.values(Filter.PERIOD) else over[:1]
    lines = await _lines(asking, over, found.whose)
    past = asking.days is not None and asking.days.last < asking.today
    said = [] if past and over else [no_open(asking, found.whose)]
    if not past and found.open:
        said += [closes_first(asking, await in_order(asking, found.open[:1]))]
    said += [never(each, lines, asking.today) for each in over[:3]]
    return Answered(
        " ".join(said),
        parts=not_limited(asking, HONOURED),
        sources=sources_of(over, asking.today),
        buttons=_buttons(over),
        activities=activities_of(asking, over),
        needs=needs_of(over),
        municipalities=_municipalities(lines),
    )
