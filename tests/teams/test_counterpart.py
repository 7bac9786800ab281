"""The counterpart behaves as Teams does: what people do, and see."""

from datetime import date

import pytest

from tests.teams import teams_counterpart
from tests.teams.conftest import Scene
from tests.teams.small_bot import (
    SDK_WARNS,
    SmallBot,
    button,
    card,
    dialog,
    form,
    in_place,
    message,
    offered,
    row,
    words,
)
from tests.teams.small_bot import text as line

pytestmark = pytest.mark.filterwarnings(SDK_WARNS)


async def test_a_line_in_the_personal_chat_is_told_as_teams_tells_it(scene: Scene):
    said = await scene.teams.says(scene.anna, "läget <KOM-03> & mer")
    assert scene.teams.answer_to(said).ok
    [heard] = scene.bot.heard
    assert heard["text"] == "läget <KOM-03> & mer"
    assert heard["attachments"][0]["content"] == "<p>läget &lt;KOM-03&gt; &amp; mer</p>"
    assert heard["from"]["aadObjectId"] == scene.anna.object_id
    assert heard["conversation"]["conversationType"] == "personal"
    assert heard["channelData"]["tenant"]["id"] == scene.teams.tenant.id
    assert heard["recipient"]["id"] == f"28:{scene.teams.tenant.app_id}"
    assert heard["entities"][0]["locale"] == "sv-SE"


async def test_elsewhere_the_bot_hears_only_what_mentions_it(scene: Scene):
    await scene.teams.says(scene.bo, "hej alla", where=scene.channel, mentions_bot=False)
    begun = await scene.teams.says(scene.bo, "hjälp", where=scene.channel, mentions=[scene.anna])
    await scene.teams.says(scene.bo, "läget", where=scene.channel, thread=begun)
    await scene.teams.says(scene.bo, "hej", where=scene.chat)
    first, second, third = scene.bot.heard
    assert first["text"] == "<at>Samspel</at> <at>Anna Ek</at> hjälp\n"
    assert [each["mentioned"]["name"] for each in first["entities"][:2]] == ["Samspel", "Anna Ek"]
    where = f"{scene.channel.id};messageid={begun.id}"
    assert first["conversation"]["id"] == second["conversation"]["id"] == where
    assert first["channelData"]["team"]["id"] == scene.team.id == scene.team.general.id
    assert third["conversation"]["id"] == scene.chat.id
    assert [one.text for one in scene.teams.thread(scene.channel, begun)] == ["hjälp", "läget"]


async def test_lines_are_edited_taken_away_and_taken_back(scene: Scene):
    teams, anna = scene.teams, scene.anna
    said = await teams.says(anna, "grön")
    await teams.edits(anna, said, "gul")
    await teams.deletes(anna, said)
    assert teams.direct(anna) == []
    await teams.restores(anna, said)
    assert teams.sees(anna) == "gul"
    _, edited, gone, back = scene.bot.heard
    assert (edited["text"], edited["channelData"]["eventType"]) == ("gul", "editMessage")
    assert (gone["type"], gone["channelData"]["eventType"]) == (
        "messageDelete",
        "softDeleteMessage",
    )
    assert back["channelData"]["eventType"] == "undeleteMessage"
    assert {each["id"] for each in scene.bot.heard} == {said.id}


async def test_the_bot_comes_goes_and_is_told_of_both(scene: Scene):
    teams, bot = scene.teams, scene.bot
    await teams.installs(scene.bo)
    added, installed = bot.heard
    assert {"id": f"28:{teams.tenant.app_id}"}.items() <= added["membersAdded"][0].items()
    assert (installed["type"], installed["action"]) == ("installationUpdate", "add")
    await teams.uninstalls(scene.bo)
    assert bot.heard[-1]["action"] == "remove"

    team = teams.add_team("Ny grupp", channels=["Möten"], members=[scene.bo])
    await teams.adds_to_team(scene.bo, team, teams.channel(team, "Möten"))
    assert bot.heard[-2]["channelData"]["eventType"] == "teamMemberAdded"
    chosen = bot.heard[-1]["channelData"]["settings"]["selectedChannel"]["id"]
    assert chosen == teams.channel(team, "Möten").id
    await teams.removes_from_team(scene.bo, team)
    assert bot.heard[-1]["action"] == "remove"
    assert not team.general.bot_in


