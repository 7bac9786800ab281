"""Mending a need's way: the latest step taken back, and another preparer."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.forms import Value
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import KIND, title_of
from bot.conversations.needs.next_step import Next, find_next, what_next
from bot.conversations.needs.step_form import preparer_fields, reason_field, take_back_button
from bot.conversations.needs.telling import (
    hearing,
    show_button,
    tell_people,
    tell_step,
    you_prepare,
)
from bot.conversations.needs.who_may import for_those_who_lead
from bot.conversations.needs.withdrawing import not_as_it_is
from bot.conversations.needs.wording import stage_word
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Buttons, Card, bold, quiet, text
from bot.language import _, short_date
from bot.needs import moving
from bot.needs.changing import Incomplete, NotPossible, NotYours
from bot.needs.need import Need, NeedStep
from bot.needs.rights import leads, may_take_back
from bot.needs.stages import Stage
from bot.people import PersonId


@dataclass(frozen=True)
class LastStep:
    """The step that is to be taken back."""

    need: Need
    step: NeedStep


class TakeBackForm:
    """Why the latest step is taken back; the need's number and the step's key as arguments."""

    name = "behov_angra"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> LastStep | NotNow:
        """The step; refuses whoever may not, and when there is none to take back or another than
        the one that was shown."""
        need = await asked_need(turn, arguments)
        if isinstance(need, NotNow):
            return need
        last = await moving.last_move(turn.db, need.id)
        if last is None or need.has_become or not need.is_live:
            return NotNow((say(turn, not_as_it_is(need)),))
        if not may_take_back(turn.person, need, last):
            return NotNow((say(turn, others_step(need, last)),))
        if (*arguments, "", "")[1] != str(last.id):
            return NotNow((say(turn, stepped_since(need, last)),))
        return LastStep(need, last)

    def first_values(self, context: LastStep) -> dict[str, Value]:
        """Nothing is typed."""
        return {}

    def steps(self, context: LastStep, values: Mapping[str, Value]) -> list[Step]:
        """The reason."""
        before = stage_word(context.step.from_stage or Stage.REGISTERED)
        intro = (
            text(bold(title_of(context.need))),
            quiet(
                _(
                    "Nu: {now}. Det blir {before} igen.",
                    now=stage_word(context.need.stage),
                    before=before,
                )
            ),
        )
        return [
            Step(
                name="angra",
                title=_("Ta tillbaka steget"),
                fields=(reason_field(required=True),),
                submit=_("Ta tillbaka"),
                intro=intro,
            )
        ]

    async def save(self, turn: Turn, context: LastStep, answers: Answers) -> Replies:
        """Take it back, and tell those who listen."""
        reason = answers["reason"]
        try:
            now = await moving.take_back(
                turn.db, acting(turn), context.need, reason, step_id=context.step.id
            )
        except NotYours:
            return (say(turn, others_step(context.need, context.step)),)
        except NotPossible as error:
            return await _not_any_more(turn, error.need, context.step)
        except Incomplete:
            return (say(turn, not_as_it_is(context.need)),)
        await tell_step(turn, now, taken_back_from=context.need, reason=reason)
        coming = await find_next(turn.db, now, in_stockholm(turn.now).date())
        return (say(turn, taken_back(now, coming)),)


async def _not_any_more(turn: Turn, need: Need, seen: NeedStep) -> Replies:
    last = await moving.last_move(turn.db, need.id)
    if last is None or last.id == seen.id or not need.is_live:
        return (say(turn, not_as_it_is(need)),)
    return (say(turn, stepped_since(need, last)),)


def stepped_since(need: Need, last: NeedStep) -> Card:
    """That the step that was to be taken back is not the latest any more."""
    said = _(
        "Inget är tillbakataget, för andra steg har hunnit emellan. {title} är nu {stage}, och det "
        "senaste steget togs av {who}.",
        title=title_of(need),
        stage=stage_word(need.stage),
        who=last.person_name,
    )
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(show_button(need), take_back_button(need, last)))),
        tone="warning",
    )


def others_step(need: Need, step: NeedStep) -> Card:
    """Who may take the step back."""
    said = _(
        "Steget kan tas tillbaka av den som tog det, {who}, eller av chefen.", who=step.person_name
    )
    return Card(
        summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))), tone="warning"
    )


def taken_back(need: Need, coming: Next) -> Card:
    """The receipt for a step taken back."""
    said = _(
        "Tillbakataget. {title} är {stage}.", title=title_of(need), stage=stage_word(need.stage)
    )
    comes_next = what_next(coming)
    return Card(
        summary=f"{said} {comes_next}",
        parts=(text(bold(said)), text(comes_next), Buttons(buttons=(show_button(need),))),
        tone="good",
    )


class PreparerForm:
    """Who is to prepare it from now on, and until when; the need's number as argument."""

    name = "behov_handlaggare"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Need | NotNow:
        """The need; refuses all but chef and förbundsdirektör."""
        need = await asked_need(turn, arguments)
        if isinstance(need, NotNow):
            return need
        if not leads(turn.person):
            return NotNow(await for_those_who_lead(turn, need))
        if need.preparer is None or not need.is_live:
            return NotNow((say(turn, not_as_it_is(need)),))
        return need

    def first_values(self, context: Need) -> dict[str, Value]:
        """Who it is now, and until when."""
        return {
            "preparer": str(context.preparer.id) if context.preparer else "",
            "prepare_by": context.prepare_by.isoformat() if context.prepare_by else "",
        }

    def steps(self, context: Need, values: Mapping[str, Value]) -> list[Step]:
        """Person and day."""
        fields = preparer_fields(in_stockholm(context.stage_since).date())
        return [
            Step(
                name="handlaggare",
                title=_("Byt handläggare"),
                fields=tuple(fields),
                submit=_("Spara"),
                intro=(text(bold(title_of(context))),),
            )
        ]

    async def save(self, turn: Turn, context: Need, answers: Answers) -> Replies:
        """Name them, and tell them, the one it was taken from and those who listen."""
        before = context.preparer
        try:
            now = await moving.name_preparer(
                turn.db,
                acting(turn),
                context,
                PersonId(answers["preparer"]),
                answers["prepare_by"],
            )
        except (NotYours, NotPossible):
            return (say(turn, not_as_it_is(context)),)
        theirs = {now.preparer.id} if now.preparer is not None else set[PersonId]()
        others = await hearing(turn, now, supporters=False)
        if before is not None:
            others |= {before.id}
        tell_people(turn, theirs, lambda: you_prepare(now))
        tell_people(turn, others - theirs, lambda: new_preparer(now))
        turn.outbox.raise_card(KIND, now.id)
        return (say(turn, new_preparer(now)),)


def new_preparer(need: Need) -> Card:
    """Who prepares it from now on."""
    name = need.preparer.name if need.preparer else "–"
    day = short_date(need.prepare_by) if need.prepare_by else "–"
    said = _(
        "{name} är handläggare för {title}, klart senast {day}.",
        name=name,
        title=title_of(need),
        day=day,
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(need),))))


TAKE_BACK, PREPARER = TakeBackForm(), PreparerForm()
