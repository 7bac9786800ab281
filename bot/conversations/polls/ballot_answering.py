"""Voting by a press on the card or by typed words; never where votes stay secret."""

from bot.conversations.filling import open_flow
from bot.conversations.polls.ballot_form import (
    FLOW,
    arguments_of,
    vote,
    vote_or_not,
    voting_for,
)
from bot.conversations.protocol import Replies, Turn
from bot.conversations.steps import NotNow
from bot.finding import read_number
from bot.polls.casting import NotABallot, judged
from bot.polls.poll import Method, Poll, Secrecy
from bot.polls.reading_vote import read_vote


async def choose(turn: Turn, poll: Poll, rest: str) -> Replies:
    """A press on an option: it is chosen, or where several may be, put in or taken out."""
    context = await voting_for(turn, poll, None)
    if isinstance(context, NotNow):
        return context.replies
    option = poll.option(read_number(rest))
    plain = poll.method in (Method.CHOICE, Method.SEVERAL)
    if option is None or not plain or poll.secrecy is Secrecy.ALWAYS:
        return await open_flow(turn, FLOW, arguments_of(context))
    if poll.method is Method.SEVERAL:
        return await vote_or_not(turn, context, option.id)
    return await vote(turn, context, {option.id: 1})


async def vote_by_words(turn: Turn, poll: Poll, words: str) -> Replies | None:
    """What is typed after the poll's number, when it is a vote; None when it is none."""
    said = read_vote(poll, words)
    if said is None:
        return None
    context = await voting_for(turn, poll, None)
    if isinstance(context, NotNow):
        return context.replies
    try:
        return await vote(turn, context, judged(poll, said))
    except NotABallot:
        return await open_flow(turn, FLOW, arguments_of(context))
