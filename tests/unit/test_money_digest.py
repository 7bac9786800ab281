"""What a digest says of the plan's money: all in all, what has changed, and the outcome."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert

from bot.digests.compose import as_text, compose
from bot.digests.gather import Material, gather
from bot.digests.money_then import KEY, MoneyThen, as_told, told_before
from bot.digests.period import Audience, Week, due_in
from bot.language import kronor
from bot.money.funding import Kronor
from bot.money.overview import Sums
from bot.plan import read_plan
from bot.settings import Settings
from storage.database import Database
from storage.models import ActualCost
from tests.digest_material import PlanRows, material, stockholm


def sums(**values: int) -> Sums:
    whole = {"budget": 900_000, "granted": 200_000, "planned": 100_000, "lacking": 600_000}
    return Sums(activities=1, **{name: Kronor(each) for name, each in {**whole, **values}.items()})


def money(spent: int = 0, **values: int) -> MoneyThen:
    return MoneyThen(sums(**values), (("Kompetens", sums(**values)),), spent)


def said(of: Material) -> str:
    return as_text(compose(of).cards)


def next_week(of: Material, now: MoneyThen) -> Material:
    later = of.cut_off + timedelta(weeks=1)
    told = compose(of).told
    return replace(of, covers_from=of.cut_off, cut_off=later, told=told, money=now)


def test_the_first_time_it_stands_in_full():
    text = said(material(money=money()))
    assert f"Av budgeten {kronor(900_000)} är {kronor(200_000)} beviljat och utlovat" in text
    assert f"Kompetens: {kronor(600_000)} av {kronor(900_000)} saknas." in text
    assert "Sedan förra brevet" not in text
    assert "Utfall" not in text, "nothing has been entered"


def test_what_has_changed_is_said_and_what_has_not_is_left_out():
    first = material(money=money())
    text = said(next_week(first, money(granted=250_000, lacking=550_000)))
    changes = f"beviljat +{kronor(50_000)} och saknas −{kronor(50_000)}"
    assert f"Sedan förra brevet: {changes}." in text
    assert "planerat +" not in text


def test_the_same_sums_are_a_line():
    first = material(money=money())
    text = said(next_week(first, money()))
    assert f"Pengarna är som förut: {kronor(600_000)} saknas." in text
    assert "Av budgeten" not in text


def test_the_outcome_is_told_when_there_is_one():
    first = material(money=money())
    text = said(next_week(first, money(spent=12_500)))
    assert f"utfall +{kronor(12_500)}" in text
    assert f"Utfall hittills: {kronor(12_500)} av budgeten {kronor(900_000)}." in text


def test_those_who_read_of_the_whole_plan_read_it_and_a_plan_without_money_says_nothing():
    for audience in set(Audience) - {Audience.NETWORK, Audience.PERSON}:
        assert "Av budgeten" in said(material(money=money(), audience=audience))
        assert "Av budgeten" not in said(material(audience=audience))


def test_what_was_told_is_read_back_and_other_words_are_not():
    assert told_before({KEY: as_told(money(spent=-5))}) == MoneyThen(
        replace(sums(), activities=0), (), -5
    )
    for words in ("", "1/2/3", "1/2/3/4/5/6/7", "a/b/c/d/e/f/g/h", "abc123"):
        assert told_before({KEY: words}) is None
    assert told_before({}) is None


def test_many_areas_are_summed_beyond_the_largest():
    areas = tuple((f"Område {n}", sums(lacking=n)) for n in range(1, 16))
    text = said(material(money=MoneyThen(sums(lacking=120), areas)))
    assert f"Område 15: {kronor(15)} av" in text
    assert f"Övriga områden: {kronor(1 + 2 + 3)} saknas." in text


def test_resources_are_told_beside_what_activities_cost():
    first = material(money=money(spent=500))
    text = said(next_week(first, replace(money(spent=500), resources=70_000)))
    assert f"Sedan förra brevet: gemensamma resurser +{kronor(70_000)}." in text
    assert f"Utfall hittills: {kronor(500)} av" in text
    assert f"Gemensamma resurser har kostat {kronor(70_000)}." in text


async def test_costs_are_told_as_they_were_known_at_the_cut_off(database: Database):
    async with database.transaction() as db:
        rows = await PlanRows.begun(db)
        key = await rows.activity("KOM-03", budget=900_000, funding=200_000)
        done = await rows.activity("SAM-01", area="Samhällsplanering", budget=50_000)
        assert done
        await rows.report("SAM-01", "done", stockholm("2026-11-10 09:00"))
        for day, amount in (("2026-11-20 09:00", 500), ("2026-11-23 07:31", 7)):
            await db.execute(
                insert(ActualCost).values(
                    activity_id=key,
                    spent_on=stockholm(day).date(),
                    amount=amount,
                    name="Konsult",
                    entered_by=rows.person,
                    entered_at=stockholm(day),
                )
            )
        due = due_in(Audience.MANAGER, Week(2026, 48), Settings())
        found = await gather(db, await read_plan(db, 1), due, due.at)
    assert found.money.spent == 500
    assert found.money.total.lacking == 700_000, "nobody looks for money for what is done"
    assert [name for name, _sums in found.money.areas] == ["Kompetens", "Samhällsplanering"]
