"""A form that begins from somebody's message: its words, its author and a way back to it."""

from collections.abc import AsyncGenerator, Mapping

import pytest

from bot.conversations.forms import TextField, Value
from bot.conversations.listed import all_conversations
from bot.conversations.protocol import Conversation, Quoted, Replies, Say, Shortcut, Turn
from bot.conversations.registry import Conversations
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card, text
from handlers.slack.ids import shortcut_id
from tests.platforms.slack_work import AtWork, at_work


class Note:
    """A form of one field, as later ones will be that begin from a message."""

    name = "anteckna"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> str | NotNow:
        return ""

    def first_values(self, context: str) -> dict[str, Value]:
        return {}

    def from_message(self, context: str, quoted: Quoted) -> Mapping[str, Value]:
        return {"what": f"{quoted.text} ({quoted.author}, {quoted.link})"}

    def steps(self, context: str, values: Mapping[str, Value]) -> list[Step]:
        what = TextField(name="what", label="Vad", required=True, lines=3)
        return [Step(name="s", title="Anteckna", fields=(what,), submit="Spara")]

    async def save(self, turn: Turn, context: str, answers: Answers) -> Replies:
        said = f"Antecknat: {answers['what']}"
        return (Say(card=Card(summary=said, parts=(text(said),))),)


async def answer(turn: Turn) -> Replies:
    return ()


NOTE = Conversation(
    name="anteckna",
    says=lambda: "Anteckna",
    answer=answer,
    forms=(Note(),),
    shortcuts=(Shortcut(form="anteckna", says=lambda: "Anteckna", of_message=True),),
)


@pytest.fixture
async def work(server_url: str) -> AsyncGenerator[AtWork]:
    """The bot at work, with a conversation that has a shortcut of messages."""
    async with at_work(server_url) as made:
        made.running.side.desk.bot.conversations = Conversations((*all_conversations(), NOTE))
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
