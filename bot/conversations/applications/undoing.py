"""Drawing an application back, and taking the latest step back: both for a reason."""

from bot.applications import changing
from bot.applications.application import Application
from bot.conversations.acting import acting
from bot.conversations.applications.application_card import capital_of, ways_offered
from bot.conversations.applications.refusals import attempt
from bot.conversations.applications.small_form import About, SmallForm, do_or_ask, reason_field
from bot.conversations.applications.telling import (
    lacking_now,
    lacking_word,
    news,
    receipt,
    tell_news,
    undo_button,
)
from bot.conversations.applications.wording import state_label
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers
from bot.conversations.views import Card
from bot.language import _
from bot.plan import Kronor


async def withdraw(turn: Turn, application: Application, rest: str) -> Replies:
    """`dra tillbaka Vi hinner inte`: it is not to be sent, or not stood by; asks why."""
    typed: dict[str, Value] = {"reason": rest} if rest else {}
    return await do_or_ask(turn, WITHDRAW, (str(application.id),), typed)


async def _withdraw(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, reason = acting(turn), about.application, str(answers["reason"])
    now = await attempt(
        turn,
        before,
        lambda: changing.withdraw(turn.db, by, turn.plan, before, reason),
        words=reason,
    )
    if not isinstance(now, Application):
        return now
    who, step = turn.person.name, await changing.last_step(turn.db, now)
    tell_news(turn, now, lambda: withdrawn_news(now, who, reason))
    return (say(turn, withdrawn_receipt(now, reason, step.id if step is not None else 0)),)


def withdrawn_news(application: Application, who: str, reason: str) -> Card:
    """That it is no more."""
    return news(application, _("{name} har dragit tillbaka ansökan.", name=who), reason)


def withdrawn_receipt(application: Application, reason: str, step_id: int) -> Card:
    """What whoever did it reads."""
    said = _("Tillbakadragen. De som berörs får veta det.")
    return receipt(application, said, reason, (undo_button(application, step_id),))


async def take_back(turn: Turn, application: Application, rest: str) -> Replies:
    """`angra Fel belopp`: the latest step is taken back; a button names the step that it means."""
    number = str(application.id)
    if isinstance(turn.doing, Pressed):
        return await open_flow(turn, TAKE_BACK, (number, rest) if rest else (number,))
    typed: dict[str, Value] = {"reason": rest} if rest else {}
    return await do_or_ask(turn, TAKE_BACK, (number,), typed)


async def _take_back(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, reason = acting(turn), about.application, str(answers["reason"])
    now = await attempt(
        turn,
        before,
        lambda: changing.take_back(turn.db, by, turn.plan, before, reason, about.step_id),
        words=reason,
    )
    if not isinstance(now, Application):
        return now
    who, lacking = turn.person.name, await lacking_now(turn, now)
    tell_news(turn, now, lambda: taken_back_news(now, who, reason))
    return (say(turn, taken_back_receipt(now, reason, lacking)),)


def taken_back_news(application: Application, who: str, reason: str) -> Card:
    """That the latest step does not hold, and how it stands then."""
    said = _("{name} tog tillbaka det senaste steget. Nu: {state}.", name=who,
             state=state_label(application.state))  # fmt: skip
    return news(application, said, reason)


def taken_back_receipt(application: Application, reason: str, lacking: Kronor | None) -> Card:
    """What whoever did it reads, with the ways on from there."""
    said = _("Ångrat. {state} igen.", state=capital_of(state_label(application.state)))
    said = f"{said} {lacking_word(application, lacking)}".strip()
    return receipt(application, said, reason, ways_offered(application)[:4])


WITHDRAW = SmallForm(
    name="ansokan_dra_tillbaka",
    kind="withdrawn",
    title=lambda: _("Dra tillbaka ansökan"),
    submit=lambda: _("Dra tillbaka"),
    fields=lambda about: (reason_field(_("Varför dras den tillbaka?")),),
    act=_withdraw,
)
TAKE_BACK = SmallForm(
    name="ansokan_angra",
    kind="taken_back",
    title=lambda: _("Ångra senaste steget"),
    submit=lambda: _("Ångra"),
    fields=lambda about: (reason_field(_("Varför tas steget tillbaka?")),),
    act=_take_back,
)
