"""What somebody is offered: only what they can use, with examples that fit them.

Whoever asks for something else is answered all the same, and told who may.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot import reporting
from bot.conversations import bind_channel
from bot.conversations.protocol import Conversation, Example
from bot.people import Person
from bot.plan import Plan

FOR_THOSE_WHO_REPORT = frozenset({"rapport", "ratta", "takt"})
FOR_THOSE_WHO_ANSWER_FOR_SOMETHING = frozenset({"mina"})


@dataclass(frozen=True)
class Offer:
    """Something to do, and what to write for it."""

    conversation: Conversation
    examples: tuple[Example, ...]

    @property
    def name(self) -> str:
        """The conversation's."""
        return self.conversation.name


def offers(
    allowed: Iterable[Conversation], person: Person, plan: Plan, today: date
) -> tuple[Offer, ...]:
    """Those of the allowed conversations that the person can use today, help itself left out."""
    unused: set[str] = {"hjalp"}
    if not _can_report(person, plan):
        unused |= FOR_THOSE_WHO_REPORT
    if not plan.of_person(person, today):
        unused |= FOR_THOSE_WHO_ANSWER_FOR_SOMETHING
    return tuple(offer(each, person) for each in allowed if each.name not in unused)


def offer(conversation: Conversation, person: Person) -> Offer:
    """The conversation with the examples that the person can follow."""
    more = bind_channel.examples_for(person) if conversation.name == bind_channel.NAME else ()
    return Offer(conversation, (*conversation.examples(), *more))


def _can_report(person: Person, plan: Plan) -> bool:
    return any(
        each.ended_on is None and reporting.may_report(person, each)
        for each in plan.activities.values()
    )
