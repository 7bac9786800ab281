"""The list of all specimens: what a conversation or form shows stands here, or a test tells."""

from collections.abc import Iterator
from functools import lru_cache

from bot.conversations.listed import all_conversations
from bot.language import LANGUAGES, speaking
from bot.specimens.accounts import cards_of_accounts
from bot.specimens.activities import activity_cards
from bot.specimens.applications import application_cards, application_forms
from bot.specimens.assignment_forms import assignment_forms
from bot.specimens.assignments import assignment_cards
from bot.specimens.channels import channel_cards, channel_forms
from bot.specimens.delivery import delivery_cards
from bot.specimens.digest import digests
from bot.specimens.digest_talk import digest_talk_cards, digest_talk_forms
from bot.specimens.forms import forms
from bot.specimens.hand_over import hand_over_cards_of, hand_over_forms
from bot.specimens.homes import homes
from bot.specimens.mandates import mandate_cards_of, mandate_forms
from bot.specimens.meeting_reports import meeting_report_cards, meeting_report_forms
from bot.specimens.money import money_forms, money_views
from bot.specimens.need_forms import need_forms
from bot.specimens.needs import need_cards
from bot.specimens.personal import personal_cards, personal_forms
from bot.specimens.poll_forms import poll_forms
from bot.specimens.poll_running import poll_running_cards
from bot.specimens.polls import poll_cards
from bot.specimens.questions import question_cards
from bot.specimens.reminders import reminder_cards, reminder_forms
from bot.specimens.specimen import Drawn, Specimen
from bot.specimens.talk import invitations, talk_cards
from bot.specimens.voice import Flavour
from bot.specimens.world import World, make_world


@lru_cache(maxsize=1)
def all_specimens(seed: int = 1) -> tuple[Specimen, ...]:
    """Every view in every flavour, the ordinary ones in every language; the same for one seed."""
    made: list[Specimen] = []
    for flavour in Flavour:
        for language in LANGUAGES if flavour is Flavour.ORDINARY else ("sv",):
            made += _specimens(flavour, language, seed)
    return tuple(made)


def _specimens(flavour: Flavour, language: str, seed: int) -> list[Specimen]:
    with speaking(language):
        return [
            Specimen(each.name, each.of, each.view, flavour, language, each.unfolded)
            for each in _drawn(make_world(flavour, seed))
        ]


def _drawn(world: World) -> Iterator[Drawn]:
    known = all_conversations()
    yield from activity_cards(world)
    yield from talk_cards(world, known)
    yield from cards_of_accounts(world)
    yield from delivery_cards(world)
    yield from channel_cards(world)
    yield from personal_cards(world)
    yield from need_cards(world)
    yield from assignment_cards(world)
    yield from hand_over_cards_of(world)
    yield from poll_cards(world)
    yield from poll_running_cards(world)
    yield from mandate_cards_of(world)
    yield from question_cards(world)
    yield from reminder_cards(world)
    yield from money_views(world)
    yield from application_cards(world)
    yield from _forms(world)
    yield from invitations(_forms(world))
    yield from homes(world)
    yield from digests(world)
    yield from digest_talk_cards(world)
    yield from meeting_report_cards(world)


def _forms(world: World) -> Iterator[Drawn]:
    yield from forms(world)
    yield from channel_forms(world)
    yield from personal_forms(world)
    yield from need_forms(world)
    yield from assignment_forms(world)
    yield from hand_over_forms(world)
    yield from poll_forms(world)
    yield from mandate_forms(world)
    yield from reminder_forms(world)
    yield from money_forms(world)
    yield from application_forms(world)
    yield from digest_talk_forms(world)
    yield from meeting_report_forms(world)
