"""Every form of the bot, in each step: fresh, filled in, wrong, redrawn, unfolded, begun before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.conversations import report_form, report_mine
from bot.conversations.filling import ask, with_word_of_draft
from bot.conversations.forms import ChoiceField, FormField, TextField, Value
from bot.conversations.milestones import About as AboutMilestone
from bot.conversations.milestones import MoveMilestone, ReopenMilestone
from bot.conversations.report_form import About, ReportForm
from bot.conversations.report_mine import Mine, ReportMine
from bot.conversations.saving_report import MOST_CHARACTERS, too_long
from bot.conversations.steps import FormFlow, Step
from bot.demo_texts import DECISIONS, DEVIATIONS, NEXT_STEPS, SITUATIONS
from bot.language import _
from bot.specimens.activities import report_on
from bot.specimens.invented import REASONS
from bot.specimens.specimen import Drawn
from bot.specimens.voice import Flavour
from bot.specimens.world import World
from bot.states import NEEDS_DEVIATION, Decider, Status


def forms(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_report, _correct, _find, _report_mine, _milestones):
        yield from each(world)


def every_step(
    world: World,
    of: str,
    flow: FormFlow[Any],
    context: Any,
    arguments: tuple[str, ...],
    filled: Mapping[str, Value] | None = None,
    name: str = "",
) -> Iterator[Drawn]:
    """Each step of the flow: fresh, as begun before, filled in, all wrong, one field left out.

    As begun, and with one left out, in the ordinary world and the extreme one alone: what is
    hostile or empty looks no otherwise in these.
    """
    whole = world.flavour in (Flavour.ORDINARY, Flavour.EXTREME)
    fresh = flow.first_values(context)
    named = name or flow.name.replace("_", "-")
    for filling, values in (("", fresh), ("-filled", {**fresh, **(filled or {})})):
        steps = flow.steps(context, values)
        for step in steps:
            at = named if len(steps) == 1 else f"{named}-{step.name}"
            form = ask(flow, arguments, steps, step, values)
            yield Drawn(f"{at}{filling}", of, form)
            if not filling:
                if whole:
                    begun = with_word_of_draft(form, world.now)
                    yield Drawn(f"{at}-begun", "nytt_formular", begun)
                continue
            if any(field.more for field in step.fields):
                yield Drawn(f"{at}-unfolded", of, form, unfolded=True)
            wrong = ask(flow, arguments, steps, step, values, _problems(step))
            yield Drawn(f"{at}-wrong", of, wrong)
            required = [each for each in step.fields if each.required and whole]
            for field in required[-1:]:
                told = {field.name: field.help or _("Fyll i det här.")}
                left_out = {**values, field.name: ""}
                form = ask(flow, arguments, steps, step, left_out, told)
                yield Drawn(f"{at}-one-wrong", of, form)


def _problems(step: Step) -> dict[str, str]:
    return {each.name: _problem(each) for each in step.fields}


def _problem(field: FormField) -> str:
    match field:
        case TextField(max_length=most) if most < MOST_CHARACTERS:
            return field.help or _("Fyll i det här.")
        case TextField(max_length=most):
            return too_long("x" * (most + 1))
        case ChoiceField():
            return _("Välj ett av alternativen.")
        case _:
            return field.help or _("Fyll i det här.")


def typed(world: World, choices: Sequence[str]) -> str:
    """What somebody has typed in a field; the extreme world types more than there is room for."""
    return world.voice.text(choices, 3_500) or ""


def _report(world: World) -> Iterator[Drawn]:
    activity, flow = world.activities[0], ReportForm()
    last = world.latest.get(activity.id)
    yield from every_step(
        world, "rapport", flow, About(activity, last, None), (activity.code,), _everything(world)
    )
    first = About(activity, None, None)
    yield from every_step(world, "rapport", flow, first, (activity.code,), name="rapport-first")


def _everything(world: World) -> dict[str, Value]:
    """With a deviation and a decision, so that all fields are asked."""
    deviation, measure = DEVIATIONS[0]
    texts = {
        "situation": SITUATIONS[Status.ON_TRACK],
        "deviation": (deviation,),
        "measure": (measure,),
        "decision": DECISIONS,
        "next_step": NEXT_STEPS,
    }
    return {
        **{name: typed(world, choices) for name, choices in texts.items()},
        "status": Status.OFF_TRACK.value,
        "decision_from": Decider.BOARD.value,
        "percent": "40",
    }


def _correct(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    report = report_on(world, activity, next(iter(sorted(NEEDS_DEVIATION))))
    arguments = (activity.code, "rattar", str(report.id))
    yield from every_step(
        world,
        "ratta",
        ReportForm(),
        About(activity, report, report),
        arguments,
        name="rapport-correction",
    )


def _find(world: World) -> Iterator[Drawn]:
    code = world.activities[0].code
    yield from every_step(world, "rapport", report_form.FIND, True, (), {"activity": code})


def _report_mine(world: World) -> Iterator[Drawn]:
    flow = ReportMine()
    mine = Mine(world.mine, world.latest)
    filled: dict[str, Value] = {}
    for each in mine.activities[: report_mine.MOST_AT_ONCE]:
        filled[f"status_{each.id}"] = Status.AT_RISK.value
        filled[f"line_{each.id}"] = typed(world, [said for said, _measure in DEVIATIONS])
    yield from every_step(world, "rapport", flow, mine, (), filled)
    left = Mine(mine.activities[:4], world.latest)
    codes = tuple(each.code for each in left.activities)
    yield from every_step(world, "rapport", flow, left, codes, filled, name="rapport-mina-left")


def _milestones(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    for one in activity.milestones[-1:]:
        about, arguments = AboutMilestone(activity, one), (activity.code, str(one.id))
        reason = {"reason": world.voice.text(REASONS, 600) or ""}
        moved: dict[str, Value] = {**reason, "due_on": "31 feb 2026"}
        yield from every_step(world, "milstolpe", MoveMilestone(), about, arguments, moved)
        yield from every_step(world, "milstolpe", ReopenMilestone(), about, arguments, {**reason})
