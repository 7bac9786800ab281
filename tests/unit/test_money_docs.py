"""The tables of docs/money.md say what the code does."""

import re
from dataclasses import replace

import pytest

from bot.conversations.money.wording import state_word
from bot.importing.costs import COST_COLUMNS
from bot.money.cost import Cost
from bot.money.funding import FundingLine, Kronor
from bot.money.overview import Overview
from bot.money.rights import may_enter_cost, may_enter_resources, may_take_away
from bot.people import BodyId, OrganisationId, Person, PersonId
from bot.plan import Plan
from storage.models.plan import FUNDING_STATES
from tests import house
from tests.digest_material import KOM_03

PAGE = (house.HOUSE / "docs" / "money.md").read_text(encoding="utf-8")
SOMEBODY = Person(PersonId(9), "Någon", "nagon@example.se")
DIRECTORS = {BodyId(1): "municipal_directors"}
WHO = {
    "chef, förbundsdirektör": (
        replace(SOMEBODY, posts=frozenset({"manager"})),
        replace(SOMEBODY, posts=frozenset({"federation_director"})),
    ),
    "federation staff": (replace(SOMEBODY, roles=frozenset({"staff"})),),
    "responsible for the activity": (replace(SOMEBODY, id=KOM_03.responsible.id),),
    "director of the coordinating municipality": (
        replace(SOMEBODY, bodies=DIRECTORS, employers=frozenset({KOM_03.coordinator})),
    ),
    "others": (
        SOMEBODY,
        replace(SOMEBODY, roles=frozenset({"administrator", "network_member"})),
        replace(SOMEBODY, employers=frozenset({KOM_03.coordinator})),
        replace(SOMEBODY, bodies=DIRECTORS, employers=frozenset({OrganisationId(99)})),
    ),
}


def table(first: str) -> list[list[str]]:
    """The rows under the table whose first heading that is."""
    (found,) = re.findall(rf"(?m)^\| {first} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", PAGE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found.splitlines()]


def test_every_state_is_told_with_what_it_counts_as():
    told = {row[0].strip("`"): row[1:] for row in table("state")}
    assert set(told) == set(FUNDING_STATES)
    for state, (word, counts) in told.items():
        assert word == state_word(state)
        line = FundingLine("Källa", "external", Kronor(100), state)
        activity = replace(KOM_03, budget=Kronor(300), funding=(line,))
        plan = Plan(revision=1, activities={activity.code: activity})
        sums = Overview(plan, KOM_03.starts_on).total
        found = "sure" if sums.sure else "hoped for" if sums.hoped_for else "nothing"
        assert counts.partition(":")[0] == found
        assert sums.lacking == (300 if found == "nothing" else 200)


@pytest.mark.parametrize("row", table("person"), ids=lambda row: row[0])
def test_who_may_what(row: list[str]):
    name, costs, resources, away = row
    for person in WHO[name]:
        own = Cost(1, KOM_03.id, None, KOM_03.starts_on, Kronor(1), "x", None, person.id, "x")
        anothers = replace(own, entered_by=PersonId(77))
        assert may_enter_cost(person, KOM_03) is (costs == "yes")
        assert may_enter_resources(person) is (resources == "yes")
        assert may_take_away(person, anothers) is (away == "any")
        assert may_take_away(person, own) or away == "none"


def test_the_columns_of_the_file_are_told():
    assert ";".join(COST_COLUMNS) in PAGE
