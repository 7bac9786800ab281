"""Fields of cards, as Teams takes them."""

from collections.abc import Iterator
from datetime import date

from microsoft_teams.cards import core as cards
from pydantic import BaseModel

from tests.teams.findings import Findings, Json

INPUTS: dict[str, type[BaseModel]] = {
    "Input.Text": cards.TextInput,
    "Input.Number": cards.NumberInput,
    "Input.Date": cards.DateInput,
    "Input.Time": cards.TimeInput,
    "Input.Toggle": cards.ToggleInput,
    "Input.ChoiceSet": cards.ChoiceSetInput,
}


def input_problems(found: Findings, element: Json, at: str) -> None:
    """What breaks a rule in a field; its properties are known to be of the right type."""
    found.text(element, "id", at)
    name = "title" if element["type"] == "Input.Toggle" else "label"
    if not (element.get(name) or element.get("label")):
        found.say(f"{at}/{name}", "a field needs words that say what it is for", refused=False)
    value = element.get("value")
    match element["type"]:
        case "Input.Text":
            most = element.get("maxLength")
            if most and isinstance(value, str) and len(value) > most:
                found.say(f"{at}/value", f"{len(value)} characters, its maxLength is {most}")
        case "Input.Date":
            _iso(found, value, f"{at}/value")
        case "Input.Toggle":
            both = (element.get("valueOn", "true"), element.get("valueOff", "false"))
            if value is not None and value not in both:
                found.say(f"{at}/value", f"must be one of {both}, got {value!r}")
        case "Input.ChoiceSet":
            _choices(found, element, at)
        case _:
            pass


def _iso(found: Findings, value: object, at: str) -> None:
    if value in (None, ""):
        return
    try:
        date.fromisoformat(str(value))
    except ValueError:
        found.say(at, f"must be YYYY-MM-DD, got {value!r}")


def _choices(found: Findings, element: Json, at: str) -> None:
    searched = "choices.data" in element
    offered = list(
        found.objects(element.get("choices") or [], f"{at}/choices", least=0 if searched else 1)
    )
    for choice, where in offered:
        found.text(choice, "title", where)
        if not isinstance(choice.get("value"), str) or not choice["value"]:
            found.say(f"{where}/value", "must be a string with something in it")
        if "," in str(choice.get("value")):
            found.say(f"{where}/value", "a comma parts the values of a choice set")
    values = [choice.get("value") for choice, _ in offered]
    if len(values) != len(set(values)):
        found.say(f"{at}/choices", "two choices have the same value")
    if searched:
        if element.get("style") != "filtered":
            found.say(f"{at}/style", "a searched choice set is filtered")
        found.text(element["choices.data"], "dataset", f"{at}/choices.data")
    for value in chosen(element):
        if value not in values:
            found.say(f"{at}/value", f"{value!r} is none of its choices", refused=False)


def chosen(element: Json) -> Iterator[str]:
    """The values that a choice set begins with."""
    value = element.get("value")
    if not isinstance(value, str) or not value:
        return
    yield from value.split(",") if element.get("isMultiSelect") else [value]
