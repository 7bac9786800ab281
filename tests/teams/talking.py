"""What people write: lines, corrections of them, and anything else that reaches the bot."""

from collections.abc import Iterable
from typing import Any

from tests.teams import activities
from tests.teams.answered import Answer
from tests.teams.findings import Json
from tests.teams.seeing import Seeing
from tests.teams.tokens import TokenKind
from tests.teams.world import Conversation, Message, Person, Tenant


class Talking(Seeing):
    """Each verb returns when the bot has answered, or Teams has given up waiting."""

    async def says(
        self,
        person: Person,
        words: str,
        *,
        where: Conversation | None = None,
        mentions_bot: bool = True,
        thread: Message | str = "",
        mentions: Iterable[Person] = (),
        attachments: Iterable[Json] = (),
    ) -> Message:
        """A line, in the personal chat or elsewhere; there the bot hears it when mentioned.

        `thread`: the message under which it is said. Returns it; `answer_to` tells the answer.
        """
        here = self.place(person, where)
        assert not here.gone, f"{here.name} is no more"
        root = thread.root if isinstance(thread, Message) else thread
        heard = here.kind == "personal" or mentions_bot
        bot = {"id": here.tenant.bot_id, "name": here.tenant.bot_name}
        named = [bot] if heard and here.kind != "personal" else []
        accounts = [*named, *(each.account for each in mentions)]
        activity = self.line(person, words, where=here, root=root, mentioned=accounts)
        activity["attachments"] += list(attachments)
        message = Message(activity["id"], person, activity, root or activity["id"], words)
        if here.kind == "channel":
            activity["conversation"] = activities.conversation(here, message.root)
        here.messages.append(message)
        if heard and self._hears(here):
            await self._told(here.tenant, activity)
        return message

    def line(
        self,
        person: Person,
        words: str,
        *,
        where: Conversation | None = None,
        root: str = "",
        mentioned: Iterable[Json] = (),
    ) -> Json:
        """The activity of a line, not sent: to be changed, and sent with `sends`."""
        here = self.place(person, where)
        return activities.line(self, person, here, words, root=root, mentioned=mentioned)

    async def edits(self, person: Person, message: Message, words: str) -> Answer:
        """Write one's own line anew."""
        here = self._own(person, message)
        message.text = words
        accounts = [
            each["mentioned"] for each in message.activity["entities"] if each["type"] == "mention"
        ]
        root = message.root if here.kind == "channel" else ""
        made = self.line(person, words, where=here, root=root, mentioned=accounts)
        return await self._changed(here, message, made, "messageUpdate", "editMessage")

    async def deletes(self, person: Person, message: Message) -> Answer:
        """Take one's own line away."""
        here = self._own(person, message)
        message.deleted = True
        made = activities.common(self, "messageDelete", person, here, message.root)
        return await self._changed(here, message, made, "messageDelete", "softDeleteMessage")

    async def restores(self, person: Person, message: Message) -> Answer:
        """Take back that one's own line was taken away."""
        here = self._own(person, message)
        message.deleted = False
        made = message.activity | {"timestamp": self.moment().isoformat()}
        return await self._changed(here, message, made, "messageUpdate", "undeleteMessage")

    async def again(self, message: Message | None = None) -> Answer:
        """The same activity once more, as when Teams is not sure that it came: the latest one."""
        deliveries = self.entry.deliveries
        last = next(
            one
            for one in reversed(deliveries)
            if message is None or one.activity.get("id") == message.id
        )
        return await self._told(last.tenant, last.activity)

    def answer_to(self, message: Message) -> Answer:
        """What the bot answered to a line, the latest time it was told."""
        told = [one for one in self.entry.deliveries if one.activity.get("id") == message.id]
        assert told, f"the bot was not told of {message.text!r}"
        return told[-1].answer

    async def sends(
        self,
        activity: Json,
        *,
        tenant: Tenant | None = None,
        token: TokenKind = "right",
    ) -> Answer:
        """Any activity as given, to the bot of a tenant (the first); refusals are no violations."""
        answer = await self.entry.send(tenant or self.tenants[0], activity, token=token)
        if answer.status is not None and answer.status >= 500:
            self.violations.append(f"{activity.get('type')}: answered {answer.status}")
        return answer

    def activity(
        self, person: Person, kind: str, *, where: Conversation | None = None, **more: Any
    ) -> Json:
        """An activity of any type, such as one that nobody knows yet, not sent."""
        return activities.common(self, kind, person, self.place(person, where), **more)

    def invoke(
        self, person: Person, name: str, value: Json, *, where: Conversation | None = None
    ) -> Json:
        """An invoke of any name, not sent."""
        return activities.invoke(self, person, self.place(person, where), name, value)

    def of_tenant(self, activity: Json, tenant_id: str) -> Json:
        """The activity as if it came from another tenant."""
        where = activity["conversation"] | {"tenantId": tenant_id}
        data = activity["channelData"] | {"tenant": {"id": tenant_id}}
        return activity | {"conversation": where, "channelData": data}

    async def _changed(
        self, here: Conversation, message: Message, made: Json, kind: str, event: str
    ) -> Answer:
        data = made["channelData"] | {"eventType": event}
        made = made | {"type": kind, "id": message.id, "channelData": data}
        heard = here.kind == "personal" or any(
            each["type"] == "mention" and each["mentioned"]["id"] == here.tenant.bot_id
            for each in message.activity["entities"]
        )
        if not heard or not self._hears(here):
            return Answer(None, None, 0.0)
        return await self._told(here.tenant, made)

    def _own(self, person: Person, message: Message) -> Conversation:
        assert message.by is person, f"{person.name} did not write {message.text!r}"
        return next(
            here for here in person.tenant.conversations.values() if message in here.messages
        )

    def _hears(self, here: Conversation) -> bool:
        return here.bot_in and not (here.kind == "personal" and here.members[0].blocked)

    async def _told(self, tenant: Tenant, activity: Json, within: float = 0.0) -> Answer:
        """Tell of something real: the bot has to take it."""
        answer = await self.entry.send(tenant, activity, within=within)
        if answer.status is not None and not answer.ok:
            what = f"{activity['type']} {activity.get('name', '')}".strip()
            self.violations.append(f"{what}: answered {answer.status} {answer.body!r:.200}")
        return answer
