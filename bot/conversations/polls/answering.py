"""Answering a co-financing poll: by the form, by words, by one press on what is suggested."""

from bot.conversations.filling import open_flow
from bot.conversations.polls.answer_fields import ask_amount, said_in, values_of, values_typed
from bot.conversations.polls.answer_form import (
    FLOW,
    About,
    answering_for,
    asked_anew,
    begun_for,
    give,
)
from bot.conversations.polls.answer_told import suggestion_gone
from bot.conversations.polls.recording import named_place
from bot.conversations.polls.refusals import not_yours
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import NotNow, judge
from bot.finding import read_number
from bot.language import _, kronor
from bot.people import OrganisationId
from bot.polls.answering import as_said
from bot.polls.co_financing import AnswerKind, Said
from bot.polls.poll import Poll
from bot.polls.reading import co_financing_of
from bot.polls.reading_answer import read_answer


async def answer_money(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`svara`, `svara Hjo`: the form; with words after it, what they say."""
    municipality, words = await _whose(turn, poll, rest.strip())
    if words and read_answer(words, turn.now) is not None:
        return await answer_by_words(turn, poll, words, municipality)
    return await open_flow(turn, FLOW, begun_for(poll, municipality))


async def _whose(turn: Turn, poll: Poll, rest: str) -> tuple[OrganisationId | None, str]:
    """The municipality that the words begin with, by key or name, and the words after it."""
    if not rest or read_answer(rest, turn.now) is not None:
        return None, rest
    asked = await co_financing_of(turn.db, poll)
    first, _space, after = rest.partition(" ")
    keyed = asked.place(OrganisationId(read_number(first)))
    if keyed is not None:
        return keyed.municipality, after.strip()
    place, words = named_place(asked, rest)
    return (place.municipality, words) if place is not None else (None, rest)


async def answer_by_words(
    turn: Turn, poll: Poll, words: str, municipality: OrganisationId | None = None
) -> Replies:
    """`ja 25 000`: taken in at once when it is whole, else the form with what was typed."""
    typed = read_answer(words, turn.now)
    if typed is None:
        return await open_flow(turn, FLOW, begun_for(poll, municipality))
    context = await answering_for(turn, poll, municipality, words)
    if isinstance(context, NotNow):
        return context.replies
    values = values_typed(typed, context.asked.proposal, context.place.share)
    (step,) = FLOW.steps(context, values)
    judged = await judge(turn, step, values)
    problems = judged.problems or ask_amount(typed, step)
    if problems:
        arguments = begun_for(poll, context.place.municipality)
        return await open_flow(turn, FLOW, arguments, typed=values, problems=problems)
    return await give(
        turn, context, said_in(context.asked.proposal, context.place.share, judged.answers)
    )


async def answer_as_suggested(turn: Turn, poll: Poll, rest: str) -> Replies:
    """The button on a suggestion: gives it as the answer, if it is the one that still stands and
    the person has the municipality's mandate."""
    municipality, _space, key = rest.partition(" ")
    one = OrganisationId(read_number(municipality))
    context = await answering_for(turn, poll, one)
    if isinstance(context, NotNow):
        return context.replies
    if not context.answers:
        return (say(turn, await not_yours(turn, poll, "answerer", one)),)
    suggestion = context.place.suggestion
    if suggestion is None or suggestion.id != read_number(key):
        return (say(turn, suggestion_gone(poll, context.place)),)
    if suggestion.version != poll.version:
        arguments = begun_for(poll, context.place.municipality)
        return await open_flow(turn, FLOW, arguments, typed=values_of(suggestion.said))
    return await give(turn, context, suggestion.said)


async def confirm(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`bekrafta`: the answer to the earlier proposal, given to the one that is now. A plain yes
    becomes a yes to the new share; an amount above all that is asked for now is asked again, and
    so is all when the button was made for another proposal."""
    municipality, words = await _whose(turn, poll, rest.strip())
    context = await answering_for(turn, poll, municipality)
    if isinstance(context, NotNow):
        return context.replies
    answer, leaning = context.place.answer, context.place.leaning
    before = answer.said if answer is not None else leaning
    arguments = begun_for(poll, context.place.municipality)
    if before is None:
        return await open_flow(turn, FLOW, arguments)
    anew, asked = said_anew(context, before), context.asked.proposal.asked
    if read_number(words or _typed_version(turn, poll)) != poll.version:
        return await asked_anew(turn, poll, context.place, anew)
    if (anew.amount or 0) > asked and anew.kind is AnswerKind.OTHERWISE:
        said = _("Nu söks {asked}. Skriv högst det.", asked=kronor(asked))
        name = "hours" if anew.hours else "amount"
        return await open_flow(turn, FLOW, arguments, typed=values_of(anew), problems={name: said})
    return await give(turn, context, anew)


def _typed_version(turn: Turn, poll: Poll) -> str:
    """Of words that say no version: the latest. A button says it, but for those made long ago."""
    return "" if isinstance(turn.doing, Pressed) else str(poll.version)


def said_anew(context: About, before: Said) -> Said:
    """The same answer to the proposal as it is now."""
    in_time = bool(before.hours) and context.asked.proposal.pays != "money"
    plain = before.kind is AnswerKind.YES
    pays = "time" if in_time or context.asked.proposal.pays == "time" else "money"
    if plain:
        return as_said(context.asked.proposal, before, context.place.share, pays)
    hours = before.hours if in_time else None
    same = Said(
        before.kind, before.amount, hours, before.condition, before.comment, before.expected_on
    )
    return as_said(context.asked.proposal, same, context.place.share, pays)
