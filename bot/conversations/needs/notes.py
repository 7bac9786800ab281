"""Working notes of those who prepare a need: seen by them alone, and only in private."""

from collections.abc import Mapping, Sequence

from bot.bodies import named
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import TextField, Value
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.telling import show_button
from bot.conversations.needs.who_may import Entitled, entitled
from bot.conversations.protocol import Replies, Turn, Words
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.finding import read_number
from bot.language import _, short_time
from bot.needs import preparing
from bot.needs.need import TEXT_LENGTH, Need, Written
from bot.needs.reading import notes_of
from bot.needs.rights import prepares

A_PAGE = 8


async def note(turn: Turn, need: Need, rest: str) -> Replies:
    """`anteckna TEXT`: keep the words; without words, ask for them."""
    seen = turn.place.kind == "channel" and isinstance(turn.doing, Words)
    _keep_line_without_note(turn, need)
    if not prepares(turn.person, need):
        return await _refused(turn, need)
    if not rest or len(rest) > TEXT_LENGTH:
        typed: dict[str, Value] | None = {"note": rest} if rest else None
        return await open_flow(turn, NOTE, (str(need.id),), typed=typed)
    await preparing.add_note(turn.db, acting(turn), need, rest)
    return (say(turn, noted(need, seen=seen)),)


def _keep_line_without_note(turn: Turn, need: Need) -> None:
    """What is kept of the line says that there was a note, not which: a channel's page on the web
    shows everybody the lines that were written there."""
    if isinstance(turn.doing, Words):
        line = _("behov {number} anteckna …", number=need.id)
        turn.doing = turn.doing.model_copy(update={"text": line})


async def notes(turn: Turn, need: Need, rest: str) -> Replies:
    """`anteckningar`: the latest, or with `aldre NUMBER` those before that many; `ta_bort NUMBER`
    takes one's own away."""
    if not prepares(turn.person, need):
        return await _refused(turn, need)
    what, key = (*rest.split(), "", "")[:2]
    number = read_number(key)
    if what == "ta_bort":
        await preparing.remove_note(turn.db, acting(turn), need, number)
    found = await notes_of(turn.db, need.id)
    skip = number if what == "aldre" and number < len(found) else 0
    return (say(turn, notes_card(need, found, turn.person.id, skip=skip)),)


async def _refused(turn: Turn, need: Need) -> Replies:
    return (say(turn, for_those_who_prepare(need, await entitled(turn, need, None))),)


def for_those_who_prepare(need: Need, who: Entitled) -> Card:
    """Who sees working notes."""
    chef = named(who.chef) or _("chefen")
    preparer = need.preparer.name if need.preparer else _("ingen är utsedd än")
    said = _(
        "Arbetsanteckningar och underlag är för dem som bereder {title}: handläggaren "
        "({preparer}) och chefen ({chef}).",
        title=title_of(need),
        preparer=preparer,
        chef=chef,
    )
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="warning"
    )


def noted(need: Need, *, seen: bool = False) -> Card:
    """The receipt for a note, which does not repeat it."""
    said = _("Antecknat om {title}. Bara ni som bereder det ser det.", title=title_of(need))
    parts: list[Part] = [text(said)]
    if seen:
        parts.append(quiet(_("Raden du skrev i kanalen kan andra ha sett. Skriv till mig privat.")))
    every = Button(label=_("Visa anteckningar"), press=press("behov", need.id, "anteckningar"))
    parts.append(Buttons(buttons=(every, show_button(need))))
    return Card(summary=said, parts=tuple(parts), tone="good")


def notes_card(need: Need, found: Sequence[Written], reader: int, *, skip: int = 0) -> Card:
    """The notes before the latest `skip`, with a way to take away one's own that are not in the
    record, and to the older ones."""
    title = _("Arbetsanteckningar: {title}", title=title_of(need))
    parts: list[Part] = [quiet(_("De är arbetsmaterial tills de läggs till ärendet."))]
    until = len(found) - skip
    for each in found[max(0, until - A_PAGE) : until]:
        parts.append(text(shortened(each.text, 1_000)))
        when = short_time(in_stockholm(each.at))
        who = _("{name} {when}", name=each.person_name, when=when)
        parts.append(quiet(_("{who} · lagd till ärendet", who=who) if each.joined else who))
        if each.person_id == reader and not each.joined:
            away = press("behov", need.id, "anteckningar", "ta_bort", each.id)
            parts.append(Buttons(buttons=(Button(label=_("Ta bort"), press=away),)))
    if not found:
        parts.append(text(_("Ingen har antecknat något än.")))
    write = Button(label=_("Anteckna"), press=press("behov", need.id, "anteckna"))
    buttons = [write, show_button(need)]
    if until > A_PAGE:
        older = press("behov", need.id, "anteckningar", "aldre", skip + A_PAGE)
        buttons.append(Button(label=_("Visa äldre"), press=older))
    parts.append(Buttons(buttons=tuple(buttons)))
    return Card(title=shortened(title, 150), summary=shortened(title, 300), parts=tuple(parts))


class NoteForm:
    """A working note; the need's number as argument."""

    name = "behov_anteckning"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Need | NotNow:
        """The need; refuses whoever does not prepare it."""
        need = await asked_need(turn, arguments)
        if isinstance(need, Need) and not prepares(turn.person, need):
            return NotNow(await _refused(turn, need))
        return need

    def first_values(self, context: Need) -> dict[str, Value]:
        """Nothing is typed."""
        return {}

    def steps(self, context: Need, values: Mapping[str, Value]) -> list[Step]:
        """One field."""
        field = TextField(
            name="note",
            label=_("Anteckning"),
            help=_("Bara ni som bereder behovet ser den."),
            required=True,
            lines=5,
            max_length=TEXT_LENGTH,
        )
        return [
            Step(
                name="anteckning",
                title=_("Anteckna"),
                fields=(field,),
                submit=_("Spara"),
                intro=(text(bold(shortened(title_of(context), 160))),),
            )
        ]

    async def save(self, turn: Turn, context: Need, answers: Answers) -> Replies:
        """Keep it."""
        await preparing.add_note(turn.db, acting(turn), context, answers["note"])
        return (say(turn, noted(context)),)


NOTE = NoteForm()
