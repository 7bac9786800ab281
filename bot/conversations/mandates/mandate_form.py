"""The form by which a director names who else answers for the municipality, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversations.acting import acting
from bot.conversations.filling import ask
from bot.conversations.forms import (
    DateField,
    FormField,
    ManyChoiceField,
    Option,
    PersonField,
    Value,
)
from bot.conversations.mandates.looking import directed_by, municipality_keyed, shown_for
from bot.conversations.mandates.mandate_cards import (
    FORM,
    Shown,
    given,
    given_to_you,
    kind_word,
    may_not,
    period,
)
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Ask, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import bold, quiet, text
from bot.finding import read_number
from bot.language import _, short_date
from bot.needs.rights import municipalities_of
from bot.people import PersonId
from bot.polls.changing import NotYours
from bot.polls.giving_mandate import (
    KINDS,
    LONGEST,
    Mandate,
    NotAPeriod,
    NotOfTheMunicipality,
    Overlaps,
    give,
)
from bot.polls.mandates import MandateKind


@dataclass(frozen=True)
class About:
    """The municipality, the arguments that the form was opened with, and whom it is for if that
    is known."""

    shown: Shown
    arguments: tuple[str, ...]
    person: str = ""


class MandateForm:
    """`mandat_ge [MUNICIPALITY [PERSON]]`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The municipality; refuses whoever does not direct it."""
        key, person = (*arguments, "", "")[:2]
        directed = directed_by(turn)
        wanted = municipality_keyed(turn, read_number(key)) if key else next(iter(directed), None)
        if wanted is None:
            wanted = next(iter(municipalities_of(turn.person, turn.plan)), None)
        shown = await shown_for(turn, wanted) if wanted is not None else None
        if shown is None or not shown.gives:
            return NotNow((say(turn, may_not(shown)),))
        return About(shown, arguments, person if read_number(person) else "")

    def first_values(self, context: About) -> dict[str, Value]:
        """Both kinds, from today."""
        first: dict[str, Value] = {"kinds": KINDS, "first": context.shown.today.isoformat()}
        return {**first, "who": context.person} if context.person else first

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        name = context.shown.name
        said = _(
            "Flera kan ha mandat: det senaste svaret gäller, och alla får veta det. Medan någon "
            "har mandatet svarar inte du, om du inte ger det åt dig själv också. Du kan avsluta "
            "det när du vill."
        )
        return [
            Step(
                name="mandat",
                title=_("Ge mandat"),
                fields=tuple(_fields(context)),
                submit=_("Ge mandat"),
                intro=(text(bold(_("Vem ska få svara för {name}?", name=name))), quiet(said)),
                check=_check,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Give it and tell them; ask again when the person cannot have it."""
        shown, to = context.shown, PersonId(answers["who"])
        kinds: list[MandateKind] = [kind for kind in KINDS if kind in answers["kinds"]]
        first = answers["first"] or shown.today
        try:
            async with turn.db.begin_nested():
                done = await give(
                    turn.db, acting(turn), shown.municipality, to, kinds, first, answers["last"]
                )
        except NotYours:
            return (say(turn, may_not(shown)),)
        except (NotAPeriod, NotOfTheMunicipality, Overlaps) as error:
            return self._again(context, answers, _problem(error, shown))
        by = turn.person.name
        tell_people(turn, [to], lambda: given_to_you(done, shown.name, by))
        return (say(turn, given(done, await shown_for(turn, shown.municipality), turn.person.id)),)

    def _again(self, context: About, answers: Answers, problems: dict[str, str]) -> Replies:
        values: dict[str, Value] = {
            "who": str(answers["who"]),
            "kinds": answers["kinds"],
            "first": (answers["first"] or context.shown.today).isoformat(),
            "last": answers["last"].isoformat(),
        }
        steps = self.steps(context, values)
        return (Ask(form=ask(self, context.arguments, steps, steps[0], values, problems)),)


FLOW = MandateForm()


def _fields(context: About) -> list[FormField]:
    today, name = context.shown.today, context.shown.name
    latest = today + LONGEST
    return [
        PersonField(
            name="who",
            label=_("Vem som får mandatet"),
            help=_("Sök på namn bland dem som arbetar i {name}.", name=name[:100]),
            required=True,
        ),
        ManyChoiceField(
            name="kinds",
            label=_("Mandatet gäller"),
            options=tuple(Option(value=kind, label=_option(kind)) for kind in KINDS),
            required=True,
        ),
        DateField(
            name="first",
            label=_("Från och med"),
            help=_("Lämna tomt för i dag"),
            earliest=today,
            latest=latest,
        ),
        DateField(
            name="last",
            label=_("Till och med"),
            help=_("Den sista dagen"),
            required=True,
            earliest=today,
            latest=latest,
        ),
    ]


def _option(kind: MandateKind) -> str:
    if kind == "co_financing":
        return _("Svara om medfinansiering")
    return _("Rösta i prioriteringar")


def _check(answers: Answers) -> dict[str, str]:
    first, last = answers.get("first"), answers.get("last")
    if first is not None and last is not None and last < first:
        return {"last": _ends_before(short_date(first))}
    return {}


def _ends_before(first: str) -> str:
    return _("Mandatet slutar innan det börjar. Välj {first} eller senare.", first=first)


def _problem(error: NotAPeriod | NotOfTheMunicipality | Overlaps, shown: Shown) -> dict[str, str]:
    match error:
        case NotAPeriod():
            return {"last": _ends_before(short_date(shown.today))}
        case NotOfTheMunicipality():
            return {"who": not_of_the_municipality(shown.name)}
        case Overlaps():
            return {"who": _has_it(error.mandate)}


def not_of_the_municipality(name: str) -> str:
    """What is said of somebody who works elsewhere."""
    return _("Personen arbetar inte i {name} då. Välj någon som gör det.", name=name)


def _has_it(mandate: Mandate) -> str:
    return _(
        "{name} har redan mandat om {kind} {days}. Avsluta det först, eller välj andra dagar.",
        name=mandate.person.name,
        kind=kind_word(mandate.kind),
        days=period(mandate),
    )
