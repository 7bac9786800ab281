"""The form that registers an application, for an activity that is named or to be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.applications import changing
from bot.applications.application import NAME_LENGTH, Application
from bot.applications.changing import NotYours
from bot.applications.days import read_days
from bot.applications.rights import may_register, may_register_any
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import verb_button
from bot.conversations.applications.fields import (
    check_whole,
    person_value,
    wanted_fields,
    wanted_of,
)
from bot.conversations.applications.refusals import (
    may_not_register,
    no_such_activity,
    not_for_activity,
)
from bot.conversations.applications.telling import (
    receipt,
    registered_news,
    tell_news,
    you_write,
)
from bot.conversations.applications.wording import next_day_word, worth_word
from bot.conversations.filling import open_flow
from bot.conversations.forms import ActivityField, Value
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card, bold, text
from bot.finding import read_code
from bot.language import _, kronor
from bot.people import Person, PersonId
from bot.plan import Activity, Contact, Plan


@dataclass(frozen=True)
class Registering:
    """What the form stands on. `activity` is whose funding it is about, when that is given."""

    plan: Plan
    person: Person
    today: date
    activity: Activity | None = None


async def register(turn: Turn, words: str) -> Replies:
    """`ansökan ny KOM-03 ESF+`: the form, with activity and fund as far as they are named."""
    tokens = words.split()
    code = read_code(tokens[0], turn.plan) if tokens else None
    fund = " ".join(tokens[1:] if code else tokens)
    typed: dict[str, Value] | None = {"fund": shortened(fund, NAME_LENGTH)} if fund else None
    return await open_flow(turn, REGISTER, (code,) if code else (), typed=typed)


class RegisterForm:
    """`ansokan`, or with an activity's code as argument."""

    name = "ansokan"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Registering | NotNow:
        """The activity; refuses whoever may not register an application for it, or for any."""
        today, plan, person = in_stockholm(turn.now).date(), turn.plan, turn.person
        if arguments:
            activity = plan.activities.get(arguments[0])
            if activity is None:
                return NotNow((say(turn, no_such_activity(arguments[0])),))
            if not may_register(person, activity):
                return NotNow((say(turn, not_for_activity(activity)),))
            return Registering(plan, person, today, activity)
        if not may_register_any(person, plan, today):
            return NotNow((say(turn, may_not_register()),))
        return Registering(plan, person, today)

    def first_values(self, context: Registering) -> dict[str, Value]:
        """Whoever registers it writes it, unless somebody else is chosen."""
        person = context.person
        return {"writer": person_value(Contact(person.id, person.name, person.email))}

    def steps(self, context: Registering, values: Mapping[str, Value]) -> list[Step]:
        """All in one step."""
        activity = context.activity
        which = ActivityField(
            name="activity",
            label=_("Vilken aktivitet ska pengarna till?"),
            help=_("Skriv en kod eller ord ur namnet"),
            required=True,
        )
        intro = (text(bold(shortened(activity.name, 400))),) if activity else ()
        return [
            Step(
                name="ansokan",
                title=_("Ny ansökan"),
                fields=(*(() if activity else (which,)), *wanted_fields()),
                submit=_("Spara"),
                intro=intro,
                check=lambda answers: self._check(context, answers),
            )
        ]

    def _check(self, context: Registering, answers: Answers) -> dict[str, str]:
        found = check_whole(answers)
        chosen = context.plan.activities.get(answers.get("activity") or "")
        if chosen is not None and not may_register(context.person, chosen):
            found["activity"] = _("Välj en aktivitet som du ansvarar för.")
        return found

    async def save(self, turn: Turn, context: Registering, answers: Answers) -> Replies:
        """Write it, and tell those whom it concerns."""
        activity = context.activity or turn.plan.activities[answers["activity"]]
        by, days = acting(turn), read_days(answers.get("reports") or "")
        writer = PersonId(answers["writer"])
        try:
            now = await changing.register(
                turn.db, by, turn.plan, activity.id, wanted_of(answers), writer, days
            )
        except NotYours:
            return (say(turn, not_for_activity(activity)),)
        who = turn.person.name
        tell_people(turn, [writer], lambda: you_write(now, who))
        tell_news(turn, now, lambda: registered_news(now, who), but=[writer])
        return (say(turn, registered(now)),)


def registered(application: Application) -> Card:
    """What whoever registered it reads: its number, who writes, and what comes next."""
    said = _("Sparat: {amount} planeras att sökas. {name} skriver ansökan.",
             amount=worth_word(application), name=application.writer.name)  # fmt: skip
    coming = next_day_word(application)
    if coming:
        said += f" {coming[:1].upper()}{coming[1:]}."
    demanded = application.wanted.match_demanded
    if demanded:
        said += " " + _("Finansiären kräver {amount} i medfinansiering.", amount=kronor(demanded))
    buttons = (
        verb_button(_("Skickad"), application, "skickad"),
        verb_button(_("Ändra"), application, "redigera"),
    )
    return receipt(application, said, buttons=buttons)


REGISTER = RegisterForm()
