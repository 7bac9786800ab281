"""A form asked for where none can be opened: a card with a button that opens it."""

from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.forms import Form
from bot.conversations.protocol import Ask, Reply, Say, SayPrivately, Turn
from bot.conversations.views import Button, Buttons, Card, Part, bullets, press, quiet, text
from bot.language import _


def invited(turn: Turn, reply: Reply) -> Reply:
    """The reply, or an invitation in the place of a form."""
    if not isinstance(reply, Ask):
        return reply
    card = invitation(reply.form)
    if turn.place.kind == "private":
        return Say(card=card)
    return SayPrivately(card=card, lasting=True)


def invitation(form: Form) -> Card:
    """Opens the form, as it was left; what was wrong with what was typed is told at once."""
    said = _("Öppna formuläret så fyller du i resten.")
    parts: list[Part] = [*(part for part in form.intro if part.kind == "paragraph")]
    if form.problems:
        said = _("Något saknas. Öppna formuläret, så står det du skrev kvar.")
        parts.append(bullets(*form.problems.values()))
    parts.append(quiet(said) if form.problems else text(said))
    opens = press("formular", form.name, *form.arguments)
    parts.append(
        Buttons(buttons=(Button(label=_("Öppna formuläret"), press=opens, style="primary"),))
    )
    about = _in_words(form.intro)
    told = [form.title, *about, *dict.fromkeys(form.problems.values()), said]
    return Card(
        title=form.title,
        summary=shortened(" ".join(_sentence(each) for each in told), 1_500),
        parts=tuple(parts),
        tone="warning" if form.problems else "neutral",
    )


def _in_words(intro: Sequence[Part]) -> list[str]:
    """What the form is about: its introduction's own words, without what stands beside."""
    return [
        shortened("".join(span.text for span in part.spans), 300)
        for part in intro
        if part.kind == "paragraph" and not part.quiet
    ]


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!", "…", ":")) else f"{words}."
