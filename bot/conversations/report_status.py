"""Report how an activity stands: by words, by a press, or by a form."""

from collections.abc import Mapping, Sequence

from bot import reporting
from bot.clock import in_stockholm
from bot.conversations import report_form, report_mine
from bot.conversations.activity_card import shortened
from bot.conversations.calling import read_line
from bot.conversations.edited_line import report_of_line, retyped
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Shortcut, Turn
from bot.conversations.reading_report import (
    Typed,
    Unclear,
    Unknown,
    read_report_words,
    with_state,
)
from bot.conversations.saving_report import (
    MOST_CHARACTERS,
    refusal,
    save,
    say,
    too_long,
    unchanged,
)
from bot.conversations.small_talk import begins_with_activity
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, weekday_date
from bot.plan import Activity, ActivityId
from bot.reporting import Content, Report
from bot.states import NEEDS_DEVIATION, status_label
from storage.queries.turns import latest_words


async def answer(turn: Turn) -> Replies:
    """Record what was said, ask for what is missing, or help to find the activity."""
    if isinstance(turn.doing, Pressed):
        return await _pressed(turn, turn.doing.press.arguments)
    words = turn.words.strip()
    if not words:
        return await choose(turn)
    if words.casefold() in ("mina", "alla mina", "mine", "all mine"):
        return await open_flow(turn, report_mine.FLOW, ())
    edited = await report_of_line(turn)
    match read_report_words(turn.plan, words):
        case Typed() as typed if edited is not None:
            return await retyped(turn, typed, edited)
        case Typed() as typed:
            return await report_typed(turn, typed)
        case Unclear(activities=several, rest=rest):
            return (say(turn, which(several, rest)),)
        case Unknown(words=named, rest=rest):
            return (say(turn, no_such(named, rest)),)


