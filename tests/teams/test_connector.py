"""The connector answers as Microsoft's, held to by Microsoft's own client."""

import asyncio
from collections.abc import Awaitable

import httpx
import pytest
from microsoft_teams.api import Account, CreateConversationParams, MessageActivityInput

from tests.teams import Person
from tests.teams.conftest import Scene
from tests.teams.small_bot import SDK_WARNS, card, message, text

pytestmark = [
    pytest.mark.filterwarnings(SDK_WARNS),
    pytest.mark.filterwarnings("ignore:.*in preview"),
]


async def refusal(call: Awaitable[object]) -> tuple[int, str]:
    """Status and code of a call that is refused."""
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await call
    answer = refused.value.response
    return answer.status_code, answer.json()["error"]["code"]


def opening(person: Person, by: str = "") -> CreateConversationParams:
    """What opens a chat with somebody."""
    return CreateConversationParams(
        members=[Account(id=by or person.id)], tenant_id=person.tenant.id
    )


def words(said: str) -> MessageActivityInput:
    """A card that says so."""
    return message(card(text(said)), said[:100])


async def test_a_personal_chat_is_opened_and_is_the_same_again(scene: Scene):
    api, anna = scene.bot.api, scene.anna
    first = await api.create(opening(anna))
    again = await api.create(opening(anna, anna.object_id))
    assert first.id == again.id == scene.teams.personal_chat(anna).id
    await api.create_activity(first.id, words("Hej Anna"))
    assert scene.teams.sees(anna) == "Hej Anna"


async def test_a_chat_is_opened_with_those_only_who_have_the_app_somewhere(scene: Scene):
    api, teams = scene.bot.api, scene.teams
    await api.create(opening(scene.bo))
    carin = teams.add_person("Carin Lo", "carin@skovde.example.se")
    assert await refusal(api.create(opening(carin))) == (403, "BotNotInConversationRoster")
    await teams.installs(carin)
    await api.create(opening(carin))
    assert (await refusal(api.create(opening(carin, "29:nobody"))))[0] == 400


async def test_who_blocked_or_let_go_is_not_reached(scene: Scene):
    api, teams, anna = scene.bot.api, scene.teams, scene.anna
    here = teams.personal_chat(anna).id
    await teams.blocks(anna)
    said = await refusal(api.create_activity(here, words("Hej")))
    assert said == (403, "ConversationBlockedByUser")
    await teams.blocks(anna, blocked=False)
    await api.create_activity(here, words("Hej"))
    await teams.uninstalls(anna)
    said = await refusal(api.create_activity(here, words("Hej")))
    assert said == (403, "BotNotInConversationRoster")


async def test_a_reply_stands_in_its_thread(scene: Scene):
    api, teams = scene.bot.api, scene.teams
    begun = await teams.says(scene.bo, "hjälp", where=scene.channel)
    await api.create_activity(f"{scene.channel.id};messageid={begun.id}", words("Så här"))
    await api.create_activity(scene.channel.id, words("Nytt"))
    thread = [teams.visible_text(one) for one in teams.thread(scene.channel, begun)]
    assert thread == ["hjälp", "Så här"]
    assert len(teams.messages(scene.channel)) == 3
    nowhere = api.create_activity(f"{scene.channel.id};messageid=1", words("x"))
    assert await refusal(nowhere) == (404, "ActivityNotFoundInConversation")


async def test_what_the_bot_said_is_replaced_and_taken_away(scene: Scene):
    api, teams, here = scene.bot.api, scene.teams, scene.chat
    posted = await api.create_activity(here.id, words("Ett"))
    await api.update_activity(here.id, posted.id, words("Två"))
    assert teams.sees(scene.bo, here) == "Två"
    await api.delete_activity(here.id, posted.id)
    assert teams.messages(here) == []
    gone = (404, "ActivityNotFoundInConversation")
    assert await refusal(api.update_activity(here.id, posted.id, words("Tre"))) == gone
    theirs = await teams.says(scene.bo, "mitt", where=here)
    assert await refusal(api.delete_activity(here.id, theirs.id)) == (403, "Forbidden")


async def test_where_nobody_is_any_more_nothing_is_said(scene: Scene):
    api, teams, bo = scene.bot.api, scene.teams, scene.bo
    missing = (404, "ConversationNotFound")
    assert await refusal(api.create_activity("19:x@thread.v2", words("Hej"))) == missing
    await teams.deletes_channel(bo, scene.channel)
    assert await refusal(api.create_activity(scene.channel.id, words("Hej"))) == missing
    await teams.restores_channel(bo, scene.channel)
    await api.create_activity(scene.channel.id, words("Hej"))
    await teams.archives_team(bo, scene.team)
    assert (await refusal(api.create_activity(scene.channel.id, words("Hej"))))[0] == 403
    await teams.unarchives_team(bo, scene.team)
    await teams.removes_from_team(bo, scene.team)
    away = (403, "BotNotInConversationRoster")
    assert await refusal(api.create_activity(scene.channel.id, words("Hej"))) == away


