"""Forms as declared: steps computed from the answers, judged from the top each time.

No earlier turn is trusted: whatever comes back is judged again, so that a change in an early step
adds or drops later ones, and a form begun on one platform can be finished on another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar, runtime_checkable

from bot.amounts import NotAnAmount, read_amount
from bot.clock import in_stockholm
from bot.conversations.forms import (
    ActivityField,
    AmountField,
    ChoiceField,
    DateField,
    FormField,
    ManyChoiceField,
    PersonField,
    TextField,
    ToggleField,
    Value,
)
from bot.conversations.protocol import Quoted, Replies, Turn
from bot.conversations.views import Part
from bot.finding import Found, find_activity, find_person
from bot.language import _, kronor, number, short_date

Answers = Mapping[str, Any]
"""Judged values by field name: str, bool, date, int, tuples, or None where left empty."""


def no_problems(answers: Answers) -> dict[str, str]:
    """For steps whose fields say all there is to check."""
    return {}


@dataclass(frozen=True)
class Step:
    """One step of a form. `check` judges fields against each other: field name to problem."""

    name: str
    title: str
    fields: tuple[FormField, ...]
    submit: str
    intro: tuple[Part, ...] = ()
    check: Callable[[Answers], dict[str, str]] = no_problems


@dataclass(frozen=True)
class NotNow:
    """The form cannot be opened; what is said instead."""

    replies: Replies


Context = TypeVar("Context")


class FormFlow(Protocol[Context]):
    """A form: what it needs to know, its steps, and what saving it does.

    `prepare` answers with what the other functions get as `context`, or `NotNow` when the form
    cannot be opened. `steps` gets raw values as typed so far.
    """

    name: str

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Context | NotNow:
        """Load what the form stands on, and refuse whoever may not fill it in."""
        ...

    def first_values(self, context: Context) -> dict[str, Value]:
        """What the fields hold when the form is opened."""
        ...

    def steps(self, context: Context, values: Mapping[str, Value]) -> Sequence[Step]:
        """The path through the form, given what is typed."""
        ...

    async def save(self, turn: Turn, context: Context, answers: Answers) -> Replies:
        """All steps are right: do it, and say so."""
        ...


@runtime_checkable
class SavesWhatIsRight(Protocol):
    """A form of many things: those that are right are saved, the others asked again."""

    async def save_right(
        self, turn: Turn, context: Any, judged: "Judged", values: Mapping[str, Value]
    ) -> Replies:
        """Save what is right in the step, and ask again for what is wrong."""
        ...


@runtime_checkable
class MayBeSecret(Protocol):
    """A form that may hold what nobody is to know: then it is one step, no draft of it is kept, and
    the turn that sent it holds no values."""

    def is_secret(self, context: Any) -> bool:
        """Whether it does this time."""
        ...


@runtime_checkable
class FollowsChoices(Protocol):
    """A form where a value that is as it was shown follows what is chosen beside it."""

    def following(
        self, context: Any, before: Mapping[str, Value], now: Mapping[str, Value]
    ) -> Mapping[str, Value]:
        """The values that become others, of how it was `before` something was sent, and `now`."""
        ...


@runtime_checkable
class BeginsFromMessage(Protocol):
    """A form that can begin from somebody's message, by a shortcut."""

    def from_message(self, context: Any, quoted: Quoted) -> Mapping[str, Value]:
        """What its fields hold then; the author is credited."""
        ...


@dataclass
class Judged:
    """A step's values: clean where they are right, a problem where they are wrong."""

    answers: dict[str, Any] = field(default_factory=dict[str, Any])
    problems: dict[str, str] = field(default_factory=dict[str, str])


async def judge(turn: Turn, step: Step, values: Mapping[str, Value]) -> Judged:
    """Judge every field of a step, then the step as a whole."""
    judged = Judged()
    for each in step.fields:
        try:
            judged.answers[each.name] = await _clean(turn, each, values.get(each.name))
        except _Wrong as wrong:
            judged.problems[each.name] = wrong.problem
    for name, problem in step.check(judged.answers).items():
        judged.problems.setdefault(name, problem)
    return judged


class _Wrong(Exception):
    """What was typed cannot be used; `problem` says what to do."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


async def _clean(turn: Turn, each: FormField, value: Value | None) -> Any:
    if isinstance(each, ToggleField):
        return value is True or value in ("true", "on", "1")
    if isinstance(each, ManyChoiceField):
        return _many(each, value)
    words = value.strip() if isinstance(value, str) else ""
    if not words:
        if each.required:
            raise _Wrong(_required(each))
        return None
    match each:
        case TextField():
            return _text(each, words)
        case ChoiceField():
            if words not in {option.value for option in each.options}:
                raise _Wrong(_("Välj ett av alternativen."))
            return words
        case DateField():
            return _date(each, words)
        case AmountField():
            return _amount(each, words)
        case PersonField():
            return await _person(turn, words)
        case ActivityField():
            return _activity(turn, words)


def _required(each: FormField) -> str:
    match each:
        case ChoiceField() | ManyChoiceField():
            return _("Välj ett alternativ.")
        case DateField():
            return _("Skriv ett datum, till exempel 2026-02-28.")
        case PersonField():
            return _("Välj en person.")
        case ActivityField():
            return _("Välj en aktivitet.")
        case _:
            said = _("Fyll i det här.")
            return f"{said} {each.help}" if each.help else said


def _many(each: ManyChoiceField, value: Value | None) -> tuple[str, ...]:
    chosen = value if isinstance(value, tuple) else ((value,) if isinstance(value, str) else ())
    chosen = tuple(one for one in chosen if one)
    if each.required and not chosen:
        raise _Wrong(_required(each))
    if not {option.value for option in each.options}.issuperset(chosen):
        raise _Wrong(_("Välj bland alternativen."))
    return chosen


def _text(each: TextField, words: str) -> str:
    if len(words) > each.max_length:
        raise _Wrong(
            _(
                "Texten är {length} tecken. Korta den till högst {most}.",
                length=number(len(words)),
                most=number(each.max_length),
            )
        )
    return words


def _date(each: DateField, words: str) -> date:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise _Wrong(_("Datumet går inte att läsa. Skriv till exempel 2026-02-28.")) from None
    if each.earliest and day < each.earliest:
        raise _Wrong(_("Välj {day} eller senare.", day=short_date(each.earliest)))
    if each.latest and day > each.latest:
        raise _Wrong(_("Välj {day} eller tidigare.", day=short_date(each.latest)))
    return day


def _amount(each: AmountField, words: str) -> int:
    try:
        amount = read_amount(words.removesuffix("%").strip() if each.unit == "%" else words)
    except NotAnAmount:
        raise _Wrong(
            _("Skriv ett heltal, till exempel {amount}.", amount=each.least or 10)
        ) from None
    if not each.least <= amount <= each.most:
        shown = kronor if each.unit == "kr" else number
        raise _Wrong(
            _(
                "Skriv ett tal från {least} till {most}.",
                least=shown(each.least),
                most=shown(each.most),
            )
        )
    return amount


async def _person(turn: Turn, words: str) -> int:
    match await find_person(turn.db, words, in_stockholm(turn.now).date()):
        case Found(one):
            return one
        case _:
            raise _Wrong(_("Jag hittar ingen sådan person. Sök på namn eller e-postadress."))


def _activity(turn: Turn, words: str) -> str:
    match find_activity(turn.plan, words):
        case Found(activity):
            return activity.code
        case _:
            raise _Wrong(_("Jag hittar ingen sådan aktivitet. Skriv en kod, till exempel KOM-03."))
