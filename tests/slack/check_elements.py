"""Block elements: buttons, menus and inputs, looked through."""

from collections.abc import Callable

from tests.slack.check_rich_text import rich_text
from tests.slack.check_text import (
    BOTH,
    IDENTIFIER,
    PLACEHOLDER,
    PLAIN,
    confirmation,
    option,
    optional_text,
    text_object,
    url,
)
from tests.slack.findings import Findings, Json

BUTTON_TEXT, BUTTON_VALUE, BUTTON_LABEL = 75, 2_000, 75
"""docs.slack.dev/reference/block-kit/block-elements/button-element"""

OVERFLOW_OPTIONS = 5
"""docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element"""

SELECT_OPTIONS, SELECT_GROUPS, GROUP_LABEL = 100, 100, 75
"""docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""

SHOWN_OPTIONS = 10
"""docs.slack.dev/reference/block-kit/block-elements: checkboxes and radio button group."""

INPUT_TEXT = 3_000
"""docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element: `max_length`."""

FILES = 10
"""docs.slack.dev/reference/block-kit/block-elements/file-input-element: `max_files`."""

IMAGE_ALT = 2_000
"""docs.slack.dev/reference/block-kit/blocks/image-block: `alt_text`."""

ASKING = {"action_id", "confirm"}
FOCUS = {"focus_on_load"}
HINT = {"placeholder"}
DISPATCH = {"dispatch_action_config"}


def button(found: Findings, element: Json, path: str) -> None:
    allowed = {"text", "url", "value", "style", "accessibility_label"}
    found.keys(element, path, {"type", *ASKING, *allowed}, ("text",))
    text_object(found, element.get("text"), f"{path}/text", BUTTON_TEXT, PLAIN)
    found.optional(element, "value", path, BUTTON_VALUE)
    found.optional(element, "accessibility_label", path, BUTTON_LABEL)
    if element.get("url") is not None:
        url(found, element["url"], f"{path}/url")
    if element.get("style") is not None:
        found.one_of(element["style"], f"{path}/style", ("primary", "danger"))


def overflow(found: Findings, element: Json, path: str) -> None:
    found.keys(element, path, {"type", *ASKING, "options"}, ("options",))
    at = f"{path}/options"
    for each, here in found.objects(element.get("options"), at, 1, OVERFLOW_OPTIONS):
        option(found, each, here, PLAIN, menu=True)


def shown_choice(found: Findings, element: Json, path: str) -> None:
    many = element["type"] == "checkboxes"
    initial = "initial_options" if many else "initial_option"
    found.keys(element, path, {"type", *ASKING, *FOCUS, "options", initial}, ("options",))
    at = f"{path}/options"
    options = list(found.objects(element.get("options"), at, 1, SHOWN_OPTIONS))
    for each, here in options:
        option(found, each, here, BOTH, menu=False)
    _different_values(found, options)
    _initial(found, element, path, [each for each, _ in options])


def select(found: Findings, element: Json, path: str) -> None:
    many = element["type"].startswith("multi_")
    initial = "initial_options" if many else "initial_option"
    allowed = {*ASKING, *FOCUS, *HINT, initial} | ({"max_selected_items"} if many else set[str]())
    optional_text(found, element, "placeholder", path, PLACEHOLDER)
    if "external" in element["type"]:
        found.keys(element, path, {"type", *allowed, "min_query_length"}, ())
        for each, here in _initial_options(element, path):
            option(found, each, here, PLAIN, menu=False)
        return
    found.keys(element, path, {"type", *allowed, "options", "option_groups"}, ())
    if (element.get("options") is None) == (element.get("option_groups") is None):
        found.say(path, "exactly one of options and option_groups is needed")
        return
    _initial(found, element, path, select_options(found, element, path))


def select_options(found: Findings, element: Json, path: str) -> list[Json]:
    """Checks the options, or groups of options, of a menu or of an answer to a search."""
    options: list[tuple[Json, str]] = []
    if element.get("options") is not None:
        # A search may find nothing, a menu must offer something.
        least = 1 if element.get("type") else 0
        options += found.objects(element["options"], f"{path}/options", least, SELECT_OPTIONS)
    else:
        groups = element.get("option_groups")
        for group, at in found.objects(groups, f"{path}/option_groups", 1, SELECT_GROUPS):
            text_object(found, group.get("label"), f"{at}/label", GROUP_LABEL, PLAIN)
            options += found.objects(group.get("options"), f"{at}/options", 1, SELECT_OPTIONS)
    for each, here in options:
        option(found, each, here, PLAIN, menu=False)
    _different_values(found, options)
    return [each for each, _ in options]


def _different_values(found: Findings, options: list[tuple[Json, str]]) -> None:
    values: dict[str, str] = {}
    for each, here in options:
        value = each.get("value")
        if found.unique(values, value, f"{here}/value", "option value") and isinstance(value, str):
            values[value] = here


def _initial_options(element: Json, path: str) -> list[tuple[Json, str]]:
    one, many = element.get("initial_option"), element.get("initial_options")
    found = [(one, f"{path}/initial_option")] if isinstance(one, dict) else []
    for at, each in enumerate(many if isinstance(many, list) else []):
        found.append((each, f"{path}/initial_options/{at}"))
    return found


def _initial(found: Findings, element: Json, path: str, options: list[Json]) -> None:
    if element.get("initial_options") == []:
        found.say(f"{path}/initial_options", "no fewer than 1 items allowed")
    for each, here in _initial_options(element, path):
        if not any(_same(each, one) for one in options):
            found.say(here, "must match one of the options")


def _same(one: Json, other: Json) -> bool:
    return one.get("value") == other.get("value") and (
        one.get("text", {}).get("text") == other.get("text", {}).get("text")
    )


def directory_select(found: Findings, element: Json, path: str) -> None:
    kind = element["type"].removeprefix("multi_").removesuffix("_select")
    one = kind.removesuffix("s")
    allowed = {f"initial_{one}", f"initial_{kind}", "max_selected_items", "filter"}
    allowed |= {"default_to_current_conversation", "response_url_enabled"}
    found.keys(element, path, {"type", *ASKING, *FOCUS, *HINT, *allowed}, ())
    optional_text(found, element, "placeholder", path, PLACEHOLDER)


def plain_text_input(found: Findings, element: Json, path: str) -> None:
    allowed = {"initial_value", "multiline", "min_length", "max_length"}
    found.keys(element, path, {"type", "action_id", *FOCUS, *HINT, *DISPATCH, *allowed}, ())
    optional_text(found, element, "placeholder", path, PLACEHOLDER)
    most = element.get("max_length", INPUT_TEXT)
    if element.get("min_length") is not None:
        found.number(element["min_length"], f"{path}/min_length", 0, INPUT_TEXT)
    found.number(most, f"{path}/max_length", 1, INPUT_TEXT)
    found.optional(element, "initial_value", path, most if isinstance(most, int) else INPUT_TEXT)


def other_input(found: Findings, element: Json, path: str) -> None:
    initial = {"initial_value", "initial_date", "initial_time", "initial_date_time"}
    numbers = {"is_decimal_allowed", "min_value", "max_value"}
    found.keys(
        element,
        path,
        {"type", *ASKING, *FOCUS, *HINT, *DISPATCH, *initial, *numbers, "timezone"},
        ("is_decimal_allowed",) if element["type"] == "number_input" else (),
    )
    optional_text(found, element, "placeholder", path, PLACEHOLDER)
    day = element.get("initial_date")
    if day is not None and not (isinstance(day, str) and _is_day(day)):
        found.say(f"{path}/initial_date", f"must be YYYY-MM-DD, got {day!r}")


def _is_day(day: str) -> bool:
    parts = day.split("-")
    return [len(part) for part in parts] == [4, 2, 2] and all(part.isdigit() for part in parts)


def file_input(found: Findings, element: Json, path: str) -> None:
    found.keys(element, path, {"type", "action_id", "filetypes", "max_files"}, ())
    found.number(element.get("max_files", FILES), f"{path}/max_files", 1, FILES)


def rich_text_input(found: Findings, element: Json, path: str) -> None:
    allowed = {"initial_value", "min_lines", "max_lines"}
    found.keys(element, path, {"type", "action_id", *FOCUS, *HINT, *DISPATCH, *allowed}, ())
    optional_text(found, element, "placeholder", path, PLACEHOLDER)
    if element.get("initial_value") is not None:
        rich_text(found, element["initial_value"], f"{path}/initial_value")


def image(found: Findings, element: Json, path: str) -> None:
    """An image element; also what an image block says of its picture."""
    found.string(element.get("alt_text"), f"{path}/alt_text", IMAGE_ALT)
    address, file = element.get("image_url"), element.get("slack_file")
    if (address is None) == (file is None):
        found.say(path, "exactly one of image_url and slack_file is needed")
    if address is not None:
        url(found, address, f"{path}/image_url", ("http://", "https://"))
    if file is not None and (not isinstance(file, dict) or len({"id", "url"} & set(file)) != 1):
        found.say(f"{path}/slack_file", "exactly one of id and url is needed")


Check = Callable[[Findings, Json, str], None]
DIRECTORY = ("users", "conversations", "channels")
ELEMENTS: dict[str, Check] = {
    "button": button,
    "overflow": overflow,
    "radio_buttons": shown_choice,
    "checkboxes": shown_choice,
    "plain_text_input": plain_text_input,
    "rich_text_input": rich_text_input,
    "file_input": file_input,
    "image": image,
    **dict.fromkeys(
        ("static_select", "external_select", "multi_static_select", "multi_external_select"), select
    ),
    **{f"{name}_select": directory_select for name in DIRECTORY},
    **{f"multi_{name}_select": directory_select for name in DIRECTORY},
    **dict.fromkeys(
        (
            "datepicker",
            "timepicker",
            "datetimepicker",
            "number_input",
            "email_text_input",
            "url_text_input",
        ),
        other_input,
    ),
}
MENUS = {name for name in ELEMENTS if name.endswith("_select")}
PICKERS = {"datepicker", "timepicker"}
IN_ACTIONS = {"button", "overflow", "radio_buttons", "checkboxes", *MENUS, *PICKERS} | {
    "datetimepicker",
    "rich_text_input",
}
"""docs.slack.dev/reference/block-kit/blocks/actions-block"""

IN_SECTION = {"button", "overflow", "radio_buttons", "checkboxes", *MENUS, *PICKERS, "image"}
"""docs.slack.dev/reference/block-kit/blocks/section-block: `accessory`."""

IN_INPUT = set(ELEMENTS) - {"button", "overflow", "image"}
"""docs.slack.dev/reference/block-kit/blocks/input-block"""


def element(found: Findings, value: object, path: str, allowed: set[str]) -> None:
    """An element of one of the `allowed` types."""
    if not isinstance(value, dict):
        found.say(path, "must be an object")
        return
    kind = value.get("type")
    if kind not in ELEMENTS or kind not in allowed:
        found.say(f"{path}/type", f"unsupported type: {kind!r}")
        return
    found.optional(value, "action_id", path, IDENTIFIER, least=1)
    confirmation(found, value, path)
    ELEMENTS[kind](found, value, path)
