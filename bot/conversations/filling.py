"""Filling in a form: open it, send a step, go back; a draft keeps what was typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.forms import Form, PersonField, Value
from bot.conversations.protocol import (
    Ask,
    OpenForm,
    Quoted,
    Replies,
    Reply,
    SayPrivately,
    Submitted,
    Turn,
)
from bot.conversations.registry import Conversations
from bot.conversations.steps import (
    BeginsFromMessage,
    FollowsChoices,
    FormFlow,
    MayBeSecret,
    NotNow,
    SavesWhatIsRight,
    Step,
    judge,
)
from bot.conversations.views import Button, Buttons, Card, press, quiet, text
from bot.conversations.ways_on import refusal_card, stuck
from bot.language import _, short_time
from bot.people import Person
from storage.queries import drafts
from storage.queries.people import people_named


async def open_form(known: Conversations, turn: Turn, wanted: OpenForm) -> Replies:
    """The form's first step, with what the person typed last time if they never sent it."""
    flow, refused = _flow(known, turn, wanted.form)
    if flow is None:
        return refused
    return await open_flow(turn, flow, wanted.arguments, again=wanted.again, quoted=wanted.quoted)


async def open_flow(
    turn: Turn,
    flow: FormFlow[Any],
    arguments: tuple[str, ...],
    *,
    again: bool = False,
    typed: Mapping[str, Value] | None = None,
    problems: Mapping[str, str] | None = None,
    quoted: Quoted | None = None,
) -> Replies:
    """The same for a form at hand; `typed` words are put in and kept as a draft, so that they
    are there whenever and wherever the form is opened. `problems` say what is wrong with them.
    `quoted` is the message that it begins from."""
    context = await flow.prepare(turn, arguments)
    if isinstance(context, NotNow):
        return context.replies
    if quoted is not None and isinstance(flow, BeginsFromMessage):
        typed = {**flow.from_message(context, quoted), **(typed or {})}
    if is_secret(flow, context):
        first = dict(flow.first_values(context))
        steps = flow.steps(context, first)
        return (Ask(form=_secretly(ask(flow, arguments, steps, steps[0], first))),)
    if again:
        await drafts.drop_draft(turn.db, turn.person.id, flow.name, arguments)
    begun = await drafts.begun_form(turn.db, turn.person.id, flow.name, arguments, lock=False)
    values: dict[str, Value] = dict(flow.first_values(context))
    if begun:
        values.update(_as_values(begun.answers))
    if typed:
        values.update(typed)
        await drafts.keep_draft(
            turn.db, turn.person.id, flow.name, arguments, dict(values), turn.now, problems
        )
    steps = flow.steps(context, values)
    shown = problems if typed else begun.problems if begun else None
    form = ask(flow, arguments, steps, steps[0], values, shown)
    if begun and not typed:
        form = with_word_of_draft(form, begun.changed_at)
    return (Ask(form=form),)


async def submit(known: Conversations, turn: Turn, sent: Submitted) -> Replies:
    """Take in a step: ask it again with its problems, ask the next, or save when all is right."""
    flow, refused = _flow(known, turn, sent.form)
    if flow is None:
        return (*refused, *_given_back(sent))
    context = await flow.prepare(turn, sent.arguments)
    if isinstance(context, NotNow):
        back = () if isinstance(flow, MayBeSecret) else _given_back(sent)
        return (*context.replies, *back)
    if is_secret(flow, context):
        return await _submit_secretly(turn, flow, context, sent)
    begun = await drafts.begun_form(turn.db, turn.person.id, sent.form, sent.arguments, lock=True)
    values: dict[str, Value] = dict(flow.first_values(context))
    if begun:
        values.update(_as_values(begun.answers))
    before = dict(values)
    values.update(_of_fields(flow, context, values, sent.values))
    if isinstance(flow, FollowsChoices):
        values.update(flow.following(context, before, values))
    return await _advance(turn, flow, context, sent, values)


def is_secret(flow: FormFlow[Any], context: Any) -> bool:
    """Whether nothing that is typed in the form may be kept."""
    return isinstance(flow, MayBeSecret) and flow.is_secret(context)


