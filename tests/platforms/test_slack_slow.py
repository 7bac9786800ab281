"""A database that is slow or away: Slack is answered in time, and what was typed is not lost."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.conversations.on_slack import OnSlack
from tests.patience import until
from tests.platforms.slack_work import AtWork, at_work
from tests.slack import Acked

IN_TIME = 3.0
LATE = "Jag arbetar på det"
SAVING = "Sparar…"
NOT_NOW = "Det gick inte att spara just nu"


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """A bot that soon says that it takes time."""
    async with at_work(server_url, answer_seconds=0.3) as made:
        yield made


@asynccontextmanager
async def slow(work: AtWork, table: str = "status_reports") -> AsyncGenerator[None]:
    """What is written to the table waits until the end."""
    async with work.locked(table):
        yield


async def in_time(told: Awaitable[Acked]) -> Acked:
    """What Slack is answered; it must be before Slack gives up."""
    acked = await told
    assert acked.ok, acked
    assert acked.seconds < IN_TIME
    return acked


def modal_says(work: AtWork, user: str, words: str) -> Callable[[], Awaitable[bool]]:
    async def said() -> bool:
        return words in work.slack.visible_text(work.slack.modal(user))

    return said


async def opened_report(work: AtWork, person: OnSlack, **typed: str) -> None:
    await person.says("rapport KOM-03")
    await work.slack.fills(person.user, **typed)


async def test_a_command_is_acknowledged_in_time_and_finished_by_its_response_url(work: AtWork):
    user = await work.user()
    channel = await work.channel(user)
    async with slow(work):
        acked = await in_time(
            work.slack.command(user, "/rapport", "KOM-03 grön Klart", channel=channel)
        )
        assert LATE in str(acked.body)
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert "Sparat: KOM-03" in work.slack.visible_text(work.slack.ephemerals(user)[-1])
    assert sum("Sparat: KOM-03" in one["text"] for one in work.slack.direct(user)) == 1


async def test_a_command_that_asks_for_a_form_late_gets_a_button_that_opens_it(work: AtWork):
    user = await work.user()
    async with slow(work):
        await in_time(work.slack.command(user, "/rapport", "KOM-03"))
    await work.quiet()
    await work.slack.clicks(user, "Öppna formuläret")
    assert "Hur går det?" in work.slack.visible_text(work.slack.modal(user))


async def test_a_button_opens_a_modal_that_waits_and_becomes_the_form(work: AtWork):
    person = await work.person()
    await person.says("rapport")
    async with slow(work):
        await in_time(work.slack.clicks(person.user, "Rapportera"))
        assert person.sees("Hämtar formuläret…")
    await until(modal_says(work, person.user, "Hur går det?"))
    await person.fills(status="on_track", situation="Klart")
    assert await work.reports() == ["Klart"]


async def test_a_shortcut_opens_a_modal_that_waits_and_becomes_the_form(work: AtWork):
    user = await work.user()
    async with slow(work, "drafts"):
        await in_time(work.slack.shortcut(user, "shortcut.rapport_valj"))
        assert "Hämtar formuläret…" in work.slack.visible_text(work.slack.modal(user))
    await until(modal_says(work, user, "Vilken aktivitet?"))


async def test_a_form_that_takes_long_to_save_says_so_and_becomes_the_receipt(work: AtWork):
    person = await work.person()
    await opened_report(work, person, status="on_track", situation="Klart")
    async with slow(work):
        acked = await in_time(work.slack.submits(person.user))
        assert acked.json["response_action"] == "update"
        assert person.sees(SAVING)
        await until(lambda: _has(work, drafts=1))
    await until(modal_says(work, person.user, "Sparat: KOM-03"))
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert await work.drafts() == 0
    assert sum("Sparat: KOM-03" in one["text"] for one in work.slack.direct(person.user)) == 1


async def _has(work: AtWork, *, drafts: int) -> bool:
    return await work.drafts() == drafts


async def test_a_form_that_takes_long_to_judge_becomes_the_form_with_its_errors(work: AtWork):
    person = await work.person()
    await person.says("rapport KOM-03")
    await person.clicks("Mer")
    await work.slack.fills(person.user, status="on_track", situation="Klart", percent="140")
    async with slow(work):
        await in_time(work.slack.submits(person.user))
        assert person.sees(SAVING)
    await until(modal_says(work, person.user, "Skriv ett tal från 0 till 100"))
    assert person.has_kept(status="on_track", situation="Klart", percent="140")
    await person.fills(percent="40")
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert await work.drafts() == 0


async def test_a_form_followed_by_another_leaves_no_draft_when_it_was_slow(work: AtWork):
    user = await work.user()
    await work.slack.shortcut(user, "shortcut.rapport_valj")
    await work.slack.fills(user, activity="KOM-03")
    async with slow(work):
        await in_time(work.slack.submits(user))
        await until(lambda: _has(work, drafts=1))
    await until(modal_says(work, user, "Hur går det?"))
    await work.quiet()
    assert await work.drafts() == 0


async def test_a_slow_form_whose_saving_then_fails_comes_back_with_all_that_was_typed(
    work: AtWork,
):
    person = await work.person()
    await opened_report(work, person, status="on_track", situation="Sextio sökande")
    async with slow(work):
        await in_time(work.slack.submits(person.user))
        assert person.sees(SAVING)
        await work.wire.cut()
    await until(modal_says(work, person.user, NOT_NOW))
    assert person.has_kept(status="on_track", situation="Sextio sökande")
    await work.wire.mend()
    await work.slack.submits(person.user)
    await work.quiet()
    assert await work.reports() == ["Sextio sökande"]


async def test_a_press_in_a_form_that_fails_late_takes_nothing_away(work: AtWork):
    person = await work.person()
    await opened_report(work, person, status="at_risk", deviation="Antagningen drar ut")
    await work.slack.submits(person.user, measure=" ")
    await person.clicks("Mer")
    await work.slack.closes(person.user)
    await person.says("rapport KOM-03")
    await work.slack.fills(person.user, measure="Vi ringer alla")
    async with slow(work, "drafts"):
        await in_time(work.slack.clicks(person.user, "Börja om"))
        await work.wire.cut()
    await until(modal_says(work, person.user, NOT_NOW))
    assert person.has_kept(deviation="Antagningen drar ut", measure="Vi ringer alla")
    await work.wire.mend()


async def test_without_a_database_a_command_is_answered_with_what_was_typed(work: AtWork):
    user = await work.user()
    await work.wire.cut()
    acked = await in_time(work.slack.command(user, "/rapport", "KOM-03 grön Sextio sökande"))
    said = work.slack.visible_text(acked.json)
    assert NOT_NOW in said
    assert "Du skrev: rapport KOM-03 grön Sextio sökande" in said
    await work.wire.mend()
    await work.slack.command(user, "/rapport", "KOM-03 grön Sextio sökande")
    await work.quiet()
    assert await work.reports() == ["Sextio sökande"]


async def test_without_a_database_a_form_stays_open_and_says_why(work: AtWork):
    person = await work.person()
    await opened_report(work, person, status="on_track", situation="Sextio sökande")
    await work.wire.cut()
    acked = await in_time(work.slack.submits(person.user))
    assert acked.json["response_action"] == "errors"
    assert NOT_NOW in person.sees_under("status")
    assert person.has_kept(status="on_track", situation="Sextio sökande")
    await work.wire.mend()
    await work.slack.submits(person.user)
    await work.quiet()
    assert await work.reports() == ["Sextio sökande"]


async def test_without_a_database_a_line_is_brought_again_and_saved_once(work: AtWork):
    user = await work.user()
    await work.wire.cut()
    await work.slack.says(user, "rapport KOM-03 grön Sextio sökande")
    first = work.slack.board.entry.deliveries[-1]
    assert first.acked.status == 503
    await work.wire.mend()
    await work.quiet()
    assert await work.reports() == ["Sextio sökande"]
    assert sum("Sparat" in one["text"] for one in work.slack.direct(user)) == 1


async def test_a_line_that_could_not_be_saved_at_all_is_given_back(work: AtWork):
    user = await work.user()
    await work.slack.command(user, "/samspel", "hjälp")
    await work.quiet()
    await work.wire.cut()
    await work.slack.says(user, "rapport KOM-03 grön Sextio sökande")
    await work.slack.settled()
    await work.running.side.desk.patience.settled()
    said = work.slack.visible_text(work.slack.direct(user)[-1])
    assert NOT_NOW in said
    assert "Du skrev: rapport KOM-03 grön Sextio sökande" in said
    assert sum(NOT_NOW in one["text"] for one in work.slack.direct(user)) == 1
    await work.wire.mend()


async def test_home_and_search_do_without_the_database_for_a_while(work: AtWork):
    user = await work.user()
    await work.slack.shortcut(user, "shortcut.rapport_valj")
    async with slow(work, "accounts"):
        assert await asyncio.wait_for(work.slack.suggestions(user, "activity", "kom"), 3) == []
        assert (await in_time(work.slack.opens_home(user))).ok
    await work.quiet()
    assert await work.slack.suggestions(user, "activity", "kom-03")
    assert "KOM-03" in work.slack.visible_text(work.slack.home(user))
