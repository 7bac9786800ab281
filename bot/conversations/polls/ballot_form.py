"""The form for a vote: fields by the poll's method, one step, secret where the poll is."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    FormField,
    ManyChoiceField,
    Option,
    ToggleField,
    Value,
)
from bot.conversations.polls.ballot_card import option_words
from bot.conversations.polls.ballot_told import no_secret_words, voted
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.refusals import (
    Refused,
    answered_already,
    attempt,
    not_as_it_is,
    not_yours,
    why_no_ballot,
)
from bot.conversations.polls.wording import closing, secrecy_word, short_title
from bot.conversations.protocol import Replies, Turn, Words
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Part, bold, quiet, text
from bot.finding import read_number
from bot.language import _, kronor
from bot.needs.rights import municipalities_of
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.amounts_left import points_left
from bot.polls.casting import MOST_SCORE, NotABallot, cast, judged, toggle
from bot.polls.mandates import Mandates, kind_for, mandates
from bot.polls.poll import Ballot, Kind, Method, Poll, Secrecy, Voter
from bot.polls.reading import ballot_of, voters_of
from bot.polls.rights import may_vote

FORM = "omrostning_rost"


@dataclass(frozen=True)
class About:
    """The poll, whose vote it is, and what stands already, unless the poll stays secret."""

    poll: Poll
    municipality: OrganisationId | None
    name: str
    held: Mandates
    before: Ballot | None = None


class BallotForm:
    """`omrostning_rost NUMBER [MUNICIPALITY]`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """Whose vote the person casts; refuses kindly whoever casts none."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        wanted = read_number((*arguments, "", "")[1])
        return await voting_for(turn, poll, OrganisationId(wanted) if wanted else None)

    def is_secret(self, context: About) -> bool:
        """Whether nobody is ever to know who voted how."""
        return context.poll.secrecy is Secrecy.ALWAYS

    def first_values(self, context: About) -> dict[str, Value]:
        """The vote that stands."""
        return values_of(context.poll, context.before) if context.before is not None else {}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        poll = context.poll
        fields = fields_of(poll)
        if self.is_secret(context):
            label = _("Jag vet att rösten inte kan ändras när den är skickad")
            fields.append(ToggleField(name="final", label=label))
        return [
            Step(
                name="rost",
                title=_("Rösta"),
                fields=tuple(fields),
                submit=_("Rösta"),
                intro=_intro(context, values),
                check=lambda answers: _problems(poll, answers),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Cast it."""
        return await vote(turn, context, choices_in(context.poll, answers))


FLOW = BallotForm()


async def voting_for(turn: Turn, poll: Poll, wanted: OrganisationId | None) -> About | NotNow:
    """Whose vote the person casts: their own, or their municipality's."""
    if not poll.is_open_at(turn.now):
        return NotNow((say(turn, await not_as_it_is(turn, poll)),))
    if poll.kind is Kind.CO_FINANCING:
        return NotNow((say(turn, await not_yours(turn, poll, "answerer")),))
    voters = await voters_of(turn.db, poll)
    if poll.voters == "person":
        if not may_vote(turn.person, poll):
            return NotNow((say(turn, await not_yours(turn, poll, "voter")),))
        mine = next((each for each in voters if each.person == turn.person.id), None)
        return await _about(turn, poll, mine, Mandates())
    held = await mandates(turn.db, kind_for(poll), in_stockholm(turn.now).date())
    theirs = held.answers_for(turn.person.id)
    own = [
        each
        for each in voters
        if each.organisation in theirs and (wanted is None or each.organisation == wanted)
    ]
    if not own:
        works = municipalities_of(turn.person, turn.plan)
        refuses = wanted if wanted is not None else next(iter(works), None)
        whose = "answerer" if refuses is not None else "voter"
        return NotNow((say(turn, await not_yours(turn, poll, whose, refuses)),))
    left = [each for each in own if not each.voted]
    return await _about(turn, poll, (left or own)[0], held)


