"""Dialogs: of a message extension, and those that a button of a card opens."""

from typing import Any, Literal

from tests.teams import activities
from tests.teams.answered import Answer
from tests.teams.entry import EXTENSION_RETRIES
from tests.teams.findings import Json, Problem
from tests.teams.forms import Forms
from tests.teams.limits import dialog_problems
from tests.teams.world import Conversation, Dialog, Message, Person, Tenant

THEME = {"theme": "default"}


class Dialogs(Forms):
    """Opens, sends and closes the dialog of a person."""

    async def opens_message_extension(
        self,
        person: Person,
        command: str,
        message: Message | None = None,
        where: Conversation | None = None,
        *,
        context: Literal["message", "compose", "commandbox"] = "message",
    ) -> Answer:
        """Choose an action of the app, in a message's menu or beside where one writes."""
        here = self._where(person, message) if message else self.place(person, where)
        value: Json = {"commandId": command, "commandContext": context, "context": THEME}
        if message:
            value["messagePayload"] = activities.payload(message, person)
        made = activities.invoke(self, person, here, "composeExtension/fetchTask", value, message)
        answer = await self._extension(here.tenant, made)
        submit = "composeExtension/submitAction"
        self._shows(person, Dialog({}, "", {"value": value, "place": made}, submit), answer)
        return answer

    async def submits_dialog(
        self, person: Person, label: str | None = None, **values: Any
    ) -> Answer:
        """Fill in the open dialog and send it."""
        assert person.dialog, f"{person.name} has no dialog open"
        return await self.submits(person, label, **values)

    def closes_dialog(self, person: Person) -> None:
        """Close it with the cross; the bot hears nothing of that."""
        assert person.dialog, f"{person.name} has no dialog open"
        person.dialog = None

    async def submits_open_dialog(self, person: Person, data: Json) -> Answer:
        opened = person.dialog
        assert opened, f"{person.name} has no dialog open"
        made: Json = opened.command["place"] | {
            "id": f"f:{self.new_id()}",
            "name": opened.submit,
            "value": opened.command["value"] | {"data": data},
        }
        answer = await self._extension(person.tenant, made)
        self._shows(person, opened, answer)
        return answer

    async def fetches_dialog(self, person: Person, message: Message, data: Json) -> Answer:
        here = self._where(person, message)
        value: Json = {"data": data, "context": THEME}
        made = activities.invoke(self, person, here, "task/fetch", value, message)
        answer = await self._extension(here.tenant, made)
        self._shows(person, Dialog({}, "", {"value": value, "place": made}, "task/submit"), answer)
        return answer

    async def _extension(self, tenant: Tenant, made: Json) -> Answer:
        """Sent, and sent again when no answer comes in time; the last answer counts."""
        within = self.entry.extension_seconds
        answer = await self._told(tenant, made, within)
        for _ in range(EXTENSION_RETRIES):
            if not answer.timed_out:
                break
            answer = await self._told(tenant, made, within)
        return answer

    def _shows(self, person: Person, before: Dialog, answer: Answer) -> None:
        if not answer.ok:
            person.errors.append(f"dialog: {answer.status}")
            return
        problems: list[Problem] = []
        match answer.json:
            case {"task": task}:
                problems = dialog_problems(task)
                if not any(problem.refused for problem in problems):
                    self._goes_on(person, before, task)
            case {} as body if not body or "composeExtension" in body or "cacheInfo" in body:
                person.dialog = None
            case other:
                problems = [Problem("", f"no answer of a dialog: {other!r:.200}")]
        self.violated(before.submit, problems)
        if problems:
            person.errors.append("the dialog could not be shown")

    def _goes_on(self, person: Person, before: Dialog, task: Json) -> None:
        if task["type"] == "message":
            person.toasts.append(task["value"])
            person.dialog = None
            return
        info = task["value"]
        card = info["card"]["content"]
        person.dialog = Dialog(card, info["title"], before.command, before.submit)
