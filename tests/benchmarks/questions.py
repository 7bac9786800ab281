"""Every kind of question about ten thousand activities, at ten thousand and at a million reports.

The whole way, as a person asks: understanding, the answer, and the card drawn. The two databases
are asked in turn, so that a busy machine is busy for both.
"""

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median, quantiles
from time import perf_counter, process_time

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import in_stockholm
from bot.conversations.listed import all_conversations
from bot.conversations.protocol import Place, Say, Turn, Words
from bot.conversations.questions.ask import Asked
from bot.outbox import Outbox
from bot.people import Person, read_person
from bot.plan import Plan, PlanInMemory
from bot.questions.question import Intent
from bot.questions.understanding import understand
from bot.questions.vocabulary import Vocabularies
from bot.settings import Settings
from handlers.serving import look_for_cycles_seldom
from handlers.slack.canvas import Canvas
from handlers.slack.render import draw_message
from storage.database import Database
from storage.queries.people import person_by_email
from tests.benchmarks.big_plan import ACTIVITIES, NOW, fill
from tests.benchmarks.row import Row

FEW, MANY = 10_000, 1_000_000
ROUNDS, WARM = 50, 3
RATIO_GOAL, GOAL = 1.3, 0.1
TODAY: date = in_stockholm(NOW).date()

QUESTIONS: Mapping[Intent, tuple[str, str]] = {
    Intent.OVERVIEW: ("Hur går det?", "Hur ser läget ut i dag?"),
    Intent.STATUS: ("Vilka aktiviteter är röda?", "Hur går det för Mariestad?"),
    Intent.ACTIVITIES: ("Vilka aktiviteter finns det?", "Vilka aktiviteter deltar Hjo i?"),
    Intent.NOT_REPORTED: (
        "Vilka har inte rapporterat?",
        "Vem släpar efter med rapporter inom Kompetens?",
    ),
    Intent.CHANGES: ("Vad har ändrats sedan förra måndagen?", "Vad är nytt i Hjo sedan i fredags?"),
    Intent.MILESTONES: (
        "Vilka milstolpar har vi de närmaste två veckorna?",
        "Vilka milstolpar har Kompetens i november?",
    ),
    Intent.NEEDS: ("Vilka behov finns det?", "Vilka behov väntar på direktionen?"),
    Intent.POLL_MISSING: (
        "Vilka har inte svarat på omröstningen?",
        "Vilka kommuner har inte svarat på medfinansieringen?",
    ),
    Intent.POLL_STATUS: ("Hur går omröstningarna?", "Hur gick prioriteringen?"),
    Intent.FUNDING_GAP: ("Hur mycket saknas i finansiering totalt?", "Vad saknas för Kompetens?"),
    Intent.PLEDGES: ("Vad har kommunerna lovat?", "Hur mycket har Skövde lovat att medfinansiera?"),
    Intent.DECISIONS: ("Vilka beslut väntar?", "Vad behöver styrgruppen besluta om?"),
    Intent.OWNER: ("Vem ansvarar för vad inom Etablering?", "Vem ansvarar för energiplanen?"),
    Intent.ASSIGNMENTS: ("Vilka uppdrag finns det?", "Vilka uppdrag är försenade i Skara?"),
    Intent.APPLICATIONS: ("Vilka ansökningar har vi?", "Vilka ansökningar har Kompetens?"),
    Intent.MEETINGS: ("När är nästa möte?", "När sammanträder direktionen?"),
    Intent.DECLINE: ("Vad blir det för väder i morgon?", "Hur går det med ohälsan?"),
}
"""For each intent one about everything, and one about a part; outside also a word that stands in
the text of every activity."""

THEN = "Hur såg läget ut i september?"
"""How all stood when most have reported again since: looked up among all reports."""


@dataclass
class Side:
    """A database that questions are asked of, and what this process has in memory of it."""

    database: Database
    plan: Plan
    person: Person
    vocabularies: Vocabularies = field(default_factory=Vocabularies)


