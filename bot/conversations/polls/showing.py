"""`rosta 7`: the poll as it is, with what is the person's own, and what they may do with it."""

from bot.clock import in_stockholm
from bot.conversations.polls.ballot_card import draw_ballots
from bot.conversations.polls.buttons import verb_button
from bot.conversations.polls.cancelled_told import with_why
from bot.conversations.polls.co_financing_card import co_financing_card
from bot.conversations.polls.wording import (
    answer_line,
    answer_words,
    poll_name,
    short_title,
    told,
    who_answered,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, quiet, text
from bot.language import _, kronor
from bot.needs.rights import municipalities_of
from bot.people import OrganisationId
from bot.polls.co_financing import CoFinancing, Place, hidden
from bot.polls.mandates import Mandates, kind_for, mandates
from bot.polls.poll import Kind, Poll, State
from bot.polls.reading import co_financing_of
from bot.polls.rights import may_record, runs


async def show(turn: Turn, poll: Poll, rest: str) -> Replies:
    """The card, with the municipality's own answer under it for those who work there."""
    if poll.kind is not Kind.CO_FINANCING:
        card = await draw_ballots(turn.db, turn.plan, poll, turn.now)
        more = with_manage(card, poll) if _may_do_more(turn, poll) else card
        return (here(turn, more),)
    own = municipalities_of(turn.person, turn.plan)
    asked = await co_financing_of(turn.db, poll)
    card = co_financing_card(hidden(asked, but=own), turn.plan, turn.now)
    today = in_stockholm(turn.now).date()
    held = await mandates(turn.db, kind_for(poll), today)
    card = with_yours(await with_why(turn.db, card, poll), yours(asked, own, held))
    more = with_manage(card, poll) if _may_do_more(turn, poll) else card
    return (here(turn, more),)


def _may_do_more(turn: Turn, poll: Poll) -> bool:
    return runs(turn.person, poll) or may_record(turn.person)


def yours(asked: CoFinancing, own: tuple[OrganisationId, ...], held: Mandates) -> tuple[Part, ...]:
    """What the person's own municipalities are asked for and have said."""
    places = [place for one in own if (place := asked.place(one)) is not None]
    return tuple(part for place in places for part in _yours(asked, place, held))


def _yours(asked: CoFinancing, place: Place, held: Mandates) -> list[Part]:
    share = kronor(place.share)
    parts: list[Part] = [
        text(bold(_("Din kommun, {name}: ", name=place.name)), own_words(asked, place)),
        quiet(_("Föreslagen andel: {share}.", share=share), " ", _who(place, held)),
    ]
    return parts


def own_words(asked: CoFinancing, place: Place) -> str:
    """What the municipality has said, in a line."""
    if place.answer is not None:
        return answer_line(asked, place)
    if place.suggestion is not None:
        return _(
            "förslag att svara {answer} ({who})",
            answer=answer_words(place.suggestion.said),
            who=who_answered(place.suggestion),
        )
    if place.leaning is not None:
        return _("lutade åt {answer} i avstämningen", answer=answer_words(place.leaning))
    return _("inget svar än")


def _who(place: Place, held: Mandates) -> str:
    names = ", ".join(each.name for each in held.of(place.municipality))
    if not names:
        return _("Ingen har mandat att svara.")
    return _("Svarar: {names}.", names=names)


def with_yours(card: Card, own: tuple[Part, ...]) -> Card:
    """The card with what is the person's own above its buttons."""
    return card.model_copy(update={"parts": (*card.parts[:-1], *own, card.parts[-1])})


def with_manage(card: Card, poll: Poll) -> Card:
    """The card with a button that leads to all that can be done with the poll."""
    more = verb_button(_("Mer att göra"), poll, "hantera")
    last = card.parts[-1]
    if isinstance(last, Buttons) and len(last.buttons) < 5:
        buttons = last.model_copy(update={"buttons": (*last.buttons, more)})
        return card.model_copy(update={"parts": (*card.parts[:-1], buttons)})
    return card.model_copy(update={"parts": (*card.parts, Buttons(buttons=(more,)))})


async def manage(turn: Turn, poll: Poll, rest: str) -> Replies:
    """All that the person may do with the poll, as buttons."""
    leads, records = runs(turn.person, poll), may_record(turn.person)
    return (here(turn, manage_card(poll, leads=leads, records=records)),)


def manage_card(poll: Poll, *, leads: bool, records: bool) -> Card:
    """What can be done with the poll as it is; each is refused kindly to whoever may not."""
    rows = [
        each
        for each in (_running(poll, leads), _answers(poll, leads, records), _kept(poll))
        if each
    ]
    said = _("Vad vill du göra med {name}?", name=poll_name(poll.id))
    parts: list[Part] = [text(said)]
    parts += [Buttons(buttons=tuple(row[:5]), overflow=tuple(row[5:])) for row in rows]
    parts.append(bullets(_("Du kan också skriva, till exempel rosta {n} historik", n=poll.id)))
    return Card(title=short_title(poll), summary=told(poll, said), parts=tuple(parts))


def _running(poll: Poll, leads: bool) -> list[Button]:
    if not leads:
        return []
    if poll.may_reopen:
        return [verb_button(_("Öppna igen"), poll, "oppna_igen")]
    if poll.state not in (State.OPEN, State.PLANNED):
        return []
    found = [
        verb_button(_("Puffa"), poll, "puffa"),
        verb_button(_("Förläng"), poll, "forlang"),
        verb_button(_("Stäng"), poll, "stang"),
        verb_button(_("Ändra"), poll, "andra"),
        verb_button(_("Ställ in"), poll, "stall_in"),
    ]
    return found if poll.state is State.OPEN else found[3:]


def _answers(poll: Poll, leads: bool, records: bool) -> list[Button]:
    found: list[Button] = []
    if poll.kind is Kind.CO_FINANCING:
        found.append(verb_button(_("Tänk om …"), poll, "tank_om"))
        if records and poll.state is State.OPEN:
            found.append(verb_button(_("Svar åt en kommun"), poll, "at"))
        if leads and not poll.binding and poll.formal_id is None:
            found.append(verb_button(_("Gör formell"), poll, "formell"))
    if records and poll.state is State.CLOSED:
        found.append(verb_button(_("Registrera beslut"), poll, "beslut"))
    return found


def _kept(poll: Poll) -> list[Button]:
    return [
        verb_button(_("Historik"), poll, "historik"),
        verb_button(_("Kopiera"), poll, "kopiera"),
        verb_button(_("Spara som mall"), poll, "spara_mall"),
    ]
