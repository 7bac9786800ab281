"""Believable words for the ordinary world: names, places, activities. All invented but places."""

from typing import NamedTuple

MUNICIPALITIES = (
    "Essunga",
    "Falköping",
    "Grästorp",
    "Gullspång",
    "Götene",
    "Hjo",
    "Karlsborg",
    "Lidköping",
    "Mariestad",
    "Skara",
    "Skövde",
    "Tibro",
    "Tidaholm",
    "Töreboda",
    "Vara",
)
NETWORKS = ("Kompetens", "Energi", "Näringsliv", "Samhällsplanering")
PEOPLE = (
    "Åsa Öberg",
    "Karin Lind",
    "Östen Ärlig",
    "Maja Holm",
    "Nils Sjö",
    "Ingrid Ek",
    "Per Björk",
    "Lena Äng",
)


class Invented(NamedTuple):
    """An activity as an ordinary plan has it."""

    code: str
    area: str
    direction: str
    title: str
    description: str


ACTIVITIES = (
    Invented(
        "KOM-01",
        "Kompetens",
        "Kompetensförsörjning",
        "Gemensamt kompetensråd",
        "Ett råd med näringsliv, vuxenutbildning och högskola.",
    ),
    Invented(
        "KOM-02",
        "Kompetens",
        "Kompetensomställning",
        "Utbildning i batteriteknik",
        "En yrkesutbildning som alla kommuner kan söka till.",
    ),
    Invented(
        "KOM-03",
        "Kompetens",
        "Kompetensomställning",
        "Validering av yrkeskunskap",
        "En väg för den som kan yrket men saknar papper på det.",
    ),
    Invented(
        "SAM-01",
        "Samhällsplanering",
        "Bostadsförsörjning",
        "Gemensam bostadsanalys",
        "Vad som behöver byggas till 2035, kommun för kommun.",
    ),
    Invented(
        "SAM-02",
        "Samhällsplanering",
        "Energiförsörjning",
        "Energi- och effektplan",
        "En samlad bild av behov och nät, med elnätsbolagen.",
    ),
    Invented(
        "SAM-03",
        "Samhällsplanering",
        "Infrastruktur och kollektivtrafik",
        "Pendling till nya arbetsplatser",
        "Linjer och tider som följer skiftarbete.",
    ),
    Invented(
        "ETA-01",
        "Etablering",
        "Nyetableringar",
        "En väg in för företag",
        "En kontaktväg för den som vill etablera sig.",
    ),
    Invented(
        "ETA-02",
        "Etablering",
        "Följdetableringar",
        "Register över mark och lokaler",
        "Planlagd mark och lediga lokaler, alltid aktuellt.",
    ),
    Invented(
        "ETA-03",
        "Etablering",
        "Expansion av befintliga företag",
        "Lots för växande företag",
        "Företagslotsar som arbetar efter samma mall.",
    ),
    Invented(
        "PLA-01",
        "Platsutveckling",
        "Attraktiva platser",
        "Inflyttarservice",
        "En gemensam väg för den som flyttar hit.",
    ),
    Invented(
        "PLA-02",
        "Platsutveckling",
        "Kommunikation",
        "Berättelsen om Skaraborg",
        "Bilder och texter som alla kommuner kan använda.",
    ),
)
MILESTONES = ("Underlag insamlat", "Avtal klart", "Första träffen", "Rapport klar", "Start i drift")
SOURCES = ("Delregionala utvecklingsmedel", "Medfinansiering", "Egen budget", "Statsbidrag")
REASONS = ("Avtalet dröjer hos juristerna.", "Rekryteringen tog längre tid.")
