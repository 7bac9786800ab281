"""Teams' app package: each connection's own, with what the bot can do, in both languages."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.conversations.listed import all_conversations
from bot.conversations.registry import Conversations
from bot.settings import Settings, TeamsConnection
from handlers.teams.manifest import COMMANDS, NoPublicAddress, in_english, manifest
from tests.platforms.teams_package_scene import (
    CONNECTION,
    conversation,
    members,
    package,
    with_message_action,
)

HTTPS = "https://samspel.example.se"


def made(conversations: Conversations | None = None, **settings: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"public_url": HTTPS, **settings}
    return manifest(
        conversations or all_conversations(), Settings(**values), TeamsConnection(**CONNECTION)
    )


def commands(whole: dict[str, Any]) -> list[dict[str, str]]:
    (listed,) = whole["bots"][0]["commandLists"]
    assert listed["scopes"] == ["personal", "team", "groupChat"]
    return listed["commands"]


def test_the_app_is_the_connections_bot_wherever_people_talk():
    whole = made()
    (bot,) = whole["bots"]
    assert whole["id"] == bot["botId"] == CONNECTION["app_id"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["supportsFiles"] is False
    assert whole["version"] == version("samspel")


def test_each_command_is_a_word_that_the_bot_knows():
    conversations = all_conversations()
    titles = [each["title"] for each in commands(made())]
    assert len(titles) == len(set(titles)) == COMMANDS
    assert all(conversations.called(title) for title in titles)
    assert {"rapport", "rätta", "mina"} <= set(titles)


def test_the_menu_is_what_anybody_may():
    assert "konton" not in [each["title"] for each in commands(made())]


def test_what_is_a_command_everywhere_and_help_are_never_crowded_out():
    many = [conversation(name=f"provsak{letter}") for letter in "abcdefghijkl"]
    last = conversation(command=True, name="sist")
    titles = [
        each["title"] for each in commands(made(Conversations((*many, *all_conversations(), last))))
    ]
    assert len(titles) == COMMANDS
    assert {"rapport", "hjalp", "sist"} <= {word.replace("ä", "a") for word in titles}


def test_a_need_can_be_registered_from_a_message():
    (extension,) = made()["composeExtensions"]
    (action,) = extension["commands"]
    assert (action["id"], action["title"]) == ("behov", "Registrera som behov")


def test_without_such_a_form_there_is_no_message_action():
    others = Conversations(each for each in all_conversations() if each.name != "behov")
    assert "composeExtensions" not in made(others)


def test_a_form_that_begins_from_a_message_is_an_action_on_messages():
    (extension,) = made(with_message_action())["composeExtensions"]
    assert extension["botId"] == CONNECTION["app_id"]
    assert [each for each in extension["commands"] if each["id"] != "behov"] == [
        {
            "id": "provsak_form",
            "type": "action",
            "title": "Registrera en provsak",
            "description": "Pröva något nytt",
            "context": ["message"],
            "fetchTask": True,
        }
    ]
    english = in_english(with_message_action())
    titles = [english[f"composeExtensions[0].commands[{n}].title"] for n in range(2)]
    assert set(titles) == {"Registrera en provsak", "Register as a need"}


def test_in_english_every_text_that_has_a_place_is_there_and_no_swedish_is_left():
    english = in_english(all_conversations())
    places = {f"bots[0].commandLists[0].commands[{n}].description" for n in range(COMMANDS)}
    assert places | {"name.full", "description.short", "description.full"} <= english.keys()
    assert not re.search("[åäöÅÄÖ]", json.dumps(english, ensure_ascii=False))
    assert "följ upp" in made()["description"]["short"]


@pytest.mark.parametrize("url", [None, "http://samspel.example.se"])
def test_without_an_https_address_the_cure_is_said(url: str | None):
    with pytest.raises(NoPublicAddress, match="SAMSPEL_PUBLIC_URL"):
        made(public_url=url)


def test_a_federation_whose_name_does_not_fit_is_no_developer():
    assert made(federation="Kommunalförbundet")["developer"]["name"] == "Kommunalförbundet"
    assert made(federation="K" * 33)["developer"]["name"] == "Samspel"


def test_the_package_holds_what_the_manifest_names_and_nothing_else():
    files = members(package())
    said = json.loads(files["manifest.json"])
    named = {*said["icons"].values(), said["localizationInfo"]["additionalLanguages"][0]["file"]}
    assert files.keys() == {"manifest.json", *named}
    assert "secret" not in json.dumps(said)
    assert CONNECTION["secret"] not in "".join(each.decode("latin-1") for each in files.values())


def test_the_same_app_is_the_same_bytes():
    assert package() == package()


def opened(name: str) -> Image.Image:
    return Image.open(BytesIO(members(package())[name]))


def test_the_colour_icon_fills_its_square():
    icon = opened("color.png")
    assert (icon.size, icon.mode) == ((192, 192), "RGB")
    green = (0x17, 0x59, 0x4A)
    assert all(icon.getpixel(at) == green for at in ((0, 0), (191, 0), (0, 191), (191, 191)))
    outside = [
        icon.getpixel((x, y)) for x in range(192) for y in range(192) if not in_the_middle(x, y)
    ]
    assert set(outside) == {green}


def in_the_middle(x: int, y: int) -> bool:
    return 36 <= x < 156 and 36 <= y < 156


def test_the_outline_icon_is_white_on_nothing():
    icon = opened("outline.png")
    assert (icon.size, icon.mode) == ((32, 32), "RGBA")
    pixels: list[Any] = [icon.getpixel((x, y)) for x in range(32) for y in range(32)]
    assert {pixel[:3] for pixel in pixels} == {(255, 255, 255)}
    assert {0, 255} <= {pixel[3] for pixel in pixels}
    assert pixels[0][3] == 0


def typed(
    folder: Path, *options: str, connections: int = 1, url: str | None = HTTPS
) -> subprocess.CompletedProcess[str]:
    known = [
        CONNECTION
        | {"name": name, "app_id": other(n, "app_id"), "tenant_id": other(n, "tenant_id")}
        for n, name in enumerate(["skovde", "hjo"][:connections])
    ]
    environment = {"PATH": "", "SAMSPEL_TEAMS_CONNECTIONS": json.dumps(known)}
    if url:
        environment["SAMSPEL_PUBLIC_URL"] = url
    command = (sys.executable, "-c", "from handlers.cli import main; main()", "manifest", "teams")
    return subprocess.run(
        (*command, *options),
        cwd=folder,
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


def other(n: int, what: str) -> str:
    return CONNECTION[what][:-1] + str(n)


def test_the_command_writes_the_package_and_says_where_it_goes(tmp_path: Path):
    options = ("--connection", "hjo", "--out", "app.zip", "--version", "1.2.3")
    done = typed(tmp_path, *options, connections=2)
    assert (done.returncode, done.stderr) == (0, "")
    assert "admin.teams.microsoft.com" in done.stdout
    said = json.loads(members((tmp_path / "app.zip").read_bytes())["manifest.json"])
    assert (said["id"], said["version"]) == (other(1, "app_id"), "1.2.3")


def test_with_one_connection_neither_name_nor_file_need_be_said(tmp_path: Path):
    assert typed(tmp_path).returncode == 0
    assert (tmp_path / "samspel-skovde.zip").exists()


@pytest.mark.parametrize(
    ("options", "differs", "says"),
    [
        ((), {"connections": 2}, "Skriv --connection med något av namnen skovde, hjo."),
        (("--connection", "tibro"), {}, "Skriv --connection med något av namnen skovde."),
        ((), {"connections": 0}, "Ingen anslutning till Teams är inställd"),
        ((), {"url": None}, "Sätt SAMSPEL_PUBLIC_URL"),
        (("--version", "2"), {}, "Skriv versionen som tre tal"),
        (("--out", "finns.zip"), {}, "finns.zip finns redan"),
        (("--out", "borta/app.zip"), {}, "borta/app.zip går inte att skriva"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    tmp_path: Path, options: tuple[str, ...], differs: dict[str, Any], says: str
):
    (tmp_path / "finns.zip").write_bytes(b"deras")
    done = typed(tmp_path, *options, **differs)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["finns.zip"]
    assert (tmp_path / "finns.zip").read_bytes() == b"deras"
