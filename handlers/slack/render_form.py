"""Forms as modals and homes as the App Home: an exhaustive match over the fields.

A form's path and place travel in `private_metadata`, which the client can change: whatever comes
back is judged anew. Slack keeps what was typed as long as a field's ids stay the same, so they are
made of step and field.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, assert_never

from pydantic import BaseModel
from slackblocks import (
    ActionsBlock,
    AlertBlock,
    Block,
    ContextBlock,
    DividerBlock,
    HomeTabView,
    InputBlock,
    ModalView,
    RichTextBlock,
)
from slackblocks import Button as SlackButton
from slackblocks.elements import (
    CheckboxGroup,
    DatePicker,
    Element,
    ExternalSelectMenu,
    PlainTextInput,
    RadioButtonGroup,
    StaticMultiSelectMenu,
    StaticSelectMenu,
)
from slackblocks.objects import Option as SlackOption
from slackblocks.rich_text.elements import RichText
from slackblocks.rich_text.objects import RichTextSection

from bot.conversations.forms import (
    ActivityField,
    AmountField,
    ChoiceField,
    DateField,
    Form,
    FormField,
    Home,
    ManyChoiceField,
    Option,
    PersonField,
    TextField,
    ToggleField,
    Value,
)
from bot.language import _
from handlers.slack.canvas import Canvas
from handlers.slack.limits import BLOCKS_IN_VIEW, SHOWN_IN_CHOICE
from handlers.slack.render import blocks_of, draw_card, draw_part, plain

CALLBACK = "form"
BACK, MORE = "back", "more"
YES = "yes"


class Opened(BaseModel):
    """What a modal remembers: which form's step it shows, and where it was opened."""

    form: str
    arguments: tuple[str, ...]
    step: str
    address: str = ""
    unfolded: bool = False


def draw_modal(
    form: Form, canvas: Canvas, *, address: str = "", unfolded: bool = False
) -> dict[str, Any]:
    """The `view` of views.open and views.update, or of an answer to a submission."""
    opened = Opened(
        form=form.name,
        arguments=form.arguments,
        step=form.step,
        address=address,
        unfolded=unfolded or _must_unfold(form),
    )
    blocks = [*_intro(form, canvas), *_fields(form, opened)]
    modal = ModalView(
        title=plain(form.title),
        blocks=blocks,
        submit=plain(form.submit),
        close=plain(_("Avbryt")),
        private_metadata=opened.model_dump_json(),
        callback_id=CALLBACK,
    )
    return _view(modal, blocks)


def draw_home(home: Home, canvas: Canvas) -> dict[str, Any]:
    """The `view` of views.publish; what has no room is told of, not cut silently."""
    blocks: list[Block] = []
    for number, card in enumerate(home.cards):
        drawn = [*([DividerBlock()] if blocks else []), *draw_card(card, canvas, "home")]
        if len(blocks) + len(drawn) > BLOCKS_IN_VIEW - 1:
            left = len(home.cards) - number
            blocks.append(ContextBlock([plain(_("Ytterligare {n} delar får inte plats.", n=left))]))
            break
        blocks += drawn
    return _view(HomeTabView(blocks=blocks), blocks)


def _view(view: ModalView | HomeTabView, blocks: Sequence[Block]) -> dict[str, Any]:
    return view.to_dict() | {"blocks": blocks_of(blocks)}


def _intro(form: Form, canvas: Canvas) -> list[Block]:
    blocks: list[Block] = []
    if form.problem:
        blocks.append(AlertBlock(plain(form.problem[:200]), level="error"))
        if len(form.problem) > 200:
            blocks.append(ContextBlock([plain(form.problem[200:])]))
    for number, part in enumerate(form.intro):
        blocks += draw_part(part, canvas, "modal", number)
    return blocks


def _must_unfold(form: Form) -> bool:
    """What lies folded and is filled in, or wrong, is shown."""
    folded = [field.name for field in form.fields if field.more]
    return any(form.values.get(name) or name in form.problems for name in folded)