async def test_teams_and_channels_change(scene: Scene):
    teams, anna, team = scene.teams, scene.anna, scene.team
    await teams.renames_team(anna, team, "Kunskap")
    await teams.renames_channel(anna, scene.channel, "Träffar")
    await teams.deletes_channel(anna, scene.channel)
    await teams.restores_channel(anna, scene.channel)
    await teams.archives_team(anna, team)
    await teams.unarchives_team(anna, team)
    await teams.deletes_team(anna, team)
    told = [each["channelData"] for each in scene.bot.heard]
    assert [each["eventType"] for each in told] == [
        *("teamRenamed", "channelRenamed", "channelDeleted", "channelRestored"),
        *("teamArchived", "teamUnarchived", "teamDeleted"),
    ]
    assert told[0]["team"]["name"] == "Kunskap"
    assert told[1]["channel"] == {"id": scene.channel.id, "name": "Träffar"}


async def test_a_form_is_filled_in_and_answered_in_place_for_one_person(scene: Scene):
    teams, bot, anna = scene.teams, scene.bot, scene.anna
    posted = await bot.api.create_activity(scene.channel.id, message(form()))
    bot.answers["application/search"] = offered("Bo Åberg", "Åsa Öberg")
    await teams.fills(
        anna,
        scene.channel,
        state="Risk",
        words="Väntar",
        day=date(2026, 1, 2),
        who="bo",
        many=["Hjo", "Tibro"],
        sure=True,
    )
    bot.answers["adaptiveCard/action"] = in_place(card(line("Tack")))
    await teams.submits(anna, where=scene.channel)
    searched, told = bot.heard
    assert searched["value"]["dataset"] == "person"
    assert searched["value"]["queryText"] == "bo"
    assert told["replyToId"] == posted.id
    assert told["value"]["action"]["verb"] == "form"
    assert told["value"]["action"]["data"] == {
        **{"step": "1", "f.state": "at_risk", "f.words": "Väntar", "f.day": "2026-01-02"},
        **{"f.who": "bo", "f.many": "H,T", "f.sure": "true"},
    }
    assert "Tack" in teams.sees(anna, scene.channel)
    assert "Tack" not in teams.sees(scene.bo, scene.channel)
    await bot.api.update_activity(scene.channel.id, posted.id, message(card(line("Nytt"))))
    for person in (anna, scene.bo):
        assert teams.visible_text(teams.shown(person, scene.channel)[0]) == "Nytt"


async def test_what_is_left_empty_is_sent_as_the_client_does(scene: Scene):
    await scene.bot.api.create_activity(_own(scene), message(form()))
    scene.bot.answers["adaptiveCard/action"] = words("Fel")
    await scene.teams.submits(scene.anna)
    data = scene.bot.heard[-1]["value"]["action"]["data"]
    assert data == {"step": "1", "f.words": "", "f.day": "", "f.sure": "false"}
    scene.teams.leaves_out_empty = True
    await scene.teams.submits(scene.anna)
    assert scene.bot.heard[-1]["value"]["action"]["data"] == {"step": "1", "f.sure": "false"}
    assert scene.teams.toasts(scene.anna) == ["Fel", "Fel"]


async def test_what_is_wrong_stands_at_its_field(scene: Scene):
    drawn = form(**{"f.words": "x"})
    alarm = line("⚠️ För tidigt", color="Attention")
    drawn["body"][3:4] = [{"type": "Container", "items": [drawn["body"][3], alarm]}]
    drawn["body"].insert(3, line("⚠️ För kort", color="Attention"))
    await scene.bot.api.create_activity(_own(scene), message(drawn))
    at = {
        name: scene.teams.problem_at(scene.anna, name)
        for name in scene.teams.field_names(scene.anna)
    }
    assert {name: said for name, said in at.items() if said} == {
        "words": "⚠️ För kort",
        "day": "⚠️ För tidigt",
    }
    assert scene.teams.field_value(scene.anna, "words") == "x"


