"""An application on its way: sent to the funder, and the reports that the funder demands."""

from datetime import date

from bot.applications import changing
from bot.applications.application import Application
from bot.applications.changing import last_step
from bot.applications.days import NotADay, read_past
from bot.conversations.acting import acting
from bot.conversations.applications.application_card import verb_button
from bot.conversations.applications.refusals import attempt
from bot.conversations.applications.small_form import About, SmallForm, day_field, do_or_ask
from bot.conversations.applications.telling import news, receipt, tell_news, undo_button
from bot.conversations.applications.wording import worth_word
from bot.conversations.forms import ChoiceField, DateField, FormField, Option, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers
from bot.conversations.views import Card
from bot.language import _, short_date


async def send(turn: Turn, application: Application, rest: str) -> Replies:
    """`skickad 2026-03-01`: it was sent that day; asks which when no day is typed."""
    return await do_or_ask(turn, SENT, (str(application.id),), typed_day(turn, "day", rest))


def typed_day(turn: Turn, field: str, words: str) -> dict[str, Value]:
    """The field with the day that the words say, or with the words when they say none."""
    if not words:
        return {}
    try:
        return {field: read_past(words, turn.now).isoformat()}
    except NotADay:
        return {field: words}


async def _sent(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, day = acting(turn), about.application, answers["day"]
    expected = answers.get("expected_on")
    now = await attempt(
        turn, before, lambda: changing.send(turn.db, by, turn.plan, before, day, expected)
    )
    if not isinstance(now, Application):
        return now
    who, step = turn.person.name, await last_step(turn.db, now)
    tell_news(turn, now, lambda: sent_news(now, who))
    return (say(turn, sent_receipt(now, step.id if step is not None else 0)),)


def sent_news(application: Application, who: str) -> Card:
    """That it was sent."""
    said = _("{name} skickade ansökan på {amount} {day}.", name=who,
             amount=worth_word(application), day=_day(application.applied_on))  # fmt: skip
    return news(application, f"{said} {_expected(application)}".strip())


def sent_receipt(application: Application, step_id: int) -> Card:
    """What whoever wrote it reads."""
    said = _("Sparat: skickad {day}. {amount} står nu som sökt finansiering i {code}.",
             day=_day(application.applied_on), amount=worth_word(application),
             code=application.activity_code)  # fmt: skip
    buttons = (undo_button(application, step_id),)
    return receipt(application, f"{said} {_expected(application)}".strip(), buttons=buttons)


def _expected(application: Application) -> str:
    day = application.wanted.expected_on
    return _("Svar väntas {day}.", day=short_date(day)) if day is not None else ""


def _day(day: date | None) -> str:
    return short_date(day) if day is not None else "–"


def _sent_fields(about: About) -> tuple[FormField, ...]:
    expected = DateField(name="expected_on", label=_("När väntas svaret?"), earliest=about.today)
    return (day_field(_("När skickades den?"), None, about.today), expected)


def _sent_first(about: About) -> dict[str, Value]:
    values: dict[str, Value] = {"day": about.today.isoformat()}
    expected = about.application.wanted.expected_on
    if expected is not None and expected >= about.today:
        values["expected_on"] = expected.isoformat()
    return values


async def send_report(turn: Turn, application: Application, rest: str) -> Replies:
    """`rapporterad 2027-03-01`: that day's report was sent today; asks which when none is typed."""
    words = rest.strip()
    typed: dict[str, Value] = {"due_on": words} if words else {}
    return await do_or_ask(turn, REPORTED, (str(application.id),), typed)


async def _reported(turn: Turn, about: About, answers: Answers) -> Replies:
    by, before, day = acting(turn), about.application, answers["day"]
    due = date.fromisoformat(answers["due_on"])
    now = await attempt(
        turn, before, lambda: changing.send_report(turn.db, by, turn.plan, before, due, day)
    )
    if not isinstance(now, Application):
        return now
    who, step = turn.person.name, await last_step(turn.db, now)
    tell_news(turn, now, lambda: reported_news(now, who, due))
    return (say(turn, reported_receipt(now, due, step.id if step is not None else 0)),)


def reported_news(application: Application, who: str, due: date) -> Card:
    """That a report was sent."""
    said = _("{name} har skickat rapporten till {day}.", name=who, day=short_date(due))
    return news(application, said)


def reported_receipt(application: Application, due: date, step_id: int) -> Card:
    """What whoever wrote it reads: which report is next."""
    said = _("Sparat: rapporten till {day} är skickad.", day=short_date(due))
    left = application.unsent
    if left:
        said += " " + _("Nästa är {day}.", day=short_date(left[0]))
    else:
        said += " " + _("Det var den sista.")
    more = [verb_button(_("Rapport skickad"), application, "rapporterad")] if left else []
    return receipt(application, said, buttons=(*more, undo_button(application, step_id)))


def _report_fields(about: About) -> tuple[FormField, ...]:
    unsent = [Option(value=day.isoformat(), label=short_date(day))
              for day in about.application.unsent]  # fmt: skip
    which = ChoiceField(
        name="due_on", label=_("Vilken rapport?"), options=tuple(unsent), required=True
    )
    earliest = about.application.answered_on
    return (which, day_field(_("När skickades den?"), earliest, about.today))


def _report_first(about: About) -> dict[str, Value]:
    return {"due_on": about.application.unsent[0].isoformat(), "day": about.today.isoformat()}


SENT = SmallForm(
    name="ansokan_skickad",
    kind="applied",
    title=lambda: _("Ansökan skickad"),
    submit=lambda: _("Spara"),
    fields=_sent_fields,
    act=_sent,
    first=_sent_first,
)
REPORTED = SmallForm(
    name="ansokan_rapport",
    kind="report_sent",
    title=lambda: _("Rapport skickad"),
    submit=lambda: _("Spara"),
    fields=_report_fields,
    act=_reported,
    first=_report_first,
)
