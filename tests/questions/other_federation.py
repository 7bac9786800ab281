"""An invented federation that shares nothing with the samples: places, areas, titles, people."""

from datetime import date

from bot.money.funding import Kronor
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import (
    Activity,
    ActivityId,
    Body,
    Contact,
    Direction,
    Milestone,
    Organisation,
    Plan,
    Rhythm,
)
from bot.questions.vocabulary import Vocabulary, holder

FEDERATION = "Kommunförbundet Sju Sjöar"
PLACES = ("Östra Göinge", "Lilla Edet", "Upplands-Bro", "Osby", "Hässleholms kommun", "Åre", "Mark")
NETWORKS = ("Lantbruk", "Äldreomsorg")
_ACTIVITIES = """
ÄLD-01|Trygg äldreomsorg|Vård i hemmet|Digital nattillsyn|Upphandling av kameror klar
ÄLD-02|Trygg äldreomsorg|Vård i hemmet|Gemensam bemanningspool för undersköterskor|Poolen öppnar
ÄLD-03|Trygg äldreomsorg|Anhöriga|Anhörigcenter i samverkan|Lokal hittad
MAT-01|Mat och lantbruk|Närproducerat|Upphandlingsstöd för lokala råvaror|Råvarulista klar
MAT-02|Mat och lantbruk|Närproducerat|Gårdsbutiker på kartan|Kartan publicerad
MAT-03|Mat och lantbruk|Skolmat|Minskat matsvinn i skolkök|Mätvecka genomförd
BES-01|Besöksnäring|Vandring|Vandringsleder runt sjöarna|Skyltar på plats
BES-02|Besöksnäring|Evenemang|Vinterfestivalen|Artister bokade
BES-03|Besöksnäring|Evenemang|Skaraborgsutställning|Vernissage
VAT-01|Vatten|Dricksvatten|Reservvattentäkt Ivösjön|Provborrning klar
VAT-02|Vatten|Skyfall|Skyfallskartering|Kartunderlag levererat
VAT-03|Vatten|Skyfall|Dagvattenpolicy|Remiss utskickad
"""
_PEOPLE = (
    ("Lena Strand", "lena.strand@sju.example.se", FEDERATION),
    ("Eva Ek", "eva.ek@goinge.example.se", "Östra Göinge"),
    ("Per Dag", "per.dag@edet.example.se", "Lilla Edet"),
    ("Bo Ring", "bo.ring@osby.example.se", "Osby"),
    ("Anna Svensson", "anna.svensson@bro.example.se", "Upplands-Bro"),
    ("Anna Holm", "anna.holm@mark.example.se", "Mark"),
    ("Karl-Erik Åberg", "ke.aberg@are.example.se", "Åre"),
    ("Näringslivschef Östra Göinge", "naring@goinge.example.se", "Östra Göinge"),
    ("Näringslivschef Osby", "naring@osby.example.se", "Osby"),
    ("Kostchef", "kost@hassleholm.example.se", "Hässleholms kommun"),
)


def vocabulary() -> Vocabulary:
    """The vocabulary of its plan and people."""
    places = {
        OrganisationId(key): Organisation(OrganisationId(key), name, "municipality", None)
        for key, name in enumerate(PLACES, 1)
    }
    key = OrganisationId(len(places) + 1)
    rows = [line.split("|") for line in _ACTIVITIES.strip().splitlines()]
    areas = list(dict.fromkeys(row[1] for row in rows))
    directions = {row[2]: areas.index(row[1]) + 1 for row in rows}
    plan = Plan(
        revision=1,
        year=2026,
        activities={row[0]: _activity(key, *row) for key, row in enumerate(rows, 1)},
        organisations={**places, key: Organisation(key, FEDERATION, "federation", None)},
        bodies={
            BodyId(at): Body(BodyId(at), name, "network") for at, name in enumerate(NETWORKS, 1)
        },
        focus_areas=dict(enumerate(areas, 1)),
        directions={
            at: Direction(at, area, name) for at, (name, area) in enumerate(directions.items(), 1)
        },
    )
    people = [
        holder(email, name, (place,), is_manager=at == 1, key=at)
        for at, (name, email, place) in enumerate(_PEOPLE, 1)
    ]
    return Vocabulary(plan, people, {})


def _activity(
    key: int, code: str, area: str, direction: str, title: str, milestone: str
) -> Activity:
    return Activity(
        id=ActivityId(key),
        code=code,
        title=title,
        description=None,
        area=area,
        direction=direction,
        responsible=Contact(PersonId(1), "Lena Strand", "lena.strand@sju.example.se"),
        coordinator=OrganisationId(1),
        participants=frozenset(),
        network=None,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        ended_on=None,
        budget=Kronor(0),
        funding=(),
        milestones=(Milestone(key, milestone, date(2026, 5, 1), None, None),),
        rhythm=Rhythm("none", 0),
        proposed=False,
    )
