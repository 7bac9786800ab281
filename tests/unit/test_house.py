"""The house keeps its own rules, and each rule notices when it is broken."""

import re
import tomllib
from importlib.metadata import packages_distributions

import pytest
import yaml

from tests import house
from tests.house import HOUSE, Module, findings, foreign_names

TOP = {
    *{"bot", "handlers", "storage", "tests", "docs", "deploy", "samples", ".ci"},
    *{"pyproject.toml", "Dockerfile", "README.md", "Makefile", "CHANGELOG.md", "CONTRIBUTING.md"},
    *{"requirements.txt", "requirements-dev.txt"},
    *{".gitignore", ".gitattributes", ".editorconfig", ".dockerignore", ".pre-commit-config.yaml"},
}
DOC = '"""What one finds here."""\n'
LONG = "def long():\n" + "    x = 1\n" * house.LONGEST_FUNCTION

BAD = [
    ("bot/plan.py", "from datetime import datetime\nat = datetime.now()\n", "wall clock"),
    ("bot/plan.py", "from datetime import datetime as d, UTC\nat = d.now(UTC)\n", "wall clock"),
    ("bot/plan.py", "import datetime\nday = datetime.date.today()\n", "wall clock"),
    ("storage/database.py", "import time\nat = time.time()\n", "wall clock"),
    ("storage/queries/plan.py", "async def f(c): await c.commit()\n", "below the edge"),
    ("handlers/web/forms.py", "def f(session): session.commit()\n", "below the edge"),
    ("bot/plan.py", "async def f(e):\n    async with e.begin() as c: ...\n", "below the edge"),
    ("bot/plan.py", "async def f(d):\n    async with d.transaction(): ...\n", "below the edge"),
    ("bot/plan.py", "try:\n    x = 1\nexcept Exception:\n    pass\n", "swallowed"),
    ("bot/plan.py", "try:\n    x = 1\nexcept (ValueError, Exception):\n    ...\n", "swallowed"),
    (
        "tests/test_plan.py",
        "for x in y:\n    try:\n        z\n    except:\n        continue\n",
        "swallowed",
    ),
    ("bot/plan.py", "x = 1\n" * house.LONGEST_FILE, "too long"),
    ("bot/plan.py", LONG, "does two things"),
    ("handlers/app.py", 'print("hej")\n', "print()"),
    ("bot/utils.py", "x = 1\n", "name the file"),
    ("bot/plan.py", 'from bot.language import _\nx = _(f"Hej {y}")\n', "no English"),
    ("bot/plan.py", 'from bot.language import ngettext as n\nx = n("en", two, 2)\n', "no English"),
    ("bot/plan.py", "x = 1  # " + "TODO: more\n", "not done"),
]
GOOD = [
    ("bot/clock.py", "from datetime import UTC, datetime\nat = datetime.now(UTC)\n"),
    ("bot/plan.py", "import time\nat = time.monotonic()\n"),
    ("bot/plan.py", "async def f(now): return now()\n"),
    ("handlers/web/pages.py", "from datetime import UTC, datetime\nat = datetime.now(UTC)\n"),
    ("bot/plan.py", "try:\n    x = 1\nexcept ValueError:\n    pass\n"),
    ("bot/plan.py", "try:\n    x = 1\nexcept Exception as wrong:\n    log(wrong)\n"),
    ("bot/plan.py", "x = 1\n" * (house.LONGEST_FILE - 2)),
    ("bot/plan.py", 'from bot.language import _\nx = _("Hej {name}", name=y)\n'),
    ("bot/plan.py", "for _ in y:\n    z = f(_)\n"),
    ("bot/plan.py", "async def f(c):\n    async with c.begin_nested(): ...\n"),
    ("handlers/cli/plan.py", "async def f(d):\n    async with d.transaction(): ...\n"),
    ("tests/test_plan.py", LONG),
    ("handlers/cli.py", 'print("hej")\n'),
    ("handlers/cli/plan.py", 'print("hej")\n'),
]


@pytest.mark.parametrize(("path", "text", "says"), BAD)
def test_a_broken_rule_is_found_and_says_the_cure(path: str, text: str, says: str):
    (found,) = findings(Module(path, DOC + text))
    assert says in found.says
    assert ":" in found.says, "reason and cure, one on each side"
    assert str(found).startswith(f"{path}:")


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_what_the_rules_allow_is_left_alone(path: str, text: str):
    assert findings(Module(path, DOC + text)) == []


def test_a_module_without_docstring_is_found():
    (found,) = findings(Module("storage/plan.py", "x = 1\n"))
    assert "no docstring" in found.says


