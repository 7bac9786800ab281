"""An accepted need becomes an activity, or a new focus area, in one action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.clock import in_stockholm
from bot.conversations import activity_card
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.choices import (
    area_options,
    municipalities_in,
    municipality_hint,
    municipality_options,
    network_options,
    organisation_options,
)
from bot.conversations.filling import open_flow
from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    DateField,
    FormField,
    ManyChoiceField,
    Option,
    PersonField,
    TextField,
    Value,
)
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.telling import hearing, raise_need, show_button, tell_people
from bot.conversations.needs.who_may import not_yours
from bot.conversations.needs.withdrawing import not_as_it_is
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, bold, press, quiet, text
from bot.language import _
from bot.needs import making
from bot.needs.changing import NotPossible, NotYours
from bot.needs.making import NameTaken, NewActivity, NoCodeLeft
from bot.needs.need import TITLE_LENGTH, Need
from bot.needs.reading import need_by_id
from bot.needs.rights import records
from bot.needs.stages import Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import Kronor, Plan

NEW, NO_AREA = "ny", "0"


@dataclass(frozen=True)
class About:
    """The accepted need, and what can be chosen for what it becomes."""

    need: Need
    plan: Plan
    today: date


async def become_activity(turn: Turn, need: Need, rest: str) -> Replies:
    """`blir_aktivitet`: the form, begun from the need."""
    return await open_flow(turn, ACTIVITY, (str(need.id),))


async def become_area(turn: Turn, need: Need, rest: str) -> Replies:
    """`blir_omrade`: the form for a new focus area."""
    return await open_flow(turn, AREA, (str(need.id),))


async def _accepted(turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
    need = await asked_need(turn, arguments)
    if isinstance(need, NotNow):
        return need
    if not records(turn.person):
        return NotNow(await not_yours(turn, need, None))
    if need.stage is not Stage.ACCEPTED or need.has_become or not need.is_live:
        return NotNow((say(turn, not_as_it_is(need)),))
    return About(need, turn.plan, in_stockholm(turn.now).date())


class ActivityForm:
    """What the activity begins with; the need's number as argument."""

    name = "behov_aktivitet"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The need; refuses those who do not record, and when it is not accepted."""
        return await _accepted(turn, arguments)

    def first_values(self, context: About) -> dict[str, Value]:
        """What the need says."""
        need, wanted = context.need, context.need.wanted
        places = wanted.municipalities or {each.organisation for each in need.supports}
        values: dict[str, Value] = {
            "title": wanted.title,
            "description": wanted.description,
            "participants": tuple(str(one) for one in sorted(places)),
            "starts_on": context.today.isoformat(),
        }
        if wanted.area_id is not None:
            values["area"] = str(wanted.area_id)
        if wanted.network is not None:
            values["network"] = str(wanted.network)
        if wanted.cost is not None:
            values["budget"] = str(wanted.cost)
        if need.organisation is not None:
            values["coordinator"] = str(need.organisation)
        if wanted.wanted_by is not None and wanted.wanted_by > context.today:
            values["ends_on"] = wanted.wanted_by.isoformat()
        return values

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """What the plan asks of an activity."""

        def check(answers: Answers) -> dict[str, str]:
            if answers.get("area") == NO_AREA:
                return {"area": _("Gör behovet till ett insatsområde i stället.")}
            starts, ends = answers.get("starts_on"), answers.get("ends_on")
            if starts and ends and ends < starts:
                return {"ends_on": _("Slutet ligger före starten. Välj en senare dag.")}
            return {}

        intro = (
            text(bold(shortened(title_of(context.need), 160))),
            quiet(_("Den är föreslagen tills direktionen fastställer en plan där den är med.")),
        )
        return [
            Step(
                name="aktivitet",
                title=_("Gör till aktivitet"),
                fields=tuple(_fields(context, values)),
                submit=_("Skapa"),
                intro=intro,
                check=check,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Make it, and tell those who registered, follow or support the need."""
        try:
            code = await making.make_activity(
                turn.db, acting(turn), context.need, _new(context, answers)
            )
        except NotYours:
            return await not_yours(turn, context.need, None)
        except (NotPossible, NoCodeLeft):
            return (say(turn, not_as_it_is(context.need)),)
        now = await need_by_id(turn.db, context.need.id) or context.need
        title = answers["title"]
        if now.activity_id is not None:
            bodies = [now.wanted.network] if now.wanted.network is not None else []
            turn.outbox.raise_card(activity_card.KIND, now.activity_id, bodies=bodies)
        raise_need(turn, now)
        tell_people(turn, await hearing(turn, now), lambda: became_activity(now, code, title))
        return (say(turn, became_activity(now, code, title, mine=True)),)


