"""What a poll's page and files show of answers, votes, decisions, and never of what is hidden."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.language import kronor
from bot.polls import answering, deciding, managing, scenarios
from bot.polls.co_financing import AnswerKind, Heard, Said, Supposed
from bot.polls.cost_sharing import SharingKey
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading import outcome_of, proposal_of, sharers
from tests.conversations.conftest import Scene, samspel
from tests.conversations.polling import CHEF, HJO, OFFICER, SKARA, STAFF
from tests.platforms.poll_page_scene import (
    CLOSES,
    MEMBERS,
    PAGE,
    Beginning,
    everywhere,
    on_web,
    words_in,
    yes,
)

__all__ = ["samspel"]

pytestmark = pytest.mark.parametrize("samspel", ["web"], indirect=True)


async def test_every_version_of_an_answer_is_kept_on_the_page(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_for_money()
        await begun.answers(poll, "Hjo", yes(20_000, "Om Skara är med"))
        await begun.answers(poll, "Hjo", yes(25_000, None, "Vi kunde mer"))
        heard = Heard("phone", "Skaras direktör", date(2026, 3, 13))
        where, staff = await begun.place("Skara"), await begun.by(STAFF)
        await answering.record(db, staff, poll, where, Said(AnswerKind.NO), heard)
        waits = Said(AnswerKind.POLITICAL, expected_on=date(2026, 3, 30))
        await begun.answers(poll, "Tibro", waits)
    shown = await (await on_web(samspel, OFFICER)).reads_page(PAGE)
    assert "Vi kunde mer" in shown
    assert "Om Skara är med" in shown, "what was answered before"
    assert "gällde förslag 1, ersatt 16 mars 2026" in shown
    assert "Skaras direktör per telefon 13 mars 2026, antecknat av Ekonomiansvarig" in shown
    assert "Politiskt beslut väntas 30 mars 2026" in shown
    assert "9 210 invånare 31 dec. 2019".replace(" 210", "\u00a0210") in shown
    assert f"{kronor(25_000)} av {kronor(950_000)}" in shown
    assert f"{kronor(925_000)} saknas av det som söks." in shown
    assert "Svarar: Kommundirektör Vara" in shown, "who is to answer where nobody has"


async def test_shares_by_weight_show_the_weights(samspel: Scene):
    async with samspel.database.transaction() as db:
        await Beginning(samspel, db).asks_for_money(key=SharingKey.WEIGHTS)
    chef = await on_web(samspel, CHEF)
    assert "vikt 2,5" in await chef.reads_page(PAGE)
    assert "vikt 2,5" in words_in(await chef.fetches(f"{PAGE}/underlag.docx"))
    assert "2.5" in words_in(await chef.fetches(f"{PAGE}/underlag.xlsx"))


async def test_a_changed_proposal_marks_answers_and_stands_in_the_history(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_for_money()
        await begun.answers(poll, "Hjo", yes(20_000))
        before = await proposal_of(db, poll, 1)
        gone = await begun.place("Vara")
        parts = [each for each, _name in await sharers(db, date(2026, 3, 16)) if each.id != gone]
        asked = replace(before, asked=before.asked - 50_000)
        chef = await begun.by(CHEF)
        await managing.change_proposal(db, chef, poll, asked, parts, "Ny offert")
        later = CLOSES + timedelta(days=7)
        await managing.extend(db, chef, await begun.now(poll), later, "Fler hinner")
        people = [chef.person.id]
        await managing.nudge(db, chef, await begun.now(poll), "Hinner ni?", people)
    shown = await (await on_web(samspel, HJO)).reads_page(PAGE)
    assert "Gäller förra förslaget, bekräfta: Hjo." in shown
    assert f"{kronor(20_000)} är lovat till ett tidigare förslag" in shown
    assert "Din kommun, Hjo:" in shown
    for told in (
        f"det som söks: {kronor(950_000)} → {kronor(900_000)}",
        "deltar inte längre: Vara",
        "Ny offert",
        "svara senast: 31 mars 2026 → 7 apr. 2026",
        "till 1 person",
        "Hinner ni?",
    ):
        assert told in shown


async def test_scenarios_stand_side_by_side(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_for_money()
        await begun.answers(poll, "Hjo", yes(20_000))
        await begun.answers(poll, "Skara", Said(AnswerKind.NO))
        staff, gone = await begun.by(STAFF), frozenset((await begun.place("Gullspång"),))
        await scenarios.keep(db, staff, poll, "Utan Gullspång", Supposed(without=gone))
        everybody = frozenset(each.id for each, _n in await sharers(db, date(2026, 3, 16)))
        await scenarios.keep(db, staff, poll, "Ingen alls", Supposed(without=everybody))
    shown = await (await on_web(samspel, OFFICER)).reads_page(PAGE)
    assert "Utan Gullspång: Om Gullspång avstår. Ekonomiansvarig" in " ".join(shown.split())
    assert "Ingen alls" not in shown, "a scenario that cannot be counted is left out"
    browser = await on_web(samspel, OFFICER)
    page = (await browser.fetches(PAGE)).text
    row = page[page.index('<caption id="jamfort">') :]
    assert "avstår</td>" in row
    assert f"{kronor(950_000)}</td>" in row
    assert ">Nej</td>" in row


async def decided_on(samspel: Scene) -> Poll:
    """A closed poll whose outcome the direktion differed from."""
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_for_money(decider=await begun.body("board"))
        await begun.answers(poll, "Hjo", yes(20_000))
        chef = await begun.by(CHEF)
        await managing.close(db, chef, await begun.now(poll))
        told = deciding.Decided(
            await begun.body("board"),
            date(2026, 3, 16),
            "14",
            "otherwise",
            "2026-041",
            "Halva summan beviljas",
            "Budgeten räcker inte",
        )
        return await deciding.record_decision(db, chef, await begun.now(poll), told, ())


async def test_the_decision_stands_beside_the_outcome_with_the_seal(samspel: Scene):
    poll = await decided_on(samspel)
    chef = await on_web(samspel, CHEF)
    shown = " ".join((await chef.reads_page(PAGE)).split())
    assert "1 av 15 kommuner svarade." in shown
    assert "På annat sätt än utfallet, direktionen 16 mars 2026, § 14" in shown
    assert "2026-041" in shown
    assert "Antaget i beslutet 0 kr av 20 000 kr som är utlovat" in shown
    assert "Antogs inte i beslutet" in shown
    assert "Varför det skiljer sig: Budgeten räcker inte" in shown
    async with samspel.database.connection() as db:
        sealed = await outcome_of(db, poll)
    assert sealed is not None
    for words in (shown, await everywhere(chef)):
        assert sealed.seal in words
    document = words_in(await chef.fetches(f"{PAGE}/underlag.docx"))
    sum_ = kronor(20_000)
    assert "Direktionen beslutar att kommunerna medfinansierar PLA-01" in document
    assert f"med {sum_}, fördelat enligt svaren i tabellen." in document
    for heading in ("Ärendet i korthet", "Förslag till beslut", "Ekonomiska konsekvenser"):
        assert heading in document
    assert "Diarienummer: 2026-041" in document
    listed = await chef.reads_page("/omrostningar")
    assert "Beslut: på annat sätt än utfallet" in " ".join(listed.split())


async def test_what_is_hidden_is_nowhere_and_hides_again_when_it_opens_again(samspel: Scene):
    secret = (kronor(23_456), "23456", "23&nbsp;456", "Hemligt", "Viskning")
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_for_money(secrecy=Secrecy.UNTIL_CLOSING)
        await begun.answers(poll, "Hjo", yes(23_456, "Hemligt villkor"))
        await begun.answers(poll, "Hjo", yes(23_456, None, "Hemligt skäl"))
        officer, place = await begun.by(OFFICER), await begun.place("Skara")
        whispers = replace(officer, person=replace(officer.person, employers=frozenset((place,))))
        await answering.suggest(db, whispers, poll, place, yes(23_456, "Viskning"))
        staff = await begun.by(STAFF)
        await scenarios.keep(db, staff, poll, "Utan Hjo", Supposed(without=frozenset()))
    chef = await on_web(samspel, CHEF)
    open_ = await everywhere(chef)
    assert "Har svarat" in open_
    assert "Svaren visas inte nu" in open_, "the files say so"
    assert not [each for each in secret if each in open_]
    own = (await (await on_web(samspel, HJO)).fetches(PAGE)).text
    assert "Hemligt skäl" in own
    assert "Hemligt villkor" in own
    assert "Viskning" not in own
    assert "Viskning" in (await (await on_web(samspel, SKARA)).fetches(PAGE)).text
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        await managing.close(db, await begun.by(CHEF), await begun.now(poll))
        sealed = await outcome_of(db, poll)
    closed = await everywhere(chef)
    assert "Hemligt skäl" in closed
    assert "Viskning" not in closed, "what was never answered is the municipality's own"
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        again, later = await begun.now(poll), CLOSES + timedelta(days=7)
        await managing.reopen(db, await begun.by(CHEF), again, later, "Fler vill svara")
    reopened = await everywhere(chef)
    assert sealed is not None
    assert not [each for each in (*secret, sealed.seal) if each in reopened]


async def test_a_sounding_that_hides_is_not_told_by_the_poll_made_of_it(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        sounding = await begun.asks_for_money("Lutar ni åt ja?", secrecy=Secrecy.UNTIL_CLOSING)
        await begun.answers(sounding, "Hjo", yes(23_456))
        formal = await begun.asks_for_money("På riktigt")
        await db.execute(text("UPDATE polls SET sounding_id = 1 WHERE id = 2"))
    path = f"/omrostningar/{formal.id}"
    chef = await on_web(samspel, CHEF)
    assert kronor(23_456) not in await everywhere(chef, path)
    assert "Bygger på avstämningen, omröstning 1" in await chef.reads_page(path)
    assert "Blev formell som omröstning 2" in await chef.reads_page(PAGE)
    assert kronor(23_456) in await (await on_web(samspel, HJO)).reads_page(path)


@pytest.mark.parametrize(("ballots", "shown"), [(4, False), (5, True)])
async def test_a_secret_vote_shows_turnout_and_never_who(samspel: Scene, ballots: int, shown: bool):
    places = ("Hjo", "Skara", "Tibro", "Vara", "Skövde")[:ballots]
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        secret = {"secrecy": Secrecy.ALWAYS, "voters": "municipality"}
        poll = await begun.asks_to_choose(Method.SCORE, **secret)  # pyright: ignore
        for each in places:
            await begun.votes_for(poll, each, 5, 3, 0)
    chef = await on_web(samspel, CHEF)
    open_ = await everywhere(chef)
    assert f"{ballots} av 15 har röstat" in open_
    assert "betyg, " not in open_
    assert "Vem röstade vad" not in open_
    assert not [each for each in ("Hjo", "Skara", "Vara") if f"{each}," in open_]
    assert "Inte svarat" not in open_, "who has voted is not told either"
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        await managing.close(db, await begun.by(CHEF), await begun.now(poll))
    closed = await everywhere(chef)
    assert ("Valt: Tolkar." in closed) is shown
    assert ("utan att röja någon" in closed) is not shown
    assert "Vem röstade vad" not in closed
    assert "Inte svarat" not in closed


async def test_a_ring_of_preferences_shows_its_duels_on_the_page_alone(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_to_choose(Method.RANKING)
        for email, order in zip(MEMBERS, ((1, 2, 3), (3, 1, 2), (2, 3, 1)), strict=False):
            await begun.votes(poll, email, *order)
    chef = await on_web(samspel, CHEF)
    page = (await chef.fetches(PAGE)).text
    shown = await chef.reads_page(PAGE)
    assert "Lika: Tolkar, Laddstolpar, Jurist." in shown
    assert '<td class="number">✓ 2</td>' in page
    assert "Starkaste vägen mellan två alternativ" in shown
    assert "Inte svarat: Arbetsmarknadschef Tibro" in " ".join(shown.split())
    assert "Tolkar: 1, Laddstolpar: 2, Jurist: 3" in shown
    assert "✓ 2" not in words_in(await chef.fetches(f"{PAGE}/underlag.docx"))


async def test_equal_shares_stand_beside_plain_approval(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_to_choose(Method.BUDGET, money=100_000)
        for email in MEMBERS[:2]:
            await begun.votes(poll, email, 1, 1)
        await begun.votes(poll, MEMBERS[2], 0, 0, 1)
    chef = await on_web(samspel, CHEF)
    shown = " ".join((await chef.reads_page(PAGE)).split())
    assert "Lika andelar och flest röster, bredvid varandra" in shown
    assert "Tolkar 50 000 kr 2 ✓ valt ✓ valt" in shown
    assert "100 000 kr av 100 000 kr används" in shown
    assert kronor(50_000) in words_in(await chef.fetches(f"{PAGE}/underlag.docx"))


@pytest.mark.parametrize(
    ("method", "values", "told", "points"),
    [
        (Method.SCORE, (5, 3, 0), "betyg 5", None),
        (Method.POINTS, (7, 3, 0), "Mest från en", 10),
        (Method.RANKING, (1, 2, 3), "plats 1, etta på 1 röst", None),
    ],
)
async def test_scores_and_points_are_told_closer(
    samspel: Scene, method: Method, values: tuple[int, ...], told: str, points: int | None
):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_to_choose(method, points=points, quorum=2, seats=2, may_add=True)
        await begun.votes(poll, MEMBERS[0], *values)
    shown = await (await on_web(samspel, OFFICER)).reads_page(PAGE)
    assert told in shown
    assert "1 av 4 har röstat, minst 2 krävs" in shown
    assert "Vem röstade vad" in shown
    assert "Får väljarna lägga till alternativ" in shown


async def test_dates_show_who_can_when(samspel: Scene):
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_to_choose(
            Method.DATES, ("12 maj 9–11", "19 maj 13–15"), kind=Kind.DATES
        )
        await begun.votes(poll, MEMBERS[0], 0, 2)
        await begun.votes(poll, MEMBERS[1], 2, 1)
    shown = " ".join((await (await on_web(samspel, OFFICER)).reads_page(PAGE)).split())
    assert "12 maj 9–11 1: Rektor vuxenutbildning Lidköping 0 1: Rektor" in shown
    assert "✓ 19 maj 13–15" in shown
    hidden = {"kind": Kind.QUESTION, "secrecy": Secrecy.UNTIL_CLOSING, "title": "Vem skriver?"}
    async with samspel.database.transaction() as db:
        begun = Beginning(samspel, db)
        poll = await begun.asks_to_choose(Method.CHOICE, ("Hjo", "Tibro"), **hidden)  # pyright: ignore
        await begun.votes(poll, MEMBERS[0], 1)
    page = await everywhere(await on_web(samspel, CHEF), f"/omrostningar/{poll.id}")
    assert "Leder nu:" not in page
    assert "Valt:" not in page
    assert "Vem röstade vad" not in page
    assert "Att välja mellan" in page
