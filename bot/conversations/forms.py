"""Forms, a person's home, and how any view is kept in the database.

A form is opened by name and arguments, never from an object in memory, so that one begun on one
platform can be finished on another. Limits are those of platforms.md section 8.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.conversations.views import Card, Model, Part


class _Field(Model):
    """What all fields share. `help` is a hint; `more` fields lie folded until asked for."""

    name: str = Field(pattern=r"^[a-z_0-9]{1,40}$")
    label: str = Field(min_length=1, max_length=150)
    help: str = Field(default="", max_length=300)
    required: bool = False
    more: bool = False


class TextField(_Field):
    """Words, `lines` > 1 for a larger box."""

    kind: Literal["text"] = "text"
    lines: int = Field(default=1, ge=1, le=20)
    max_length: int = Field(default=3_000, ge=1, le=3_000)
    placeholder: str = Field(default="", max_length=150)


class Option(Model):
    """One thing to choose: `value` is short and has no comma."""

    value: str = Field(min_length=1, max_length=75, pattern=r"^[^,]+$")
    label: str = Field(min_length=1, max_length=75)


class ChoiceField(_Field):
    """One of `options`. `redraws`: choosing may change which fields the form asks."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(min_length=1, max_length=100)
    redraws: bool = False


class ManyChoiceField(_Field):
    """Any number of `options`."""

    kind: Literal["many_choice"] = "many_choice"
    options: tuple[Option, ...] = Field(min_length=1, max_length=100)


class DateField(_Field):
    """A day, as YYYY-MM-DD."""

    kind: Literal["date"] = "date"
    earliest: date | None = None
    latest: date | None = None


class AmountField(_Field):
    """A whole number, typed as people write it; `unit` stands beside, such as kr or %."""

    kind: Literal["amount"] = "amount"
    unit: str = Field(default="kr", max_length=20)
    least: int = 0
    most: int = 1_000_000_000_000


class PersonField(_Field):
    """Somebody in our own directory, searched by name; its value is the person's id."""

    kind: Literal["person"] = "person"


class ActivityField(_Field):
    """An activity of the plan, searched by code or title; its value is the code."""

    kind: Literal["activity"] = "activity"


class ToggleField(_Field):
    """Yes or no."""

    kind: Literal["toggle"] = "toggle"


FormField = Annotated[
    TextField
    | ChoiceField
    | ManyChoiceField
    | DateField
    | AmountField
    | PersonField
    | ActivityField
    | ToggleField,
    Field(discriminator="kind"),
]

Value = str | bool | tuple[str, ...]
"""What a field holds as typed: text (also numbers, dates and ids), a toggle, or chosen values."""


class Form(Model):
    """One step of a form, opened by name and arguments and built again anywhere.

    `values` are shown as typed; `problems` stand at their fields, `problem` on top.
    `labels` are words for values that only an id stands for (persons, activities). Of a `secret`
    one nothing that is typed is kept anywhere.
    """

    kind: Literal["form"] = "form"
    name: str = Field(pattern=r"^[a-z_]{1,30}$")
    arguments: tuple[str, ...] = ()
    step: str = Field(pattern=r"^[a-z_0-9]{1,30}$")
    title: str = Field(min_length=1, max_length=24)
    intro: tuple[Part, ...] = ()
    fields: tuple[FormField, ...] = Field(min_length=1, max_length=40)
    submit: str = Field(min_length=1, max_length=24)
    values: dict[str, Value] = Field(default_factory=dict)
    labels: dict[str, str] = Field(default_factory=dict)
    problems: dict[str, str] = Field(default_factory=dict)
    problem: str = ""
    can_go_back: bool = False
    version: int = 0
    secret: bool = False

    def without_values(self) -> "Form":
        """The form with nothing typed in it."""
        return self.model_copy(update={"values": {}, "labels": {}})


class Home(Model):
    """A person's own page: cards in order."""

    kind: Literal["home"] = "home"
    cards: tuple[Card, ...]


def stored(view: Card | Form | Home) -> dict[str, Any]:
    """The view as JSON for the database."""
    return view.model_dump(mode="json")


def read_card(data: dict[str, Any]) -> Card:
    """The card that `stored` made; ValueError when it is another view."""
    return Card.model_validate(data)
