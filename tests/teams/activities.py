"""Activities as Teams sends them to a bot."""

import html
from collections.abc import Iterable
from typing import Any

from tests.teams.core import Core
from tests.teams.findings import Json
from tests.teams.world import Conversation, Message, Person, Team, guid

PLATFORM = "Windows"
ZONE = "Europe/Stockholm"


def common(
    core: Core, kind: str, person: Person, here: Conversation, root: str = "", **more: Any
) -> Json:
    """What every activity of a person has."""
    moment = core.moment()
    return {
        "type": kind,
        "id": core.new_id(),
        "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "localTimestamp": moment.astimezone().isoformat(timespec="milliseconds"),
        "localTimezone": ZONE,
        "locale": person.locale,
        "channelId": "msteams",
        "serviceUrl": core.service_url,
        "from": person.account,
        "recipient": {"id": here.tenant.bot_id, "name": here.tenant.bot_name},
        "conversation": conversation(here, root),
        "channelData": channel_data(here),
        "entities": [client(person)],
        **more,
    }


def client(person: Person) -> Json:
    """The entity that tells of the program in the person's hands."""
    country = person.locale.partition("-")[2] or "SE"
    named = {"locale": person.locale, "country": country, "platform": PLATFORM}
    return {**named, "timezone": ZONE, "type": "clientInfo"}


def conversation(here: Conversation, root: str = "") -> Json:
    """Where it happened; in a channel the id names the thread."""
    own = f"{here.id};messageid={root}" if root and here.kind == "channel" else here.id
    about: Json = {"conversationType": here.kind, "tenantId": here.tenant.id, "id": own}
    if here.kind != "personal":
        about["isGroup"] = True
    if here.kind == "groupChat" and here.name:
        about["name"] = here.name
    return about


def channel_data(here: Conversation) -> Json:
    """What Teams adds of its own: tenant, and team and channel where there is one."""
    data: Json = {"tenant": {"id": here.tenant.id}}
    if here.team:
        data |= {
            "teamsChannelId": here.id,
            "teamsTeamId": here.team.id,
            "channel": {"id": here.id},
            "team": {"id": here.team.id},
        }
    return data


def team_data(team: Team, event: str) -> Json:
    """As `channel_data`, where something happened to the team."""
    about = {"id": team.id, "name": team.name, "aadGroupId": team.group_id}
    return {"team": about, "eventType": event, "tenant": {"id": team.tenant.id}}


def line(
    core: Core,
    person: Person,
    here: Conversation,
    words: str,
    *,
    root: str,
    mentioned: Iterable[Json] = (),
) -> Json:
    """A typed line; `mentioned` are accounts, said before the words."""
    accounts = list(mentioned)
    text = "".join(f"<at>{each['name']}</at> " for each in accounts) + words
    made = common(core, "message", person, here, root, textFormat="plain")
    made["text"] = text + ("\n" if accounts else "")
    made["attachments"] = [{"contentType": "text/html", "content": _markup(accounts, words)}]
    made["entities"] = [*map(_mention, accounts), *made["entities"]]
    return made


def _mention(account: Json) -> Json:
    about = {"id": account["id"], "name": account["name"]}
    return {"mentioned": about, "text": f"<at>{account['name']}</at>", "type": "mention"}


def _markup(accounts: list[Json], words: str) -> str:
    marked = "".join(
        f'<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="{at}">'
        f"{html.escape(each['name'])}</span>&nbsp;"
        for at, each in enumerate(accounts)
    )
    shown = html.escape(words, quote=False).replace("\n", "<br>")
    return f"<p>{marked}{shown}</p>"


def invoke(
    core: Core,
    person: Person,
    here: Conversation,
    name: str,
    value: Json,
    message: Message | None = None,
) -> Json:
    """Something a person did that waits for its answer."""
    root = message.root if message else ""
    made = common(core, "invoke", person, here, root, name=name, value=value)
    made["id"] = f"f:{guid()}"
    if message:
        made["replyToId"] = message.id
    return made


def payload(message: Message, person: Person) -> Json:
    """A message as a message extension is told of it."""
    author = message.by or person
    bot = {"application": {"id": author.tenant.app_id, "applicationIdentityType": "bot"}}
    user = {
        "id": author.object_id,
        "displayName": author.name,
        "userIdentityType": "aadUser",
    }
    shown = html.escape(message.text, quote=False)
    return {
        "id": message.id,
        "replyToId": None if message.root == message.id else message.root,
        "createdDateTime": message.activity.get("timestamp"),
        "deleted": message.deleted,
        "importance": "normal",
        "linkToMessage": f"https://teams.microsoft.com/l/message/{message.root}/{message.id}",
        "from": {"user": user} if message.by else bot,
        "body": {"contentType": "html", "content": f"<p>{shown}</p>"},
        "attachments": [],
        "mentions": [],
        "reactions": [],
    }
