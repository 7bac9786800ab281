"""What people do with a form: fill in, search, send; in a card or in a dialog."""

from typing import Any

from tests.teams import activities
from tests.teams.answered import Answer
from tests.teams.clicking import Button, Clicking
from tests.teams.filling import entered, is_searched, named, picked, standing
from tests.teams.findings import Json
from tests.teams.limits import RESULTS, search_problems
from tests.teams.problems import problem_at
from tests.teams.seeing import actions_of, inputs_of
from tests.teams.words import read_plain
from tests.teams.world import Conversation, Dialog, Message, Person

SENDING = {"Action.Execute", "Action.Submit"}


class Forms(Clicking):
    """The form is the open dialog, or else the newest card there that has fields."""

    async def fills(self, person: Person, where: Conversation | None = None, **values: Any) -> None:
        """Enter values as a person would: text, the title or value of a choice, an ISO date.

        A list for several choices, True or False for a toggle, None to empty a field. A field is
        named by its id, or the part after its last dot. A searched one is searched for the words.
        """
        for name, wanted in values.items():
            found = await self.appears(lambda name=name: self._field(person, name, where))
            assert found, f"no field {name!r}; there are {self.field_names(person, where)}"
            place, field = found
            options: list[Json] = list(field.get("choices") or ())
            if is_searched(field) and wanted is not None:
                options += await self._searched(person, name, wanted, where, options)
            value = entered(field, wanted, options)
            person.typed.setdefault(place, {})[str(field["id"])] = value

    async def submits(
        self,
        person: Person,
        label: str | None = None,
        where: Conversation | None = None,
        *,
        twice: bool = False,
        **values: Any,
    ) -> Answer:
        """Fill in and press the form's button: the first of its last row, or the one named."""
        await self.fills(person, where, **values)
        place, card = self._form(person, where)
        actions = [one for one in actions_of(card) if one["type"] in SENDING]
        row = _last_row(card)
        found = [one for one in actions if read_plain(one["title"]) == label] if label else row
        assert found, f"no {label!r} among {[one['title'] for one in actions]}"
        button = Button(found[0]["title"], found[0], card, place)
        return await self.presses(person, button, twice=twice)

    async def searches(
        self, person: Person, name: str, words: str, where: Conversation | None = None
    ) -> list[Json]:
        """What the bot offers for words typed in a searched field: title and value of each."""
        found = await self.appears(lambda: self._field(person, name, where))
        assert found, f"no field {name!r}; there are {self.field_names(person, where)}"
        place, field = found
        assert is_searched(field), f"{name} is not searched"
        query: Json = {
            "queryText": words,
            "queryOptions": {"skip": 0, "top": RESULTS},
            "dataset": field["choices.data"]["dataset"],
        }
        here = self.place(person, where)
        message = place if isinstance(place, Message) else None
        made = activities.invoke(self, person, here, "application/search", query, message)
        answer = await self._told(here.tenant, made)
        if not answer.ok:
            person.errors.append(f"search: {answer.status}")
            return []
        problems = search_problems(answer.body)
        self.violated(f"search in {name}", problems)
        return [] if problems else list(answer.json["value"]["results"])

    def field_names(self, person: Person, where: Conversation | None = None) -> list[str]:
        """The fields of the form, in order, by the last part of their ids; empty without one."""
        form = self._newest(person, where)
        fields = inputs_of(form[1]) if form else []
        return [str(one["id"]).rpartition(".")[2] for one in fields]

    def field_value(self, person: Person, name: str, where: Conversation | None = None) -> str:
        """What stands in a field now: text, date, or the value (values, by comma) chosen."""
        found = self._field(person, name, where)
        assert found, f"no field {name!r}; there are {self.field_names(person, where)}"
        place, field = found
        return standing(field, person.typed.get(place, {}))

    def field(self, person: Person, name: str, where: Conversation | None = None) -> Json:
        """A field as it was drawn."""
        found = self._field(person, name, where)
        assert found, f"no field {name!r}; there are {self.field_names(person, where)}"
        return found[1]

    def problem_at(self, person: Person, name: str, where: Conversation | None = None) -> str:
        """What is said to be wrong at a field; empty when nothing is."""
        return problem_at(self._form(person, where)[1], self.field(person, name, where))

    def _newest(
        self, person: Person, where: Conversation | None
    ) -> tuple[Message | Dialog, Json] | None:
        if person.dialog:
            return person.dialog, person.dialog.card
        with_fields = [each for each in self.cards(person, where) if inputs_of(each[1])]
        return with_fields[-1] if with_fields else None

    def _form(self, person: Person, where: Conversation | None) -> tuple[Message | Dialog, Json]:
        found = self._newest(person, where)
        assert found, f"{person.name} has no form before them"
        return found

    def _field(
        self, person: Person, name: str, where: Conversation | None
    ) -> tuple[Message | Dialog, Json] | None:
        form = self._newest(person, where)
        field = named(inputs_of(form[1]), name) if form else None
        return (form[0], field) if form and field else None

    async def _searched(
        self,
        person: Person,
        name: str,
        wanted: Any,
        where: Conversation | None,
        offered: list[Json],
    ) -> list[Json]:
        found: list[Json] = []
        known = {each for one in offered for each in (one["value"], one["title"])}
        for words in [wanted] if isinstance(wanted, str) else wanted:
            if words not in known:
                results = await self.searches(person, name, words, where)
                found.append(picked(results, words))
                found.append({**found[-1], "title": words})
        return found


def _last_row(card: Json) -> list[Json]:
    """The buttons that send, in the card's own row or the last set of its body."""
    rows = [card.get("actions") or []]
    rows += [
        one["actions"] for one in reversed(card.get("body") or []) if one.get("type") == "ActionSet"
    ]
    for row in rows:
        found = [one for one in row if one["type"] in SENDING]
        if found:
            return found
    return [one for one in actions_of(card) if one["type"] in SENDING]