async def _about(turn: Turn, poll: Poll, voter: Voter | None, held: Mandates) -> About | NotNow:
    if voter is None:
        return About(poll, None, turn.person.name, held)
    if poll.secrecy is Secrecy.ALWAYS and voter.voted:
        return NotNow((say(turn, answered_already(poll)),))
    before = None
    if poll.secrecy is not Secrecy.ALWAYS and voter.voted:
        before = await ballot_of(turn.db, poll, voter.id)
    return About(poll, voter.organisation, voter.name, held, before)


async def vote(turn: Turn, context: About, choices: Mapping[int, int]) -> Replies:
    """Cast the vote, or say why it was not."""

    async def act() -> Mapping[int, int]:
        await cast(
            turn.db,
            acting(turn),
            context.poll,
            choices,
            municipality=context.municipality,
            mandates=context.held,
        )
        return choices

    return await _voted(turn, context, act)


async def vote_or_not(turn: Turn, context: About, option: int) -> Replies:
    """Put the option in the vote or take it out, or say why it was not."""
    return await _voted(
        turn,
        context,
        lambda: toggle(
            turn.db,
            acting(turn),
            context.poll,
            option,
            municipality=context.municipality,
            mandates=context.held,
        ),
    )


async def _voted(
    turn: Turn, context: About, act: Callable[[], Awaitable[Mapping[int, int]]]
) -> Replies:
    poll = context.poll
    try:
        done = await attempt(turn, poll, act, "voter", municipality=context.municipality)
    except NotABallot:
        return await open_flow(turn, FLOW, arguments_of(context))
    if isinstance(done, Refused):
        return done.replies
    return await voted(turn, poll, context.municipality, context.name, done)


def arguments_of(context: About) -> tuple[str, ...]:
    """How the form for this vote is opened."""
    key = (str(context.municipality),) if context.municipality is not None else ()
    return (str(context.poll.id), *key)


_RANKS_TO_CHOOSE = 15
"""With more options the place is typed: as many choices in each field are too much for Teams."""


def field_of(option_id: int) -> str:
    """What an option's field is called."""
    return f"val_{option_id}"


def fields_of(poll: Poll) -> list[FormField]:
    """A field for each option, or one for them all."""
    match poll.method:
        case Method.POINTS:
            return _numbers(poll, _("poäng"), poll.points or 1)
        case Method.SCORE:
            return [_choice(each.id, each.label, _scores()) for each in poll.options]
        case Method.RANKING if len(poll.options) > _RANKS_TO_CHOOSE:
            return _numbers(poll, _("plats"), len(poll.options))
        case Method.RANKING:
            ranks = tuple(
                Option(value=str(n), label=_("plats {n}", n=n))
                for n in range(1, len(poll.options) + 1)
            )
            return [_choice(each.id, each.label, ranks) for each in poll.options]
        case Method.DATES:
            return [_choice(each.id, each.label, _can()) for each in poll.options]
        case Method.BUDGET | Method.SEVERAL:
            return [ManyChoiceField(name="val", label=_("Välj en eller flera"), required=True,
                                    options=_all(poll))]  # fmt: skip
        case _:
            return [ChoiceField(name="val", label=_("Välj"), required=True, options=_all(poll))]


def _numbers(poll: Poll, unit: str, most: int) -> list[FormField]:
    return [
        AmountField(name=field_of(one.id), label=shortened(one.label, 150), unit=unit, most=most)
        for one in poll.options
    ]


def _choice(option_id: int, label: str, options: tuple[Option, ...]) -> ChoiceField:
    return ChoiceField(name=field_of(option_id), label=shortened(label, 150), options=options)


def _scores() -> tuple[Option, ...]:
    return tuple(Option(value=str(n), label=str(n)) for n in range(MOST_SCORE + 1))


def _can() -> tuple[Option, ...]:
    return (
        Option(value="2", label=_("Kan")),
        Option(value="1", label=_("Kan vid behov")),
        Option(value="0", label=_("Kan inte")),
    )


def _all(poll: Poll) -> tuple[Option, ...]:
    return tuple(
        Option(value=str(each.id), label=shortened(option_words(each), 75)) for each in poll.options
    )