async def test_a_button_is_pressed_twice_and_a_wrong_answer_is_remembered(scene: Scene):
    teams, bot, anna = scene.teams, scene.bot, scene.anna
    await bot.api.create_activity(_own(scene), message(card(line("?"), row(button("Ja", ref="1")))))
    bot.answers["adaptiveCard/action"] = words("Tack")
    await teams.clicks(anna, "Ja", twice=True)
    first, second = bot.heard_of("adaptiveCard/action")
    assert first["id"] == second["id"]
    assert teams.toasts(anna) == ["Tack"]
    with pytest.raises(AssertionError, match="there are \\['Ja'\\]"):
        await teams.clicks(anna, "Nej")
    del bot.answers["adaptiveCard/action"]
    await teams.clicks(anna, "Ja")
    assert teams.errors(anna) == ["the answer could not be shown"]
    bot.answers["adaptiveCard/action"] = in_place(card(line("Kort"), version="1.6"))
    await teams.clicks(anna, "Ja")
    assert len(teams.violations) == 2
    assert "Kort" not in teams.sees(anna)
    teams.violations.clear()


async def test_a_message_extension_shows_a_dialog_that_is_sent(scene: Scene):
    teams, bot, anna = scene.teams, scene.bot, scene.anna
    said = await teams.says(scene.bo, "vi saknar <lokal>", where=scene.channel, mentions_bot=False)
    drawn = form()
    drawn["body"][-1] = row({"type": "Action.Submit", "title": "Skicka", "data": {"step": "1"}})
    bot.answers["composeExtension/fetchTask"] = dialog(drawn)
    await teams.opens_message_extension(anna, "need", said)
    told = bot.heard[-1]["value"]
    assert (told["commandId"], told["commandContext"]) == ("need", "message")
    assert told["messagePayload"]["body"]["content"] == "<p>vi saknar &lt;lokal&gt;</p>"
    assert teams.visible_buttons(anna) == ["Skicka"]
    bot.answers["composeExtension/submitAction"] = dialog(drawn)
    await teams.submits_dialog(anna, words="Lokal")
    data = bot.heard[-1]["value"]["data"]
    assert (data["step"], data["f.words"]) == ("1", "Lokal")
    assert teams.field_value(anna, "words") == ""
    bot.answers["composeExtension/submitAction"] = {"task": {"type": "message", "value": "Tack"}}
    await teams.submits_dialog(anna)
    assert teams.toasts(anna) == ["Tack"]
    assert anna.dialog is None


async def test_a_button_opens_a_dialog_and_is_closed_with_the_cross(scene: Scene):
    teams, bot, anna = scene.teams, scene.bot, scene.anna
    fetch = {"msteams": {"type": "task/fetch"}, "ref": "1"}
    opener = {"type": "Action.Submit", "title": "Öppna", "data": fetch}
    plain = {"type": "Action.Submit", "title": "Skicka", "data": {"ref": "2"}}
    read = {"type": "Action.OpenUrl", "title": "Läs", "url": "https://x.example.se"}
    posted = message(card(line("?"), row(opener, plain, read)))
    await bot.api.create_activity(scene.channel.id, posted)
    bot.answers["task/fetch"] = dialog(card(line("Mer"), row(plain)))
    await teams.clicks(anna, "Öppna", scene.channel)
    assert bot.heard[-1]["value"]["data"] == fetch
    assert "Mer" in teams.sees(anna, scene.channel)
    bot.answers["task/submit"] = {"task": {"type": "message", "value": "Tack"}}
    await teams.clicks(anna, "Skicka")
    assert (bot.heard[-1]["name"], bot.heard[-1]["value"]["data"]) == ("task/submit", {"ref": "2"})
    await teams.clicks(anna, "Öppna", scene.channel)
    teams.closes_dialog(anna)
    await teams.clicks(anna, "Skicka", scene.channel)
    assert (bot.heard[-1]["type"], bot.heard[-1]["value"]) == ("message", {"ref": "2"})
    assert teams.link(anna, "Läs", scene.channel) == "https://x.example.se"


