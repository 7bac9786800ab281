"""Recording an answer on a municipality's behalf: how it came, who gave it and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.choices import MOST, options
from bot.conversations.filling import open_flow
from bot.conversations.forms import ChoiceField, DateField, FormField, Option, TextField, Value
from bot.conversations.polls.answer_fields import (
    answer_fields,
    check_answer,
    said_in,
    values_of,
    values_typed,
)
from bot.conversations.polls.answer_told import recorded
from bot.conversations.polls.naming import asked_poll, name_first
from bot.conversations.polls.refusals import (
    Refused,
    attempt,
    changed_meanwhile,
    not_as_it_is,
    not_yours,
    refused,
)
from bot.conversations.polls.wording import answer_line, names_and_more, short_title
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Part, bold, quiet, text
from bot.finding import plain, read_number
from bot.language import _
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls import answering
from bot.polls.answering import ProposalChanged
from bot.polls.co_financing import CoFinancing, Heard, Place, Said
from bot.polls.mandates import Mandates, mandates
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of
from bot.polls.reading_answer import read_answer
from bot.polls.rights import may_record

FORM = "omrostning_at"


@dataclass(frozen=True)
class About:
    """The poll, who has mandate, and today. `version`: the one of the proposal that the form was
    begun for; None for the latest."""

    asked: CoFinancing
    held: Mandates
    today: date
    version: int | None = None

    def place(self, values: Mapping[str, Value]) -> Place | None:
        """The municipality that is chosen so far."""
        chosen = values.get("municipality")
        said = chosen.strip() if isinstance(chosen, str) else ""
        if not self.by_name:
            return self.asked.place(OrganisationId(read_number(said)))
        return next((e for e in self.asked.places if plain(e.name) == plain(said)), None)

    @property
    def by_name(self) -> bool:
        """Whether the municipality is written: they are more than a list has room for."""
        return len(self.asked.places) > MOST

    def value(self, place: Place) -> str:
        """What the field holds for the municipality."""
        return place.name if self.by_name else str(place.municipality)

    def check(self, answers: Answers) -> dict[str, str]:
        """A municipality that is written is one of the poll's."""
        if not answers.get("municipality") or self.place(answers) is not None:
            return {}
        return {"municipality": _("Ingen kommun i omröstningen heter så. Skriv hela namnet.")}


class RecordForm:
    """`omrostning_at NUMBER [VERSION]`: for chef, förbundsdirektör and federation staff; VERSION
    as in the municipality's own form."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The poll; refuses whoever does not record for others."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if not may_record(turn.person) or poll.kind is not Kind.CO_FINANCING:
            return NotNow((say(turn, await not_yours(turn, poll, "recorder")),))
        if not poll.is_open_at(turn.now):
            return NotNow((say(turn, await not_as_it_is(turn, poll)),))
        today = in_stockholm(turn.now).date()
        held = await mandates(turn.db, "co_financing", today)
        version = read_number((*arguments[1:], "")[0]) or 1
        return About(await co_financing_of(turn.db, poll), held, today, version)

    def first_values(self, context: About) -> dict[str, Value]:
        """Given today."""
        return {"said_on": context.today.isoformat()}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """Whose answer and how it came, then the answer."""
        place = context.place(values)
        first = Step(
            name="vem",
            title=_("Svar åt en kommun"),
            fields=tuple(_whose(context)),
            submit=_("Vidare"),
            intro=(text(bold(short_title(context.asked.poll))), *_answered(context.asked, place)),
            check=context.check,
        )
        if place is None:
            return [first]
        fields = answer_fields(context.asked.proposal, place.share, values, context.today)
        said = _("Svaret visas som registrerat av dig, och de som har mandat får veta det.")
        answer = Step(
            name="svar",
            title=_("Svar åt en kommun"),
            fields=tuple(fields),
            submit=_("Registrera"),
            intro=(*(_answered(context.asked, place) or (text(bold(place.name)),)), quiet(said)),
            check=check_answer,
        )
        return [first, answer]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Let it stand as the municipality's answer."""
        place = context.place(answers)
        assert place is not None
        poll = context.asked.poll
        said = said_in(context.asked.proposal, place.share, answers)
        heard = Heard(answers["heard_by"], answers["said_by"], answers["said_on"])

        if context.asked.changed_since(context.version):
            return await _asked_anew(turn, context, poll, place, said, heard)

        async def act() -> int:
            return await answering.record(
                turn.db, acting(turn), poll, place.municipality, said, heard
            )

        try:
            done = await attempt(turn, poll, act, "recorder")
        except ProposalChanged as error:
            return await _asked_anew(turn, context, error.poll, place, said, heard)
        if isinstance(done, Refused):
            return done.replies
        return await recorded(turn, context.asked, place, said, heard, context.held)


