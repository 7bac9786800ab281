"""Forms as cards: in a chat, answered in place, and in dialogs.

A form's name, arguments and step travel in its buttons, which the client can change: whatever comes
back is judged anew.
"""

from collections.abc import Iterator
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

from bot.conversations.forms import ChoiceField, Form, TextField
from bot.language import _
from bot.pages import form_page
from handlers.teams.buttons import Way, acting
from handlers.teams.canvas import Canvas
from handlers.teams.fitting import cut, fits
from handlers.teams.ids import FORM, Go
from handlers.teams.render import Room, draw_parts, draw_title, framed, shortened
from handlers.teams.render_fields import EXCERPT, draw_field
from handlers.teams.texts import lines


def draw_form(
    form: Form, canvas: Canvas, *, unfolded: bool = False, way: Way = "execute"
) -> AdaptiveCard:
    """The form's step. `way`: in a chat it is answered in place, in a dialog it is submitted.

    A form with more typed in it than a card may hold has the longest of it set aside: that stays
    in the draft, since only what a card has inputs for comes back.
    """
    unfolded = unfolded or _must_unfold(form)
    summary = form_summary(form)
    aside: list[str] = []
    while True:
        body = _body(form, canvas, way, unfolded, aside)
        drawn = framed(body, form.intro, canvas, summary)
        longest = _longest(form, aside)
        if fits(drawn, summary):
            return drawn
        if not longest:
            break
        aside.append(longest)
    *upper, buttons = body
    return cut(upper, lambda kept: framed([*kept, buttons], form.intro, canvas, summary), summary)


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


def _must_unfold(form: Form) -> bool:
    """What lies folded and is filled in, or wrong, is shown."""
    folded = [field.name for field in form.fields if field.more]
    return any(form.values.get(name) or name in form.problems for name in folded)


def _body(
    form: Form, canvas: Canvas, way: Way, unfolded: bool, aside: list[str]
) -> list[CardElement]:
    return [
        *(draw_title(form.title) if way == "execute" else ()),
        *_problem(form),
        *draw_parts(form.intro, canvas, Room(), way),
        *_fields(form, way, unfolded, aside),
        ActionSet(
            actions=[*_buttons(form, way, unfolded), *(_on_a_page(form, canvas) if aside else ())],
            spacing="Large",
        ),
    ]


def _problem(form: Form) -> Iterator[CardElement]:
    if form.problem:
        words = TextBlock(text=f"⚠️ {lines(form.problem)}", wrap=True, weight="Bolder")
        yield Container(items=[words], style="attention")


def _fields(form: Form, way: Way, unfolded: bool, aside: list[str]) -> Iterator[CardElement]:
    for field in form.fields:
        if field.more and not unfolded:
            continue
        yield from draw_field(field, form, aside=field.name in aside)
        if isinstance(field, ChoiceField) and field.redraws:
            again = _going(form, way, unfolded, "redraw", _("Visa frågorna för mitt val"))
            yield ActionSet(actions=[again], spacing="Small")


def _buttons(form: Form, way: Way, unfolded: bool) -> list[Action]:
    """What most want first; a dialog has a way out of its own."""
    going: list[tuple[Go, str]] = [("on", form.submit)]
    if form.can_go_back:
        going.append(("back", _("Tillbaka")))
    if not unfolded and any(field.more for field in form.fields):
        going.append(("more", _("Mer")))
    if way == "execute":
        going.append(("cancel", _("Avbryt")))
    return [_going(form, way, unfolded, go, words) for go, words in going]


def _on_a_page(form: Form, canvas: Canvas) -> Iterator[Action]:
    """Where all of a form that is too long for a card can be read and mended."""
    url = canvas.address(form_page(form.name, form.arguments))
    if url is not None:
        yield OpenUrlAction(title=_("Öppna på webben"), url=url)


def _going(form: Form, way: Way, unfolded: bool, go: Go, words: str) -> Action:
    data: dict[str, Any] = {
        "form": form.name,
        "arguments": list(form.arguments),
        "step": form.step,
        "go": go,
    }
    if unfolded:
        data["unfolded"] = True
    style = "positive" if go == "on" else None
    return acting(way, FORM, words, data, style, with_inputs=True)
