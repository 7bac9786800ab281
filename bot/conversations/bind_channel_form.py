"""The form that binds a channel: everything to choose from, what is bound now ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.bindings import bound_name, bound_names, in_order
from bot.conversations.activity_card import shortened
from bot.conversations.binding import FORM, change, key_of, may_bind, not_allowed, told
from bot.conversations.forms import ChoiceField, ManyChoiceField, Option, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, Part, press, quiet, text
from bot.finding import read_number
from bot.language import _, ngettext
from storage.queries import bindings as queries
from storage.queries.bindings import Channel
from storage.queries.places import Bound, bound_to

MOST_OPTIONS = 100


@dataclass(frozen=True)
class About:
    """The channel, all that it can be bound to, what it is bound to, and what of that stays."""

    channel: Channel
    bindable: tuple[Bound, ...]
    bound: frozenset[Bound]
    kept: tuple[Bound, ...]

    def offered(self) -> list[Bound]:
        """What there is to choose, what is bound now first where there is too much."""
        free = self._free()
        if len(free) > MOST_OPTIONS:
            free.sort(key=lambda each: each not in self.bound)
        return free[:MOST_OPTIONS]

    def could_be_bound(self) -> int:
        """How much there would be to choose, had it room."""
        return len(self._free())

    def _free(self) -> list[Bound]:
        return [each for each in in_order(self.bindable) if each not in self.kept]


async def about_channel(turn: Turn, channel: Channel) -> About:
    """All that is known of a channel's bindings."""
    db = turn.db
    bound = await bound_to(db, [channel.id])
    kept = await queries.kept_bindings(db, channel.id)
    return About(
        channel=channel,
        bindable=tuple(await queries.bindable(db)),
        bound=frozenset(bound),
        kept=tuple(each for each in bound if (each.to, each.id) in kept),
    )


class BindChannel:
    """What comes to a channel, and its language. Argument: the channel's key."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The channel; refuses whoever may not bind it."""
        if not may_bind(turn.person):
            return NotNow(await not_allowed(turn))
        channel = await queries.open_channel(turn.db, read_number((*arguments, "")[0]))
        if channel is None:
            return NotNow((say(turn, no_channel()),))
        return await about_channel(turn, channel)

    def first_values(self, context: About) -> dict[str, Value]:
        """What is bound now, and the language now."""
        ticked = [key_of(each) for each in context.offered() if each in context.bound]
        return {"bound": tuple(ticked), "language": context.channel.language}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """One step: bodies, networks and posts, and the language."""
        return [binding_step(context)]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Bind what is newly chosen, let go of what is no longer."""
        chosen: Sequence[str] = answers["bound"]
        wanted = {each for each in context.offered() if key_of(each) in chosen}
        offered = set(context.offered())
        changed = await change(
            turn,
            context.channel,
            add=in_order(wanted - context.bound),
            remove=in_order((context.bound & offered) - wanted),
            language=answers["language"],
        )
        title = _("Sparat") if changed.anything else _("Allt är som förut")
        return await told(turn, changed, title)


def binding_step(context: About) -> Step:
    """The form's only step."""
    name = context.channel.name
    intro: list[Part] = [text(_("Vad ska komma till kanalen {name}?", name=name))]
    if context.kept:
        kept = bound_names(context.kept)
        intro.append(quiet(_("Den hör alltid till {names}.", names=kept)))
    offered = context.offered()
    gives = _("Nätverk ger aktiviteternas läge, styrgruppen och chefen ger veckobreven.")
    fields = (
        ManyChoiceField(
            name="bound",
            label=_("Kopplad till"),
            help=" ".join((gives, *_left_out(context.could_be_bound() - len(offered)))),
            options=tuple(_option(each) for each in offered),
        ),
        ChoiceField(
            name="language",
            label=_("Kanalens språk"),
            required=True,
            options=(Option(value="sv", label="svenska"), Option(value="en", label="English")),
        ),
    )
    return Step(
        name="koppla",
        title=_("Koppla kanalen"),
        fields=fields,
        submit=_("Spara"),
        intro=tuple(intro),
    )


def _left_out(n: int) -> tuple[str, ...]:
    """How what has no room in the field is bound, where there is such a thing."""
    if not n:
        return ()
    said = ngettext(
        "{n} till får inte plats här: skriv @samspel koppla och namnet i kanalen.",
        "{n} till får inte plats här: skriv @samspel koppla och namnet i kanalen.",
        n,
    )
    return (said,)


def _option(bound: Bound) -> Option:
    label = bound_name(bound)
    return Option(value=key_of(bound), label=shortened(label[:1].upper() + label[1:], 75))


def no_channel() -> Card:
    """Said of a channel that is gone, or that was never one."""
    said = _("Den kanalen finns inte längre, eller så är Samspel inte med i den.")
    shown = Button(label=_("Visa kopplade kanaler"), press=press("koppla", "visa"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(shown,))), tone="warning")
