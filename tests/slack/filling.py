"""What a person enters in a field, as Slack's client would send it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from tests.slack.findings import Json
from tests.slack.views import EMPTY

TEXTS = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}


def options_of(element: Json) -> list[Json]:
    """The choices that an element offers, those of its groups too."""
    groups: Iterable[Json] = element.get("option_groups") or ()
    grouped = [option for group in groups for option in group["options"]]
    return [*(element.get("options") or ()), *grouped]


def chosen(options: list[Json], wanted: Any) -> Json:
    """The option of that value or label, or the only one whose label holds the words."""
    if isinstance(wanted, dict):
        return wanted
    words = str(wanted)
    exact = [one for one in options if words in (one["value"], one["text"]["text"])]
    near = [one for one in options if words.casefold() in one["text"]["text"].casefold()]
    for found in (exact, near):
        if len(found) == 1 or (found and found is exact):
            return found[0]
    labels = [one["text"]["text"] for one in options]
    raise AssertionError(f"{words!r} is not one of the choices {labels}")


def entered(element: Json, wanted: Any, search: Callable[[], list[Json]]) -> Json:
    """The value of a field after a person entered `wanted`; None empties it."""
    kind = element["type"]
    name, _, empty = EMPTY[kind]
    if wanted is None:
        return {"type": kind, name: empty}
    if kind in TEXTS:
        return {"type": kind, name: _typed(element, str(wanted))}
    options = search() if "external" in kind else options_of(element)
    match name:
        case "selected_option":
            value: Any = _shown(chosen(options, wanted))
        case "selected_options":
            if isinstance(wanted, bool):
                value = [_shown(options[0])] if wanted else []
            else:
                many = [wanted] if isinstance(wanted, str | dict) else wanted
                value = [_shown(chosen(options, each)) for each in many]
        case "selected_date":
            value = wanted.isoformat() if isinstance(wanted, date) else str(wanted)
            date.fromisoformat(value)
        case _:
            value = wanted
    return {"type": kind, name: value}


def _typed(element: Json, words: str) -> str | None:
    most = element.get("max_length")
    assert not most or len(words) <= most, f"{len(words)} characters, Slack takes {most}"
    least = element.get("min_length")
    assert not (words and least) or len(words) >= least, f"Slack wants {least} characters or more"
    if not element.get("multiline"):
        words = " ".join(words.split("\n"))
    return words or None


def _shown(option: Json) -> Json:
    return {key: each for key, each in option.items() if key in ("text", "value", "description")}


def is_empty(value: Json) -> bool:
    """Whether nothing stands in a field."""
    name = EMPTY[value["type"]][0]
    return not value.get(name)
