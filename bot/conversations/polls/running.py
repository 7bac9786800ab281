"""Nudging, extending, closing, reopening and cancelling a poll."""

from collections.abc import Sequence

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.choices import all_options, chosen_in, in_fields, one_chosen, spread
from bot.conversations.filling import open_flow
from bot.conversations.forms import FormField, TextField, Value
from bot.conversations.needs.telling import tell_people
from bot.conversations.polls.announcing import announce_closed
from bot.conversations.polls.buttons import answer_button, page_button, show_button, verb_button
from bot.conversations.polls.naming import names_first
from bot.conversations.polls.not_answered import (
    as_options,
    not_answered,
    people_of,
    tell_not_answered,
)
from bot.conversations.polls.outcome_card import outcome_card
from bot.conversations.polls.refusals import Refused, attempt, not_as_it_is
from bot.conversations.polls.running_form import About, RunningForm, reason_field, until_field
from bot.conversations.polls.telling import raise_poll
from bot.conversations.polls.wording import (
    closing,
    names_and_more,
    short_title,
    title_of,
    told,
    too_late,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers
from bot.conversations.views import Button, Buttons, Card, Part, bold, quiet, text
from bot.language import _, ngettext
from bot.polls import managing
from bot.polls.moments import end_of, last_day
from bot.polls.poll import Poll, Secrecy, State
from bot.polls.reading import voters_of
from bot.reading_moments import day_first


def _nudge_fields(context: About) -> list[FormField]:
    fields: list[FormField] = []
    if context.poll.secrecy is not Secrecy.ALWAYS:
        fields += in_fields(
            "whom", _("Vilka?"), all_options(context.missing.items()), required=True
        )
    fields.append(
        TextField(name="words", label=_("Vad vill du säga?"), required=True, lines=3,
                  help=_("Med dina egna ord; alla som kan se omröstningen ser dem i historiken"),
                  max_length=1_000)
    )  # fmt: skip
    return fields


def _to_all_missing(context: About) -> Sequence[Part]:
    if context.poll.secrecy is not Secrecy.ALWAYS:
        return ()
    return (quiet(_("Går till alla som inte har röstat. Vilka det är visas inte.")),)


async def _nudge(turn: Turn, context: About, answers: Answers) -> Replies:
    poll = context.poll
    secret = poll.secrecy is Secrecy.ALWAYS
    chosen = [int(one) for one in (context.missing if secret else chosen_in("whom", answers))]
    people = await people_of(turn, poll, chosen)
    done = await attempt(
        turn,
        poll,
        lambda: managing.nudge(turn.db, acting(turn), poll, answers["words"], people),
        "runner",
        words=answers["words"],
    )
    if isinstance(done, Refused):
        return done.replies
    by, words = turn.person.name, answers["words"]
    tell_people(turn, people, lambda: nudged(poll, by, words))
    names = [] if secret else [context.missing[str(one)] for one in chosen]
    return (say(turn, nudge_sent(poll, names, len(set(people) - {turn.person.id}))),)


NUDGE = RunningForm(
    name="omrostning_puffa",
    title=lambda: _("Puffa"),
    submit=lambda: _("Skicka"),
    fields=_nudge_fields,
    act=_nudge,
    check=lambda answers: one_chosen("whom", answers),
    intro=_to_all_missing,
    missing=as_options,
)


async def _extend(turn: Turn, context: About, answers: Answers) -> Replies:
    until = end_of(answers["closes_on"])
    done = await attempt(
        turn,
        context.poll,
        lambda: managing.extend(turn.db, acting(turn), context.poll, until, answers["reason"]),
        "runner",
        words=answers["reason"],
    )
    if isinstance(done, Refused):
        return done.replies
    return await _open_longer(turn, done, answers["reason"], again=False)


EXTEND = RunningForm(
    name="omrostning_forlang",
    title=lambda: _("Förläng"),
    submit=lambda: _("Förläng"),
    fields=lambda about: (until_field(about, later=True), reason_field(_("Varför?"))),
    act=_extend,
    states=(State.OPEN, State.PLANNED),
)


async def _reopen(turn: Turn, context: About, answers: Answers) -> Replies:
    until = end_of(answers["closes_on"])
    done = await attempt(
        turn,
        context.poll,
        lambda: managing.reopen(turn.db, acting(turn), context.poll, until, answers["reason"]),
        "runner",
        words=answers["reason"],
    )
    if isinstance(done, Refused):
        return done.replies
    return await _open_longer(turn, done, answers["reason"], again=True)


REOPEN = RunningForm(
    name="omrostning_igen",
    title=lambda: _("Öppna igen"),
    submit=lambda: _("Öppna"),
    fields=lambda about: (until_field(about), reason_field(_("Varför?"))),
    act=_reopen,
    states=(State.CLOSED,),
)


async def _open_longer(turn: Turn, poll: Poll, reason: str, *, again: bool) -> Replies:
    """Told to those alone who have not answered."""
    raise_poll(turn, poll)
    by = turn.person.name
    told = await tell_not_answered(turn, poll, lambda: open_longer(poll, by, reason, again=again))
    return (say(turn, extended(poll, told, again=again)),)


async def _cancel(turn: Turn, context: About, answers: Answers) -> Replies:
    done = await attempt(
        turn,
        context.poll,
        lambda: managing.cancel(turn.db, acting(turn), context.poll, answers["reason"]),
        "runner",
        words=answers["reason"],
    )
    if isinstance(done, Refused):
        return done.replies
    poll, by, reason = done, turn.person.name, answers["reason"]
    raise_poll(turn, poll)
    voters = await voters_of(turn.db, poll)
    asked = [each.id for each in voters if each.voted or poll.voters == "municipality"]
    people = await people_of(turn, poll, asked)
    if context.poll.is_open:
        tell_people(turn, people, lambda: cancelled(poll, by, reason))
    return (say(turn, cancelled(poll, by, reason)),)


CANCEL = RunningForm(
    name="omrostning_stall_in",
    title=lambda: _("Ställ in"),
    submit=lambda: _("Ställ in"),
    fields=lambda about: (reason_field(_("Varför?")),),
    act=_cancel,
    states=(State.OPEN, State.PLANNED),
)


async def nudge(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`puffa`: whom, and in which words. Those that are named first are chosen."""
    typed: dict[str, Value] = {}
    words = rest.strip()
    if words and poll.secrecy is not Secrecy.ALWAYS:
        missing = await as_options(turn, poll)
        chosen, words = names_first(missing, words)
        if chosen:
            typed |= spread("whom", all_options(missing.items()), chosen)
    if words:
        typed["words"] = words
    return await open_flow(turn, NUDGE, (str(poll.id),), typed=typed or None)


async def extend(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`förläng`: until when, and why."""
    return await open_flow(turn, EXTEND, (str(poll.id),), typed=_until_and_why(turn, rest))


async def reopen(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`öppna igen`: until when, and why."""
    if poll.state is State.CLOSED and not poll.may_reopen:
        return (say(turn, await not_as_it_is(turn, poll, rest)),)
    return await open_flow(turn, REOPEN, (str(poll.id),), typed=_until_and_why(turn, rest))


def _until_and_why(turn: Turn, rest: str) -> dict[str, Value] | None:
    """The day that the words begin with, and the reason after it."""
    if not rest.strip():
        return None
    begun = day_first(rest, turn.now)
    if begun is None:
        return {"reason": rest.strip()}
    day, reason = begun
    typed: dict[str, Value] = {"closes_on": day.isoformat()}
    return typed | {"reason": reason} if reason else typed


async def cancel(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`ställ in`: why."""
    typed = {"reason": rest.strip()} if rest.strip() else None
    return await open_flow(turn, CANCEL, (str(poll.id),), typed=typed)


async def close(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`stäng`: who is missing is shown first; `stäng ja` closes and seals."""
    prepared = await CANCEL.prepare(turn, (str(poll.id),))
    if not isinstance(prepared, About):
        return prepared.replies
    if rest.strip() != "ja":
        missing = list((await not_answered(turn, poll)).values())
        return (say(turn, close_or_not(poll, missing)),)
    done = await attempt(turn, poll, lambda: managing.close(turn.db, acting(turn), poll), "runner")
    if isinstance(done, Refused):
        return done.replies
    await announce_closed(turn.db, turn.plan, turn.outbox, done, turn.now, but=turn.person.id)
    return (say(turn, await outcome_card(turn, done)),)


def close_or_not(poll: Poll, missing: list[str]) -> Card:
    """Who has not answered, of a poll that stays secret only how many, and a button that closes
    all the same."""
    if missing and poll.secrecy is Secrecy.ALWAYS:
        first = ngettext("{n} har inte röstat.", "{n} har inte röstat.", len(missing))
    elif missing:
        first = _("{names} har inte svarat.", names=names_and_more(missing))
    else:
        first = _("Alla har svarat.")
    again = _("När den stängs förseglas svaren. Den kan öppnas igen med ett skäl.")
    second = again if poll.secrecy is not Secrecy.ALWAYS else ""
    yes = verb_button(_("Ja, stäng"), poll, "stang", "ja", style="primary")
    more = [verb_button(_("Förläng i stället"), poll, "forlang")] if missing else []
    return Card(
        title=short_title(poll),
        summary=told(poll, f"{first} {second}".rstrip()),
        parts=(
            text(bold(_("Stänga nu?"))),
            text(first),
            *((quiet(second),) if second else ()),
            Buttons(buttons=(yes, *more, show_button(poll))),
        ),
    )


def nudged(poll: Poll, by: str, words: str) -> Card:
    """What somebody who is nudged reads."""
    first = _("{by} påminner om {title}:", by=by, title=title_of(poll))
    return Card(
        title=short_title(poll),
        summary=f"{first} {shortened(words, 500)}",
        parts=(
            text(bold(first)),
            text(words),
            quiet(_("Svara senast {day}.", day=closing(poll))),
            Buttons(buttons=(answer_button(poll), show_button(poll))),
        ),
    )


def nudge_sent(poll: Poll, names: list[str], people: int) -> Card:
    """The receipt."""
    said = ngettext("Skickat till {n} person", "Skickat till {n} personer", people)
    said += _(": {names}.", names=names_and_more(names)) if names else "."
    if not people and not names:
        said = _("Ingen av dem som inte har röstat kan nås.")
    elif not people:
        said = _("Ingen kan nås: {names} har ingen med mandat.", names=names_and_more(names))
    return _receipt(poll, said)


def open_longer(poll: Poll, by: str, reason: str, *, again: bool) -> Card:
    """What those who have not answered read."""
    first = (
        _("{title} är öppen igen till och med {day}.", title=title_of(poll), day=closing(poll))
        if again
        else _("{title} är förlängd till och med {day}.", title=title_of(poll), day=closing(poll))
    )
    return Card(
        title=short_title(poll),
        summary=f"{first} {shortened(reason, 300)}",
        parts=(
            text(bold(first)),
            text(f"{by}: {shortened(reason, 2_000)}"),
            Buttons(buttons=(answer_button(poll), show_button(poll))),
        ),
    )


def extended(poll: Poll, told: int, *, again: bool) -> Card:
    """The receipt."""
    said = _("Öppen till och med {day}.", day=closing(poll))
    if again:
        said = _("Öppen igen till och med {day}.", day=closing(poll))
    people = ngettext(
        "{n} person som inte har svarat får veta det.",
        "{n} personer som inte har svarat får veta det.",
        told,
    )
    late = too_late(last_day(poll.closes_at), poll.decided_by)
    return _receipt(poll, f"{said} {people} ⚠ {late}" if late else f"{said} {people}")


def cancelled(poll: Poll, by: str, reason: str) -> Card:
    """That it is cancelled, and why."""
    first = _("{title} är inställd av {by}.", title=title_of(poll), by=by)
    parts: tuple[Part, ...] = (
        text(bold(first)),
        text(shortened(reason, 2_000)),
        Buttons(buttons=(show_button(poll),)),
    )
    return Card(title=short_title(poll), summary=f"{first} {shortened(reason, 300)}", parts=parts)


def _receipt(poll: Poll, said: str) -> Card:
    buttons: tuple[Button, ...] = (show_button(poll), page_button(poll))
    return Card(
        title=short_title(poll),
        summary=told(poll, said),
        parts=(text(said), Buttons(buttons=buttons)),
        tone="good",
    )