async def run(few_url: str, many_url: str) -> list[Row]:
    """Ask on two fresh databases that have the schema."""
    look_for_cycles_seldom()
    sides: list[Side] = []
    for url, reports in ((few_url, FEW), (many_url, MANY)):
        await fill(url, reports)
        sides.append(await opened(url))
    try:
        rows = [row for intent in Intent for row in await _compare(intent, *sides)]
        return [*rows, await _then(*sides), *await _alone(sides[1])]
    finally:
        for each in sides:
            await each.database.close()


async def opened(url: str) -> Side:
    """The database with its plan read, and the manager who asks."""
    database = Database(url)
    async with database.transaction() as db:
        plan = await PlanInMemory().now(db)
        row = await person_by_email(db, "chef@skaraborg.example.se", TODAY)
    assert row is not None
    return Side(database, plan, read_person(row))


async def _compare(intent: Intent, few: Side, many: Side) -> list[Row]:
    taken = [await _taken(words, few, many) for words in QUESTIONS[intent]]
    ratio, against, ours = max(
        (median(there) / median(here), median(here), median(there)) for here, there in taken
    )
    name = f"question {intent}: {MANY:,} reports against {FEW:,}, seconds"
    compared = Row(name, ours, against, ratio, f"at most {RATIO_GOAL}", ratio <= RATIO_GOAL)
    worst = max(quantiles(there, n=100, method="inclusive")[-1] for _here, there in taken)
    name = f"question {intent}: the slowest in a hundred, seconds"
    return [compared, Row(name, worst, GOAL, worst / GOAL, "at most 1", worst <= GOAL)]


async def _then(few: Side, many: Side) -> Row:
    here, there = await _taken(THEN, few, many)
    ours, against = median(there), median(here)
    name = f"how all stood a month ago: {MANY:,} reports against {FEW:,}, seconds"
    return Row(name, ours, against, ours / against, "", None)


async def _taken(words: str, few: Side, many: Side) -> tuple[list[float], list[float]]:
    """Seconds of every round, asked in turn; what earlier ones have left is cleared before."""
    gc.collect()
    times: tuple[list[float], list[float]] = ([], [])
    for nth in range(ROUNDS + WARM):
        for side, taken in zip((few, many), times, strict=True):
            seconds = (await asked(side, words))[0]
            if nth >= WARM:
                taken.append(seconds)
    return times


async def asked(side: Side, words: str) -> tuple[float, float]:
    """Seconds on the clock, and of this process's own work, from the words to the drawn card."""
    async with side.database.transaction() as db:
        answers = Asked(side.vocabularies, all_conversations).answer
        turn = _turn(db, side, words)
        begun, worked = perf_counter(), process_time()
        replies = await answers(turn)
        for each in replies:
            assert isinstance(each, Say)
            draw_message(each.card, Canvas())
        return perf_counter() - begun, process_time() - worked


def _turn(db: AsyncConnection, side: Side, words: str) -> Turn:
    return Turn(
        key="bench",
        person=side.person,
        place=Place("web", None, "private"),
        now=NOW,
        doing=Words(text=words),
        db=db,
        plan=side.plan,
        outbox=Outbox(),
        words=words,
        settings=Settings(keep_unanswered=False),
    )


async def _alone(side: Side) -> list[Row]:
    """What understanding takes, and the first question after a change in the plan."""
    async with side.database.transaction() as db:
        begun = perf_counter()
        vocabulary = await Vocabularies().of(db, side.plan, TODAY)
        understand("Hur går det med batteriutbildningen i Hjo?", vocabulary, TODAY, side.person)
        made = perf_counter() - begun
    taken: list[float] = []
    for nth in range(ROUNDS + WARM):
        for words in (words for pair in QUESTIONS.values() for words in pair):
            begun = perf_counter()
            understand(words, vocabulary, TODAY, side.person)
            if nth >= WARM:
                taken.append(perf_counter() - begun)
    slowest = quantiles(taken, n=100, method="inclusive")[-1]
    name = f"words of {ACTIVITIES:,} activities made for questions, seconds"
    return [
        Row(name, made, GOAL, made / GOAL, "", None),
        Row("a question understood, the slowest in a hundred", slowest, GOAL, slowest / GOAL,
            "at most 1", slowest <= GOAL),
    ]  # fmt: skip
