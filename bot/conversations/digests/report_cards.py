"""What is said of reports to meetings: a draft is there, sent, called off, listed."""

from collections.abc import Sequence
from datetime import date

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.protocol import Refusal
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, press, quiet, text
from bot.conversations.ways_on import refusal_card, stuck
from bot.digests.meeting_report import MeetingReport
from bot.digests.naming import whom_of
from bot.digests.wording import Line, long_day
from bot.language import _, ngettext, short_time, weekday_date
from bot.plan import Contact

NAME = "motesrapport"
FORM = "motesrapport"


def edit_button(report: MeetingReport) -> Button:
    """To the form of the draft."""
    return Button(label=_("Läs och ändra"), press=press("formular", FORM, report.id))


def show_button(report: MeetingReport, label: str = "") -> Button:
    """To the report as it would be read, or was sent."""
    return Button(label=label or _("Visa hela"), press=press(NAME, "visa", report.id))


def send_button(report: MeetingReport) -> Button:
    """Asks whether it is to be sent."""
    return Button(
        label=_("Skicka rapporten"), press=press(NAME, "skicka", report.id), style="primary"
    )


def draft_card(report: MeetingReport, today: date, before: str = "") -> Card:
    """That a draft waits to be read and sent; `before` says what has come before that."""
    said = _("Ett utkast är klart: {title}.", title=shortened(report.title, 150))
    when = _(
        "Mötet är {day}. Handlingarna ska vara ute senast {due}.",
        day=weekday_date(report.held_on),
        due=weekday_date(report.due_on),
    )
    rule = _("Läs igenom, ändra det du vill och skicka. Inget skickas av sig självt.")
    late = [text(_("Det skulle ha varit skickat."))] if report.due_on < today else []
    lead = [text(before)] if before else []
    ways = Buttons(buttons=(edit_button(report), show_button(report), send_button(report)))
    return Card(
        title=shortened(report.title, 150),
        summary=f"{before} {said}".strip(),
        parts=(*lead, text(said), *late, quiet(when), quiet(rule), ways),
    )


def edited_card(report: MeetingReport) -> Card:
    """That the draft holds what was written."""
    said = _("Sparat i utkastet: {title}.", title=shortened(report.title, 150))
    ways = Buttons(buttons=(show_button(report), edit_button(report), send_button(report)))
    return Card(summary=said, parts=(text(said), ways), tone="good")


def asks_to_send_report(report: MeetingReport, *, channel: bool, letters: int) -> Card:
    """Asks whether it goes out now, and says to where."""
    said = _("Ska {title} skickas nu?", title=shortened(report.title, 150))
    whom = whom_of(report.audience, report.name)
    where = (
        _("Den går till kanalen för {whom}.", whom=whom)
        if channel
        else _("Ingen kanal är kopplad till {whom}.", whom=whom)
    )
    if letters:
        where += " " + ngettext(
            "{n} ledamot som inte ser någon kanal får den personligen.",
            "{n} ledamöter som inte ser någon kanal får den personligen.",
            letters,
        )
    elif not channel:
        where += " " + _("Den sparas som skickad, och du får själv ta den vidare.")
    kept = _("Den sparas som den skickas och går sedan inte att ändra.")
    really = press(NAME, "skicka_nu", report.id)
    buttons = (
        Button(label=_("Ja, skicka nu"), press=really, style="primary"),
        edit_button(report),
        show_button(report),
    )
    parts = (text(said), quiet(where), quiet(kept), Buttons(buttons=buttons))
    return Card(summary=said, parts=parts)


def report_sent(report: MeetingReport) -> Card:
    """That it is on its way."""
    said = _("{title} är skickad.", title=shortened(report.title, 150))
    ways = Buttons(buttons=(show_button(report),))
    return Card(summary=said, parts=(text(said), ways), tone="good")


def already_sent(report: MeetingReport) -> Card:
    """Who sent it, and when: it goes out once, and is not changed any more."""
    said = _("{title} är redan skickad.", title=shortened(report.title, 150))
    parts: list[Part] = [text(said)]
    if report.sent is not None:
        who, when = report.sent
        parts.append(quiet(_("{who}, {when}.", who=who, when=short_time(in_stockholm(when)))))
    return Card(summary=said, parts=(*parts, Buttons(buttons=(show_button(report),))))


