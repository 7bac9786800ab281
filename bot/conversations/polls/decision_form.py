"""Recording what a body decided beside the outcome, and which pledges it accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.bodies import body_name
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import KIND as ACTIVITY
from bot.conversations.choices import chosen_in, in_fields, options, spread
from bot.conversations.filling import open_flow
from bot.conversations.forms import (
    ChoiceField,
    DateField,
    FormField,
    Option,
    TextField,
    Value,
)
from bot.conversations.needs.telling import tell_people
from bot.conversations.polls.decision_told import accepted_later, decision_news, no_activity_yet
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.not_answered import people_of
from bot.conversations.polls.outcome_words import outcome_sentence
from bot.conversations.polls.refusals import Refused, attempt, not_as_it_is, not_yours, refused
from bot.conversations.polls.telling import raise_poll
from bot.conversations.polls.wording import answer_words, short_title
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import bold, text
from bot.language import _
from bot.people import BodyId, OrganisationId
from bot.plan import Plan
from bot.polls import deciding
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.deciding import Decided, NoActivity
from bot.polls.poll import Kind, Poll, State
from bot.polls.reading import co_financing_of, voters_of
from bot.polls.rights import may_record

_BODIES = ("board", "presidium", "steering_group", "municipal_directors", "reference_group")


@dataclass(frozen=True)
class About:
    """The closed poll, what it showed, and the pledges that can be accepted."""

    poll: Poll
    plan: Plan
    sentence: str
    pledges: tuple[Place, ...]
    today: date


class DecisionForm:
    """`omrostning_beslut NUMBER`: for chef, förbundsdirektör and federation staff."""

    name = "omrostning_beslut"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The poll; refuses whoever does not record, and a poll that is not closed."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if not may_record(turn.person):
            return NotNow((say(turn, await not_yours(turn, poll, "recorder")),))
        if poll.state is not State.CLOSED:
            open_still = _("Stäng omröstningen först, så registreras beslutet bredvid utfallet.")
            card = refused(poll, open_still) if poll.is_open else await not_as_it_is(turn, poll)
            return NotNow((say(turn, card),))
        if not poll.binding:
            only = _("En avstämning beslutas inte. Gör den formell först.")
            return NotNow((say(turn, refused(poll, only)),))
        sentence = (await outcome_sentence(turn.db, poll))()
        today = in_stockholm(turn.now).date()
        return About(poll, turn.plan, sentence, await _pledges(turn, poll), today)

    def first_values(self, context: About) -> dict[str, Value]:
        """The body and day that were said when it was started; every pledge."""
        poll = context.poll
        board = next((k for k, b in context.plan.bodies.items() if b.kind == "board"), None)
        values: dict[str, Value] = {
            "body": str(poll.decider or board or ""),
        }
        every = [str(each.municipality) for each in context.pledges]
        values |= spread("accepted", _pledged(context), every)
        if poll.decided_by is not None and poll.decided_by <= context.today:
            values["decided_on"] = poll.decided_by.isoformat()
        return values

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        return [
            Step(
                "beslut",
                _("Registrera beslut"),
                tuple(_fields(context, values)),
                _("Registrera"),
                intro=(text(bold(short_title(context.poll))), text(context.sentence)),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Record it, and let accepted pledges fund the activity."""
        decided = Decided(
            BodyId(int(answers["body"])),
            answers["decided_on"],
            answers["paragraph"],
            answers["verdict"],
            answers.get("record_number"),
            answers.get("decision"),
            answers.get("why"),
        )
        accepted = [each.municipality for each in context.pledges]
        if "accepted" in answers:
            accepted = [OrganisationId(int(one)) for one in chosen_in("accepted", answers)]
        poll = context.poll
        done = await attempt(
            turn,
            poll,
            lambda: deciding.record_decision(turn.db, acting(turn), poll, decided, accepted),
            "recorder",
            words=answers.get("why"),
        )
        if isinstance(done, Refused):
            return done.replies
        return await _told(turn, done, accepted if decided.verdict != "declined" else ())


FLOW = DecisionForm()


async def _pledges(turn: Turn, poll: Poll) -> tuple[Place, ...]:
    if poll.kind is not Kind.CO_FINANCING:
        return ()
    return (await co_financing_of(turn.db, poll)).pledging


def _fields(context: About, values: Mapping[str, Value]) -> list[FormField]:
    bodies = [(k, body_name(b.kind)) for k, b in context.plan.bodies.items() if b.kind in _BODIES]
    verdict = values.get("verdict")
    fields: list[FormField] = [
        ChoiceField(name="body", label=_("Vem beslutade?"), required=True,
                    options=options(bodies)),
        DateField(name="decided_on", label=_("Beslutsdag"), required=True, latest=context.today),
        TextField(name="paragraph", label=_("Paragraf"), required=True, max_length=20,
                  help=_("Numret i protokollet, till exempel 14")),
        TextField(name="record_number", label=_("Diarienummer"), max_length=40),
        ChoiceField(
            name="verdict",
            label=_("Vad blev beslutet?"),
            required=True,
            redraws=True,
            options=(
                Option(value="as_outcome", label=_("Enligt utfallet")),
                Option(value="otherwise", label=_("På annat sätt")),
                Option(value="declined", label=_("Nej")),
            ),
        ),
        TextField(name="decision", label=_("Beslutet i ord"), lines=3, max_length=3_000),
    ]  # fmt: skip
    if verdict in ("otherwise", "declined"):
        fields.append(
            TextField(name="why", label=_("Varför skiljer det sig från utfallet?"), required=True,
                      lines=3, max_length=3_000)
        )  # fmt: skip
    if context.pledges and verdict == "otherwise":
        fields += in_fields("accepted", _("Vilka löften antogs?"), _pledged(context))
    return fields


def _pledged(context: About) -> list[Option]:
    return [_pledge(each) for each in context.pledges]


def _pledge(place: Place) -> Option:
    said = answer_words(place.answer.said) if place.answer is not None else "–"
    return Option(value=str(place.municipality), label=f"{place.name}: {said}"[:75])


async def _told(turn: Turn, poll: Poll, accepted: Sequence[OrganisationId]) -> Replies:
    raise_poll(turn, poll)
    asked: CoFinancing | None = None
    waits = False
    if poll.kind is Kind.CO_FINANCING:
        asked = await co_financing_of(turn.db, poll)
        try:
            turn.outbox.raise_card(ACTIVITY, await deciding.activity_of(turn.db, poll))
        except NoActivity:
            waits = bool(accepted)
    everybody = [each.id for each in await voters_of(turn.db, poll)]
    people = await people_of(turn, poll, everybody) if poll.voters == "municipality" else []
    plan = turn.plan
    tell_people(
        turn,
        {*people, poll.started_by.id},
        lambda: decision_news(poll, plan, asked, accepted, waits=waits),
    )
    return (say(turn, decision_news(poll, plan, asked, accepted, waits=waits)),)


async def decide(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`beslut`: the form."""
    return await open_flow(turn, FLOW, (str(poll.id),))


async def accept_later(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`skriv in`: what was accepted of a poll about a need, once the need is an activity."""
    try:
        done = await attempt(
            turn, poll, lambda: deciding.accept_waiting(turn.db, acting(turn), poll), "recorder"
        )
    except NoActivity:
        return (say(turn, no_activity_yet(poll)),)
    if isinstance(done, Refused):
        return done.replies
    turn.outbox.raise_card(ACTIVITY, await deciding.activity_of(turn.db, poll))
    raise_poll(turn, poll)
    return (say(turn, accepted_later(poll, done)),)