async def _submit_secretly(
    turn: Turn, flow: FormFlow[Any], context: Any, sent: Submitted
) -> Replies:
    """Take in the one step of a secret form; no draft of it is read or kept."""
    values: dict[str, Value] = dict(flow.first_values(context))
    values.update(_of_fields(flow, context, values, sent.values))
    steps = flow.steps(context, values)
    judged = await judge(turn, steps[0], values)
    if sent.go != "on":
        return (Ask(form=_secretly(ask(flow, sent.arguments, steps, steps[0], values))),)
    if judged.problems:
        again = ask(flow, sent.arguments, steps, steps[0], values, judged.problems)
        return (Ask(form=_secretly(again)),)
    return await flow.save(turn, context, judged.answers)


def _secretly(form: Form) -> Form:
    return form.model_copy(update={"secret": True})


def _of_fields(
    flow: FormFlow[Any], context: Any, values: Mapping[str, Value], sent: Mapping[str, Value]
) -> dict[str, Value]:
    """What was sent for the form's own fields, as they were and as they become by it; whatever
    else a client sends is nobody's words."""
    shown = (*flow.steps(context, values), *flow.steps(context, {**values, **sent}))
    names = {field.name for step in shown for field in step.fields}
    return {name: value for name, value in sent.items() if name in names}


async def _advance(
    turn: Turn,
    flow: FormFlow[Any],
    context: Any,
    sent: Submitted,
    values: dict[str, Value],
) -> Replies:
    steps = flow.steps(context, values)
    at = next((n for n, step in enumerate(steps) if step.name == sent.step), len(steps) - 1)
    if sent.go == "back":
        await _keep(turn, sent, values)
        step = steps[max(0, at - 1)]
        return (Ask(form=ask(flow, sent.arguments, steps, step, values)),)
    if sent.go == "redraw":
        await _keep(turn, sent, values)
        return (Ask(form=ask(flow, sent.arguments, steps, steps[at], values)),)
    if isinstance(flow, SavesWhatIsRight):
        judged = await judge(turn, steps[at], values)
        return await _done(turn, sent, await flow.save_right(turn, context, judged, values))
    answers: dict[str, Any] = {}
    for step in steps[: at + 1]:
        judged = await judge(turn, step, values)
        if judged.problems:
            await _keep(turn, sent, values, judged.problems)
            return (Ask(form=ask(flow, sent.arguments, steps, step, values, judged.problems)),)
        answers.update(judged.answers)
    if at + 1 < len(steps):
        await _keep(turn, sent, values)
        return (Ask(form=ask(flow, sent.arguments, steps, steps[at + 1], values)),)
    return await _done(turn, sent, await flow.save(turn, context, answers))


async def _done(turn: Turn, sent: Submitted, replies: Replies) -> Replies:
    """The draft is done with; what is asked again with problems is kept as a new one, unless
    it has a draft of its own already, which holds the words of later steps too."""
    await drafts.drop_draft(turn.db, turn.person.id, sent.form, sent.arguments)
    for reply in replies:
        if isinstance(reply, Ask) and reply.form.problems:
            form = reply.form
            key = (turn.person.id, form.name, form.arguments)
            if await drafts.begun_form(turn.db, *key, lock=False) is not None:
                continue
            await drafts.keep_draft(
                turn.db,
                turn.person.id,
                form.name,
                form.arguments,
                form.values,
                turn.now,
                form.problems,
            )
    return replies


def _given_back(sent: Submitted) -> Replies:
    """What was written in a form that can be sent no more: a right or a plan may have changed."""
    written = [each for each in sent.values.values() if isinstance(each, str) and " " in each]
    return (SayPrivately(card=given_back(written), lasting=True),) if written else ()


def given_back(written: Sequence[str]) -> Card:
    """Texts of a form, to be copied."""
    said = _("Det du skrev sparades inte. Här är det, om du vill kopiera det:")
    parts = (text(said), *(quiet(each[:3_000]) for each in written[:3]))
    short = (each if len(each) <= 300 else each[:299] + "…" for each in written[:3])
    return Card(summary=" ".join((said, *short)), parts=parts)


