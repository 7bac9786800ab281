"""Teams' connector, as one connection calls it: posts, updates, members, teams and their channels.

A `route` is the service URL that Teams said a conversation is reached at. Raises what httpx does,
and NoToken; the first call may take as long as a token does.
"""

from dataclasses import dataclass

from microsoft_teams.api import (
    Account,
    ApiClient,
    ConversationAccount,
    MessageActivityInput,
    TeamsChannelAccount,
)
from microsoft_teams.api.clients.conversation.params import CreateConversationParams

from bot.settings import TeamsConnection
from handlers.teams.sdk import App, to_threaded_conversation_id

BOT = "28:"
"""Before the app id, in the bot's id within Teams."""


@dataclass(frozen=True)
class Connector:
    """The calls of one connection."""

    connection: TeamsConnection
    app: App

    async def post(
        self,
        route: str,
        address: str,
        activity: MessageActivityInput,
        *,
        thread: str | None = None,
    ) -> str:
        """Post it, under the line `thread` if that is named; its id."""
        place = to_threaded_conversation_id(address, thread) if thread else address
        activity = self._signed(activity, place)
        return (await self._at(route).conversations.create_activity(place, activity)).id

    async def whisper(
        self,
        route: str,
        address: str,
        user: str,
        activity: MessageActivityInput,
        *,
        thread: str | None = None,
    ) -> None:
        """Post it for one member's eyes, where they are for a day at most."""
        place = to_threaded_conversation_id(address, thread) if thread else address
        activity = self._signed(activity, place).model_copy(
            update={"recipient": Account(id=user, is_targeted=True)}
        )
        await self._at(route).conversations.create_targeted_activity(place, activity)

    async def put(
        self, route: str, address: str, reference: str, activity: MessageActivityInput
    ) -> None:
        """Show it in the place of the activity `reference`."""
        signed = self._signed(activity, address).model_copy(update={"id": reference})
        await self._at(route).conversations.update_activity(address, reference, signed)

    async def delete(self, route: str, address: str, reference: str) -> None:
        """Take the activity away."""
        await self._at(route).conversations.delete_activity(address, reference)

    async def member(self, route: str, address: str, user: str) -> TeamsChannelAccount:
        """What Teams says of a member of the conversation."""
        return await self._at(route).conversations.get_member_by_id(address, user)

    async def personal_chat(self, route: str, user: str) -> str:
        """The address of the chat with one user, which is made if there is none."""
        made = CreateConversationParams(
            members=[Account(id=user)], tenant_id=self.connection.tenant_id
        )
        return (await self._at(route).conversations.create(made)).id

    async def team_name(self, route: str, team: str) -> str:
        """What the team is called."""
        return (await self._at(route).teams.get_by_id(team)).name or ""

    async def channels(self, route: str, team: str) -> dict[str, str]:
        """The channels of a team: their names by address. The first one's name is empty."""
        found = await self._at(route).teams.get_conversations(team)
        return {each.id: each.name or "" for each in found if each.id}

    def _at(self, route: str) -> ApiClient:
        here = route.rstrip("/")
        return (
            self.app.api
            if here == self.app.api.service_url
            else self.app.api.clone(service_url=here)
        )

    def _signed(self, activity: MessageActivityInput, place: str) -> MessageActivityInput:
        return activity.model_copy(
            update={
                "from_": Account(id=f"{BOT}{self.connection.app_id}"),
                "conversation": ConversationAccount(id=place),
            }
        )
