"""Microsoft's side, for tests: see `counterpart`. Its documented limits: see `limits`.

async with teams_counterpart() as teams:              # also teams.add_tenant("Hjo")
    Settings(teams_cloud=teams.cloud, teams_service_hosts=teams.service_hosts, ...)
    teams.tenant.app_id, .id, .secret                 # of the connection; CA: teams.ca_file
    teams.tenant.endpoint = f"{where}/teams/skovde/messages"
    anna = teams.add_person("Anna Ek", "anna@skovde.example.se")     # installed=True: since before
    await teams.installs(anna); await teams.says(anna, "hjälp")      # where=channel, thread=line
    await teams.fills(anna, state="Risk"); await teams.submits(anna); teams.problem_at(anna, "day")
    await teams.clicks(anna, "Ja", channel, twice=True); teams.toasts(anna); teams.sees(anna)
    team = teams.add_team("Kompetens", channels=["Möten"], members=[anna])
    await teams.adds_to_team(anna, team); teams.messages(team.general); teams.thread(channel, line)
    await teams.opens_message_extension(anna, "need", line); await teams.submits_dialog(anna)
    await teams.sends(teams.line(anna, "hej"), token="expired")      # raw; see WRONG_TOKENS
    teams.fault("send", status=503); teams.limits_rates(speed=20)    # 429; mends() ends it
    await teams.settled(); teams.violations                          # fails the test at the end
"""

from tests.teams.answered import Answer
from tests.teams.core import Call
from tests.teams.counterpart import Teams, teams_counterpart
from tests.teams.tokens import TOKEN_KINDS, WRONG_TOKENS, TokenKind
from tests.teams.world import Conversation, Message, Person, Team, Tenant

__all__ = [
    "TOKEN_KINDS",
    "WRONG_TOKENS",
    "Answer",
    "Call",
    "Conversation",
    "Message",
    "Person",
    "Team",
    "Teams",
    "Tenant",
    "TokenKind",
    "teams_counterpart",
]