async def test_more_is_unfolded_without_the_bot(scene: Scene):
    teams, anna = scene.teams, scene.anna
    more = {"type": "Action.ToggleVisibility", "title": "Mer", "targetElements": ["more"]}
    drawn = card(line("Kort"), line("Långt", id="more", isVisible=False), row(more))
    await scene.bot.api.create_activity(scene.channel.id, message(drawn))
    assert "Långt" not in teams.sees(anna, scene.channel)
    await teams.clicks(anna, "Mer", scene.channel)
    assert "Långt" in teams.sees(anna, scene.channel)
    assert "Långt" not in teams.sees(scene.bo, scene.channel)
    assert scene.bot.heard == []


async def test_a_card_is_refreshed_for_those_it_names(scene: Scene):
    teams, anna = scene.teams, scene.anna
    drawn = card(line("Kort"), refresh={"action": button("x", "look"), "userIds": [anna.id]})
    await scene.bot.api.create_activity(scene.channel.id, message(drawn))
    [posted] = teams.messages(scene.channel)
    assert await teams.refreshes(scene.bo, posted) is None
    await teams.refreshes(anna, posted)
    told = teams.entry.deliveries[-1].activity
    assert (told["value"]["trigger"], told["value"]["action"]["verb"]) == ("automatic", "look")
    # The SDK knows no other trigger than a person's hand.
    assert teams.violations[0].startswith("invoke adaptiveCard/action: answered 500")
    teams.violations.clear()


async def test_each_tenant_has_its_own_bot_and_people(scene: Scene):
    teams = scene.teams
    hjo = teams.add_tenant("Hjo")
    other = SmallBot(teams, hjo)
    dan = teams.add_person("Dan Ö", "dan@hjo.example.se", tenant=hjo)
    async with other.on_http():
        await teams.installs(dan)
        await teams.says(dan, "hej")
        await other.api.create_activity(teams.personal_chat(dan).id, message(card(line("Hej"))))
    assert [each["type"] for each in other.heard][-1] == "message"
    assert scene.bot.heard == []
    assert teams.sees(dan) == "hej\nHej"


async def test_what_breaks_a_rule_fails_at_the_end():
    with pytest.raises(AssertionError, match="/summary"):
        await _says_nothing_to_screen_readers()


async def _says_nothing_to_screen_readers() -> None:
    async with teams_counterpart() as teams:
        anna = teams.add_person("Anna Ek", "anna@skovde.example.se", installed=True)
        posted = message(card(line("Hej")), summary=" ")
        bot = SmallBot(teams, teams.tenant)
        async with bot.on_http():
            await bot.api.create_activity(teams.personal_chat(anna).id, posted)


async def test_a_dialog_is_sent_again_when_no_answer_comes_in_time(scene: Scene):
    scene.teams.entry.extension_seconds, scene.bot.slow = 0.1, 0.3
    scene.bot.answers["composeExtension/fetchTask"] = {"task": {"type": "message", "value": "x"}}
    answer = await scene.teams.opens_message_extension(scene.anna, "need", context="compose")
    assert answer.timed_out
    assert len({each["id"] for each in scene.bot.heard}) == 1
    assert len(scene.bot.heard) == 3


async def test_an_activity_comes_again_and_unknown_ones_may_come(scene: Scene):
    said = await scene.teams.says(scene.anna, "hej")
    await scene.teams.again(said)
    assert [each["id"] for each in scene.bot.heard] == [said.id, said.id]
    # The SDK breaks on what it does not know; a bot of ours may not.
    answer = await scene.teams.sends(scene.teams.activity(scene.anna, "somethingNew"))
    assert answer.status == 500
    assert scene.teams.violations == ["somethingNew: answered 500"]
    scene.teams.violations.clear()


async def test_a_bot_that_is_away_is_not_reached(scene: Scene):
    scene.teams.tenant.endpoint = "http://127.0.0.1:9/teams/small/messages"
    assert scene.teams.answer_to(await scene.teams.says(scene.anna, "hej")).lost


def _own(scene: Scene) -> str:
    return scene.teams.personal_chat(scene.anna).id
