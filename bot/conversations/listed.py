"""The list of all conversations: what the bot can do is what stands here."""

from bot.conversations.accounts import ACCOUNTS
from bot.conversations.applications.applications import APPLICATIONS
from bot.conversations.ask_of_report import ASK_OF_REPORT
from bot.conversations.assignments.assignments import ASSIGNMENTS
from bot.conversations.bind_channel import BIND_CHANNEL
from bot.conversations.correct_report import CORRECT_REPORT
from bot.conversations.digests.reports import REPORTS
from bot.conversations.follow_activity import FOLLOW_ACTIVITY
from bot.conversations.hand_over import HAND_OVER
from bot.conversations.help import form_openers, help_on
from bot.conversations.linking_told import LINK_ACCOUNT
from bot.conversations.mandates.mandates import MANDATE
from bot.conversations.milestones import MILESTONES
from bot.conversations.money.costs import COSTS
from bot.conversations.money.money import MONEY
from bot.conversations.needs.needs import NEEDS
from bot.conversations.own_page import own_page
from bot.conversations.personal_settings import PERSONAL_SETTINGS
from bot.conversations.polls.polls import POLLS
from bot.conversations.questions.ask import Asked, questions
from bot.conversations.questions.synonyms import Taught, synonyms
from bot.conversations.registry import Conversations
from bot.conversations.reminders.absence import ABSENCE, BACK
from bot.conversations.reminders.reminders import REMINDERS
from bot.conversations.report_status import REPORT_STATUS
from bot.conversations.reporting_rhythm import REPORTING_RHYTHM
from bot.conversations.show_activity import HISTORY, LIST_ACTIVITIES, MINE, SHOW_ACTIVITY
from bot.conversations.undelivered import DELIVERY
from bot.conversations.weekly_digest import WEEKLY_DIGEST
from bot.questions.vocabulary import Vocabularies


def all_conversations() -> Conversations:
    """Every conversation, in the order that help and home show them."""

    def listing() -> Conversations:
        return conversations

    vocabularies = Vocabularies()
    conversations = Conversations(
        (
            questions(Asked(vocabularies, listing)),
            MINE,
            REPORT_STATUS,
            CORRECT_REPORT,
            SHOW_ACTIVITY,
            HISTORY,
            LIST_ACTIVITIES,
            ASK_OF_REPORT,
            MILESTONES,
            FOLLOW_ACTIVITY,
            REPORTING_RHYTHM,
            NEEDS,
            ASSIGNMENTS,
            POLLS,
            MANDATE,
            MONEY,
            COSTS,
            APPLICATIONS,
            HAND_OVER,
            WEEKLY_DIGEST,
            REPORTS,
            BIND_CHANNEL,
            ACCOUNTS,
            synonyms(Taught(vocabularies)),
            DELIVERY,
            ABSENCE,
            BACK,
            LINK_ACCOUNT,
            REMINDERS,
            PERSONAL_SETTINGS,
            own_page(listing),
            help_on(listing),
            *form_openers(listing),
        )
    )
    return conversations
