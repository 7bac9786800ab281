"""Forms as cards: in a chat, answered in place, and in dialogs.

A form's name, arguments and step travel in its buttons, which the client can change: whatever comes
back is judged anew.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from microsoft_teams.cards.core import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    Container,
    OpenUrlAction,
    TextBlock,
)

from bot.conversations.forms import (
    ChoiceField,
    Form,
    FormField,
    ManyChoiceField,
    TextField,
    ToggleField,
)
from bot.language import _
from bot.pages import form_page
from handlers.drawn import must_unfold
from handlers.teams.buttons import Way, acting
from handlers.teams.canvas import Canvas
from handlers.teams.fitting import cut, fits
from handlers.teams.ids import FORM, Go, Kind
from handlers.teams.render import Room, draw_parts, draw_title, framed, shortened
from handlers.teams.render_fields import EXCERPT, draw_field
from handlers.teams.texts import lines


def draw_form(
    form: Form,
    canvas: Canvas,
    *,
    unfolded: bool = False,
    way: Way = "execute",
    drawn: str = "",
) -> AdaptiveCard:
    """The form's step. `way`: in a chat it is answered in place, in a dialog it is submitted.
    `drawn` tells this drawing of it from every other (`drawing`).

    A form with more typed in it than a card may hold has the longest of it set aside: that stays
    in the draft, since only what a card has inputs for comes back.
    """
    unfolded = unfolded or must_unfold(form)
    summary = form_summary(form)
    aside: list[str] = []
    while True:
        body = _body(form, canvas, way, unfolded, aside, drawn)
        card = framed(body, form.intro, canvas, summary)
        longest = _longest(form, aside)
        if fits(card, summary):
            return card
        if not longest:
            break
        aside.append(longest)
    *upper, buttons = body
    return cut(upper, lambda kept: framed([*kept, buttons], form.intro, canvas, summary), summary)


def drawing() -> str:
    """A word for one drawing of a form: what is sent in from it twice is known as one."""
    return secrets.token_hex(6)


def form_summary(form: Form) -> str:
    """The words of notifications, and of clients that cannot draw the form."""
    intro = [
        "".join(span.text for span in part.spans)
        for part in form.intro
        if part.kind == "paragraph" and not part.quiet
    ]
    return shortened(" ".join(f"{each.rstrip('.')}." for each in (form.title, *intro[:1])))


def _longest(form: Form, aside: list[str]) -> str:
    """The field whose words can best stay in the draft: right ones first, of those the longest."""
    lengths = {
        field.name: len(str(form.values.get(field.name, "")))
        for field in reversed(form.fields)
        if isinstance(field, TextField) and field.name not in aside
    }
    long = [name for name, length in lengths.items() if length > EXCERPT]
    return max(long, key=lambda name: (name not in form.problems, lengths[name]), default="")


def _body(
    form: Form, canvas: Canvas, way: Way, unfolded: bool, aside: list[str], drawn: str
) -> list[CardElement]:
    shown = [each for each in form.fields if unfolded or not each.more]
    kinds = kinds_of(each for each in shown if each.name not in aside)
    going = Going(form, way, unfolded, kinds, drawn)
    return [
        *(draw_title(form.title) if way == "execute" else ()),
        *_problem(form),
        *draw_parts(form.intro, canvas, Room(), way),
        *_fields(form, shown, going, aside),
        ActionSet(
            actions=[*_buttons(form, going), *(_on_a_page(form, canvas) if aside else ())],
            spacing="Large",
        ),
    ]


def _problem(form: Form) -> Iterator[CardElement]:
    if form.problem:
        words = TextBlock(text=f"⚠️ {lines(form.problem)}", wrap=True, weight="Bolder")
        yield Container(items=[words], style="attention")


def _fields(
    form: Form, shown: Sequence[FormField], going: "Going", aside: list[str]
) -> Iterator[CardElement]:
    for field in shown:
        yield from draw_field(field, form, aside=field.name in aside)
        if isinstance(field, ChoiceField) and field.redraws:
            again = going.button("redraw", _("Visa frågorna för mitt val"))
            yield ActionSet(actions=[again], spacing="Small")


def _buttons(form: Form, going: "Going") -> list[Action]:
    """What most want first; a dialog has a way out of its own."""
    ways: list[tuple[Go, str]] = [("on", form.submit)]
    if form.can_go_back:
        ways.append(("back", _("Tillbaka")))
    if not going.unfolded and any(field.more for field in form.fields):
        ways.append(("more", _("Mer")))
    if going.way == "execute":
        ways.append(("cancel", _("Avbryt")))
    return [going.button(go, words) for go, words in ways]


def _on_a_page(form: Form, canvas: Canvas) -> Iterator[Action]:
    """Where all of a form that is too long for a card can be read and mended."""
    url = canvas.address(form_page(form.name, form.arguments))
    if url is not None:
        yield OpenUrlAction(title=_("Öppna på webben"), url=url)


@dataclass(frozen=True)
class Going:
    """What the buttons of a form carry: which step it is, and what its inputs are.

    An input that is left empty may not come back at all: `kinds` tells which there are.
    """

    form: Form
    way: Way
    unfolded: bool
    kinds: dict[str, Kind]
    drawn: str

    def button(self, go: Go, words: str) -> Action:
        """A button that sends the step in."""
        data: dict[str, Any] = {
            "form": self.form.name,
            "arguments": list(self.form.arguments),
            "step": self.form.step,
            "go": go,
            "inputs": self.kinds,
        }
        if self.unfolded:
            data["unfolded"] = True
        if self.drawn:
            data["drawn"] = self.drawn
        style = "positive" if go == "on" else None
        return acting(self.way, FORM, words, data, style, with_inputs=True)


def kinds_of(fields: Iterable[FormField]) -> dict[str, Kind]:
    """What comes back of each input."""
    return {each.name: _kind(each) for each in fields}


def _kind(field: FormField) -> Kind:
    if isinstance(field, ToggleField):
        return "yes"
    return "many" if isinstance(field, ManyChoiceField) else "text"
