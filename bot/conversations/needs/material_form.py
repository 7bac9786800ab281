"""Writing what the material for a body asks for: the fields that its template names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import TextField, Value
from bot.conversations.needs.begun_before import begun_before
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.telling import show_button
from bot.conversations.needs.wording import need_name
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, ngettext
from bot.needs.material import Field, missing, wanted_fields
from bot.needs.need import TEXT_LENGTH, Need
from bot.needs.preparing import texts_of, write_texts
from bot.needs.rights import may_merge

MOST_FIELDS = 40


@dataclass(frozen=True)
class Material:
    """A need's material: what is asked for, and what is written."""

    need: Need
    fields: Sequence[Field]
    texts: Mapping[str, str]
    begun: datetime | None = None


async def write_material(turn: Turn, need: Need, rest: str) -> Replies:
    """`underlag`: the form with what is written so far."""
    now = str(int(turn.now.timestamp()))
    return await open_flow(turn, MATERIAL, await begun_before(turn, MATERIAL.name, need, now))


class MaterialForm:
    """The texts of the material; the need's number, and the second it was begun, as arguments."""

    name = "behov_underlag"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Material | NotNow:
        """The need and its texts; refuses whoever neither prepares nor records."""
        need = await asked_need(turn, arguments)
        if isinstance(need, NotNow):
            return need
        if not may_merge(turn.person, need):
            return NotNow((say(turn, who_writes(need)),))
        fields = (await wanted_fields(turn.db))[:MOST_FIELDS]
        if not fields:
            return NotNow((say(turn, nothing_asked_for(need)),))
        second = (*arguments, "", "")[1]
        known = second.isdecimal() and len(second) < 12
        begun = datetime.fromtimestamp(int(second), UTC) if known else turn.now
        return Material(need, fields, await texts_of(turn.db, need.id), begun)

    def first_values(self, context: Material) -> dict[str, Value]:
        """What is written; the description where nothing is written of the background."""
        values: dict[str, Value] = dict(context.texts)
        names = {each.name for each in context.fields}
        if "background" in names and "background" not in values:
            said = (context.need.wanted.description, context.need.wanted.reason)
            values["background"] = shortened("\n\n".join(x for x in said if x), TEXT_LENGTH)
        return values

    def steps(self, context: Material, values: Mapping[str, Value]) -> list[Step]:
        """A field for each that the template names; none has to be written now."""
        fields = tuple(
            TextField(
                name=each.name,
                label=shortened(each.label, 150),
                lines=4,
                max_length=TEXT_LENGTH,
            )
            for each in context.fields
        )
        intro = (
            text(bold(shortened(title_of(context.need), 160))),
            quiet(_("Det du skriver hamnar i underlaget till mötet. Du kan spara och fortsätta.")),
        )
        return [
            Step(
                name="underlag", title=_("Underlag"), fields=fields, submit=_("Spara"), intro=intro
            )
        ]

    async def save(self, turn: Turn, context: Material, answers: Answers) -> Replies:
        """Keep the texts, and say what is left to write."""
        texts = {each.name: answers.get(each.name) or "" for each in context.fields}
        begun = context.begun or turn.now
        kept = await write_texts(turn.db, acting(turn), context.need, texts, begun=begun)
        left = missing(context.fields, {**texts, **kept})
        receipt = say(turn, material_saved(context.need, left))
        mine = [(each.label, texts[each.name]) for each in context.fields if each.name in kept]
        return (receipt, say(turn, others_wrote(context.need, mine))) if mine else (receipt,)


def material_saved(need: Need, left: Sequence[Field]) -> Card:
    """The receipt, with what is left to write."""
    said = _("Underlaget för {title} är sparat.", title=title_of(need))
    rest = ""
    if left:
        names = ", ".join(each.label for each in left)
        rest = _("Kvar att skriva: {names}.", names=shortened(names, 900))
    write = Button(label=_("Skriv vidare"), press=press("behov", need.id, "underlag"))
    buttons = (write, show_button(need)) if left else (show_button(need),)
    parts = (text(said), *((text(rest),) if rest else ()), Buttons(buttons=buttons))
    return Card(summary=f"{said} {rest}".strip(), parts=parts, tone="good")


def who_writes(need: Need) -> Card:
    """Who writes the material."""
    said = _(
        "Underlaget skrivs av handläggaren, chefen, förbundsdirektören och förbundets "
        "medarbetare. Kommentera {name} om du vet något som ska med.",
        name=need_name(need.id),
    )
    comment = Button(label=_("Kommentera"), press=press("behov", need.id, "kommentera"))
    buttons = Buttons(buttons=(comment, show_button(need)))
    return Card(summary=said, parts=(text(said), buttons), tone="warning")


def others_wrote(need: Need, mine: Sequence[tuple[str, str]]) -> Card:
    """That somebody else wrote in the same fields meanwhile; what was typed is given back."""
    said = _(
        "Någon annan har skrivit i samma delar av underlaget för {title} medan du skrev. Deras "
        "text står kvar. Det här skrev du:",
        title=title_of(need),
    )
    parts: list[Part] = [text(said)]
    for label, words in mine[:3]:
        parts.append(text(bold(f"{label}: "), words[:2_900] or "–"))
    write = Button(label=_("Skriv vidare"), press=press("behov", need.id, "underlag"))
    parts.append(Buttons(buttons=(write,)))
    return Card(summary=said, parts=tuple(parts), tone="warning")


def nothing_asked_for(need: Need) -> Card:
    """That the template asks for nothing beside the record."""
    said = _("Mallen för underlag frågar inte efter något mer än det som redan är registrerat.")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))))


def material_lacks(need: Need, left: Sequence[Field]) -> Card:
    """What the preparer is asked to write before a meeting."""
    said = ngettext(
        "En del saknas i underlaget för {title}.",
        "{n} delar saknas i underlaget för {title}.",
        len(left),
        title=title_of(need),
    )
    names = shortened(", ".join(each.label for each in left), 900)
    write = Button(
        label=_("Skriv underlaget"), press=press("behov", need.id, "underlag"), style="primary"
    )
    return Card(
        summary=f"{said} {names}",
        parts=(text(bold(said)), text(names), Buttons(buttons=(write, show_button(need)))),
        tone="warning",
    )


MATERIAL = MaterialForm()
