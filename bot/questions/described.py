"""A question told back, as it was understood."""

from dataclasses import replace

from bot.digests.wording import listed
from bot.language import _
from bot.questions.answers.scope_words import scope
from bot.questions.asking import Asking
from bot.questions.question import Filter, Intent, Question


def described(asking: Asking, question: Question | None = None) -> str:
    """`Läget inom Kompetens med läget risk`: what is asked for, and of what."""
    about = asking if question is None else replace(asking, question=question)
    asked = about.question
    if asked.intent is Intent.STATUS and asked.values(Filter.STATE):
        return _asked_for(Intent.ACTIVITIES) + scope(about, *Filter)
    if asked.intent is Intent.PLEDGES and asked.values(Filter.MUNICIPALITY):
        who = listed(asked.values(Filter.MUNICIPALITY))
        others = [name for name in Filter if name is not Filter.MUNICIPALITY]
        return _("Vad {who} har lovat", who=who) + scope(about, *others)
    return _asked_for(asked.intent) + scope(about, *Filter)


def _asked_for(intent: Intent) -> str:
    words = {
        Intent.OVERVIEW: _("Läget i stort"),
        Intent.STATUS: _("Läget"),
        Intent.ACTIVITIES: _("Aktiviteter"),
        Intent.NOT_REPORTED: _("Rapporter som saknas"),
        Intent.CHANGES: _("Vad som har ändrats"),
        Intent.MILESTONES: _("Milstolpar"),
        Intent.NEEDS: _("Behov"),
        Intent.POLL_MISSING: _("Svar som saknas i omröstningar"),
        Intent.POLL_STATUS: _("Omröstningar"),
        Intent.FUNDING_GAP: _("Pengar som saknas"),
        Intent.PLEDGES: _("Vad kommunerna har lovat"),
        Intent.DECISIONS: _("Beslut att fatta"),
        Intent.OWNER: _("Vem som ansvarar"),
        Intent.ASSIGNMENTS: _("Uppdrag"),
        Intent.APPLICATIONS: _("Ansökningar"),
        Intent.MEETINGS: _("Möten"),
        Intent.DECLINE: _("Något annat"),
    }
    return words[intent]
