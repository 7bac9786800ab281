"""The form for a need: a new one, one begun from a line or a message, or one to edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.choices import (
    EVERY,
    area_options,
    municipalities,
    municipalities_in,
    municipality_hint,
    municipality_options,
    network_options,
)
from bot.conversations.filling import open_flow
from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    DateField,
    FormField,
    ManyChoiceField,
    Option,
    TextField,
    Value,
)
from bot.conversations.needs.begun_before import begun_before
from bot.conversations.needs.naming import asked_need, no_part_in_it
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.reading_need import from_line
from bot.conversations.needs.registering import FORM, NEW, look_up, registered
from bot.conversations.needs.supporting import follow, support
from bot.conversations.needs.telling import hearing, raise_need, show_button, tell_people
from bot.conversations.needs.wording import capital, need_name, stage_label
from bot.conversations.protocol import Quoted, Replies, Submitted, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Buttons, Card, Part, bold, italic, quiet, text
from bot.language import _, ngettext
from bot.needs.changing import NotPossible, NotYours
from bot.needs.need import TEXT_LENGTH, TITLE_LENGTH, Need, Quote, Wanted
from bot.needs.registering import edit, latest_edit
from bot.needs.rights import may_edit, municipalities_of, takes_part
from bot.needs.similarity import similar_needs
from bot.needs.supporting import takes_support
from bot.people import BodyId, Person
from bot.plan import Kronor, Plan
from storage.queries import drafts

_NOT_TYPED = frozenset(("quoted_text", "quoted_author", "quoted_link", "line"))
"""What a draft holds beside the fields: put there by the bot, never by whoever sends a form."""


@dataclass(frozen=True)
class About:
    """What the form stands on: the need it edits, others like it, and what can be chosen."""

    plan: Plan
    person: Person
    need: Need | None = None
    alike: tuple[Need, ...] = ()
    quote: Quote | None = None
    line: str | None = None
    begun: int | None = None
    today: date | None = None

    def supports(self, need: Need) -> bool:
        """Whether the person can share the need, or only follow it."""
        return takes_support(need) and bool(municipalities_of(self.person, self.plan))


class NeedForm:
    """`behov` for a new need, `behov ny TOKEN` from a line, `behov 12 EDIT` to edit, begun when
    that was the need's latest edit."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The need to edit, or others like what is typed so far."""
        today = in_stockholm(turn.now).date()
        if arguments and arguments[0] != NEW:
            need = await asked_need(turn, arguments)
            if isinstance(need, NotNow):
                return need
            if not may_edit(turn.person, need) or not need.is_live:
                return NotNow((say(turn, not_yours_to_edit(need)),))
            begun = (*arguments, "", "")[1]
            key = int(begun) if begun.isdecimal() and len(begun) < 19 else None
            return About(turn.plan, turn.person, need, begun=key, today=today)
        if not takes_part(turn.person):
            return NotNow((say(turn, no_part_in_it()),))
        typed = await _typed(turn, arguments)
        return About(
            turn.plan,
            turn.person,
            alike=await _alike(turn, typed),
            quote=_quote(typed),
            line=_word(typed, "line") or None,
            today=today,
        )

    def first_values(self, context: About) -> dict[str, Value]:
        """What the need says now; of a new one, the person's network and municipality."""
        if context.need is None:
            return {"municipalities": (), **_own_values(context)}
        return values_of(context.need.wanted, context.plan)

    def from_message(self, context: About, quoted: Quoted) -> Mapping[str, Value]:
        """The message as what is needed, its first sentence as title; its author is credited."""
        said = quoted.text.strip() or "–"
        return {
            "title": from_line(said).title,
            "description": shortened(said, TEXT_LENGTH),
            "quoted_text": shortened(said, TEXT_LENGTH),
            "quoted_author": quoted.author,
            "quoted_link": quoted.link,
        }

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """What is needed; then, when others are like it, whether it is one of those."""
        editing = context.need is not None
        steps = [
            Step(
                name="behov",
                title=_("Ändra behovet") if editing else _("Registrera behov"),
                fields=_fields(context),
                submit=_("Spara") if editing or not context.alike else _("Fortsätt"),
                intro=_intro(context, values),
            )
        ]
        if context.alike:
            steps.append(_alike_step(context))
        return steps

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Register it or write what differs; or support the one that it was."""
        chosen = answers.get("alike")
        for each in context.alike:
            if chosen == str(each.id):
                return await (support if context.supports(each) else follow)(turn, each, "")
        wanted = _wanted(context, answers)
        if context.need is None:
            return await registered(turn, wanted, context.line)
        try:
            now = await edit(turn.db, acting(turn), context.need, wanted, begun=context.begun)
        except (NotYours, NotPossible):
            return (say(turn, not_yours_to_edit(context.need)),)
        if now.wanted != context.need.wanted:
            raise_need(turn, now)
            who = turn.person.name
            told = await hearing(turn, now, supporters=False)
            tell_people(turn, told, lambda: edited_by(now, who))
        return (say(turn, edited(now)),)


async def _typed(turn: Turn, arguments: tuple[str, ...]) -> dict[str, Any]:
    """What the person has typed of it so far, in this turn and before."""
    begun = await drafts.begun_form(turn.db, turn.person.id, FORM, arguments, lock=False)
    sent = turn.doing.values if isinstance(turn.doing, Submitted) else {}
    typed = {name: value for name, value in sent.items() if name not in _NOT_TYPED}
    return {**(begun.answers if begun else {}), **typed}


def _word(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name)
    return value.strip() if isinstance(value, str) else ""


async def _alike(turn: Turn, typed: Mapping[str, Any]) -> tuple[Need, ...]:
    title = _word(typed, "title")
    if not title:
        return ()
    found = await similar_needs(turn.db, title, _word(typed, "description"))
    return tuple(await look_up(turn, found))


def _quote(typed: Mapping[str, Any]) -> Quote | None:
    words = _word(typed, "quoted_text")
    author = _word(typed, "quoted_author")
    return Quote(words, author or "–", _word(typed, "quoted_link")) if words else None


def _own_values(context: About) -> dict[str, Value]:
    own = [key for key, kind in context.person.bodies.items() if kind == "network"]
    municipalities = municipalities_of(context.person, context.plan)
    values: dict[str, Value] = {}
    if len(own) == 1:
        values["network"] = str(own[0])
    if municipalities:
        values["municipalities"] = tuple(str(one) for one in municipalities)
    return values


def values_of(wanted: Wanted, plan: Plan) -> dict[str, Value]:
    """A need's words as the form's fields hold them."""
    everybody = municipalities(plan)
    chosen = tuple(str(one) for one in sorted(wanted.municipalities))
    values: dict[str, Value] = {
        "title": wanted.title,
        "description": wanted.description,
        "reason": wanted.reason or "",
        "area": str(wanted.area_id or ""),
        "municipalities": (EVERY,) if everybody and wanted.municipalities >= everybody else chosen,
        "wanted_by": wanted.wanted_by.isoformat() if wanted.wanted_by else "",
        "cost": str(wanted.cost) if wanted.cost is not None else "",
        "funding": wanted.funding or "",
        "network": str(wanted.network or ""),
    }
    return values


def _intro(context: About, values: Mapping[str, Value]) -> tuple[Part, ...]:
    if context.need is not None:
        return (
            text(bold(shortened(title_of(context.need), 150))),
            quiet(_("Det som stod förut finns kvar i historiken.")),
        )
    words, author = values.get("quoted_text"), values.get("quoted_author")
    if isinstance(words, str) and words:
        credit = _("Citerat från {author}", author=shortened(str(author or "–"), 100))
        return (text(italic(f"”{shortened(words, 500)}”")), quiet(credit))
    return ()


def _fields(context: About) -> tuple[FormField, ...]:
    return (
        TextField(
            name="title",
            label=_("Rubrik"),
            help=_("Skriv i en mening vad som behövs."),
            required=True,
            max_length=TITLE_LENGTH,
        ),
        TextField(
            name="description",
            label=_("Vad behövs?"),
            help=_("Beskriv behovet så att andra kommuner känner igen det."),
            required=True,
            lines=4,
            max_length=TEXT_LENGTH,
        ),
        TextField(name="reason", label=_("Varför?"), lines=3, max_length=TEXT_LENGTH),
        *_choices(context),
        DateField(name="wanted_by", label=_("Önskas till"), earliest=_earliest(context)),
        AmountField(name="cost", label=_("Ungefärlig kostnad"), more=True),
        TextField(
            name="funding",
            label=_("Idé om finansiering"),
            lines=2,
            max_length=TEXT_LENGTH,
            more=True,
        ),
    )


def _earliest(context: About) -> date | None:
    """Today, or the day that the need has already."""
    day = context.need.wanted.wanted_by if context.need is not None else None
    days = [each for each in (context.today, day) if each is not None]
    return min(days) if days else None


def _choices(context: About) -> list[FormField]:
    plan, found = context.plan, list[FormField]()
    if areas := area_options(plan):
        found.append(ChoiceField(name="area", label=_("Insatsområde"), options=areas))
    if municipalities(plan):
        found.append(
            ManyChoiceField(
                name="municipalities",
                label=_("Vilka kommuner gäller det?"),
                help=municipality_hint(plan),
                options=municipality_options(plan),
            )
        )
    if networks := network_options(plan, first=context.person.bodies):
        found.append(ChoiceField(name="network", label=_("Nätverk"), options=networks))
    return found


def _alike_step(context: About) -> Step:
    options = [_one_alike(context, need) for need in context.alike]
    options.append(Option(value=NEW, label=_("Nej, registrera mitt som ett nytt behov")))
    intro: list[Part] = [text(_("De här behoven liknar ditt:"))]
    for need in context.alike:
        supports = ngettext("{n} kommun stöttar", "{n} kommuner stöttar", len(need.supports))
        intro.append(text(bold(title_of(need))))
        intro.append(quiet(f"{stage_label(need.stage)} · {supports}"))
    return Step(
        name="liknande",
        title=_("Finns behovet redan?"),
        fields=(
            ChoiceField(
                name="alike", label=_("Är det ett av dem?"), required=True, options=tuple(options)
            ),
        ),
        submit=_("Spara"),
        intro=tuple(intro),
    )


def _one_alike(context: About, need: Need) -> Option:
    title = title_of(need)
    if context.supports(need):
        return Option(value=str(need.id), label=shortened(_("Stötta {title}", title=title), 75))
    return Option(value=str(need.id), label=shortened(_("Följ {title}", title=title), 75))


def _wanted(context: About, answers: Answers) -> Wanted:
    chosen = answers.get("municipalities") or ()
    area, network = answers.get("area"), answers.get("network")
    cost = answers.get("cost")
    return Wanted(
        title=answers["title"],
        description=answers["description"],
        reason=answers.get("reason"),
        area_id=int(area) if area else None,
        municipalities=municipalities_in(context.plan, chosen),
        wanted_by=answers.get("wanted_by"),
        cost=Kronor(cost) if cost is not None else None,
        funding=answers.get("funding"),
        network=BodyId(int(network)) if network else None,
        quote=context.quote,
    )


def not_yours_to_edit(need: Need) -> Card:
    """Why somebody may not edit the need, and who may."""
    said = _(
        "{name} kan du inte ändra nu. Den som registrerade det kan ändra det tills ett organ har "
        "det, och handläggaren, chefen och förbundets medarbetare tills det är avgjort.",
        name=capital(need_name(need.id)),
    )
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="warning"
    )


def edited(need: Need) -> Card:
    """The receipt for an edit."""
    said = _("Sparat: {title}", title=title_of(need))
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="good"
    )


def edited_by(need: Need, who: str) -> Card:
    """What whoever registered it hears when another has edited it."""
    said = _("{who} har ändrat {title}", who=who, title=title_of(need))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))))


FLOW = NeedForm()


async def open_editing(turn: Turn, need: Need, rest: str) -> Replies:
    """`redigera`: the form with what the need says."""
    now = str(await latest_edit(turn.db, need))
    return await open_flow(turn, FLOW, await begun_before(turn, FORM, need, now))
