"""Taking back one's own need, and bringing it back again."""

from collections.abc import Mapping

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import TextField, Value
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.telling import (
    having,
    hearing,
    raise_need,
    show_button,
    tell_people,
)
from bot.conversations.needs.wording import need_name, stands
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, bold, press, text
from bot.language import _
from bot.needs import registering
from bot.needs.changing import NotPossible, NotYours
from bot.needs.need import TEXT_LENGTH, Need
from bot.needs.rights import may_withdraw


async def withdraw(turn: Turn, need: Need, rest: str) -> Replies:
    """Ask why, if they want to say; or take it back at once for the reason given."""
    if not rest or len(rest) > TEXT_LENGTH:
        typed: dict[str, Value] | None = {"reason": rest} if rest else None
        return await open_flow(turn, WITHDRAW, (str(need.id),), typed=typed)
    return await _withdraw(turn, need, rest)


async def _withdraw(turn: Turn, need: Need, reason: str | None) -> Replies:
    try:
        now = await registering.withdraw(turn.db, acting(turn), need, reason)
    except NotYours:
        return (say(turn, only_the_registrant(need)),)
    except NotPossible as error:
        return (say(turn, not_as_it_is(error.need)),)
    raise_need(turn, now)
    who = turn.person.name
    told = await hearing(turn, now) | await having(turn, now)
    tell_people(turn, told, lambda: withdrawn_news(now, who, reason))
    return (say(turn, withdrawn(now)),)


async def restore(turn: Turn, need: Need, rest: str) -> Replies:
    """Bring it back to where it was."""
    try:
        now = await registering.restore(turn.db, acting(turn), need)
    except NotYours:
        return (say(turn, only_the_registrant(need)),)
    except NotPossible as error:
        return (say(turn, not_as_it_is(error.need)),)
    raise_need(turn, now)
    who = turn.person.name
    told = await hearing(turn, now) | await having(turn, now)
    tell_people(turn, told, lambda: restored_news(now, who))
    return (say(turn, restored(now)),)


class WithdrawForm:
    """Why it is taken back, if they want to say; the need's number as argument."""

    name = "behov_dra_tillbaka"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Need | NotNow:
        """The need; refuses whoever did not register it."""
        need = await asked_need(turn, arguments)
        if isinstance(need, Need) and not may_withdraw(turn.person, need):
            return NotNow((say(turn, only_the_registrant(need)),))
        return need

    def first_values(self, context: Need) -> dict[str, Value]:
        """Nothing is typed."""
        return {}

    def steps(self, context: Need, values: Mapping[str, Value]) -> list[Step]:
        """The reason."""
        field = TextField(
            name="reason",
            label=_("Varför?"),
            help=_("Frivilligt. Det syns i historiken."),
            lines=2,
            max_length=TEXT_LENGTH,
        )
        return [
            Step(
                name="aterta",
                title=_("Återta behovet"),
                fields=(field,),
                submit=_("Återta"),
                intro=(text(bold(title_of(context))),),
            )
        ]

    async def save(self, turn: Turn, context: Need, answers: Answers) -> Replies:
        """Take it back."""
        return await _withdraw(turn, context, answers.get("reason"))


def withdrawn(need: Need) -> Card:
    """That it is taken back, with the way back."""
    said = _("Återtaget: {title}", title=title_of(need))
    again = Button(label=_("Återställ"), press=press("behov", need.id, "aterstall"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(again, show_button(need)))))


def withdrawn_news(need: Need, who: str, reason: str | None) -> Card:
    """What those hear who follow, support or prepare it."""
    said = _("{who} har återtagit {title}", who=who, title=title_of(need))
    if reason:
        said += _(": {reason}", reason=reason)
    said = shortened(said, 3_000)
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))))


def restored(need: Need) -> Card:
    """That it is back where it was."""
    said = _("Återställt: {title}, {stage}", title=title_of(need), stage=stands(need))
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="good"
    )


def restored_news(need: Need, who: str) -> Card:
    """What those hear who follow, support, prepare or have it."""
    said = _(
        "{who} har återställt {title}. Det är {stage}.",
        who=who,
        title=title_of(need),
        stage=stands(need),
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))))


def only_the_registrant(need: Need) -> Card:
    """Who may take it back."""
    said = _(
        "Bara den som registrerade {name} kan återta eller återställa det: {who}.",
        name=need_name(need.id),
        who=need.registered_by.name,
    )
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="warning"
    )


def not_as_it_is(need: Need) -> Card:
    """That what was asked for cannot be done with the need as it is now."""
    said = _(
        "Det går inte med {name} som det är nu: {stage}.",
        name=need_name(need.id),
        stage=stands(need),
    )
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="warning"
    )


WITHDRAW = WithdrawForm()
