"""The form for a status report, and the small one that finds the activity for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import reporting
from bot.conversations.filling import open_flow
from bot.conversations.forms import (
    ActivityField,
    AmountField,
    ChoiceField,
    FormField,
    Option,
    TextField,
    Value,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import (
    MOST_CHARACTERS,
    already_corrected,
    refusal,
    save,
    save_correction,
    say,
)
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, press, quiet, text
from bot.conversations.ways_on import all_activities_button
from bot.language import _, short_date
from bot.plan import Activity
from bot.reporting import Content, Report
from bot.states import NEEDS_DEVIATION, Decider, Status, decider_word, status_label


@dataclass(frozen=True)
class About:
    """What the form is about: the activity, its last report, and the one to correct if any."""

    activity: Activity
    last: Report | None
    corrects: Report | None


class ReportForm:
    """`rapport CODE`, or `rapport CODE rattar ID` to correct one's own report."""

    name = "rapport"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The activity and its last report; refuses whoever may not report it."""
        activity = turn.plan.activities.get(arguments[0]) if arguments else None
        if activity is None:
            return NotNow((say(turn, no_such_activity()),))
        refused = await refusal(turn, activity)
        if refused is not None:
            return NotNow(refused)
        if len(arguments) == 3 and arguments[1] == "rattar":
            return await self._correction(turn, activity, arguments[2])
        return About(activity, await reporting.latest(turn.db, activity), None)

    async def _correction(self, turn: Turn, activity: Activity, key: str) -> About | NotNow:
        wanted = await reporting.report_by_id(turn.db, int(key)) if key.isdecimal() else None
        if wanted is None or wanted.activity_id != activity.id:
            return NotNow((say(turn, no_such_report()),))
        if wanted.person_id != turn.person.id:
            return NotNow((say(turn, not_yours(wanted)),))
        if wanted.replaced_by is not None:
            return NotNow((say(turn, already_corrected(activity)),))
        return About(activity, wanted, wanted)

    def first_values(self, context: About) -> dict[str, Value]:
        """The last report's words, so that only what is new has to be typed."""
        if context.last is None:
            return {"decision_from": Decider.NOBODY.value}
        said = context.last.content
        values: dict[str, Value] = {
            "status": said.status.value,
            "decision_from": said.decision_from.value,
        }
        for name in ("situation", "decision", "deviation", "measure", "next_step"):
            words = getattr(said, name)
            if words:
                values[name] = words
        if said.percent is not None:
            values["percent"] = str(said.percent)
        return values

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """One step; deviation and measure are asked for risk and deviation only."""
        activity = context.activity
        fields: list[FormField] = [_status_field()]
        if values.get("status") in {status.value for status in NEEDS_DEVIATION}:
            fields += [_deviation_field(), _measure_field()]
        fields += [_situation_field(), _decider_field()]
        if values.get("decision_from") not in (None, "", Decider.NOBODY.value):
            fields.append(_decision_field())
        fields += [_next_step_field(), _percent_field()]
        word = activity.name
        intro = [text(word)]
        if context.corrects is not None:
            intro.append(quiet(_("Rättelsen ersätter rapporten, som finns kvar i historiken.")))
        elif context.last is not None:
            day = short_date(context.last.reported_at.date())
            intro.append(quiet(_("Ifyllt från rapporten {day}. Ändra det som är nytt.", day=day)))
        correcting = context.corrects is not None
        return [
            Step(
                name="lage",
                title=_("Rätta rapporten") if correcting else _("Rapportera läget"),
                fields=tuple(fields),
                submit=_("Spara rättelsen") if correcting else _("Spara"),
                intro=tuple(intro),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Record the report, or the correction."""
        content = read_content(answers)
        if context.corrects is None:
            return await save(turn, context.activity, content)
        return await save_correction(turn, context.activity, content, context.corrects.id)


def no_such_activity() -> Card:
    """What is said of an activity that the plan does not have."""
    said = _("Den aktiviteten finns inte i planen. Välj en annan.")
    choose = Button(label=_("Välj aktivitet"), press=press("formular", "rapport_valj"))
    parts = (text(said), Buttons(buttons=(choose, all_activities_button())))
    return Card(summary=said, parts=parts, tone="warning")


def no_such_report() -> Card:
    """What is said of a report that is not the activity's."""
    said = _("Den rapporten finns inte.")
    return Card(summary=said, parts=(text(said),), tone="warning")


def not_yours(report: Report) -> Card:
    """What is said to somebody who wants to correct what another has written."""
    said = _("Bara den som skrev rapporten kan rätta den: {name}.", name=report.person_name)
    return Card(summary=said, parts=(text(said),), tone="warning")


def read_content(answers: Answers) -> Content:
    """What judged answers of the form say."""
    return Content(
        status=Status(answers["status"]),
        situation=answers.get("situation"),
        decision_from=Decider(answers.get("decision_from") or "nobody"),
        decision=answers.get("decision"),
        deviation=answers.get("deviation"),
        measure=answers.get("measure"),
        next_step=answers.get("next_step"),
        percent=answers.get("percent"),
    )


def status_options() -> tuple[Option, ...]:
    """The states to choose among, symbol and word."""
    return tuple(Option(value=each.value, label=status_label(each)) for each in Status)


def _status_field() -> ChoiceField:
    return ChoiceField(
        name="status",
        label=_("Läge"),
        required=True,
        options=status_options(),
        redraws=True,
    )


def _situation_field() -> TextField:
    return TextField(
        name="situation",
        label=_("Hur går det?"),
        help=_("Det viktigaste som har hänt, i en eller två meningar."),
        lines=3,
        max_length=MOST_CHARACTERS,
    )


def _deviation_field() -> TextField:
    return TextField(
        name="deviation",
        label=_("Vad avviker, och varför?"),
        help=_("Skriv vad som skiljer sig från planen"),
        required=True,
        lines=3,
        max_length=MOST_CHARACTERS,
    )


def _measure_field() -> TextField:
    return TextField(
        name="measure",
        label=_("Åtgärd"),
        help=_("Skriv vad ni gör åt det"),
        required=True,
        lines=3,
        max_length=MOST_CHARACTERS,
    )


def _decider_field() -> ChoiceField:
    options = (Option(value=each.value, label=decider_word(each)) for each in Decider)
    return ChoiceField(
        name="decision_from",
        label=_("Behövs ett beslut av någon?"),
        options=tuple(options),
        redraws=True,
    )


def _decision_field() -> TextField:
    return TextField(
        name="decision",
        label=_("Vad behöver beslutas?"),
        help=_("Skriv vad som behöver beslutas"),
        required=True,
        lines=2,
        max_length=MOST_CHARACTERS,
    )


def _next_step_field() -> TextField:
    return TextField(
        name="next_step",
        label=_("Nästa steg"),
        more=True,
        lines=2,
        max_length=MOST_CHARACTERS,
    )


def _percent_field() -> AmountField:
    return AmountField(name="percent", label=_("Genomfört"), unit="%", least=0, most=100, more=True)


class FindActivity:
    """Choose any activity of the plan, then report it."""

    name = "rapport_valj"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> bool | NotNow:
        """Nothing is needed."""
        return True

    def first_values(self, context: bool) -> dict[str, Value]:
        """Nothing is chosen."""
        return {}

    def steps(self, context: bool, values: Mapping[str, Value]) -> list[Step]:
        """One field."""
        field = ActivityField(
            name="activity",
            label=_("Aktivitet"),
            help=_("Skriv en kod, till exempel KOM-03, eller ord ur namnet."),
            required=True,
        )
        return [
            Step(
                name="aktivitet",
                title=_("Vilken aktivitet?"),
                fields=(field,),
                submit=_("Fortsätt"),
            )
        ]

    async def save(self, turn: Turn, context: bool, answers: Answers) -> Replies:
        """Go on to the report."""
        return await open_flow(turn, FLOW, (answers["activity"],))


FLOW = ReportForm()
FIND = FindActivity()
