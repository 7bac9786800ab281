"""The form that starts a priority poll: who votes how about what, and how secret it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from bot.amounts import NotAnAmount, read_amount
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.choices import (
    EVERY,
    chosen_in,
    every_municipality,
    in_fields,
    municipalities,
    municipalities_in,
    one_chosen,
    options,
    spread,
)
from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    DateField,
    FormField,
    ManyChoiceField,
    TextField,
    ToggleField,
    Value,
)
from bot.conversations.forms import Option as FormOption
from bot.conversations.link_field import check_link
from bot.conversations.polls.announcing import announce_opened
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.priority_told import priority_started
from bot.conversations.polls.start_told import may_not_start
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.finding import read_number
from bot.language import _
from bot.needs.need import Need
from bot.needs.reading import Filter, first_needs
from bot.needs.stages import WAY
from bot.people import BodyId, OrganisationId
from bot.plan import Activity, Kronor, Plan
from bot.polls.moments import end_of
from bot.polls.poll import MOST_OPTIONS, Kind, Method, Poll, Secrecy
from bot.polls.reading import voters_of
from bot.polls.rights import bodies_to_ask, may_start
from bot.polls.starting import Asked, Choice, Rules, start_poll
from bot.polls.templates import template

FORM = "omrostning_prio"
OPEN_FOR = timedelta(days=14)
_MOST_NEEDS = 90
_COST = re.compile(r"^(.*?)\s*[–—:-]\s*(\d[^–—:-]*)$")


@dataclass(frozen=True)
class About:
    """What can be chosen among, and the poll, with its municipalities, or template it begins
    from."""

    plan: Plan
    today: date
    needs: tuple[Need, ...]
    bodies: tuple[BodyId, ...]
    copied: Poll | None = None
    places: frozenset[OrganisationId] = frozenset()
    template: Mapping[str, Any] | None = None


class PriorityForm:
    """`omrostning_prio`, with `kopia N` or `mall KEY`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """Open needs to choose among; refuses all but chef and förbundsdirektör."""
        if not may_start(turn.person, Kind.PRIORITY):
            return NotNow((say(turn, await may_not_start(turn)),))
        needs = await first_needs(turn.db, Filter(stages=frozenset(WAY)), most=_MOST_NEEDS)
        about = About(
            turn.plan,
            in_stockholm(turn.now).date(),
            tuple(needs),
            bodies_to_ask(turn.person, turn.plan),
        )
        kind, key = (*arguments, "", "")[:2]
        if kind == "kopia":
            poll = await asked_poll(turn, (key,))
            if not isinstance(poll, Poll):
                return about
            voters = await voters_of(turn.db, poll)
            places = {each.organisation for each in voters if each.organisation is not None}
            return replace(about, copied=poll, places=frozenset(places))
        found = await template(turn.db, read_number(key)) if kind == "mall" else None
        return replace(about, template=found.said if found is not None else None)

    def first_values(self, context: About) -> dict[str, Value]:
        """Two weeks, every municipality, points; or what it begins from."""
        values: dict[str, Value] = {
            "voters": "municipality",
            "municipalities": (EVERY,),
            "method": Method.POINTS.value,
            "points": "10",
            "seats": "1",
            "secrecy": Secrecy.OPEN.value,
            "closes_on": (context.today + OPEN_FOR).isoformat(),
        }
        if context.copied is not None:
            values |= _of_poll(context.copied) | _places(context)
        for name, value in (context.template or {}).items():
            typed = tuple(cast("list[str]", value)) if isinstance(value, list) else value
            values[name] = typed
        return values | _still_there(context, values)

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """What is asked and how, of whom, and what there is to choose."""
        title = _("Prioritering")
        budget = values.get("method") == Method.BUDGET.value
        return [
            Step("fraga", title, tuple(_question(values)), _("Vidare"), check=_check_how),
            Step("vilka", title, tuple(_who(context, values)), _("Vidare"), check=_check_who),
            Step(
                "alternativ",
                title,
                tuple(_choices(context, budget=budget)),
                _("Starta"),
                check=lambda answers: _check_choices(context, answers, budget=budget),
            ),
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Start it."""
        method = Method(answers["method"])
        by_person = answers["voters"] == "person"
        chosen = chosen_in("municipalities", answers) or (EVERY,)
        rules = Rules(
            Kind.PRIORITY,
            method,
            voters="person" if by_person else "municipality",
            municipalities=municipalities_in(context.plan, chosen),
            seats=answers.get("seats") or 1,
            points=answers.get("points") if method is Method.POINTS else None,
            money=Kronor(answers["money"]) if method is Method.BUDGET else None,
            quorum=answers.get("quorum"),
            may_add=bool(answers.get("may_add")) and answers["secrecy"] != Secrecy.ALWAYS.value,
        )
        asked = Asked(
            title=answers["title"],
            closes_at=end_of(answers["closes_on"]),
            description=answers.get("description"),
            link=answers.get("link"),
            body=BodyId(int(answers["body"])) if by_person else None,
            secrecy=Secrecy(answers["secrecy"]),
        )
        choices = choices_of(context, answers, budget=method is Method.BUDGET)
        poll = await start_poll(turn.db, acting(turn), asked, rules, choices, turn_key=turn.key)
        await announce_opened(turn.db, turn.plan, turn.outbox, poll, turn.now, but=turn.person.id)
        return (say(turn, priority_started(poll, turn.plan)),)


FLOW = PriorityForm()


def _of_poll(poll: Poll) -> dict[str, Value]:
    own = [each for each in poll.options if each.need_id is None and each.activity_id is None]
    costs = [f" - {each.cost}" if each.cost is not None else "" for each in own]
    return {
        "title": poll.title,
        "description": poll.description or "",
        "link": poll.link or "",
        "voters": poll.voters,
        "method": poll.method.value,
        "points": str(poll.points or 10),
        "money": str(poll.money or ""),
        "seats": str(poll.seats),
        "quorum": str(poll.quorum or ""),
        "secrecy": poll.secrecy.value,
        "may_add": poll.may_add,
        "body": str(poll.body or ""),
        "needs": tuple(str(e.need_id) for e in poll.options if e.need_id is not None),
        "activities": tuple(str(e.activity_id) for e in poll.options if e.activity_id is not None),
        "own": "\n".join(f"{e.label}{cost}" for e, cost in zip(own, costs, strict=True)),
    }


def _places(context: About) -> dict[str, Value]:
    """The municipalities that take part in the copied one; as all when they are."""
    if not context.places or context.places >= municipalities(context.plan):
        return {}
    places = {str(one) for one in context.places}
    return spread("municipalities", every_municipality(context.plan), places)


def _still_there(context: About, values: Mapping[str, Value]) -> dict[str, Value]:
    """Chosen needs and activities that can be chosen now; others are over since."""
    known = {
        "needs": {str(each.id) for each in context.needs},
        "activities": {str(each.id) for each in _running(context.plan)},
    }
    chosen = {name: cast("tuple[str, ...]", values.get(name) or ()) for name in known}
    return {name: tuple(one for one in chosen[name] if one in known[name]) for name in known}


def _running(plan: Plan) -> list[Activity]:
    """Activities that can be chosen."""
    return [each for each in plan.activities.values() if each.ended_on is None][:95]


def _question(values: Mapping[str, Value]) -> list[FormField]:
    method = values.get("method")
    fields: list[FormField] = [
        TextField(name="title", label=_("Vad ska prioriteras?"), required=True, max_length=150),
        TextField(name="description", label=_("Beskrivning"), lines=3, max_length=3_000),
        TextField(name="link", label=_("Länk till underlag"), max_length=2_000),
        ChoiceField(
            name="method",
            label=_("Hur röstar man?"),
            required=True,
            redraws=True,
            options=(
                FormOption(value="points", label=_("Fördelar poäng")),
                FormOption(value="score", label=_("Sätter betyg 0 till 5")),
                FormOption(value="ranking", label=_("Rangordnar")),
                FormOption(value="budget", label=_("Väljer förslag som en summa ska räcka till")),
            ),
        ),
    ]
    if method == Method.POINTS.value:
        fields.append(_number("points", _("Poäng per röst"), most=1_000, required=True))
    if method == Method.BUDGET.value:
        fields.append(
            AmountField(name="money", label=_("Summa att fördela"), required=True, least=1,
                        help=_("Till exempel 500 000"), most=999_999_999_999)
        )  # fmt: skip
    else:
        fields.append(_number("seats", _("Hur många ska väljas?"), most=MOST_OPTIONS))
    fields.append(_secrecy())
    return fields


def _number(name: str, label: str, *, most: int, required: bool = False) -> AmountField:
    help = _("Ett heltal")
    return AmountField(
        name=name, label=label, help=help, required=required, unit="", least=1, most=most
    )


def _secrecy() -> ChoiceField:
    return ChoiceField(
        name="secrecy",
        label=_("Vem får se rösterna?"),
        help=_("Kan inte ändras sedan. Hemliga röster är slutgiltiga, och under fem visas inget."),
        required=True,
        options=(
            FormOption(value="open", label=_("Öppet hela tiden")),
            FormOption(value="until_closing", label=_("Hemligt tills den stängs")),
            FormOption(value="always", label=_("Hemligt också efteråt")),
        ),
    )


def _who(context: About, values: Mapping[str, Value]) -> list[FormField]:
    fields: list[FormField] = [
        ChoiceField(
            name="voters",
            label=_("Vilka röstar?"),
            required=True,
            redraws=True,
            options=(
                FormOption(value="municipality", label=_("Kommunerna, en röst var")),
                FormOption(value="person", label=_("Medlemmarna i ett nätverk eller organ")),
            ),
        )
    ]
    if values.get("voters") == "person":
        named = ((one, context.plan.bodies[one].name) for one in context.bodies)
        fields.append(
            ChoiceField(name="body", label=_("Nätverk eller organ"), required=True,
                        options=options(named))
        )  # fmt: skip
    else:
        every = every_municipality(context.plan)
        fields += in_fields("municipalities", _("Kommuner"), every, required=True)
    fields += [
        DateField(name="closes_on", label=_("Svara senast"), required=True,
                  earliest=context.today),
        _number("quorum", _("Minsta antal som måste rösta"), most=100_000),
    ]  # fmt: skip
    if values.get("secrecy") != Secrecy.ALWAYS.value:
        fields.append(
            ToggleField(name="may_add", label=_("De som röstar får lägga till alternativ"))
        )
    return fields


def _choices(context: About, *, budget: bool) -> list[FormField]:
    fields: list[FormField] = []
    if context.needs:
        named = ((each.id, f"{each.id} {each.title}") for each in context.needs)
        fields.append(ManyChoiceField(name="needs", label=_("Behov"), options=options(named)))
    running = _running(context.plan)
    if running:
        named = ((each.id, each.name) for each in running)
        fields.append(
            ManyChoiceField(name="activities", label=_("Aktiviteter"), options=options(named))
        )
    help = (
        _("En per rad, med kostnaden sist: Gemensam busslinje - 250 000")
        if budget
        else _("En per rad")
    )
    fields.append(
        TextField(name="own", label=_("Egna alternativ"), help=help, lines=5, max_length=3_000)
    )
    return fields


def _check_how(answers: Answers) -> dict[str, str]:
    return check_link(answers)


def _check_who(answers: Answers) -> dict[str, str]:
    return one_chosen("municipalities", answers)


def _check_choices(context: About, answers: Answers, *, budget: bool) -> dict[str, str]:
    choices = choices_of(context, answers, budget=budget)
    labels = [each.label.casefold() for each in choices]
    if len(choices) < 2:
        return {"own": _("Det måste finnas minst två alternativ.")}
    if len(choices) > MOST_OPTIONS:
        return {"own": _("Högst {most} alternativ.", most=MOST_OPTIONS)}
    if len(set(labels)) < len(labels):
        return {"own": _("Två alternativ heter likadant.")}
    lacking = [each for each in choices if each.cost is None] if budget else []
    own = [each.label for each in lacking if each.need_id is None and each.activity_id is None]
    if own:
        names = shortened(", ".join(own), 200)
        return {"own": _("Skriv vad det kostar, sist på raden: {names}.", names=names)}
    if lacking:
        names = shortened(", ".join(each.label for each in lacking), 200)
        return {
            "own": _(
                "Ingen summa är känd att söka för {names}. Välj bort det ovanför, och skriv det "
                "här i stället med summan sist på raden.",
                names=names,
            )
        }
    return {}


def choices_of(context: About, answers: Answers, *, budget: bool) -> list[Choice]:
    """Needs, activities and own lines that are chosen, with costs when a sum is spread."""
    needs = {str(each.id): each for each in context.needs}
    found = [
        Choice(shortened(_("Behov {number}: {title}", number=n.id, title=n.title), 150),
               need_id=n.id, cost=n.wanted.cost if budget and n.wanted.cost else None)
        for n in (needs[one] for one in answers.get("needs") or () if one in needs)
    ]  # fmt: skip
    chosen = {int(one) for one in answers.get("activities") or ()}
    for activity in context.plan.activities.values():
        if activity.id in chosen:
            cost = activity.lacking if budget and activity.lacking else None
            label = shortened(activity.name, 150)
            found.append(Choice(label, activity_id=activity.id, cost=cost))
    lines: Sequence[str] = str(answers.get("own") or "").splitlines()
    found += [_own(each, budget=budget) for each in lines if each.strip()]
    return found


def _own(line: str, *, budget: bool) -> Choice:
    words = line.strip()
    match = _COST.match(words) if budget else None
    if match is None:
        return Choice(shortened(words, 150))
    try:
        cost = read_amount(match[2])
    except NotAnAmount:
        return Choice(shortened(words, 150))
    return Choice(shortened(match[1].strip(), 150), cost=Kronor(cost) if cost > 0 else None)
