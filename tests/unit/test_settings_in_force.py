"""A setting that cannot be used is told in a line: its name, what is wrong, and an example."""

import json

import pytest

from handlers.settings_in_force import BadSettings, settings_in_force
from tests.unit.test_operations import typed

GOOD = {"team_id": "T012ABCDE", "organisations": ["Skövde"], "email_domains": ["skovde.se"]}


def workspace(**differs: object) -> str:
    return json.dumps([GOOD, GOOD | differs])


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


@pytest.mark.parametrize(
    "value", ["hemlig-nyckel", '{"a": "hemlig-nyckel"}', '[["hemlig-nyckel"]]']
)
def test_what_stands_in_a_setting_is_never_repeated(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("SAMSPEL_SECRET_KEYS", value)
    with pytest.raises(BadSettings) as bad:
        settings_in_force()
    assert "hemlig-nyckel" not in f"{bad.value.problems} {bad.value}"


@pytest.mark.parametrize("command", [("doctor",), ("serve",), ("manifest", "slack"), ("settings",)])
def test_every_command_tells_it_in_one_line(command: tuple[str, ...]):
    told = typed(*command, SAMSPEL_SLACK_WORKSPACES="[{team_id: T1}]")
    assert told.returncode in (1, 2)
    (line,) = (told.stdout + told.stderr).splitlines()
    assert "SAMSPEL_SLACK_WORKSPACES är inte giltig JSON" in line
    assert '[{"team_id": "T012ABCDE"' in line
