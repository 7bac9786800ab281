"""The form for a municipality's answer: the answer itself of whoever has mandate, else a
suggestion for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.polls.answer_fields import answer_fields, check_answer, said_in, values_of
from bot.conversations.polls.answer_told import answered, suggested
from bot.conversations.polls.buttons import verb_button
from bot.conversations.polls.co_financing_card import material, pays_word
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.refusals import (
    Refused,
    attempt,
    changed_meanwhile,
    not_as_it_is,
    not_yours,
)
from bot.conversations.polls.showing import own_words
from bot.conversations.polls.wording import closing, key_word, poll_name, short_title
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Buttons, Card, Part, bold, quiet, text
from bot.finding import read_number
from bot.language import _, kronor, number, short_date
from bot.needs.rights import municipalities_of
from bot.people import OrganisationId
from bot.polls import answering
from bot.polls.answering import ProposalChanged
from bot.polls.co_financing import CoFinancing, Place, Said
from bot.polls.mandates import Mandates, mandates
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of
from bot.polls.rights import may_answer_for, may_suggest_for

FORM = "omrostning_svar"


@dataclass(frozen=True)
class About:
    """The poll, the place that is answered for, and whether the answer will be the municipality's
    or a suggestion. `version`: the one of the proposal that the person has seen; None for the
    latest."""

    asked: CoFinancing
    place: Place
    held: Mandates
    answers: bool
    today: date
    version: int | None = None

    @property
    def is_old(self) -> bool:
        """Whether the person has seen another proposal than the one that is now."""
        return self.asked.changed_since(self.version)

    @property
    def begins_with(self) -> tuple[Said | None, Literal["answer", "suggestion", "leaning", ""]]:
        """What the form is filled in with, and what that is."""
        place = self.place
        if place.suggestion is not None:
            return place.suggestion.said, "suggestion"
        if place.answer is not None:
            return place.answer.said, "answer"
        return place.leaning, "leaning" if place.leaning is not None else ""


class AnswerForm:
    """`omrostning_svar NUMBER [MUNICIPALITY] [VERSION]`, the version of the proposal that it was
    begun for: the first where none is said. `0` for whichever municipality is the person's."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The place to answer for; refuses kindly whoever has none."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if poll.kind is not Kind.CO_FINANCING:
            return NotNow((say(turn, await not_yours(turn, poll, "voter")),))
        wanted, version = map(read_number, (*arguments[1:], "", "")[:2])
        about = await answering_for(turn, poll, OrganisationId(wanted) if wanted else None)
        return about if isinstance(about, NotNow) else replace(about, version=version or 1)

    def first_values(self, context: About) -> dict[str, Value]:
        """What stands, is suggested, or was leaned to."""
        said, _what = context.begins_with
        return values_of(said) if said is not None else {}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        proposal, share = context.asked.proposal, context.place.share
        return [
            Step(
                name="svar",
                title=_("Svara") if context.answers else _("Föreslå svar"),
                fields=tuple(answer_fields(proposal, share, values, context.today)),
                submit=_("Skicka svaret") if context.answers else _("Spara förslaget"),
                intro=_intro(context),
                check=check_answer,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Let it stand as the answer, or keep it as a suggestion."""
        said = said_in(context.asked.proposal, context.place.share, answers)
        return await give(turn, context, said)


FLOW = AnswerForm()


def begun_for(poll: Poll, municipality: OrganisationId | None) -> tuple[str, ...]:
    """The arguments of a form that is begun now."""
    return (str(poll.id), str(municipality or 0), str(poll.version))


async def answering_for(
    turn: Turn, poll: Poll, wanted: OrganisationId | None, words: str = ""
) -> About | NotNow:
    """The municipality that the person answers or suggests for in the poll: the one wanted, or
    else the one with their mandate, or the one they work in. Whoever has several is asked which,
    with the `words` given back."""
    if not poll.is_open_at(turn.now):
        return NotNow((say(turn, await not_as_it_is(turn, poll)),))
    today = in_stockholm(turn.now).date()
    own = municipalities_of(turn.person, turn.plan)
    concerned = own if wanted is None else [*own, wanted]
    asked = await co_financing_of(turn.db, poll, concerned)
    held = await mandates(turn.db, "co_financing", today, concerned)
    answers = sorted(held.answers_for(turn.person.id))
    theirs = [wanted] if wanted is not None else answers or own
    places = [place for one in theirs if (place := asked.place(one)) is not None]
    if len(places) > 1:
        return NotNow((say(turn, which_municipality(poll, places, words)),))
    for place in places:
        may = may_answer_for(turn.person, place.municipality, held)
        if may or may_suggest_for(turn.person, place.municipality):
            return About(asked, place, held, may, today)
    refuses = wanted if wanted is not None else next(iter(own), None)
    return NotNow((say(turn, await not_yours(turn, poll, "answerer", refuses, words)),))


def which_municipality(poll: Poll, places: Sequence[Place], words: str) -> Card:
    """Asks whoever answers for several which one it is for; `words` are what they answered."""
    said = _("Vilken kommun svarar du för i {poll}?", poll=poll_name(poll.id))
    example = f"rosta {poll.id} svara {places[0].name} {words}".strip()
    ways = [verb_button(shortened(e.name, 75), poll, "svara", e.municipality) for e in places]
    parts = (
        text(bold(said)),
        quiet(_("Tryck på kommunen, eller skriv: {words}", words=shortened(example, 2_000))),
        Buttons(buttons=tuple(ways[:5]), overflow=tuple(ways[5:10])),
    )
    return Card(summary=said, parts=parts)


async def give(turn: Turn, context: About, said: Said) -> Replies:
    """Answer, or suggest, and tell those whom it concerns."""
    poll, place = context.asked.poll, context.place
    if context.is_old:
        return await asked_anew(turn, poll, place, said)

    async def act() -> int:
        if context.answers:
            return await answering.answer(
                turn.db, acting(turn), poll, place.municipality, said, context.held
            )
        return await answering.suggest(turn.db, acting(turn), poll, place.municipality, said)

    try:
        done = await attempt(turn, poll, act, "answerer", municipality=place.municipality)
    except ProposalChanged as error:
        return await asked_anew(turn, error.poll, place, said)
    if isinstance(done, Refused):
        return done.replies
    if context.answers:
        return await answered(turn, context.asked, place, said, context.held)
    return await suggested(turn, context.asked, place, said, done, context.held)


async def asked_anew(turn: Turn, poll: Poll, place: Place, said: Said) -> Replies:
    """The form with the share as it is now and what was typed, when the proposal has changed."""
    return await open_flow(
        turn,
        FLOW,
        begun_for(poll, place.municipality),
        typed=values_of(said),
        problems={"kind": changed_meanwhile(poll)},
    )


def _intro(context: About) -> tuple[Part, ...]:
    asked, place = context.asked, context.place
    share = kronor(place.share)
    parts: list[Part] = [
        text(bold(short_title(asked.poll))),
        text(_("{name} föreslås bidra med {share}.", name=place.name, share=share)),
        text(shortened(asked.proposal.purpose, 600)),
        quiet(_counted(context)),
    ]
    if context.is_old:
        parts.append(text(_("⚠ Förslaget har ändrats sedan du såg det. Andelen ovan är den nya.")))
    if asked.proposal.pays != "money":
        parts.append(quiet(_("Betalas som: {how}.", how=pays_word(asked))))
    parts += material(asked.poll)
    if not asked.poll.binding:
        parts.append(quiet(_("Det är en avstämning: svaret binder ingen.")))
    match context.begins_with[1]:
        case "answer" if asked.stands(place):
            parts.append(quiet(_("Kommunens svar nu: {said}.", said=own_words(asked, place))))
        case "answer":
            parts.append(text(_("⚠ Svaret gäller förra förslaget. Bekräfta eller ändra det.")))
        case "suggestion":
            who = place.suggestion.by.name if place.suggestion is not None else "–"
            parts.append(text(_("{name} har förberett svaret nedan.", name=who)))
        case "leaning":
            parts.append(text(_("Så lutade ni i avstämningen. Bekräfta eller ändra.")))
        case _:
            pass
    if not context.answers:
        names = ", ".join(each.name for each in context.held.of(place.municipality)) or "–"
        parts.append(text(_("Du förbereder svaret. Det ges av {names}.", names=names)))
    return tuple(parts)


def _counted(context: About) -> str:
    asked, place = context.asked, context.place
    said = _(
        "Fördelning: {key}. Svara senast {day}.",
        key=key_word(asked.proposal.key),
        day=closing(asked.poll),
    )
    if place.inhabitants is None or place.counted_on is None:
        return said
    return f"{said} " + _(
        "{number} invånare {day}.",
        number=number(place.inhabitants),
        day=short_date(place.counted_on),
    )