def called_off(report: MeetingReport) -> Card:
    """That the meeting is cancelled, so that the draft is not needed."""
    said = _(
        "Mötet {day} är inställt. Utkastet till {title} är borttaget.",
        day=weekday_date(report.held_on),
        title=shortened(report.title, 150),
    )
    return Card(summary=said, parts=(text(said),))


def moved_words(was: date, to: date) -> str:
    """That the draft is for another day now."""
    return _(
        "Mötet {was} är flyttat till {to}. Utkastet följer med.",
        was=weekday_date(was),
        to=weekday_date(to),
    )


def no_such_report() -> Card:
    """What is said of a report that there is none of."""
    return stuck(_("Den rapporten finns inte, eller så är mötet inställt."))


def whose_reports() -> Refusal:
    """Who writes reports, said to everybody else."""
    return Refusal(
        _(
            "Lägesrapporter till möten skrivs av chefen, förbundsdirektören och förbundets "
            "medarbetare. De skickas av chefen och förbundsdirektören."
        )
    )


def only_they_send(chef: Sequence[Contact]) -> Card:
    """Who sends, said to those who may only edit."""
    name = bodies.named(chef) or _("ingen just nu")
    said = _("Rapporten skickas av chefen ({chef}) eller förbundsdirektören.", chef=name)
    return refusal_card(Refusal(said))


def reports_card(found: Sequence[MeetingReport], today: date, path: str) -> Card:
    """Drafts that wait, and the reports sent last."""
    drafts = [each for each in found if each.is_draft]
    sent = [each for each in found if each.state == "sent"]
    said = (
        ngettext(
            "{n} utkast väntar på att skickas.", "{n} utkast väntar på att skickas.", len(drafts)
        )
        if drafts
        else _("Inget utkast väntar. Nästa skrivs några dagar innan handlingarna ska vara ute.")
    )
    parts: list[Part] = [text(said)]
    if drafts:
        parts.append(bullets(*(_draft_line(each, today) for each in drafts)))
    if sent:
        parts += [text(bold(_("Skickade"))), bullets(*(each.title for each in sent))]
    buttons: list[Button] = []
    for each in drafts[:2]:
        label = shortened(each.title, 70)
        buttons.append(Button(label=label, press=press(NAME, "utkast", each.id)))
    buttons += [show_button(each, shortened(each.title, 75)) for each in sent[: 4 - len(buttons)]]
    buttons.append(Button(label=_("Alla rapporter"), href=path))
    title = _("Lägesrapporter")
    return Card(title=title, summary=said, parts=(*parts, Buttons(buttons=tuple(buttons))))


def _draft_line(report: MeetingReport, today: date) -> Line:
    due = long_day(report.due_on, today)
    late = report.due_on < today
    said = (
        _(": skulle ha varit skickad {day}", day=due)
        if late
        else _(": skickas senast {day}", day=due)
    )
    return (bold(report.title), said)


def page_of_report(report: MeetingReport, cards: Sequence[Card], number: int) -> Card:
    """A page of the report, with the way on; of a draft, to edit and send it too."""
    card = cards[number - 1]
    buttons: list[Button] = []
    if number < len(cards):
        label = _("Nästa sida ({number} av {of})", number=number + 1, of=len(cards))
        following = press(NAME, "visa", report.id, number + 1)
        buttons.append(Button(label=label, press=following))
    if number > 1:
        before = press(NAME, "visa", report.id, number - 1)
        buttons.append(Button(label=_("Föregående sida"), press=before))
    if report.is_draft:
        buttons += [edit_button(report), send_button(report)]
    mark = [text(_("Det här är ett utkast. Det är inte skickat."))] if report.is_draft else []
    ways = [Buttons(buttons=tuple(buttons))] if buttons else []
    return card.model_copy(update={"parts": (*mark, *card.parts, *ways)})
