"""The rules of the house, as small checks of the code itself.

Each rule says what it found, why that is not wanted, and the cure. `tests/unit/test_house.py`
tries every rule on a bad sample and then on the whole house.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

HOUSE = Path(__file__).parent.parent
FLOORS = ("bot", "handlers", "storage")

LONGEST_FILE = 400
LONGEST_FUNCTION = 60

CLOCK = {"bot/clock.py"}
"""Where the real time comes in; everything else is handed a `Clock` or a `now`."""

EDGE = (
    "bot/conversations/runner.py",
    "bot/delivery/",
    "bot/schedule.py",
    "storage/database.py",
    "storage/migrate.py",
)
"""Who below handlers/ opens a transaction, and so commits it: files, and folders with a slash."""

TERMINAL = ("handlers/cli", "handlers/serving.py", "handlers/setup.py")
"""The command line, and what it says when it starts and stops."""

NAMELESS = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}
WALL_CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
FOREIGN = tuple(
    "".join(parts)
    for parts in (
        ("pypi", ".org"),
        ("python", "hosted"),
        ("npmjs", ".org"),
        ("deb", ".debian"),
        ("/ro", "ot/"),
        ("/wo", "rk/"),
        ("/opt", "/pypi"),
        ("/opt", "/wheels"),
    )
)
"""Hosts of package registries, and folders that exist on one machine only."""

MADE_HERE = {".venv", "var", "build", "samspel.egg-info", "__pycache__", ".hypothesis"} | {
    ".pytest_cache",
    ".ruff_cache",
    ".import_linter_cache",
}
"""Folders that work leaves behind; a checkout without git is looked through around them."""


@dataclass(frozen=True)
class Finding:
    """One broken rule: where, what, and the cure."""

    path: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


@dataclass(frozen=True)
class Module:
    """A Python file: its path from the top of the house, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def floor(self) -> str:
        return PurePosixPath(self.path).parts[0]

    @cached_property
    def imported(self) -> dict[str, str]:
        """Each name that an import brings in, with the full name of what it stands for."""
        names: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for each in node.names:
                    if each.asname:
                        names[each.asname] = each.name
            elif isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    names[each.asname or each.name] = f"{node.module}.{each.name}"
        return names

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call, with the full name of what is called as far as it can be read."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                first, dot, rest = ast.unparse(node.func).partition(".")
                yield node, self.imported.get(first, first) + dot + rest

    def found(self, node: ast.AST | int, says: str) -> Finding:
        return Finding(
            self.path, node if isinstance(node, int) else getattr(node, "lineno", 1), says
        )


Rule = Callable[[Module], Iterator[Finding]]


def no_wall_clock(module: Module) -> Iterator[Finding]:
    """bot/ and storage/ are told the time, so that a test can stand at any time."""
    if module.floor in {"bot", "storage"} and module.path not in CLOCK:
        for call, name in module.calls():
            if name in WALL_CLOCK:
                yield module.found(
                    call,
                    f"{name}() reads the wall clock, so no test can choose the time: "
                    "take `now: datetime` or a `Clock` as argument",
                )


def commit_at_the_edge(module: Module) -> Iterator[Finding]:
    """What is said and what is changed are one transaction, so only who opened it commits."""
    opening = {"begin", "transaction"} if module.floor in {"bot", "storage"} else set[str]()
    if module.floor in FLOORS and not module.path.startswith(EDGE):
        for call, _ in module.calls():
            if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit"} | opening:
                yield module.found(
                    call,
                    f".{call.func.attr}() below the edge splits a turn in two: take the connection "
                    "as argument and leave this to who opened it (the edge: tests/house.py)",
                )


def no_silent_except(module: Module) -> Iterator[Finding]:
    """An error is told to the one who can mend it."""
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.ExceptHandler)
            and _catches_all(node)
            and all(map(_nothing, node.body))
        ):
            yield module.found(
                node,
                "every error is swallowed here: name the error that is expected, "
                "or log what happened and go on",
            )


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kind = handler.type
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(
        each is None or ast.unparse(each) in {"Exception", "BaseException"} for each in kinds
    )


def _nothing(statement: ast.stmt) -> bool:
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Pass | ast.Continue)


