"""Adding a line to a poll, by whoever runs it or, where it lets them, by voters."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversations.acting import acting
from bot.conversations.filling import open_flow
from bot.conversations.forms import AmountField, FormField, TextField, Value
from bot.conversations.polls.buttons import answer_button, show_button
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.refusals import Refused, attempt, refused
from bot.conversations.polls.telling import raise_poll
from bot.conversations.polls.wording import short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Buttons, Card, bold, text
from bot.language import _
from bot.plan import Kronor
from bot.polls import managing
from bot.polls.poll import Kind, Method, Poll
from bot.polls.starting import Choice

FORM = "omrostning_rad"


@dataclass(frozen=True)
class About:
    """The poll that gets a line."""

    poll: Poll


class OptionForm:
    """`omrostning_rad NUMBER`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The poll."""
        poll = await asked_poll(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if why := why_no_line(poll):
            return NotNow((say(turn, refused(poll, why)),))
        return About(poll)

    def first_values(self, context: About) -> dict[str, Value]:
        """Nothing is known before."""
        return {}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        fields: list[FormField] = [
            TextField(name="label", label=_("Alternativ"), required=True, max_length=150)
        ]
        if context.poll.method is Method.BUDGET:
            fields.append(
                AmountField(name="cost", label=_("Vad kostar det?"), required=True, least=1)
            )
        return [
            Step(
                name="rad",
                title=_("Nytt alternativ"),
                fields=tuple(fields),
                submit=_("Lägg till"),
                intro=(text(bold(short_title(context.poll))),),
                check=lambda answers: _twice(context.poll, answers),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Add it."""
        cost = answers.get("cost")
        choice = Choice(answers["label"], cost=Kronor(cost) if cost is not None else None)
        return await _add(turn, context.poll, choice)


FLOW = OptionForm()


def why_no_line(poll: Poll) -> str:
    """Why the poll takes no more lines and what to do instead; nothing when it does."""
    match poll.kind:
        case Kind.CO_FINANCING:
            return _("En medfinansiering har inga alternativ att lägga till. Det som föreslås "
                     "ändras med ändra.")  # fmt: skip
        case Kind.DATES:
            return _("Tider läggs inte till i efterhand. Kopiera frågan, så fyller du på tiderna "
                     "i den nya.")  # fmt: skip
        case _ if len(poll.options) >= poll.most_options:
            return _("Det finns redan {most} alternativ, och fler ryms inte. Så länge ingen har "
                     "röstat kan de skrivas om med ändra.", most=poll.most_options)  # fmt: skip
        case _:
            return ""


def _twice(poll: Poll, answers: Answers) -> dict[str, str]:
    label = answers.get("label")
    if label and any(each.label.casefold() == label.casefold() for each in poll.options):
        return {"label": _("Det alternativet finns redan.")}
    return {}


async def add_option(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`lägg till Ny rad`: at once where no cost is to be said, else the form."""
    label = rest.strip().strip("”\"'")
    if why := why_no_line(poll):
        return (say(turn, refused(poll, why, rest.strip())),)
    if not label or poll.method is Method.BUDGET or len(label) > 150:
        typed: dict[str, Value] | None = {"label": label} if label else None
        return await open_flow(turn, FLOW, (str(poll.id),), typed=typed)
    if problems := _twice(poll, {"label": label}):
        return await open_flow(
            turn, FLOW, (str(poll.id),), typed={"label": label}, problems=problems
        )
    return await _add(turn, poll, Choice(label))


async def _add(turn: Turn, poll: Poll, choice: Choice) -> Replies:
    done = await attempt(
        turn,
        poll,
        lambda: managing.add_option(turn.db, acting(turn), poll, choice),
        "voter" if poll.may_add else "runner",
        words=choice.label,
    )
    if isinstance(done, Refused):
        return done.replies
    raise_poll(turn, done)
    return (say(turn, added(done, choice.label)),)


def added(poll: Poll, label: str) -> Card:
    """The receipt."""
    said = told(poll, _("”{label}” är med.", label=label))
    buttons = (answer_button(poll), show_button(poll)) if poll.is_open else (show_button(poll),)
    return Card(summary=said, parts=(text(said), Buttons(buttons=buttons)), tone="good")
