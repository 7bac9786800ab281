"""What notifications and screen readers say of a card says its point, once."""

import re

import pytest

from bot.conversations.views import Card
from bot.specimens.catalogue import all_specimens
from bot.specimens.specimen import Specimen
from bot.specimens.voice import Flavour

CARDS = [
    each
    for each in all_specimens(seed=1)
    if each.flavour is Flavour.ORDINARY and each.language == "sv" and isinstance(each.view, Card)
]
NAMED = {each.name: each.view for each in CARDS if isinstance(each.view, Card)}


def read_aloud(card: Card) -> str:
    """The title, unless the summary has it, and the summary: as platforms do."""
    return card.summary if card.title in card.summary else f"{card.title}. {card.summary}"


@pytest.mark.parametrize("specimen", CARDS, ids=lambda each: each.name)
def test_nothing_is_read_aloud_twice(specimen: Specimen):
    assert isinstance(specimen.view, Card)
    said = read_aloud(specimen.view)
    assert "?." not in said
    assert ".." not in said
    sentences = [each.strip(" .:!?") for each in re.split(r"[.!?] (?!\d)", said)]
    assert len(sentences) == len(set(sentences))
    assert said.count("Beslut behövs av") < 2
    first, *others = sentences
    assert not any(each.startswith(f"{first} ") for each in others), said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("activities", "11 aktiviteter: KOM-01 🟢 enligt plan, KOM-02"),
        ("activities-searched", "11 aktiviteter som passar ”kompetens”: KOM-01"),
        ("activity-in-plan", "KOM-01 i planen: Gemensamt kompetensråd. Ansvarig "),
        ("activity-in-plan", "budget 250\xa0000 kr, pågår till 30 juni 2027."),
        ("mine", "Du ansvarar för 3 aktiviteter: KOM-01 🟢 enligt plan, KOM-02"),
        ("milestones", "Kvar: "),
        ("channel-bound", "Till kanalen kompetens kommer: nätverket Energi och nätverket Komp"),
        ("channel-shown", "Till kanalen kompetens kommer: nätverket Energi och nätverket Komp"),
        ("channels", "kompetens (Slack) – "),
        ("channel-let-go", "Nu kommer det som gäller "),
        ("channel-greeting", "Chefen eller en administratör bestämmer"),
        ("news-changed", "🟡 risk, förut 🟢 enligt plan. Offerterna blev dyrare"),
        ("news-decision-board", "Beslut behövs av direktionen: "),
        ("history-report", "Skriven av Karin Lind. "),
        ("receipt", "Sparat: KOM-01 Gemensamt kompetensråd, 🟢 enligt plan. "),
        ("receipt-risk", "Åtgärd: "),
        ("receipt-mine", "3 rapporter sparade: KOM-01 🟢 enligt plan"),
        ("receipt-mine-wrong", "Det här behöver rättas: KOM-01, KOM-02"),
        ("channels-only-gone", "Borta: kompetens."),
        ("receipt-mine-all-wrong", "Det här behöver rättas: KOM-01"),
        ("report-which", "Vilken menar du? KOM-01 Gemensamt kompetensråd, "),
        ("report-choose", "Vilken aktivitet vill du rapportera? KOM-01"),
        ("help-on-one", "rapport KOM-03 risk Avtalet försenat – säger läget"),
        ("invitation-rapport", "Rapportera läget. KOM-01 Gemensamt kompetensråd. Öppna"),
        ("given-back", "Avtalet är försenat"),
        ("not-saved-words", "Du skrev: rapport KOM-03 risk"),
        ("settings", "Inställningar. Språk: svenska, "),
        ("workspace-lost", "Dit kom det som gäller nätverket "),
        ("account-mailed", "Öppna det och tryck på knappen inom"),
        ("account-welcome", "skriv det igen"),
        ("accounts-waiting", "4 konton väntar på att bli kopplade: "),
        ("accounts-of", "webben, "),
        ("accounts-which", "Vem menar du? "),
        ("account-unmailed-first", "Jag har frågat."),
    ],
)
def test_the_point_of_a_card_is_read_aloud(name: str, words: str):
    assert words in NAMED[name].summary
