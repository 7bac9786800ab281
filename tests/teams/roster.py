"""What the connector tells of members, teams and channels."""

from tests.teams import refusal
from tests.teams.conversing import one_of
from tests.teams.core import Core
from tests.teams.findings import Json
from tests.teams.world import Conversation, Team, Tenant

PAGE = 50
"""learn.microsoft.com: Fetch roster or user profile: 50 to 500 a page; the least one here."""


def member(core: Core, tenant: Tenant, asked: Json) -> Json:
    """One member, found by account or by Entra object id."""
    here = _inside(core, tenant, asked["conversation"])
    person = one_of(here.members, asked["member"])
    if person is None:
        says = "The member is not in the conversation."
        raise refusal.Refusal(404, "MemberNotFoundInConversation", says)
    return person.member


def everybody(core: Core, tenant: Tenant, asked: Json) -> list[Json]:
    """All members at once, as it was done before there were pages."""
    return [person.member for person in _inside(core, tenant, asked["conversation"]).members]


def members(core: Core, tenant: Tenant, asked: Json) -> Json:
    """A page of members, and where the next one begins."""
    here = _inside(core, tenant, asked["conversation"])
    begins = int(asked.get("continuationToken") or 0)
    most = max(PAGE, min(int(asked.get("pageSize") or 200), 500))
    shown = here.members[begins : begins + most]
    answer: Json = {"members": [person.member for person in shown]}
    if len(here.members) > begins + most:
        answer["continuationToken"] = str(begins + most)
    return answer


def team(core: Core, tenant: Tenant, asked: Json) -> Json:
    """What a team is called, and how large it is."""
    found = _team(tenant, asked["team"])
    return {
        "id": found.id,
        "name": found.name,
        "aadGroupId": found.group_id,
        "channelCount": len([one for one in found.channels if not one.deleted]),
        "memberCount": len(found.members),
        "tenantId": tenant.id,
    }


def channels(core: Core, tenant: Tenant, asked: Json) -> Json:
    """A team's channels; General has no name, since clients show it in their own language."""
    found = _team(tenant, asked["team"])
    return {
        "conversations": [
            {"id": one.id, "name": None if one is found.general else one.name, "type": "standard"}
            for one in found.channels
            if not one.deleted
        ]
    }


def _team(tenant: Tenant, named: str) -> Team:
    found = next((one for one in tenant.teams if one.id == named and not one.deleted), None)
    if found is None:
        raise refusal.not_found()
    if not found.bot_in:
        raise refusal.not_in_roster()
    return found


def _inside(core: Core, tenant: Tenant, named: str) -> Conversation:
    here, _ = core.find(named)
    if here is None or here.gone:
        raise refusal.not_found()
    if here.tenant is not tenant or not here.bot_in:
        raise refusal.not_in_roster()
    return here
