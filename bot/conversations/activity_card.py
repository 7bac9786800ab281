"""An activity's living card, and the short news of it that a channel gets."""

from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import reporting
from bot.clock import in_stockholm
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Paragraph,
    Part,
    Progress,
    bold,
    facts,
    link,
    press,
    quiet,
    text,
)
from bot.language import _, short_date, short_time, speaking
from bot.plan import Activity, ActivityId, Plan
from bot.reporting import Report
from bot.states import Decider, Status, decider_word, status_label

KIND = "activity"
"""What posted cards of activities are called."""

_SHOWN = 700
"""Characters of a text that a card shows before it points to the history."""

TONES: dict[Status, Literal["good", "warning", "bad"]] = {
    Status.AT_RISK: "warning",
    Status.OFF_TRACK: "bad",
    Status.DONE: "good",
}


async def draw(
    db: AsyncConnection, plan: Plan, subject_id: int, language: str, now: datetime
) -> Card | None:
    """The living card as it is now; None when the plan no longer has the activity."""
    activity = plan.by_id.get(ActivityId(subject_id))
    if activity is None:
        return None
    report, before = await reporting.latest_two(db, activity.id)
    with speaking(language):
        return activity_card(activity, report, before)


def activity_card(activity: Activity, report: Report | None, before: Report | None) -> Card:
    """The card that is the same for everybody."""
    if report is None:
        said = _("{code} {title}: ingen rapport än.", code=activity.code, title=activity.title)
        parts: list[Part] = [text(bold(_("Ingen rapport än"))), _who_and_when(activity)]
        parts.append(_buttons(activity, reported=False))
        return Card(title=_title(activity), summary=said, parts=tuple(parts))
    content = report.content
    parts = [text(bold(status_label(content.status)), _change(report, before))]
    parts += said_in(report, link_to=activity.code, most=_SHOWN)
    if content.percent is not None:
        parts.append(Progress(label=_("Genomfört"), done=content.percent, of=100))
    parts.append(_who_and_when(activity))
    parts.append(_reported(report))
    parts.append(_buttons(activity, reported=True))
    summary = f"{activity.name}: {status_label(content.status)}."
    if content.situation or content.deviation:
        summary += " " + shortened(content.deviation or content.situation or "", 300)
    return Card(
        title=_title(activity),
        summary=summary,
        parts=tuple(parts),
        tone=TONES.get(content.status, "neutral"),
    )


def _title(activity: Activity) -> str:
    return shortened(activity.name, 150)


