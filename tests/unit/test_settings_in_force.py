"""A setting that cannot be used is told in a line: its name, what is wrong, and an example."""

import json
from dataclasses import fields

import pytest
from microsoft_teams.api.auth.cloud_environment import CloudEnvironment

from handlers.settings_in_force import CLOUD, BadSettings, settings_in_force
from tests.unit.test_operations import typed

GOOD = {"team_id": "T012ABCDE", "organisations": ["Skövde"], "email_domains": ["skovde.se"]}


CONNECTION = {
    "name": "skovde",
    "app_id": "22222222-2222-4222-8222-222222222222",
    "tenant_id": "11111111-1111-4111-8111-111111111111",
    "secret": "s",
    "organisations": ["Skövde"],
    "email_domains": ["skovde.se"],
}
OTHER = CONNECTION | {
    "name": "hjo",
    "app_id": "22222222-2222-4222-8222-222222222223",
    "tenant_id": "11111111-1111-4111-8111-111111111112",
}


def workspace(**differs: object) -> str:
    return json.dumps([GOOD, GOOD | differs])


def connection(**differs: object) -> str:
    other = {key: value for key, value in (OTHER | differs).items() if value is not None}
    return json.dumps([CONNECTION, other])


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("SLACK_WORKSPACES", "[{team_id: T1}]", " är inte giltig JSON (rad 1, tecken 3)"),
        ("SECRET_KEYS", "hemligt", " är inte giltig JSON (rad 1, tecken 1)"),
        ("SLACK_WORKSPACES", json.dumps(GOOD), " ska vara en lista inom hakparenteser"),
        (
            "SLACK_WORKSPACES",
            workspace(team_id="skovde"),
            ", nr 2: team_id ska börja med T och sedan ha stora bokstäver och siffror",
        ),
        (
            "SLACK_WORKSPACES",
            workspace(organisations="Skövde"),
            ", nr 2: organisations ska vara en lista inom hakparenteser",
        ),
        (
            "SLACK_WORKSPACES",
            workspace(email_domains=[]),
            ", nr 2: email_domains får inte vara tom",
        ),
        (
            "SLACK_WORKSPACES",
            workspace(domän="x"),
            ", nr 2: domän finns inte bland det som kan anges",
        ),
        ("SLACK_WORKSPACES", '[{"team_id": "T1"}]', ", nr 1: organisations saknas"),
        ("SLACK_WORKSPACES", '["T1"]', ", nr 1 ska vara uppgifter inom klammerparenteser"),
        ("SECRET_KEYS", "[1]", ", nr 1 ska vara text inom citattecken"),
        ("PORT", "många", " ska vara ett tal"),
        ("PORT", "99999", " ska vara högst 65535"),
        ("ANSWER_SECONDS", "0", " ska vara mer än 0"),
        ("DATABASE_POOL", "0", " ska vara minst 1"),
        ("ROLE", "allt", " ska vara något av web, worker, all"),
        ("DEMO", "kanske", " ska vara true eller false"),
        ("CHEF_DIGEST_TIME", "halv åtta", " ska vara ett klockslag"),
        ("SLACK_API_URL", "https://slack.com", " ska sluta med /api/"),
        ("TEAMS_CONNECTIONS", "[{name: hjo}]", " är inte giltig JSON (rad 1, tecken 3)"),
        (
            "TEAMS_CONNECTIONS",
            connection(tenant_id="hjo.se"),
            ", nr 2: tenant_id ska vara ett id som 12345678-9abc-def0-1234-56789abcdef0",
        ),
        (
            "TEAMS_CONNECTIONS",
            connection(name="Hjo kommun"),
            ", nr 2: name ska vara små bokstäver a–z, siffror och bindestreck, högst 40",
        ),
        ("TEAMS_CONNECTIONS", connection(email_domains=None), ", nr 2: email_domains saknas"),
        (
            "TEAMS_CONNECTIONS",
            connection(federated="system"),
            ", nr 2 ska ha ett av secret, certificate och federated",
        ),
        ("TEAMS_CONNECTIONS", connection(name="skovde"), ": två har samma name"),
        (
            "TEAMS_CONNECTIONS",
            connection(app_id=CONNECTION["app_id"]),
            ": två har samma app_id",
        ),
        (
            "TEAMS_CONNECTIONS",
            connection(tenant_id=CONNECTION["tenant_id"]),
            ": två har samma tenant_id",
        ),
        ("TEAMS_CONNECTIONS", connection(secret=None), ": hjo visar inte vem den är"),
        (
            "TEAMS_CLOUD",
            '{"login": "https://login.example.se"}',
            ": login ska vara något av login_endpoint, openid_metadata_url, token_issuer, "
            "bot_scope",
        ),
        (
            "TEAMS_CLOUD",
            '{"login_endpoint": "http://login.example.se"}',
            ": login_endpoint ska börja med https://",
        ),
        ("TEAMS_CLOUD", "[1]", " ska vara uppgifter inom klammerparenteser"),
        ("TEAMS_SERVICE_HOSTS", '"smba"', " ska vara en lista inom hakparenteser"),
    ],
)
def test_what_is_wrong_with_a_setting_is_told_with_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str
):
    monkeypatch.setenv(f"SAMSPEL_{name}", value)
    with pytest.raises(BadSettings) as bad:
        settings_in_force()
    problem = bad.value.problems[0]
    assert problem.what == f"SAMSPEL_{name}{what}"
    assert f"SAMSPEL_{name}=" in problem.cure


def test_anybody_is_let_in_on_this_machine_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAMSPEL_TEAMS_ANONYMOUS", "1")
    monkeypatch.setenv("SAMSPEL_HOST", "0.0.0.0")
    with pytest.raises(BadSettings) as bad:
        settings_in_force()
    (problem,) = bad.value.problems
    assert problem.what == "SAMSPEL_TEAMS_ANONYMOUS släpper in vem som helst"
    assert "SAMSPEL_HOST=127.0.0.1" in problem.cure


def test_what_the_cloud_may_hold_is_what_the_sdk_knows():
    assert set(CLOUD) <= {each.name for each in fields(CloudEnvironment)}


@pytest.mark.parametrize(
    "value", ["hemlig-nyckel", '{"a": "hemlig-nyckel"}', '[["hemlig-nyckel"]]']
)
def test_what_stands_in_a_setting_is_never_repeated(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("SAMSPEL_SECRET_KEYS", value)
    with pytest.raises(BadSettings) as bad:
        settings_in_force()
    assert "hemlig-nyckel" not in f"{bad.value.problems} {bad.value}"


@pytest.mark.parametrize("differs", [{"secret": ["hemlig-nyckel"]}, {"name": "hemlig nyckel"}])
def test_what_stands_in_a_connection_is_never_repeated(
    monkeypatch: pytest.MonkeyPatch, differs: dict[str, object]
):
    monkeypatch.setenv("SAMSPEL_TEAMS_CONNECTIONS", connection(**differs))
    with pytest.raises(BadSettings) as bad:
        settings_in_force()
    assert "nyckel" not in f"{bad.value.problems} {bad.value}"


@pytest.mark.parametrize("command", [("doctor",), ("serve",), ("manifest", "slack"), ("settings",)])
def test_every_command_tells_it_in_one_line(command: tuple[str, ...]):
    told = typed(*command, SAMSPEL_SLACK_WORKSPACES="[{team_id: T1}]")
    assert told.returncode in (1, 2)
    (line,) = (told.stdout + told.stderr).splitlines()
    assert "SAMSPEL_SLACK_WORKSPACES är inte giltig JSON" in line
    assert '[{"team_id": "T012ABCDE"' in line
