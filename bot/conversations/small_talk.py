"""Lines that start with no word of the bot's and still mean something: a code, or thanks."""

from bot.conversations.activity_card import shortened
from bot.conversations.calling import Line, to_write
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import plain, read_code
from bot.language import _
from bot.plan import Activity, Plan

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


def thanks(line: Line) -> bool:
    """Whether the line thanks."""
    return plain(line.first).rstrip(".") in THANKS


def you_are_welcome() -> Card:
    """A kind word back."""
    said = _("Varsågod! Hör av dig när något har hänt.")
    return Card(summary=said, parts=(text(said),))
