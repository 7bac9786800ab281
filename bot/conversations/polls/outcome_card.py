"""What a closed poll came to: the outcome, what is decided about it, and what comes next."""

from bot.conversations.polls.answers_shown import answers_left, answers_table
from bot.conversations.polls.ballot_card import shown_result
from bot.conversations.polls.buttons import page_button, verb_button
from bot.conversations.polls.co_financing_card import decided, decides, sum_bar
from bot.conversations.polls.outcome_words import outcome_sentence
from bot.conversations.polls.result_words import result_parts
from bot.conversations.polls.wording import accepted_words, short_title, state_label, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bold, quiet, text
from bot.language import _
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing, hidden
from bot.polls.counting import Result
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of
from bot.polls.seen import Seal, seal_of


async def show_outcome(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`utfall`: as far as the poll shows it."""
    return (here(turn, await outcome_card(turn, poll)),)


async def outcome_card(turn: Turn, poll: Poll) -> Card:
    """The outcome as it may be shown now."""
    sentence = (await outcome_sentence(turn.db, poll))()
    sealed = await seal_of(turn.db, poll)
    if poll.kind is Kind.CO_FINANCING:
        asked = hidden(await co_financing_of(turn.db, poll))
        return outcome_of_money(asked, sentence, sealed, turn.plan)
    result = await shown_result(turn.db, poll)
    return outcome_of_votes(poll, result, sentence, sealed, turn.plan)


def outcome_of_money(asked: CoFinancing, sentence: str, sealed: Seal | None, plan: Plan) -> Card:
    """What each municipality answered and what it adds up to."""
    parts: list[Part] = [text(bold(state_label(asked.poll)), f" {sentence}")]
    if asked.poll.shows_answers:
        table = answers_table(asked)
        if accepted := accepted_words(asked):
            parts.append(text(bold(_("Antaget i beslutet: ")), accepted))
        parts += [sum_bar(asked.sum, asked.proposal.asked), table]
        parts += answers_left(asked, len(table.rows))
    return _card(asked.poll, parts, sentence, sealed, plan)


def outcome_of_votes(
    poll: Poll, result: Result | None, sentence: str, sealed: Seal | None, plan: Plan
) -> Card:
    """What was chosen, and how it was counted."""
    parts: list[Part] = [text(bold(state_label(poll)), f" {sentence}")]
    if result is not None and result.count:
        parts += result_parts(poll, result)
    return _card(poll, parts, sentence, sealed, plan)


def _card(poll: Poll, parts: list[Part], sentence: str, sealed: Seal | None, plan: Plan) -> Card:
    parts += decided(poll, plan)
    if poll.decision is None and poll.binding and poll.kind in (Kind.CO_FINANCING, Kind.PRIORITY):
        who = decides(poll, plan)
        parts.append(text(_("Beslutas av: {who}.", who=who) if who else _("Inget beslut än.")))
    if sealed is not None:
        parts.append(quiet(_("Förseglat med {seal}…", seal=sealed.seal[:12])))
    parts += _buttons(poll)
    summary = told(poll, sentence)
    return Card(title=short_title(poll), summary=summary, parts=tuple(parts))


def _buttons(poll: Poll) -> list[Part]:
    """Ways on. A network's own question is decided by nobody else, and few may fetch its files."""
    if poll.kind in (Kind.QUESTION, Kind.DATES):
        choose = (verb_button(_("Välj tid"), poll, "valj_tid"),) if poll.awaits_date else ()
        return [Buttons(buttons=(*choose, page_button(poll)))]
    files = (
        Button(label=_("Underlag i Word"), href=f"/omrostningar/{poll.id}/underlag.docx"),
        Button(label=_("Underlag i Excel"), href=f"/omrostningar/{poll.id}/underlag.xlsx"),
    )
    decide = verb_button(_("Registrera beslut"), poll, "beslut")
    return [Buttons(buttons=(decide, page_button(poll))), Buttons(buttons=files)]