def test_who_opens_the_transaction_may_commit():
    for path in house.EDGE:
        path = path + "round.py" if path.endswith("/") else path
        assert findings(Module(path, DOC + "async def f(c): await c.commit()\n")) == []


def test_the_house_keeps_its_rules():
    broken = [str(found) for module in house.modules() for found in findings(module)]
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize("path", [*house.CLOCK, *house.EDGE])
def test_each_exception_from_a_rule_is_still_needed(path: str):
    """A list of exceptions only shrinks when somebody looks."""
    texts = [module.text for module in house.modules() if module.path.startswith(path)]
    used = r"datetime\.now\(" if path in house.CLOCK else r"\.(commit|begin|transaction)\("
    assert any(re.search(used, text) for text in texts), f"{path}: take it off in tests/house.py"


@pytest.mark.parametrize("name", house.FOREIGN)
def test_a_foreign_name_is_found(name: str):
    (found,) = foreign_names("README.md", f"see\nhttps://{name}x")
    assert found.line == 2


def test_nothing_committed_names_a_registry_or_a_folder_of_one_machine():
    broken: list[str] = []
    for path in house.files():
        content = (HOUSE / path).read_bytes()
        if b"\0" not in content:
            broken += map(str, foreign_names(path, content.decode("utf-8")))
    assert not broken, "\n" + "\n".join(broken)


def test_the_top_of_the_house_holds_only_what_belongs_there():
    assert {path.split("/")[0] for path in house.files()} <= TOP


def test_nothing_of_others_is_committed():
    binary = {".png", ".jpg", ".woff2", ".xlsx", ".docx", ".ico"}
    for path in house.files():
        assert not re.search(
            r"(^|/)(node_modules|vendor|third_party)/|\.min\.(js|css)$|\.whl$", path
        )
        assert b"\0" not in (HOUSE / path).read_bytes() or any(path.endswith(end) for end in binary)


def package(requirement: str) -> str:
    """The name of what a line of pyproject.toml asks for."""
    return re.split(r"[\[<>=~! ;]", requirement)[0].lower()


def locked(path: str) -> dict[str, str]:
    """Package to version, as a lock file pins them."""
    return dict(
        re.findall(r"(?m)^([a-z0-9.-]+)(?:\[[^]]*\])?==([^ ]+)", (HOUSE / path).read_text())
    )


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_its_hash(path: str):
    entries = re.split(r"(?m)^(?=\S)", (HOUSE / path).read_text())[1:]
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+(\[[a-z,]+\])?==", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_what_is_asked_for_is_locked_and_the_locks_agree():
    asked = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    runtime, dev = locked("requirements.txt"), locked("requirements-dev.txt")
    assert runtime.items() <= dev.items(), "make lock"
    for line in asked["dependencies"]:
        assert package(line) in runtime, f"{line}: make lock"
    for line in asked["optional-dependencies"]["dev"]:
        assert package(line) in dev, f"{line}: make lock"


def test_what_is_imported_is_asked_for():
    """A package that only another package brings in can be gone with that one's next release."""
    asked = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    runtime = {package(line) for line in asked["dependencies"]}
    dev = runtime | {package(line) for line in asked["optional-dependencies"]["dev"]}
    brings = packages_distributions()
    missing: list[str] = []
    for module in house.modules():
        known = dev if module.floor == "tests" else runtime
        for line, name in house.foreign_imports(module):
            of = {re.sub(r"[_.]", "-", each).lower() for each in brings.get(name, [name])}
            if not of & known:
                missing.append(f"{module.path}:{line}: {' or '.join(of)} is not in pyproject.toml")
    assert not missing, "\n" + "\n".join(missing)


def test_make_help_tells_every_target_that_people_use():
    makefile = (HOUSE / "Makefile").read_text()
    (listed,) = re.findall(r"(?m)^\.PHONY: (.*)$", makefile)
    told = set(re.findall(r"(?m)^([a-z0-9-]+):.*## .", makefile))
    assert set(listed.split()) - told == {"test-tools"}
    assert {
        "start",
        "test",
        "install",
        "lint",
        "types",
        "audit",
        "bench",
        "messages",
        "lock",
    } <= told


def test_hooks_call_our_own_targets_only():
    hooks = yaml.safe_load((HOUSE / ".pre-commit-config.yaml").read_text())
    for repo in hooks["repos"]:
        assert repo["repo"] == "local", "a commit fetches nothing"
        assert all(hook["entry"].startswith("make ") for hook in repo["hooks"])
