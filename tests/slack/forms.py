"""What people do with a modal: fill in, search, send, close."""

from typing import Any

from tests.slack import payloads
from tests.slack.acknowledged import Acked
from tests.slack.core import SlackError
from tests.slack.filling import entered, is_empty
from tests.slack.findings import Json
from tests.slack.limits import options_problems
from tests.slack.seeing import Seeing
from tests.slack.views import initial, inputs, push, refuse, replace
from tests.slack.workspace import FieldKey, OpenView

TROUBLE = "We had some trouble connecting. Try again?"
BY_CHARACTER = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
"""Fields that tell the bot nothing while they are typed in, unless it asked for that."""

Field = tuple[FieldKey, Json, Json]


class Forms(Seeing):
    """Fills in and sends the modal on top."""

    async def fills(self, user: str, **values: Any) -> None:
        """Enter values as a person would: text, the label or value of a choice, an ISO date.

        A list for several choices, True or False for a single box, None to empty a field. A field
        is named by its `block_id`, or the last dotted part of it, or its `action_id`. A choice that
        the bot wants to hear of at once is told; fields that appear then are waited for.
        """
        for name, wanted in values.items():
            await self._enters(user, name, wanted)

    async def chooses(self, user: str, name: str, value: Any) -> Acked:
        """Choose in a field, and tell the bot at once."""
        key, element, block = await self._field(user, name)
        told = block["type"] != "input" or block.get("dispatch_action")
        assert told, f"{name} tells the bot nothing before the form is sent"
        await self._put(user, key, element, value)
        return await self._tells(user, key)

    async def submits(self, user: str, **values: Any) -> Acked:
        """Fill in and send; what the bot answers happens to the modal."""
        await self.fills(user, **values)
        opened = self.top(user)
        assert opened.view.get("submit"), "the modal has nothing to send it with"
        self._checked_by_client(opened)
        opened.errors = {}
        payload = payloads.submission(self, self.person(user), opened)
        acked = await self.board.entry.send("interactive", payload)
        self._answered(user, opened, acked)
        return acked

    async def closes(self, user: str) -> Acked | None:
        """Close the view on top; the bot hears of it only if it asked for that."""
        person = self.person(user)
        opened = self.top(user)
        cleared = bool(opened.view.get("clear_on_close"))
        closed = list(person.modals) if cleared else [opened]
        person.modals = [one for one in person.modals if one not in closed]
        acked = None
        for one in reversed(closed):
            if one.view.get("notify_on_close"):
                payload = payloads.closing(self, person, one, cleared=cleared)
                acked = await self.board.entry.send("interactive", payload)
        return acked

    async def suggestions(self, user: str, name: str, words: str) -> list[Json]:
        """The options that the bot offers for what was typed in a search field."""
        (block_id, action_id), element, _ = await self._field(user, name)
        least = element.get("min_query_length", 3)
        assert len(words) >= least, f"Slack asks nothing before {least} characters"
        field = {"block_id": block_id, "action_id": action_id}
        payload = payloads.suggestion(self, self.person(user), self.top(user), field, words)
        acked = await self.board.entry.send("interactive", payload)
        assert acked.ok, f"no options came: {acked}"
        problems = options_problems(acked.json)
        self.board.violated(f"options for {name}", problems)
        assert not problems, f"{name}: {[str(problem) for problem in problems]}"
        groups: list[Json] = acked.json.get("option_groups") or []
        grouped = [option for group in groups for option in group["options"]]
        return [*(acked.json.get("options") or ()), *grouped]

    def field_value(self, user: str, name: str) -> Any:
        """What stands in a field now: text, date, or the value (or values) chosen."""
        found = self._find(user, name)
        assert found, f"no field {name}"
        key, element, _ = found
        value = self.top(user).typed.get(key) or initial(element)
        match next(each for part, each in value.items() if part != "type"):
            case {"value": chosen}:
                return chosen
            case list() as many:
                return [one["value"] for one in many]
            case other:
                return other

    def field_names(self, user: str) -> list[str]:
        """The fields of the modal on top, in order, by the last part of their `block_id`."""
        return [key[0].rpartition(".")[2] for key, _, _ in inputs(self.top(user).view)]

    def _find(self, user: str, name: str) -> Field | None:
        modals = self.person(user).modals
        fields = list(inputs(modals[-1].view)) if modals else []
        for same in (_by_block, _by_last_part, _by_action):
            for field in fields:
                if same(field[0], name):
                    return field
        return None

    async def _field(self, user: str, name: str) -> Field:
        found = await self.appears(lambda: self._find(user, name))
        assert found, (
            f"no field {name!r}; there are {self.field_names(user)}, "
            f"where it says {self.modal_errors(user)}"
        )
        return found

    async def _enters(self, user: str, name: str, wanted: Any) -> None:
        key, element, block = await self._field(user, name)
        opened = self.top(user)
        before = opened.typed.get(key) or initial(element)
        after = await self._put(user, key, element, wanted)
        told = block["type"] != "input" or block.get("dispatch_action")
        if told and before != after and element["type"] not in BY_CHARACTER:
            acked = await self._tells(user, key)
            assert acked.ok, f"the choice in {name} was not received: {acked}"

    async def _put(self, user: str, key: FieldKey, element: Json, wanted: Any) -> Json:
        found: list[Json] = []
        if "external" in element["type"] and wanted is not None:
            for each in [wanted] if isinstance(wanted, str | dict) else wanted:
                searched = isinstance(each, str)
                found += await self.suggestions(user, key[0], each) if searched else [each]
        value = entered(element, wanted, lambda: found)
        self.top(user).typed[key] = value
        return value

    async def _tells(self, user: str, key: FieldKey) -> Acked:
        opened = self.top(user)
        value = opened.typed[key]
        action = {"block_id": key[0], "action_id": key[1], **value}
        payload = payloads.on_view(self, self.person(user), opened, action)
        return await self.board.entry.send("interactive", payload)

    def _checked_by_client(self, opened: OpenView) -> None:
        """What Slack's client itself does not let people send."""
        for key, element, block in inputs(opened.view):
            if block["type"] == "input" and not block.get("optional"):
                value = opened.typed.get(key) or initial(element)
                label = block["label"]["text"]
                assert not is_empty(value), f"Slack wants {label!r} ({key[0]}) filled in"

    def _answered(self, user: str, opened: OpenView, acked: Acked) -> None:
        if not acked.ok:
            opened.errors = {"": TROUBLE}
            return
        try:
            self._follow(user, opened, acked)
        except SlackError as error:
            opened.errors = {"": f"{TROUBLE} ({error.error})"}

    def _follow(self, user: str, opened: OpenView, acked: Acked) -> None:
        person = self.person(user)
        match acked.body or None:
            case None:
                person.modals = [one for one in person.modals if one is not opened]
            case {"response_action": "clear"}:
                person.modals = []
            case {"response_action": "errors", "errors": dict(errors)} if errors:
                self._errors(opened, errors)
            case {"response_action": "update", "view": view}:
                replace(self, opened, self._own_aside(opened, view))
            case {"response_action": "push", "view": view}:
                push(self, person, refuse(self, "response_action push", view))
            case other:
                self.board.violations.append(f"answer to a submission: {other!r}")
                raise SlackError("invalid_response")

    def _own_aside(self, opened: OpenView, view: Json) -> Json:
        """The view, checked; its `external_id` may be the one that it replaces."""
        own, opened.view["external_id"] = opened.view["external_id"], ""
        try:
            return refuse(self, "response_action update", view)
        except SlackError:
            opened.view["external_id"] = own
            raise

    def _errors(self, opened: OpenView, errors: Json) -> None:
        known = {block["block_id"] for block in opened.view["blocks"] if block["type"] == "input"}
        for block, words in errors.items():
            if block not in known or not isinstance(words, str) or not words:
                self.board.violations.append(f"response_action errors: {block!r}: {words!r}")
                raise SlackError("invalid_errors")
        opened.errors = dict(errors)


def _by_block(key: FieldKey, name: str) -> bool:
    return key[0] == name


def _by_last_part(key: FieldKey, name: str) -> bool:
    return key[0].rpartition(".")[2] == name


def _by_action(key: FieldKey, name: str) -> bool:
    return name in (key[1], key[1].rpartition(".")[2])
