"""What people press: buttons and menus of messages, modals and homes."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.slack import payloads
from tests.slack.acknowledged import Acked
from tests.slack.findings import Json
from tests.slack.seeing import HOME, Seeing
from tests.slack.workspace import Channel, OpenView


@dataclass(frozen=True)
class Button:
    """Something that can be pressed: its words, what Slack tells when it is, where it stands."""

    label: str
    action: Json
    where: OpenView | tuple[Channel, Json]


def buttons(thing: Json, where: OpenView | tuple[Channel, Json]) -> Iterator[Button]:
    """Every button and menu choice of a message or view, in order."""
    for block in thing.get("blocks", ()):
        elements = [block.get("accessory"), *block.get("elements", ()), *block.get("actions", ())]
        for element in elements:
            if isinstance(element, dict) and element.get("type") in ("button", "overflow"):
                yield from _pressed(block, element, where)


def _pressed(
    block: Json, element: Json, where: OpenView | tuple[Channel, Json]
) -> Iterator[Button]:
    common: Json = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
    }
    if element["type"] == "overflow":
        for option in element["options"]:
            yield Button(option["text"]["text"], common | {"selected_option": option}, where)
        return
    more = {key: element[key] for key in ("value", "style") if key in element}
    yield Button(element["text"]["text"], common | {"text": element["text"]} | more, where)


class Clicking(Seeing):
    """Presses what a person sees."""

    def visible_buttons(self, user: str, channel: str | None = None) -> list[str]:
        """The words on all that can be pressed, newest first; see `clicks` for where."""
        return [button.label for button in self._buttons(user, channel)]

    async def clicks(
        self, user: str, label: str, channel: str | None = None, *, nth: int = 0, ts: str = ""
    ) -> Acked:
        """Press the newest button or menu choice of that label, or the `nth` of them.

        In the person's modal when one is open; else among messages of the channel (the direct
        messages with the bot when none is named), or on the Home tab for channel="home". `ts`
        narrows it to one message. A question before it is answered with yes.
        """

        def look() -> Button | None:
            found = [each for each in self._buttons(user, channel, ts) if each.label == label]
            return found[nth] if len(found) > nth else None

        button = await self.appears(look)
        assert button, f"no {label!r} to press; there are {self.visible_buttons(user, channel)}"
        return await self.presses(user, button)

    async def presses(self, user: str, button: Button) -> Acked:
        """Press what was seen before, also when it is no longer there."""
        person = self.person(user)
        match button.where:
            case OpenView() as opened:
                payload = payloads.on_view(self, person, opened, button.action)
            case (channel, message):
                payload = payloads.on_message(self, person, channel, message, button.action)
        return await self.board.entry.send("interactive", payload)

    def sees_button(self, user: str, label: str, channel: str | None = None) -> Button:
        """A button, to be pressed later with `presses`."""
        return next(each for each in self._buttons(user, channel) if each.label == label)

    def _buttons(self, user: str, channel: str | None, ts: str = "") -> list[Button]:
        person = self.person(user)
        if person.modals and not ts:
            opened = person.modals[-1]
            return list(buttons(opened.view, opened))
        if channel == HOME:
            return list(buttons(person.home.view, person.home)) if person.home else []
        here = self.place(user, channel)
        seen = [*here.messages, *(one for one in person.ephemerals if one["channel"] == here.id)]
        newest = sorted(seen, key=lambda one: one["ts"], reverse=True)
        return [
            button
            for message in newest
            if ts in ("", message["ts"])
            for button in buttons(message, (here, message))
        ]
