"""How often an activity is reported: `takt KOM-03 varje vecka`."""

import re

from bot import reporting
from bot.conversations.activity_card import KIND
from bot.conversations.naming_activity import which_activity
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.report_status import no_such, which
from bot.conversations.saving_report import refusal, say
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.finding import Found, Nothing, Several, find_activity, plain, read_code
from bot.language import _, ngettext
from bot.plan import Activity, Rhythm
from storage.queries.milestones import set_rhythm

NAME = "takt"

_WEEKS = re.compile(
    r"(?:var |varje |every )?(\d{1,2})(?::?e|:?a|st|nd|rd|th)? (?:veck(?:an?|or)|weeks?)"
)
_SAID = {
    "varje vecka": Rhythm("weeks", 1),
    "veckovis": Rhythm("weeks", 1),
    "varannan vecka": Rhythm("weeks", 2),
    "var tredje vecka": Rhythm("weeks", 3),
    "var fjarde vecka": Rhythm("weeks", 4),
    "varje manad": Rhythm("monthly", 4),
    "manadsvis": Rhythm("monthly", 4),
    "en gang i manaden": Rhythm("monthly", 4),
    "aldrig": Rhythm("never", 2),
    "every week": Rhythm("weeks", 1),
    "weekly": Rhythm("weeks", 1),
    "every other week": Rhythm("weeks", 2),
    "every second week": Rhythm("weeks", 2),
    "every third week": Rhythm("weeks", 3),
    "every fourth week": Rhythm("weeks", 4),
    "every month": Rhythm("monthly", 4),
    "monthly": Rhythm("monthly", 4),
    "never": Rhythm("never", 2),
}


def read_rhythm(words: str) -> Rhythm | None:
    """The rhythm that `words` say: `varannan vecka`, `var 3:e vecka`, `månadsvis`, `aldrig`."""
    said = " ".join(plain(words).split())
    if said in _SAID:
        return _SAID[said]
    match = _WEEKS.fullmatch(said)
    if match and 1 <= int(match[1]) <= 52:
        return Rhythm("weeks", int(match[1]))
    return None


def rhythm_words(rhythm: Rhythm) -> str:
    """The rhythm as words."""
    if rhythm.kind == "never":
        return _("aldrig")
    if rhythm.kind == "monthly":
        return _("varje månad")
    if rhythm.weeks == 1:
        return _("varje vecka")
    if rhythm.weeks == 2:
        return _("varannan vecka")
    return ngettext("var {n}:e vecka", "var {n}:e vecka", rhythm.weeks)


async def answer(turn: Turn) -> Replies:
    """Show the rhythm, or set it."""
    if isinstance(turn.doing, Pressed):
        code, said = (*turn.doing.press.arguments, "", "")[:2]
    else:
        code, said = _divided(turn)
    if not code:
        return which_activity(turn, _("takt KOM-03 varannan vecka"))
    match find_activity(turn.plan, code):
        case Found(one=activity):
            return await _show_or_set(turn, activity, said)
        case Several(these=several):
            return (say(turn, which(several, "", NAME)),)
        case Nothing():
            return (say(turn, no_such(code, said)),)


def _divided(turn: Turn) -> tuple[str, str]:
    """The activity's words and the rhythm's, parted where the latter begin to make sense."""
    tokens = turn.words.split()
    for taken in (2, 1):
        if read_code(" ".join(tokens[:taken]), turn.plan):
            return " ".join(tokens[:taken]), " ".join(tokens[taken:])
    for at in range(1, len(tokens)):
        if read_rhythm(" ".join(tokens[at:])):
            return " ".join(tokens[:at]), " ".join(tokens[at:])
    return turn.words, ""


async def _show_or_set(turn: Turn, activity: Activity, said: str) -> Replies:
    wanted = read_rhythm(said)
    if wanted is None:
        may_choose = reporting.may_report(turn.person, activity)
        return (say(turn, as_it_is(activity, said, may_choose=may_choose)),)
    if not reporting.may_report(turn.person, activity) or activity.ended_on is not None:
        return await refusal(turn, activity) or ()
    await set_rhythm(
        turn.db,
        activity_id=activity.id,
        rhythm=wanted.kind,
        weeks=wanted.weeks,
        person_id=turn.person.id,
        now=turn.now,
        platform=turn.place.platform,
    )
    turn.outbox.raise_card(KIND, activity.id)
    return (say(turn, changed(activity, wanted)),)


def changed(activity: Activity, to: Rhythm) -> Card:
    """The receipt for another rhythm, with a way back to the one before."""
    name = activity.name
    told = _("{name} rapporteras nu {rhythm}.", name=name, rhythm=rhythm_words(to))
    if to.kind == "never":
        told = _("{name} behöver inte rapporteras regelbundet längre.", name=name)
    undo = press(NAME, activity.code, _typed(activity.rhythm))
    parts = (text(told), Buttons(buttons=(Button(label=_("Ångra"), press=undo),)))
    return Card(summary=told, parts=parts, tone="good")


def _typed(rhythm: Rhythm) -> str:
    match rhythm.kind:
        case "never":
            return "aldrig"
        case "monthly":
            return "manadsvis"
        case _:
            return f"{rhythm.weeks} veckor"


def as_it_is(activity: Activity, said: str, *, may_choose: bool) -> Card:
    """The rhythm, and others to choose. `said`: words that were not understood, if any."""
    name, now = activity.name, rhythm_words(activity.rhythm)
    told = _("{name} rapporteras {rhythm}.", name=name, rhythm=now)
    if activity.rhythm.kind == "never":
        told = _("{name} har ingen takt: den behöver aldrig rapporteras.", name=name)
    if said:
        told = _("Jag förstår inte takten ”{words}”.", words=said[:60]) + " " + told
    if not may_choose:
        return Card(summary=told, parts=(text(told),))
    choices = (Rhythm("weeks", 1), Rhythm("weeks", 2), Rhythm("monthly", 4), Rhythm("never", 2))
    buttons = tuple(
        Button(
            label=rhythm_words(each).capitalize(),
            press=press(NAME, activity.code, _typed(each)),
        )
        for each in choices
        if each.kind != activity.rhythm.kind or each.weeks != activity.rhythm.weeks
    )
    question = text(_("Hur ofta ska den rapporteras?"))
    return Card(summary=told, parts=(text(told), question, Buttons(buttons=buttons)))


REPORTING_RHYTHM = Conversation(
    name=NAME,
    says=lambda: _("Bestäm hur ofta en aktivitet rapporteras"),
    answer=answer,
    synonyms=("rytm", "rhythm"),
    examples=lambda: (
        Example(
            words=_("takt KOM-03 varannan vecka"),
            answer="KOM-03",
            meaning=_("ställer in hur ofta den ska rapporteras"),
        ),
    ),
)
