"""Looking into what a platform sends: nested objects whose parts may be missing."""

from typing import Any, cast

Payload = dict[str, Any]


def part(payload: object, *names: str) -> Payload:
    """The object at that path; an empty one where there is none."""
    for name in names:
        payload = cast(Payload, payload).get(name) if isinstance(payload, dict) else None
    return cast(Payload, payload) if isinstance(payload, dict) else {}


def parts(payload: object, name: str) -> list[Payload]:
    """The objects in the list of that name."""
    found = cast(Payload, payload).get(name) if isinstance(payload, dict) else None
    listed = cast("list[object]", found) if isinstance(found, list) else []
    return [cast(Payload, each) for each in listed if isinstance(each, dict)]


def word(payload: object, name: str) -> str:
    """The text of that name; empty where there is none."""
    found = cast(Payload, payload).get(name) if isinstance(payload, dict) else None
    return found if isinstance(found, str) else ""
