"""The words and charts of how it goes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from bot.account_cards import platform_name
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import Chart, Series
from bot.language import _, ngettext, number, short_date, short_time
from bot.running import CHART_DAYS, Missed
from storage.queries.running import Answers, SentOn
from storage.queries.undelivered import OnPlatform

Colour = Literal["grey", "green", "yellow", "red", "blue", "teal"]
COLOURS: tuple[Colour, ...] = ("blue", "teal", "green", "yellow", "grey", "red")
MOST_SERIES = len(COLOURS)
MOST_BARS = 20


def thing_kind(kind: str) -> str:
    """What sort of thing somebody is reminded of; its name in the database where it is new."""
    words = {
        "overdue": _("Försenad rapport"),
        "digest": _("Rapport före veckobrevet"),
        "milestone": _("Milstolpe"),
        "deviation": _("Avvikelse"),
        "decision": _("Begärt beslut"),
        "question": _("Fråga om en rapport"),
        "poll": _("Omröstning"),
        "poll_missing": _("Saknade svar i omröstning"),
        "need": _("Behov som står still"),
        "prepare": _("Behov att bereda"),
        "assignment": _("Uppdrag"),
        "asked": _("Förfrågan om uppdrag"),
        "application": _("Ansökan"),
        "funder_report": _("Redovisning till finansiär"),
        "documents": _("Handlingar till möte"),
        "in_depth": _("Fördjupad uppföljning"),
        "meeting_report": _("Lägesrapport till möte"),
        "mandate": _("Mandat som löper ut"),
        "plan": _("Revidering av planen"),
    }
    return words.get(kind, kind)


def share(part: int, whole: int) -> str:
    """`3 av 4 (75 %)`; a dash where there is nothing to have a share of."""
    if not whole:
        return "–"
    about = {"part": number(part), "whole": number(whole), "percent": round(100 * part / whole)}
    return _("{part} av {whole} ({percent} %)", **about)


def days_word(days: float | None) -> str:
    """How long it took, in days with at most one decimal."""
    if days is None:
        return "–"
    if days < 1:
        return _("samma dag")
    return ngettext("{n} dag", "{n} dagar", round(days))


def long_ago(platform: OnPlatform) -> str:
    """Since when the oldest message waits."""
    if platform.oldest is None:
        return "–"
    return short_time(in_stockholm(platform.oldest))


def sent_chart(sent: Sequence[SentOn], today: date) -> Chart | None:
    """What was sent each day, a bar a day and a part a platform; None when nothing was."""
    if not sent:
        return None
    days = [today - timedelta(days=ago) for ago in range(CHART_DAYS - 1, -1, -1)]
    names = sorted({each.platform for each in sent})[:MOST_SERIES]
    counts = {(each.day, each.platform): each.messages for each in sent}
    total = sum(counts.values())
    most = max(days, key=lambda day: sum(counts.get((day, name), 0) for name in names))
    told = _(
        "{n} meddelanden på {days} dagar, flest {day}.",
        n=number(total),
        days=CHART_DAYS,
        day=short_date(most),
    )
    return Chart(
        form="stacked_bar",
        title=_("Skickade meddelanden per dag"),
        alternative=told,
        categories=tuple(f"{day.day}/{day.month}" for day in days),
        series=tuple(
            Series(
                name=shortened(platform_name(name), 20),
                values=tuple(counts.get((day, name), 0) for day in days),
                colour=colour,
            )
            for name, colour in zip(names, COLOURS, strict=False)
        ),
    )


def answers_chart(answers: Sequence[Answers]) -> Chart | None:
    """How soon things were answered after a reminder, a bar a kind; None when none was."""
    shown = answers[:MOST_BARS]
    if not shown:
        return None
    parts: tuple[tuple[str, Colour, list[int]], ...] = (
        (_("inom ett dygn"), "green", [each.in_a_day for each in shown]),
        (_("inom en vecka"), "teal", [each.in_a_week - each.in_a_day for each in shown]),
        (_("senare"), "yellow", [each.answered - each.in_a_week for each in shown]),
        (_("inget svar"), "grey", [each.asked - each.answered for each in shown]),
    )
    asked, answered = sum(each.asked for each in answers), sum(each.answered for each in answers)
    return Chart(
        form="stacked_bar",
        title=_("Svar efter påminnelse"),
        alternative=_("Besvarat: {share}.", share=share(answered, asked)),
        categories=tuple(shortened(thing_kind(each.kind), 20) for each in shown),
        series=tuple(
            Series(name=name, values=tuple(values), colour=colour) for name, colour, values in parts
        ),
    )


def kept_word(missed: Missed) -> str:
    """How many of an activity's reports came in time."""
    return share(missed.due - missed.late - missed.missing, missed.due)


def whose_running() -> str:
    """Who sees how it goes, said to everybody else."""
    return _("Hur det går med påminnelser och leverans ser chefen och administratörerna.")
