"""`rosta 7 svar`: who has answered what, as far as the poll shows it; a municipality's history."""

from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import (
    answer_button,
    confirm_button,
    page_button,
    show_button,
    verb_button,
)
from bot.conversations.polls.co_financing_card import sum_bar
from bot.conversations.polls.recording import named_place
from bot.conversations.polls.showing import show
from bot.conversations.polls.wording import (
    answer_words,
    mark_of,
    of_number,
    secrecy_word,
    short_title,
    title_of,
    who_answered,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Buttons, Card, Part, Table, bold, quiet, text
from bot.finding import read_number
from bot.language import _, kronor, ngettext
from bot.needs.rights import municipalities_of
from bot.polls.co_financing import Answer, CoFinancing, Place, hidden
from bot.polls.poll import Kind, Poll
from bot.polls.reading import answers_given, co_financing_of

A_PAGE = 40
"""Municipalities on a page of answers, or fewer when they have written much."""
_CHARACTERS = 7_000
"""What a table's cells hold together, so that a card has room for it."""


async def show_answers(turn: Turn, poll: Poll, rest: str) -> Replies:
    """A table of all answers that may be shown; of a named municipality every version."""
    if poll.kind is not Kind.CO_FINANCING:
        return await show(turn, poll, "")
    own = municipalities_of(turn.person, turn.plan)
    asked = await co_financing_of(turn.db, poll)
    place, _words = named_place(asked, rest)
    if place is None or not (poll.shows_answers or place.municipality in own):
        return (here(turn, answers_card(hidden(asked, but=own), read_number(rest.strip(), 6))),)
    found = await answers_given(turn.db, poll, place.municipality)
    return (here(turn, versions_card(asked, place, [each for _one, each in found])),)


def answers_card(asked: CoFinancing, skip: int = 0) -> Card:
    """Municipalities with their shares and what they have said, a page at a time; `asked` holds
    what may be shown."""
    poll = asked.poll
    skip = skip if skip < len(asked.places) else 0
    table = answers_table(asked, skip)
    after = skip + len(table.rows)
    parts: list[Part] = []
    if poll.shows_answers:
        parts.append(sum_bar(asked.sum, asked.proposal.asked))
    parts += [table, quiet(secrecy_word(poll))]
    answers = [answer_button(poll)] if poll.is_open else []
    left = after < len(asked.places)
    more = [verb_button(_("Visa fler"), poll, "svar", after)] if left else []
    parts.append(Buttons(buttons=(*answers, *more, page_button(poll))))
    count = of_number(len(asked.answered), len(asked.places))
    said = _("{title}: {count} kommuner har svarat.", title=title_of(poll), count=count)
    return Card(title=short_title(poll), summary=said, parts=tuple(parts))


def answers_table(asked: CoFinancing, skip: int = 0) -> Table:
    """A row for each municipality: its share, its answer, who gave it; as many as there is room
    for, from the one after `skip`."""
    rows: list[tuple[str, ...]] = []
    left = _CHARACTERS
    for each in asked.places[skip : skip + A_PAGE]:
        row = _row(asked, each)
        left -= sum(map(len, row))
        if rows and left < 0:
            break
        rows.append(row)
    return Table(
        caption=_("Svaren kommun för kommun"),
        columns=(_("Kommun"), _("Föreslås"), _("Svar"), _("Vem och när")),
        rows=tuple(rows),
        numeric=(1,),
    )


def answers_left(asked: CoFinancing, after: int) -> tuple[Part, ...]:
    """How many municipalities a table does not show that ends with that one, and the way there."""
    left = len(asked.places) - after
    if left <= 0:
        return ()
    said = ngettext(
        "{n} kommun till har inte fått plats.", "{n} kommuner till har inte fått plats.", left
    )
    further = verb_button(_("Visa fler"), asked.poll, "svar", after)
    return (quiet(said), Buttons(buttons=(further,)))


def _row(asked: CoFinancing, place: Place) -> tuple[str, ...]:
    answer = place.answer
    if answer is None:
        return (place.name, kronor(place.share), _("inget svar än"), "–")
    said = answer_words(answer.said) + mark_of(asked, place)
    for words in (answer.said.condition, answer.said.comment):
        if words:
            said += f" · {shortened(words, 200)}"
    return (place.name, kronor(place.share), said, who_answered(answer))


def versions_card(asked: CoFinancing, place: Place, given: Sequence[Answer]) -> Card:
    """All that a municipality has answered, the latest first."""
    title = _("{name} i {poll}", name=place.name, poll=title_of(asked.poll))
    parts: list[Part] = []
    if not given:
        parts.append(text(_("Inget svar än.")))
    for each in given[:10]:
        standing = _("Gäller: ") if each.replaced_at is None else _("Ersatt: ")
        parts.append(text(bold(standing), answer_words(each.said)))
        words = " · ".join(w for w in (each.said.condition, each.said.comment) if w)
        if words:
            parts.append(text(shortened(words, 1_000)))
        parts.append(quiet(who_answered(each)))
    if place.answer is not None and not asked.stands(place) and asked.poll.is_open:
        confirm = confirm_button(asked.poll, place)
        parts.append(Buttons(buttons=(confirm, show_button(asked.poll))))
    else:
        parts.append(Buttons(buttons=(show_button(asked.poll),)))
    now = answer_words(given[0].said) if given else _("inget svar än")
    return Card(title=shortened(title, 150), summary=f"{title}: {now}", parts=tuple(parts))
