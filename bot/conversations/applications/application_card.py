"""An application's card: the money, the days, the reports, and what happened last."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from bot.applications.application import Application, Report, State, Step
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.applications.wording import (
    activity_word,
    application_name,
    next_day_word,
    state_label,
    step_record,
    step_told,
    title_of,
    worth_word,
)
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Part,
    bold,
    bullets,
    link,
    press,
    quiet,
    text,
)
from bot.language import _, kronor, short_date
from bot.plan import Plan

NAME = "ansokan"
_MOST = 900
"""Characters of a text that a card shows."""

_TONES: dict[State, Literal["good", "warning", "bad"]] = {
    State.GRANTED: "good",
    State.REJECTED: "bad",
}


def application_card(
    application: Application,
    plan: Plan,
    today: date,
    steps: Sequence[Step] = (),
    buttons: Sequence[Button] = (),
) -> Card:
    """The whole of it: `steps` are its latest, newest first; `buttons` what the reader may do."""
    stands = state_label(application.state)
    if application.is_late(today):
        stands += _(" · ⏰ dagen har passerat")
    parts: list[Part] = [text(bold(f"{stands} · {worth_word(application)}"))]
    parts.append(_facts(application, plan))
    if application.wanted.link:
        parts.append(text(link(_("Läs om utlysningen"), application.wanted.link)))
    if application.reason:
        parts.append(text(bold(_("Skäl: ")), shortened(application.reason, _MOST)))
    if application.wanted.note:
        parts.append(text(bold(_("Anteckning: ")), shortened(application.wanted.note, _MOST)))
    if application.reports:
        parts.append(text(bold(_("Rapporter till finansiären"))))
        parts.append(bullets(*(_report_line(each, today) for each in application.reports)))
    parts += [quiet(shortened(step_line(each), 400)) for each in steps]
    ways = (*buttons, verb_button(_("Historik"), application, "historik"))
    parts.append(Buttons(buttons=ways[:5], overflow=ways[5:]))
    return Card(
        title=shortened(title_of(application), 150),
        summary=_summary(application, stands),
        parts=tuple(parts),
        tone=_TONES.get(application.state, "neutral"),
    )


def _summary(application: Application, stands: str) -> str:
    said = f"{title_of(application)}. {capital_of(stands)}, {worth_word(application)}."
    coming = next_day_word(application)
    return shortened(f"{said} {coming[:1].upper()}{coming[1:]}.", 1_500) if coming else said


def capital_of(stands: str) -> str:
    """A state's symbol and word as they stand first in a sentence."""
    symbol, space, word = stands.partition(" ")
    return f"{symbol}{space}{word[:1].upper()}{word[1:]}"


def _facts(application: Application, plan: Plan) -> Facts:
    wanted = application.wanted
    match_demanded = kronor(wanted.match_demanded) if wanted.match_demanded else ""
    rows = (
        (_("Aktivitet"), activity_word(application, plan)),
        (_("Utlysning"), wanted.call or ""),
        (_("Sökt belopp"), kronor(wanted.amount)),
        (_("Krav på medfinansiering"), match_demanded),
        (_("Sista dag"), _day(wanted.last_day)),
        (_("Skickad"), _day(application.applied_on)),
        (_("Svar väntas"), _day(wanted.expected_on) if application.answered_on is None else ""),
        (_("Svar kom"), _day(application.answered_on)),
        (_("Diarienummer"), application.record_number or ""),
        (_("Skriver"), application.writer.name),
    )
    found = [Fact(label=label, value=shortened(value, 400)) for label, value in rows if value]
    return Facts(facts=tuple(found))


def _day(day: date | None) -> str:
    return short_date(day) if day is not None else ""


def _report_line(report: Report, today: date) -> str:
    due = short_date(report.due_on)
    if report.sent_on is not None:
        return _("✅ {due}, skickad {sent}", due=due, sent=short_date(report.sent_on))
    return _("⏰ {due}, skulle ha skickats", due=due) if report.due_on < today else due


def step_line(step: Step) -> str:
    """A step on one line: when, who, what and how."""
    day = short_date(in_stockholm(step.at).date())
    told, record = step_told(step), step_record(step)
    line = _("{day} {name}: {told}", day=day, name=step.person_name, told=told)
    return f"{line} ({record})" if record else line


def verb_button(
    label: str,
    application: Application,
    verb: str,
    *more: int,
    style: Literal["default", "primary", "danger"] = "default",
) -> Button:
    """A button that does something with the application."""
    return Button(label=label, press=press(NAME, application.id, verb, *more), style=style)


def show_button(application: Application) -> Button:
    """To the application's card."""
    label = _("Visa {name}", name=application_name(application.id))
    return verb_button(label, application, "visa")


def ways_offered(application: Application) -> tuple[Button, ...]:
    """What those who may change it can do as it stands, the nearest first."""
    known = (
        ("applied", _("Skickad"), "skickad"),
        ("granted", _("Beviljad"), "beviljad"),
        ("rejected", _("Avslag"), "avslag"),
        ("report_sent", _("Rapport skickad"), "rapporterad"),
        ("edited", _("Ändra"), "redigera"),
        ("withdrawn", _("Dra tillbaka"), "dra_tillbaka"),
        ("taken_back", _("Ångra senaste steget"), "angra"),
    )
    found = [
        verb_button(label, application, verb)
        for kind, label, verb in known
        if application.allows(kind)
    ]
    return tuple(found)


def new_button(code: str = "") -> Button:
    """To the form for a new one, for that activity if one is named."""
    given = (code,) if code else ()
    return Button(label=_("Ny ansökan"), press=press("formular", NAME, *given))
