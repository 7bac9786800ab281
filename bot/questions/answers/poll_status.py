"""How polls stand or went: turnout, what is pledged or chosen, the decision, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import capital
from bot.conversations.polls.ballot_card import hidden_words, shown_result
from bot.conversations.polls.buttons import page_button, show_button, verb_button
from bot.conversations.polls.co_financing_card import decision_words, sum_bar
from bot.conversations.polls.outcome_words import result_sentence
from bot.conversations.polls.result_words import chosen_words, result_parts
from bot.conversations.polls.wording import (
    accepted_words,
    answer_line,
    kind_word,
    of_number,
    secrecy_word,
    state_label,
)
from bot.conversations.views import Button, Part, Progress, Table, bold, bullets, quiet
from bot.digests.wording import Line, long_day, quoted
from bot.language import _, kronor, ngettext
from bot.plan import Kronor
from bot.polls.co_financing import CoFinancing, hidden
from bot.polls.counting import Result, counted
from bot.polls.poll import Kind, Poll, Secrecy, State
from bot.polls.reading import co_financing_of, steps_of
from bot.questions.answers.poll_choosing import (
    HONOURED,
    Chosen,
    Whose,
    about_words,
    activities_of,
    choose,
    ended,
    in_order,
    last_answer,
    needs_of,
    sources_of,
    words_of,
)
from bot.questions.answers.scope_words import not_limited, when_words
from bot.questions.asking import Answered, Asking
from bot.questions.question import Filter
from storage.queries.questions_polls import results_of_polls, sums_of_polls

SHOWN_BARS = 6
"""Options that the answer shows the result of; the poll's card has more."""


