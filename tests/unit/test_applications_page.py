"""The tables of docs/applications.md say what the code does."""

import re

import pytest

from bot.applications.application import AFTER, FUNDING, State
from bot.applications.rights import may_change, may_register
from bot.conversations.applications.verbs import ALSO, PHRASES, VERBS
from bot.conversations.applications.wording import state_label
from bot.conversations.spoken_verbs import NUMBER, verb_in
from storage.database import Database
from tests import house
from tests.unit.application_scene import (
    ACTIVITY,
    RESPONSIBLE,
    WRITER,
    make_application_scene,
    plan_now,
    registered,
)

PAGE = (house.HOUSE / "docs" / "applications.md").read_text(encoding="utf-8")
WHO = {
    "responsible": (RESPONSIBLE,),
    "writes it": (WRITER,),
    "chef, förbundsdirektör": ("chef", "fdir"),
    "federation staff": ("stab",),
    "others": ("admin", "styr", "hjo2"),
}


def table(first: str) -> list[list[str]]:
    """The rows of the table whose first heading that is, its headings first."""
    found = re.search(rf"^\| {first} \|.*?(?=\n\n)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, first
    rows = [line.strip("|").split("|") for line in found[0].splitlines()]
    return [[cell.strip() for cell in row] for row in rows if not set("".join(row)) <= {"-", " "}]


def test_the_states_and_what_may_follow():
    told = {row[0].strip("`"): (row[1], set(re.findall(r"`(\w+)`", row[2]))) for row in
            table("state")[1:]}  # fmt: skip
    assert told == {
        each.value: (
            state_label(each).partition(" ")[2],
            {to.value for to in AFTER.get(each, {}).values() if to is not each},
        )
        for each in State
    }


def test_which_states_have_a_funding_line():
    lines = PAGE[PAGE.index("| state | funding line |") :]
    told = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", lines, re.MULTILINE))
    assert set(told) == {each.value for each in State}
    assert {each for each, what in told.items() if not what.startswith("none")} == set(FUNDING)


def test_every_verb_is_told_and_means_what_it_says():
    told = [
        words for row in table("words")[1:] for words in re.findall(r"`ansökan ([^`]+)`", row[0])
    ]
    verbs = {
        found[0]
        for words in told
        if (match := NUMBER.match(words))
        and (found := verb_in(words[match.end() :], VERBS, ALSO, PHRASES))
    }
    assert verbs == set(VERBS) - {"visa"}


@pytest.mark.parametrize("who", WHO)
async def test_who_may_what(database: Database, who: str):
    heads, *rows = table("what")
    column = heads.index(who)
    told = {row[0]: row[column] == "yes" for row in rows}
    async with database.transaction() as db:
        people = await make_application_scene(db)
        plan, application = await plan_now(db), await registered(people)
        for name in WHO[who]:
            person = await people.person(name)
            assert may_register(person, plan.by_id[ACTIVITY]) is told["register"]
            assert (
                may_change(person, application, plan) is told["change, take a step, take it back"]
            )
    assert told["read"]