async def _pressed(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    match arguments:
        case ("mina",):
            return await open_flow(turn, report_mine.FLOW, ())
        case (code, "oforandrat") if code in turn.plan.activities:
            return await _again(turn, turn.plan.activities[code], "")
        case (code, "ord") if code in turn.plan.activities:
            return await _chosen(turn, turn.plan.activities[code])
        case (code, *_rest):
            return await open_flow(turn, report_form.FLOW, arguments)
        case _:
            return await choose(turn)


async def _chosen(turn: Turn, activity: Activity) -> Replies:
    """Go on with what was typed when several activities fitted, or none was asked to be reported:
    their latest words."""
    line = read_line(await latest_words(turn.db, turn.person.id) or "")
    begun = begins_with_activity(turn.plan, line.words)
    if begun is not None and begun[0] == activity:
        return await report_typed(turn, with_state(activity, begun[1].split()))
    read = read_report_words(turn.plan, line.rest) if line.rest else None
    rest = read.rest if isinstance(read, Unclear) and activity in read.activities else ""
    return await report_typed(turn, with_state(activity, rest.split()))


async def report_typed(turn: Turn, typed: Typed) -> Replies:
    """Save what was typed of an activity; ask for what it lacks."""
    activity = typed.activity
    refused = await refusal(turn, activity)
    if refused is not None:
        return refused
    if typed.unchanged:
        return await _again(turn, activity, typed.text)
    is_long = len(typed.text) > MOST_CHARACTERS
    if typed.status is None:
        if not typed.text:
            return await open_flow(turn, report_form.FLOW, (activity.code,))
        problems = {"status": _unknown_status(typed.text)}
        return await _ask(turn, activity, {"situation": typed.text}, problems)
    field = "deviation" if typed.status in NEEDS_DEVIATION else "situation"
    if is_long or (typed.status in NEEDS_DEVIATION and not typed.text):
        values: dict[str, Value] = {"status": typed.status.value}
        if typed.text:
            values[field] = typed.text
        problems: dict[str, str] = {field: too_long(typed.text)} if is_long else {}
        return await _ask(turn, activity, values, problems)
    said = typed.text or None
    if typed.status in NEEDS_DEVIATION:
        return await save(turn, activity, Content(status=typed.status, deviation=said))
    return await save(turn, activity, Content(status=typed.status, situation=said))


async def _ask(
    turn: Turn, activity: Activity, typed: dict[str, Value], problems: dict[str, str]
) -> Replies:
    return await open_flow(turn, report_form.FLOW, (activity.code,), typed=typed, problems=problems)


def _unknown_status(words: str) -> str:
    return _(
        "Jag känner inte igen läget ”{words}”. Välj läge här, så står texten kvar.",
        words=shortened(words.split()[0], 30),
    )


async def _again(turn: Turn, activity: Activity, note: str) -> Replies:
    refused = await refusal(turn, activity)
    if refused is not None:
        return refused
    said = await unchanged(turn, activity, note)
    return said or await open_flow(turn, report_form.FLOW, (activity.code,))


async def choose(turn: Turn) -> Replies:
    """My activities to report, and a way to any other."""
    today = in_stockholm(turn.now).date()
    mine = await reporting.to_report(turn.db, turn.plan, turn.person, today)
    if not mine:
        return await open_flow(turn, report_form.FIND, ())
    return (say(turn, choose_card(mine, await reporting.latest_of(turn.db, mine))),)


def choose_card(mine: Sequence[Activity], latest: Mapping[ActivityId, Report]) -> Card:
    """My activities, each with buttons to report it, and a way to any other."""
    parts: list[Part] = [text(_("Vilken aktivitet gäller det?"))]
    for activity in mine[:10]:
        parts.append(text(bold(activity.code), f" {activity.title}"))
        parts.append(quiet(_last(latest.get(activity.id))))
        parts.append(Buttons(buttons=_report_buttons(activity, activity.id in latest)))
    others = [Button(label=_("En annan aktivitet"), press=press("formular", "rapport_valj"))]
    if len(mine) > 1:
        others.insert(0, Button(label=_("Alla mina på en gång"), press=press("rapport", "mina")))
    parts.append(Buttons(buttons=tuple(others)))
    names = shortened(", ".join(each.name for each in mine[:10]), 500)
    said = _("Vilken aktivitet vill du rapportera? {names}, eller en annan.", names=names)
    return Card(title=_("Rapportera läget"), summary=said, parts=tuple(parts))


def _last(report: Report | None) -> str:
    if report is None:
        return _("Ingen rapport än")
    when = weekday_date(report.reported_at.date())
    return _("{status}, senast {when}", status=status_label(report.content.status), when=when)


def _report_buttons(activity: Activity, reported: bool) -> tuple[Button, ...]:
    buttons = [Button(label=_("Rapportera"), press=press("rapport", activity.code))]
    if reported:
        again = press("rapport", activity.code, "oforandrat")
        buttons.append(Button(label=_("Oförändrat"), press=again))
    return tuple(buttons)


def which(several: tuple[Activity, ...], rest: str, name: str = "rapport") -> Card:
    """A list to choose from when several activities fit the words."""
    said = _("Flera aktiviteter passar. Vilken menar du?")
    parts: list[Part] = [text(said)]
    for activity in several[:10]:
        label = shortened(activity.name, 75)
        chosen = press(name, activity.code, "ord") if rest else press(name, activity.code)
        parts.append(Buttons(buttons=(Button(label=label, press=chosen),)))
    if rest:
        parts.append(quiet(_("Du skrev också: {words}", words=shortened(rest, 2_000))))
    names = shortened(", ".join(each.name for each in several[:10]), 1_000)
    return Card(summary=f"{said} {names}", parts=tuple(parts))


def no_such(named: str, rest: str) -> Card:
    """What is said when no activity fits the words; the rest of them is said back."""
    said = _(
        "Jag hittar ingen aktivitet som heter ”{words}”. "
        "Skriv en kod, till exempel KOM-03, eller ord ur namnet.",
        words=shortened(named, 60),
    )
    parts: list[Part] = [text(said)]
    if rest:
        parts.append(quiet(_("Du skrev också: {words}", words=shortened(rest, 2_000))))
    buttons = [
        Button(label=_("Sök aktivitet"), press=press("formular", "rapport_valj")),
        Button(label=_("Visa alla aktiviteter"), press=press("aktiviteter")),
    ]
    parts.append(Buttons(buttons=tuple(buttons)))
    return Card(summary=said, parts=tuple(parts), tone="warning")


def _examples() -> tuple[Example, ...]:
    return (
        Example(
            words=_("rapport KOM-03 risk Avtalet försenat"),
            answer="KOM-03",
            meaning=_("säger läget och varför, på en rad"),
        ),
        Example(
            words=_("rapport KOM-03 oförändrat"),
            answer="KOM-03",
            meaning=_("säger förra rapporten en gång till, med dagens datum"),
        ),
        Example(
            words=_("rapport batteriteknik"),
            answer="KOM-03",
            meaning=_("öppnar formuläret för aktiviteten med de orden i namnet"),
        ),
        Example(
            words=_("rapport mina"),
            answer="",
            meaning=_("visar alla aktiviteter som du ansvarar för i ett formulär"),
        ),
    )


REPORT_STATUS = Conversation(
    name="rapport",
    says=lambda: _("Rapportera läget för en aktivitet"),
    answer=answer,
    synonyms=("rapportera", "lagesrapport", "report"),
    examples=_examples,
    forms=(report_form.FLOW, report_form.FIND, report_mine.FLOW),
    command=True,
    shortcuts=(
        Shortcut(form=report_form.FIND.name, says=lambda: _("Rapportera läget")),
        Shortcut(form=report_mine.FLOW.name, says=lambda: _("Rapportera alla mina")),
    ),
)