async def keep_sent(db: AsyncConnection, person: Person, sent: Submitted, now: datetime) -> None:
    """Keep a step as it was sent in, on top of what was kept before."""
    begun = await drafts.begun_form(db, person.id, sent.form, sent.arguments, lock=False)
    values = {**(_as_values(begun.answers) if begun else {}), **sent.values}
    await drafts.keep_draft(db, person.id, sent.form, sent.arguments, values, now)


async def drop_sent(
    db: AsyncConnection, person: Person, sent: Submitted, kept_at: datetime
) -> None:
    """Let go of what `keep_sent` kept at that time."""
    await drafts.drop_draft(db, person.id, sent.form, sent.arguments, changed_at=kept_at)


def _flow(
    known: Conversations, turn: Turn, name: str
) -> tuple[FormFlow[Any], Replies] | tuple[None, Replies]:
    found = known.form(name)
    if found is None:
        return None, (SayPrivately(card=form_is_gone()),)
    conversation, flow = found
    refusal = conversation.refusal(turn.person)
    if refusal is not None:
        return None, (SayPrivately(card=refusal_card(refusal), lasting=True),)
    return flow, ()


def form_is_gone() -> Card:
    """What is said of a form that there is no longer."""
    return stuck(_("Det formuläret finns inte längre."))


def _as_values(kept: Mapping[str, Any]) -> dict[str, Value]:
    """Values as typed, back from JSON, where tuples are lists."""
    return {name: _as_value(value) for name, value in kept.items()}


def _as_value(value: Any) -> Value:
    return tuple(cast("list[str]", value)) if isinstance(value, list) else value


async def _keep(
    turn: Turn,
    sent: Submitted,
    values: Mapping[str, Value],
    problems: Mapping[str, str] | None = None,
) -> None:
    await drafts.keep_draft(
        turn.db, turn.person.id, sent.form, sent.arguments, dict(values), turn.now, problems
    )


def ask(
    flow: FormFlow[Any],
    arguments: tuple[str, ...],
    steps: Sequence[Step],
    step: Step,
    values: Mapping[str, Value],
    problems: Mapping[str, str] | None = None,
) -> Form:
    """The step as a form to show, with what was typed and the problems at their fields."""
    wanted = {each.name for each in step.fields}
    return Form(
        name=flow.name,
        arguments=arguments,
        step=step.name,
        title=step.title,
        intro=step.intro,
        fields=step.fields,
        submit=step.submit,
        values={name: value for name, value in values.items() if name in wanted},
        problems=dict(problems or {}),
        problem=_("Något behöver rättas innan jag kan spara.") if problems else "",
        can_go_back=step is not steps[0],
    )


async def with_names(turn: Turn, reply: Reply) -> Reply:
    """The reply; a form has beside it the names of the people that its fields hold by their keys.

    What is typed in chat, pressed or kept as a draft may be a key, which says nothing to a reader.
    """
    if not isinstance(reply, Ask):
        return reply
    form = reply.form
    held = (form.values.get(each.name) for each in form.fields if isinstance(each, PersonField))
    keys = [int(one) for one in held if isinstance(one, str) and one.isdecimal() and len(one) < 19]
    if not keys:
        return reply
    known = await people_named(turn.db, keys)
    labels = {str(key): row["name"] for key, row in known.items()}
    return Ask(form=form.model_copy(update={"labels": {**form.labels, **labels}}))


def with_word_of_draft(form: Form, begun_at: datetime) -> Form:
    """The form with the word that it was begun before, and a way to start anew."""
    word = quiet(_("Du började fylla i det här {when}.", when=short_time(in_stockholm(begun_at))))
    anew = Buttons(
        buttons=(
            Button(label=_("Börja om"), press=press("nytt_formular", form.name, *form.arguments)),
        )
    )
    return form.model_copy(update={"intro": (word, anew, *form.intro)})
