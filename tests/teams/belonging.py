"""Where the bot is, and what happens to teams and channels."""

from collections.abc import Iterable
from typing import Any

from tests.teams import activities
from tests.teams.answered import Answer
from tests.teams.findings import Json
from tests.teams.talking import Talking
from tests.teams.world import Conversation, Person, Team, add_channel, guid, personal_chat


class Belonging(Talking):
    """Installs, invites, renames, removes; each as Teams tells the bot of it."""

    async def installs(self, person: Person) -> Answer:
        """Get the app for oneself."""
        person.installed, person.blocked = True, False
        here = personal_chat(person)
        here.bot_in = True
        await self._members(person, here, added=[{"id": here.tenant.bot_id}, person.account])
        return await self._installation(person, here, "add")

    async def uninstalls(self, person: Person) -> Answer:
        """Let the app go."""
        person.installed = False
        here = personal_chat(person)
        here.bot_in = False
        return await self._installation(person, here, "remove")

    async def blocks(self, person: Person, *, blocked: bool = True) -> None:
        """Want to hear no more of the bot, or want to again; Teams tells nobody."""
        person.blocked = blocked

    async def adds_to_team(
        self, person: Person, team: Team, channel: Conversation | None = None
    ) -> Answer:
        """Have the bot in a team, `channel` being the one chosen for what it says first."""
        assert person in team.members, f"{person.name} is not in {team.name}"
        self._in_team(team, bot_in=True)
        bot = [{"id": team.tenant.bot_id}]
        data = activities.team_data(team, "teamMemberAdded")
        await self._members(person, team.general, added=bot, data=data)
        chosen = {"settings": {"selectedChannel": {"id": (channel or team.general).id}}}
        more = activities.team_data(team, "installationUpdate") | chosen
        return await self._installation(person, team.general, "add", more)

    async def removes_from_team(self, person: Person, team: Team) -> Answer:
        """Send the bot away."""
        bot = [{"id": team.tenant.bot_id}]
        data = activities.team_data(team, "teamMemberRemoved")
        self._in_team(team, bot_in=False)
        await self._members(person, team.general, removed=bot, data=data)
        return await self._installation(person, team.general, "remove", data)

    async def adds_to_chat(self, person: Person, chat: Conversation) -> Answer:
        """Have the bot in a group chat."""
        self.place(person, chat)
        chat.bot_in = True
        await self._members(person, chat, added=[{"id": chat.tenant.bot_id}])
        return await self._installation(person, chat, "add")

    async def removes_from_chat(self, person: Person, chat: Conversation) -> Answer:
        """Send the bot away from a group chat."""
        chat.bot_in = False
        await self._members(person, chat, removed=[{"id": chat.tenant.bot_id}])
        return await self._installation(person, chat, "remove")

    async def joins(self, person: Person, where: Team | Conversation) -> Answer:
        """Become a member of a team or group chat where the bot is."""
        where.members.append(person)
        if isinstance(where, Team):
            data = activities.team_data(where, "teamMemberAdded")
            return await self._members(person, where.general, added=[person.account], data=data)
        return await self._members(person, where, added=[person.account])

    async def leaves(self, person: Person, where: Team | Conversation) -> Answer:
        """Be a member no more."""
        where.members.remove(person)
        if isinstance(where, Team):
            data = activities.team_data(where, "teamMemberRemoved")
            return await self._members(person, where.general, removed=[person.account], data=data)
        return await self._members(person, where, removed=[person.account])

    async def renames_team(self, person: Person, team: Team, name: str) -> Answer:
        """Call a team something else."""
        team.name = name
        return await self._team_event(person, team, "teamRenamed")

    async def archives_team(self, person: Person, team: Team) -> Answer:
        """Close a team for writing."""
        team.archived = True
        return await self._team_event(person, team, "teamArchived")

    async def unarchives_team(self, person: Person, team: Team) -> Answer:
        """Open it again."""
        team.archived = False
        return await self._team_event(person, team, "teamUnarchived")

    async def deletes_team(self, person: Person, team: Team) -> Answer:
        """Take a team away."""
        team.deleted = True
        return await self._team_event(person, team, "teamDeleted")

    async def restores_team(self, person: Person, team: Team) -> Answer:
        """Take back that it was taken away."""
        team.deleted = False
        return await self._team_event(person, team, "teamRestored")

    async def creates_channel(self, person: Person, team: Team, name: str) -> Conversation:
        """A new channel in a team."""
        made = add_channel(team, name)
        await self._channel_event(person, made, "channelCreated")
        return made

    async def renames_channel(self, person: Person, channel: Conversation, name: str) -> Answer:
        """Call a channel something else."""
        channel.name = name
        return await self._channel_event(person, channel, "channelRenamed")

    async def deletes_channel(self, person: Person, channel: Conversation) -> Answer:
        """Take a channel away."""
        channel.deleted = True
        return await self._channel_event(person, channel, "channelDeleted")

    async def restores_channel(self, person: Person, channel: Conversation) -> Answer:
        """Take back that it was taken away."""
        channel.deleted = False
        return await self._channel_event(person, channel, "channelRestored")

    async def renames_chat(self, person: Person, chat: Conversation, name: str) -> Answer:
        """Give a group chat a name."""
        chat.name = name
        return await self._event(person, chat, activities.channel_data(chat), topicName=name)

    async def _team_event(self, person: Person, team: Team, event: str) -> Answer:
        return await self._event(person, team.general, activities.team_data(team, event))

    async def _channel_event(self, person: Person, channel: Conversation, event: str) -> Answer:
        team = channel.team
        assert team, f"{channel.name} is no channel"
        about = {"channel": {"id": channel.id, "name": channel.name}}
        return await self._event(person, team.general, activities.team_data(team, event) | about)

    async def _members(
        self,
        person: Person,
        here: Conversation,
        *,
        added: Iterable[Json] = (),
        removed: Iterable[Json] = (),
        data: Json | None = None,
    ) -> Answer:
        changed = {"membersAdded": list(added), "membersRemoved": list(removed)}
        told = {key: value for key, value in changed.items() if value}
        return await self._event(person, here, data or activities.channel_data(here), **told)

    async def _event(self, person: Person, here: Conversation, data: Json, **more: Any) -> Answer:
        made = activities.common(self, "conversationUpdate", person, here, **more)
        about = made | {"id": f"f:{guid()}", "channelData": data, "entities": []}
        return await self._told(here.tenant, about)

    async def _installation(
        self, person: Person, here: Conversation, action: str, data: Json | None = None
    ) -> Answer:
        made = activities.common(self, "installationUpdate", person, here, action=action)
        source = {"source": {"name": "message"}}
        about = (data or activities.channel_data(here)) | source
        return await self._told(here.tenant, made | {"id": f"f:{guid()}", "channelData": about})

    def _in_team(self, team: Team, *, bot_in: bool) -> None:
        team.bot_in = bot_in
        for channel in team.channels:
            channel.bot_in = bot_in
