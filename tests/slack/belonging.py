"""Who is where, and what becomes of channels, people and the installation."""

from collections.abc import Iterable
from typing import Any

from tests.slack.acknowledged import Acked
from tests.slack.findings import Json
from tests.slack.talking import Talking
from tests.slack.web_api.people import described
from tests.slack.workspace import Channel

LETTER = {"channel": "C", "group": "G", "im": "D"}
"""`channel_type` in events of membership."""


class Belonging(Talking):
    """Each verb returns when the bot has acknowledged what it hears of it."""

    def add_user(self, name: str, email: str, **more: Any) -> str:
        """A new person; `more`: locale, restricted, ultra_restricted, deleted, is_bot, team_id."""
        return self.space.add_user(name, email, **more).id

    def add_channel(
        self, name: str, *, private: bool = False, members: Iterable[str] = (), shared: bool = False
    ) -> str:
        """A new channel; nobody is told. `shared`: with other organisations, by Slack Connect."""
        channel = self.space.add_channel(name, private=private)
        channel.members |= set(members)
        channel.shared = shared
        return channel.id

    async def invites(self, channel: str, who: str, by: str = "") -> None:
        """Somebody, or the bot, comes into a channel."""
        here = self.space.channels[channel]
        here.members.add(who)
        if self.space.bot_is_in(here):
            await self.event(self._membership("member_joined_channel", here, who, by))

    async def removes(self, channel: str, who: str, by: str = "") -> None:
        """Somebody, or the bot, is taken out of a channel, or leaves it."""
        here = self.space.channels[channel]
        heard = self.space.bot_is_in(here)
        here.members.discard(who)
        if not heard:
            return
        if who != self.space.bot.id:
            await self.event(self._membership("member_left_channel", here, who, ""))
            return
        # Of its own leaving the bot hears only this: github.com/slackapi/bolt-js/issues/1847.
        gone: Json = {"channel": here.id, "actor_id": by, "event_ts": self.space.new_ts()}
        await self.event({"type": f"{here.kind}_left"} | gone)

    def _membership(self, kind: str, channel: Channel, who: str, by: str) -> Json:
        event: Json = {
            "type": kind,
            "user": who,
            "channel": channel.id,
            "channel_type": LETTER[channel.kind],
            "team": self.space.team_id,
            "event_ts": self.space.new_ts(),
        }
        return event | ({"inviter": by} if by else {})

    async def archives(self, channel: str, by: str = "") -> None:
        """A channel is put away."""
        here = self.space.channels[channel]
        here.archived = True
        await self._hears(here, {"type": f"{here.kind}_archive", "channel": here.id, "user": by})

    async def unarchives(self, channel: str, by: str = "") -> None:
        """A channel is taken up again."""
        here = self.space.channels[channel]
        here.archived = False
        event = {"type": f"{here.kind}_unarchive", "channel": here.id, "user": by}
        await self._hears(here, event)

    async def renames(self, channel: str, name: str) -> None:
        """A channel gets another name."""
        here = self.space.channels[channel]
        here.name = name
        told = {"id": here.id, "name": name, "name_normalized": name, "created": 1_700_000_000}
        told |= {"is_channel": here.kind == "channel", "is_mpim": False}
        await self._hears(here, {"type": f"{here.kind}_rename", "channel": told})

    async def deletes_channel(self, channel: str, by: str = "") -> None:
        """A channel is gone for good."""
        here = self.space.channels[channel]
        here.deleted = True
        event = {"type": f"{here.kind}_deleted", "channel": here.id}
        await self._hears(here, event | ({"actor_id": by} if by else {}))

    async def _hears(self, channel: Channel, event: Json) -> None:
        if channel.kind == "channel" or self.space.bot_is_in(channel):
            await self.event(event | {"event_ts": self.space.new_ts()})

    async def changes_user(self, user: str, **changes: Any) -> Acked:
        """What Slack knows of a person changes: fields of `User`, as email, deleted, locale."""
        person = self.person(user)
        for name, value in changes.items():
            assert hasattr(person, name), f"people have no {name}"
            setattr(person, name, value)
        mail = "users:read.email" in self.space.scopes
        told = described(self.space, person, mail=mail, locale=True)
        now = self.space.new_ts()
        event = {"type": "user_change", "user": told, "cache_ts": int(self.space.clock())}
        return await self.event(event | {"event_ts": now})

    async def uninstalls(self) -> None:
        """The app is taken out of the workspace: its tokens are dead, and it is told."""
        self.space.installed = False
        await self.event({"type": "app_uninstalled", "event_ts": self.space.new_ts()})
        await self.event(self._revoked([], [self.space.bot.id]))

    async def revokes_tokens(self, bot: Iterable[str] = (), oauth: Iterable[str] = ()) -> Acked:
        """Tokens of these users are taken back; the bot's user takes its tokens with it."""
        users = list(bot)
        if self.space.bot.id in users:
            self.space.revoked |= self.space.tokens
            self.space.tokens.clear()
        return await self.event(self._revoked(list(oauth), users))

    def _revoked(self, oauth: list[str], bot: list[str]) -> Json:
        now = self.space.new_ts()
        return {"type": "tokens_revoked", "tokens": {"oauth": oauth, "bot": bot}, "event_ts": now}
