"""The sample plan with reports, and questions asked about it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.views import Bullets, Chart, Facts, Paragraph, Table
from bot.people import Person, read_person
from bot.plan import Plan, read_plan
from bot.questions.answers.activities import activities
from bot.questions.answers.changes import changes
from bot.questions.answers.milestones import milestones
from bot.questions.answers.not_reported import not_reported
from bot.questions.answers.overview import overview
from bot.questions.answers.owner import owner
from bot.questions.answers.status import status
from bot.questions.asking import Answered, Answers, Asking
from bot.questions.question import Filter, Intent, Question
from bot.reporting import Content, record
from bot.states import Decider, Status
from storage.database import Database
from storage.queries.people import person_by_email

NOW = datetime(2026, 3, 16, 8, tzinfo=UTC)
TODAY = date(2026, 3, 16)
CHEF = "chef@skaraborg.example.se"
ANSWERS: dict[Intent, Answers] = {
    Intent.OVERVIEW: overview,
    Intent.STATUS: status,
    Intent.ACTIVITIES: activities,
    Intent.NOT_REPORTED: not_reported,
    Intent.CHANGES: changes,
    Intent.MILESTONES: milestones,
    Intent.OWNER: owner,
}
HJO = "inflyttning@hjo.example.se"
RED = Content(
    Status.OFF_TRACK,
    deviation="Avtalet är försenat",
    measure="Extra möte",
    decision_from=Decider.STEERING_GROUP,
    decision="Ska vi vänta",
)


def on(day: int, month: int = 3) -> datetime:
    """Before noon on that day of 2026."""
    return datetime(2026, month, day, 10, tzinfo=UTC)


async def person(db: AsyncConnection, email: str) -> Person:
    """Who they are on the day."""
    row = await person_by_email(db, email, TODAY)
    assert row is not None, email
    return read_person(row)


async def told(
    db: AsyncConnection,
    plan: Plan,
    code: str,
    said: Content | Status,
    at: datetime,
    replaces: int | None = None,
) -> int:
    """The one responsible reports."""
    activity = plan.activities[code]
    if isinstance(said, Status):
        said = Content(said, situation=f"Så står {code}")
    who = await person(db, activity.responsible.email)
    report = await record(
        db, person=who, activity=activity, content=said, now=at, platform="web", replaces=replaces
    )
    return report.id


async def lay(db: AsyncConnection) -> Plan:
    """Reports on the five activities of Kompetens, and on PLA-01; the plan they are of."""
    found = await read_plan(db, 1)
    await told(db, found, "KOM-01", Status.ON_TRACK, on(2))
    await told(db, found, "KOM-01", Status.ON_TRACK, on(11))
    await told(db, found, "KOM-02", Status.ON_TRACK, on(3))
    await told(db, found, "KOM-02", Content(Status.AT_RISK, deviation="Få anmälda"), on(12))
    await told(db, found, "KOM-03", Status.ON_TRACK, on(20, 2))
    await told(db, found, "KOM-03", RED, on(10))
    await told(db, found, "KOM-04", Status.PAUSED, on(4))
    await told(db, found, "KOM-05", Status.DONE, on(5))
    await told(db, found, "PLA-01", Status.ON_TRACK, on(13))
    return found


def intent_of(answer: Answers) -> Intent:
    """What is asked for when that answers."""
    return next(each for each in Intent if answer is ANSWERS.get(each))


async def ask(
    database: Database,
    answer: Answers,
    about: Mapping[str, str] | None = None,
    *,
    who: str = CHEF,
    why: bool = False,
    skip: int = 0,
) -> Answered:
    """What is answered; a filter's values are written `a|b`."""
    wanted = {Filter(name): tuple(value.split("|")) for name, value in (about or {}).items()}
    async with database.transaction() as db:
        asked = Question(intent_of(answer), wanted)
        plan = await read_plan(db, 1)
        found = await answer(
            Asking(db, plan, asked, await person(db, who), NOW, skip=skip, why=why)
        )
    assert len([each for each in found.parts if isinstance(each, Table)]) <= 1
    assert len([each for each in found.parts if isinstance(each, Chart)]) <= 1
    assert len(found.buttons) <= 3
    assert len(found.sources) <= 3
    return found


def rows(answered: Answered) -> Sequence[Sequence[str]]:
    """The table's rows; none without a table."""
    return next((each.rows for each in answered.parts if isinstance(each, Table)), ())


def words(answered: Answered) -> str:
    """Everything that is shown."""
    said = [answered.said, *(each.words for each in answered.sources)]
    for part in answered.parts:
        match part:
            case Table():
                said += [cell for row in part.rows for cell in row]
            case Bullets(items=items):
                said += [span.text for item in items for span in item]
            case Paragraph(spans=spans):
                said += [span.text for span in spans]
            case Facts(facts=pairs):
                said += [f"{pair.label} {pair.value}" for pair in pairs]
            case _:
                pass
    return "\n".join(said)
