"""Who hears what of an application: its writer and the activity's responsible, never whoever acts.

The activity's card is drawn again, and its network sees a line under it.
"""

from collections.abc import Callable, Iterable, Sequence

from bot.applications.application import Application
from bot.conversations import activity_card
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import show_button, verb_button
from bot.conversations.applications.wording import title_of, worth_word
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Turn
from bot.conversations.views import Button, Buttons, Card, Part, bold, text
from bot.language import _, kronor, short_date
from bot.outbox import ToBody
from bot.people import PersonId
from bot.plan import Activity, Kronor, read_plan

SAID = 900
"""Characters of what somebody wrote that news of it give back."""


def tell_news(
    turn: Turn, application: Application, make: Callable[[], Card], *, but: Iterable[PersonId] = ()
) -> None:
    """Tell those whom it concerns, but not those in `but`, and the network under the card."""
    activity = turn.plan.by_id.get(application.activity_id)
    tell_people(turn, _concerned(application, activity) - {*but}, make)
    if activity is None:
        return
    network = [activity.network] if activity.network is not None else []
    turn.outbox.raise_card(activity_card.KIND, activity.id, bodies=network)
    for body in network:
        turn.outbox.say(ToBody(body), make, under_card=(activity_card.KIND, activity.id))


def tell_quietly(turn: Turn, application: Application, make: Callable[[], Card]) -> None:
    """Tell those whom it concerns, privately alone."""
    activity = turn.plan.by_id.get(application.activity_id)
    tell_people(turn, _concerned(application, activity), make)


def _concerned(application: Application, activity: Activity | None) -> set[PersonId]:
    responsible = {activity.responsible.id} if activity is not None else set[PersonId]()
    return {application.writer.id} | responsible


async def lacking_now(turn: Turn, application: Application) -> Kronor | None:
    """What the activity lacks after what was just written; None when the plan has it no longer."""
    plan = await read_plan(turn.db, turn.plan.revision)
    activity = plan.by_id.get(application.activity_id)
    return activity.lacking if activity is not None else None


def lacking_word(application: Application, lacking: Kronor | None) -> str:
    """The same as a sentence; empty when it is not known."""
    if lacking is None:
        return ""
    code = application.activity_code
    if lacking == 0:
        return _("Inget saknas nu i finansieringen av {code}.", code=code)
    return _("I {code} saknas nu {amount}.", code=code, amount=kronor(lacking))


def news(
    application: Application,
    said: str,
    reason: str | None = None,
    buttons: Sequence[Button] = (),
) -> Card:
    """Something that happened to it, with the words that were written, and ways on."""
    parts: list[Part] = [text(bold(shortened(title_of(application), 200))), text(said)]
    summary = f"{title_of(application)}. {said}"
    if reason:
        parts.append(text(f"”{shortened(reason, SAID)}”"))
        summary += f" ”{shortened(reason, 300)}”"
    ways = (*buttons, show_button(application))
    parts.append(Buttons(buttons=ways[:5]))
    return Card(summary=shortened(summary, 3_000), parts=tuple(parts))


def receipt(
    application: Application, said: str, reason: str | None = None, buttons: Sequence[Button] = ()
) -> Card:
    """What was written, for whoever did it."""
    card = news(application, said, reason, buttons)
    return card.model_copy(update={"tone": "good"})


def undo_button(application: Application, step_id: int) -> Button:
    """Takes back that very step."""
    return verb_button(_("Ångra"), application, "angra", step_id)


def registered_news(application: Application, who: str) -> Card:
    """That an application is planned."""
    said = _("{name} har registrerat en ansökan på {amount}.", name=who,
             amount=worth_word(application))  # fmt: skip
    return news(application, f"{said} {_last_day(application)}".strip())


def you_write(application: Application, who: str) -> Card:
    """What the one who is to write it hears."""
    said = _("{name} har bett dig skriva ansökan på {amount}.", name=who,
             amount=worth_word(application))  # fmt: skip
    change = verb_button(_("Ändra"), application, "redigera")
    sent = verb_button(_("Skickad"), application, "skickad", style="primary")
    return news(application, f"{said} {_last_day(application)}".strip(), buttons=(sent, change))


def _last_day(application: Application) -> str:
    day = application.wanted.last_day
    return _("Sista dag är {day}.", day=short_date(day)) if day is not None else ""
