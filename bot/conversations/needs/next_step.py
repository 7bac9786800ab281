"""What happens next with a need: who has it now, what they do, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import bodies
from bot.bodies import Meeting, body_name, named
from bot.conversations.needs.wording import need_name
from bot.language import _, short_date
from bot.needs.need import Need
from bot.needs.stages import AT, PUT_BY, Stage
from bot.people import BodyKind
from bot.plan import Contact


@dataclass(frozen=True)
class Next:
    """What is known of what comes next: who is chef, and when the body in question meets."""

    need: Need
    today: date
    chef: Sequence[Contact] = ()
    meeting: Meeting | None = None


async def find_next(db: AsyncConnection, need: Need, today: date) -> Next:
    """Look up what `what_next` tells of."""
    chef = await bodies.holders(db, "manager", today) if need.stage is Stage.REGISTERED else ()
    body = _meets_next(need.stage)
    prepared = need.prepare_by if need.stage is Stage.PREPARING else None
    day = max(today, prepared) if prepared is not None else today
    meeting = await bodies.next_meeting(db, body, day) if body is not None else None
    return Next(need, today, chef, meeting)


def _meets_next(stage: Stage) -> BodyKind | None:
    if stage in (Stage.REGISTERED, Stage.PREPARING):
        return PUT_BY[Stage.REFERENCE_GROUP]
    return AT.get(stage)


def what_next(coming: Next) -> str:
    """One or two sentences on who has it, what comes next and by when."""
    need = coming.need
    if need.merged_into is not None:
        other = need_name(need.merged_into)
        return _("Det är ihopslaget med {other} och går vidare där.", other=other)
    if need.withdrawn_at is not None:
        return _("Det är återtaget. Den som registrerade det kan återställa det.")
    match need.stage:
        case Stage.REGISTERED:
            who = named(coming.chef) or _("Chefen för Omställning Skaraborg")
            said = _("{who} har det nu och utser den som bereder det.", who=who)
            return f"{said} {_after_preparation(coming)}"
        case Stage.PREPARING:
            return f"{_prepared(need)} {_after_preparation(coming)}"
        case Stage.ACCEPTED:
            return _accepted(need)
        case Stage.DECLINED:
            return _("Det är avgjort. Nya skäl registreras som ett nytt behov.")
        case Stage.RESTING:
            return _("Det vilar tills chefen eller förbundet tar upp det igen.")
        case _:
            return _at_body(coming)


def _prepared(need: Need) -> str:
    name = need.preparer.name if need.preparer else "–"
    day = short_date(need.prepare_by) if need.prepare_by else "–"
    return _("{name} bereder det och är klar senast {day}.", name=name, day=day)


def _after_preparation(coming: Next) -> str:
    body = body_name(PUT_BY[Stage.REFERENCE_GROUP])
    if coming.meeting is None:
        return _("Sedan kan {body} lägga fram det för politiska referensgruppen.", body=body)
    return _(
        "Sedan kan {body}, som möts {day}, lägga fram det för politiska referensgruppen.",
        body=body,
        day=short_date(coming.meeting.held_on),
    )


def _at_body(coming: Next) -> str:
    name, meeting = body_name(AT[coming.need.stage]), coming.meeting
    if meeting is None:
        return _("Det ligger hos {body}. Inget kommande möte står i kalendern.", body=name)
    said = _("Det ligger hos {body}, som möts {day}.", body=name, day=short_date(meeting.held_on))
    if meeting.documents_due_on is not None and meeting.documents_due_on >= coming.today:
        due = short_date(meeting.documents_due_on)
        said += " " + _("Handlingarna ska vara klara {day}.", day=due)
    return said


def _accepted(need: Need) -> str:
    if need.has_become:
        return _("Det är antaget och har blivit en del av planen.")
    return _("Det är antaget. Chefen eller förbundet kan göra en aktivitet av det.")
