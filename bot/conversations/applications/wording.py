"""How applications are spoken of: their name, their states, their days, what happened to them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.applications.application import Application, State, Step
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import capital
from bot.language import _, kronor, ngettext, short_date
from bot.plan import Plan


def application_name(application_id: int) -> str:
    """`ansökan 4`, within a sentence."""
    return _("ansökan {number}", number=application_id)


def title_of(application: Application) -> str:
    """`Ansökan 4: ESF+ för KOM-03`."""
    return _(
        "{name}: {fund} för {code}",
        name=capital(application_name(application.id)),
        fund=application.wanted.fund,
        code=application.activity_code,
    )


def activity_word(application: Application, plan: Plan) -> str:
    """The activity by code and title; by its code alone when the plan has it no longer."""
    activity = plan.by_id.get(application.activity_id)
    code = application.activity_code
    return f"{code} {activity.title}" if activity is not None else code


def state_label(state: State) -> str:
    """Symbol and word."""
    match state:
        case State.PLANNED:
            return _("📝 planerad")
        case State.APPLIED:
            return _("📨 skickad")
        case State.GRANTED:
            return _("✅ beviljad")
        case State.REJECTED:
            return _("❌ avslag")
        case State.WITHDRAWN:
            return _("↩ tillbakadragen")


def next_day_word(application: Application) -> str:
    """The day to keep in mind, within a sentence; empty when there is none."""
    day = application.next_day
    if day is None:
        return ""
    match application.state:
        case State.PLANNED:
            return _("sista dag {day}", day=short_date(day))
        case State.APPLIED:
            return _("svar väntas {day}", day=short_date(day))
        case _:
            return _("rapport senast {day}", day=short_date(day))


def worth_word(application: Application) -> str:
    """The money, and how it stands: `350 000 kr av 400 000 kr`."""
    granted, asked = application.granted, application.wanted.amount
    if granted is None or granted == asked:
        return kronor(asked)
    return _("{granted} av {asked}", granted=kronor(granted), asked=kronor(asked))


def many(count: int) -> str:
    """`3 ansökningar`."""
    return ngettext("{n} ansökan", "{n} ansökningar", count)


def step_told(step: Step) -> str:
    """What happened, in a few words."""
    match step.kind:
        case "registered":
            return _("Registrerade ansökan")
        case "edited":
            return _("Ändrade")
        case "applied":
            return _("Skickade ansökan")
        case "granted":
            return _("Beviljad")
        case "rejected":
            return _("Avslag")
        case "withdrawn":
            return _("Drog tillbaka ansökan")
        case "report_sent":
            return _("Skickade en rapport")
        case _:
            return _("Tog tillbaka ett steg")


def step_record(step: Step) -> str:
    """Days, amounts and words of a step, as far as they are said."""
    said = _said(step)
    if step.reason:
        said.append(step.reason)
    return " · ".join(said)


def _said(step: Step) -> list[str]:
    changes = step.changes
    match step.kind:
        case "edited":
            return [_change(name, *pair) for name, pair in changes.items()]
        case "applied":
            return [_day(changes, "applied_on")]
        case "granted":
            number = changes.get("record_number")
            amount = kronor(changes.get("granted", 0))
            told = [amount, _day(changes, "answered_on")]
            return [*told, _("diarienummer {number}", number=number)] if number else told
        case "rejected":
            return [_day(changes, "answered_on")]
        case "report_sent":
            due, sent = _day(changes, "due_on"), _day(changes, "sent_on")
            return [_("rapporten till {due}, skickad {sent}", due=due, sent=sent)]
        case "taken_back":
            return [kind_word(changes.get("kind", ""))]
        case _:
            return []


def kind_word(kind: str) -> str:
    """A step that was taken back, within a sentence."""
    match kind:
        case "applied":
            return _("att den skickades")
        case "granted":
            return _("att den beviljades")
        case "rejected":
            return _("att det blev avslag")
        case "report_sent":
            return _("att en rapport skickades")
        case _:
            return _("att den drogs tillbaka")


def _day(changes: Mapping[str, Any], name: str) -> str:
    return short_date(date.fromisoformat(changes[name])) if changes.get(name) else "–"


def _change(name: str, before: Any, after: Any) -> str:
    """A field, with what it was and became where that is short."""
    match name:
        case "amount" | "match_demanded":
            was, became = kronor(before), kronor(after)
        case "last_day" | "expected_on":
            was, became = _a_day(before), _a_day(after)
        case "reports":
            was, became = _days(before), _days(after)
        case "fund" | "call":
            was, became = shortened(before or "–", 80), shortened(after or "–", 80)
        case _:
            return field_word(name)
    return _("{field}: {before} → {after}", field=field_word(name), before=was, after=became)


def _a_day(words: str | None) -> str:
    return short_date(date.fromisoformat(words)) if words else "–"


def _days(days: Sequence[str]) -> str:
    return ", ".join(_a_day(day) for day in days) or "–"


def field_word(name: str) -> str:
    """What a field is called within a sentence."""
    words = {
        "fund": _("fond"),
        "amount": _("sökt belopp"),
        "call": _("utlysning"),
        "link": _("länk"),
        "last_day": _("sista dag"),
        "match_demanded": _("krav på medfinansiering"),
        "expected_on": _("väntat svar"),
        "note": _("anteckning"),
        "writer_id": _("vem som skriver"),
        "reports": _("rapportdagar"),
    }
    return words.get(name, name)
