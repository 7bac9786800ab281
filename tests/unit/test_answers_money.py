"""Questions about money: what is lacking, and what municipalities have promised."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.conversations.views import Chart
from bot.money.reading import overview_of
from bot.plan import Activity, Kronor, Plan
from bot.polls import answering, deciding, managing
from bot.polls.answering import as_said
from bot.polls.co_financing import AnswerKind, Heard, Proposal, Said
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.deciding import Decided
from bot.polls.moments import end_of
from bot.polls.poll import Poll, Secrecy
from bot.polls.reading import co_financing_of, sharers
from bot.polls.starting import Asked, start_co_financing
from bot.questions.answers.decline import decline, order, outside, personal
from bot.questions.answers.funding_gap import funding_gap
from bot.questions.answers.pledges import pledges
from bot.questions.asking import Answered, Asking
from bot.questions.question import Intent, Question
from storage.database import Database
from tests.unit.work_asked import CHEF, STAFF, Scene, rows_of, words_of

SUM = 150_000


@pytest.fixture
def scene(sample_database: Database) -> Scene:
    return Scene(sample_database)


async def said(scene: Scene, answer: Any, by: str = CHEF, **filters: Any) -> str:
    return plain((await scene.asked(answer, by, **filters)).said)


def plain(words: str) -> str:
    """With plain spaces within numbers."""
    return words.replace("\u00a0", " ")


def shown(answered: Answered) -> str:
    return plain(words_of(answered).replace("\\u00a0", " "))


def chart_of(answered: Answered) -> Chart:
    (chart,) = [part for part in answered.parts if part.kind == "chart"]
    return chart


async def test_what_is_lacking_in_all_is_what_the_money_page_says(scene: Scene):
    found = await scene.asked(funding_gap)
    async with scene.database.transaction() as db:
        overview = await overview_of(db, await scene.plan(), scene.now.date())
    lacking = [each.code for each in overview.activities if overview.lacking(each)]
    assert sorted(found.activities) == sorted(lacking)
    total = f"{overview.total.lacking:,}".replace(",", " ")
    budget = f"{overview.total.budget:,}".replace(",", " ")
    assert plain(found.said).startswith(f"{total} kr av budgeten {budget} kr saknas. Det gäller ")
    assert plain(found.said).count(" kr i ") == 2
    assert (found.total, found.shown) == (len(lacking), min(8, len(lacking)))
    chart = chart_of(found)
    assert list(chart.categories) == [each.name[:20] for each in overview.areas]
    (red,) = [each for each in chart.series if each.name == "Saknas"]
    assert sum(red.values) * 1_000 == overview.total.lacking
    assert [each.words for each in found.sources] == ["Planen 2026, beslutad 20 februari § 12"]


async def test_what_an_activity_lacks_and_where_its_money_comes_from(scene: Scene):
    found = await scene.asked(funding_gap, activity="KOM-03")
    activity = (await scene.plan()).activities["KOM-03"]
    assert plain(found.said) == (
        f"{activity.name} saknar {activity.lacking:,} kr av budgeten {activity.budget:,} kr."
    ).replace(",", " ")
    assert len(rows_of(found)) == len(activity.funding)
    assert found.activities == ("KOM-03",)
    assert not any(part.kind == "chart" for part in found.parts)
    assert await said(scene, funding_gap, activity="FIN-01") == (
        "FIN-01 Policy för med- och motfinansiering har ingen budget i planen, så inget saknas."
    )


async def test_an_area_a_direction_and_a_network(scene: Scene):
    found = await scene.asked(funding_gap, area="Kompetens")
    assert plain(found.said) == (
        "500 000 kr av budgeten 9 350 000 kr saknas inom Kompetens. "
        "Allt saknas i KOM-03 Batteriteknikutbildning med högskolan."
    )
    assert rows_of(found)[0][0] == "KOM-03 Batteriteknikutbildning med högskolan"
    assert await said(scene, funding_gap, direction="Kompetensomställning") == (
        "500 000 kr av budgeten 4 900 000 kr saknas inom inriktningen Kompetensomställning. "
        "Allt saknas i KOM-03 Batteriteknikutbildning med högskolan."
    )
    assert (await scene.asked(funding_gap, network="Strategi")).activities == ("STR-03",)


async def test_a_municipalitys_activities_are_those_it_takes_part_in(scene: Scene):
    plan = await scene.plan()
    mariestad = await scene.place("Mariestad")
    own = {
        each.code
        for each in plan.activities.values()
        if each.lacking and (each.coordinator == mariestad or mariestad in each.participants)
    }
    found = await scene.asked(funding_gap, municipality="Mariestad")
    assert set(found.activities) == own
    assert "saknas i aktiviteter där Mariestad är med." in found.said


async def test_nothing_lacking_says_how_sure_it_is_and_what_the_plan_lacks(scene: Scene):
    words = await said(scene, funding_gap, area="Finansiering")
    assert words.startswith("Inga pengar saknas inom Finansiering. Budgeten är 1 500 000 kr, men ")
    assert " I hela planen saknas " in words
    assert "kr är bara planerat eller sökt." in words
    nobody = await said(scene, funding_gap, area="Kompetens", network="Kultur")
    assert nobody.startswith("Ingen aktivitet i planen passar inom Kompetens i nätverket Kultur.")


async def test_state_and_period_choose_activities(scene: Scene):
    await scene.report("KOM-03", status="off_track", deviation="Sent", measure="Möte")
    found = await scene.asked(funding_gap, state="off_track")
    assert found.activities == ("KOM-03",)
    await scene.report("ETA-03", status="done", days=1)
    assert "ETA-03" not in (await scene.asked(funding_gap)).activities
    later = await scene.asked(funding_gap, period="2027-06", area="Kompetens|Samhällsplanering")
    running = {
        each.code
        for each in (await scene.plan()).activities.values()
        if each.ends_on >= date(2027, 6, 1) and each.lacking
    }
    assert set(later.activities) <= running
    assert later.said.endswith("Räknat är aktiviteter som pågår i juni 2027.")


async def test_co_financing_that_is_counted_on_and_filters_without_meaning(scene: Scene):
    found = await scene.asked(funding_gap, kind="co_financing", activity="SAM-02", stage="board")
    assert plain(found.said) == (
        "SAM-02 Detaljplaner i takt: delade planresurser saknar 1 200 000 kr av budgeten "
        "2 400 000 kr. Dessutom är 1 200 000 kr planerat som medfinansiering men inte utlovat än."
    )
    assert "Svaret tar inte hänsyn till skedet ”hos direktionen”" in words_of(found)


async def test_a_long_answer_is_paged(scene: Scene):
    plan = await scene.plan()
    many = {each.code: _empty(each) for each in plan.activities.values()}
    found = await _gap(scene, replace(plan, activities=many), skip=0)
    rest = await _gap(scene, replace(plan, activities=many), skip=8)
    assert (found.total, found.shown, len(rows_of(found))) == (27, 8, 8)
    assert set(rows_of(found)).isdisjoint(rows_of(rest))
    assert not any(part.kind == "chart" for part in rest.parts)


def _empty(activity: Activity) -> Activity:
    return replace(activity, funding=(), budget=Kronor(1_000 + activity.id))


async def _gap(scene: Scene, plan: Plan, skip: int) -> Answered:
    person = await scene.person(CHEF)
    async with scene.database.transaction() as db:
        question = Question(Intent.FUNDING_GAP)
        return await funding_gap(Asking(db, plan, question, person, scene.now, skip=skip))


async def asked(
    scene: Scene, code: str, *, days: int = 10, secrecy: Secrecy = Secrecy.OPEN
) -> Poll:
    """A co-financing poll of all municipalities, so many days old."""
    activity = (await scene.plan()).activities[code]
    by = await scene.by(days=days)
    async with scene.database.transaction() as db:
        wanted = Proposal(
            purpose="Vi behöver det",
            total=activity.budget,
            funded=Kronor(activity.budget - SUM),
            asked=Kronor(SUM),
            key=Key(SharingKey.EQUAL),
            pays="either",
            hourly_rate=Kronor(500),
        )
        closes = end_of((scene.now + timedelta(days=20)).date())
        what = Asked(activity.title, closes, activity_id=activity.id, secrecy=secrecy)
        parts = [each for each, _name in await sharers(db, by.now.date())]
        return await start_co_financing(db, by, what, wanted, parts)


async def says(
    scene: Scene, poll: Poll, name: str, kind: AnswerKind = AnswerKind.YES, *,
    time: bool = False, days: int = 3
) -> None:  # fmt: skip
    """The municipality's answer, told to staff by phone so many days ago."""
    by, place = await scene.by(STAFF, days=days), await scene.place(name)
    async with scene.database.transaction() as db:
        found = await co_financing_of(db, poll)
        share = found.place(place)
        assert share is not None
        answer = as_said(found.proposal, Said(kind), share.share, "time" if time else "money")
        await answering.record(db, by, poll, place, answer, Heard("phone", name, by.now.date()))


