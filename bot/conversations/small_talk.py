"""Lines that start with no word of the bot's and still mean something: a code, or thanks."""

from bot.conversations.activity_card import shortened
from bot.conversations.calling import Line, to_write
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import plain, read_code
from bot.language import _
from bot.plan import Activity, Plan

ASKING = frozenset(
    [
        *("vad", "vem", "vems", "vilka", "vilken", "vilket", "hur"),
        *("nar", "varfor", "var", "vart"),
        *("visa", "lista", "beratta", "finns", "saknas"),
        *("what", "who", "which", "how", "when", "why"),
    ]
)
"""Words that questions begin with."""

REPORTING = frozenset(
    ("risk", "avvikelse", "enligt", "forsenad", "forsenat", "klar", "klart", "pausad", "pausat")
)
"""Words that reports begin with and questions seldom do."""

_FEW = 3
_SHORT_REST = 5
OF_MINE = frozenset(("uppdrag", "behov", "milstolpar", "rapporter", "ansokningar", "omrostningar"))
BEFORE_PLACES = frozenset(("i", "for", "till", "fran", "hos", "inom"))
BEFORE_NAMES = BEFORE_PLACES | {"som", "under", "v", "vecka", "denna", "nasta", "kommande"}
"""Words after the bot's own that go on as a question does: `milstolpar i december`."""

LOOKED_UP = frozenset(("milstolpe", "aktivitet", "aktiviteter", "pengar"))
LISTS = frozenset(
    [
        *(
            "behov",
            "uppdrag",
            "milstolpe",
            "aktivitet",
            "aktiviteter",
            "pengar",
            "rosta",
            "ansokan",
        ),
        *("mandat", "rapport", "motesrapport", "historik"),
    ]
)
"""Words of the bot's that a question may begin with as well: `behov hos presidiet?`"""

THANKS = frozenset(["tack", "tackar", "tacksam", "thanks", "thank", "thx", "ty"])


def begins_with_activity(plan: Plan, words: str) -> tuple[Activity, str] | None:
    """The activity whose code the words begin with, and the words after it."""
    tokens = words.split()
    for taken in (2, 1):
        code = read_code(" ".join(tokens[:taken]).rstrip(",:"), plan)
        if code is not None:
            return plan.activities[code], " ".join(tokens[taken:])
    return None


def meant_as_report(activity: Activity, rest: str, *, in_channel: bool) -> Card:
    """What is said of a line that begins with a code: perhaps it is a report."""
    show = Button(label=_("Visa aktiviteten"), press=press("aktivitet", activity.code))
    if not rest:
        said = _("Vad vill du göra med {name}?", name=activity.name)
        report = Button(label=_("Rapportera"), press=press("rapport", activity.code))
        return Card(summary=said, parts=(text(said), Buttons(buttons=(show, report))))
    report = _("rapport {words}", words=f"{activity.code} {shortened(rest, 200)}")
    command = to_write(report, in_channel=in_channel)
    said = _("Är det en rapport? Tryck på knappen, eller skriv: {command}", command=command)
    button = Button(
        label=_("Rapportera {code}", code=activity.code),
        press=press("rapport", activity.code, "ord"),
        style="primary",
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(button, show))))


def sounds_like_question(words: str) -> bool:
    """Whether the words begin or end as a question does."""
    first = words.split(maxsplit=1)
    return words.rstrip(" .!").endswith("?") or bool(first and plain(first[0]) in ASKING)


def is_asked_with(name: str, words: str) -> bool:
    """Whether words that begin with the bot's word of that name may be a question all the same."""
    first, *rest = plain(words).split() or [""]
    if name == "mina":
        return bool(rest) and rest[0].strip("?") in OF_MINE
    if name not in LISTS or not "".join(rest).strip("?"):
        return False
    begins = rest[0] in BEFORE_NAMES and len(rest) <= _SHORT_REST
    return (
        words.rstrip().endswith("?")
        or (begins and name in LOOKED_UP)
        or (begins and rest[0] in BEFORE_PLACES and first != "rapport")
    )


def sounds_like_report(words: str) -> bool:
    """Whether the words begin with a state, and go on as a report does and no question."""
    tokens = words.split()
    first = plain(tokens[0]).strip(".,:") if tokens else ""
    return first in REPORTING and len(tokens) > _FEW and not sounds_like_question(words)


def perhaps_report(words: str, *, in_channel: bool) -> Card:
    """What is said of such words: of which activity they are is not said."""
    report = _("rapport KOM-03 {words}", words=shortened(words, 200))
    command = to_write(report, in_channel=in_channel)
    said = _(
        "Det låter som en rapport, men jag vet inte om vilken aktivitet. Skriv till exempel: "
        "{command}",
        command=command,
    )
    button = Button(label=_("Rapportera en aktivitet"), press=press("rapport"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(button,))))


def thanks(line: Line) -> bool:
    """Whether the line thanks."""
    return plain(line.first).rstrip(".") in THANKS


def you_are_welcome() -> Card:
    """A kind word back."""
    said = _("Varsågod! Hör av dig när något har hänt.")
    return Card(summary=said, parts=(text(said),))
