"""Forms in Slack: errors where they belong, what is typed is kept, nothing is saved twice."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest

from handlers.slack.typed_view import as_sent
from tests.conversations.persons import OnWeb
from tests.platforms.slack_work import AtWork, at_work
from tests.platforms.web_browser import browsing
from tests.slack import payloads

OPENS = "Öppna formuläret"
DEVIATION = "Vad avviker, och varför?"
HOW = "Hur går det?"


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work."""
    async with at_work(server_url) as made:
        yield made


def modal(work: AtWork, user: str) -> str:
    return work.slack.visible_text(work.slack.modal(user))


async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(work: AtWork):
    person = await work.person()
    await person.says("rapport KOM-03")
    await person.clicks("Mer")
    await work.slack.fills(person.user, status="on_track", situation="Klart")
    acked = await work.slack.submits(person.user, percent="mycket")
    assert acked.json["response_action"] == "errors"
    assert work.slack.modal_errors(person.user)["percent"].startswith("Skriv ett heltal")
    assert person.has_kept(status="on_track", situation="Klart", percent="mycket")
    acked = await work.slack.submits(person.user, percent="40")
    assert acked.json == {"response_action": "clear"}
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_a_problem_at_a_field_that_is_not_shown_draws_the_form_anew(work: AtWork):
    person = await work.person()
    await person.says("rapport KOM-03")
    work.slack.fault("views.update", error="not_found")
    await work.slack.fills(person.user, status="at_risk")
    await work.running.side.desk.patience.settled()
    assert DEVIATION not in modal(work, person.user)
    acked = await work.slack.submits(person.user, situation="Det drar ut")
    assert acked.json["response_action"] == "update"
    assert person.sees(f"⚠️ {DEVIATION} Fyll i det här. Skriv vad som skiljer sig")
    assert person.has_kept(status="at_risk", situation="Det drar ut")


async def test_a_choice_that_asks_for_more_keeps_all_that_is_typed(work: AtWork):
    person = await work.person()
    await person.says("rapport KOM-03")
    await person.clicks("Mer")
    typed = {"situation": "Trettio sökande", "next_step": "Intervjuer"}
    await work.slack.fills(person.user, **typed)
    await work.slack.fills(person.user, status="at_risk", deviation="Lärare saknas")
    await work.slack.fills(person.user, decision_from="steering_group", decision="Två till")
    assert person.has_kept(status="at_risk", deviation="Lärare saknas", decision="Två till")
    assert person.has_kept(**typed)
    await work.slack.fills(person.user, status="on_track")
    assert DEVIATION not in modal(work, person.user)
    assert person.has_kept(**typed)


async def test_more_unfolds_the_form_and_it_stays_unfolded(work: AtWork):
    person = await work.person()
    await person.says("rapport KOM-03")
    assert "next_step" not in work.slack.field_names(person.user)
    await work.slack.fills(person.user, situation="Trettio sökande")
    await person.clicks("Mer")
    assert "next_step" in work.slack.field_names(person.user)
    await work.slack.fills(person.user, status="off_track")
    assert {"next_step", "deviation"} <= set(work.slack.field_names(person.user))
    assert person.has_kept(situation="Trettio sökande")
    assert "Mer" not in work.slack.visible_buttons(person.user)


async def test_a_search_finds_and_a_choice_leads_on_in_the_same_modal(work: AtWork):
    user = await work.user()
    await work.slack.shortcut(user, "shortcut.rapport_valj")
    found = await work.slack.suggestions(user, "activity", "validering")
    assert [one["value"] for one in found] == ["KOM-04"]
    assert await work.slack.suggestions(user, "activity", "<!channel> *finns inte*") == []
    acked = await work.slack.submits(user, activity="KOM-03")
    assert acked.json["response_action"] == "update"
    await work.slack.submits(user, status="on_track", situation="Klart")
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert await work.drafts() == 0


async def test_when_the_moment_to_open_has_passed_a_button_opens_the_form(work: AtWork):
    person = await work.person()
    await person.says("rapport")
    work.slack.fault("views.open", error="expired_trigger_id")
    await work.slack.clicks(person.user, "Rapportera")
    await work.quiet()
    assert work.slack.modal(person.user) is None
    await work.slack.clicks(person.user, OPENS)
    assert HOW in modal(work, person.user)


@pytest.mark.parametrize("where", ["shortcut", "home"])
async def test_where_nothing_else_can_be_shown_the_button_comes_in_the_private_chat(
    work: AtWork, where: str
):
    user = await work.user()
    await work.slack.opens_home(user)
    await work.quiet()
    work.slack.fault("views.open", 2, error="expired_trigger_id")
    if where == "home":
        await work.slack.clicks(user, "Rapportera", channel="home")
    else:
        await work.slack.shortcut(user, "shortcut.rapport_valj")
    await work.quiet()
    assert work.slack.modal(user) is None
    work.slack.mends()
    await work.slack.clicks(user, OPENS)
    assert work.slack.modal(user)
    assert len(work.slack.direct(user)) == 1


async def test_a_double_click_is_one_press_and_a_form_sent_twice_is_one_report(work: AtWork):
    person = await work.person()
    await person.says("rapport KOM-03 grön Klart")
    await person.says("rapport")
    button = work.slack.sees_button(person.user, "Oförändrat")
    await asyncio.gather(*(work.slack.presses(person.user, button) for _ in range(3)))
    await work.quiet()
    assert await work.reports() == ["Klart", "Klart"]
    await person.says("rapport KOM-01")
    await work.slack.fills(person.user, status="on_track", situation="Rådet möts")
    opened = work.slack.top(person.user)
    sent = payloads.submission(work.slack, work.slack.person(person.user), opened)
    entry = work.slack.board.entry
    acked = await asyncio.gather(*(entry.send("interactive", sent) for _ in range(3)))
    assert [one.json for one in acked] == [{"response_action": "clear"}] * 3
    await work.quiet()
    assert await work.reports() == ["Klart", "Klart", "Rådet möts"]


