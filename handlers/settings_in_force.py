"""The settings in force, and what is wrong with each that cannot be used, said plainly.

What stands in a setting is never repeated: it may be a secret.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, cast, get_args

from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.language import _
from bot.settings import Settings

EXAMPLES = {
    "slack_workspaces": """'[{"team_id": "T012ABCDE", "organisations": ["Skövde"], """
    """"email_domains": ["skovde.se"]}]'""",
    "teams_connections": """'[{"name": "skovde", "app_id": "…", "tenant_id": "…", "secret": "…", """
    """"organisations": ["Skövde"], "email_domains": ["skovde.se"]}]'""",
    "teams_service_hosts": """'["smba.trafficmanager.net"]'""",
    "teams_cloud": """'{"login_endpoint": "https://login.microsoftonline.com"}'""",
    "secret_keys": """'["…"]'""",
    "public_url": "https://samspel.example.se",
    "database_url": "postgresql://samspel_bot:…@database/samspel",
}
"""Lists in the quotes that a shell and an env file both take away: without, a shell eats the inner
ones."""


CLOUD = ("login_endpoint", "openid_metadata_url", "token_issuer", "bot_scope")
"""What SAMSPEL_TEAMS_CLOUD may hold: names that the SDK has for them."""

BOUNDS = ("ge", "gt", "le")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one setting, beginning with its name; and what helps."""

    what: str
    cure: str


class BadSettings(Exception):
    """Some settings cannot be used."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*(each.what for each in problems))
        self.problems = problems


def settings_in_force() -> Settings:
    """The settings as the environment has them. BadSettings with what is wrong with each."""
    try:
        settings = Settings()
    except SettingsError as error:
        raise BadSettings((_no_json(error),)) from None
    except ValidationError as error:
        raise BadSettings(tuple(_problems(error))) from None
    if problems := tuple(_cloud(settings.teams_cloud)):
        raise BadSettings(problems)
    return settings


def _cloud(addresses: Mapping[str, str]) -> Iterator[Problem]:
    name, cure = _name("teams_cloud"), _cure("teams_cloud")
    for each, address in addresses.items():
        if each not in CLOUD:
            words = ", ".join(CLOUD)
            yield Problem(
                _("{name}: {key} ska vara något av {words}", name=name, key=each, words=words), cure
            )
        elif each == "login_endpoint" and not address.startswith("https://"):
            # msal asks nobody else.
            yield Problem(_("{name}: {key} ska börja med https://", name=name, key=each), cure)


def _no_json(error: SettingsError) -> Problem:
    """A list that is no JSON. pydantic-settings names the field in its words only."""
    found = re.search(r'field "(\w+)"', str(error))
    field = found[1] if found else ""
    cause = error.__cause__
    where = (
        _("rad {line}, tecken {column}", line=cause.lineno, column=cause.colno)
        if isinstance(cause, json.JSONDecodeError)
        else "–"
    )
    return Problem(
        _("{name} är inte giltig JSON ({where})", name=_name(field), where=where), _cure(field)
    )


def _problems(error: ValidationError) -> Iterator[Problem]:
    for each in error.errors(include_input=False, include_url=False):
        if not each["loc"]:
            yield _do_not_fit(each["msg"])
            continue
        field, *inside = each["loc"]
        name = _name(str(field))
        numbers = [part + 1 for part in inside if isinstance(part, int)]
        if numbers:
            name = _("{name}, nr {n}", name=name, n=numbers[0])
        named = [part for part in inside if isinstance(part, str)]
        wrong = _wrong(cast("Mapping[str, Any]", each), str(field), *named[:1])
        what = f"{name}: {named[0]} {wrong}" if named else f"{name} {wrong}"
        yield Problem(what, _cure(str(field)))


def _do_not_fit(said: str) -> Problem:
    """Settings that are each right, but not together; `said` is how bot/settings.py has it."""
    name, cure = _name("teams_connections"), _cure("teams_connections")
    if same := re.search(r"have the same (\w+)$", said):
        return Problem(_("{name}: två har samma {what}", name=name, what=same[1]), cure)
    if bare := re.search(r"(\S+) needs one of", said):
        what = _("{name}: {connection} visar inte vem den är", name=name, connection=bare[1])
        return Problem(what, cure)
    return Problem(
        _("{name} släpper in vem som helst", name=_name("teams_anonymous")),
        _("Ta bort den, eller lyssna bara på den här datorn: SAMSPEL_HOST=127.0.0.1"),
    )


def _name(field: str) -> str:
    return f"SAMSPEL_{field.upper()}"


def _cure(field: str) -> str:
    example = EXAMPLES.get(field) or _default(field)
    if example:
        return _("Skriv till exempel {name}={example}", name=_name(field), example=example)
    return _("Se i docs/deployment.md vad den ska innehålla")


def _default(field: str) -> str:
    default = Settings.model_fields[field].default if field in Settings.model_fields else None
    match default:
        case None | ():
            return ""
        case bool():
            return str(default).lower()
        case time():
            return default.isoformat("minutes")
        case _:
            return str(default)


def _misshapen(inside: str) -> str:
    """What a value inside a setting should look like."""
    match inside:
        case "app_id" | "tenant_id":
            return _("ska vara ett id som 12345678-9abc-def0-1234-56789abcdef0")
        case "name":
            return _("ska vara små bokstäver a–z, siffror och bindestreck, högst 40")
        case _:
            return _("ska börja med T och sedan ha stora bokstäver och siffror")


def _wrong(each: Mapping[str, Any], field: str, inside: str = "") -> str:
    """What is wrong with a value, without the value."""
    limits = {name: f"{value:g}" for name, value in each.get("ctx", {}).items() if name in BOUNDS}
    match each["type"]:
        case "missing":
            return _("saknas")
        case "extra_forbidden":
            return _("finns inte bland det som kan anges")
        case "string_pattern_mismatch":
            return _misshapen(inside)
        case "tuple_type" | "list_type":
            return _("ska vara en lista inom hakparenteser")
        case "model_type" | "model_attributes_type" | "dict_type":
            return _("ska vara uppgifter inom klammerparenteser")
        case "too_short" | "string_too_short":
            return _("får inte vara tom")
        case "string_type" | "string_sub_type":
            return _("ska vara text inom citattecken")
        case "literal_error":
            words = ", ".join(map(str, get_args(Settings.model_fields[field].annotation)))
            return _("ska vara något av {words}", words=words)
        case "greater_than_equal":
            return _("ska vara minst {n}", n=limits["ge"])
        case "greater_than":
            return _("ska vara mer än {n}", n=limits["gt"])
        case "less_than_equal":
            return _("ska vara högst {n}", n=limits["le"])
        case kind if kind.startswith(("int_", "float_")):
            return _("ska vara ett tal")
        case kind if kind.startswith("time_"):
            return _("ska vara ett klockslag")
        case kind if kind.startswith("bool_"):
            return _("ska vara true eller false")
        case _ if field == "slack_api_url":
            return _("ska sluta med /api/")
        case "value_error" if field == "teams_connections":
            return _("ska ha ett av secret, certificate och federated")
        case _:
            return _("har en form som inte går att använda")
