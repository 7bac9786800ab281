"""The database goes away under the bot: nothing saved is lost, and what is typed comes back.

The bot's way to the server is cut and mended; delivery goes on by itself.
"""

from functools import partial

import httpx

from bot.conversations.views import Card
from bot.outbox import Outbox, ToConversation
from tests.patience import until
from tests.platforms.three_scene import PLATFORMS, Channels, Everywhere, Three, on_three_platforms

OFFICER = "kompetens@skovde.example.se"
NOT_NOW = "Det gick inte att spara just nu"
TYPED = "rapport KOM-03 grön Typat i {where}"


async def _given_back(three: Three, anna: Everywhere, where: str) -> bool:
    """Whether what was typed there stands before the person, with that it was not saved."""
    words = TYPED.format(where=where)
    match where:
        case "slack":
            command, _, rest = words.partition(" ")
            acked = await three.slack.command(anna.on_slack.user, f"/{command}", rest)
            told = three.slack.visible_text(acked.json)
            return NOT_NOW in told and words in told
        case "teams":
            seen = (
                three.teams.visible_text(each)
                for each in three.teams.direct(anna.on_teams.person)
                if each.by is None
            )
            return any(NOT_NOW in told and words in told for told in seen)
        case _:
            return anna.browser.status == 503 and anna.browser.sees(words)


async def _said_by_somebody_else(three: Three, channels: Channels) -> None:
    """Another process, which reaches the database, says something in each channel."""
    addresses = (channels.slack, channels.teams.id, f"channel:{channels.web}")
    outbox = Outbox()
    found = await three.copy.column(
        "SELECT id FROM conversations WHERE address = ANY(:these) OR address LIKE :teams",
        these=list(addresses),
        teams=f"{channels.teams.id}%",
    )
    for conversation in found:
        outbox.say(ToConversation(conversation), lambda: Card(summary="Sagt under avbrottet"))
    async with three.copy.database.transaction() as db:
        await outbox.flush(db)


async def test_what_was_saved_arrives_and_what_is_typed_meanwhile_comes_back_to_be_sent_again(
    server_url: str,
):
    async with on_three_platforms(server_url) as three:
        anna = await three.person(OFFICER, "Anna Ek")
        channels = await three.channels(anna, "Kompetens")
        await anna.browser.open("/chatt")
        saved = await three.slack.command(
            anna.on_slack.user, "/rapport", "KOM-03 grön Före avbrottet"
        )
        assert saved.ok
        await three.copy.wire.cut()
        await _said_by_somebody_else(three, channels)

        await three.teams.says(anna.on_teams.person, TYPED.format(where="teams"))
        await anna.browser.says(TYPED.format(where="web"))
        for where in PLATFORMS:
            await until(partial(_given_back, three, anna, where))

        await three.copy.wire.mend()
        await until(partial(_is_ready, three))
        await anna.browser.presses("Skicka igen")
        await three.quiet()
        for where in ("slack", "teams"):
            await anna.at(where).says(TYPED.format(where=where))
        await three.quiet()
        assert sorted(await _situations(three)) == [
            "Före avbrottet",
            *(f"Typat i {where}" for where in PLATFORMS),
        ]
        assert len((await anna.told_of("Sparat"))["slack"]) == 2
        for where, posts in (await channels.posts()).items():
            said = [words for words in posts.values() if "Sagt under avbrottet" in words]
            assert len(said) == 1, where
        assert await three.copy.ask("SELECT count(*) FROM messages WHERE state <> 'sent'") == 0
        assert (
            await three.copy.ask(
                "SELECT count(*) FROM conversations WHERE failing_since IS NOT NULL"
            )
            == 0
        )


async def _situations(three: Three) -> list[str]:
    return list(await three.copy.column("SELECT situation FROM status_reports"))


async def _is_ready(three: Three) -> bool:
    """Whether the bot has its database again, as orchestration asks."""
    async with httpx.AsyncClient() as client:
        return (await client.get(f"{three.running.where}/health/ready")).status_code == 200