FLOW = RecordForm()


def _answered(asked: CoFinancing, place: Place | None) -> tuple[Part, ...]:
    """The municipality with the answer that stands and would be replaced, where it may be shown;
    nothing without one."""
    if place is None or place.answer is None:
        return ()
    if not asked.poll.shows_answers:
        hidden = _("Kommunen har redan svarat. Svaret visas inte nu, och det nya ersätter det.")
        return (text(bold(place.name), " · ", hidden),)
    said = _("Kommunens svar nu: {said}.", said=answer_line(asked, place))
    return (text(bold(place.name), " · ", said),)


def _begun_for(poll: Poll) -> tuple[str, ...]:
    return (str(poll.id), str(poll.version))


async def _asked_anew(
    turn: Turn, context: About, poll: Poll, place: Place, said: Said, heard: Heard
) -> Replies:
    typed: dict[str, Value] = {
        **values_of(said),
        "municipality": context.value(place),
        "heard_by": heard.how,
        "said_by": heard.said_by,
        "said_on": heard.said_on.isoformat(),
    }
    problems = {"municipality": changed_meanwhile(poll)}
    return await open_flow(turn, FLOW, _begun_for(poll), typed=typed, problems=problems)


def _whose(context: About) -> list[FormField]:
    return [
        _municipality(context),
        ChoiceField(
            name="heard_by",
            label=_("Hur kom svaret?"),
            required=True,
            options=(
                Option(value="phone", label=_("Telefon")),
                Option(value="email", label=_("E-post")),
                Option(value="meeting", label=_("På möte")),
                Option(value="letter", label=_("Brev")),
            ),
        ),
        TextField(
            name="said_by",
            label=_("Vem gav svaret?"),
            help=_("Namn, gärna befattning"),
            required=True,
            max_length=150,
        ),
        DateField(name="said_on", label=_("Vilken dag?"), required=True, latest=context.today),
    ]


def _municipality(context: About) -> FormField:
    label, help = _("Kommun"), _("Skriv kommunens namn")
    if context.by_name:
        return TextField(name="municipality", label=label, help=help, required=True, max_length=150)
    places = options((each.municipality, each.name) for each in context.asked.places)
    return ChoiceField(name="municipality", label=label, required=True, options=places)


async def record_for(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`åt Hjo ja 25 000`: the form with what was typed; how it came is asked for."""
    asked = await FLOW.prepare(turn, _begun_for(poll))
    if isinstance(asked, NotNow):
        return asked.replies
    if not rest.strip():
        return await open_flow(turn, FLOW, _begun_for(poll))
    place, words = named_place(asked.asked, rest)
    if place is None:
        names = names_and_more([each.name for each in asked.asked.places], 40)
        said = _("Vilken kommun gäller svaret? I omröstningen är {names}.", names=names)
        return (say(turn, refused(poll, said, rest)),)
    typed = read_answer(words, turn.now)
    values: dict[str, Value] = {"municipality": asked.value(place)}
    if typed is not None:
        values |= values_typed(typed, asked.asked.proposal, Kronor(place.share))
    return await open_flow(turn, FLOW, _begun_for(poll), typed=values)


def named_place(asked: CoFinancing, words: str) -> tuple[Place | None, str]:
    """The municipality that the words begin with, and what stands after it."""
    place, rest = name_first(((each, each.name) for each in asked.places), words)
    return place, rest.strip(" :,") if place is not None else rest
