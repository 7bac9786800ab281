"""Forms in Teams: answered in place, errors where they belong, what is typed is kept, sent once."""

from collections.abc import AsyncGenerator

import pytest

from tests.patience import until
from tests.platforms.note_form import with_note
from tests.platforms.teams_work import TeamsAtWork, teams_at_work
from tests.teams import Person

DEVIATION = "Vad avviker, och varför?"


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[TeamsAtWork]:
    """The bot at work, with a form that begins from messages too."""
    async with teams_at_work(server_url) as made:
        made.running.side.desk.bot.conversations = with_note()
        yield made


async def opened(work: TeamsAtWork) -> Person:
    anna = await work.person()
    await work.teams.says(anna, "rapport KOM-03")
    await work.quiet()
    assert "status" in work.teams.field_names(anna)
    return anna


async def test_a_word_opens_the_form_at_once_in_the_personal_chat(work: TeamsAtWork):
    anna = await opened(work)
    assert work.teams.direct(anna)[-1].card is not None
    assert {"Avbryt", "Mer"} <= set(work.teams.visible_buttons(anna))


async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(work: TeamsAtWork):
    anna = await opened(work)
    await work.teams.submits(anna, "Mer")
    before = len(work.teams.direct(anna))
    await work.teams.submits(anna, status="on_track", situation="Klart", percent="mycket")
    assert "heltal" in work.teams.problem_at(anna, "percent")
    assert work.teams.field_value(anna, "situation") == "Klart"
    assert work.teams.field_value(anna, "percent") == "mycket"
    assert len(work.teams.direct(anna)) == before
    await work.teams.submits(anna, percent="40")
    await work.quiet()
    assert await work.reports() == ["Klart"]
    assert "Formuläret är skickat" in work.teams.sees(anna)
    assert work.teams.field_names(anna) == []


async def test_a_form_that_is_sent_is_closed_in_every_client(work: TeamsAtWork):
    anna = await opened(work)
    form = work.teams.direct(anna)[-1]
    await work.teams.submits(anna, status="on_track", situation="Klart")
    await work.quiet()
    assert "Formuläret är skickat" in work.teams.visible_text(form)


async def test_a_choice_that_asks_for_more_keeps_all_that_is_typed(work: TeamsAtWork):
    anna = await opened(work)
    await work.teams.fills(anna, status="at_risk", situation="Det drar ut")
    await work.teams.submits(anna, "Visa frågorna för mitt val")
    assert DEVIATION in work.teams.sees(anna)
    assert work.teams.field_value(anna, "status") == "at_risk"
    assert work.teams.field_value(anna, "situation") == "Det drar ut"


async def test_put_away_it_is_kept_and_opened_again_as_it_was(work: TeamsAtWork):
    anna = await opened(work)
    await work.teams.fills(anna, situation="Nästan klart")
    await work.teams.submits(anna, "Avbryt")
    await work.quiet()
    assert work.teams.field_names(anna) == []
    assert "Det du har skrivit är sparat" in work.teams.sees(anna)
    await work.teams.clicks(anna, "Öppna formuläret igen")
    await work.quiet()
    assert work.teams.field_value(anna, "situation") == "Nästan klart"


async def test_what_phones_leave_out_is_empty_and_not_as_before(work: TeamsAtWork):
    anna = await opened(work)
    await work.teams.submits(anna, status="on_track", situation="Fel text")
    await work.quiet()
    await work.teams.says(anna, "rapport KOM-03")
    await work.quiet()
    await work.teams.fills(anna, situation="Halv text")
    await work.teams.submits(anna, "Avbryt")
    await work.teams.clicks(anna, "Öppna formuläret igen")
    await work.quiet()
    work.teams.leaves_out_empty = True
    await work.teams.fills(anna, situation=None)
    await work.teams.submits(anna, "Avbryt")
    await work.teams.clicks(anna, "Öppna formuläret igen")
    await work.quiet()
    assert work.teams.field_value(anna, "situation") == ""