async def test_of_many_reports_those_that_are_right_are_saved_once(work: AtWork):
    person = await work.person()
    await person.says("rapport mina")
    ids = {code: await _id(work, code) for code in ("KOM-01", "KOM-03")}
    await work.slack.fills(
        person.user,
        **{
            f"status_{ids['KOM-01']}": "on_track",
            f"line_{ids['KOM-01']}": "Rådet möts",
            f"status_{ids['KOM-03']}": "at_risk",
        },
    )
    await work.slack.submits(person.user)
    await work.quiet()
    assert await work.reports() == ["Rådet möts"]
    assert work.slack.field_names(person.user) == [
        f"{n}_{ids['KOM-03']}" for n in ("status", "line")
    ]
    assert "Skriv vad som avviker" in person.sees_under(f"line_{ids['KOM-03']}")
    await person.fills(**{f"line_{ids['KOM-03']}": "Lärare saknas"})
    assert await work.reports() == ["Rådet möts", "Lärare saknas"]
    assert work.slack.modal(person.user) is None
    assert await work.drafts() == 0


async def _id(work: AtWork, code: str) -> int:
    return await work.ask("SELECT id FROM activities WHERE code = :code", code=code)


async def test_a_form_begun_in_slack_is_finished_on_the_web(server_url: str):
    async with at_work(server_url, public_url=None) as work:
        await _begins_in_slack_and_goes_on_on_the_web(work)


async def _begins_in_slack_and_goes_on_on_the_web(work: AtWork) -> None:
    person = await work.person()
    await person.says("rapport KOM-03")
    await work.slack.fills(person.user, status="at_risk", deviation="Lärare saknas")
    await work.slack.submits(person.user, measure=" ")
    await work.slack.closes(person.user)
    async with browsing(work.running.where) as browser:
        email = "kompetens@skovde.example.se"
        there = await OnWeb(browser).signs_in(work.database, work.clock, email)
        await there.says("rapport KOM-03")
        assert there.has_kept(status="at_risk", deviation="Lärare saknas")
        await there.fills(measure="Vi annonserar igen")
        assert there.sees("Sparat: KOM-03")
    assert await work.reports() == ["Lärare saknas"]
    assert await work.drafts() == 0
    await person.opens_home()
    assert not person.sees("Fortsätt där du slutade")


def test_a_full_form_that_comes_back_has_room_for_why():
    field = {"type": "plain_text_input", "action_id": "a"}
    blocks = [{"type": "input", "block_id": f"f{n}", "element": field} for n in range(99)]
    view = {"type": "modal", "blocks": [{"type": "divider", "block_id": "d"}, *blocks]}
    typed = {f"f{n}": {"a": {"type": "plain_text_input", "value": f"nr {n}"}} for n in range(99)}
    again = as_sent(view | {"state": {"values": typed}}, "Inte just nu")
    assert len(again["blocks"]) == 100
    shown = [one["element"]["initial_value"] for one in again["blocks"] if one["type"] == "input"]
    assert shown == [f"nr {n}" for n in range(99)]
    assert as_sent(again, "Inte nu heller")["blocks"][0]["block_id"] == "why"


async def test_somebody_elses_button_is_judged_by_who_presses_it(work: AtWork):
    anna, eva = await work.user(), await work.user("arbetsmarknad@tibro.example.se", "Eva Lind")
    ola = await work.user("vux@falkoping.example.se", "Ola Berg")
    channel = await work.channel(anna, eva, ola)
    await work.slack.command(anna, "/rapport", "KOM-03 grön Klart", channel=channel)
    await work.quiet()
    button = work.slack.sees_button(anna, "Rätta", channel)
    await work.slack.presses(eva, button)
    await work.quiet()
    assert work.slack.modal(eva) is None
    assert "Bara den som skrev" in work.slack.visible_text(work.slack.ephemerals(eva)[-1])
    shown = work.slack.sees_button(anna, "Visa aktiviteten", channel)
    forged = replace(shown, action={**shown.action, "value": "rapport|KOM-03|oforandrat"})
    await work.slack.presses(ola, forged)
    await work.quiet()
    refused = "Du kan inte rapportera KOM-03"
    assert refused in work.slack.visible_text(work.slack.ephemerals(ola)[-1])
    assert await work.reports() == ["Klart"]


async def test_a_form_that_is_forged_is_judged_anew(work: AtWork):
    anna, eva = await work.person(), await work.user("vux@falkoping.example.se", "Eva Lind")
    await anna.says("rapport KOM-03")
    await work.slack.fills(anna.user, status="on_track", situation="Klart")
    opened = work.slack.top(anna.user)
    sent: dict[str, Any] = payloads.submission(work.slack, work.slack.person(eva), opened)
    acked = await work.slack.board.entry.send("interactive", sent)
    assert acked.ok
    await work.quiet()
    assert "Du kan inte rapportera KOM-03" in work.slack.direct(eva)[-1]["text"]
    assert await work.reports() == []


async def test_what_follows_a_choice_of_language_speaks_it_whole(work: AtWork):
    person = await work.person()
    await person.opens_home()
    await person.clicks("Ändra inställningar")
    acked = await work.slack.submits(person.user, language="en")
    assert acked.json["view"]["close"]["text"] == "Close"
    assert "Saved" in modal(work, person.user)
    await work.quiet()
    await person.opens_home()
    assert person.sees("Change settings")
