"""`rosta 7 tänk om Gullspång avstår`: shares counted anew beside what is answered; nothing is
changed, and it can be kept as a scenario."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.choices import all_options, chosen_in, in_fields, spread
from bot.conversations.filling import open_flow
from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    FormField,
    Option,
    TextField,
    Value,
)
from bot.conversations.polls.buttons import page_button, show_button, verb_button
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.refusals import Refused, attempt, refused
from bot.conversations.polls.supposed_press import read_words, supposed_press, values_of
from bot.conversations.polls.wording import amount_or_word, key_word, short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.understanding import here
from bot.conversations.views import Button as ViewButton
from bot.conversations.views import Buttons, Card, Part, Table, bold, press, quiet, text
from bot.finding import likeliest, read_number
from bot.language import _, kronor, number
from bot.needs.rights import municipalities_of, records
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls import scenarios
from bot.polls.co_financing import CoFinancing, Compared, Supposed, hidden, what_if
from bot.polls.cost_sharing import CannotShare, Key, SharingKey
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of
from bot.polls.reading_supposed import read_supposed, unknown_name
from bot.polls.scenarios import Scenario

FORM = "omrostning_tank"
MOST_ROWS = 95
TITLE_LENGTH = 150


@dataclass(frozen=True)
class About:
    """The poll as the person may see it, whether they can keep a scenario, and what the form
    begins with."""

    asked: CoFinancing
    keeps: bool
    begun: Supposed = field(default_factory=Supposed)


class WhatIfForm:
    """`omrostning_tank NUMBER`, with what is supposed as `supposed_press` writes it; with a name
    given, the what-if is kept."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The poll; everybody may look."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if poll.kind is not Kind.CO_FINANCING:
            only = _("Tänk om går bara för medfinansiering.")
            return NotNow((say(turn, refused(poll, only)),))
        begun = read_words(arguments[1:])
        return About(await _as_seen(turn, poll), records(turn.person), begun)

    def first_values(self, context: About) -> dict[str, Value]:
        """What was supposed already; else all as it is."""
        chosen = {str(one) for one in context.begun.without}
        return {**spread("without", _places(context), chosen), **values_of(context.begun)}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        return [
            Step(
                name="tank",
                title=_("Tänk om"),
                fields=tuple(_fields(context, values)),
                submit=_("Räkna"),
                intro=(quiet(_("Omröstningen ändras inte. Lämna tomt det som är som det är.")),),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Count, and keep it where it is given a name."""
        supposed = _supposed(answers)
        name = answers.get("name")
        if not name:
            return (here(turn, counted(context, supposed)),)
        poll = context.asked.poll
        done = await attempt(
            turn,
            poll,
            lambda: scenarios.keep(turn.db, acting(turn), poll, name, supposed),
            "recorder",
        )
        if isinstance(done, Refused):
            return done.replies
        return (say(turn, counted(context, supposed, kept=name)),)


FLOW = WhatIfForm()


def _places(context: About) -> tuple[Option, ...]:
    return all_options((each.municipality, each.name) for each in context.asked.places)


def _fields(context: About, values: Mapping[str, Value]) -> list[FormField]:
    places = _places(context)
    fields: list[FormField] = [
        *in_fields("without", _("Kommuner som avstår"), places),
        AmountField(name="asked", label=_("En annan summa"), least=1, most=999_999_999_999,
                    help=_("Till exempel 800 000")),
        ChoiceField(
            name="sharing_key",
            label=_("En annan fördelningsnyckel"),
            redraws=True,
            options=(
                Option(value="same", label=_("Samma som nu")),
                Option(value="per_inhabitant", label=_("Per invånare")),
                Option(value="equal", label=_("Lika delar")),
                Option(value="mixed", label=_("En del lika, resten per invånare")),
            ),
        ),
    ]  # fmt: skip
    if values.get("sharing_key") == "mixed":
        fields.append(
            AmountField(name="equal_percent", label=_("Hur stor del delas lika?"), unit="%",
                        required=True, most=100)
        )  # fmt: skip
    if context.keeps:
        fields.append(
            TextField(name="name", label=_("Spara som scenario"), max_length=TITLE_LENGTH,
                      help=_("Skriv ett namn, eller lämna tomt för att bara räkna"))
        )  # fmt: skip
    return fields


def _supposed(answers: Answers) -> Supposed:
    kind = answers.get("sharing_key")
    key = None
    if kind not in (None, "same"):
        key = Key(SharingKey(kind), answers.get("equal_percent") if kind == "mixed" else None)
    asked = answers.get("asked")
    return Supposed(
        frozenset(OrganisationId(int(one)) for one in chosen_in("without", answers)),
        Kronor(asked) if asked else None,
        key,
    )


async def suppose(turn: Turn, poll: Poll, rest: str) -> Replies:
    """What the words suppose, counted; the form where they suppose nothing."""
    context = await FLOW.prepare(turn, (str(poll.id),))
    if isinstance(context, NotNow):
        return context.replies
    names = {each.municipality: each.name for each in context.asked.places}
    if unknown := unknown_name(rest, names.values()):
        return (say(turn, refused(poll, no_such_name(unknown, names.values()), rest)),)
    supposed = read_supposed(rest, names)
    if supposed is None:
        return await open_flow(turn, FLOW, (str(poll.id),))
    return (here(turn, counted(context, supposed)),)


def no_such_name(words: str, names: Iterable[str]) -> str:
    """That no municipality of the poll is called so, and which one may be meant."""
    words = shortened(words, 60)
    said = _("Ingen kommun i omröstningen heter ”{words}”.", words=words)
    near = likeliest(words, names)
    return f"{said} " + _("Menade du {names}?", names=near) if near is not None else said


async def show_scenarios(turn: Turn, poll: Poll, rest: str) -> Replies:
    """The scenarios that are kept; with a number, that one counted on what is answered now."""
    context = await FLOW.prepare(turn, (str(poll.id),))
    if isinstance(context, NotNow):
        return context.replies
    kept = await scenarios.scenarios_of(turn.db, poll)
    chosen = next((each for each in kept if each.id == read_number(rest)), None)
    if chosen is not None:
        return (here(turn, counted(context, chosen.supposed, kept=chosen.name)),)
    return (here(turn, scenario_list(poll, kept)),)


async def _as_seen(turn: Turn, poll: Poll) -> CoFinancing:
    own = municipalities_of(turn.person, turn.plan)
    return hidden(await co_financing_of(turn.db, poll), but=own)


def counted(context: About, supposed: Supposed, kept: str | None = None) -> Card:
    """The shares as supposed, beside those proposed and what is answered."""
    asked = context.asked
    poll = asked.poll
    try:
        found = what_if(asked, supposed)
    except CannotShare:
        return refused(poll, _("Det går inte att fördela: minst en kommun måste vara kvar."))
    first = _("Om {supposed}", supposed=supposed_words(asked, supposed))
    total = Kronor(sum(each.share for each in found))
    rows = tuple(_row(each) for each in found[:MOST_ROWS])
    columns = (_("Kommun"), _("Föreslås nu"), _("Skulle bli"), _("Skillnad"), _("Har svarat"))
    table = Table(caption=first[:150], columns=columns, rows=rows, numeric=(1, 2, 3))
    parts: list[Part] = [text(bold(f"{first}:")), table]
    parts.append(
        text(_("Tillsammans {sum} av {count} kommuner.", sum=kronor(total), count=len(found)))
    )
    more = [each for each in found if each.falls_short]
    if more:
        names = ", ".join(each.place.name for each in more)
        parts.append(text(_("Skulle behöva lova mer än de har svarat: {names}.",
                            names=shortened(names, 600))))  # fmt: skip
    if kept is not None:
        parts.append(quiet(_("Sparat som scenariot ”{name}”.", name=kept)))
    parts.append(quiet(_("Omröstningen är inte ändrad.")))
    kept_ones = verb_button(_("Scenarier"), poll, "scenarier")
    keep = _keep_button(poll, supposed)
    parts.append(Buttons(buttons=(keep, kept_ones, show_button(poll), page_button(poll))))
    said = told(poll, f"{first}: {kronor(total)}.")
    return Card(title=short_title(poll), summary=said, parts=tuple(parts))


def _keep_button(poll: Poll, supposed: Supposed) -> ViewButton:
    """The form with what is supposed filled in; an empty one, and called so, when that is more
    than a button holds."""
    filled = supposed_press(FORM, poll.id, supposed)
    if filled is None:
        return ViewButton(label=_("Nytt scenario"), press=press("formular", FORM, poll.id))
    return ViewButton(label=_("Spara eller ändra"), press=filled)


def _row(each: Compared) -> tuple[str, ...]:
    sign = "+" if each.more > 0 else ""
    answer = each.place.answer
    return (
        each.place.name,
        kronor(each.place.share),
        kronor(each.share),
        f"{sign}{number(each.more)}",
        amount_or_word(answer.said) if answer is not None else "–",
    )


def supposed_words(asked: CoFinancing, supposed: Supposed) -> str:
    """What is supposed, within a sentence."""
    said: list[str] = []
    if supposed.without:
        names = [e.name for e in asked.places if e.municipality in supposed.without]
        said.append(_("{names} avstår", names=", ".join(names)))
    if supposed.asked is not None:
        said.append(_("summan är {sum}", sum=kronor(supposed.asked)))
    if supposed.key is not None:
        said.append(_("fördelningen är {key}", key=key_word(supposed.key)))
    return _(" och ").join(said) or _("allt är som nu")


def scenario_list(poll: Poll, kept: Sequence[Scenario]) -> Card:
    """The scenarios, with a button each."""
    new = ViewButton(label=_("Nytt scenario"), press=press("formular", FORM, poll.id))
    if not kept:
        said = _("Inga scenarier är sparade.")
        return Card(
            title=short_title(poll),
            summary=told(poll, said),
            parts=(text(said), Buttons(buttons=(new, show_button(poll)))),
        )
    parts: list[Part] = [quiet(f"{each.name}, {each.made_by}") for each in kept[-10:]]
    found = [
        verb_button(shortened(each.name, 30), poll, "scenarier", each.id) for each in kept[-10:]
    ]
    parts.append(Buttons(buttons=tuple(found[:5]), overflow=tuple(found[5:])))
    parts.append(Buttons(buttons=(new, show_button(poll))))
    names = ", ".join(each.name for each in kept)
    return Card(
        title=short_title(poll),
        summary=shortened(told(poll, names), 600),
        parts=tuple(parts),
    )
