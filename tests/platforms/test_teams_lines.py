"""Lines typed in Teams: mentions, slash and dots; changed, taken away and put back."""

from collections.abc import AsyncGenerator

import pytest

from tests.platforms.teams_work import TeamsAtWork, teams_at_work


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[TeamsAtWork]:
    """The bot at work."""
    async with teams_at_work(server_url) as made:
        yield made


@pytest.mark.parametrize("words", ["/hjälp", "hjalp", "HJÄLP", "  hjälp  ", "/Hjalp"])
async def test_a_word_is_known_with_or_without_slash_and_dots(work: TeamsAtWork, words: str):
    anna = await work.person()
    await work.teams.says(anna, words)
    await work.quiet()
    assert "Det här kan du göra" in work.teams.sees(anna)


async def test_in_a_channel_only_what_mentions_the_bot_is_read(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    await work.teams.says(anna, "rapport KOM-03 grön Nej", where=general, mentions_bot=False)
    await work.quiet()
    assert await work.reports() == []
    await work.teams.says(anna, "rapport KOM-03 grön Ja", where=general)
    await work.quiet()
    assert await work.reports() == ["Ja"]


async def test_others_who_are_mentioned_stand_by_name_in_the_report(work: TeamsAtWork):
    anna = await work.person()
    bo = work.teams.add_person("Bo Åberg", "bo@skovde.example.se")
    _team, general = await work.channel(anna, bo)
    named = f"<at>{bo.name}</at>"
    words = f"<at>Samspel</at> rapport KOM-03 grön Frågade {named} om tid & pengar"
    told = work.teams.line(anna, words, where=general)
    told["entities"] += [
        {"type": "mention", "mentioned": told["recipient"], "text": "<at>Samspel</at>"},
        {"type": "mention", "mentioned": bo.account, "text": named},
    ]
    await work.teams.sends(told)
    await work.quiet()
    [report] = await work.reports()
    assert report == "Frågade Bo Åberg om tid & pengar"


async def test_in_a_group_chat_the_bot_answers_who_mentions_it(work: TeamsAtWork):
    anna = await work.person()
    chat = work.teams.add_chat("Planering", members=[anna])
    await work.teams.adds_to_chat(anna, chat)
    await work.quiet()
    assert "Samspel" in work.teams.sees(anna, chat)
    await work.teams.says(anna, "rapport KOM-03 grön Klart", where=chat)
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_a_line_that_is_changed_corrects_its_report(work: TeamsAtWork):
    anna = await work.person()
    line = await work.teams.says(anna, "rapport KOM-03 grön Kalrt")
    await work.quiet()
    await work.teams.edits(anna, line, "rapport KOM-03 grön Klart")
    await work.quiet()
    assert await work.ask("SELECT count(*) FROM status_reports WHERE replaces_id IS NOT NULL") == 1
    assert (await work.reports())[-1] == "Klart"


async def test_a_line_that_is_changed_in_a_channel_corrects_its_report(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    line = await work.teams.says(anna, "rapport KOM-03 grön Kalrt", where=general)
    await work.quiet()
    await work.teams.edits(anna, line, "rapport KOM-03 grön Klart")
    await work.quiet()
    assert (await work.reports())[-1] == "Klart"
    assert await work.ask("SELECT count(*) FROM status_reports WHERE replaces_id IS NOT NULL") == 1


async def test_a_line_that_is_taken_away_is_asked_about_and_put_back_it_stands(work: TeamsAtWork):
    anna = await work.person()
    line = await work.teams.says(anna, "rapport KOM-03 grön Klart")
    await work.quiet()
    said = len(work.teams.direct(anna))
    await work.teams.deletes(anna, line)
    await work.quiet()
    assert len(work.teams.direct(anna)) >= said
    await work.teams.restores(anna, line)
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_an_attachment_is_not_kept_and_said_so(work: TeamsAtWork):
    anna = await work.person()
    file = {"contentType": "image/png", "contentUrl": "https://example.com/x.png", "name": "x.png"}
    await work.teams.says(anna, "rapport KOM-03 grön Klart", attachments=[file])
    await work.quiet()
    assert "Jag sparar inte bilagor" in work.teams.sees(anna)
    assert await work.reports() == ["Klart"]


async def test_what_is_for_one_person_comes_to_their_own_chat(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    before = len(work.teams.messages(general))
    await work.teams.says(anna, "hjälp", where=general)
    await work.quiet()
    assert "Det här kan du göra" in work.teams.sees(anna)
    assert len(work.teams.messages(general)) == before + 1
    assert "privata chatt" in work.teams.visible_text(work.teams.targeted(anna)[-1])


async def test_it_is_told_who_may_when_somebody_may_not_press(work: TeamsAtWork):
    anna = await work.person()
    bo = await work.person("inflyttning@hjo.example.se", "Bo Lind")
    _team, general = await work.channel(anna, bo)
    await work.teams.says(anna, "rapport KOM-03 risk Dröjer")
    await work.quiet()
    label = next(each for each in work.teams.visible_buttons(bo, general) if "apport" in each)
    await work.teams.clicks(bo, label, general)
    await work.quiet()
    assert "rapportera KOM-03" in bo.toasts[-1]
    assert not bo.errors


async def test_trouble_is_told_and_what_was_typed_is_given_back(work: TeamsAtWork):
    anna = await work.person()
    await work.wire.cut()
    answer = work.teams.answer_to(await work.teams.says(anna, "rapport KOM-03 grön Klart"))
    assert answer.status == 200
    await work.teams.settled()
    await work.running.side.desk.patience.settled()
    assert "Du skrev: rapport KOM-03 grön Klart" in work.teams.sees(anna)
    await work.wire.mend()
    await work.teams.says(anna, "rapport KOM-03 grön Klart")
    await work.quiet()
    assert await work.reports() == ["Klart"]


async def test_trouble_with_a_line_in_a_channel_is_told_in_the_private_chat(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    await work.wire.cut()
    await work.teams.says(anna, "rapport KOM-03 grön Klart", where=general)
    await work.teams.settled()
    await work.running.side.desk.patience.settled()
    assert "Du skrev: rapport KOM-03 grön Klart" in work.teams.sees(anna).replace("samspel ", "")
    await work.wire.mend()


async def test_whoever_has_not_the_app_is_told_where_the_answer_went(work: TeamsAtWork):
    anna = await work.person()
    _team, general = await work.channel(anna)
    await work.copy.does("UPDATE conversations SET closed_at = now() WHERE kind = 'private'")
    anna.installed = False
    await work.teams.says(anna, "hjälp", where=general)
    await work.quiet()
    told = work.teams.visible_text(work.teams.targeted(anna)[-1])
    assert "inte i Teams" in told


async def test_what_takes_long_is_answered_in_time_and_comes_all_the_same(server_url: str):
    async with teams_at_work(server_url, answer_seconds=0.3) as work:
        anna = await work.person()
        async with work.copy.locked("status_reports"):
            answer = work.teams.answer_to(await work.teams.says(anna, "rapport KOM-03 grön Klart"))
            assert answer.status == 200
            assert answer.seconds < 5
        await work.quiet()
        assert await work.reports() == ["Klart"]


async def test_a_form_that_takes_long_is_kept_and_done_all_the_same(server_url: str):
    async with teams_at_work(server_url, answer_seconds=0.3) as work:
        anna = await work.person()
        await work.teams.says(anna, "rapport KOM-03")
        await work.quiet()
        async with work.copy.locked("status_reports"):
            await work.teams.submits(anna, status="on_track", situation="Klart")
            assert "Jag arbetar på det" in work.teams.toasts(anna)[-1]
        await work.quiet()
        assert await work.reports() == ["Klart"]
        assert work.teams.field_names(anna) == []
        assert await work.ask("SELECT count(*) FROM drafts") == 0
