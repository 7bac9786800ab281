"""What a digest says of its material: what is new in full, what is known counted."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversations.views import (
    MAX_CARD_CHARACTERS,
    MAX_PARTS,
    Chart,
    Heading,
    Part,
    card_characters,
    text,
)
from bot.digests.compose import as_text, compose, pages, read_letter, stored_letter
from bot.digests.gather import Correction, Material, PlannedMilestone, WeekEnd
from bot.digests.period import Audience, Week
from bot.digests.sections import SECTIONS
from bot.language import kronor, speaking
from bot.plan import FundingLine, Kronor
from bot.states import Decider, Status
from tests.digest_material import KOM_03, material, standing, stockholm

CALM = {"status": Status.ON_TRACK, "deviation": None, "measure": None}


def said(of: Material) -> str:
    return as_text(compose(of).cards)


def next_week(of: Material, **values: object) -> Material:
    """The same things a week later, when they have been told."""
    week = timedelta(weeks=1)
    told = compose(of).told
    moved = {"covers_from": of.cut_off, "cut_off": of.cut_off + week, "told": told}
    return replace(of, **{**moved, "after": str(of.week), "week": Week(2026, 49), **values})


def test_a_new_deviation_stands_in_full():
    text = said(material(standing()))
    assert "🔴 avvikelse: KOM-03 Batteriteknikutbildning (ny, var enligt plan)." in text
    assert "Avvikelse: Avtalet är försenat. Åtgärd: Ny tidplan." in text
    assert "Karin Komvux, 19 november." in text


def test_a_worsened_one_says_so_and_a_better_one_too():
    worse = material(standing(before=Status.AT_RISK))
    better = material(standing(status=Status.AT_RISK, before=Status.OFF_TRACK))
    assert "(förvärrad, var risk)" in said(worse)
    assert "(bättre, var avvikelse)" in said(better)


def test_an_unchanged_deviation_is_counted_the_week_after():
    first = material(standing())
    later = next_week(first, standings=(standing(before=Status.OFF_TRACK, before_id=10),))
    text = said(later)
    assert "Avtalet är försenat" not in text
    assert "1 aktivitet med risk eller avvikelse är som i förra brevet." in text


def test_a_deviation_told_anew_stands_in_full_again():
    first = material(standing())
    changed = standing(before=Status.OFF_TRACK, deviation="Leverantören har gått i konkurs")
    assert "Leverantören har gått i konkurs." in said(next_week(first, standings=(changed,)))


def test_a_decision_keeps_a_line_until_it_is_settled():
    asked = standing(decider=Decider.STEERING_GROUP, decision="Godkänn nytt anbud")
    weeks = [material(asked, audience=Audience.STEERING_GROUP)]
    for _week in range(3):
        weeks.append(next_week(weeks[-1], standings=(replace(asked, before=Status.OFF_TRACK),)))
    for each in weeks:
        assert "Till styrgruppen: KOM-03 Batteriteknikutbildning. Godkänn nytt anbud." in said(each)
    settled = next_week(weeks[-1], standings=(standing(before=Status.OFF_TRACK),))
    assert "Godkänn" not in said(settled)


def test_a_new_decision_is_marked_and_a_changed_one_too():
    asked = standing(decider=Decider.MANAGER, decision="Godkänn nytt anbud")
    first = material(asked)
    assert "Nytt. Till chefen:" in said(first)
    assert "Nytt." not in said(replace(first, after=None)), "in the first digest all is new"
    changed = standing(decider=Decider.MANAGER, decision="Godkänn två anbud")
    assert "Ändrat. Till chefen:" in said(next_week(first, standings=(changed,)))


@pytest.mark.parametrize(
    ("decider", "manager", "steering_group"),
    [
        (Decider.MANAGER, True, False),
        (Decider.STEERING_GROUP, True, True),
        (Decider.BOARD, True, True),
        (Decider.NOBODY, False, False),
    ],
)
def test_who_reads_of_which_decision(decider: Decider, manager: bool, steering_group: bool):
    asked = standing(decider=decider, decision="Godkänn nytt anbud")
    assert ("Godkänn" in said(material(asked))) is manager
    other = material(asked, audience=Audience.STEERING_GROUP)
    assert ("Godkänn" in said(other)) is steering_group


def test_the_steering_group_reads_decisions_and_money_first():
    names = [section.name for section in SECTIONS[Audience.STEERING_GROUP]]
    assert names[:3] == ["decisions", "resources", "money"]
    chef = {section.name for section in SECTIONS[Audience.MANAGER]}
    assert set(names) - chef == {"needs_to_put_forward"}
    assert chef - set(names) == {"assignments", "needs_late_preparations"}
    lacks = {"budget": Kronor(900_000), "funding": (), "ends_on": date(2027, 1, 1)}
    asked = standing(decider=Decider.STEERING_GROUP, decision="Godkänn", about=lacks)
    text = said(material(asked, audience=Audience.STEERING_GROUP))
    assert text.index("Godkänn") < text.index("Pengar som saknas") < text.index("Läget\n")


def test_money_lacking_counts_all_but_what_was_rejected():
    funding = (
        FundingLine("ESF+", "external", Kronor(200_000), "applied"),
        FundingLine("Vinnova", "external", Kronor(500_000), "rejected"),
    )
    lacks = {"budget": Kronor(900_000), "funding": funding}
    first = material(standing(about=lacks))
    line = f"KOM-03 Batteriteknikutbildning: {kronor(700_000)} av {kronor(900_000)}."
    assert line in said(first)
    assert line in said(next_week(first)), "a question of resources keeps its line"
    assert "Pengar som saknas" not in said(
        material(standing(about=lacks, **{**CALM, "status": Status.DONE}))
    )


def test_a_late_report_is_told_once_and_then_counted():
    late = standing(late_since=date(2026, 11, 2), on=date(2026, 10, 19), **CALM)
    first = material(late)
    assert (
        "KOM-03 Batteriteknikutbildning, 3 veckor sen. Senaste rapporten kom 19 oktober. "
        "Ansvarig: Karin Komvux." in said(first)
    )
    assert "1 rapport dröjer fortfarande." in said(next_week(first))


def milestone(title: str, due_on: date, *, reached: bool = False, key: int = 1) -> PlannedMilestone:
    return PlannedMilestone(key, KOM_03, title, due_on, reached)


def test_milestones_of_two_weeks_and_those_passed():
    calm = standing(**CALM)
    text = said(
        material(
            calm,
            milestones=(
                milestone("Avtal klart", date(2026, 11, 22), key=1),
                milestone("Kursplan klar", date(2026, 11, 20), reached=True, key=2),
                milestone("Kursstart", date(2026, 11, 23), key=3),
                milestone("Antagning", date(2026, 12, 7), key=4),
                milestone("Utvärdering", date(2026, 12, 8), key=5),
            ),
        )
    )
    coming, passed = text.split("Milstolpar som passerat utan att nås")
    assert "23 november: Kursstart. KOM-03" in coming
    assert "7 december: Antagning. KOM-03" in coming
    assert "22 november: Avtal klart. KOM-03 Batteriteknikutbildning, 1 dag sedan." in passed
    assert "Kursplan" not in text
    assert "Utvärdering" not in text


def test_a_done_activity_has_no_milestones_left():
    done = standing(**{**CALM, "status": Status.DONE})
    assert "Avtal" not in said(material(done, milestones=(milestone("Avtal", date(2026, 11, 2)),)))


def test_what_others_wrote_is_for_the_manager_and_changed_states_for_both():
    wrote = standing(before=Status.ON_TRACK, situation="Första kursen är full", **CALM)
    assert "🟢 enligt plan: KOM-03 Batteriteknikutbildning. Första kursen är full." in said(
        material(wrote)
    )
    assert "Första kursen" not in said(material(wrote, audience=Audience.STEERING_GROUP))
    changed = replace(wrote, before=Status.AT_RISK)
    assert "(var risk)" in said(material(changed, audience=Audience.STEERING_GROUP))


def test_a_correction_says_what_no_longer_counts():
    fixed = Correction(KOM_03, Status.OFF_TRACK, Status.ON_TRACK, date(2026, 11, 12), "Karin")
    text = said(material(standing(**CALM), corrections=(fixed,)))
    assert (
        "KOM-03 Batteriteknikutbildning: rapporten från 12 november är rättad av Karin. "
        "Läget är enligt plan, inte avvikelse." in text
    )


def test_counts_and_changes_since_last_time():
    text = said(material(standing("KOM-03"), standing("KOM-04", before=Status.OFF_TRACK)))
    assert "🔴 avvikelse: 2 (+1)" in text
    assert "🟢 enligt plan: 0 (−1)" in text
    assert "2 av 2 aktiviteter har rapporterat sedan 16 november." in text


def test_nothing_new_is_short_and_honest():
    asked = standing(
        before=Status.OFF_TRACK, before_id=10, decider=Decider.MANAGER, decision="Godkänn"
    )
    text = said(next_week(material(asked)))
    assert "Inget nytt sedan förra brevet." in text
    assert "Ingen aktivitet har rapporterat sedan 23 november." in text
    assert "Till chefen: KOM-03 Batteriteknikutbildning. Godkänn." in text
    assert "1 aktivitet med risk eller avvikelse är som i förra brevet." in text
    assert "åtta veckorna" not in text
    assert len(text) < 900


def test_a_late_digest_says_so():
    text = said(material(standing(), late=True, made_at=stockholm("2026-11-25 09:05")))
    assert (
        "Det här brevet är försenat. Det kom ut onsdag 25 november kl. 09:05 i stället för "
        "måndag 23 november kl. 07:30" in text
    )
    assert "Läget måndag 23 november kl. 07:30." in text
    assert "är försenat. Det kom ut" not in said(material(standing()))


def test_a_digest_after_missed_weeks_says_that_it_covers_more():
    text = said(material(standing(), covers_from=stockholm("2026-11-02 07:30")))
    assert "Inget brev har kommit ut sedan 2 november." in text
    assert "Inget brev" not in said(material(standing()))


def test_the_summary_can_be_read_aloud():
    asked = standing(decider=Decider.MANAGER, decision="Godkänn", late_since=date(2026, 11, 2))
    card = compose(material(asked, standing("KOM-04", **CALM))).cards[0]
    assert card.summary == (
        "Veckobrev till chefen, vecka 48 2026. 2 aktiviteter: 1 enligt plan och 1 med avvikelse. "
        "1 beslut väntar. 1 rapport dröjer."
    )


def test_charts_hold_the_numbers_and_say_them_in_words():
    trend = tuple(WeekEnd(Week(2026, 41 + n), Counter({Status.ON_TRACK: n})) for n in range(8))
    card = compose(material(standing(), standing("KOM-04", **CALM), trend=trend)).cards[0]
    areas, weeks = [part for part in card.parts if isinstance(part, Chart)]
    assert areas.alternative == "Kompetens: enligt plan 1, avvikelse 1."
    assert weeks.categories == tuple(f"v. {n}" for n in range(41, 49))
    assert weeks.series[0].values == tuple(range(8))


def test_long_names_and_many_areas_fit_a_chart():
    areas = [f"Ett mycket långt insatsområde nummer {n}" for n in range(30)]
    many = [standing(f"KOM-{n:02}", about={"area": area}) for n, area in enumerate(areas)]
    parts = [part for card in compose(material(*many)).cards for part in card.parts]
    chart = next(part for part in parts if isinstance(part, Chart))
    assert len(set(chart.categories)) == 20
    assert sum(map(sum, (series.values for series in chart.series))) == 30


def thousand() -> Material:
    """Everything at once, in every one of a thousand activities, with the longest texts."""
    long = "Ett ord som upprepas. " * 130
    lacks = {"budget": Kronor(10**12)}
    return material(
        *(
            standing(
                f"KOM-{n:03}",
                decider=Decider.STEERING_GROUP,
                decision=long,
                deviation=long,
                measure=long,
                situation=long,
                next_step=long,
                late_since=date(2026, 1, 1),
                about={**lacks, "title": f"Aktivitet {n}", "proposed": True},
            )
            for n in range(1000)
        ),
        corrections=tuple(
            Correction(KOM_03, Status.AT_RISK, Status.ON_TRACK, date(2026, 11, 20), "Karin")
            for _ in range(40)
        ),
    )


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_longest_digest_is_pages_within_a_cards_limits(audience: Audience, language: str):
    everything = replace(thousand(), audience=audience)
    with speaking(language):
        cards = compose(everything).cards
    assert len(cards) == len(compose(everything).cards)
    assert 1 < len(cards) < 15
    for card in cards:
        assert card_characters(card) <= MAX_CARD_CHARACTERS
        assert len(card.parts) <= MAX_PARTS
        assert card.parts[-1].kind != "heading"
    if language == "sv":
        assert f"(1 av {len(cards)})" in cards[0].title
        assert "… och 988 till, som står i planen" in as_text(cards)


def test_what_had_no_room_is_news_next_time():
    told = compose(thousand()).told
    assert sum(key.startswith("deviation:") for key in told) == 12
    assert sum(key.startswith("overdue:") for key in told) == 1000


def test_no_activities_is_said():
    assert "Planen har inga aktiviteter än." in said(material())


def test_a_letter_is_kept_as_it_was_said():
    cards = compose(material(standing())).cards
    assert read_letter(stored_letter(cards)) == cards


def test_a_page_is_turned_before_a_section_where_one_begins_well_into_it():
    def section(nth: int, lines: int) -> list[Part]:
        return [Heading(text=f"Avsnitt {nth}"), *(text(f"Rad {n}") for n in range(lines))]

    parts = [*section(1, 14), *section(2, 25), *section(3, 3)]
    turned = [parts[page] for page in pages(parts)]
    assert [each for page in turned for each in page] == parts
    assert all(isinstance(page[0], Heading) for page in turned)
    long = section(1, 70)
    assert [len(long[page]) for page in pages(long)] == [30, 30, 11]
    assert not isinstance(parts[pages([*section(1, 28), *section(2, 9)])[0].stop - 1], Heading)
