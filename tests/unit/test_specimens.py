"""The list of specimens is whole: no conversation, form or card of the bot is left out of it."""

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest

import bot
from bot.conversations.forms import Form, Home
from bot.conversations.listed import all_conversations
from bot.conversations.views import Card
from bot.language import LANGUAGES
from bot.specimens.catalogue import all_specimens
from bot.specimens.specimen import Specimen
from bot.specimens.voice import Flavour
from tests import house

SHOWN = (Card, Form, Home, list[Card], tuple[Card, ...], Card | None)
"""What a function that draws answers with."""

DRAWN_BEFORE = {
    "bot.conversations.forms.read_card",
    "bot.digests.compose.read_letter",
    "bot.accounts._already",
    "bot.conversations.filling._secretly",
    "bot.outbox._as_one",
}
"""These answer with cards that others have drawn."""

SPECIMENS = all_specimens(seed=1)


def test_every_conversation_shows_something():
    shown = {each.of for each in SPECIMENS}
    missing = {each.name for each in all_conversations()} - shown
    assert not missing, f"no specimen in bot/specimens shows: {missing}"


def test_every_form_is_shown():
    forms = {flow.name for each in all_conversations() for flow in each.forms}
    shown = {each.view.name for each in SPECIMENS if isinstance(each.view, Form)}
    assert forms - shown == set(), "write them in bot/specimens/forms.py"


@pytest.mark.parametrize("flavour", Flavour)
def test_every_flavour_has_forms_cards_and_homes(flavour: Flavour):
    kinds = {each.view.kind for each in SPECIMENS if each.flavour is flavour}
    assert kinds == {"card", "form", "home"}


def test_the_ordinary_ones_are_in_every_language():
    ordinary = [each for each in SPECIMENS if each.flavour is Flavour.ORDINARY]
    named = [{each.name for each in ordinary if each.language == one} for one in LANGUAGES]
    assert all(names == named[0] for names in named)
    assert len(named[0]) > 100


def test_each_has_a_name_of_its_own():
    names = [(each.view.kind, each.full_name) for each in SPECIMENS]
    assert len(names) == len(set(names))


def test_the_same_seed_makes_the_same_and_another_seed_another():
    assert all_specimens.__wrapped__(seed=1) == SPECIMENS
    assert all_specimens.__wrapped__(seed=4) != SPECIMENS


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def functions(module: ModuleType) -> Iterator[FunctionType]:
    for each in vars(module).values():
        if isinstance(each, FunctionType) and each.__module__ == module.__name__:
            yield each


def draws(function: FunctionType) -> bool:
    """Whether it answers with something to be shown, and needs no database for it."""
    return inspect.signature(function).return_annotation in SHOWN and not (
        inspect.iscoroutinefunction(function)
    )


def called_by_specimens() -> set[CodeType]:
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        all_specimens.__wrapped__(seed=1)
    finally:
        sys.setprofile(before)
    return called


def test_every_function_that_draws_has_a_specimen():
    called = called_by_specimens()
    drawing = {
        f"{module.__name__}.{each.__name__}": each.__code__
        for module in modules(bot)
        for each in functions(module)
        if draws(each)
    }
    assert len(drawing) > 80
    missing = {name for name, code in drawing.items() if code not in called} - DRAWN_BEFORE
    assert missing == set(), "show them in bot/specimens, or nobody looks at them"


def test_cards_are_drawn_apart_from_the_database():
    """Else no specimen can be made of them."""
    inline = [
        f"{module.path}:{call.lineno}"
        for module in house.modules()
        if module.floor == "bot"
        for function in ast.walk(module.tree)
        if isinstance(function, ast.AsyncFunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"Card", "Form"}
    ]
    assert inline == [], "draw it in a small pure function beside the one that asks the database"


def longest(specimen: Specimen) -> int:
    return len(specimen.view.model_dump_json())


def test_the_extreme_world_says_much_and_the_empty_one_little():
    reported = [each for each in SPECIMENS if each.name == "history-report"]
    size = {each.flavour: longest(each) for each in reported if each.language == "sv"}
    assert size[Flavour.EMPTY] < size[Flavour.ORDINARY] < size[Flavour.EXTREME] / 5
