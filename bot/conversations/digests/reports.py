"""`mötesrapport`: drafts to meetings read, edited and sent, and reports as they were sent."""

from collections.abc import Sequence

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.digests.report_cards import (
    NAME,
    already_sent,
    asks_to_send_report,
    draft_card,
    no_such_report,
    only_they_send,
    page_of_report,
    report_sent,
    reports_card,
    whose_reports,
)
from bot.conversations.digests.report_form import EditReport
from bot.conversations.digests.whose import with_manager
from bot.conversations.protocol import Conversation, Pressed, Refusal, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Card
from bot.digests.compose import read_letter
from bot.digests.meeting_report import MeetingReport, report_cards
from bot.digests.reporting_to import one_report, reports, send_report
from bot.finding import read_number
from bot.language import _, speaking
from bot.pages import reports_page
from bot.people import Person
from storage.queries.bodies import body_has_bound_channel
from storage.queries.digest_readers import members_to_write_to

MOST = 8


def refusal(person: Person) -> Refusal | None:
    """Who writes them, said to everybody else."""
    return None if with_manager(person) else whose_reports()


def may_send(person: Person) -> bool:
    """Whether the person sends reports: the chef and the förbundsdirektör."""
    return person.is_manager or "federation_director" in person.posts


async def answer(turn: Turn) -> Replies:
    """What there is; or what a press asks of one."""
    arguments = turn.doing.press.arguments if isinstance(turn.doing, Pressed) else ()
    if not arguments:
        return await _listed(turn)
    verb, key = (*arguments, "")[:2]
    report = await one_report(turn.db, read_number(key), lock=verb == "skicka_nu")
    if report is None:
        return (here(turn, no_such_report()),)
    match verb:
        case "skicka" | "skicka_nu":
            return await _send(turn, report, really=verb == "skicka_nu")
        case "utkast" if report.is_draft:
            today = in_stockholm(turn.now).date()
            return (here(turn, draft_card(report, today)),)
        case _:
            return _page(turn, report, arguments[2] if len(arguments) > 2 else "")


async def _listed(turn: Turn) -> Replies:
    found = await reports(turn.db, MOST)
    today = in_stockholm(turn.now).date()
    return (here(turn, reports_card(found, today, reports_page())),)


def _page(turn: Turn, report: MeetingReport, page: str) -> Replies:
    cards = shown(report)
    number = int(page) if page.isdecimal() and len(page) < 4 else 1
    number = min(max(number, 1), len(cards))
    return (here(turn, page_of_report(report, cards, number)),)


def shown(report: MeetingReport) -> Sequence[Card]:
    """The report as it was sent, or as the draft would be read."""
    if report.view is not None:
        return read_letter(report.view)
    with speaking("sv"):
        return report_cards(report)


async def _send(turn: Turn, report: MeetingReport, *, really: bool) -> Replies:
    today = in_stockholm(turn.now).date()
    if not may_send(turn.person):
        chef = await bodies.holders(turn.db, "manager", today)
        return (here(turn, only_they_send(chef)),)
    if not report.is_draft:
        return (here(turn, already_sent(report)),)
    if not really:
        channel = await body_has_bound_channel(turn.db, report.body)
        people = await members_to_write_to(turn.db, report.body, today)
        card = asks_to_send_report(report, channel=channel, letters=len(people))
        return (here(turn, card),)
    if not await send_report(turn.db, turn.plan, acting(turn), report):
        return (here(turn, already_sent(report)),)
    return (here(turn, report_sent(report)),)


REPORTS = Conversation(
    name=NAME,
    says=lambda: _("Läs, ändra och skicka lägesrapporter till möten"),
    answer=answer,
    synonyms=("mötesrapport", "mötesrapporter", "lägesrapporter", "meetingreport"),
    help_lines=lambda: (
        (_("mötesrapport"), _("visar utkast till möten och rapporter som är skickade")),
    ),
    refusal=refusal,
    forms=(EditReport(),),
)