async def test_another_tenants_bot_is_not_let_in(scene: Scene):
    other = scene.teams.add_tenant("Hjo")
    dan = scene.teams.add_person("Dan Ö", "dan@hjo.example.se", tenant=other, installed=True)
    here = scene.teams.personal_chat(dan)
    away = (403, "BotNotInConversationRoster")
    assert await refusal(scene.bot.api.create_activity(here.id, words("Hej"))) == away


async def test_members_are_told_one_by_one_and_by_the_page(scene: Scene):
    api, teams = scene.bot.api, scene.teams
    guest = teams.add_person("Eva Gäst", "eva@annan.example.com", role="guest", home_tenant="other")
    scene.chat.members.append(guest)
    found = await api.members_client.get_by_id(scene.chat.id, guest.object_id)
    assert (found.id, found.user_role, found.tenant_id) == (guest.id, "guest", "other")
    assert (found.given_name, found.surname, found.email) == ("Eva", "Gäst", guest.email)
    scene.chat.members += [teams.add_person(f"Nr {n}", f"{n}@x.example.se") for n in range(60)]
    page = await api.members_client.get_paged(scene.chat.id, 50)
    rest = await api.members_client.get_paged(scene.chat.id, 50, page.continuation_token)
    assert (len(page.members), len(rest.members), rest.continuation_token) == (50, 13, None)
    assert len(await api.members_client.get(scene.chat.id)) == 63
    nobody = api.members_client.get_by_id(scene.chat.id, "29:nobody")
    assert await refusal(nobody) == (404, "MemberNotFoundInConversation")


async def test_teams_and_channels_are_told(scene: Scene):
    client = scene.bot.app.api.teams
    about = await client.get_by_id(scene.team.id)
    assert (about.name, about.channel_count, about.member_count) == ("Kompetens", 2, 2)
    general, other = await client.get_conversations(scene.team.id)
    assert (general.id, general.name) == (scene.team.id, None)
    assert (other.id, other.name) == (scene.channel.id, "Möten")


async def test_a_targeted_message_is_seen_by_one_person(scene: Scene):
    api, teams, here = scene.bot.api, scene.teams, scene.chat
    whisper = words("Bara du").with_recipient(Account(id=scene.anna.id), is_targeted=True)
    await api.create_targeted_activity(here.id, whisper)
    assert teams.visible_text(teams.targeted(scene.anna)[0]) == "Bara du"
    assert teams.sees(scene.anna, here) == "Bara du"
    assert teams.sees(scene.bo, here) == ""
    assert teams.messages(here) == []
    own = teams.personal_chat(scene.anna).id
    assert (await refusal(api.create_targeted_activity(own, whisper)))[0] == 400
    assert len(teams.violations) == 1
    teams.violations.clear()


async def test_what_is_too_large_is_refused(scene: Scene):
    api, here = scene.bot.api, scene.chat.id
    await api.create_activity(here, words("x" * 41_500))
    assert await refusal(api.create_activity(here, words("x" * 52_000))) == (
        413,
        "MessageSizeTooBig",
    )
    assert ["81920 is safe" in each for each in scene.teams.violations] == [True, True]
    scene.teams.violations.clear()


async def test_trouble_comes_on_order(scene: Scene):
    api, teams, here = scene.bot.api, scene.teams, scene.chat
    for status in (412, 502, 503, 504):
        teams.fault("send", status=status, conversation=here)
        assert (await refusal(api.create_activity(here.id, words("Hej"))))[0] == status
    teams.fault("send", lost=True)
    assert (await refusal(api.create_activity(here.id, words("Ändå"))))[0] == 500
    teams.fault("send", lost="dropped")
    with pytest.raises(httpx.HTTPError):
        await api.create_activity(here.id, words("Också"))
    teams.fault("send", hold=0.2)
    waiting = asyncio.create_task(api.create_activity(here.id, words("Sent")))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await teams.settled()
    await waiting
    assert teams.sees(scene.bo, here) == "Ändå\nOckså\nSent"
    assert [one.status for one in teams.calls_of("send")] == [412, 502, 503, 504, 201, 201, 201]


async def test_too_much_at_once_is_throttled_for_that_conversation(scene: Scene):
    api, teams = scene.bot.api, scene.teams
    teams.limits_rates(speed=2.0)
    for number in range(7):
        await api.create_activity(scene.chat.id, words(str(number)))
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await api.create_activity(scene.chat.id, words("För mycket"))
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    await api.create_activity(scene.channel.id, words("Här går det"))
    await asyncio.sleep(0.55)
    await api.create_activity(scene.chat.id, words("Nu"))
    assert teams.throttled == 1
    teams.mends()
    for number in range(9):
        await api.create_activity(scene.chat.id, words(str(number)))
