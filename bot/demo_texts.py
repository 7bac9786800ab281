"""Invented sentences for the demo's reports, by status; {area} is the activity's direction."""

from bot.states import Status

SITUATIONS = {
    Status.NOT_STARTED: (
        "Vi väntar på att gruppen ska bli fulltalig.",
        "Start planeras i nästa månad.",
    ),
    Status.ON_TRACK: (
        "Arbetsgruppen har träffats och delat upp arbetet.",
        "Underlaget från kommunerna är nästan komplett.",
        "Bra uppslutning på senaste mötet, alla kommuner var med.",
        "Första utkastet är skickat på avstämning.",
        "Vi ligger i fas och har bokat höstens träffar.",
        "Två nya kommuner har anmält intresse.",
    ),
    Status.DONE: ("Allt är levererat och överlämnat till förvaltningarna.",),
    Status.PAUSED: ("Arbetet vilar tills rekryteringen är klar.",),
}
DEVIATIONS = (
    ("Två kommuner har inte lämnat sina underlag.", "Vi ringer runt den här veckan."),
    (
        "Projektledaren är föräldraledig och ersättare saknas.",
        "Skövde lånar ut en strateg.",
    ),
    ("Offerterna blev dyrare än beräknat.", "Vi delar upp inköpet i två steg."),
    ("Avtalet är försenat hos juristerna.", "Extra möte bokat med alla parter."),
    ("Färre anmälda än vi räknat med.", "Ny inbjudan går ut via nätverken."),
)
DECISIONS = (
    "Ska vi gå vidare utan medfinansiering från alla kommuner?",
    "Behöver en halvtidstjänst under hösten.",
    "Vilken kommun tar värdskapet nästa år?",
)
NEXT_STEPS = (
    "Avstämning i nätverket nästa vecka.",
    "Skicka utkastet på remiss.",
    "Boka möte med Högskolan i Skövde.",
    "Sammanställa svaren från kommunerna.",
)
