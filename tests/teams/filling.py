"""Fields of cards: what a person enters in them, and what the client sends of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.teams.check_inputs import chosen as begins_with
from tests.teams.findings import Json
from tests.teams.words import read_plain


def named(fields: Iterable[Json], name: str) -> Json | None:
    """The field of that id, or of that name after the last dot of its id."""
    every = list(fields)
    for same in (lambda own: own == name, lambda own: own.rpartition(".")[2] == name):
        for field in every:
            if same(str(field["id"])):
                return field
    return None


def is_searched(field: Json) -> bool:
    """Whether the choices are asked for while one types."""
    return "choices.data" in field


def picked(options: list[Json], wanted: str) -> Json:
    """The choice of that value or title, or the only one whose title holds the words."""
    exact = [one for one in options if wanted in (one["value"], read_plain(one["title"]))]
    near = [one for one in options if wanted.casefold() in read_plain(one["title"]).casefold()]
    for found in (exact, near):
        if len(found) == 1 or (found and found is exact):
            return found[0]
    raise AssertionError(f"{wanted!r} is not one of {[one['title'] for one in options]}")


def entered(field: Json, wanted: Any, options: list[Json]) -> str:
    """What stands in a field after a person entered `wanted`; None empties it."""
    match field["type"]:
        case "Input.Toggle":
            on = str(field.get("valueOn", "true"))
            return on if wanted else str(field.get("valueOff", "false"))
        case _ if wanted is None:
            return ""
        case "Input.ChoiceSet":
            many = [wanted] if isinstance(wanted, str) else list(wanted)
            assert field.get("isMultiSelect") or len(many) == 1, f"{field['id']} takes one choice"
            return ",".join(picked(options, str(each))["value"] for each in many)
        case "Input.Date":
            value = wanted.isoformat() if isinstance(wanted, date) else str(wanted)
            date.fromisoformat(value)
            return value
        case "Input.Number":
            float(wanted)
            return str(wanted)
        case _:
            return _typed(field, str(wanted))


def _typed(field: Json, words: str) -> str:
    most = field.get("maxLength")
    assert not most or len(words) <= most, f"{len(words)} characters, {field['id']} takes {most}"
    return words if field.get("isMultiline") else " ".join(words.split("\n"))


def standing(field: Json, typed: Json) -> str:
    """What stands in a field now: as typed, else as it was drawn."""
    own = str(field["id"])
    if own in typed:
        return str(typed[own])
    if field["type"] == "Input.Toggle":
        return str(field.get("value", field.get("valueOff", "false")))
    if field["type"] == "Input.ChoiceSet":
        return ",".join(begins_with(field))
    return str(field.get("value") or "")


def sent(fields: Iterable[Json], typed: Json, *, leaves_out_empty: bool) -> Json:
    """What the client sends of all fields: strings; a choice that was not made is left out."""
    values: Json = {}
    for field in fields:
        value = standing(field, typed)
        if value or not (leaves_out_empty or field["type"] == "Input.ChoiceSet"):
            values[str(field["id"])] = value
    return values


def refused_by_client(fields: Iterable[Json], typed: Json) -> list[str]:
    """The fields that the client itself wants filled in before it sends anything."""
    return [
        str(field.get("label") or field["id"])
        for field in fields
        if field.get("isRequired") and not standing(field, typed)
    ]
