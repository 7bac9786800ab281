"""Needs that are the same made one, taken apart again, and one that is two made two."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import AmountField, ChoiceField, FormField, Option, TextField, Value
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.registering import look_up
from bot.conversations.needs.telling import (
    having,
    hearing,
    raise_need,
    show_button,
    tell_people,
    tell_registered,
)
from bot.conversations.needs.withdrawing import not_as_it_is
from bot.conversations.needs.wording import capital, need_name
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, bold, press, quiet, text
from bot.language import _, ngettext
from bot.needs import merging
from bot.needs.changing import NotPossible, NotYours
from bot.needs.need import TEXT_LENGTH, TITLE_LENGTH, Need, Wanted
from bot.needs.reading import need_by_id
from bot.needs.rights import may_merge, may_merge_into
from bot.needs.similarity import similar_needs

OTHER = "annat"


@dataclass(frozen=True)
class Pair:
    """A need, and others that it may be the same as."""

    need: Need
    alike: tuple[Need, ...]


async def merge(turn: Turn, need: Need, rest: str) -> Replies:
    """Merge it into the one whose number is given, or ask which."""
    number = rest.split()[-1].lstrip("#") if rest.split() else ""
    if not number.isdecimal():
        return await open_flow(turn, MERGE, (str(need.id),))
    into = await asked_need(turn, (number,))
    return into.replies if isinstance(into, NotNow) else await _merge(turn, need, into)


async def _merge(turn: Turn, need: Need, into: Need) -> Replies:
    try:
        target = await merging.merge(turn.db, acting(turn), need, into)
    except NotYours:
        may_alone = may_merge(turn.person, need)
        return (say(turn, prepares_not_both(into) if may_alone else who_may_merge(need)),)
    except merging.ComeLessFar as error:
        return (say(turn, come_less_far(need, error.need)),)
    except NotPossible as error:
        return (say(turn, not_as_it_is(error.need)),)
    merged = await need_by_id(turn.db, need.id) or need
    raise_need(turn, merged)
    raise_need(turn, target)
    who = turn.person.name
    told = await hearing(turn, merged) | await having(turn, merged)
    others = await hearing(turn, target) | await having(turn, target)
    tell_people(turn, told, lambda: merged_news(merged, target, who))
    tell_people(turn, others - told, lambda: merged_here_news(merged, target, who))
    return (say(turn, merged_into(merged, target)),)


async def take_apart(turn: Turn, need: Need, rest: str) -> Replies:
    """Take a merged need out again."""
    before = await need_by_id(turn.db, need.merged_into) if need.merged_into else None
    try:
        now = await merging.part(turn.db, acting(turn), need)
    except NotYours:
        return (say(turn, who_may_merge(need)),)
    except NotPossible as error:
        return (say(turn, not_as_it_is(error.need)),)
    raise_need(turn, now)
    if before is not None:
        raise_need(turn, before)
    who = turn.person.name
    told = await hearing(turn, now) | await having(turn, now)
    if before is not None:
        told |= await hearing(turn, before) | await having(turn, before)
    tell_people(turn, told, lambda: apart_news(now, who))
    return (say(turn, apart(now)),)


async def split(turn: Turn, need: Need, rest: str) -> Replies:
    """Ask what the other need is."""
    return await open_flow(turn, SPLIT, (str(need.id),))


class MergeForm:
    """Which need it is the same as; its number as argument."""

    name = "behov_sla_ihop"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Pair | NotNow:
        """The need and others like it; refuses whoever may not."""
        need = await asked_need(turn, arguments)
        if isinstance(need, NotNow):
            return need
        if not may_merge(turn.person, need):
            return NotNow((say(turn, who_may_merge(need)),))
        if not need.is_live:
            return NotNow((say(turn, not_as_it_is(need)),))
        found = await similar_needs(turn.db, need.title, need.wanted.description, but=need.id)
        alike = await look_up(turn, found)
        return Pair(need, tuple(o for o in alike if may_merge_into(turn.person, need, o)))

    def first_values(self, context: Pair) -> dict[str, Value]:
        """The likeliest."""
        return {"into": str(context.alike[0].id) if context.alike else OTHER}

    def steps(self, context: Pair, values: Mapping[str, Value]) -> list[Step]:
        """One of those that are like it, or another number."""
        options = [
            Option(value=str(each.id), label=shortened(title_of(each), 75))
            for each in context.alike
        ]
        options.append(Option(value=OTHER, label=_("Ett annat behov")))
        fields: list[FormField] = [
            ChoiceField(
                name="into",
                label=_("Vilket behov är det samma som?"),
                required=True,
                options=tuple(options),
                redraws=True,
            )
        ]
        if values.get("into") == OTHER:
            fields.append(
                AmountField(
                    name="number",
                    label=_("Behovets nummer"),
                    unit=_("nr"),
                    least=1,
                    required=True,
                )
            )
        intro = (
            text(bold(title_of(context.need))),
            quiet(_("Stöd, kommentarer och historik syns sedan hos det andra behovet.")),
        )
        return [
            Step(
                name="sla_ihop",
                title=_("Slå ihop"),
                fields=tuple(fields),
                submit=_("Slå ihop"),
                intro=intro,
            )
        ]

    async def save(self, turn: Turn, context: Pair, answers: Answers) -> Replies:
        """Merge them."""
        chosen = answers["into"]
        number = str(answers.get("number") or "") if chosen == OTHER else chosen
        into = await asked_need(turn, (number,))
        return into.replies if isinstance(into, NotNow) else await _merge(turn, context.need, into)


class SplitForm:
    """What the other of two needs is; the number of the first as argument."""

    name = "behov_dela"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Need | NotNow:
        """The need; refuses whoever may not."""
        need = await asked_need(turn, arguments)
        if isinstance(need, Need) and not may_merge(turn.person, need):
            return NotNow((say(turn, who_may_merge(need)),))
        if isinstance(need, Need) and not need.is_live:
            return NotNow((say(turn, not_as_it_is(need)),))
        return need

    def first_values(self, context: Need) -> dict[str, Value]:
        """Nothing is typed."""
        return {}

    def steps(self, context: Need, values: Mapping[str, Value]) -> list[Step]:
        """Title and what is needed."""
        fields = (
            TextField(
                name="title",
                label=_("Rubrik för det nya behovet"),
                required=True,
                max_length=TITLE_LENGTH,
            ),
            TextField(
                name="description",
                label=_("Vad behövs?"),
                required=True,
                lines=4,
                max_length=TEXT_LENGTH,
            ),
        )
        intro = (
            text(bold(title_of(context))),
            quiet(_("Det nya behovet får samma stöd och samma följare.")),
        )
        return [
            Step(name="dela", title=_("Dela behovet"), fields=fields, submit=_("Dela"), intro=intro)
        ]

    async def save(self, turn: Turn, context: Need, answers: Answers) -> Replies:
        """Make it a need of its own."""
        kept = context.wanted
        wanted = Wanted(
            title=answers["title"],
            description=answers["description"],
            area_id=kept.area_id,
            municipalities=kept.municipalities,
            wanted_by=kept.wanted_by,
            network=kept.network,
        )
        try:
            new = await merging.split(turn.db, acting(turn), context, wanted)
        except NotYours:
            return (say(turn, who_may_merge(context)),)
        except NotPossible as error:
            return (say(turn, not_as_it_is(error.need)),)
        raise_need(turn, context)
        await tell_registered(turn, new)
        told = await hearing(turn, new) | {context.registered_by.id}
        tell_people(turn, told, lambda: split_off(context, new))
        return (say(turn, split_off(context, new)),)


def who_may_merge(need: Need) -> Card:
    """Who may merge and split needs."""
    said = _(
        "Behov slås ihop, tas isär och delas av handläggaren, chefen, förbundsdirektören och "
        "förbundets medarbetare. Kommentera {name} om du ser att det är samma som ett annat.",
        name=need_name(need.id),
    )
    comment = Button(label=_("Kommentera"), press=press("behov", need.id, "kommentera"))
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(comment, show_button(need)))),
        tone="warning",
    )


def prepares_not_both(other: Need) -> Card:
    """Whom whoever prepares only one of two may turn to."""
    said = _(
        "Du bereder inte {other}. Be chefen, förbundsdirektören eller någon av förbundets "
        "medarbetare att slå ihop dem.",
        other=title_of(other),
    )
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(other),))), tone="warning"
    )


def come_less_far(need: Need, target: Need) -> Card:
    """That the other has come less far, with the merge the other way."""
    said = _(
        "{other} har inte kommit lika långt som {name}. Slå ihop åt andra hållet, så behåller "
        "behovet sin plats på vägen.",
        other=title_of(target),
        name=need_name(need.id),
    )
    turned = Button(
        label=_("Slå ihop åt andra hållet"),
        press=press("behov", target.id, "sla_ihop", need.id),
    )
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(turned, show_button(target)))),
        tone="warning",
    )


def merged_into(need: Need, target: Need) -> Card:
    """The receipt for a merge, with the way back."""
    said = _(
        "{name} är ihopslaget med {title}", name=capital(need_name(need.id)), title=title_of(target)
    )
    count = ngettext("{n} kommun stöttar det.", "{n} kommuner stöttar det.", len(target.supports))
    undo = Button(label=_("Ta isär"), press=press("behov", need.id, "ta_isar"))
    return Card(
        summary=f"{said}. {count}",
        parts=(text(bold(said)), text(count), Buttons(buttons=(show_button(target), undo))),
        tone="good",
    )


def merged_news(need: Need, target: Need, who: str) -> Card:
    """What those hear who registered, follow or support the one that was merged."""
    said = _(
        "{who} har slagit ihop {name} med {title}, som liknar det. Ditt stöd följer med.",
        who=who,
        name=need_name(need.id),
        title=title_of(target),
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(target),))))


def merged_here_news(need: Need, target: Need, who: str) -> Card:
    """What those hear who registered, follow, support or have the one that it was merged into."""
    said = _(
        "{who} har slagit ihop {other} med {name}, som det liknar.",
        who=who,
        other=title_of(need),
        name=need_name(target.id),
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(target),))))


def apart(need: Need) -> Card:
    """That it goes its own way again."""
    said = _("{title} går sin egen väg igen.", title=title_of(need))
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="good"
    )


def apart_news(need: Need, who: str) -> Card:
    """What those hear who listen to it, and to the one that it was merged into."""
    said = _(
        "{who} har tagit isär {title}: det går sin egen väg igen.", who=who, title=title_of(need)
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))))


def split_off(need: Need, new: Need) -> Card:
    """That a part has become a need of its own."""
    said = _("{title} har delats från {name}.", title=title_of(new), name=need_name(need.id))
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(new), show_button(need))))
    )


MERGE, SPLIT = MergeForm(), SplitForm()
