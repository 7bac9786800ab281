"""Saying something about a need, and reading what others have said."""

from collections.abc import Mapping, Sequence

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import TextField, Value
from bot.conversations.needs.naming import asked_need, no_part_in_it
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.telling import (
    comment_line,
    raise_need,
    say_under_card,
    show_button,
    tell_people,
)
from bot.conversations.needs.wording import need_name
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, bold, press, quiet, text
from bot.finding import read_number
from bot.language import _
from bot.needs import supporting
from bot.needs.need import TEXT_LENGTH, Need
from bot.needs.reading import comments_of, need_by_id
from bot.needs.rights import takes_part

COMMENTS_A_PAGE = 5


async def comment(turn: Turn, need: Need, rest: str) -> Replies:
    """Write the comment; without words, ask for it."""
    if not rest or len(rest) > TEXT_LENGTH:
        typed: dict[str, Value] | None = {"comment": rest} if rest else None
        return await open_flow(turn, COMMENT, (str(need.id),), typed=typed)
    return await _comment(turn, need, rest)


async def _comment(turn: Turn, need: Need, words: str) -> Replies:
    await supporting.comment(turn.db, acting(turn), need, words)
    now = await need_by_id(turn.db, need.id) or need
    raise_need(turn, now)
    who = turn.person.name
    say_under_card(turn, now, lambda: comment_line(now, who, words))
    told = [now.registered_by.id, *([now.preparer.id] if now.preparer else [])]
    tell_people(turn, told, lambda: comment_line(now, who, words))
    return (say(turn, commented(now, words)),)


def commented(need: Need, words: str) -> Card:
    """The receipt for a comment."""
    said = _("Din kommentar om {name} är sparad.", name=need_name(need.id))
    read = Button(label=_("Läs kommentarer"), press=press("behov", need.id, "kommentarer"))
    return Card(
        summary=said,
        parts=(
            text(said),
            quiet(shortened(words, 300)),
            Buttons(buttons=(read, show_button(need))),
        ),
        tone="good",
    )


async def comments(turn: Turn, need: Need, rest: str) -> Replies:
    """What people have said about it, newest first, a few at a time."""
    skip = read_number(rest, 5)
    found = await comments_of(turn.db, need.id, most=COMMENTS_A_PAGE + 1, skip=skip)
    lines = [(each.person_name, each.text) for each in found[:COMMENTS_A_PAGE]]
    more = skip + COMMENTS_A_PAGE if len(found) > COMMENTS_A_PAGE else None
    return (here(turn, comments_card(need, lines, more)),)


def comments_card(need: Need, lines: Sequence[tuple[str, str]], more: int | None) -> Card:
    """Comments, each with who wrote it; `more` is where the older ones begin."""
    title = _("Kommentarer om {name}", name=need_name(need.id))
    write = Button(label=_("Kommentera"), press=press("behov", need.id, "kommentera"))
    buttons = [write, show_button(need)]
    if more is not None:
        older = press("behov", need.id, "kommentarer", more)
        buttons.insert(0, Button(label=_("Visa äldre"), press=older))
    said = [text(bold(f"{who}: "), shortened(words, 1_500)) for who, words in lines]
    if not said:
        said = [text(_("Ingen har kommenterat än."))]
    summary = shortened("; ".join(f"{who}: {words}" for who, words in lines), 600)
    return Card(
        title=title,
        summary=f"{title}. {summary}" if summary else f"{title}. " + _("Ingen har kommenterat än."),
        parts=(*said, Buttons(buttons=tuple(buttons))),
    )


class CommentForm:
    """Words about a need; its number as argument."""

    name = "behov_kommentar"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Need | NotNow:
        """The need; refuses whoever has no part in the work."""
        if not takes_part(turn.person):
            return NotNow((say(turn, no_part_in_it()),))
        return await asked_need(turn, arguments)

    def first_values(self, context: Need) -> dict[str, Value]:
        """Nothing is typed."""
        return {}

    def steps(self, context: Need, values: Mapping[str, Value]) -> list[Step]:
        """One field."""
        field = TextField(
            name="comment",
            label=_("Din kommentar"),
            help=_("Alla kan läsa den."),
            required=True,
            lines=4,
            max_length=TEXT_LENGTH,
        )
        intro = (text(bold(shortened(title_of(context), 150))),)
        return [
            Step(
                name="kommentar",
                title=_("Kommentera"),
                fields=(field,),
                submit=_("Spara"),
                intro=intro,
            )
        ]

    async def save(self, turn: Turn, context: Need, answers: Answers) -> Replies:
        """Write it."""
        return await _comment(turn, context, answers["comment"])


COMMENT = CommentForm()