def files_fit(module: Module) -> Iterator[Finding]:
    """A file has one subject; when a second one grows in it, it moves out."""
    lines = len(module.text.splitlines())
    if lines >= LONGEST_FILE:
        yield module.found(lines, f"{lines} lines, {LONGEST_FILE} is too long: move a subject out")


def functions_fit(module: Module) -> Iterator[Finding]:
    """A function is seen at once; if you must scroll, it does two things."""
    if module.floor == "tests":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines >= LONGEST_FUNCTION:
                yield module.found(
                    node,
                    f"{node.name} has {lines} lines and does two things: give the second a name",
                )


def no_print(module: Module) -> Iterator[Finding]:
    """Only the command line speaks to a terminal; the rest logs, or returns what is to be said."""
    if module.floor in FLOORS and not module.path.startswith(TERMINAL):
        for call, name in module.calls():
            if name == "print":
                yield module.found(
                    call,
                    "print() ends up nowhere on a server: log it, or return it to the command line",
                )


def modules_say_what_they_are(module: Module) -> Iterator[Finding]:
    """The first line of a module tells what one finds in it."""
    if module.floor in FLOORS and not ast.get_docstring(module.tree):
        yield module.found(1, "no docstring: say in a sentence what one finds here")


def files_have_a_subject(module: Module) -> Iterator[Finding]:
    """A name tells the room; a piece without a home means that the house lacks a room."""
    if PurePosixPath(module.path).name in NAMELESS:
        yield module.found(1, "this name could hold anything: name the file for its subject")


def nothing_left_to_do(module: Module) -> Iterator[Finding]:
    """Half-finished work does not land."""
    for number, line in enumerate(module.text.splitlines(), 1):
        if any(mark in line for mark in ("# " + "TODO", "# " + "FIXME", "# " + "XXX")):
            yield module.found(number, "a note of work not done: do it, or write an issue")


def texts_are_literal(module: Module) -> Iterator[Finding]:
    """A text is found by reading the code, so it stands where it is said."""
    forms = {"bot.language._": 1, "bot.language.ngettext": 2}
    if module.floor in FLOORS and module.path != "bot/language.py":
        for call, name in module.calls():
            for said in call.args[: forms.get(name, 0)]:
                if not (isinstance(said, ast.Constant) and isinstance(said.value, str)):
                    yield module.found(
                        call,
                        f"{ast.unparse(said)} is put together before it is looked up, so no "
                        "English is found for it: write the text itself, with {placeholders}",
                    )


RULES: tuple[Rule, ...] = (
    no_wall_clock,
    commit_at_the_edge,
    no_silent_except,
    files_fit,
    functions_fit,
    no_print,
    modules_say_what_they_are,
    files_have_a_subject,
    nothing_left_to_do,
    texts_are_literal,
)


def findings(module: Module) -> list[Finding]:
    """All that the rules have to say about `module`."""
    return [found for rule in RULES for found in rule(module)]


def foreign_imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and top-level name of each import that is neither ours nor Python's own."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=imported):
                names = [each.name for each in imported]
            case ast.ImportFrom(module=str(name), level=0):
                names = [name]
            case _:
                continue
        for top in (name.partition(".")[0] for name in names):
            if top not in sys.stdlib_module_names and top not in {*FLOORS, "tests"}:
                yield node.lineno, top


def foreign_names(path: str, text: str) -> list[Finding]:
    """Registry hosts and this machine's folders: a checkout elsewhere could not use them."""
    return [
        Finding(path, number, f"names {name!r}, which other machines need not have: leave it out")
        for number, line in enumerate(text.splitlines(), 1)
        for name in FOREIGN
        if name in line
    ]


def files() -> list[str]:
    """Every file of the house that is, or could be, committed; paths from its top."""
    if not (HOUSE / ".git").exists():
        paths = (path.relative_to(HOUSE) for path in HOUSE.rglob("*") if path.is_file())
        return sorted(str(path) for path in paths if MADE_HERE.isdisjoint(path.parts))
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted({path for path in listed.stdout.split("\0") if path and (HOUSE / path).is_file()})


def modules() -> list[Module]:
    """Every Python file of the house."""
    return [
        Module(path, (HOUSE / path).read_text(encoding="utf-8"))
        for path in files()
        if path.endswith(".py")
    ]
