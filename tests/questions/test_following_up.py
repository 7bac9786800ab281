"""A question goes on from the one before, or is one of its own."""

import pytest

from bot.questions.following_up import going_on
from bot.questions.question import Question
from bot.questions.understanding import understand
from tests.questions.conftest import Known
from tests.questions.sets import TODAY


def asked_in_turn(known: Known, *lines: str) -> list[tuple[str, dict[str, str]]]:
    """What each line is understood to ask, said one after the other."""
    before: Question | None = None
    found: list[tuple[str, dict[str, str]]] = []
    for said in lines:
        understood = understand(said, known.vocabulary, TODAY, known.manager)
        further = going_on(understood, before) if before is not None else None
        before = further.question if further is not None else understood.question
        found.append((before.intent.value, before.written()))
    return found


GOES_ON = {
    "another time": (
        ("vad ska vara klart i maj?", "och i juni?", "och nästa vecka?"),
        ("milestones", {"period": "next_week"}),
    ),
    "only a place": (
        ("vad ska vara klart i maj?", "bara i Hjo"),
        ("milestones", {"municipality": "Hjo", "period": "2026-05"}),
    ),
    "only a stage, and another place": (
        ("vilka behov har Hjo?", "bara de avslagna", "och Tibro?"),
        ("needs", {"municipality": "Tibro", "stage": "declined"}),
    ),
    "another body": (
        ("när möts direktionen?", "och styrgruppen?"),
        ("meetings", {"body": "steering_group"}),
    ),
    "another body that decides": (
        ("vad ska direktionen besluta?", "och styrgruppen?"),
        ("decisions", {"audience": "steering_group"}),
    ),
    "another area for an activity": (
        ("status KOM-03", "och etablering?"),
        ("status", {"area": "Etablering"}),
    ),
    "a place within an area": (
        ("hur går det med kompetens?", "och i Hjo?"),
        ("status", {"area": "Kompetens", "municipality": "Hjo"}),
    ),
    "only some states": (
        ("hur går det med kompetens?", "bara de röda"),
        ("status", {"area": "Kompetens", "state": "off_track"}),
    ),
    "from the whole to a place": (
        ("hur går det?", "och i Hjo?"),
        ("status", {"municipality": "Hjo"}),
    ),
    "something else of the same": (
        ("röda i Hjo?", "vem ansvarar?"),
        ("owner", {"municipality": "Hjo"}),
    ),
    "no place any more": (
        ("röda i Hjo?", "totalt?"),
        ("status", {"state": "off_track"}),
    ),
}
OF_ITS_OWN = {
    "a status": (
        ("vem ansvarar för PLA-01?", "status Skövde"),
        ("status", {"municipality": "Skövde"}),
    ),
    "a meeting": (
        ("vem ansvarar för PLA-01?", "nästa styrgruppsmöte?"),
        ("meetings", {"body": "steering_group"}),
    ),
    "activities": (
        ("vilka uppdrag har Hjo?", "Röda aktiviteter?"),
        ("status", {"state": "off_track"}),
    ),
    "a long one that begins with bara": (
        ("röda i Hjo?", "bara för att veta: hur mycket pengar saknas i Kompetens?"),
        ("funding_gap", {"area": "Kompetens"}),
    ),
    "one that begins with för": (
        ("röda i Hjo?", "för KOM-03, vem är ansvarig?"),
        ("owner", {"activity": "KOM-03"}),
    ),
    "one that begins with och": (
        ("vad är försenat i Skövde?", "och när är nästa möte med direktionen?"),
        ("meetings", {"body": "board"}),
    ),
    "an order": (
        ("röda i Hjo?", "sätt dem på grönt"),
        ("decline", {}),
    ),
    "one that names nothing and is whole": (
        ("röda i Hjo?", "vilka behov finns?"),
        ("needs", {}),
    ),
}


@pytest.mark.parametrize(("lines", "last"), GOES_ON.values(), ids=GOES_ON)
def test_it_goes_on(known: Known, lines: tuple[str, ...], last: tuple[str, dict[str, str]]):
    assert asked_in_turn(known, *lines)[-1] == last


@pytest.mark.parametrize(("lines", "last"), OF_ITS_OWN.values(), ids=OF_ITS_OWN)
def test_it_is_of_its_own(known: Known, lines: tuple[str, ...], last: tuple[str, dict[str, str]]):
    assert asked_in_turn(known, *lines)[-1] == last


@pytest.mark.parametrize(
    ("said", "more", "why"), [("mer", True, False), ("visa fler", True, False), ("varför?", 0, 1)]
)
def test_more_and_why_are_of_the_same_question(known: Known, said: str, more: bool, why: bool):
    before = understand("röda i Hjo?", known.vocabulary, TODAY).question
    further = going_on(understand(said, known.vocabulary, TODAY), before)
    assert further is not None
    assert (further.question, further.more, further.why) == (before, bool(more), bool(why))
