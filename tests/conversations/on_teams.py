"""Somebody in Teams: what they type, fill in, click and see. Only this class knows Teams here."""

from functools import partial

from handlers.teams.side import TeamsSide
from storage.database import Database
from tests.conversations.said import nothing_waits
from tests.patience import until
from tests.teams import Conversation, Person, Teams

OPENS = "Öppna formuläret"


class OnTeams:
    """Somebody with an account that is linked, in the personal chat with the bot to begin with."""

    def __init__(
        self,
        teams: Teams,
        side: TeamsSide,
        database: Database,
        person: Person,
        channels: dict[str, Conversation],
    ) -> None:
        self._teams, self._side, self._database = teams, side, database
        self.person = person
        self._channels = channels
        self._where: Conversation | None = None

    async def says(self, words: str, *, channel: str = "") -> None:
        """Type a line, in the personal chat or in a channel, where the bot is mentioned."""
        self._where = self._channels[channel] if channel else None
        await self._teams.says(self.person, words, where=self._where)
        await self.waits()
        await self._takes_up_form()

    async def fills(self, **values: str) -> None:
        """Fill in the form that is shown, all of it if need be, and send it."""
        teams, person = self._teams, self.person
        if not set(values) <= set(teams.field_names(person)):
            shown = teams.field_names(person)
            there = {name: value for name, value in values.items() if name in shown}
            await teams.fills(person, None, **there)
            await teams.submits(person, "Mer")
            await self.waits()
        await teams.fills(person, None, **values)
        await teams.submits(person)
        await self.waits()
        await self._takes_up_form()

    async def clicks(self, label: str) -> None:
        """Press a button that is shown, found by its label; where they look, else privately."""
        for where in dict.fromkeys((self._where, None)):
            shown = self._teams.visible_buttons(self.person, where)
            named = [each for each in shown if each == label or each.startswith(label)]
            if named:
                exact = label if label in named else named[0]
                await self._teams.clicks(self.person, exact, where)
                break
        else:
            raise AssertionError(f"no button {label!r}")
        await self.waits()
        await self._takes_up_form()

    async def opens_home(self) -> None:
        """Have what is on one's own page said."""
        self._where = None
        await self.says("hem")

    def sees(self, words: str) -> bool:
        """Whether the words are shown."""
        return words in self._shown()

    def sees_under(self, field: str) -> str:
        """What stands at a field."""
        return self._teams.problem_at(self.person, field)

    def has_kept(self, **values: str) -> bool:
        """Whether the form still holds what was typed."""
        held = {name: self._teams.field_value(self.person, name) for name in values}
        return held == values

    async def sees_in(self, channel: str, words: str) -> None:
        """Wait until the channel shows the words."""
        self._where = self._channels[channel]

        async def shown() -> bool:
            return words in self._shown()

        await until(shown)

    async def hears(self, words: str) -> None:
        """Wait until the private chat shows the words."""
        self._where = None

        async def shown() -> bool:
            return words in self._shown()

        await until(shown)

    def count(self, words: str) -> int:
        """How many times the words are shown."""
        return self._shown().count(words)

    def _shown(self) -> str:
        there = [self._teams.sees(self.person, self._where)]
        if self._where is not None:
            # What is meant for one person comes to their own chat, which they look at too.
            there += [
                self._teams.visible_text(self._teams.view(self.person, each))
                for each in self._teams.direct(self.person)
                if each.by is None
            ]
        return "\n".join((*there, *self.person.toasts))

    async def waits(self) -> None:
        """Wait until all that the bot has to say has come."""
        await self._teams.settled()
        await self._side.desk.patience.settled()
        await until(partial(nothing_waits, self._database))
        await self._teams.settled()

    async def _takes_up_form(self) -> None:
        """What is said last offers a form: open it, as the person is asked to."""
        last = self._teams.direct(self.person)[-1:]
        if last and OPENS in self._teams.visible_buttons(self.person):
            shown = self._teams.visible_text(last[0])
            if OPENS in shown:
                await self._teams.clicks(self.person, OPENS, message=last[0])
                await self.waits()
