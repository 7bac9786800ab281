"""Invented needs for the demo: who says what, who shares it, and how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Told:
    """A need of the demo. People are the part of their address before `.example.se`.

    `far` is how many steps of the way it has taken; `end` is what became of it after them.
    `days` ago it was registered.
    """

    title: str
    description: str
    area: str
    by: str
    supported_by: tuple[str, ...] = ()
    days: int = 40
    far: int = 0
    end: str = ""
    reason: str | None = None
    cost: int | None = None
    comment: tuple[str, str] | None = None
    note: str = ""
    texts: Mapping[str, str] = field(default_factory=dict[str, str])


NEEDS = (
    Told(
        "Gemensam upphandling av laddstolpar",
        "Kommunernas bilar blir eldrivna, och depåerna saknar laddning. Var för sig får vi sämre "
        "pris och olika teknik.",
        "Samhällsplanering",
        "energi@lidkoping",
        ("naringsliv@vara", "kultur@skara", "planering@mariestad", "inflyttning@hjo"),
        days=150,
        far=5,
        end="accepted",
        reason="Flera kommuner byter fordonspark samtidigt.",
        cost=1_800_000,
        comment=("planering@mariestad", "Vi har en kravspecifikation som kan delas."),
    ),
    Told(
        "Vikariepool för förskolan",
        "Det saknas vikarier varje vecka. En pool över kommungränserna räcker längre.",
        "Kompetens",
        "arbetsmarknad@tibro",
        ("inflyttning@hjo", "folkhalsa@vara", "integration@tidaholm"),
        days=110,
        far=4,
        cost=600_000,
        texts={
            "summary": "Fyra kommuner vill ha en gemensam pool av vikarier till förskolan.",
            "background": "Förskolorna i östra Skaraborg saknar vikarier en av fem dagar. "
            "Kommunerna rekryterar i dag var för sig, ur samma krets av sökande.",
            "proposal": "Direktionen beslutar\n"
            "att starta en gemensam vikariepool som försök under ett år, och\n"
            "att kommunerna delar kostnaden efter antal barn.",
            "economy": "600 000 kronor första året, för samordnare och bokningssystem. "
            "Vikariernas lön betalas av den kommun där de arbetar.",
        },
    ),
    Told(
        "Tolktjänst i vården och på socialkontoren",
        "Samtal ställs in för att det inte finns tolk. En gemensam tjänst med bokning behövs.",
        "Social hållbarhet",
        "integration@tidaholm",
        ("social@mariestad", "folkhalsa@vara"),
        days=95,
        far=3,
        texts={
            "background": "Antalet tolkade samtal har fördubblats på två år. Var tionde bokning "
            "ställs in för att det inte finns tolk."
        },
        reason="Behovet har fördubblats på två år.",
    ),
    Told(
        "Delad jurist för små kommuner",
        "Avtal och dataskydd tar tid som vi inte har. En jurist som flera kommuner delar på.",
        "Strategisk samverkan",
        "samordning@karlsborg",
        ("digitalisering@gotene", "arbetsmarknad@tibro"),
        days=70,
        far=2,
        cost=750_000,
    ),
    Told(
        "Skyfallskartor för tätorterna",
        "Översvämningarna i somras visade var vattnet samlas. Vi behöver sådana kartor överallt.",
        "Samhällsplanering",
        "planering@skovde",
        ("planering@mariestad",),
        days=60,
        far=1,
        note="Ringt länsstyrelsen: höjddata finns, och de kan lämna ut dem till nyår.",
    ),
    Told(
        "Handledare åt nya lärlingar i industrin",
        "Företagen tar gärna emot lärlingar men saknar handledare.",
        "Kompetens",
        "vux@lidkoping",
        ("vux@falkoping", "naringsliv@mariestad"),
        days=38,
    ),
    Told(
        "Gemensamt kontaktcenter på kvällar",
        "Invånarna ringer efter kontorstid. Ingen kommun klarar att bemanna själv.",
        "Strategisk samverkan",
        "digitalisering@gotene",
        ("kultur@skara",),
        days=9,
    ),
    Told(
        "Simskola för barn som inte kan simma",
        "Var femte elvaåring kan inte simma. Simhallarna kan dela på lärare.",
        "Social hållbarhet",
        "folkhalsa@vara",
        (),
        days=4,
    ),
    Told(
        "Egen elnätsplan för småorter",
        "Små orter får vänta på effekt. Planen borde göras för alla på en gång.",
        "Samhällsplanering",
        "naringsliv@vara",
        ("energi@lidkoping",),
        days=120,
        far=1,
        end="resting",
        reason="Väntar på elnätsbolagens prognos i den samlade effektplanen.",
    ),
    Told(
        "Gemensam reseapp",
        "En app där alla resor i Skaraborg syns, också skolskjuts med lediga platser.",
        "Samhällsplanering",
        "inflyttning@hjo",
        (),
        days=130,
        far=1,
        end="declined",
        reason="Västtrafik bygger samma sak och har den klar till hösten.",
    ),
    Told(
        "Fler lärlingar behöver handledning",
        "Samma sak i Falköping: det finns platser men ingen som handleder.",
        "Kompetens",
        "vux@falkoping",
        ("naringsliv@falkoping",),
        days=30,
        end="merged",
    ),
    Told(
        "Cykelvägvisning mellan kommunerna",
        "Skyltarna tar slut vid kommungränsen.",
        "Platsutveckling",
        "kultur@skara",
        (),
        days=20,
        end="withdrawn",
        reason="Trafikverket skyltar om i vår.",
    ),
)
