"""Changing an application: its words, money and days, who writes it, when reports are due."""

from collections.abc import Mapping

from bot.applications import changing
from bot.applications.application import Application
from bot.applications.days import read_days
from bot.applications.rights import may_change
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.applications.fields import (
    check_whole,
    values_of,
    wanted_fields,
    wanted_of,
)
from bot.conversations.applications.naming import asked_application
from bot.conversations.applications.refusals import attempt, not_as_it_is, who_may
from bot.conversations.applications.telling import news, receipt, tell_quietly, you_write
from bot.conversations.applications.wording import field_word, title_of
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card, bold, quiet, text
from bot.language import _
from bot.people import PersonId


async def edit(turn: Turn, application: Application, rest: str) -> Replies:
    """`redigera`: the form with what stands now."""
    return await open_flow(turn, EDIT, (str(application.id),))


class EditForm:
    """The application as it stands; its number as argument."""

    name = "ansokan_andra"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Application | NotNow:
        """The application; refuses whoever may not change it, and one that is over."""
        application = await asked_application(turn, arguments)
        if isinstance(application, NotNow):
            return application
        if not may_change(turn.person, application, turn.plan):
            return NotNow((say(turn, who_may(application, turn.plan)),))
        if not application.allows("edited"):
            return NotNow((say(turn, not_as_it_is(application)),))
        return application

    def first_values(self, context: Application) -> dict[str, Value]:
        """What it says now."""
        return values_of(context)

    def steps(self, context: Application, values: Mapping[str, Value]) -> list[Step]:
        """All in one step."""
        sent = any(each.sent_on is not None for each in context.reports)
        stays = (quiet(_("Rapporter som är skickade ligger kvar.")),) if sent else ()
        return [
            Step(
                name="andra",
                title=_("Ändra ansökan"),
                fields=wanted_fields(),
                submit=_("Spara"),
                intro=(text(bold(shortened(title_of(context), 200))), *stays),
                check=check_whole,
            )
        ]

    async def save(self, turn: Turn, context: Application, answers: Answers) -> Replies:
        """Write what differs, and tell those whom it concerns."""
        by, days = acting(turn), read_days(answers.get("reports") or "")
        wanted, writer = wanted_of(answers), PersonId(answers["writer"])
        now = await attempt(
            turn,
            context,
            lambda: changing.edit(turn.db, by, turn.plan, context, wanted, writer, days),
        )
        if not isinstance(now, Application):
            return now
        names = changed_fields(context, now)
        if not names:
            return (say(turn, receipt(now, _("Inget är ändrat."))),)
        who = turn.person.name
        tell_quietly(turn, now, lambda: edited_news(now, who, names))
        if context.writer.id != now.writer.id:
            tell_people(turn, [now.writer.id], lambda: you_write(now, who))
        return (say(turn, receipt(now, _("Sparat. De som berörs får veta det."))),)


def changed_fields(before: Application, now: Application) -> tuple[str, ...]:
    """Names of what differs."""
    names = [
        name
        for name in before.wanted.__dataclass_fields__
        if getattr(before.wanted, name) != getattr(now.wanted, name)
    ]
    if before.writer.id != now.writer.id:
        names.append("writer_id")
    return (*names, "reports") if before.unsent != now.unsent else tuple(names)


def edited_news(application: Application, who: str, names: tuple[str, ...]) -> Card:
    """What was changed, for those whom it concerns."""
    fields = ", ".join(field_word(name) for name in names)
    return news(application, _("{name} har ändrat: {fields}.", name=who, fields=fields))


EDIT = EditForm()
