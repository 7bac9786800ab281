"""views.*: modals and the App Home."""

from tests.slack import views
from tests.slack.core import SlackError
from tests.slack.findings import Json
from tests.slack.views import push, refuse, replace, shown
from tests.slack.web_api.asked import Asked, Method
from tests.slack.workspace import OpenView


def open_view(asked: Asked) -> Json:
    view = refuse(asked.core, "views.open", asked.args.get("view"))
    user = asked.space.users[asked.core.exchange(asked.text("trigger_id"))]
    opened = OpenView(views.made(asked.core, view))
    user.modals = [opened]
    return {"view": shown(opened)}


def push_view(asked: Asked) -> Json:
    view = refuse(asked.core, "views.push", asked.args.get("view"))
    user = asked.space.users[asked.core.exchange(asked.text("trigger_id"))]
    return {"view": shown(push(asked.core, user, view))}


def update(asked: Asked) -> Json:
    name, external = asked.text("view_id"), asked.text("external_id")
    if not name and not external:
        raise SlackError("invalid_arguments")
    for _, opened in asked.space.open_views():
        if opened.view["id"] == name or (external and opened.view["external_id"] == external):
            _same_hash(asked, opened)
            home = opened.view["type"] == "home"
            given = asked.args.get("view")
            own = opened.view["external_id"]
            opened.view["external_id"] = ""
            try:
                view = refuse(asked.core, "views.update", given, home=home)
            except SlackError:
                opened.view["external_id"] = own
                raise
            replace(asked.core, opened, view)
            return {"view": shown(opened)}
    raise SlackError("not_found")


def publish(asked: Asked) -> Json:
    user = asked.space.users.get(asked.text("user_id"))
    if user is None or user.is_bot:
        raise SlackError("invalid_arguments")
    if user.home:
        _same_hash(asked, user.home)
    view = refuse(asked.core, "views.publish", asked.args.get("view"), home=True)
    if user.home:
        replace(asked.core, user.home, view)
    else:
        user.home = OpenView(views.made(asked.core, view))
    return {"view": shown(user.home)}


def _same_hash(asked: Asked, opened: OpenView) -> None:
    given = asked.text("hash")
    if given and given != opened.view["hash"]:
        raise SlackError("hash_conflict")


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push_view),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
