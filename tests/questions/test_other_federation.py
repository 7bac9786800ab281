"""Another federation's questions are understood: nothing is fitted to the samples."""

from datetime import date

import pytest

from bot.people import OrganisationId, Person, PersonId
from bot.questions.unanswered import without_names
from bot.questions.understanding import understand
from bot.questions.vocabulary import Vocabulary
from tests.questions.other_federation import FEDERATION, vocabulary
from tests.questions.sets import TODAY


@pytest.fixture(scope="module")
def other() -> Vocabulary:
    """The other federation's vocabulary."""
    return vocabulary()


QUESTIONS = """
vad ansvarar Eva Ek för?;activities;person=eva.ek@goinge.example.se
vad ansvarar eva ek för?;activities;person=eva.ek@goinge.example.se
Eva Eks uppdrag?;assignments;person=eva.ek@goinge.example.se
vad ansvarar Per Dag för?;activities;person=per.dag@edet.example.se
vad ansvarar Bo Ring för?;activities;person=bo.ring@osby.example.se
vilka uppdrag har Per Dag?;assignments;person=per.dag@edet.example.se
vad ansvarar Anna Svensson för?;activities;person=anna.svensson@bro.example.se
vad ansvarar Holm för?;activities;person=anna.holm@mark.example.se
vad ansvarar anna svenson för?;activities;person=anna.svensson@bro.example.se
vilka uppdrag har Karl-Erik Åberg?;assignments;person=ke.aberg@are.example.se
vilka uppdrag har Åberg?;assignments;person=ke.aberg@are.example.se
vad ansvarar Anna i Mark för?;activities;person=anna.holm@mark.example.se
vad ansvarar näringslivschefen i Östra Göinge för?;activities;person=naring@goinge.example.se
vad ansvarar Östra Göinges näringslivschef för?;activities;person=naring@goinge.example.se
vad ansvarar näringslivschefen i Osby för?;activities;person=naring@osby.example.se
vad ansvarar kostchefen för?;activities;person=kost@hassleholm.example.se
läget i Östra Göinge;status;municipality=Östra Göinge
laget i ostra goinge;status;municipality=Östra Göinge
Östra Göinges läge?;status;municipality=Östra Göinge
hur går det i Lilla Edet?;status;municipality=Lilla Edet
hur går det i Lilla Edets kommun?;status;municipality=Lilla Edet
hur går det i Upplands-Bro?;status;municipality=Upplands-Bro
läget i Hässleholm;status;municipality=Hässleholms kommun
läget i Hässleholms kommun;status;municipality=Hässleholms kommun
hur går det i Åre?;status;municipality=Åre
läget i Mark?;status;municipality=Mark
läget i Osby och Lilla Edet;status;municipality=Lilla Edet|Osby
status äld1;status;activity=ÄLD-01
status ÄLD-03;status;activity=ÄLD-03
hur går det med ald 2?;status;activity=ÄLD-02
hur går det med nattillsynen?;status;activity=ÄLD-01
hur går det med bemanningspoolen?;status;activity=ÄLD-02
vem ansvarar för matsvinnet?;owner;activity=MAT-03
status vinterfestivalen;status;activity=BES-02
status skaraborgsutställningen;status;activity=BES-03
hur går det med vandringslederna?;status;activity=BES-01
när är skyfallskarteringen klar?;milestones;activity=VAT-02
läget i besöksnäring;status;area=Besöksnäring
hur går det inom trygg äldreomsorg?;status;area=Trygg äldreomsorg
läget i inriktningen dricksvatten;status;direction=Dricksvatten
hur går det för nätverket Lantbruk?;status;network=Lantbruk
vilka aktiviteter är röda i Östra Göinge?;status;municipality=Östra Göinge,state=off_track
vad har ändrats i vatten sedan 1 mars?;changes;area=Vatten,since=2026-03-01
"""
MANAGER = Person(
    PersonId(1),
    "Lena Strand",
    "lena.strand@sju.example.se",
    employers=frozenset({OrganisationId(8)}),
)


@pytest.mark.parametrize("row", QUESTIONS.strip().splitlines())
def test_a_question_of_another_federation_is_understood(other: Vocabulary, row: str):
    said, intent, filters = row.split(";")
    found = understand(said, other, TODAY, MANAGER)
    wanted = {each.split("=")[0]: set(each.split("=")[1].split("|")) for each in filters.split(",")}
    written = {name: set(value.split("|")) for name, value in found.question.written().items()}
    assert (found.question.intent.value, written) == (intent, wanted)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("vad sa Anna Svensson om lönerna", "vad sa … … om lonerna"),
        ("är svenssons semester beviljad", "ar … semester beviljad"),
        ("tycker anna om pizza", "tycker … om pizza"),
        ("är eva ek sjuk", "ar … … sjuk"),
        ("hur mår per dag", "hur mar … …"),
        ("hur mår Karl-Erik", "hur mar … …"),
        ("hur mår evaek", "hur mar …"),
        ("ring mig på 070 123 45 67 tack", "… mig pa … … … …"),
        ("mitt nummer är 19121212-1212", "mitt nummer ar … …"),
        ("nås på tel0701234567", "nas pa …"),
        ("skriv till eva.eklund@gmail.com om pizza", "skriv till … om pizza"),
        ("hur blir pizzan 2026-05-01", "hur blir pizzan 2026-05-01"),
        ("blir det pizza kvartal 1 2026", "blir det pizza kvartal 1 2026"),
        ("vad äter näringslivscheferna", "vad ater naringslivscheferna"),
        ("Anna Svensson", ""),
    ],
)
def test_no_name_and_no_number_of_anybody_is_kept(other: Vocabulary, said: str, kept: str):
    assert without_names(said, other) == kept


def test_a_name_that_is_a_word_too_is_not_read_into_it(other: Vocabulary):
    found = understand("hur många rapporter per dag?", other, date(2026, 3, 16), MANAGER)
    assert "person" not in found.question.written()


def test_titles_are_no_names(other: Vocabulary):
    titles = [each for each in other.people if each.name.startswith(("Näring", "Kost"))]
    assert [each.names for each in titles] == [(), (), ()]
    assert not any(each in other.names_of_people for each in FEDERATION.casefold().split())
