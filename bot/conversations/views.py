"""What the bot shows, in terms that every platform can draw: a closed set of parts.

Every renderer is an exhaustive match over `Part` and over the fields of forms.py; a new one fails
the type check until each platform draws it. Limits are the common floor of platforms.md section 8
and are checked here, where a view is made; nothing is cut silently. What people typed is always a
plain span, escaped by the renderer.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MAX_CARD_CHARACTERS = 12_000
MAX_PARTS = 40
MAX_TABLE_CHARACTERS = 10_000


class Model(BaseModel):
    """A value that never changes and takes no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """Some words of a paragraph. `href` makes them a link, `person_id` a mention."""

    text: str
    style: Literal["plain", "bold", "italic"] = "plain"
    href: str | None = None
    person_id: int | None = None


def spans(*words: "str | Span") -> tuple[Span, ...]:
    """Plain strings become plain spans; empty ones are dropped."""
    made = (word if isinstance(word, Span) else Span(text=word) for word in words)
    return tuple(span for span in made if span.text)


def bold(text: str) -> Span:
    """`text` in bold."""
    return Span(text=text, style="bold")


def italic(text: str) -> Span:
    """`text` in italics."""
    return Span(text=text, style="italic")


def link(text: str, path: str) -> Span:
    """`text` that leads to `path`: a page of the web chat (`/...`) or a full address."""
    return Span(text=text, href=path)


class Press(Model):
    """A short reference that a button carries: which conversation, and what to do to what.

    It comes back from the client, so it is authorised anew each time. `name` is a conversation's
    name or former name; `arguments` are short words such as an activity's code.
    """

    name: str = Field(min_length=1, max_length=30, pattern=r"^[a-z_]+$")
    arguments: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _short(self) -> Self:
        if len(self.encoded()) > 75 or any("|" in word or "," in word for word in self.arguments):
            raise ValueError("a press holds at most 75 characters, no comma and no bar")
        return self

    def encoded(self) -> str:
        """As one string for a platform: `name|argument|argument`."""
        return "|".join((self.name, *self.arguments))

    @classmethod
    def decoded(cls, text: str) -> "Press":
        """The press that `encoded` made; ValueError for anything else."""
        name, *arguments = text.split("|")
        return cls(name=name, arguments=tuple(arguments))


def press(name: str, *arguments: str | int) -> Press:
    """Shorthand for a `Press`."""
    return Press(name=name, arguments=tuple(str(word) for word in arguments))


class Button(Model):
    """A button: `label` carries the meaning, `style` is a hint. `href` opens a page instead."""

    label: str = Field(min_length=1, max_length=75)
    press: Press | None = None
    href: str | None = None
    style: Literal["default", "primary", "danger"] = "default"

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        if (self.press is None) == (self.href is None):
            raise ValueError("a button either presses or leads somewhere")
        return self


class Heading(Model):
    """A heading within a card."""

    kind: Literal["heading"] = "heading"
    text: str = Field(min_length=1, max_length=150)


class Paragraph(Model):
    """A paragraph; `quiet` is side information such as who and when."""

    kind: Literal["paragraph"] = "paragraph"
    spans: tuple[Span, ...] = Field(min_length=1)
    quiet: bool = False

    @model_validator(mode="after")
    def _length(self) -> Self:
        if not 0 < sum(len(span.text) for span in self.spans) <= 3_000:
            raise ValueError("a paragraph holds 1 to 3,000 characters")
        return self


class Bullets(Model):
    """A list of lines."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[tuple[Span, ...], ...] = Field(min_length=1, max_length=40)


class Fact(Model):
    """A label with its value."""

    label: str = Field(min_length=1, max_length=150)
    value: str = Field(min_length=1, max_length=1_800)


class Facts(Model):
    """Labels with values, side by side where there is room."""

    kind: Literal["facts"] = "facts"
    facts: tuple[Fact, ...] = Field(min_length=1, max_length=10)


class Table(Model):
    """A table; every row as long as the heading, no cell empty, one table a card.

    `numeric` are the columns that hold numbers, counted from 0.
    """

    kind: Literal["table"] = "table"
    caption: str = Field(min_length=1, max_length=150)
    columns: tuple[str, ...] = Field(min_length=1, max_length=20)
    rows: tuple[tuple[str, ...], ...] = Field(min_length=1, max_length=99)
    numeric: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _square(self) -> Self:
        if any(len(row) != len(self.columns) or not all(row) for row in self.rows):
            raise ValueError("every row has a non-empty cell for every column")
        if sum(len(cell) for row in self.rows for cell in row) > MAX_TABLE_CHARACTERS:
            raise ValueError("the table holds too many characters; page it")
        return self


class Progress(Model):
    """How far something has come, `done` of `of`, with words that say it."""

    kind: Literal["progress"] = "progress"
    label: str = Field(min_length=1, max_length=150)
    done: int = Field(ge=0)
    of: int = Field(gt=0)


class Series(Model):
    """One series of a chart: a value for each of the chart's categories."""

    name: str = Field(min_length=1, max_length=20)
    values: tuple[int, ...]
    colour: Literal["grey", "green", "yellow", "red", "blue", "teal"] = "blue"


