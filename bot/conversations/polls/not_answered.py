"""Those who have not answered a poll, and how they are told something."""

from collections.abc import Callable, Iterable, Mapping

from bot.clock import in_stockholm
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Turn
from bot.conversations.views import Card
from bot.language import _
from bot.people import PersonId
from bot.polls.mandates import kind_for, mandates
from bot.polls.poll import Kind, Poll
from bot.polls.reading import co_financing_of, voters_of


async def not_answered(turn: Turn, poll: Poll) -> dict[int, str]:
    """Voters whose answer is missing or to be confirmed, key to name; not those who wait for a
    political decision."""
    if poll.kind is Kind.CO_FINANCING:
        asked = await co_financing_of(turn.db, poll)
        left = (*asked.missing, *asked.to_confirm)
        return {each.voter_id: each.name for each in sorted(left, key=lambda e: e.name)}
    return {each.id: each.name for each in await voters_of(turn.db, poll) if not each.voted}


async def waiting_for_decision(turn: Turn, poll: Poll) -> dict[int, str]:
    """Voters who wait for a political decision, key to name."""
    if poll.kind is not Kind.CO_FINANCING:
        return {}
    asked = await co_financing_of(turn.db, poll)
    return {each.voter_id: each.name for each in asked.waiting}


async def people_of(turn: Turn, poll: Poll, voters: Iterable[int]) -> list[PersonId]:
    """Who answers for those voters: themselves, or those with mandate."""
    wanted = set(voters)
    held = await mandates(turn.db, kind_for(poll), in_stockholm(turn.now).date())
    found: set[PersonId] = set()
    for each in await voters_of(turn.db, poll):
        if each.id not in wanted:
            continue
        if each.person is not None:
            found.add(each.person)
        elif each.organisation is not None:
            found |= {one.id for one in held.of(each.organisation)}
    return sorted(found)


async def tell_not_answered(turn: Turn, poll: Poll, make: Callable[[], Card]) -> int:
    """Say it to those who have not answered, and to nobody else; how many people."""
    people = await people_of(turn, poll, await not_answered(turn, poll))
    tell_people(turn, people, make)
    return len(set(people) - {turn.person.id})


async def as_options(turn: Turn, poll: Poll) -> Mapping[str, str]:
    """Those that can be nudged, by key; who waits for a decision says so, and comes last, unless
    answers are hidden."""
    found = {str(key): name for key, name in (await not_answered(turn, poll)).items()}
    for key, name in (await waiting_for_decision(turn, poll)).items():
        if poll.shows_answers:
            found[str(key)] = _("{name} (väntar på beslut)", name=name)
    return found