@dataclass(frozen=True)
class Came:
    """What polls came to, as far as each shows it: pledged of asked, or what the votes choose."""

    sums: Mapping[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    results: Mapping[int, Result] = field(default_factory=dict[int, Result])


async def poll_status(asking: Asking) -> Answered:
    """Those that are open; else the one that closed last, or all that closed in the period."""
    found = await choose(asking)
    keys = _keys(asking, found)
    page = await in_order(asking, keys[asking.window])
    if not page:
        return await _none(asking, found)
    if len(keys) == 1:
        said, parts = await _one(asking, page[0], found.whose)
    else:
        said = _several(asking, found, keys, page)
        parts = (_table(page, await _came(asking, page), asking.today),)
        if asking.why:
            parts = (*parts, *await _why(asking, page))
    return Answered(
        said,
        parts=(*parts, *not_limited(asking, HONOURED)),
        sources=sources_of(page, asking.today),
        buttons=_buttons(page),
        activities=activities_of(asking, page),
        needs=needs_of(page),
        municipalities=tuple(found.whose.municipalities.values()),
        total=len(keys),
        shown=len(page),
        may_why=any(_has_reasons(each) for each in page),
    )


def _keys(asking: Asking, found: Chosen) -> tuple[int, ...]:
    """Which of the polls are told: of a time that is over all that ended, of another also what is
    still to open."""
    days = asking.days
    if days is None:
        return found.open or found.over[:1]
    if days.last < asking.today:
        return (*found.over, *found.open)
    return (*found.open, *found.planned, *found.over)


async def _none(asking: Asking, found: Chosen) -> Answered:
    """That there is none, and what is nearest: one that is to open, or one of another time."""
    about, nearest = _about(asking, found.whose), found.planned[:1]
    said = _("Ingen omröstning{about} finns än.", about=about)
    days = asking.days
    if days is not None:
        said = _none_then(about, when_words(asking), past=days.last < asking.today)
        anytime = asking.question.with_filters({Filter.PERIOD: (), Filter.SINCE: ()})
        others = await choose(replace(asking, question=anytime))
        nearest = (*others.open, *others.over, *others.planned)[:1]
    elif nearest:
        said = _("Ingen omröstning{about} är öppen.", about=about)
    polls = await in_order(asking, nearest)
    said = " ".join([said, *(_("Närmast: {poll}", poll=_stands(e, asking)) for e in polls)])
    return Answered(
        said,
        parts=not_limited(asking, HONOURED),
        sources=sources_of(polls, asking.today),
        buttons=_buttons(polls),
        activities=activities_of(asking, polls),
        needs=needs_of(polls),
    )


def _none_then(about: str, when: str, *, past: bool) -> str:
    if past:
        return _("Ingen omröstning{about} avslutades {when}.", about=about, when=when)
    return _("Ingen omröstning{about} pågår {when}.", about=about, when=when)


def _about(asking: Asking, whose: Whose) -> str:
    names = ", ".join(whose.names)
    said = about_words(asking)
    return said + _(" med {names}", names=names) if names else said


async def _one(asking: Asking, poll: Poll, whose: Whose) -> tuple[str, tuple[Part, ...]]:
    """The poll in a few sentences, and the figures behind them."""
    if poll.kind is Kind.CO_FINANCING:
        asked = hidden(await co_financing_of(asking.db, poll), but=asking.own)
        said = [_stands(poll, asking), *_pledged(asked)]
        parts = (*_pledge_parts(asked), *_answers_of(asked, whose))
    else:
        result = await shown_result(asking.db, poll)
        said = [_stands(poll, asking), *_chosen(poll, result)]
        parts = _ballot_parts(poll, result)
    decided = _decided(poll, asking)
    if asking.why:
        parts = (*parts, *await _why(asking, (poll,)))
    return " ".join([*said, *decided]), parts


def _stands(poll: Poll, asking: Asking) -> str:
    """Turnout and until when, of an open poll; when it closed, of another."""
    words, today = words_of(poll), asking.today
    codes = asking.question.values(Filter.ACTIVITY)
    if codes and len(codes) == 1:
        words = _("{poll} om {codes}", poll=words, codes=codes[0])
    match poll.state:
        case State.OPEN:
            return _open(poll, words, last_answer(poll, today))
        case State.PLANNED:
            day = long_day(in_stockholm(poll.opens_at).date(), today)
            return _("{poll} öppnar {day}.", poll=capital(words), day=day)
        case State.CLOSED:
            return _("{poll} stängde {day}.", poll=capital(words), day=ended(poll, today))
        case State.CANCELLED:
            return _("{poll} ställdes in {day}.", poll=capital(words), day=ended(poll, today))


def _open(poll: Poll, words: str, day: str) -> str:
    count = of_number(poll.voted, poll.electorate)
    if poll.voters == "municipality":
        return _("{count} kommuner har svarat på {poll}, som är öppen till och med {day}.",
                 count=count, poll=words, day=day)  # fmt: skip
    return _("{count} har svarat på {poll}, som är öppen till och med {day}.",
             count=count, poll=words, day=day)  # fmt: skip


def _pledged(asked: CoFinancing) -> list[str]:
    """What is pledged of what is asked for, where that is shown."""
    poll = asked.poll
    said: list[str] = []
    if poll.state is State.CLOSED:
        count = of_number(len(asked.answered), len(asked.places))
        said.append(_("{count} kommuner svarade.", count=count))
    if poll.state in (State.PLANNED, State.CANCELLED):
        return said
    if not poll.shows_answers:
        said.append(_("Beloppen visas när den stänger."))
        return said
    said.append(_("{pledged} av {asked} är utlovat.", pledged=kronor(asked.sum),
                  asked=kronor(asked.proposal.asked)))  # fmt: skip
    if asked.waiting:
        waiting = len(asked.waiting)
        said.append(
            ngettext(
                "{n} kommun väntar på politiskt beslut.",
                "{n} kommuner väntar på politiskt beslut.",
                waiting,
            )
        )
    return said


def _chosen(poll: Poll, result: Result | None) -> list[str]:
    """What leads or was chosen, where that is shown."""
    match poll.state:
        case State.CLOSED:
            return [result_sentence(poll, result)]
        case State.OPEN if result is not None and result.count:
            return [chosen_words(poll, result)]
        case State.OPEN if result is None and poll.secrecy is Secrecy.UNTIL_CLOSING:
            return [_("Resultatet visas när den stänger.")]
        case State.OPEN if result is None:
            return [_("Resultatet visas när den stänger, men aldrig vem som röstat hur.")]
        case _:
            return []


def _decided(poll: Poll, asking: Asking) -> list[str]:
    decision = poll.decision
    if decision is not None:
        return [_("Beslut: {decision}.", decision=decision_words(decision, asking.plan))]
    if poll.state is State.CLOSED and poll.decider is not None and poll.binding:
        return [_("Beslut är inte antecknat än.")]
    return []


def _turnout(poll: Poll) -> Progress:
    label = _("{count} har svarat", count=of_number(poll.voted, poll.electorate))
    return Progress(label=label, done=poll.voted, of=max(poll.electorate, poll.voted, 1))


def _pledge_parts(asked: CoFinancing) -> tuple[Part, ...]:
    poll = asked.poll
    if poll.state in (State.PLANNED, State.CANCELLED):
        return (quiet(secrecy_word(poll)),)
    bar = (sum_bar(asked.sum, asked.proposal.asked),) if poll.shows_answers else ()
    accepted = accepted_words(asked)
    taken = (quiet(_("Antaget: {sum}.", sum=accepted)),) if accepted else ()
    return (_turnout(poll), *bar, *taken, quiet(secrecy_word(poll)))


def _answers_of(asked: CoFinancing, whose: Whose) -> tuple[Part, ...]:
    """What the municipalities that are asked about have said, as far as that may be shown."""
    wanted = {*whose.municipalities, *whose.answers_for}
    lines = [
        _("{name}: {answer}", name=each.name, answer=answer_line(asked, each))
        for each in asked.places
        if each.municipality in wanted
    ]
    return (bullets(*lines[:15]),) if lines else ()


def _ballot_parts(poll: Poll, result: Result | None) -> tuple[Part, ...]:
    if poll.state in (State.PLANNED, State.CANCELLED):
        return (quiet(hidden_words(poll)),)
    shown = result_parts(poll, result) if result is not None and result.count else ()
    bars = [each for each in shown if isinstance(each, Progress)][:SHOWN_BARS]
    return (_turnout(poll), *bars, quiet(hidden_words(poll)))


def _has_reasons(poll: Poll) -> bool:
    """Whether there is anything to say of why: whoever cancels a poll says why."""
    decided = poll.decision is not None and bool(poll.decision.decision or poll.decision.why)
    return decided or poll.state is State.CANCELLED


async def _why(asking: Asking, polls: Sequence[Poll]) -> tuple[Part, ...]:
    """What was decided and why it differs from the outcome; why a poll was cancelled; by poll
    when there are several."""
    lines: list[Line] = []
    for poll in polls:
        if not _has_reasons(poll):
            continue
        name = (bold(f"{capital(words_of(poll))}: "),) if len(polls) > 1 else ()
        lines += [(*name, each) for each in await _reasons(asking, poll)]
    return (bullets(*lines),) if lines else ()


async def _reasons(asking: Asking, poll: Poll) -> list[str]:
    said: list[str] = []
    if poll.decision is not None:
        for label, words in (
            (_("Beslutet"), poll.decision.decision),
            (_("Varför det skiljer sig"), poll.decision.why),
        ):
            if words:
                said.append(_("{label}: {text}", label=label, text=quoted(words)))
    if poll.state is State.CANCELLED:
        steps = await steps_of(asking.db, poll, 5)
        said += [quoted(e.reason) for e in steps if e.kind == "cancelled" and e.reason][:1]
    return said


def _several(asking: Asking, found: Chosen, keys: Sequence[int], page: Sequence[Poll]) -> str:
    """How many there are, and the first of them."""
    about, when = _about(asking, found.whose), when_words(asking)
    opened = sum(key in found.open for key in keys)
    over = sum(key in found.over for key in keys)
    said: list[str] = []
    if opened:
        said.append(
            ngettext(
                "{n} omröstning{about} är öppen.",
                "{n} omröstningar{about} är öppna.",
                opened,
                about=about,
            )
        )
    if over:
        said.append(
            ngettext(
                "{n} omröstning{about} har avslutats {when}.",
                "{n} omröstningar{about} har avslutats {when}.",
                over,
                about=about,
                when=when,
            )
        )
    elif when:
        said.append(_("Ingen har avslutats {when}.", when=when))
    first = next((each for each in page if each.is_open), None)
    if first is not None:
        said.append(
            _(
                "Först stänger {poll}, {day}: {count} har svarat.",
                poll=words_of(first),
                day=last_answer(first, asking.today),
                count=of_number(first.voted, first.electorate),
            )
        )
    return " ".join(said)


async def _came(asking: Asking, page: Sequence[Poll]) -> Came:
    """What the page's polls came to, where each shows it: votes only when they are closed."""
    money = [e.id for e in page if e.kind is Kind.CO_FINANCING and e.shows_answers]
    sums = await sums_of_polls(asking.db, money) if money else {}
    closed = {
        each.id: each
        for each in page
        if each.kind is not Kind.CO_FINANCING and each.state is State.CLOSED and each.shows_result
    }
    sealed = await results_of_polls(asking.db, list(closed)) if closed else {}
    results: dict[int, Result] = {}
    for key, shown in sealed.items():
        given = [each.get("choices", each) for each in shown.get("ballots", ())]
        ballots = [{int(option): value for option, value in each.items()} for each in given]
        results[key] = await counted(closed[key], ballots)
    return Came(sums, results)


def _table(page: Sequence[Poll], came: Came, today: date) -> Table:
    return Table(
        caption=_("Omröstningar"),
        columns=(_("Omröstning"), _("Slag"), _("Läge"), _("Svarat"), _("Utfall")),
        rows=tuple(
            (
                shortened(f"{each.id} {each.title}", 80),
                capital(kind_word(each)),
                _state(each, today),
                of_number(each.voted, each.electorate),
                _outcome(each, came),
            )
            for each in page
        ),
    )


def _state(poll: Poll, today: date) -> str:
    match poll.state:
        case State.OPEN:
            return _("{state} till {day}", state=state_label(poll), day=last_answer(poll, today))
        case State.PLANNED:
            return state_label(poll)
        case _:
            return _("{state} {day}", state=state_label(poll), day=ended(poll, today))


def _outcome(poll: Poll, came: Came) -> str:
    if poll.state is State.CANCELLED:
        return "–"
    if poll.id in came.sums:
        pledged, asked = came.sums[poll.id]
        return _("{pledged} av {asked}", pledged=kronor(Kronor(pledged)), asked=kronor(asked))
    result = came.results.get(poll.id)
    return shortened(chosen_words(poll, result), 150) if result is not None else "–"


def _buttons(page: Sequence[Poll]) -> tuple[Button, ...]:
    if len(page) != 1:
        return tuple(show_button(each) for each in page[:3])
    (poll,) = page
    answers = verb_button(_("Vem har svarat vad?"), poll, "svar")
    more = (answers,) if poll.kind is Kind.CO_FINANCING else ()
    web = Button(label=_("Öppna omröstningen på webben"), href=page_button(poll).href)
    return (show_button(poll), *more, web)
