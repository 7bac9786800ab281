"""What is asked about work: what, why, of whom, how many hours, by when, what it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.assignments.assignment import (
    About,
    Asked,
    Assignment,
    ToMunicipality,
    ToNetwork,
    ToOnePerson,
    Work,
)
from bot.assignments.rights import may_ask
from bot.conversations.assignments.small_form import MOST_HOURS, TEXT_LENGTH
from bot.conversations.choices import municipality_hint, network_options, organisation_options
from bot.conversations.forms import (
    ActivityField,
    AmountField,
    ChoiceField,
    DateField,
    FormField,
    Option,
    PersonField,
    TextField,
    Value,
)
from bot.conversations.steps import Answers
from bot.language import _
from bot.needs.need import Need
from bot.people import BodyId, OrganisationId, Person, PersonId
from bot.plan import Plan

TITLE_LENGTH = 150
MOST_WANTED = 50
PERSON, MUNICIPALITY, NETWORK = "person", "kommun", "natverk"
NOTHING = About()


@dataclass(frozen=True)
class Asking:
    """What the form stands on. `about` is what the work belongs to, when that is given."""

    plan: Plan
    person: Person
    today: date
    about: About = NOTHING
    need: Need | None = None

    @property
    def is_free(self) -> bool:
        """Whether it is for the one who asks to say what it belongs to."""
        return self.about == NOTHING


def work_fields(today: date | None) -> tuple[FormField, ...]:
    """What, why, hours and by when; `today` is the earliest day, None when that is past."""
    return (
        TextField(
            name="title",
            label=_("Vad ska göras?"),
            help=_("En kort rubrik som alla förstår"),
            required=True,
            max_length=TITLE_LENGTH,
        ),
        TextField(name="reason", label=_("Varför?"), lines=3, max_length=TEXT_LENGTH),
        AmountField(
            name="hours",
            label=_("Hur många timmar tar det?"),
            help=_("För alla som tar det tillsammans. Lämna tomt om du inte vet."),
            unit=_("tim"),
            least=1,
            most=MOST_HOURS,
        ),
        DateField(name="due_on", label=_("Klart senast"), required=True, earliest=today),
    )


def whom_fields(plan: Plan, values: Mapping[str, Value]) -> tuple[FormField, ...]:
    """Whom it is asked of: a kind, and then the person, municipality or network."""
    kinds = (
        Option(value=PERSON, label=_("En person")),
        Option(value=MUNICIPALITY, label=_("En kommun, genom kommundirektören")),
        Option(value=NETWORK, label=_("Ett nätverk: de första som kan")),
    )
    kind = ChoiceField(
        name="whom", label=_("Vem frågar du?"), options=kinds, required=True, redraws=True
    )
    return (kind, *_chosen(plan, values.get("whom")))


def _chosen(plan: Plan, kind: Value | None) -> tuple[FormField, ...]:
    if kind == MUNICIPALITY:
        found = organisation_options(plan, "municipality")
        hint = municipality_hint(plan)
        return (_choice("municipality", _("Vilken kommun?"), found, hint),)
    if kind == NETWORK:
        wanted = AmountField(
            name="wanted",
            label=_("Hur många behövs?"),
            unit=_("personer"),
            required=True,
            least=1,
            most=MOST_WANTED,
        )
        return (_choice("network", _("Vilket nätverk?"), network_options(plan)), wanted)
    return (
        PersonField(
            name="who",
            label=_("Vem?"),
            help=_("Sök på namn, e-post eller kommun"),
            required=True,
        ),
    )


def _choice(name: str, label: str, options: tuple[Option, ...], help: str = "") -> ChoiceField:
    nothing = (Option(value="-", label=_("Det finns inget att välja")),)
    some = options or nothing
    return ChoiceField(name=name, label=label, help=help, options=some, required=True)


def about_fields(context: Asking) -> tuple[FormField, ...]:
    """The activity that the work belongs to, when it was not begun from anything."""
    if not context.is_free:
        return ()
    field = ActivityField(
        name="activity",
        label=_("Vilken aktivitet hör det till?"),
        help=_("Frivilligt för dig som leder arbetet. Skriv en kod eller ord ur namnet."),
    )
    return (field,)


def whom_of(answers: Answers) -> Asked:
    """Whom it is asked of, as filled in."""
    match answers["whom"]:
        case "kommun":
            return ToMunicipality(OrganisationId(int(answers["municipality"])))
        case "natverk":
            return ToNetwork(BodyId(int(answers["network"])), int(answers["wanted"]))
        case _:
            return ToOnePerson(PersonId(answers["who"]))


def about_of(context: Asking, answers: Answers) -> About:
    """What the work belongs to, as given or filled in."""
    code: Any = answers.get("activity")
    if not context.is_free or code is None or code not in context.plan.activities:
        return context.about
    return About(activity_id=context.plan.activities[code].id)


def work_of(answers: Answers, about: About) -> Work:
    """The work as filled in."""
    return Work(
        title=answers["title"],
        due_on=answers["due_on"],
        reason=answers.get("reason"),
        hours=answers.get("hours"),
        about=about,
    )


def values_of(assignment: Assignment) -> dict[str, Value]:
    """The work as it stands, for the form that mends it."""
    work = assignment.work
    values: dict[str, Value] = {"title": work.title, "due_on": work.due_on.isoformat()}
    if work.reason:
        values["reason"] = work.reason
    if work.hours is not None:
        values["hours"] = str(work.hours)
    return values


def check_whole(context: Asking, answers: Answers) -> dict[str, str]:
    """The right to ask, when it depends on the activity; and a choice among nothing."""
    found = {
        name: _("Det finns inget att välja. Välj någon annan att fråga.")
        for name in ("municipality", "network")
        if answers.get(name) == "-"
    }
    if not may_ask(context.person, about_of(context, answers), context.plan, context.need):
        found["activity"] = _("Välj en aktivitet som du ansvarar för.")
    return found
