"""Copying a poll, and polls that come again as templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import TextField, Value
from bot.conversations.polls.buttons import NAME, show_button
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.priority_form import FLOW as PRIORITY
from bot.conversations.polls.question_form import DATES, QUESTION
from bot.conversations.polls.refusals import Refused, attempt, refused
from bot.conversations.polls.start_form import FLOW as START
from bot.conversations.polls.start_told import may_not_start
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.finding import read_number
from bot.language import _
from bot.needs.rights import leads
from bot.polls import templates
from bot.polls.poll import Kind, Poll
from bot.polls.templates import NameTaken, Template

_KEPT = (Kind.CO_FINANCING, Kind.PRIORITY)
_NOT_AGAIN = ("closes_on", "opens", "opens_on", "decides", "activity")


async def copy(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`kopiera`: the form of such polls, with what this one says."""
    arguments = ("kopia", str(poll.id))
    match poll.kind:
        case Kind.CO_FINANCING:
            return await open_flow(turn, START, arguments)
        case Kind.PRIORITY:
            return await open_flow(turn, PRIORITY, arguments)
        case Kind.QUESTION:
            return await open_flow(turn, QUESTION, arguments)
        case Kind.DATES:
            return await open_flow(turn, DATES, arguments)


@dataclass(frozen=True)
class About:
    """The poll that is kept as a template."""

    poll: Poll


class TemplateForm:
    """`omrostning_mall NUMBER`: what the template is called."""

    name = "omrostning_mall"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The poll; refuses those who start none, and kinds that are asked in a line."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if not leads(turn.person):
            return NotNow((say(turn, await may_not_start(turn)),))
        if poll.kind not in _KEPT:
            only = _("En snabbfråga kopieras i stället: skriv rosta och numret, och kopiera.")
            return NotNow((say(turn, refused(poll, only)),))
        return About(poll)

    def first_values(self, context: About) -> dict[str, Value]:
        """The poll's title."""
        return {"name": context.poll.title[:75]}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        field = TextField(name="name", label=_("Mallens namn"), required=True, max_length=75)
        return [Step("mall", _("Spara som mall"), (field,), _("Spara"))]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Keep what the form for such a poll would hold."""
        poll, name = context.poll, answers["name"]
        flow = START if poll.kind is Kind.CO_FINANCING else PRIORITY
        begun = await flow.prepare(turn, ("kopia", str(poll.id)))
        if isinstance(begun, NotNow):
            return begun.replies
        said = {
            key: value
            for key, value in flow.first_values(begun).items()  # pyright: ignore[reportArgumentType]
            if key not in _NOT_AGAIN
        }
        try:
            done = await attempt(
                turn,
                poll,
                lambda: templates.keep_template(turn.db, acting(turn), name, poll.kind, said),
                "runner",
            )
        except NameTaken:
            taken = {"name": _("Det finns redan en mall som heter så.")}
            return await open_flow(turn, FLOW, (str(poll.id),), typed={"name": name},
                                   problems=taken)  # fmt: skip
        return done.replies if isinstance(done, Refused) else (say(turn, kept(poll, name)),)


FLOW = TemplateForm()


async def keep_as_template(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`spara som mall`."""
    return await open_flow(turn, FLOW, (str(poll.id),))


async def list_templates(turn: Turn, rest: str) -> Replies:
    """`rosta mallar`: the templates; `mall_bort KEY` takes one away."""
    found = await templates.templates(turn.db)
    return (here(turn, template_list(found, leads=leads(turn.person))),)


async def use_template(turn: Turn, key: str) -> Replies:
    """A template's button: the form with what it holds."""
    found = await templates.template(turn.db, read_number(key))
    if found is None:
        return await list_templates(turn, "")
    flow = START if found.kind is Kind.CO_FINANCING else PRIORITY
    return await open_flow(turn, flow, ("mall", str(found.id)), again=True)


async def take_template_away(turn: Turn, key: str) -> Replies:
    """A template taken away, by those who start such polls."""
    if not leads(turn.person):
        return (say(turn, await may_not_start(turn)),)
    await templates.take_away(turn.db, acting(turn), read_number(key))
    return await list_templates(turn, "")


def kept(poll: Poll, name: str) -> Card:
    """The receipt."""
    said = _("Mallen ”{name}” är sparad.", name=name)
    every = Button(label=_("Visa mallar"), press=press(NAME, "mallar"))
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(every, show_button(poll)))),
        tone="good",
    )


def template_list(found: Sequence[Template], *, leads: bool) -> Card:
    """The templates, each with a button that begins from it."""
    title = _("Mallar för omröstningar")
    if not found:
        said = _("Inga mallar än. Öppna en omröstning, välj Mer att göra och Spara som mall.")
        return Card(title=title, summary=said, parts=(text(said),))
    parts: list[Part] = []
    for each in found[:10]:
        parts += [text(bold(each.name)), quiet(_("Sparad av {name}.", name=each.made_by))]
        use = Button(label=_("Använd"), press=press(NAME, "mall", each.id))
        away = Button(label=_("Ta bort"), press=press(NAME, "mall_bort", each.id))
        parts.append(Buttons(buttons=(use, away) if leads else (use,)))
    names = ", ".join(each.name for each in found)
    return Card(title=title, summary=shortened(f"{title}: {names}", 600), parts=tuple(parts))
