"""The forms of a need's steps: forward, to an end, to rest and back, taken back, a new preparer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot import bodies
from bot.bodies import body_name
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.forms import (
    ChoiceField,
    DateField,
    FormField,
    ManyChoiceField,
    Option,
    PersonField,
    TextField,
    Value,
)
from bot.conversations.needs.naming import asked_need
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.next_step import Next, find_next, what_next
from bot.conversations.needs.telling import show_button, tell_step
from bot.conversations.needs.who_may import not_yours
from bot.conversations.needs.withdrawing import not_as_it_is
from bot.conversations.needs.wording import stage_label, stage_word, step_word
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, short_date
from bot.needs import moving
from bot.needs.changing import Incomplete, NotPossible, NotYours
from bot.needs.need import TEXT_LENGTH, Move, Need, NeedStep, Written
from bot.needs.preparing import join_notes
from bot.needs.reading import notes_of
from bot.needs.rights import may_step, needs_meeting, prepares
from bot.needs.stages import AT, Stage, body_of_step, steps_from
from bot.people import BodyKind, PersonId

DECLINING: tuple[BodyKind, ...] = ("steering_group", "reference_group", "presidium", "board")
"""Bodies that may be named as the one that declined."""


@dataclass(frozen=True)
class About:
    """The step that a form is about. `met` are the latest meetings of the body whose step it is;
    `notes` are working notes that can be put to the record, for those who prepare alone."""

    need: Need
    to: Stage
    today: date
    meeting_wanted: bool
    met: Sequence[date] = ()
    notes: Sequence[Written] = field(default_factory=tuple[Written, ...])

    @property
    def resumes(self) -> bool:
        """Whether it goes on from rest."""
        return self.need.stage is Stage.RESTING

    @property
    def decides(self) -> bool:
        """Whether the step is an end."""
        return self.to in (Stage.ACCEPTED, Stage.DECLINED)

    @property
    def of_board(self) -> bool:
        """Whether the direktion decides."""
        return self.decides and self.need.stage is Stage.BOARD


class StepForm:
    """`behov_steg NUMBER STAGE`."""

    name = "behov_steg"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """The need and the step; refuses whoever may not take it, or when it cannot follow."""
        need = await asked_need(turn, arguments)
        if isinstance(need, NotNow):
            return need
        named = (*arguments, "", "")[1]
        stages = steps_from(need.stage, need.rested_from) if need.is_live else ()
        to = next((each for each in stages if each.value == named), None)
        if to is None:
            return NotNow((say(turn, not_as_it_is(need)),))
        if not may_step(turn.person, need, to):
            return NotNow(await not_yours(turn, need, to))
        today = in_stockholm(turn.now).date()
        body = body_of_step(need.stage, to)
        met = await bodies.latest_meetings(turn.db, body, today) if body is not None else ()
        leaves = need.stage is Stage.PREPARING and to is not Stage.RESTING
        seen = prepares(turn.person, need) and leaves
        notes = [each for each in await notes_of(turn.db, need.id) if not each.joined]
        return About(
            need, to, today, needs_meeting(turn.person, need, to), met, notes if seen else ()
        )

    def first_values(self, context: About) -> dict[str, Value]:
        """The body's latest meeting since the need came there, most often the one meant."""
        values: dict[str, Value] = {}
        came = in_stockholm(context.need.stage_since).date()
        wanted = context.meeting_wanted or context.decides
        if wanted and context.met and context.met[0] >= came:
            values["met_on"] = context.met[0].isoformat()
        if context.to is Stage.DECLINED and context.need.stage in AT:
            values["body"] = AT[context.need.stage]
        return values

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """What the step's record asks for."""
        fields: list[FormField] = []
        if context.to is Stage.PREPARING and not context.resumes:
            fields += preparer_fields(context.today)
        if context.to is Stage.DECLINED:
            fields.append(_body_field(required=context.need.stage in AT))
        if context.meeting_wanted or context.decides:
            fields.append(_met_field(context))
        if context.decides:
            fields.append(_paragraph_field(required=context.of_board))
        fields.append(reason_field(required=context.to in (Stage.DECLINED, Stage.RESTING)))
        if context.notes:
            fields.append(_notes_field(context.notes))
        if not context.resumes and context.to not in (Stage.PREPARING, Stage.RESTING):
            fields.append(_record_field())

        def check(answers: Answers) -> dict[str, str]:
            move = _move(context, answers)
            wrong: dict[str, str] = {}
            if context.decides and move.body is not None and move.met_on is None:
                wrong["met_on"] = _("Skriv dagen för mötet.")
            if moving.is_of_board(context.need, move) and not move.paragraph:
                wrong["paragraph"] = _("Skriv paragrafen i direktionens protokoll.")
            return wrong

        return [
            Step(
                name="steg",
                title=_("Ta upp igen") if context.resumes else step_word(context.to),
                fields=tuple(fields),
                submit=_("Spara"),
                intro=_intro(context),
                check=check,
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Take the step, tell those who listen, and say what comes next."""
        move = _move(context, answers)
        try:
            now = await moving.move(turn.db, acting(turn), context.need, move)
        except NotYours:
            return await not_yours(turn, context.need, context.to)
        except (NotPossible, Incomplete):
            return (say(turn, not_as_it_is(context.need)),)
        chosen = [int(each) for each in answers.get("notes") or ()]
        if chosen:
            await join_notes(turn.db, acting(turn), now, chosen)
        await tell_step(turn, now, reason=move.reason or "")
        coming = await find_next(turn.db, now, context.today)
        return (say(turn, stepped(now, coming, await moving.last_move(turn.db, now.id))),)


def _move(context: About, answers: Answers) -> Move:
    preparer = answers.get("preparer")
    return Move(
        to=context.to,
        body=answers.get("body"),
        met_on=answers.get("met_on"),
        paragraph=answers.get("paragraph"),
        record_number=answers.get("record_number"),
        reason=answers.get("reason"),
        preparer_id=PersonId(preparer) if preparer is not None else None,
        prepare_by=answers.get("prepare_by"),
    )


def _intro(context: About) -> tuple[Part, ...]:
    need = context.need
    now = _(
        "Nu: {stage}. Sedan: {next}.", stage=stage_word(need.stage), next=stage_word(context.to)
    )
    return (text(bold(shortened(title_of(need), 160))), quiet(now))


def preparer_fields(today: date) -> list[FormField]:
    """Who prepares it and until when, from `today` on."""
    return [
        PersonField(
            name="preparer",
            label=_("Handläggare"),
            help=_("Den som bereder behovet. Sök på namn."),
            required=True,
        ),
        DateField(name="prepare_by", label=_("Klart senast"), required=True, earliest=today),
    ]


def _met_field(context: About) -> DateField:
    body = body_of_step(context.need.stage, context.to)
    shown = ", ".join(short_date(day) for day in context.met[:4])
    label = _("Mötesdag i {body}", body=body_name(body)) if body else _("Beslutsdag")
    return DateField(
        name="met_on",
        label=label,
        help=_("Möten i kalendern: {days}", days=shown) if shown else "",
        required=context.meeting_wanted,
        latest=context.today,
    )


def _body_field(*, required: bool) -> ChoiceField:
    options = tuple(Option(value=each, label=body_name(each)) for each in DECLINING)
    return ChoiceField(
        name="body", label=_("Vilket organ avslog?"), options=options, required=required
    )


def _paragraph_field(*, required: bool) -> TextField:
    return TextField(
        name="paragraph",
        label=_("Paragraf i protokollet"),
        help=_("Skriv paragrafens nummer, till exempel 14"),
        required=required,
        max_length=40,
    )


def _record_field() -> TextField:
    return TextField(name="record_number", label=_("Diarienummer"), max_length=60, more=True)


def reason_field(*, required: bool) -> TextField:
    """Why, in words."""
    return TextField(
        name="reason",
        label=_("Varför?") if required else _("Motivering"),
        help=_("Skriv skälet så att den som registrerade behovet förstår.") if required else "",
        required=required,
        lines=3,
        max_length=TEXT_LENGTH,
    )


def _notes_field(notes: Sequence[Written]) -> ManyChoiceField:
    options = tuple(
        Option(value=str(each.id), label=shortened(f"{each.person_name}: {each.text}", 75))
        for each in notes[:100]
    )
    return ManyChoiceField(
        name="notes",
        label=_("Vilka arbetsanteckningar ska in i ärendet?"),
        help=_("De du väljer kan alla läsa sedan. De andra ser bara ni som bereder."),
        options=options,
    )


def take_back_button(need: Need, step: NeedStep) -> Button:
    """To taking back that step, and no other."""
    back = press("formular", "behov_angra", need.id, step.id)
    return Button(label=_("Ta tillbaka steget"), press=back)


def stepped(need: Need, coming: Next, step: NeedStep | None) -> Card:
    """The receipt for a step, with the way back."""
    said = _("{title}: {stage}", title=title_of(need), stage=stage_label(need.stage))
    comes_next = what_next(coming)
    buttons = [show_button(need)]
    if need.stage is Stage.ACCEPTED:
        become = press("behov", need.id, "blir_aktivitet")
        buttons.insert(0, Button(label=_("Gör till aktivitet"), press=become, style="primary"))
    if step is not None:
        buttons.append(take_back_button(need, step))
    return Card(
        summary=f"{said}. {comes_next}",
        parts=(text(bold(said)), text(comes_next), Buttons(buttons=tuple(buttons))),
        tone="good",
    )


STEP = StepForm()
