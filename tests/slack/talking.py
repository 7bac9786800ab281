"""What people say: commands, messages, edits, shortcuts."""

import asyncio

from tests.slack import payloads
from tests.slack.acknowledged import Acked
from tests.slack.findings import Json
from tests.slack.messages import as_typed, changed, escaped, event_of, removed, say, seen
from tests.slack.responding import answer_to_command
from tests.slack.seeing import Seeing
from tests.slack.workspace import Channel


class Talking(Seeing):
    """Each verb returns when the bot has acknowledged, or Slack has given up waiting."""

    async def command(
        self, user: str, word: str, text: str = "", channel: str | None = None
    ) -> Acked:
        """`/word text`; what the acknowledgement holds is shown."""
        here = self.place(user, channel)
        payload = payloads.command(self, self.person(user), here, word, escaped(text.strip()))
        acked = await self.board.entry.send("slash_commands", payload)
        if acked.ok:
            answer_to_command(self, user, here.id, acked.body)
        return acked

    async def says(
        self, user: str, text: str, channel: str | None = None, thread_ts: str | None = None
    ) -> str:
        """A message; the bot hears it where it is a member. Returns its `ts`."""
        here = self.place(user, channel)
        assert here.kind == "im" or user in here.members, f"{user} is not in {here.name}"
        message = say(self, here, self.person(user), text, thread_ts)
        if self.space.bot_is_in(here):
            heard = message | {"channel": here.id, **event_of(here, message["ts"])}
            events = [heard]
            if here.kind != "im" and f"<@{self.space.bot.id}>" in message["text"]:
                mention = {key: each for key, each in heard.items() if key != "channel_type"}
                events.append(mention | {"type": "app_mention"})
            await asyncio.gather(*(self.event(event) for event in events))
        return message["ts"]

    async def edits(self, user: str, ts: str, text: str, channel: str | None = None) -> Acked:
        """Write one's own message anew."""
        here = self.place(user, channel)
        message = self._own(user, here, ts)
        before = dict(message)
        message["text"] = as_typed(text)
        message["edited"] = {"user": user, "ts": self.space.new_ts()}
        return await self.event(changed(self, here, message, before))

    async def deletes(self, user: str, ts: str, channel: str | None = None) -> Acked:
        """Take one's own message away."""
        here = self.place(user, channel)
        return await self.event(removed(self, here, self._own(user, here, ts)))

    def _own(self, user: str, channel: Channel, ts: str) -> Json:
        message = channel.find(ts)
        assert message, f"no message {ts} in {channel.name}"
        assert message["user"] == user, f"{user} did not write {message['text']!r}"
        return message

    async def shortcut(self, user: str, callback_id: str) -> Acked:
        """A global shortcut."""
        payload = payloads.shortcut(self, self.person(user), callback_id)
        return await self.board.entry.send("interactive", payload)

    async def message_shortcut(self, user: str, callback_id: str, ts: str, channel: str) -> Acked:
        """A shortcut of a message's menu."""
        here = self.place(user, channel)
        message = here.find(ts)
        assert message, f"no message {ts} in {here.name}"
        payload = payloads.message_shortcut(self, self.person(user), callback_id, here, message)
        return await self.board.entry.send("interactive", payload)

    async def opens_home(self, user: str, tab: str = "home") -> Acked:
        """Open the app's page."""
        home = self.home(user)
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.space.direct(user).id,
            "tab": tab,
            "event_ts": self.space.new_ts(),
        }
        return await self.event(event | ({"view": home} if home and tab == "home" else {}))

    async def event(self, event: Json) -> Acked:
        """Any event, as given; told again later when it is not received."""
        return await self.board.entry.event(self.envelope(seen(event)))
