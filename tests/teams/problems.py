"""What a card says is wrong with one of its fields."""

from tests.teams.check_card import walk
from tests.teams.findings import Json
from tests.teams.words import read_markdown

ALARM = "attention"


def problem_at(card: Json, field: Json) -> str:
    """The alarming words at a field, and the error of the field itself; empty without any.

    At a field is what stands beside it in a container of its own, else what follows it before the
    next field, or came right before it.
    """
    beside = _alone_with(card, field)
    lines = beside if beside is not None else [*_before(card, field), *_after(card, field)]
    return "\n".join([str(field.get("errorMessage") or ""), *lines]).strip()


def _alone_with(card: Json, field: Json) -> list[str] | None:
    """Alarms in the innermost container that holds this field and no other; None without one."""
    found: list[str] | None = None
    for box in walk(card):
        if box.get("type") not in ("Container", "Column"):
            continue
        inside = list(walk(box.get("items")))
        fields = [one for one in inside if str(one.get("type")).startswith("Input.")]
        if fields == [field]:
            found = [words for one in inside if (words := _alarm(one))]
    return found


def _line(card: Json) -> list[Json]:
    return [one for one in walk(card) if one.get("type") == "TextBlock" or _is_field(one)]


def _before(card: Json, field: Json) -> list[str]:
    """An alarm right before the field, unless a field before it has a claim to it."""
    line = _line(card)
    at = line.index(field)
    earlier = [one for one in line[:at] if _is_field(one)]
    words = _alarm(line[at - 1]) if at and not earlier else ""
    return [words] if words else []


def _after(card: Json, field: Json) -> list[str]:
    found: list[str] = []
    line = _line(card)
    for one in line[line.index(field) + 1 :]:
        if _is_field(one):
            break
        if words := _alarm(one):
            found.append(words)
    return found


def _is_field(thing: Json) -> bool:
    return str(thing.get("type")).startswith("Input.")


def _alarm(thing: Json) -> str:
    alarms = thing.get("type") == "TextBlock" and str(thing.get("color")).lower() == ALARM
    return read_markdown(str(thing.get("text"))) if alarms else ""
