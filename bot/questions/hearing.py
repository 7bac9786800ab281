"""Understanding with the database at hand: what somebody has written there is no slip."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.people import Person
from bot.questions.mentioned import written
from bot.questions.understanding import Understood, understand
from bot.questions.vocabulary import Vocabulary
from bot.questions.words import same


async def hear(
    db: AsyncConnection,
    said: str,
    vocabulary: Vocabulary,
    today: date,
    person: Person | None = None,
) -> Understood:
    """The question in the words; one that would be read as another near it stays as it is when an
    activity or a need has it in its texts: `forskning` is no slip for försening."""
    understood = understand(said, vocabulary, today, person)
    words = understood.said.words
    mended = [each.plain for each in words if each.mended and not same(each.plain, each.read)]
    right = await written(db, mended) if mended else frozenset[str]()
    return understand(said, vocabulary, today, person, right) if right else understood
