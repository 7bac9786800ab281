"""What people press: buttons of cards, and what the client does with the answer."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.teams import activities
from tests.teams.answered import Answer
from tests.teams.check_card import walk
from tests.teams.filling import refused_by_client, sent
from tests.teams.findings import Json, Problem
from tests.teams.limits import card_answer_problems
from tests.teams.seeing import actions_of, inputs_of
from tests.teams.talking import Talking
from tests.teams.words import read_plain
from tests.teams.world import CARD, Conversation, Dialog, Message, Person

WORDS = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
UNREACHED = "Unable to reach app. Please try again."


@dataclass(frozen=True)
class Button:
    """Something that can be pressed: its words, and where it stands."""

    label: str
    action: Json
    card: Json
    where: Message | Dialog


class Clicking(Talking):
    """Presses what a person sees. `leaves_out_empty`: as on phones, empty fields are not sent."""

    leaves_out_empty = False

    def visible_buttons(self, person: Person, where: Conversation | None = None) -> list[str]:
        """The words on all that can be pressed, newest card first; only the dialog's if open."""
        return [button.label for button in self._buttons(person, where)]

    async def clicks(
        self,
        person: Person,
        label: str,
        where: Conversation | None = None,
        *,
        nth: int = 0,
        message: Message | None = None,
        twice: bool = False,
    ) -> Answer:
        """Press the newest button of that label, or the `nth` of them, of one message or any.

        In the person's dialog when one is open. `twice`: the same activity is sent twice, as when
        Teams is not sure that it came; the later answer counts.
        """

        def look() -> Button | None:
            every = self._buttons(person, where)
            found = [one for one in every if one.label == label and message in (None, one.where)]
            return found[nth] if len(found) > nth else None

        button = await self.appears(look)
        assert button, f"no {label!r} to press; there are {self.visible_buttons(person, where)}"
        return await self.presses(person, button, twice=twice)

    def sees_button(self, person: Person, label: str, where: Conversation | None = None) -> Button:
        """A button, to be pressed later with `presses`, also when it is no longer there."""
        return next(one for one in self._buttons(person, where) if one.label == label)

    def link(self, person: Person, label: str, where: Conversation | None = None) -> str:
        """Where a button leads."""
        return str(self.sees_button(person, label, where).action["url"])

    async def presses(self, person: Person, button: Button, *, twice: bool = False) -> Answer:
        """Press what was seen."""
        fields, typed = inputs_of(button.card), person.typed.get(button.where, {})
        empty = refused_by_client(fields, typed)
        assert not empty, f"Teams wants {empty} filled in"
        values = sent(fields, typed, leaves_out_empty=self.leaves_out_empty)
        if button.action.get("associatedInputs") == "none":
            values = {}
        data = {**(button.action.get("data") or {}), **values}
        match button.where, button.action["type"]:
            case Message() as message, "Action.Execute":
                return await self._executes(person, message, button.action, data, twice=twice)
            case Message() as message, "Action.Submit":
                return await self._submits_message(person, message, data)
            case Message() as message, "Action.ToggleVisibility":
                return self._toggles(person, message, button)
            case Dialog(), "Action.Submit":
                return await self.submits_open_dialog(person, data)
            case _, kind:
                raise AssertionError(f"{button.label!r} is {kind}, nothing that is sent from here")

    async def refreshes(self, person: Person, message: Message) -> Answer | None:
        """Look at a card anew: its `refresh` is executed where it names the person."""
        refresh: Json = (message.card or {}).get("refresh") or {}
        if person.id not in (refresh.get("userIds") or ()):
            return None
        action = refresh["action"]
        return await self._executes(person, message, action, action.get("data") or {}, "automatic")

    async def submits_open_dialog(self, person: Person, data: Json) -> Answer:
        """Send what stands in the dialog; `Dialogs` says how."""
        raise NotImplementedError

    async def fetches_dialog(self, person: Person, message: Message, data: Json) -> Answer:
        """Have a button open a dialog; `Dialogs` says how."""
        raise NotImplementedError

    async def _executes(
        self,
        person: Person,
        message: Message,
        action: Json,
        data: Json,
        trigger: str = "manual",
        *,
        twice: bool = False,
    ) -> Answer:
        here = self._where(person, message)
        told: Json = {"type": "Action.Execute", "verb": action.get("verb", ""), "data": data}
        told |= {key: action[key] for key in ("id", "title") if key in action}
        value = {"action": told, "trigger": trigger}
        made = activities.invoke(self, person, here, "adaptiveCard/action", value, message)
        if twice:
            await self._told(here.tenant, made)
        answer = await self._told(here.tenant, made)
        self._executed(person, message, answer)
        return answer

    def _executed(self, person: Person, message: Message, answer: Answer) -> None:
        if not answer.ok:
            person.errors.append(f"{answer.status or UNREACHED}")
            return
        problems: list[Problem] = []
        match answer.json:
            case {"statusCode": 200, "type": kind, "value": dict(card)} if kind == CARD:
                problems = card_answer_problems(card)
                if not any(problem.refused for problem in problems):
                    person.views[message] = card
                    person.typed.pop(message, None)
            case {"statusCode": 200, "type": kind, "value": str(words)} if kind == WORDS:
                person.toasts.append(words)
            case {
                "statusCode": 400 | 500 as status,
                "type": kind,
                "value": {"code": str(), "message": str(words)},
            } if kind == ERROR:
                person.errors.append(f"{status}: {words}")
            case _:
                problems = [Problem("", f"no answer to an Action.Execute: {answer.body!r:.200}")]
        self.violated("adaptiveCard/action", problems)
        if problems:
            person.errors.append("the answer could not be shown")

    async def _submits_message(self, person: Person, message: Message, data: Json) -> Answer:
        if (data.get("msteams") or {}).get("type") == "task/fetch":
            return await self.fetches_dialog(person, message, data)
        here = self._where(person, message)
        made = activities.common(self, "message", person, here, message.root, value=data)
        return await self._told(here.tenant, made | {"replyToId": message.id})

    def _toggles(self, person: Person, message: Message, button: Button) -> Answer:
        card = deepcopy(button.card)
        for target in button.action.get("targetElements") or ():
            told: dict[str, Any] = {"elementId": target} if isinstance(target, str) else target
            for each in walk(card):
                if each.get("id") == told["elementId"]:
                    shown = each.get("isVisible", True)
                    each["isVisible"] = told.get("isVisible", not shown)
        person.views[message] = card
        return Answer(None, None, 0.0)

    def _where(self, person: Person, message: Message) -> Conversation:
        places = person.tenant.conversations.values()
        return next(here for here in places if message in here.messages)

    def _buttons(self, person: Person, where: Conversation | None) -> list[Button]:
        return list(self._pressable(person, where))

    def _pressable(self, person: Person, where: Conversation | None) -> Iterator[Button]:
        shown: list[tuple[Message | Dialog, Json]] = list(reversed(self.cards(person, where)))
        if person.dialog:
            shown = [(person.dialog, person.dialog.card)]
        for place, card in shown:
            for action in actions_of(card):
                yield Button(read_plain(str(action.get("title", ""))), action, card, place)
