"""The page about needs says what the code does."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bot.conversations.needs.material_form import MOST_FIELDS
from bot.conversations.needs.wording import stage_word
from bot.documents.need_template import RECORD, fields_in, usual_template
from bot.needs import rights
from bot.needs.material import USUAL, field_named
from bot.needs.need import Need, Wanted
from bot.needs.stages import AT, PUT_BY, Stage, steps_from
from bot.people import BodyId, BodyKind, Person, PersonId
from bot.plan import Contact
from handlers.cli_export import export_app
from tests.house import HOUSE

PAGE = (HOUSE / "docs/needs.md").read_text(encoding="utf-8")
REGISTRANT, PREPARER, SOMEBODY = PersonId(1), PersonId(2), PersonId(3)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def table(first_heading: str) -> list[list[str]]:
    """The rows of the table whose heading begins so, cell by cell."""
    (found,) = re.findall(rf"(?m)^\| {first_heading} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", PAGE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found.splitlines()]


def tables_of_fields() -> tuple[list[list[str]], list[list[str]]]:
    """Fields of the record, and those that somebody writes."""
    found = re.findall(r"(?m)^\| field \|.*\n\|[ |-]+\n((?:\|.*\n)+)", PAGE)
    record, written = (
        [[cell.strip() for cell in row.strip("|").split("|")] for row in rows.splitlines()]
        for rows in found
    )
    return record, written


def test_the_stages_are_told_with_what_may_follow():
    rows = {row[0].strip("`"): row[1:] for row in table("stage")}
    assert list(rows) == [stage.value for stage in Stage]
    for stage in Stage:
        word, after = rows[stage.value]
        assert word == stage_word(stage)
        if stage is not Stage.RESTING:
            assert re.findall(r"`(\w+)`", after) == [to.value for to in steps_from(stage, None)]
    assert steps_from(Stage.RESTING, Stage.BOARD) == (Stage.BOARD,)


def need(stage: Stage) -> Need:
    """A need at that stage, registered and prepared by two people."""
    return Need(
        id=12,
        wanted=Wanted(title="Tolkar", description="De saknas."),
        area=None,
        registered_by=Contact(REGISTRANT, "Ada", "ada@hjo.example.se"),
        organisation=None,
        registered_at=NOW,
        stage=stage,
        stage_since=NOW,
        rested_from=Stage.PREPARING if stage is Stage.RESTING else None,
        preparer=Contact(PREPARER, "Bo", "bo@skara.example.se"),
    )


def person(
    key: PersonId = SOMEBODY,
    *,
    roles: frozenset[str] = frozenset(),
    posts: frozenset[str] = frozenset(),
) -> Person:
    """Somebody with those roles or posts."""
    return Person(key, "Cia", "cia@vara.example.se", roles=roles, posts=posts)


def member(body: BodyKind | None) -> Person:
    """Somebody who sits in the body."""
    kind = body or "steering_group"
    return Person(SOMEBODY, "Dan", "dan@tibro.example.se", bodies={BodyId(1): kind})


def people(body: BodyKind | None) -> list[Person]:
    """One for each column."""
    official = frozenset({"network_member"})
    return [
        person(roles=official),
        person(REGISTRANT, roles=official),
        person(PREPARER, roles=official),
        member(body),
        person(roles=frozenset({"staff"})),
        person(posts=frozenset({"manager"})),
        person(roles=frozenset({"administrator"})),
    ]


def steps_to(at: Stage, to: Stage) -> Callable[[Person], bool]:
    """Whether they may take that step."""
    return lambda who: rights.may_step(who, need(at), to)


RULES: dict[str, tuple[BodyKind | None, list[Callable[[Person], bool]]]] = {
    "register, comment": (None, [rights.takes_part]),
    "edit, while registered or prepared": (
        None,
        [lambda who: rights.may_edit(who, need(Stage.PREPARING))],
    ),
    "edit, when a body has it": (None, [lambda who: rights.may_edit(who, need(Stage.PRESIDIUM))]),
    "withdraw, bring back": (None, [lambda who: rights.may_withdraw(who, need(Stage.REGISTERED))]),
    "begin to prepare, name who does": (
        None,
        [steps_to(Stage.REGISTERED, Stage.PREPARING), rights.leads],
    ),
    "put to the reference group": (
        PUT_BY[Stage.REFERENCE_GROUP],
        [steps_to(Stage.PREPARING, Stage.REFERENCE_GROUP)],
    ),
    "put to the presidium": (
        PUT_BY[Stage.PRESIDIUM],
        [steps_to(Stage.REFERENCE_GROUP, Stage.PRESIDIUM)],
    ),
    "put to the direktion": (PUT_BY[Stage.BOARD], [steps_to(Stage.PRESIDIUM, Stage.BOARD)]),
    "record accepted": ("board", [steps_to(Stage.BOARD, Stage.ACCEPTED)]),
    "record declined": (
        "board",
        [steps_to(Stage.BOARD, Stage.DECLINED), steps_to(Stage.PRESIDIUM, Stage.DECLINED)],
    ),
    "let rest, take up again": (
        "presidium",
        [steps_to(Stage.PRESIDIUM, Stage.RESTING), steps_to(Stage.RESTING, Stage.PREPARING)],
    ),
    "merge, take apart, split": (
        None,
        [lambda who: rights.may_merge(who, need(Stage.PREPARING))],
    ),
    "write the material": (None, [lambda who: rights.may_merge(who, need(Stage.PRESIDIUM))]),
    "read and write working notes": (
        None,
        [lambda who: rights.prepares(who, need(Stage.PREPARING))],
    ),
    "fetch the material": (
        AT[Stage.PRESIDIUM],
        [lambda who: rights.may_fetch_material(who, Stage.PRESIDIUM)],
    ),
}


def test_every_right_is_told():
    assert [row[0] for row in table("what")] == list(RULES)


@pytest.mark.parametrize("what", RULES)
def test_who_may_what_is_as_the_page_says(what: str):
    (told,) = [row[1:] for row in table("what") if row[0] == what]
    body, rules = RULES[what]
    for rule in rules:
        assert ["yes" if rule(who) else "no" for who in people(body)] == told


def test_the_forbundsdirektor_may_what_the_chef_may():
    director = person(posts=frozenset({"federation_director"}))
    manager = person(posts=frozenset({"manager"}))
    for _body, rules in RULES.values():
        assert all(rule(director) == rule(manager) for rule in rules)


def test_the_fields_of_the_record_are_those_of_the_code():
    record, _written = tables_of_fields()
    assert tuple(row[0].strip("`") for row in record) == RECORD


def test_the_fields_that_somebody_writes_are_those_of_the_usual_template():
    _record, written = tables_of_fields()
    assert tuple(row[0].strip("`") for row in written) == USUAL == fields_in(usual_template())
    assert [row[1] for row in written] == [field_named(name).label for name in USUAL]
    assert f"at most {MOST_FIELDS} of them" in PAGE


def test_the_options_of_the_command_are_those_of_the_code():
    command = get_command(export_app)
    assert isinstance(command, TyperGroup)
    options = command.commands["needs"].params
    known = {name for each in options for name in (*each.opts, *each.secondary_opts)}
    told = {name for row in table("option") for name in re.findall(r"--[\w-]+", row[0])}
    assert told == known
