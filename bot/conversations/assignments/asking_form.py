"""The form that asks for work, from nothing or from an activity, a milestone or a need."""

from collections.abc import Mapping

from bot.assignments import asking
from bot.assignments.assignment import About, Assignment
from bot.assignments.changing import NobodyToAsk
from bot.assignments.rights import may_ask, needs_work
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.asking_fields import (
    NETWORK,
    PERSON,
    TITLE_LENGTH,
    Asking,
    about_fields,
    about_of,
    check_whole,
    whom_fields,
    whom_of,
    work_fields,
    work_of,
)
from bot.conversations.assignments.assignment_card import verb_button
from bot.conversations.assignments.refusals import nobody_to_ask
from bot.conversations.assignments.telling import receipt, tell_asked
from bot.conversations.assignments.wording import asked_word
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import title_of as need_title
from bot.conversations.needs.wording import need_name
from bot.conversations.protocol import Replies, Submitted, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, text
from bot.language import _, short_date
from bot.needs.need import Need
from bot.plan import Activity, Plan

FORM = "uppdrag"


class AskForm:
    """`uppdrag`, `uppdrag behov 12`, `uppdrag aktivitet KOM-03`, `uppdrag milstolpe KOM-03 5`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Asking | NotNow:
        """What the work belongs to; refuses whoever may not ask for it."""
        kind, *rest = [*arguments, "", "", ""]
        today, plan, person = in_stockholm(turn.now).date(), turn.plan, turn.person
        if kind == "behov":
            need = await asked_need(turn, rest[:1])
            if isinstance(need, NotNow):
                return need
            about = About(need_id=need.id)
            if not may_ask(person, about, plan, need):
                return NotNow((say(turn, not_from_need(need)),))
            if not needs_work(need):
                return NotNow((say(turn, not_from_such_need(need)),))
            return Asking(plan, person, today, about, need)
        if kind in ("aktivitet", "milstolpe"):
            activity = plan.activities.get(rest[0])
            if activity is None:
                return NotNow((say(turn, no_such_activity(rest[0])),))
            stone = next((m.id for m in activity.milestones if str(m.id) == rest[1]), None)
            about = About(activity_id=activity.id, milestone_id=stone)
            if not may_ask(person, about, plan, None):
                return NotNow((say(turn, not_from_activity(activity)),))
            return Asking(plan, person, today, about)
        if not may_begin(turn):
            return NotNow((say(turn, may_not_ask()),))
        return Asking(plan, person, today)

    def first_values(self, context: Asking) -> dict[str, Value]:
        """A person is asked, unless something else is chosen; one is wanted of a network."""
        return {"whom": PERSON, "wanted": "1"}

    def steps(self, context: Asking, values: Mapping[str, Value]) -> list[Step]:
        """All in one step."""
        what, why, hours, due = work_fields(context.today)
        whom = whom_fields(context.plan, values)
        return [
            Step(
                name="uppdrag",
                title=_("Ge uppdrag"),
                fields=(what, why, *whom, hours, due, *about_fields(context)),
                submit=_("Fråga"),
                intro=_intro(context),
                check=lambda answers: check_whole(context, answers),
            )
        ]

    async def save(self, turn: Turn, context: Asking, answers: Answers) -> Replies:
        """Ask, and say whom."""
        work = work_of(answers, about_of(context, answers))
        try:
            async with turn.db.begin_nested():
                asked = await asking.ask(turn.db, acting(turn), work, whom_of(answers))
        except NobodyToAsk:
            return await _asked_again(turn)
        await tell_asked(turn, asked)
        return (say(turn, now_asked(asked, turn.plan)),)


async def _asked_again(turn: Turn) -> Replies:
    """The form once more as it was sent, with the word that there is nobody to ask."""
    if not isinstance(turn.doing, Submitted):
        return (say(turn, nobody_to_ask()),)
    sent = turn.doing
    field = "network" if sent.values.get("whom") == NETWORK else "municipality"
    problems = {field: nobody_to_ask().summary}
    return await open_flow(turn, ASK, sent.arguments, typed=sent.values, problems=problems)


def may_begin(turn: Turn) -> bool:
    """Whether the person may ask for anything: always, or from an activity that they answer for."""
    today = in_stockholm(turn.now).date()
    mine = turn.plan.of_person(turn.person, today)
    return bool(mine) or may_ask(turn.person, About(), turn.plan, None)


def _intro(context: Asking) -> tuple[Part, ...]:
    if context.need is not None:
        return (text(bold(shortened(need_title(context.need), 200))),)
    about, plan = context.about, context.plan
    activity = plan.by_id.get(about.activity_id) if about.activity_id is not None else None
    if activity is None:
        return ()
    name = activity.name
    stone = next((m for m in activity.milestones if m.id == about.milestone_id), None)
    if stone is not None:
        name += _(", milstolpen {title}", title=stone.title)
    return (text(bold(shortened(name, 400))),)


async def open_with(turn: Turn, words: str) -> Replies:
    """The form with the words as what is to be done; those there is no room for stand as why."""
    typed: dict[str, Value] = {"title": shortened(words, TITLE_LENGTH)}
    if len(words) > TITLE_LENGTH:
        typed["reason"] = shortened(words, 3_000)
    return await open_flow(turn, ASK, (), typed=typed)


async def ask_from_need(turn: Turn, need: Need, rest: str) -> Replies:
    """`behov 12 ge_uppdrag`: the form, for that need."""
    typed: dict[str, Value] | None = {"title": shortened(rest, TITLE_LENGTH)} if rest else None
    return await open_flow(turn, ASK, ("behov", str(need.id)), typed=typed)


def now_asked(assignment: Assignment, plan: Plan) -> Card:
    """What whoever asked reads: whom it is asked of, by when, and what happens next."""
    said = _(
        "Frågan är ställd till {whom}. Du får veta vad de svarar.",
        whom=asked_word(assignment, plan),
    )
    due = _("Klart senast {day}.", day=short_date(assignment.work.due_on))
    buttons = (
        verb_button(_("Ändra"), assignment, "andra"),
        verb_button(_("Återkalla"), assignment, "aterkalla"),
    )
    return receipt(assignment, shortened(f"{said} {due}", 900), buttons=buttons)


def may_not_ask() -> Card:
    """Who may ask for work."""
    said = _(
        "Uppdrag ges av chefen, förbundsdirektören och förbundets medarbetare; av den som "
        "ansvarar för en aktivitet, från den; och av den som bereder ett behov, från det."
    )
    mine = Button(label=_("Mina uppdrag"), press=press("uppdrag"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(mine,))), tone="warning")


def not_from_activity(activity: Activity) -> Card:
    """Who may ask for work from an activity."""
    said = _(
        "Uppdrag från {code} ges av {name}, som ansvarar för den, av chefen, förbundsdirektören "
        "eller förbundets medarbetare.",
        code=activity.code,
        name=f"{activity.responsible.name} ({activity.responsible.email})",
    )
    show = Button(label=_("Visa aktiviteten"), press=press("aktivitet", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")


def not_from_need(need: Need) -> Card:
    """Who may ask for work from a need."""
    said = _(
        "Uppdrag från ett behov ges av den som bereder det, {name}, av chefen, "
        "förbundsdirektören eller förbundets medarbetare.",
        name=need.preparer.name if need.preparer is not None else _("ingen än"),
    )
    show = Button(label=_("Visa behovet"), press=press("behov", need.id, "visa"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")


def not_from_such_need(need: Need) -> Card:
    """That a need which is withdrawn, merged or declined asks for no more work."""
    if need.merged_into is not None:
        other = need_name(need.merged_into)
        said = _("Behovet är hopslaget med {other}. Ge uppdraget därifrån.", other=other)
    elif need.withdrawn_at is not None:
        said = _("Behovet är återkallat, så inget mer kan göras för det.")
    else:
        said = _("Behovet är avslaget, så inget mer kan göras för det.")
    show = Button(label=_("Visa behovet"), press=press("behov", need.id, "visa"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")


def no_such_activity(code: str) -> Card:
    """That the plan has no such activity any longer."""
    said = _("Aktiviteten {code} finns inte i planen.", code=shortened(code, 20) or "–")
    every = Button(label=_("Alla aktiviteter"), press=press("aktiviteter"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")


ASK = AskForm()
