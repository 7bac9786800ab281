"""All of one's own activities in one form: a state and a line each.

What is right is saved, what is wrong comes back with what was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import reporting
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.filling import ask
from bot.conversations.forms import ChoiceField, FormField, Option, TextField, Value
from bot.conversations.protocol import Ask, Replies, Turn
from bot.conversations.report_form import status_options
from bot.conversations.saving_report import MOST_CHARACTERS, record_and_tell, say
from bot.conversations.steps import Answers, Judged, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, bullets, press, quiet, text
from bot.language import _, ngettext
from bot.plan import Activity, ActivityId
from bot.reporting import Content, Report
from bot.states import NEEDS_DEVIATION, Status, status_label

MOST_AT_ONCE = 18
"""Activities in one form: two fields each, of at most 40."""

LONGEST_PRESS = 75
"""Characters of what a button carries, such as the form that it opens."""

Saved = Sequence[tuple[Activity, Report]]

SKIP, UNCHANGED = "hoppa", "oforandrat"
FROM = "fran"


@dataclass(frozen=True)
class Mine:
    """The activities asked for, with their last reports."""

    activities: tuple[Activity, ...]
    latest: Mapping[ActivityId, Report]


class ReportMine:
    """`rapport_mina`, for all, or for those left: their codes, or `fran` and the first code."""

    name = "rapport_mina"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Mine | NotNow:
        """The activities that are not over, of the person and of those whom they stand in for."""
        today = in_stockholm(turn.now).date()
        mine = await reporting.to_report(turn.db, turn.plan, turn.person, today)
        if arguments:
            mine = asked_for(mine, arguments)
        if not mine:
            return NotNow((say(turn, none_to_report()),))
        return Mine(mine, await reporting.latest_of(turn.db, mine))

    def first_values(self, context: Mine) -> dict[str, Value]:
        """Every activity is left out until something is chosen for it."""
        return {f"status_{each.id}": SKIP for each in context.activities}

    def steps(self, context: Mine, values: Mapping[str, Value]) -> list[Step]:
        """One step, with two fields for each activity."""
        shown = context.activities[:MOST_AT_ONCE]
        fields: list[FormField] = []
        for activity in shown:
            fields += _fields(activity, context.latest.get(activity.id))
        intro = [text(_("Välj läge för dem du vill rapportera. Övriga lämnas som de är."))]
        left = len(context.activities) - len(shown)
        if left:
            intro.append(
                quiet(
                    ngettext(
                        "Ytterligare {n} aktivitet kommer i nästa steg.",
                        "Ytterligare {n} aktiviteter kommer i nästa steg.",
                        left,
                    )
                )
            )
        return [
            Step(
                name="alla",
                title=_("Mina aktiviteter"),
                fields=tuple(fields),
                submit=_("Spara"),
                intro=tuple(intro),
            )
        ]

    async def save(self, turn: Turn, context: Mine, answers: Answers) -> Replies:
        """Save all, when nothing is wrong."""
        return await self.save_right(turn, context, Judged(answers=dict(answers)), answers)

    async def save_right(
        self, turn: Turn, context: Mine, judged: Judged, values: Mapping[str, Value]
    ) -> Replies:
        """Save what is right, ask again for what is wrong, then go on to what is left."""
        shown, left = context.activities[:MOST_AT_ONCE], context.activities[MOST_AT_ONCE:]
        problems = judged.problems | _missing(shown, judged.answers)
        wrong = [each for each in shown if _fields_of(each) & problems.keys()]
        saved: list[tuple[Activity, Report]] = []
        for activity in shown:
            if activity not in wrong:
                content = _content(context.latest.get(activity.id), activity, judged.answers)
                if content is not None:
                    saved.append((activity, await record_and_tell(turn, activity, content)))
        replies: Replies = (say(turn, receipt(saved, wrong)),)
        if not (wrong or left):
            return replies
        codes = still_to_ask(context.activities, (*wrong, *left))
        rest = Mine(asked_for(context.activities, codes), context.latest)
        steps = self.steps(rest, values)
        typed = {name: value for name, value in values.items() if _of(wrong, name)}
        asked = ask(self, codes, steps, steps[0], self.first_values(rest) | typed, problems)
        if wrong and saved:
            asked = asked.model_copy(update={"problem": saved_but(saved)})
        return (*replies, Ask(form=asked))


def saved_but(saved: Saved) -> str:
    """What stands on top of the form that comes back: the others are saved."""
    count = ngettext("{n} rapport sparad", "{n} rapporter sparade", len(saved))
    codes = ", ".join(one.code for one, _report in saved)
    return _("{count}: {codes}. Det här behöver rättas:", count=count, codes=codes)


def asked_for(mine: Sequence[Activity], arguments: Sequence[str]) -> tuple[Activity, ...]:
    """Those of the codes, or all from one on."""
    if arguments[0] != FROM:
        return tuple(each for each in mine if each.code in arguments)
    codes = [each.code for each in mine]
    begins = arguments[1] if len(arguments) > 1 else ""
    return tuple(mine[codes.index(begins) if begins in codes else 0 :])


def still_to_ask(mine: Sequence[Activity], rest: Sequence[Activity]) -> tuple[str, ...]:
    """The codes of the rest; from the first of them on when a button has no room for all."""
    wanted = [each.code for each in mine if each in rest]
    if len("|".join(("nytt_formular", ReportMine.name, *wanted))) <= LONGEST_PRESS:
        return tuple(wanted)
    return FROM, wanted[0]


def _fields(activity: Activity, last: Report | None) -> list[FormField]:
    skip = Option(value=SKIP, label=_("– rapportera inte nu –"))
    same = ()
    if last is not None:
        label = _("Oförändrat ({status})", status=status_label(last.content.status))
        same = (Option(value=UNCHANGED, label=label),)
    name = shortened(activity.name, 140)
    return [
        ChoiceField(
            name=f"status_{activity.id}", label=name, options=(skip, *same, *status_options())
        ),
        TextField(
            name=f"line_{activity.id}",
            label=_("Kommentar till {code}", code=activity.code),
            help=_("En rad räcker. Vid risk och avvikelse: vad avviker, och vad gör ni åt det?"),
            max_length=MOST_CHARACTERS,
        ),
    ]


def _fields_of(activity: Activity) -> set[str]:
    return {f"status_{activity.id}", f"line_{activity.id}"}


def _of(activities: Sequence[Activity], name: str) -> bool:
    return any(name in _fields_of(each) for each in activities)


def _missing(shown: Sequence[Activity], answers: Answers) -> dict[str, str]:
    """A risk or deviation without a line; a line without a state."""
    problems: dict[str, str] = {}
    for activity in shown:
        chosen, line = answers.get(f"status_{activity.id}"), answers.get(f"line_{activity.id}")
        if chosen in {status.value for status in NEEDS_DEVIATION} and not line:
            problems[f"line_{activity.id}"] = _("Skriv vad som avviker och vad ni gör åt det.")
        if chosen in (None, SKIP) and line:
            problems[f"status_{activity.id}"] = _("Välj läge, så sparas kommentaren.")
    return problems


def _content(last: Report | None, activity: Activity, answers: Answers) -> Content | None:
    chosen, line = answers.get(f"status_{activity.id}"), answers.get(f"line_{activity.id}")
    if chosen in (None, SKIP):
        return None
    if chosen == UNCHANGED:
        if last is None:
            return None
        again = last.content.said_again()
        return replace(again, situation=line) if line else again
    status = Status(chosen)
    if status in NEEDS_DEVIATION:
        return Content(status=status, deviation=line)
    return Content(status=status, situation=line)


def none_to_report() -> Card:
    """What is said to somebody who answers for nothing that goes on."""
    said = _("Du ansvarar inte för någon aktivitet som pågår.")
    other = Button(label=_("Rapportera en annan"), press=press("formular", "rapport_valj"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(other,))))


def receipt(saved: Saved, wrong: Sequence[Activity]) -> Card:
    """What was saved, and how much comes back to be corrected."""
    if not saved:
        said = _("Inget valt, så inget är sparat.")
        if wrong:
            codes = ", ".join(each.code for each in wrong)
            said = _("Inget sparat än. Det här behöver rättas: {codes}.", codes=codes)
        return Card(summary=said, parts=(text(said),))
    told = ", ".join(f"{one.code} {status_label(r.content.status)}" for one, r in saved)
    said = ngettext("{n} rapport sparad", "{n} rapporter sparade", len(saved))
    summary = f"{said}: {told}."
    if wrong:
        said += ", " + ngettext("{n} behöver rättas", "{n} behöver rättas", len(wrong))
        codes = ", ".join(each.code for each in wrong)
        left = _("Sparat: {list}. Det här behöver rättas: {codes}.", list=told, codes=codes)
        summary = f"{said}. {left}"
    lines = bullets(*(f"{one.name}: {status_label(r.content.status)}" for one, r in saved))
    return Card(title=said, summary=summary, parts=(lines,), tone="good")


FLOW = ReportMine()