def shortened(words: str, most: int) -> str:
    """At most `most` characters, an ellipsis where it is cut."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _change(report: Report, before: Report | None) -> str:
    if before is None:
        return _(" · första rapporten")
    if before.content.status is report.content.status:
        return _(" · samma läge som {day}", day=_day(before))
    return _(
        " · förut {status} ({day})", status=status_label(before.content.status), day=_day(before)
    )


def _day(report: Report) -> str:
    return short_date(in_stockholm(report.reported_at).date())


def said_in(report: Report, *, link_to: str, most: int) -> list[Part]:
    """What a report says, a paragraph each; a text that is cut says so and leads to the rest."""
    content = report.content
    wanted = [
        (_("Läget"), content.situation),
        (_("Avvikelse"), content.deviation),
        (_("Åtgärd"), content.measure),
        (_decision_label(content.decision_from), _decision_text(report)),
        (_("Nästa steg"), content.next_step),
    ]
    return [_said(label, words, link_to, most) for label, words in wanted if words]


def _said(label: str, words: str, code: str, most: int) -> Paragraph:
    if len(words) <= most:
        return text(bold(f"{label}: "), words)
    rest = link(_("Läs hela i historiken"), f"/visa/historik|{code}")
    return text(bold(f"{label}: "), shortened(words, most), " ", rest)


def _decision_label(decider: Decider) -> str:
    return _("Beslut behövs av {decider}", decider=decider_word(decider))


def _decision_text(report: Report) -> str | None:
    if report.content.decision_from is Decider.NOBODY:
        return None
    return report.content.decision or _("Se läget ovan.")


def _who_and_when(activity: Activity) -> Part:
    shown = [
        (_("Ansvarig"), activity.responsible.name),
        (_("Pågår"), f"{short_date(activity.starts_on)} – {short_date(activity.ends_on)}"),
    ]
    coming = next((one for one in activity.milestones if one.reached_at is None), None)
    if coming:
        shown.append((_("Nästa milstolpe"), f"{short_date(coming.due_on)} {coming.title}"))
    if activity.proposed:
        shown.append((_("I planen"), _("föreslagen, ännu inte fastställd")))
    return facts(*shown)


def _reported(report: Report) -> Paragraph:
    when = short_time(in_stockholm(report.reported_at))
    if report.replaces is not None:
        return quiet(_("Rättad av {name} {when}", name=report.person_name, when=when))
    if report.content.unchanged:
        return quiet(_("Oförändrat enligt {name} {when}", name=report.person_name, when=when))
    return quiet(_("Rapporterad av {name} {when}", name=report.person_name, when=when))


def _buttons(activity: Activity, *, reported: bool) -> Buttons:
    code = activity.code
    buttons = [Button(label=_("Rapportera"), press=press("rapport", code), style="primary")]
    if reported:
        buttons.append(Button(label=_("Oförändrat"), press=press("rapport", code, "oforandrat")))
        buttons.append(Button(label=_("Historik"), press=press("historik", code)))
    if activity.milestones:
        buttons.append(Button(label=_("Milstolpar"), press=press("milstolpe", code)))
    if reported:
        ask = press("formular", "undra", code)
        buttons.append(Button(label=_("Fråga om rapporten"), press=ask))
    return Buttons(buttons=tuple(buttons))


def is_news(report: Report, before: Report | None) -> bool:
    """Whether the channel gets a post of its own: a changed state, a decision asked, a correction.

    For all else the card's change is enough.
    """
    if report.replaces is not None or before is None:
        return True
    return before.content.status is not report.content.status or _asks_anew(report, before)


def _asks_anew(report: Report, before: Report | None) -> bool:
    """Whether a decision is asked for that was not asked for, in those words, last time."""
    content = report.content
    if content.decision_from is Decider.NOBODY or content.unchanged:
        return False
    last = before.content if before is not None else None
    asked_before = last is not None and (last.decision_from, last.decision)
    return asked_before != (content.decision_from, content.decision)


def news_card(activity: Activity, report: Report, before: Report | None) -> Card:
    """The post for the channel, its first line saying which kind of news it is."""
    content = report.content
    first = _news_line(activity, report, before)
    state = status_label(content.status)
    if before is not None and before.content.status is not content.status:
        state = _("{now}, förut {before}", now=state, before=status_label(before.content.status))
    parts: list[Part] = [text(bold(state))]
    parts += said_in(report, link_to=activity.code, most=_SHOWN)
    parts.append(_reported(report))
    show = Button(label=_("Visa aktiviteten"), press=press("aktivitet", activity.code))
    parts.append(Buttons(buttons=(show,)))
    return Card(
        title=shortened(first, 150),
        summary=" ".join((f"{first}. {state}.", *_why(report, first))),
        parts=tuple(parts),
        tone=TONES.get(content.status, "neutral"),
    )


def _why(report: Report, first: str) -> list[str]:
    """What deviates, and what is to be decided, unless the `first` line has said by whom."""
    content = report.content
    decision, label = _decision_text(report) or "", _decision_label(content.decision_from)
    if decision and not first.startswith(label):
        decision = f"{label}: {decision}"
    said = content.deviation or content.situation or ""
    return [shortened(words, 300) for words in (said, decision) if words]


def _news_line(activity: Activity, report: Report, before: Report | None) -> str:
    name = activity.name
    decider = report.content.decision_from
    if report.replaces is not None:
        return _("Rättelse: {name}", name=name)
    if _asks_anew(report, before):
        return _("Beslut behövs av {decider}: {name}", decider=decider_word(decider), name=name)
    return _("Nytt läge: {name}", name=name)
