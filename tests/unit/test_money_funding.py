"""What funds an activity: pledges and applications take the place of what the plan hoped for."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, text

from bot.money.funding import FundingLine, Kronor, in_force, same_fund
from bot.people import OrganisationId
from bot.plan import read_plan
from storage.database import Database
from storage.models import Application
from storage.models import FundingLine as Row
from tests.digest_material import PlanRows, stockholm

HJO = OrganisationId(6)


def line(source: str, amount: int, state: str = "planned", kind: str = "external") -> FundingLine:
    return FundingLine(source, kind, Kronor(amount), state)


def shared(amount: int, kind: str = "co_financing") -> FundingLine:
    return line("Medfinansiering", amount, kind=kind)


def pledge(amount: int, kind: str = "co_financing") -> FundingLine:
    return replace(line("Hjo", amount, "pledged", kind), organisation=HJO)


def application(
    fund: str, state: str, amount: int, asked: int | None = None, key: int = 1
) -> FundingLine:
    asked = asked or amount
    return replace(line(fund, amount, state), application=key, applied_for=Kronor(asked))


def said(lines: tuple[FundingLine, ...]) -> list[tuple[str, str, int]]:
    return [(each.source, each.state, each.amount) for each in lines]


def test_a_plan_with_nothing_beside_is_as_it_was():
    plan = (shared(500_000), line("ESF+", 1, "granted"))
    assert in_force(plan, ()) == plan


def test_a_pledge_takes_its_amount_out_of_planned_co_financing():
    found = in_force([line("Egen budget", 100, kind="own_budget"), shared(900)], [pledge(400)])
    assert said(found) == [
        ("Egen budget", "planned", 100),
        ("Medfinansiering", "planned", 500),
        ("Hjo", "pledged", 400),
    ]


def test_pledged_time_takes_planned_time_first_and_then_money():
    plan = [shared(300), shared(200, "in_kind"), shared(50)]
    found = in_force(plan, [pledge(450, "in_kind")])
    assert [(each.kind, each.amount) for each in found] == [
        ("co_financing", 50),
        ("co_financing", 50),
        ("in_kind", 450),
    ]


def test_more_pledged_than_planned_is_more_money():
    found = in_force([shared(300)], [pledge(200), pledge(200)])
    assert said(found) == [("Hjo", "pledged", 200), ("Hjo", "pledged", 200)]


def test_an_application_takes_the_place_of_what_the_plan_hoped_for_from_that_fund():
    plan = [line("Energimyndigheten", 400_000, "applied"), line("Vinnova", 5, "applied")]
    granted = application("energimyndigheten", "granted", 350_000, asked=400_000)
    assert said(in_force(plan, [granted])) == [
        ("Vinnova", "applied", 5),
        ("energimyndigheten", "granted", 350_000),
    ]


def test_a_rejected_one_leaves_the_money_lacking():
    plan = [line("ESF+", 600, "applied")]
    found = in_force(plan, [application("ESF+", "rejected", 600)])
    assert said(found) == [("ESF+", "rejected", 600)]


def test_what_was_hoped_for_beyond_what_was_asked_stays():
    plan = [line("ESF+", 600)]
    found = in_force(plan, [application("ESF+", "applied", 450)])
    assert said(found) == [("ESF+", "planned", 150), ("ESF+", "applied", 450)]


def test_two_applications_to_one_fund_take_one_after_the_other():
    plan = [line("ESF+", 600)]
    beside = [application("ESF+", "applied", 400), application("ESF+", "rejected", 400, key=2)]
    assert said(in_force(plan, beside)) == [("ESF+", "applied", 400), ("ESF+", "rejected", 400)]


def test_a_grant_that_the_plan_tells_of_too_is_counted_once():
    plan = [line("ESF+", 350, "granted"), line("ESF+", 350, "granted")]
    found = in_force(plan, [application("ESF+", "granted", 350)])
    assert said(found) == [("ESF+", "granted", 350), ("ESF+", "granted", 350)]
    another = in_force(plan[:1], [application("ESF+", "granted", 200)])
    assert sum(each.amount for each in another) == 550


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ESF+", "esf+", True),
        ("  Delregionala  utvecklingsmedel", "delregionala utvecklingsmedel", True),
        ("Energimyndigheten, sökt", "Energimyndigheten", True),
        ("Energimyndigheten, beviljat", "Energimyndigheten, sökt", True),
        ("Vinnova", "ESF+", False),
    ],
)
def test_funds_are_known_by_their_names(one: str, other: str, same: bool):
    assert same_fund(one, other) is same


AMOUNTS = st.integers(1, 10**12)
KINDS = ("co_financing", "in_kind", "own_budget", "external")
VERSION = st.lists(
    st.builds(
        line,
        st.sampled_from(("ESF+", "Vinnova", "Medfinansiering")),
        AMOUNTS,
        st.sampled_from(("planned", "applied", "granted", "rejected")),
        st.sampled_from(KINDS),
    ),
    max_size=6,
)
PLEDGES = st.lists(st.builds(pledge, AMOUNTS, st.sampled_from(KINDS[:2])), max_size=4)
APPLICATIONS = st.lists(
    st.builds(
        application,
        st.sampled_from(("esf+", "Vinnova", "Almi")),
        st.sampled_from(("applied", "granted", "rejected")),
        AMOUNTS,
        AMOUNTS,
    ),
    max_size=4,
)


def total(lines: Any, *states: str) -> int:
    return sum(each.amount for each in lines if not states or each.state in states)


@given(VERSION, PLEDGES, APPLICATIONS)
def test_no_line_is_empty_and_what_is_sure_is_never_lost(
    version: list[FundingLine], pledges: list[FundingLine], applications: list[FundingLine]
):
    found = in_force(version, [*pledges, *applications])
    assert all(each.amount > 0 for each in found)
    assert total(found, "pledged") == total(pledges, "pledged")
    assert total(found, "granted") >= max(total(version, "granted"), total(applications, "granted"))
    assert total(found, "rejected") == total([*version, *applications], "rejected")
    assert total(found, "planned", "applied") <= total(
        [*version, *applications], "planned", "applied"
    )


@given(VERSION, PLEDGES)
def test_what_is_planned_or_pledged_never_gets_less_by_a_pledge(
    version: list[FundingLine], pledges: list[FundingLine]
):
    found = in_force(version, pledges)
    assert total(found, "planned", "pledged") >= total(version, "planned")
    room = sum(
        each.amount
        for each in version
        if each.state == "planned" and each.kind in ("co_financing", "in_kind")
    )
    if total(pledges) <= room:
        assert total(found) == total(version)


@given(VERSION, PLEDGES, APPLICATIONS)
def test_pledges_and_applications_leave_each_other_alone(
    version: list[FundingLine], pledges: list[FundingLine], applications: list[FundingLine]
):
    funds = [replace(each, kind="external") for each in version]
    alone = total(in_force(funds, applications))
    assert total(in_force(funds, [*pledges, *applications])) == alone + total(pledges)


async def test_the_plan_is_read_with_what_stands_beside_it(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.begun(db)
        key = await rows.activity("KOM-03", budget=900_000)
        values = await db.scalar(text("SELECT id FROM activity_values"))
        await db.execute(
            insert(Row),
            [
                {"activity_values_id": values, "source": "ESF+", "kind": "external",
                 "amount": 400_000, "state": "applied"},
            ],
        )  # fmt: skip
        asked = await db.scalar(
            insert(Application)
            .values(
                activity_id=key,
                fund="ESF+",
                amount=400_000,
                granted=250_000,
                writer_id=rows.person,
                state="granted",
                state_since=stockholm("2026-11-20 09:00"),
                applied_on=stockholm("2026-11-01 09:00").date(),
                answered_on=stockholm("2026-11-20 09:00").date(),
                registered_by=rows.person,
                registered_at=stockholm("2026-11-01 09:00"),
            )
            .returning(Application.id)
        )
        await db.execute(
            insert(Row).values(
                activity_id=key,
                application_id=asked,
                source="ESF+",
                kind="external",
                amount=250_000,
                state="granted",
            )
        )
        activity = (await read_plan(db, 1)).activities["KOM-03"]
    (found,) = activity.funding
    assert (found.amount, found.state, found.applied_for) == (250_000, "granted", 400_000)
    assert activity.lacking == 650_000
