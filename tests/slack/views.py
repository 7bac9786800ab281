"""Views as Slack keeps them: opened, replaced, pushed, with what a person has filled in."""

import secrets
from collections.abc import Iterator

from tests.slack.core import Core, SlackError
from tests.slack.findings import Json
from tests.slack.limits import view_problems
from tests.slack.messages import completed, invalid_blocks, with_ids
from tests.slack.workspace import FieldKey, OpenView, User

STACK = 3
"""docs.slack.dev/surfaces/modals: a view and two more upon it."""


def refuse(core: Core, where: str, view: object, *, home: bool = False) -> Json:
    """The view, when Slack would take it."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    problems = view_problems(view)
    if problems:
        core.board.violated(where, problems)
        lines = [problem.says for problem in problems]
        raise SlackError(problems[0].error, response_metadata={"messages": lines})
    if (view["type"] == "home") != home:
        raise SlackError("invalid_arguments")
    for at, block in enumerate(view["blocks"]):
        if block["type"] in core.board.refuses_blocks:
            raise invalid_blocks(f"unsupported type: {block['type']}", f"/view/blocks/{at}/type")
    external = view.get("external_id")
    if external and any(one.view["external_id"] == external for _, one in core.space.open_views()):
        raise SlackError("duplicate_external_id")
    return view


def made(core: Core, view: Json, *, root: str = "", previous: str | None = None) -> Json:
    """A view as Slack answers with it."""
    space = core.space
    name = space.new_id("V")
    full: Json = {
        "id": name,
        "team_id": space.team_id,
        "callback_id": "",
        "private_metadata": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": None,
        "close": None,
        "submit": None,
        "submit_disabled": False,
        **completed(view),
        "blocks": with_ids(view["blocks"]),
        "state": {"values": {}},
        "hash": new_hash(core),
        "root_view_id": root or name,
        "previous_view_id": previous,
        "app_id": core.board.app_id,
        "app_installed_team_id": space.team_id,
        "bot_id": space.bot_id,
    }
    return full


def new_hash(core: Core) -> str:
    """The mark of one state of a view."""
    return f"{int(core.space.clock())}.{secrets.token_hex(4)}"


def replace(core: Core, opened: OpenView, view: Json) -> None:
    """Put another content in an open view; what was typed in fields that stay is kept."""
    kept = {key: opened.view[key] for key in ("id", "root_view_id", "previous_view_id")}
    opened.view = made(core, view) | kept
    fields = {key: element["type"] for key, element, _ in inputs(opened.view)}
    opened.typed = {
        key: value for key, value in opened.typed.items() if fields.get(key) == value["type"]
    }
    opened.errors = {}


def push(core: Core, user: User, view: Json) -> OpenView:
    """Lay a view upon the one that is open."""
    if len(user.modals) >= STACK:
        raise SlackError("push_limit_reached")
    below = user.modals[-1].view if user.modals else None
    root, previous = (below["root_view_id"], below["id"]) if below else ("", None)
    opened = OpenView(made(core, view, root=root, previous=previous))
    user.modals.append(opened)
    return opened


def inputs(view: Json) -> Iterator[tuple[FieldKey, Json, Json]]:
    """Every element that holds a value: its key, itself, its block."""
    for block in view.get("blocks", ()):
        elements = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
        for element in elements:
            if isinstance(element, dict) and element.get("type") in EMPTY:
                yield (block["block_id"], element["action_id"]), element, block


def state(view: Json, typed: dict[FieldKey, Json]) -> Json:
    """`state` of a view or message: what stands in each field now."""
    values: Json = {}
    for key, element, _ in inputs(view):
        block, action = key
        values.setdefault(block, {})[action] = typed.get(key) or initial(element)
    return {"values": values}


def initial(element: Json) -> Json:
    """The value of a field that nobody has touched."""
    kind = element["type"]
    name, first, empty = EMPTY[kind]
    value = element.get(first, empty) if first else empty
    return {"type": kind, name: value}


EMPTY: dict[str, tuple[str, str, object]] = {
    "plain_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "channels_select": ("selected_channel", "initial_channel", None),
    "file_input": ("files", "", []),
}
"""Each kind of field: where its value stands, where its first value, and what is none."""


def shown(opened: OpenView) -> Json:
    """An open view with its state, as payloads show it."""
    return opened.view | {"state": state(opened.view, opened.typed)}