async def decided(scene: Scene, poll: Poll, *names: str) -> None:
    """Closed, and accepted by the board from those municipalities."""
    accepted = [await scene.place(name) for name in names]
    board = next(k for k, e in (await scene.plan()).bodies.items() if e.kind == "board")
    async with scene.database.transaction() as db:
        closed = await managing.close(db, await scene.by(days=2), poll)
        decision = Decided(board, (scene.now - timedelta(days=1)).date(), "21", "as_outcome")
        await deciding.record_decision(db, await scene.by(days=1), closed, decision, accepted)


async def test_nothing_promised_says_what_the_plan_counts_on(scene: Scene):
    words = await said(scene, pledges, activity="SAM-02")
    assert words == (
        "Ingen kommun har lovat något för SAM-02 Detaljplaner i takt: delade planresurser än. "
        "Planen räknar med 1 200 000 kr i medfinansiering från kommunerna."
    )
    words = await said(scene, pledges, municipality="Hjo")
    assert words.startswith("Hjo har inte lovat något än. Planen räknar med ")
    assert (await scene.asked(pledges)).municipalities == ()


async def test_promises_by_decision_and_in_polls_are_kept_apart(scene: Scene):
    first, second = await asked(scene, "SAM-02"), await asked(scene, "PLA-01")
    await says(scene, first, "Hjo")
    await says(scene, first, "Skara", time=True)
    await decided(scene, first, "Hjo", "Skara")
    await says(scene, second, "Hjo")
    await says(scene, second, "Tibro", AnswerKind.NO)
    found = await scene.asked(pledges)
    assert plain(found.said) == (
        "Kommunerna har lovat 20 000 kr, varav 10 000 kr som egen tid (20 timmar). "
        "Därtill är 10 000 kr utlovat i omröstningar som ingen har beslutat om. "
        "Sammantaget är det Hjo (20 000 kr) och Skara (10 000 kr)."
    )
    assert found.municipalities == ("Hjo", "Skara")
    assert found.activities == ("SAM-02", "PLA-01")
    assert [tuple(map(plain, row)) for row in rows_of(found)] == [
        ("Hjo", "10 000", "0", "10 000", "0"),
        ("Skara", "0", "10 000", "0", "20"),
    ]
    assert chart_of(found).categories == ("Hjo", "Skara")
    assert "10 000 kr av 150 000 kr är utlovat, öppen till och med 5 april" in shown(found)


