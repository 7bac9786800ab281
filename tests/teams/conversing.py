"""What the connector does with messages: chats opened, things said, replaced and taken away."""

from typing import Any

from tests.teams import refusal
from tests.teams.core import Core
from tests.teams.findings import Json, Problem
from tests.teams.limits import MOST_BYTES, message_problems, size
from tests.teams.world import (
    Conversation,
    Message,
    Person,
    Tenant,
    personal_chat,
    reached_elsewhere,
)

TYPES = {"message", "typing"}


def create(core: Core, tenant: Tenant, asked: Json) -> Json:
    """A personal chat, or a new thread of a channel when one is named with an activity."""
    body: Json = asked["body"]
    channel = ((body.get("channelData") or {}).get("channel") or {}).get("id")
    if channel:
        return _thread(core, tenant, {"body": body.get("activity"), "conversation": channel})
    members: list[Any] = body.get("members") or []
    if len(members) != 1 or not isinstance(members[0], dict):
        core.violations.append(f"create: one member is needed, got {len(members)}")
        raise refusal.bad("Bots can open chats with one person only.")
    if body.get("tenantId") not in (None, tenant.id):
        raise refusal.bad("tenantId does not match the app's tenant.")
    person = one_of(tenant.people, str(members[0].get("id")))
    if person is None:
        raise refusal.bad("Invalid user identity in provided tenant.", "BadSyntax")
    if not person.installed and not reached_elsewhere(person):
        raise refusal.not_in_roster()
    here = personal_chat(person)
    here.bot_in = True
    answer: Json = {"id": here.id, "serviceUrl": core.service_url}
    if isinstance(body.get("activity"), dict):
        said = send(core, tenant, {"body": body["activity"], "conversation": here.id})
        answer["activityId"] = said.get("id")
    return answer


def _thread(core: Core, tenant: Tenant, asked: Json) -> Json:
    if not isinstance(asked["body"], dict):
        raise refusal.bad("An activity is needed to begin a thread.")
    said = send(core, tenant, asked)
    return {"id": f"{asked['conversation']};messageid={said['id']}", "activityId": said["id"]}


def one_of(people: list[Person], named: str) -> Person | None:
    """The person of an account id, or of an Entra object id."""
    return next((one for one in people if named in (one.id, one.object_id)), None)


def place(core: Core, tenant: Tenant, named: str) -> tuple[Conversation, str]:
    """Where the bot wants to speak, and in which thread; refused where it may not."""
    here, root = core.find(named)
    if here is None or here.gone:
        raise refusal.not_found()
    if here.tenant is not tenant:
        raise refusal.not_in_roster()
    if here.kind == "personal" and here.members[0].blocked:
        raise refusal.blocked()
    if not here.bot_in:
        raise refusal.not_in_roster()
    return here, root


def send(core: Core, tenant: Tenant, asked: Json) -> Json:
    """Something said; typing leaves nothing behind."""
    here, root = place(core, tenant, asked["conversation"])
    activity: Json = asked["body"]
    if here.team and here.team.archived:
        raise refusal.Refusal(403, "Forbidden", "The team is archived.")
    _checked(core, f"{here.kind} {here.name}".strip(), activity)
    if activity["type"] == "typing":
        return {}
    if root and here.find(root) is None:
        raise refusal.no_activity()
    target = _target(core, here, activity) if asked.get("isTargetedActivity") == "true" else None
    message = core.post(here, None, activity, root)
    message.target = target
    return {"id": message.id}


def update(core: Core, tenant: Tenant, asked: Json) -> Json:
    """Something of the bot's own, said anew; what people saw of their own in it is gone."""
    here, _ = place(core, tenant, asked["conversation"])
    message = _own(here, asked["activity"])
    _checked(core, f"update in {here.kind} {here.name}".strip(), asked["body"])
    if message.target and asked["body"].get("recipient"):
        core.violations.append("update of a targeted message: no recipient is allowed")
    message.activity = asked["body"]
    message.updates += 1
    for person in here.members:
        person.views.pop(message, None)
        person.typed.pop(message, None)
    return {"id": message.id}


def delete(core: Core, tenant: Tenant, asked: Json) -> Json:
    """Something of the bot's own, taken away."""
    here, _ = place(core, tenant, asked["conversation"])
    _own(here, asked["activity"]).deleted = True
    return {}


def _own(here: Conversation, named: str) -> Message:
    message = here.find(named)
    if message is None or message.deleted:
        raise refusal.no_activity()
    if message.by is not None:
        raise refusal.Refusal(403, "Forbidden", "A bot can change only what it said itself.")
    return message


def _checked(core: Core, where: str, activity: Json) -> None:
    """Refusal of what cannot be shown; all that breaks a rule is remembered."""
    if activity.get("type") not in TYPES:
        core.violations.append(f"{where}: type {activity.get('type')!r}")
        raise refusal.bad("Unknown activity type.", "BadSyntax")
    problems: list[Problem] = message_problems(activity)
    core.violated(where, problems)
    if size(activity) > MOST_BYTES:
        raise refusal.Refusal(413, "MessageSizeTooBig", "Message size too large.")
    refused = [problem for problem in problems if problem.refused]
    if refused:
        raise refusal.bad("; ".join(map(str, refused[:3])), "BadSyntax")


def _target(core: Core, here: Conversation, activity: Json) -> Person:
    recipient = activity.get("recipient")
    problem = ""
    if here.kind == "personal":
        problem = "targeted messages are for channels and group chats"
    elif not isinstance(recipient, dict) or not recipient.get("isTargeted"):
        problem = "a targeted message is for one recipient, marked isTargeted"
    if problem or not isinstance(recipient, dict):
        core.violations.append(f"isTargetedActivity: {problem}")
        raise refusal.bad(problem)
    person = one_of(here.members, str(recipient.get("id")))
    if person is None:
        raise refusal.Refusal(404, "UserNotFound", "The recipient is not in the conversation.")
    return person
