"""A form of one field that begins from a message, as later ones will."""

from collections.abc import Mapping

from bot.conversations.forms import TextField, Value
from bot.conversations.listed import all_conversations
from bot.conversations.protocol import Conversation, Quoted, Replies, Say, Shortcut, Turn
from bot.conversations.registry import Conversations
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card, text


class Note:
    """What is noted, with who said it."""

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


async def _answer(turn: Turn) -> Replies:
    return ()


NOTE = Conversation(
    name="anteckna",
    says=lambda: "Anteckna",
    answer=_answer,
    forms=(Note(),),
    shortcuts=(Shortcut(form="anteckna", says=lambda: "Anteckna", of_message=True),),
)


def with_note() -> Conversations:
    """All conversations and this one."""
    return Conversations((*all_conversations(), NOTE))