class Chart(Model):
    """Data to be drawn: each platform's own chart, SVG on the web, a picture in e-mail."""

    kind: Literal["chart"] = "chart"
    form: Literal["bar", "stacked_bar", "line"]
    title: str = Field(min_length=1, max_length=50)
    alternative: str = Field(min_length=1, max_length=2_000)
    categories: tuple[str, ...] = Field(min_length=1, max_length=20)
    series: tuple[Series, ...] = Field(min_length=1, max_length=6)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError("every series has a value for every category")
        if any(len(name) > 20 for name in self.categories):
            raise ValueError("a category's name holds at most 20 characters")
        return self


class Picture(Model):
    """A stored picture with the words that stand for it."""

    kind: Literal["picture"] = "picture"
    file_id: int
    alternative: str = Field(min_length=1, max_length=2_000)


class Buttons(Model):
    """At most five buttons, the rest of the choices in an overflow menu of at most five."""

    kind: Literal["buttons"] = "buttons"
    buttons: tuple[Button, ...] = Field(min_length=1, max_length=5)
    overflow: tuple[Button, ...] = Field(default=(), max_length=5)


class Divider(Model):
    """A line between parts."""

    kind: Literal["divider"] = "divider"


Part = Annotated[
    Heading | Paragraph | Bullets | Facts | Table | Progress | Chart | Picture | Buttons | Divider,
    Field(discriminator="kind"),
]


def text(*words: str | Span) -> Paragraph:
    """A paragraph of strings and spans."""
    return Paragraph(spans=spans(*words))


def quiet(*words: str | Span) -> Paragraph:
    """A paragraph of side information."""
    return Paragraph(spans=spans(*words), quiet=True)


def bullets(*items: "str | Sequence[str | Span]") -> Bullets:
    """A list; each item a string or spans."""
    return Bullets(items=tuple(spans(*((i,) if isinstance(i, str) else i)) for i in items))


def facts(*pairs: tuple[str, str]) -> Facts:
    """Labels with values."""
    return Facts(facts=tuple(Fact(label=label, value=value) for label, value in pairs))


def _is_empty(found: tuple[object, ...]) -> bool:
    return not found


class Card(Model):
    """Something the bot says or keeps posted. `summary` is the plain text of notifications.

    `tone` is a hint of severity; the words must carry it. `more`: pages that follow in the same
    mail; a chat has each as a message of its own.
    """

    kind: Literal["card"] = "card"
    title: str = Field(default="", max_length=150)
    summary: str = Field(min_length=1, max_length=3_000)
    parts: tuple[Part, ...] = Field(default=(), max_length=MAX_PARTS)
    tone: Literal["neutral", "good", "warning", "bad"] = "neutral"
    more: tuple["Card", ...] = Field(default=(), exclude_if=_is_empty)

    @model_validator(mode="after")
    def _within_limits(self) -> Self:
        if sum(part.kind == "table" for part in self.parts) > 1:
            raise ValueError("one table a card")
        if card_characters(self) > MAX_CARD_CHARACTERS:
            raise ValueError("the card holds more than 12,000 characters; page it")
        return self


def card_characters(card: Card) -> int:
    """How many characters the card shows, for the common limit of 12,000."""
    return len(card.title) + sum(_characters(part) for part in card.parts)


def _characters(part: Part) -> int:
    match part:
        case Heading(text=words):
            return len(words)
        case Paragraph(spans=words):
            return sum(len(span.text) for span in words)
        case Bullets(items=items):
            return sum(len(span.text) for item in items for span in item)
        case Facts(facts=pairs):
            return sum(len(fact.label) + len(fact.value) for fact in pairs)
        case Table(columns=columns, rows=rows):
            return sum(map(len, columns)) + sum(len(cell) for row in rows for cell in row)
        case Progress(label=label):
            return len(label)
        case Chart(title=title, alternative=alternative):
            return len(title) + len(alternative)
        case Picture(alternative=alternative):
            return len(alternative)
        case Buttons(buttons=buttons, overflow=overflow):
            return sum(len(button.label) for button in (*buttons, *overflow))
        case Divider():
            return 0