async def test_one_municipality_by_activity_beside_what_it_is_asked_for(scene: Scene):
    first, second = await asked(scene, "SAM-02"), await asked(scene, "PLA-01")
    await says(scene, first, "Hjo")
    await says(scene, second, "Hjo", time=True)
    await decided(scene, first, "Hjo")
    found = await scene.asked(pledges, municipality="Hjo")
    assert plain(found.said) == (
        "Hjo har lovat 10 000 kr, allt i pengar. "
        "Därtill är 10 000 kr utlovat i omröstningar som ingen har beslutat om."
    )
    assert [row[0][:6] for row in rows_of(found)] == ["SAM-02", "PLA-01"]
    assert "Hjo ombeds bidra med 10 000 kr i omröstning 2" in shown(found)
    only = await said(scene, pledges, municipality="Hjo", activity="PLA-01")
    assert only == (
        "Inget är beslutat för PLA-01 Gemensam inflyttarservice än, men Hjo har sagt ja till "
        "10 000 kr i omröstningar, varav 20 timmar egen tid."
    )
    area = await scene.asked(pledges, area="Samhällsplanering")
    assert area.activities == ("SAM-02",)


async def test_since_is_when_it_was_promised(scene: Scene):
    poll = await asked(scene, "SAM-02")
    await says(scene, poll, "Hjo", days=6)
    await says(scene, poll, "Skara", days=1)
    assert await said(scene, pledges, since="2026-03-14") == (
        "Skara har lovat 10 000 kr i omröstningar sedan 14 mars."
    )
    assert await said(scene, pledges, since="2026-03-16") == (
        "Inget nytt löfte har kommit in sedan 16 mars."
    )
    assert (await scene.asked(pledges, period="last_week")).municipalities == ("Hjo", "Skara")
    assert (await scene.asked(pledges, period="2026")).municipalities == ("Hjo", "Skara")


async def test_amounts_that_a_poll_hides_are_for_the_municipality_alone(scene: Scene):
    poll = await asked(scene, "SAM-02", secrecy=Secrecy.UNTIL_CLOSING)
    await says(scene, poll, "Hjo")
    await says(scene, poll, "Skara")
    limits: tuple[dict[str, Any], ...] = (
        *({}, {"activity": "SAM-02"}),
        *({"municipality": "Hjo"}, {"since": "2026-03-01"}),
    )
    for filters in limits:
        found = await scene.asked(pledges, **filters)
        assert found.municipalities == ()
        assert (rows_of(found), "20 000" in shown(found)) == ([], False)
    assert "Hjo ombeds bidra med 10 000 kr i omröstning 1" in shown(
        await scene.asked(pledges, municipality="Hjo")
    )
    assert "Ja, 10 000 kr" not in shown(await scene.asked(pledges, municipality="Hjo"))
    assert "2 av 15 har svarat" in shown(await scene.asked(pledges, activity="SAM-02"))
    own = await scene.asked(pledges, "kommundirektor@hjo", municipality="Hjo|Skara")
    assert own.municipalities == ("Hjo",)
    assert shown(own).count("Ja, 10 000 kr") == 1


async def test_declining_says_what_can_be_asked(scene: Scene):
    person, plan = await scene.person(CHEF), await scene.plan()
    async with scene.database.transaction() as db:
        found = await decline(Asking(db, plan, Question(Intent.DECLINE), person, scene.now))
    assert found == outside()
    kinds = [outside(), personal(), order()]
    assert len({each.said for each in kinds}) == 3
    for each in kinds:
        (examples,) = [part for part in each.parts if part.kind == "bullets"]
        assert len(examples.items) == 3