async def test_sent_twice_it_is_one_report(work: TeamsAtWork):
    anna = await opened(work)
    await work.teams.submits(anna, twice=True, status="on_track", situation="Klart")
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_a_form_asked_for_in_a_channel_comes_to_the_personal_chat(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    await work.teams.says(anna, "rapport KOM-03 risk Dröjer", where=general)
    await work.quiet()
    posted = len(work.teams.messages(general))
    await work.teams.says(anna, "rapport KOM-03", where=general)
    await work.quiet()
    assert "status" in work.teams.field_names(anna)
    assert len([m for m in work.teams.messages(general) if m.by is None]) <= posted
    assert any("privata chatt" in work.teams.visible_text(one) for one in work.teams.targeted(anna))


async def test_a_button_in_a_channel_leaves_the_card_and_asks_privately(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    await work.teams.says(anna, "rapport KOM-03 risk Dröjer")
    await work.quiet()
    buttons = work.teams.visible_buttons(anna, general)
    assert buttons
    report = next(each for each in buttons if "apport" in each)
    await work.teams.clicks(anna, report, general)
    await work.quiet()
    assert "status" in work.teams.field_names(anna)
    assert "privata chatt" in work.teams.toasts(anna)[-1]
    assert not anna.views


async def test_while_the_database_is_away_the_form_stays_with_what_is_typed(work: TeamsAtWork):
    anna = await opened(work)
    await work.teams.fills(anna, status="on_track", situation="Klart")
    await work.wire.cut()
    await work.teams.submits(anna)
    await until(lambda: _told(work, anna))
    assert work.teams.field_value(anna, "situation") == "Klart"
    await work.wire.mend()
    await work.teams.submits(anna)
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def _told(work: TeamsAtWork, person: Person) -> bool:
    return any("gick inte att spara" in each for each in work.teams.toasts(person))


async def test_a_form_from_a_message_quotes_it_and_credits_the_author(work: TeamsAtWork):
    anna = await work.person()
    bo = work.teams.add_person("Bo Åberg", "bo@skovde.example.se")
    _team, general = await work.channel(anna, bo)
    line = await work.teams.says(
        bo, "Vi behöver & vill ha <mer>", where=general, mentions_bot=False
    )
    await work.teams.opens_message_extension(anna, "anteckna", line)
    held = work.teams.field_value(anna, "what")
    assert "Vi behöver & vill ha" in held
    assert "Bo Åberg" in held
    assert "https://" in held
    await work.teams.submits_dialog(anna, what="")
    assert work.teams.problem_at(anna, "what")
    await work.teams.submits_dialog(anna, what="Behov: upphandling")
    await work.quiet()
    assert anna.dialog is None
    assert "Antecknat: Behov: upphandling" in work.teams.toasts(anna)[-1]
    assert "Antecknat: Behov: upphandling" in work.teams.sees(anna)


async def test_a_dialog_that_cannot_be_saved_gives_the_words_back_to_be_tried_again(
    work: TeamsAtWork,
):
    anna = await work.person()
    _team, general = await work.channel(anna)
    line = await work.teams.says(anna, "Vi behöver bussar", where=general, mentions_bot=False)
    await work.teams.opens_message_extension(anna, "anteckna", line)
    await work.wire.cut()
    await work.teams.submits_dialog(anna, what="Många & långa ord")
    assert anna.dialog is not None
    assert "Många & långa ord" in work.teams.visible_text(anna.dialog.card)
    await work.wire.mend()
    await work.teams.clicks(anna, "Försök igen")
    await work.quiet()
    assert "Antecknat: Många & långa ord" in work.teams.sees(anna)


async def test_a_dialog_that_takes_long_is_answered_privately_and_leaves_no_draft(
    server_url: str,
):
    async with teams_at_work(server_url, answer_seconds=0.3) as work:
        work.running.side.desk.bot.conversations = with_note()
        anna = await work.person()
        _team, general = await work.channel(anna)
        line = await work.teams.says(anna, "Vi behöver bussar", where=general, mentions_bot=False)
        await work.teams.opens_message_extension(anna, "anteckna", line)
        async with work.copy.locked("turns"):
            await work.teams.submits_dialog(anna, what="Bussar")
            assert "Det tar lite tid" in work.teams.toasts(anna)[-1]
        await work.quiet()
        assert "Antecknat: Bussar" in work.teams.sees(anna)
        await until(lambda: _no_drafts(work))
        await work.teams.opens_message_extension(anna, "anteckna", line)
        async with work.copy.locked("turns"):
            await work.teams.submits_dialog(anna, what="")
        await work.quiet()
        assert "what" in work.teams.field_names(anna)


async def _no_drafts(work: TeamsAtWork) -> bool:
    return await work.ask("SELECT count(*) FROM drafts") == 0


async def test_put_away_late_it_is_kept_all_the_same(server_url: str):
    async with teams_at_work(server_url, answer_seconds=0.3) as work:
        anna = await work.person()
        await work.teams.says(anna, "rapport KOM-03")
        await work.quiet()
        await work.teams.fills(anna, situation="Nästan klart")
        async with work.copy.locked("drafts"):
            await work.teams.submits(anna, "Avbryt")
        await work.quiet()
        assert await work.ask("SELECT count(*) FROM drafts") == 1


async def test_a_stranger_is_told_how_to_get_in_by_a_dialog_too(work: TeamsAtWork):
    stranger = work.teams.add_person("Okänd", "okand@example.org")
    anna = await work.person()
    _team, general = await work.channel(anna, stranger)
    line = await work.teams.says(anna, "Hej", where=general, mentions_bot=False)
    await work.teams.opens_message_extension(stranger, "anteckna", line)
    assert "vem du är" in work.teams.toasts(stranger)[-1]


async def test_a_search_field_is_searched_in_our_own_directory(work: TeamsAtWork):
    anna = await work.person("it@skaraborg.example.se", "Ingrid")
    await work.teams.says(anna, "rapport")
    await work.quiet()
    await work.teams.fills(anna, activity="KOM-03")
    assert work.teams.field_value(anna, "activity") == "KOM-03"
