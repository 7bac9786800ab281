"""See an activity's milestones, mark them reached, reopen or move them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.clock import in_stockholm
from bot.conversations.activity_card import KIND, shortened
from bot.conversations.forms import DateField, TextField, Value
from bot.conversations.naming_activity import Named, named_activity
from bot.conversations.protocol import Conversation, Example, Replies, Turn
from bot.conversations.saving_report import refusal, say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, ngettext, short_date
from bot.plan import Activity, Milestone
from storage.queries.milestones import mark_milestone

SHOWN = 10
"""Milestones on one card."""
READ_ALOUD = 4
"""Milestones that its summary names."""


async def answer(turn: Turn) -> Replies:
    """The milestones of an activity; or one of them reached, by a press."""
    named = named_activity(turn, "milstolpe", _("milstolpe KOM-03"))
    if not isinstance(named, Named):
        return named
    activity = named.activity
    match named.arguments:
        case ("nadd", key):
            return await _reach(turn, activity, _of(activity, key))
        case _:
            return (say(turn, milestones_card(activity, in_stockholm(turn.now).date())),)


def _of(activity: Activity, key: str) -> Milestone | None:
    return next((one for one in activity.milestones if str(one.id) == key), None)


def milestones_card(activity: Activity, today: date) -> Card:
    """The activity's milestones, each with what one can do about it."""
    name = activity.name
    if not activity.milestones:
        said = _("{name} har inga milstolpar i planen.", name=name)
        return Card(summary=said, parts=(text(said),))
    parts: list[Part] = []
    for one in activity.milestones[:SHOWN]:
        parts.append(text(bold(short_date(one.due_on)), f" {one.title}"))
        if one.reached_at is not None:
            day = short_date(in_stockholm(one.reached_at).date())
            parts.append(quiet(_("✅ nådd {day}", day=day)))
            undo = press("formular", "milstolpe_oppna", activity.code, str(one.id))
            parts.append(Buttons(buttons=(Button(label=_("Ångra nådd"), press=undo),)))
            continue
        parts.append(quiet(_("⚠ passerad, inte nådd") if one.due_on < today else _("kommer")))
        reached = press("milstolpe", activity.code, "nadd", str(one.id))
        move = press("formular", "milstolpe_flytta", activity.code, str(one.id))
        ask = press("formular", "uppdrag", "milstolpe", activity.code, str(one.id))
        buttons = (
            Button(label=_("Nådd"), press=reached),
            Button(label=_("Flytta"), press=move),
            Button(label=_("Ge uppdrag"), press=ask),
        )
        parts.append(Buttons(buttons=buttons))
    left = len(activity.milestones) - SHOWN
    if left > 0:
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
    title = shortened(_("Milstolpar: {name}", name=name), 150)
    return Card(title=title, summary=f"{title}. {_next_ones(activity, today)}", parts=tuple(parts))


def _next_ones(activity: Activity, today: date) -> str:
    """The milestones that are not reached, those that have passed first."""
    left = [one for one in activity.milestones if one.reached_at is None]
    said = [
        _("{day} {title} (passerad)", day=short_date(one.due_on), title=one.title)
        if one.due_on < today
        else f"{short_date(one.due_on)} {one.title}"
        for one in left[:READ_ALOUD]
    ]
    if not said:
        return _("Alla är nådda.")
    more = len(left) - len(said)
    if more > 0:
        said.append(ngettext("{n} till", "{n} till", more))
    return _("Kvar: {list}.", list=", ".join(said))


async def _reach(turn: Turn, activity: Activity, one: Milestone | None) -> Replies:
    refused = await refusal(turn, activity)
    if refused is not None:
        return refused
    if one is None:
        return (say(turn, no_such_milestone()),)
    if one.reached_at is not None:
        return (say(turn, reached_before()),)
    await mark_milestone(
        turn.db,
        milestone_id=one.id,
        kind="reached",
        person_id=turn.person.id,
        now=turn.now,
        platform=turn.place.platform,
    )
    turn.outbox.raise_card(KIND, activity.id)
    return (say(turn, reached(activity, one)),)


def reached(activity: Activity, one: Milestone) -> Card:
    """The receipt for a milestone marked reached, with a way to take it back."""
    said = _("Nådd: {title} ({code})", title=one.title, code=activity.code)
    undo = press("formular", "milstolpe_oppna", activity.code, str(one.id))
    show = press("milstolpe", activity.code)
    buttons = (
        Button(label=_("Ångra"), press=undo),
        Button(label=_("Visa milstolpar"), press=show),
    )
    return Card(summary=said, parts=(text("✅ ", said), Buttons(buttons=buttons)), tone="good")