def choices_in(poll: Poll, answers: Answers) -> dict[int, int]:
    """The vote that the judged fields say."""
    if poll.method in (Method.BUDGET, Method.SEVERAL):
        return {int(one): 1 for one in answers.get("val") or ()}
    if poll.method is Method.CHOICE:
        return {int(answers["val"]): 1} if answers.get("val") else {}
    found = {each.id: answers.get(field_of(each.id)) for each in poll.options}
    return {one: int(value) for one, value in found.items() if value is not None}


def values_of(poll: Poll, ballot: Ballot) -> dict[str, Value]:
    """What the fields hold for a vote that stands."""
    if poll.method in (Method.BUDGET, Method.SEVERAL):
        return {"val": tuple(str(one) for one in ballot.choices)}
    if poll.method is Method.CHOICE:
        return {"val": str(next(iter(ballot.choices), ""))}
    return {field_of(one): str(value) for one, value in ballot.choices.items()}


def _problems(poll: Poll, answers: Answers) -> dict[str, str]:
    """What breaks a rule of the poll, at the first field; a secret vote must be known to be
    final."""
    fields = fields_of(poll)
    if any(each.name not in answers for each in fields):
        return {}
    try:
        judged(poll, choices_in(poll, answers))
    except NotABallot as error:
        return {fields[0].name: why_no_ballot(poll, error)}
    if poll.secrecy is Secrecy.ALWAYS and not answers.get("final"):
        return {"final": _("Kryssa i att du vet det, så räknas rösten.")}
    return {}


def _intro(context: About, values: Mapping[str, Value]) -> tuple[Part, ...]:
    poll = context.poll
    parts: list[Part] = [text(bold(short_title(poll)))]
    if context.municipality is not None:
        parts.append(text(_("Du röstar för {name}.", name=context.name)))
    if poll.description:
        parts.append(text(shortened(poll.description, 600)))
    parts.append(text(_how(poll)))
    if poll.method is Method.POINTS:
        left = points_left(poll.points or 0, [values.get(field_of(e.id)) for e in poll.options])
        parts.append(text(bold(_("Kvar att lägga: {left} av {points}.", left=left,
                                 points=poll.points or 0))))  # fmt: skip
    if context.before is not None:
        parts.append(quiet(_("Du har röstat. Skickar du igen gäller den nya rösten.")))
    parts.append(quiet(f"{secrecy_word(poll)} {_('Svara senast {day}.', day=closing(poll))}"))
    if poll.secrecy is Secrecy.ALWAYS:
        parts.append(text(_secret_words()))
    return tuple(parts)


def _secret_words() -> str:
    """What secrecy is promised, and what is not."""
    return _(
        "Rösten är slutgiltig när den är skickad. Innan omröstningen stängs visas bara hur många "
        "som har röstat, och under fem röster visas inget resultat. Rösten sparas utan namn, tid "
        "och ordning; den som driver servern medan omröstningen pågår skulle ändå kunna följa den."
    )


def _how(poll: Poll) -> str:
    """What one does, in a sentence."""
    match poll.method:
        case Method.POINTS:
            return _("Fördela {points} poäng som du vill.", points=poll.points or 0)
        case Method.SCORE:
            return _("Sätt betyg från 0 till 5. Det du lämnar tomt räknas som 0.")
        case Method.RANKING:
            return _("Sätt plats 1 på det bästa. Samma plats går bra, tomt hamnar sist.")
        case Method.BUDGET:
            return _(
                "Välj de förslag du vill att {money} ska räcka till.",
                money=kronor(poll.money or Kronor(0)),
            )
        case Method.DATES:
            return _(
                "Säg för varje tid om du kan. Det du lämnar tomt räknas varken som kan eller kan "
                "inte."
            )
        case Method.SEVERAL:
            return _("Välj en eller flera.")
        case _:
            return _("Välj en.")


async def answer_ballot(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`svara` on a poll with options: the form; a secret vote is never taken from typed words."""
    typed = isinstance(turn.doing, Words) and rest.strip()
    if typed and poll.secrecy is Secrecy.ALWAYS:
        context = await voting_for(turn, poll, None)
        if isinstance(context, NotNow):
            return context.replies
        return (say(turn, no_secret_words(poll)),)
    key = (rest.strip(),) if rest.strip().isdecimal() else ()
    return await open_flow(turn, FLOW, (str(poll.id), *key))
