"""What is said when something cannot be done with a poll, and who can."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeVar

from bot import bodies
from bot.bodies import named
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import formal_buttons, page_button, show_button
from bot.conversations.polls.wording import (
    closing,
    poll_name,
    short_title,
    state_label,
    title_of,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Buttons, Card, Part, bold, quiet, text
from bot.language import _
from bot.people import OrganisationId
from bot.plan import Contact
from bot.polls.casting import NotABallot
from bot.polls.changing import AnsweredAlready, NotPossible, NotYours
from bot.polls.mandates import kind_for, mandates
from bot.polls.poll import Kind, Poll, State
from bot.polls.reading import co_financing_of

Whose = Literal["runner", "recorder", "answerer", "voter"]
"""Whose a thing is to do: whoever runs the poll, those who record for others, those with mandate,
those who may vote."""
T = TypeVar("T")


@dataclass(frozen=True)
class Refused:
    """It was not done, and this is said instead."""

    replies: Replies


async def attempt(
    turn: Turn,
    poll: Poll,
    act: Callable[[], Awaitable[T]],
    whose: Whose,
    *,
    municipality: OrganisationId | None = None,
    words: str | None = None,
) -> T | Refused:
    """Do it, or say why it cannot be done and who can; then nothing of it is written.

    `words` that were written are given back with a refusal. ProposalChanged and NotABallot are for
    the form that asks again.
    """
    try:
        async with turn.db.begin_nested():
            return await act()
    except NotYours:
        return Refused((say(turn, await not_yours(turn, poll, whose, municipality, words)),))
    except NotPossible as error:
        return Refused((say(turn, await not_as_it_is(turn, error.poll, words)),))
    except AnsweredAlready:
        return Refused((say(turn, answered_already(poll)),))


async def not_yours(
    turn: Turn,
    poll: Poll,
    whose: Whose,
    municipality: OrganisationId | None = None,
    words: str | None = None,
) -> Card:
    """That it is not the person's to do, and whose it is, by name."""
    today = in_stockholm(turn.now).date()
    match whose:
        case "runner":
            who = await _runners(turn, poll)
            said = _("Det gör {names}.", names=named(who) or _("chefen"))
        case "recorder":
            chef = await bodies.holders(turn.db, "manager", today)
            said = _(
                "Det gör chefen ({chef}), förbundsdirektören eller förbundets medarbetare.",
                chef=named(chef) or "–",
            )
        case "answerer":
            said = await _answers(turn, poll, municipality)
        case "voter":
            said = await _votes(turn, poll)
    return refused(poll, said, words)


async def _runners(turn: Turn, poll: Poll) -> list[Contact]:
    today = in_stockholm(turn.now).date()
    leading = [
        *await bodies.holders(turn.db, "manager", today),
        *await bodies.holders(turn.db, "federation_director", today),
    ]
    if poll.kind in (Kind.CO_FINANCING, Kind.PRIORITY):
        return leading
    return [poll.started_by, *(each for each in leading if each.id != poll.started_by.id)]


async def _answers(turn: Turn, poll: Poll, municipality: OrganisationId | None) -> str:
    if municipality is None or municipality not in turn.plan.organisations:
        return _(
            "Kommunernas svar ges av den som har kommunens mandat, oftast kommundirektören. Du "
            "arbetar inte i någon av kommunerna i omröstningen."
        )
    today = in_stockholm(turn.now).date()
    held = await mandates(turn.db, kind_for(poll), today)
    name = turn.plan.organisations[municipality].name
    if poll.kind is Kind.CO_FINANCING:
        asked = await co_financing_of(turn.db, poll, [municipality])
        if asked.place(municipality) is None:
            return _("{name} deltar inte i den här omröstningen.", name=name)
    who = named(held.of(municipality))
    if not who:
        return _(
            "Ingen har mandat att svara för {name}. Kommundirektören ger det med mandat.", name=name
        )
    return _("För {name} svarar {names}.", name=name, names=who)


async def _votes(turn: Turn, poll: Poll) -> str:
    if poll.voters == "municipality":
        return _("Varje kommun har en röst, som den med kommunens mandat lägger.")
    body = turn.plan.bodies.get(poll.body) if poll.body is not None else None
    return _("Omröstningen är för medlemmarna i {name}.", name=body.name if body else "–")


def refused(poll: Poll, said: str, words: str | None = None) -> Card:
    """The refusal with the way to the poll, and what was written."""
    parts: list[Part] = [text(bold(short_title(poll))), text(shortened(said, 1_500))]
    if words:
        parts.append(quiet(_("Du skrev: {words}", words=shortened(words, 2_500))))
    parts.append(Buttons(buttons=(*formal_buttons(poll), show_button(poll), page_button(poll))))
    return Card(summary=shortened(said, 1_500), parts=tuple(parts), tone="warning")


async def not_as_it_is(turn: Turn, poll: Poll, words: str | None = None) -> Card:
    """That it cannot be done with the poll as it is now, and who could change that."""
    said = as_it_is(poll, await _runners(turn, poll), turn.now)
    return refused(poll, said, words)


def as_it_is(poll: Poll, runners: Sequence[Contact], now: datetime) -> str:
    """Why nothing can be done with it now, and who could change that."""
    title, names = title_of(poll), named(runners) or _("chefen")
    match poll.state:
        case State.PLANNED:
            return _("{title} är inte öppen än: {state}.", title=title, state=state_label(poll))
        case State.CANCELLED:
            return _("{title} är inställd och tar inte emot något mer.", title=title)
        case State.CLOSED if poll.formal_id is not None:
            other = poll_name(poll.formal_id)
            return _("{title} har blivit formell. Svara i {name}.", title=title, name=other)
        case State.CLOSED if poll.decision is not None:
            return _(
                "{title} är stängd. Ett beslut är registrerat, så den kan inte öppnas igen.",
                title=title,
            )
        case State.CLOSED if not poll.may_reopen:
            return _(
                "{title} är stängd. Rösterna är hemliga, så den kan inte öppnas igen.", title=title
            )
        case State.CLOSED:
            return _("{title} är stängd. Den kan öppnas igen av {names}.", title=title, names=names)
        case State.OPEN if not poll.is_open_at(now):
            return _(
                "{title} stängde {day}. Den kan förlängas av {names}.",
                title=title,
                day=closing(poll),
                names=names,
            )
        case State.OPEN:
            return _("Det går inte med {title} som den är nu.", title=title)


def answered_already(poll: Poll) -> Card:
    """That what was asked for is final: a secret vote, or options that are voted on."""
    said = (
        _("Du har redan röstat, och en hemlig röst kan inte ändras.")
        if poll.secrecy.value == "always"
        else _("Någon har redan svarat, så det som finns kan inte ändras. Du kan lägga till.")
    )
    return refused(poll, said)


def why_no_ballot(poll: Poll, error: NotABallot) -> str:
    """Which rule of the poll a ballot does not follow, and what to do."""
    match error.why:
        case "too_many_points":
            return _("Du har lagt fler än {points} poäng. Ta bort några.", points=poll.points or 0)
        case "one_choice":
            return _("Välj ett av alternativen.")
        case "empty":
            return _("Välj minst ett alternativ.")
        case _:
            return _("Det går inte att läsa. Välj bland alternativen i formuläret.")


def changed_meanwhile(poll: Poll) -> str:
    """That the proposal is another than the one that was answered."""
    return _(
        "Förslaget i {title} har ändrats medan du svarade. Se den nya andelen och svara igen.",
        title=title_of(poll),
    )
