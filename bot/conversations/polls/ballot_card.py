"""The living card of a poll with options: the question, turnout, and the result when it shows."""

from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import answer_button, page_button, show_button, verb_button
from bot.conversations.polls.cancelled_told import with_why
from bot.conversations.polls.co_financing_card import decided, decides, material
from bot.conversations.polls.result_words import chosen_words, result_parts
from bot.conversations.polls.wording import (
    about_word,
    closing,
    kind_word,
    method_word,
    of_number,
    secrecy_word,
    short_title,
    state_label,
    time_left,
    title_of,
)
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Part,
    Progress,
    bold,
    bullets,
    quiet,
    text,
)
from bot.language import _, kronor, number
from bot.plan import Plan
from bot.polls.counting import Result, counted
from bot.polls.poll import (
    FEWEST_SECRET_BALLOTS,
    Kind,
    Method,
    Option,
    Poll,
    Secrecy,
    State,
)
from bot.polls.reading import choices_to_count

_SHOWN = 700
ONE_PRESS = 4
"""Options that a card has a button each for; more are chosen in the form."""


async def draw_ballots(db: AsyncConnection, plan: Plan, poll: Poll, now: datetime) -> Card:
    """The card as it is now, without what the poll hides."""
    card = ballot_card(poll, await shown_result(db, poll), plan, now)
    return await with_why(db, card, poll)


async def shown_result(db: AsyncConnection, poll: Poll) -> Result | None:
    """The result, where it may be seen."""
    if not poll.shows_result:
        return None
    return await counted(poll, await choices_to_count(db, poll))


def ballot_card(poll: Poll, result: Result | None, plan: Plan, now: datetime) -> Card:
    """The card that is the same for everybody."""
    left = time_left(poll, now)
    parts: list[Part] = [text(bold(state_label(poll)), f" · {left}" if left else "")]
    if poll.description:
        parts.append(text(shortened(poll.description, _SHOWN)))
    parts += material(poll)
    parts.append(_turnout(poll))
    if result is not None and result.count:
        parts += result_parts(poll, result)
    else:
        if result is not None and poll.chosen_time is not None:
            parts.append(text(bold(chosen_words(poll, result))))
        parts.append(bullets(*(option_words(each) for each in poll.options)))
    parts += _facts(poll, plan)
    parts += decided(poll, plan)
    parts.append(quiet(hidden_words(poll)))
    parts.append(_buttons(poll, result))
    return Card(
        title=short_title(poll),
        summary=_summary(poll, result, left),
        parts=tuple(parts),
        tone=_tone(poll),
    )


def _turnout(poll: Poll) -> Part:
    said = _("{count} har röstat", count=of_number(poll.voted, poll.electorate))
    if poll.quorum is not None:
        said += _(", minst {quorum} krävs", quorum=number(poll.quorum))
    of = max(poll.electorate, poll.voted, 1)
    return Progress(label=said, done=poll.voted, of=of)


def option_words(option: Option) -> str:
    """The option, with what it costs."""
    label = shortened(option.label, 150)
    return f"{label} – {kronor(option.cost)}" if option.cost is not None else label


def _facts(poll: Poll, plan: Plan) -> list[Part]:
    if poll.kind in (Kind.QUESTION, Kind.DATES):
        return [quiet(_("Svara senast {day}.", day=closing(poll)))]
    rows = [
        (_("Gäller"), about_word(poll, plan)),
        (_("Röstar"), who_votes(poll, plan)),
        (_("Metod"), method_word(poll.method)),
        (_("Summa att fördela"), kronor(poll.money) if poll.money else ""),
        (_("Platser"), number(poll.seats) if poll.seats > 1 else ""),
        (_("Svara senast"), closing(poll)),
        (_("Beslutas av"), decides(poll, plan)),
    ]
    facts = tuple(Fact(label=label, value=shortened(value, 400)) for label, value in rows if value)
    return [Facts(facts=facts)]


def who_votes(poll: Poll, plan: Plan) -> str:
    """Whose votes are counted."""
    if poll.voters == "municipality":
        return _("en röst per kommun")
    body = plan.bodies.get(poll.body) if poll.body is not None else None
    return _("medlemmarna i {name}", name=body.name) if body is not None else _("varje medlem")


def hidden_words(poll: Poll) -> str:
    """Who gets to see what, and why there is no result to see if there is none."""
    said = secrecy_word(poll)
    few = poll.voted < FEWEST_SECRET_BALLOTS and poll.state is State.CLOSED
    if poll.secrecy is Secrecy.ALWAYS and few:
        said += " " + _("För få röstade för att visa resultatet utan att röja någon.")
    return said


def _buttons(poll: Poll, result: Result | None) -> Buttons:
    choose: tuple[Button, ...] = ()
    if poll.awaits_date and result is not None and result.count:
        choose = (verb_button(_("Välj tid"), poll, "valj_tid"),)
    if poll.state is State.CANCELLED:
        return Buttons(buttons=(page_button(poll),))
    if poll.state is not State.OPEN:
        return Buttons(buttons=(show_button(poll), *choose, page_button(poll)))
    if _by_one_press(poll):
        choices = [
            verb_button(shortened(each.label, 30), poll, "valj", each.id) for each in poll.options
        ]
        return Buttons(buttons=(*choices, page_button(poll)))
    more: list[Button] = []
    if poll.may_add:
        more.append(verb_button(_("Lägg till ett alternativ"), poll, "lagg_till"))
    return Buttons(buttons=(answer_button(poll), *more, *choose, page_button(poll)))


def _by_one_press(poll: Poll) -> bool:
    """Whether a press on the card is a vote: never where votes stay secret."""
    plain = poll.method in (Method.CHOICE, Method.SEVERAL)
    return plain and poll.kind is Kind.QUESTION and len(poll.options) <= ONE_PRESS


def _summary(poll: Poll, result: Result | None, left: str) -> str:
    said = _(
        "{title} ({kind}): {count} har röstat.",
        title=title_of(poll),
        kind=kind_word(poll),
        count=of_number(poll.voted, poll.electorate),
    )
    if result is not None and result.count:
        said += f" {shortened(chosen_words(poll, result), 500)}"
    return f"{said} {left}".rstrip()


def _tone(poll: Poll) -> Literal["neutral", "good", "warning"]:
    if poll.state is not State.CLOSED:
        return "neutral"
    return "good" if poll.has_quorum else "warning"
