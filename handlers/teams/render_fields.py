"""A form's fields as inputs: an exhaustive match over them.

Inputs demand nothing in the client: the bot judges all that comes back, so that going back or
putting the form away keeps what was typed, however wrong it is.
"""

from collections.abc import Iterator, Sequence
from typing import assert_never

from microsoft_teams.cards.core import (
    CardElement,
    Choice,
    ChoiceSetInput,
    ChoiceSetInputStyle,
    Container,
    DateInput,
    QueryData,
    TextBlock,
    TextInput,
    ToggleInput,
)

from bot.conversations.forms import (
    ActivityField,
    AmountField,
    ChoiceField,
    DateField,
    Form,
    FormField,
    ManyChoiceField,
    Option,
    PersonField,
    TextField,
    ToggleField,
    Value,
)
from bot.language import _
from handlers.drawn import is_day
from handlers.teams.ids import FIELD
from handlers.teams.limits import SHOWN_IN_CHOICE
from handlers.teams.texts import either, lines, plain, strong

NOBODY = " "
"""The value of choosing nothing in a field that is searched: nothing but white space."""

EXCERPT = 80
"""Characters shown of what was typed in a field that has no room for its input."""


def draw_field(field: FormField, form: Form, *, aside: bool = False) -> Iterator[CardElement]:
    """The input, what is wrong with it, its hint, and what was typed that it cannot show.

    `aside`: what was typed stays in the draft and is only told of, for a card that has no room.
    """
    value: Value = form.values.get(field.name, "")
    around = [
        *_problem(form.problems.get(field.name, "")),
        *_hint(field, form),
    ]
    drawn = list(_set_aside(field, str(value))) if aside else [_input(field, value, form)]
    rest = [] if aside else list(_left_over(field, value))
    if field.name in form.problems:
        yield Container(items=[*drawn, *rest, *around], style="emphasis", spacing="Medium")
    else:
        yield from (*drawn, *rest, *around)


def _problem(words: str) -> Iterator[CardElement]:
    if words:
        yield TextBlock(
            text=f"⚠️ {lines(words)}", wrap=True, color="Attention", weight="Bolder", spacing="Small"
        )


def _hint(field: FormField, form: Form) -> Iterator[CardElement]:
    """A hint that the problem says once more is not shown beside it."""
    if field.help and field.help not in form.problems.get(field.name, ""):
        yield TextBlock(
            text=lines(field.help), wrap=True, is_subtle=True, size="Small", spacing="None"
        )


def label_of(field: FormField) -> str:
    """The field's label, with its unit and whether it may be left out."""
    beside = [field.unit] if isinstance(field, AmountField) and field.unit else []
    if not field.required and not isinstance(field, ToggleField):
        beside.append(_("valfritt"))
    return " ".join([field.label, *(f"({words})" for words in beside)])


def _input(field: FormField, value: Value, form: Form) -> CardElement:
    name, label = f"{FIELD}{field.name}", either(label_of(field))
    match field:
        case TextField(lines=rows, placeholder=words):
            return TextInput(
                id=name,
                label=label,
                value=str(value) or None,
                placeholder=plain(words) or None,
                is_multiline=rows > 1,
            )
        case ChoiceField(options=options):
            return ChoiceSetInput(
                id=name,
                label=label,
                choices=_choices(options),
                value=str(value) if any(each.value == value for each in options) else None,
                style=_style(options),
                placeholder=_("Välj"),
                wrap=True,
            )
        case ManyChoiceField(options=options):
            chosen = [each.value for each in options if each.value in _many(value)]
            return ChoiceSetInput(
                id=name,
                label=label,
                choices=_choices(options),
                value=",".join(chosen) or None,
                style=_style(options),
                is_multi_select=True,
                placeholder=_("Välj en eller flera"),
                wrap=True,
            )
        case DateField():
            return DateInput(id=name, label=label, value=str(value) if is_day(value) else None)
        case AmountField():
            return TextInput(id=name, label=label, value=str(value) or None)
        case PersonField() | ActivityField():
            return _searched(field, str(value), form.labels)
        case ToggleField():
            return ToggleInput(
                id=name, label=label, title=_("Ja"), value="true" if value is True else "false"
            )
        case _:
            assert_never(field)


def _many(value: Value) -> Sequence[str]:
    return value if isinstance(value, tuple) else ()


def _style(options: Sequence[Option]) -> ChoiceSetInputStyle:
    return "expanded" if len(options) <= SHOWN_IN_CHOICE else "compact"


def _choices(options: Sequence[Option]) -> list[Choice]:
    words = either if len(options) <= SHOWN_IN_CHOICE else plain
    return [Choice(title=words(each.label), value=each.value) for each in options]


def _searched(
    field: PersonField | ActivityField, value: str, labels: dict[str, str]
) -> ChoiceSetInput:
    """What is chosen stands there; the rest is asked for while somebody types."""
    chosen = value.strip()
    choices = [Choice(title=plain(labels.get(chosen, chosen)), value=chosen)] if chosen else []
    if not chosen or not field.required:
        choices.append(Choice(title=_("Ingen vald"), value=NOBODY))
    return ChoiceSetInput(
        id=f"{FIELD}{field.name}",
        label=either(label_of(field)),
        choices=choices,
        choices_data=QueryData(dataset=field.kind),
        value=chosen or None,
        style="filtered",
        placeholder=_("Sök"),
    )


def _left_over(field: FormField, value: Value) -> Iterator[CardElement]:
    """What was typed elsewhere and cannot stand in the input: shown, so that nothing is lost."""
    if not isinstance(value, str) or not value.strip():
        return
    match field:
        case DateField() if not is_day(value):
            rest = value
        case ChoiceField(options=options) if all(each.value != value for each in options):
            rest = value
        case TextField(lines=1) | AmountField() if "\n" in value.strip():
            rest = value
        case _:
            return
    told = strong(_("Du skrev också: {words}", words="").strip())
    yield TextBlock(text=f"{told} {lines(rest)}", wrap=True, spacing="Small")


def _set_aside(field: FormField, value: str) -> Iterator[CardElement]:
    shown = value if len(value) <= EXCERPT else f"{value[:EXCERPT]}…"
    told = _("Det du har skrivit här är sparat, men hela texten får inte plats i Teams.")
    yield TextBlock(text=strong(label_of(field)), wrap=True)
    yield TextBlock(text=lines(f"{shown}\n{told}"), wrap=True, is_subtle=True, spacing="Small")
