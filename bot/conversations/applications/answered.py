"""The funder's answer: granted, which is funding at once, or rejected, which leaves it lacking."""

from datetime import date

from bot.applications import changing
from bot.applications.application import MOST_KRONOR, RECORD_NUMBER_LENGTH, Application
from bot.applications.changing import last_step
from bot.conversations.acting import acting
from bot.conversations.applications.application_card import NAME, verb_button
from bot.conversations.applications.refusals import attempt
from bot.conversations.applications.small_form import (
    About,
    SmallForm,
    day_field,
    do_or_ask,
    reason_field,
)
from bot.conversations.applications.telling import (
    lacking_now,
    lacking_word,
    news,
    receipt,
    tell_news,
    undo_button,
)
from bot.conversations.forms import AmountField, FormField, TextField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers
from bot.conversations.views import Button, Card, press
from bot.language import _, kronor, short_date
from bot.plan import Kronor


async def grant(turn: Turn, application: Application, rest: str) -> Replies:
    """`beviljad 350 000`: that much was granted today; asks when no amount is typed."""
    typed: dict[str, Value] = {"amount": rest} if rest else {}
    return await do_or_ask(turn, GRANTED, (str(application.id),), typed)


async def _grant(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, day = acting(turn), about.application, answers["day"]
    amount, number = int(answers["amount"]), answers.get("record_number")
    now = await attempt(
        turn,
        before,
        lambda: changing.grant(turn.db, by, turn.plan, before, amount, day, number),
    )
    if not isinstance(now, Application):
        return now
    who, lacking = turn.person.name, await lacking_now(turn, now)
    step = await last_step(turn.db, now)
    tell_news(turn, now, lambda: granted_news(now, who, lacking))
    return (say(turn, granted_receipt(now, lacking, step.id if step is not None else 0)),)


def granted_news(application: Application, who: str, lacking: Kronor | None) -> Card:
    """That money came, and what is lacking then."""
    said = _("✅ Beviljad: {amount}, {day}. {name} skrev in det.", amount=_money(application),
             day=_day(application.answered_on), name=who)  # fmt: skip
    return news(application, f"{said} {lacking_word(application, lacking)}".strip())


def granted_receipt(application: Application, lacking: Kronor | None, step_id: int) -> Card:
    """What whoever wrote it reads."""
    said = _("Sparat: {amount} är nu beviljad finansiering i {code}.", amount=_money(application),
             code=application.activity_code)  # fmt: skip
    said = f"{said} {lacking_word(application, lacking)}".strip()
    edit = verb_button(_("Ändra"), application, "redigera")
    return receipt(application, said, buttons=(undo_button(application, step_id), edit))


def _money(application: Application) -> str:
    granted, asked = application.worth, application.wanted.amount
    if granted == asked:
        return kronor(granted)
    return _("{granted} av sökta {asked}", granted=kronor(granted), asked=kronor(asked))


def _day(day: date | None) -> str:
    return short_date(day) if day is not None else "–"


async def reject(turn: Turn, application: Application, rest: str) -> Replies:
    """`avslag Konkurrensen var hård`: it was rejected today; asks when no reason is typed."""
    typed: dict[str, Value] = {"reason": rest} if rest else {}
    return await do_or_ask(turn, REJECTED, (str(application.id),), typed)


async def _reject(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, day = acting(turn), about.application, answers["day"]
    reason = answers.get("reason")
    now = await attempt(
        turn,
        before,
        lambda: changing.reject(turn.db, by, turn.plan, before, day, reason),
        words=reason,
    )
    if not isinstance(now, Application):
        return now
    who, lacking = turn.person.name, await lacking_now(turn, now)
    step = await last_step(turn.db, now)
    tell_news(turn, now, lambda: rejected_news(now, who, reason, lacking))
    return (say(turn, rejected_receipt(now, reason, lacking, step.id if step else 0)),)


def rejected_news(
    application: Application, who: str, reason: str | None, lacking: Kronor | None
) -> Card:
    """That no money comes, and what is lacking then."""
    said = _("❌ Avslag {day} på {amount}. {name} skrev in det.", day=_day(application.answered_on),
             amount=kronor(application.wanted.amount), name=who)  # fmt: skip
    return news(application, f"{said} {lacking_word(application, lacking)}".strip(), reason)


def rejected_receipt(
    application: Application, reason: str | None, lacking: Kronor | None, step_id: int
) -> Card:
    """What whoever wrote it reads, with the way to try another fund."""
    said = _("Sparat: avslag {day}.", day=_day(application.answered_on))
    said = f"{said} {lacking_word(application, lacking)}".strip()
    another = press("formular", NAME, application.activity_code)
    other = Button(label=_("Sök en annan fond"), press=another)
    buttons = (undo_button(application, step_id), other)
    return receipt(application, said, reason, buttons)


def _granted_fields(about: About) -> tuple[FormField, ...]:
    earliest = about.application.applied_on
    return (
        AmountField(
            name="amount",
            label=_("Beviljat belopp"),
            help=_("Hela kronor, till exempel 350 000 eller 1,2 mkr"),
            required=True,
            least=1,
            most=MOST_KRONOR,
        ),
        day_field(_("När kom beslutet?"), earliest, about.today),
        TextField(
            name="record_number",
            label=_("Diarienummer"),
            help=_("Frivilligt"),
            max_length=RECORD_NUMBER_LENGTH,
        ),
    )


def _granted_first(about: About) -> dict[str, Value]:
    return {"amount": str(about.application.wanted.amount), "day": about.today.isoformat()}


def _rejected_fields(about: About) -> tuple[FormField, ...]:
    day = day_field(_("När kom beslutet?"), about.application.applied_on, about.today)
    return (day, reason_field(_("Varför blev det avslag?"), required=False))


GRANTED = SmallForm(
    name="ansokan_beviljad",
    kind="granted",
    title=lambda: _("Ansökan beviljad"),
    submit=lambda: _("Spara"),
    fields=_granted_fields,
    act=_grant,
    first=_granted_first,
)
REJECTED = SmallForm(
    name="ansokan_avslag",
    kind="rejected",
    title=lambda: _("Avslag på ansökan"),
    submit=lambda: _("Spara"),
    fields=_rejected_fields,
    act=_reject,
    first=lambda about: {"day": about.today.isoformat()},
)