def _fields(form: Form, opened: Opened) -> list[Block]:
    blocks: list[Block] = []
    for field in form.fields:
        if field.more and not opened.unfolded:
            continue
        if problem := form.problems.get(field.name):
            blocks.append(ContextBlock([plain(f"⚠️ {field.label}: {problem}")]))
        blocks.append(_input(field, form))
        blocks += _left_over(field, form.values.get(field.name, ""))
    buttons: list[Element] = []
    if form.can_go_back:
        buttons.append(SlackButton(plain(_("Tillbaka")), BACK, value=BACK))
    if not opened.unfolded and any(field.more for field in form.fields):
        buttons.append(SlackButton(plain(_("Mer")), MORE, value=MORE))
    return [*blocks, ActionsBlock(buttons)] if buttons else blocks


def _left_over(field: FormField, value: Value) -> list[Block]:
    """What was typed elsewhere and has no room in Slack's field: shown, so that nothing is lost."""
    match field:
        case TextField(max_length=most) if isinstance(value, str) and len(value) > most:
            rest = value[most:]
        case DateField() if isinstance(value, str) and value and not _is_day(value):
            rest = value
        case _:
            return []
    told = RichText(_("Du skrev också: {words}", words=""), bold=True)
    return [RichTextBlock([RichTextSection([told, RichText(rest)])])]


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return len(words) == len("2026-01-01")


def block_id(form: Form, field: str) -> str:
    """The id of a field's block, which errors are told of by."""
    return f"{form.step}.{field}"


def _input(field: FormField, form: Form) -> Block:
    return InputBlock(
        plain(field.label),
        _element(field, form),
        block_id=block_id(form, field.name),
        hint=plain(field.help) if field.help else None,
        optional=not field.required,
        dispatch_action=isinstance(field, ChoiceField) and field.redraws,
    )


def _element(field: FormField, form: Form) -> Element:
    value: Value = form.values.get(field.name, "")
    match field:
        case TextField():
            return PlainTextInput(
                field.name,
                placeholder=plain(field.placeholder) if field.placeholder else None,
                initial_value=str(value)[: field.max_length] or None,
                multiline=field.lines > 1,
                max_length=field.max_length,
            )
        case ChoiceField(options=options):
            return _choice(field.name, options, str(value))
        case ManyChoiceField(options=options):
            return _many(field.name, options, value if isinstance(value, tuple) else ())
        case DateField():
            day = str(value)
            return DatePicker(field.name, initial_date=day if _is_day(day) else None)
        case AmountField(unit=unit):
            return PlainTextInput(
                field.name,
                placeholder=plain(unit) if unit else None,
                initial_value=str(value) or None,
            )
        case PersonField() | ActivityField():
            return _searched(field, str(value), form.labels)
        case ToggleField():
            yes = SlackOption(plain(_("Ja")), YES)
            first = [yes] if value is True else None
            return CheckboxGroup(f"{field.kind}.{field.name}", [yes], initial_options=first)
        case _:
            assert_never(field)


def _options(options: Sequence[Option]) -> list[SlackOption]:
    return [SlackOption(plain(each.label), each.value) for each in options]


def _choice(name: str, options: Sequence[Option], chosen: str) -> Element:
    drawn = _options(options)
    first = next((each for each in drawn if each.value == chosen), None)
    if len(drawn) <= SHOWN_IN_CHOICE:
        return RadioButtonGroup(name, drawn, initial_option=first)
    return StaticSelectMenu(name, drawn, initial_option=first, placeholder=plain(_("Välj")))


def _many(name: str, options: Sequence[Option], chosen: Sequence[str]) -> Element:
    drawn = _options(options)
    first = [each for each in drawn if each.value in chosen] or None
    if len(drawn) <= SHOWN_IN_CHOICE:
        return CheckboxGroup(name, drawn, initial_options=first)
    return StaticMultiSelectMenu(
        name, drawn, initial_options=first, placeholder=plain(_("Välj en eller flera"))
    )


def _searched(field: PersonField | ActivityField, value: str, labels: dict[str, str]) -> Element:
    shown = labels.get(value, value)[:75]
    return ExternalSelectMenu(
        f"{field.kind}.{field.name}",
        initial_option=SlackOption(plain(shown), value) if value else None,
        min_query_length=0,
        placeholder=plain(_("Sök")),
    )