def reached_before() -> Card:
    """What is said of a milestone that somebody has marked already."""
    said = _("Den milstolpen är redan markerad som nådd.")
    return Card(summary=said, parts=(text(said),))


def no_such_milestone() -> Card:
    """What is said of a milestone that the plan has no longer."""
    said = _("Den milstolpen finns inte längre i planen.")
    return Card(summary=said, parts=(text(said),))


@dataclass(frozen=True)
class About:
    """The milestone that a form is about."""

    activity: Activity
    milestone: Milestone


class _MilestoneForm:
    """What the two forms share: CODE and the milestone's key as arguments."""

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The milestone; refuses whoever may not report its activity."""
        activity = turn.plan.activities.get((*arguments, "")[0])
        one = _of(activity, arguments[1]) if activity and len(arguments) > 1 else None
        if activity is None or one is None:
            return NotNow((say(turn, no_such_milestone()),))
        refused = await refusal(turn, activity)
        return NotNow(refused) if refused is not None else About(activity, one)


class MoveMilestone(_MilestoneForm):
    """Another date for a milestone, with the reason."""

    name = "milstolpe_flytta"

    def first_values(self, context: About) -> dict[str, Value]:
        """The date it has."""
        return {"due_on": context.milestone.due_on.isoformat()}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """Date and reason; the date lies within the activity and is another than before."""
        activity, one = context.activity, context.milestone

        def check(answers: Answers) -> dict[str, str]:
            if answers.get("due_on") == one.due_on:
                return {"due_on": _("Det är samma datum som förut. Välj ett annat.")}
            return {}

        fields = (
            DateField(
                name="due_on",
                label=_("Nytt datum"),
                required=True,
                earliest=activity.starts_on,
                latest=activity.ends_on,
            ),
            _reason_field(_("Varför flyttas den?")),
        )
        intro = text(bold(one.title), f", {activity.name}")
        return [
            Step(
                name="flytta",
                title=_("Flytta milstolpen"),
                fields=fields,
                submit=_("Flytta"),
                intro=(intro,),
                check=check,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Write the move."""
        one, activity = context.milestone, context.activity
        await mark_milestone(
            turn.db,
            milestone_id=one.id,
            kind="moved",
            person_id=turn.person.id,
            now=turn.now,
            platform=turn.place.platform,
            reason=answers["reason"],
            moved_from=one.due_on,
            moved_to=answers["due_on"],
        )
        turn.outbox.raise_card(KIND, activity.id)
        return (say(turn, moved(activity, one, answers["due_on"])),)


class ReopenMilestone(_MilestoneForm):
    """Take back that a milestone was reached, with the reason."""

    name = "milstolpe_oppna"

    def first_values(self, context: About) -> dict[str, Value]:
        """Nothing is typed."""
        return {}

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The reason."""
        intro = text(bold(context.milestone.title), f", {context.activity.code}")
        return [
            Step(
                name="oppna",
                title=_("Ångra nådd"),
                fields=(_reason_field(_("Varför är den inte nådd?")),),
                submit=_("Ångra nådd"),
                intro=(intro,),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Write that it is open again."""
        one, activity = context.milestone, context.activity
        await mark_milestone(
            turn.db,
            milestone_id=one.id,
            kind="reopened",
            person_id=turn.person.id,
            now=turn.now,
            platform=turn.place.platform,
            reason=answers["reason"],
        )
        turn.outbox.raise_card(KIND, activity.id)
        return (say(turn, reopened(activity, one)),)


def _reason_field(label: str) -> TextField:
    return TextField(
        name="reason",
        label=label,
        help=_("Skriv skälet i en mening"),
        required=True,
        max_length=500,
    )


def moved(activity: Activity, one: Milestone, to: date) -> Card:
    """The receipt for a milestone that got another date."""
    said = _(
        "Flyttad: {title} ({code}) från {before} till {now}",
        title=one.title,
        code=activity.code,
        before=short_date(one.due_on),
        now=short_date(to),
    )
    return _done(activity, said)


def reopened(activity: Activity, one: Milestone) -> Card:
    """The receipt for a milestone that is not reached after all."""
    said = _("Inte nådd längre: {title} ({code})", title=one.title, code=activity.code)
    return _done(activity, said)


def _done(activity: Activity, said: str) -> Card:
    show = Button(label=_("Visa milstolpar"), press=press("milstolpe", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="good")


MILESTONES = Conversation(
    name="milstolpe",
    says=lambda: _("Se, bocka av eller flytta milstolpar"),
    answer=answer,
    synonyms=("milstolpar", "milestone", "milestones"),
    examples=lambda: (
        Example(_("milstolpe KOM-03"), "KOM-03", _("visar aktivitetens milstolpar")),
    ),
    forms=(MoveMilestone(), ReopenMilestone()),
)