def _fields(context: About, values: Mapping[str, Value]) -> list[FormField]:
    plan = context.plan
    area = values.get("area")
    directions = [
        Option(value=str(one.id), label=shortened(one.name, 75))
        for one in plan.directions.values()
        if str(one.area_id) == area
    ]
    directions.append(Option(value=NEW, label=_("En ny aktivitetsinriktning")))
    fields: list[FormField] = [
        TextField(name="title", label=_("Aktivitet"), required=True, max_length=TITLE_LENGTH),
        TextField(name="description", label=_("Beskrivning"), lines=3, max_length=3_000),
        ChoiceField(
            name="area",
            label=_("Insatsområde"),
            required=True,
            options=area_options(plan) or (_no_area(),),
            redraws=True,
        ),
        ChoiceField(
            name="direction",
            label=_("Aktivitetsinriktning"),
            required=True,
            options=tuple(directions[-100:]),
            redraws=True,
        ),
    ]
    if values.get("direction") == NEW:
        fields.append(
            TextField(
                name="new_direction",
                label=_("Den nya inriktningens namn"),
                required=True,
                max_length=100,
            )
        )
    fields.append(PersonField(name="responsible", label=_("Ansvarig"), required=True))
    return [*fields, *_places(plan), *_when_and_money()]


def _no_area() -> Option:
    return Option(value=NO_AREA, label=_("Inget insatsområde finns"))


def _places(plan: Plan) -> list[FormField]:
    fields: list[FormField] = [
        ChoiceField(
            name="coordinator",
            label=_("Samordnas av"),
            help=municipality_hint(plan),
            required=True,
            options=organisation_options(plan, "municipality", "federation"),
        ),
        ManyChoiceField(
            name="participants",
            label=_("Deltagande kommuner"),
            help=municipality_hint(plan),
            required=True,
            options=municipality_options(plan),
        ),
    ]
    if networks := network_options(plan):
        fields.append(ChoiceField(name="network", label=_("Nätverk"), options=networks))
    return fields


def _when_and_money() -> list[FormField]:
    return [
        DateField(name="starts_on", label=_("Start"), required=True),
        DateField(name="ends_on", label=_("Slut"), required=True),
        AmountField(name="budget", label=_("Budget"), required=True),
    ]


def _new(context: About, answers: Answers) -> NewActivity:
    direction, network = answers["direction"], answers.get("network")
    return NewActivity(
        title=answers["title"],
        description=answers.get("description") or "",
        area_id=int(answers["area"]),
        direction_id=None if direction == NEW else int(direction),
        new_direction=answers.get("new_direction"),
        responsible_id=PersonId(answers["responsible"]),
        coordinator=OrganisationId(int(answers["coordinator"])),
        participants=municipalities_in(context.plan, answers["participants"]),
        network=BodyId(int(network)) if network else None,
        starts_on=answers["starts_on"],
        ends_on=answers["ends_on"],
        budget=Kronor(answers["budget"]),
    )


def became_activity(need: Need, code: str, title: str, *, mine: bool = False) -> Card:
    """That the need is an activity now; heard by those who registered, follow or support it."""
    said = _(
        "{need} har blivit aktiviteten {code} {title}.", need=title_of(need), code=code, title=title
    )
    proposed = _("Den är föreslagen tills direktionen fastställer en plan där den är med.")
    follow = "" if mine else _("Du följer aktiviteten och får veta när läget ändras.")
    show = Button(label=_("Visa {code}", code=code), press=press("aktivitet", code))
    buttons = [show, show_button(need)]
    if not mine:
        stop = press("folj", code, "sluta")
        buttons.append(Button(label=_("Sluta följa"), press=stop))
    words = f"{proposed} {follow}".strip()
    return Card(
        summary=f"{said} {words}",
        parts=(text(bold(said)), text(words), Buttons(buttons=tuple(buttons))),
        tone="good",
    )


class AreaForm:
    """The name of the focus area that the need becomes; its number as argument."""

    name = "behov_omrade"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The need; refuses those who do not record, and when it is not accepted."""
        return await _accepted(turn, arguments)

    def first_values(self, context: About) -> dict[str, Value]:
        """Nothing is typed."""
        return {}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """One field; the name is not taken."""
        taken = {name.casefold() for name in context.plan.focus_areas.values()}

        def check(answers: Answers) -> dict[str, str]:
            if str(answers.get("area_name") or "").casefold() in taken:
                return {"area_name": _("Ett insatsområde heter så redan. Välj ett annat namn.")}
            return {}

        field = TextField(
            name="area_name", label=_("Insatsområdets namn"), required=True, max_length=100
        )
        return [
            Step(
                name="omrade",
                title=_("Nytt insatsområde"),
                fields=(field,),
                submit=_("Skapa"),
                intro=(text(bold(shortened(title_of(context.need), 160))),),
                check=check,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Make it, and tell those who registered, follow or support the need."""
        name = answers["area_name"]
        try:
            await making.make_area(turn.db, acting(turn), context.need, name)
        except NotYours:
            return await not_yours(turn, context.need, None)
        except (NotPossible, NameTaken):
            return (say(turn, not_as_it_is(context.need)),)
        now = await need_by_id(turn.db, context.need.id) or context.need
        raise_need(turn, now)
        tell_people(turn, await hearing(turn, now), lambda: became_area(now, name))
        return (say(turn, became_area(now, name)),)


def became_area(need: Need, name: str) -> Card:
    """That the need is a focus area now."""
    said = _("{need} har blivit insatsområdet {name}.", need=title_of(need), name=name)
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="good"
    )


ACTIVITY, AREA = ActivityForm(), AreaForm()
