"""What is asked about an application: the fund and its call, money, days, who writes, reports."""

from collections.abc import Mapping
from typing import Any

from bot.applications.application import (
    LINK_LENGTH,
    MOST_KRONOR,
    MOST_REPORTS,
    NAME_LENGTH,
    NOTHING,
    TEXT_LENGTH,
    Application,
    Wanted,
)
from bot.applications.days import NotADay, read_days, written
from bot.conversations.activity_card import shortened
from bot.conversations.forms import (
    AmountField,
    DateField,
    FormField,
    PersonField,
    TextField,
    Value,
)
from bot.conversations.link_field import check_link
from bot.conversations.steps import Answers
from bot.language import _, short_date
from bot.plan import Contact, Kronor

_DAYS_LENGTH = 400
_VALUE_LENGTH = 75


def wanted_fields() -> tuple[FormField, ...]:
    """All that can be said of an application; fund, amount and writer must be."""
    return (*_money_fields(), *_day_fields(), *_call_fields())


def _money_fields() -> tuple[FormField, ...]:
    return (
        TextField(
            name="fund",
            label=_("Vilken fond eller finansiär?"),
            help=_("Skriv den som i planen, till exempel ESF+ eller Vinnova"),
            required=True,
            max_length=NAME_LENGTH,
        ),
        AmountField(
            name="amount",
            label=_("Hur mycket söks?"),
            help=_("Hela kronor, till exempel 350 000 eller 1,2 mkr"),
            required=True,
            least=1,
            most=MOST_KRONOR,
        ),
        AmountField(
            name="match_demanded",
            label=_("Krav på medfinansiering"),
            help=_("Hur mycket finansiären kräver att andra betalar. Lämna tomt om inget krävs."),
            most=MOST_KRONOR,
        ),
    )


def _day_fields() -> tuple[FormField, ...]:
    return (
        PersonField(
            name="writer",
            label=_("Vem skriver ansökan?"),
            help=_("Sök på namn, e-post eller kommun"),
            required=True,
        ),
        DateField(name="last_day", label=_("Sista dag att söka")),
        DateField(name="expected_on", label=_("När väntas svaret?")),
        TextField(
            name="reports",
            label=_("Dagar då finansiären vill ha rapporter"),
            help=_("Ett datum för varje rapport, till exempel 2027-03-01, 2027-09-01"),
            max_length=_DAYS_LENGTH,
        ),
    )


def _call_fields() -> tuple[FormField, ...]:
    return (
        TextField(name="call", label=_("Utlysning"), max_length=NAME_LENGTH),
        TextField(
            name="link",
            label=_("Länk till utlysningen"),
            help=_("Hela adressen, till exempel https://…"),
            max_length=LINK_LENGTH,
        ),
        TextField(name="note", label=_("Anteckning"), lines=3, max_length=TEXT_LENGTH),
    )


def check_whole(answers: Answers) -> dict[str, str]:
    """The link, the days of reports, and an answer that is expected before the last day."""
    found = check_link(answers)
    last, expected = answers.get("last_day"), answers.get("expected_on")
    if last and expected and expected < last:
        found["expected_on"] = _(
            "Svaret kan inte komma före sista dagen, {day}.", day=short_date(last)
        )
    try:
        days = read_days(answers.get("reports") or "")
    except NotADay as error:
        return found | {"reports": not_a_day(error.word)}
    if len(days) > MOST_REPORTS:
        found["reports"] = _("Skriv högst {most} dagar.", most=MOST_REPORTS)
    return found


def not_a_day(word: str) -> str:
    """What is said of a word that is no day."""
    return _(
        "”{word}” är inget datum. Skriv till exempel 2027-03-01, 2027-09-01.",
        word=shortened(word, 40),
    )


def wanted_of(answers: Answers) -> Wanted:
    """What is applied for, as filled in."""
    return Wanted(
        fund=" ".join(answers["fund"].split()),
        amount=Kronor(answers["amount"]),
        call=answers.get("call"),
        link=answers.get("link"),
        last_day=answers.get("last_day"),
        match_demanded=Kronor(answers.get("match_demanded") or NOTHING),
        expected_on=answers.get("expected_on"),
        note=answers.get("note"),
    )


def person_value(person: Contact) -> str:
    """How a person stands in a field, so that people can read it and one person is meant."""
    return person.email if len(person.email) <= _VALUE_LENGTH else str(person.id)


def values_of(application: Application) -> dict[str, Value]:
    """The application as it stands, for the form that changes it."""
    wanted = application.wanted
    said: Mapping[str, Any] = {
        "fund": wanted.fund,
        "amount": wanted.amount,
        "match_demanded": wanted.match_demanded or None,
        "writer": person_value(application.writer),
        "last_day": wanted.last_day,
        "expected_on": wanted.expected_on,
        "reports": written(application.unsent) or None,
        "call": wanted.call,
        "link": wanted.link,
        "note": wanted.note,
    }
    return {name: str(value) for name, value in said.items() if value is not None}
