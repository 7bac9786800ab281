"""Reminders in stories: looked for at the story's time, as the bot does each quarter of an hour."""

from sqlalchemy import text

from bot.plan import PlanInMemory
from bot.reminding.remind import remind
from bot.settings import Settings
from tests.conversations.conftest import Scene

OFFICER, CHEF = "kompetens@skovde", "chef@skaraborg"
"""The officer answers for KOM-01 and KOM-03."""

PLANNER = "planering@mariestad"
"""Answers for SAM-02 alone."""


async def reminded(samspel: Scene) -> int:
    """Everybody who has something due at the story's time is reminded; how many that was."""
    async with samspel.database.transaction() as db:
        plan = await PlanInMemory().now(db)
        return await remind(db, plan, samspel.clock(), Settings(reminders=True))


async def things(samspel: Scene, email: str) -> list[str]:
    """What the person was reminded of beside milestones, in all: the sort, and the activity."""
    async with samspel.database.connection() as db:
        rows = await db.scalars(
            text(
                "SELECT concat_ws(' ', split_part(t.thing, ':', 1), a.code) "
                "FROM reminder_things t JOIN people p ON p.id = t.person_id "
                "LEFT JOIN activities a ON a.id = t.activity_id "
                "WHERE p.email LIKE :email || '%' AND t.thing NOT LIKE 'milestone%' "
                "ORDER BY t.reminder_id, 1"
            ),
            {"email": email},
        )
        return list(rows)
