"""Reports to meetings: drafts told of, read, edited and sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.conversations.digests import report_cards
from bot.conversations.digests.report_form import EditReport
from bot.digests import meeting_report
from bot.digests.meeting_report import MeetingReport, written
from bot.digests.period import Audience
from bot.people import BodyId
from bot.plan import Contact
from bot.specimens.digest import material_of
from bot.specimens.forms import every_step
from bot.specimens.specimen import Drawn
from bot.specimens.world import World

OF = "motesrapport"


def reports_of(world: World) -> list[MeetingReport]:
    """An in-depth one to the board, and one to a network that should have been sent."""
    found: list[MeetingReport] = []
    for n, audience in enumerate((Audience.BOARD, Audience.NETWORK), 1):
        material = replace(material_of(world, audience), told={}, after=None)
        sections, charts, told = written(material)
        found.append(
            MeetingReport(
                id=n,
                meeting=n,
                body=BodyId(n),
                audience=audience,
                name=material.name,
                held_on=world.today + timedelta(days=9 - 6 * n),
                documents_due_on=world.today + timedelta(days=2 - 2 * n + (n == 1)),
                in_depth=audience is Audience.BOARD,
                state="drafted",
                covers_from=material.covers_from,
                covers_to=material.cut_off,
                sections=sections,
                charts=charts,
                told=told,
            )
        )
    return found


def meeting_report_cards(world: World) -> Iterator[Drawn]:
    """All of it, but the form."""
    board, network = reports_of(world)
    today, who = world.today, world.person.name
    sent = replace(board, id=3, state="sent", sent=(who, world.now))
    for report in (board, network):
        name = f"meeting-report-{report.audience}"
        pages = meeting_report.report_cards(report)
        for number, card in enumerate(pages, 1):
            yield Drawn(f"{name}-as-sent-{number}", "", card)
        yield Drawn(f"{name}-page", OF, report_cards.page_of_report(report, pages, 1))
        yield Drawn(f"{name}-draft", OF, report_cards.draft_card(report, today))
    last = report_cards.page_of_report(sent, pages, len(pages))
    yield Drawn("meeting-report-page-sent", OF, last)
    moved = report_cards.moved_words(today - timedelta(days=3), network.held_on)
    yield Drawn("meeting-report-moved", OF, report_cards.draft_card(network, today, moved))
    yield Drawn("meeting-report-called-off", OF, report_cards.called_off(board))
    yield Drawn("meeting-report-edited", OF, report_cards.edited_card(board))
    ask = report_cards.asks_to_send_report
    yield Drawn("meeting-report-ask-to-send", OF, ask(board, channel=True, letters=12))
    yield Drawn("meeting-report-ask-to-send-nowhere", OF, ask(network, channel=False, letters=0))
    yield Drawn("meeting-report-sent", OF, report_cards.report_sent(sent))
    yield Drawn("meeting-report-sent-before", OF, report_cards.already_sent(sent))
    yield Drawn("meeting-report-no-such", OF, report_cards.no_such_report())
    chef = [Contact(world.person.id, who, world.person.email)]
    yield Drawn("meeting-report-only-they-send", OF, report_cards.only_they_send(chef))
    listed = report_cards.reports_card([board, network, sent], today, "/lagesrapporter")
    yield Drawn("meeting-report-listed", OF, listed)
    yield Drawn("meeting-report-none", OF, report_cards.reports_card([], today, "/lagesrapporter"))


def meeting_report_forms(world: World) -> Iterator[Drawn]:
    """The draft as a form."""
    board, _network = reports_of(world)
    yield from every_step(world, OF, EditReport(), board, (str(board.id),))
