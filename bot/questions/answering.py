"""Which module answers which intent."""

from collections.abc import Mapping

from bot.questions.answers.activities import activities
from bot.questions.answers.applications import applications
from bot.questions.answers.assignments import assignments
from bot.questions.answers.changes import changes
from bot.questions.answers.decisions import decisions
from bot.questions.answers.decline import decline
from bot.questions.answers.funding_gap import funding_gap
from bot.questions.answers.meetings import meetings
from bot.questions.answers.milestones import milestones
from bot.questions.answers.needs import needs
from bot.questions.answers.not_reported import not_reported
from bot.questions.answers.overview import overview
from bot.questions.answers.owner import owner
from bot.questions.answers.pledges import pledges
from bot.questions.answers.poll_missing import poll_missing
from bot.questions.answers.poll_status import poll_status
from bot.questions.answers.status import status
from bot.questions.asking import Answered, Answers, Asking
from bot.questions.question import Intent

ANSWERS: Mapping[Intent, Answers] = {
    Intent.OVERVIEW: overview,
    Intent.STATUS: status,
    Intent.ACTIVITIES: activities,
    Intent.NOT_REPORTED: not_reported,
    Intent.CHANGES: changes,
    Intent.MILESTONES: milestones,
    Intent.NEEDS: needs,
    Intent.POLL_MISSING: poll_missing,
    Intent.POLL_STATUS: poll_status,
    Intent.FUNDING_GAP: funding_gap,
    Intent.PLEDGES: pledges,
    Intent.DECISIONS: decisions,
    Intent.OWNER: owner,
    Intent.ASSIGNMENTS: assignments,
    Intent.APPLICATIONS: applications,
    Intent.MEETINGS: meetings,
    Intent.DECLINE: decline,
}


async def answer(asking: Asking) -> Answered:
    """The answer to the question; nothing is changed."""
    return await ANSWERS[asking.question.intent](asking)
