"""Forms as modals and homes as the App Home: an exhaustive match over the fields.

A form's path and place travel in `private_metadata`, which the client can change: whatever comes
back is judged anew. Slack keeps what was typed as long as a field's ids stay the same, so they are
made of step and field.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from pydantic import BaseModel
from slackblocks import (
    ActionsBlock,
    AlertBlock,
    Block,
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
from bot.language import _, ngettext
from handlers.drawn import is_day, must_unfold
from handlers.slack.canvas import Canvas
from handlers.slack.fitting import joined_when_many
from handlers.slack.limits import (
    ALERT,
    BLOCKS_IN_VIEW,
    BYTES_IN_VIEW,
    OPTION,
    SHOWN_IN_CHOICE,
    TEXT,
)
from handlers.slack.render import blocks_of, draw_card, draw_part
from handlers.slack.render_data import Room
from handlers.slack.texts import bullet_list, plain, quiet_words, strong

CALLBACK = "form"
BACK, MORE = "back", "more"
YES = "yes"
HOME_PAGE = "home_page"
"""Turns the page of a home that is too long for one."""

BYTES_ON_PAGE = BYTES_IN_VIEW - 10_000


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
        unfolded=unfolded or must_unfold(form),
    )
    intro = _intro(form, canvas)
    blocks = [*intro, *_fields(form, opened)]
    if len(blocks) > BLOCKS_IN_VIEW:
        blocks = [*intro, *_problems_together(form), *_fields(form, opened, problems=False)]
    modal = ModalView(
        title=plain(form.title),
        blocks=blocks,
        submit=plain(form.submit),
        close=plain(_("Avbryt")),
        private_metadata=opened.model_dump_json(),
        callback_id=CALLBACK,
    )
    return _view(modal, blocks)


def draw_home(home: Home, canvas: Canvas, page: int = 0) -> dict[str, Any]:
    """The `view` of views.publish: as many cards as there is room for, the others on pages.

    The buttons between pages have `HOME_PAGE` and their number as action id and value.
    """
    pages = _pages(home, canvas)
    number = min(max(page, 0), len(pages) - 1)
    buttons: list[Element] = []
    if number > 0:
        buttons.append(_turn_to(number - 1, _("Tillbaka"), "back"))
    left = sum(cards for _blocks, cards in pages[number + 1 :])
    if left:
        label = ngettext("Ytterligare {n} del", "Ytterligare {n} delar", left)
        buttons.append(_turn_to(number + 1, label, "more"))
    blocks = [*pages[number][0], *([ActionsBlock(buttons)] if buttons else [])]
    return _view(HomeTabView(blocks=blocks), blocks)


def _turn_to(page: int, label: str, way: str) -> SlackButton:
    return SlackButton(plain(label), f"{HOME_PAGE}.{way}", value=str(page))


def _pages(home: Home, canvas: Canvas) -> list[tuple[list[Block], int]]:
    """Blocks with how many cards they are, each page within a view's limits."""
    pages: list[tuple[list[Block], int]] = []
    blocks, cards, room = list[Block](), 0, Room()
    for card in home.cards:
        drawn = draw_card(card, canvas, "home", room)
        more = [*blocks, *([DividerBlock()] if blocks else []), *drawn]
        if blocks and (len(more) > BLOCKS_IN_VIEW - 1 or _size(more) > BYTES_ON_PAGE):
            pages.append((blocks, cards))
            room = Room()
            more, cards = draw_card(card, canvas, "home", room), 0
        blocks, cards = more, cards + 1
    return [*pages, (blocks, cards)]


def _size(blocks: Sequence[Block]) -> int:
    return len(json.dumps(blocks_of(blocks)).encode())


def _view(view: ModalView | HomeTabView, blocks: Sequence[Block]) -> dict[str, Any]:
    return view.to_dict() | {"blocks": joined_when_many(blocks_of(blocks), BLOCKS_IN_VIEW)}


def _intro(form: Form, canvas: Canvas) -> list[Block]:
    blocks: list[Block] = []
    if form.problem:
        blocks.append(AlertBlock(plain(form.problem[:ALERT]), level="error"))
        if len(form.problem) > ALERT:
            blocks.append(quiet_words(form.problem[ALERT:]))
    for number, part in enumerate(form.intro):
        blocks += draw_part(part, canvas, "modal", number, Room())
    return blocks


def _problems_together(form: Form) -> Iterator[Block]:
    """All problems in one list on top, for a form that has no room for one at each field."""
    labels = {each.name: each.label for each in form.fields}
    lines = [
        RichTextSection([strong(f"{labels.get(name, name)}: "), RichText(problem)])
        for name, problem in form.problems.items()
        if problem
    ]
    if lines:
        yield bullet_list(lines)


def _fields(form: Form, opened: Opened, *, problems: bool = True) -> list[Block]:
    blocks: list[Block] = []
    for field in form.fields:
        if field.more and not opened.unfolded:
            continue
        if problems and (problem := form.problems.get(field.name)):
            apart = " " if field.label.endswith(("?", "!", ".")) else ": "
            blocks.append(quiet_words(f"⚠️ {field.label}{apart}{problem}"))
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
        case AmountField() if isinstance(value, str) and len(value) > TEXT:
            rest = value[TEXT:]
        case DateField() if isinstance(value, str) and value and not is_day(value):
            rest = value
        case PersonField() | ActivityField() if isinstance(value, str) and len(value) > OPTION:
            rest = value
        case _:
            return []
    told = strong(_("Du skrev också: {words}", words=""))
    return [RichTextBlock([RichTextSection([told, RichText(rest)])])]


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
            return DatePicker(field.name, initial_date=day if is_day(day) else None)
        case AmountField(unit=unit):
            return PlainTextInput(
                field.name,
                placeholder=plain(unit) if unit else None,
                initial_value=str(value)[:TEXT] or None,
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
    shown = labels.get(value, value)[:OPTION]
    known = 0 < len(value) <= OPTION
    return ExternalSelectMenu(
        f"{field.kind}.{field.name}",
        initial_option=SlackOption(plain(shown), value) if known else None,
        min_query_length=0,
        placeholder=plain(_("Sök")),
    )
