"""A form that begins from somebody's message: its words, its author and a way back to it."""

from collections.abc import AsyncGenerator

import pytest

from handlers.slack.ids import shortcut_id
from tests.platforms.note_form import with_note
from tests.platforms.slack_work import AtWork, at_work


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work, with a conversation that has a shortcut of messages."""
    async with at_work(server_url) as made:
        made.running.side.desk.bot.conversations = with_note()
        yield made


async def test_the_words_are_quoted_and_the_author_credited(work: AtWork):
    reader = await work.person()
    writer = work.slack.add_user("Bo Åberg", "bo@skovde.example.se")
    channel = await work.channel(reader.user, writer)
    ts = await work.slack.says(writer, "Vi behöver &amp; vill ha <https://hjo.se|hjo.se>", channel)
    callback = shortcut_id("anteckna", of_message=True)
    acked = await work.slack.message_shortcut(reader.user, callback, ts, channel)
    assert acked.ok
    held = work.slack.field_value(reader.user, "what")
    assert "hjo.se" in held
    assert "Bo Åberg" in held
    assert "https://" in held
    await work.slack.submits(reader.user)
    await work.quiet()
    assert "Antecknat" in work.slack.visible_text(work.slack.direct(reader.user)[-1])


async def test_a_stranger_is_told_how_to_get_in(work: AtWork):
    stranger = work.slack.add_user("Okänd", "okand@example.org")
    channel = await work.channel(stranger)
    ts = await work.slack.says(stranger, "Hej", channel)
    await work.slack.message_shortcut(
        stranger, shortcut_id("anteckna", of_message=True), ts, channel
    )
    assert "Jag vet inte vem du är" in work.slack.visible_text(work.slack.modal(stranger))
