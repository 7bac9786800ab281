"""Somebody in Slack: what they type, fill in, click and see. Only this class knows Slack here."""

from functools import partial
from typing import Any

from handlers.slack.side import SlackSide
from storage.database import Database
from tests.conversations.said import nothing_waits
from tests.patience import until
from tests.slack import Slack

OPENS = "Öppna formuläret"


class OnSlack:
    """Somebody with an account that is linked, in the private chat with the bot to begin with."""

    def __init__(
        self, slack: Slack, side: SlackSide, database: Database, user: str, channels: dict[str, str]
    ) -> None:
        self._slack, self._side, self._database = slack, side, database
        self.user = user
        self._channels = channels
        self._where = ""
        self._refused = False

    async def says(self, words: str, *, channel: str = "") -> None:
        """Type a line, in the private chat or in a channel, where the bot is mentioned."""
        self._where = channel
        if channel:
            mention = f"<@{self._slack.bot_user_id}> {words}"
            await self._slack.says(self.user, mention, channel=self._channels[channel])
        else:
            await self._slack.says(self.user, words)
        await self.waits()
        await self._takes_up_form()

    async def fills(self, **values: str) -> None:
        """Fill in the form that is shown, all of it if need be, and send it."""
        self._refused = False
        if not set(values) <= set(self._slack.field_names(self.user)):
            await self._slack.fills(self.user, **self._there(values))
            if "Mer" in self._slack.visible_buttons(self.user):
                await self._slack.clicks(self.user, "Mer")
                await self.waits()
        await self._slack.fills(self.user, **values)
        try:
            await self._slack.submits(self.user)
        except AssertionError:
            # Slack's client itself does not send it, and says so at each field.
            self._refused = True
            return
        await self.waits()
        await self._takes_up_form()

    def _there(self, values: dict[str, str]) -> dict[str, str]:
        shown = self._slack.field_names(self.user)
        return {name: value for name, value in values.items() if name in shown}

    async def clicks(self, label: str) -> None:
        """Press a button that is shown, found by its label."""
        where = "home" if self._where == "home" else self._channels.get(self._where)
        shown = self._slack.visible_buttons(self.user, where)
        named = [label] if label in shown else [each for each in shown if each.startswith(label)]
        await self._slack.clicks(self.user, (*named, label)[0], channel=where)
        await self.waits()
        await self._takes_up_form()

    async def opens_home(self) -> None:
        """Go to one's own page."""
        if self._slack.modal(self.user):
            await self._slack.closes(self.user)
        self._where = "home"
        await self._slack.opens_home(self.user)
        await self.waits()

    def sees(self, words: str) -> bool:
        """Whether the words are shown."""
        return words in self._shown()

    def sees_under(self, field: str) -> str:
        """What stands at a field: a problem, or our hint where Slack's client wants it filled."""
        block = self._block(field)
        label = block["label"]["text"]
        told = [self._slack.modal_errors(self.user).get(field, "")]
        told += [
            words.partition(": ")[2]
            for words in self._shown().splitlines()
            if words.startswith(f"⚠️ {label}: ")
        ]
        if self._refused and not block.get("optional"):
            told.append((block.get("hint") or {}).get("text", ""))
        return " ".join(told)

    def has_kept(self, **values: str) -> bool:
        """Whether the form still holds what was typed."""
        held = {name: self._slack.field_value(self.user, name) for name in values}
        return all(held[name] in (value, [value]) for name, value in values.items())

    async def sees_in(self, channel: str, words: str) -> None:
        """Wait until the channel shows the words."""
        self._where = channel

        async def shown() -> bool:
            return words in self._shown()

        await until(shown)

    async def hears(self, words: str) -> None:
        """Wait until the private chat shows the words."""
        self._where = ""

        async def shown() -> bool:
            return words in self._shown()

        await until(shown)

    def count(self, words: str) -> int:
        """How many times the words are shown."""
        return self._shown().count(words)

    def _shown(self) -> str:
        slack = self._slack
        shown: list[Any] = []
        if self._where == "home":
            shown.append(slack.home(self.user))
        elif self._where:
            shown += slack.messages(self._channels[self._where])
            shown += slack.ephemerals(self.user)
        else:
            shown += slack.direct(self.user)
            shown += slack.ephemerals(self.user)
        shown.append(slack.modal(self.user))
        return "\n".join(slack.visible_text(each) for each in shown if each)

    def _block(self, field: str) -> dict[str, Any]:
        modal = self._slack.modal(self.user)
        assert modal, "no form is shown"
        fields = [block for block in modal["blocks"] if block["type"] == "input"]
        found = [one for one in fields if one["block_id"].rpartition(".")[2] == field]
        assert found, f"no field {field!r} among {self._slack.field_names(self.user)}"
        return found[0]

    async def waits(self) -> None:
        """Wait until all that the bot has to say has come."""
        await self._slack.settled()
        await self._side.desk.patience.settled()

        await until(partial(nothing_waits, self._database))
        await self._slack.settled()

    async def _takes_up_form(self) -> None:
        """What is said last offers a form: open it, as the person is asked to."""
        if self._slack.modal(self.user) or self._where == "home":
            return
        last = self._slack.direct(self.user)[-1:]
        if last and OPENS in self._slack.visible_text(last[0]):
            await self._slack.clicks(self.user, OPENS)
            await self.waits()
