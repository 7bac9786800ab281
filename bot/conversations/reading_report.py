"""Reading a report that was typed as words: which activity, which state, what text."""

from dataclasses import dataclass

from bot.finding import Found, Nothing, Several, find_activity, read_code
from bot.plan import Activity, Plan
from bot.states import Status, read_status, says_unchanged


@dataclass(frozen=True)
class Typed:
    """What the words say. `status` None with `text` means that no state was recognised."""

    activity: Activity
    status: Status | None
    text: str
    unchanged: bool = False


@dataclass(frozen=True)
class Unclear:
    """Several activities fit; the rest of the words are kept for the choice."""

    activities: tuple[Activity, ...]
    rest: str


@dataclass(frozen=True)
class Unknown:
    """No activity fits `words`."""

    words: str
    rest: str


def read_report_words(plan: Plan, words: str) -> Typed | Unclear | Unknown:
    """What `words` after the command say: `KOM-03 risk Avtalet försenat`.

    The activity is named first, by code or by title words up to the first word that is a state.
    """
    tokens = words.split()
    for taken in (2, 1):
        code = read_code(" ".join(tokens[:taken]), plan)
        if code is not None:
            return with_state(plan.activities[code], tokens[taken:])
    at = next((n for n in range(len(tokens)) if _is_state(tokens[n:])), len(tokens))
    named, rest = (tokens[:at], tokens[at:]) if at else (tokens[:1], tokens[1:])
    match find_activity(plan, " ".join(named)):
        case Found(one=activity):
            return with_state(activity, rest)
        case Several(these=several):
            return Unclear(several, " ".join(rest))
        case Nothing():
            return Unknown(" ".join(named), " ".join(rest))


def _is_state(tokens: list[str]) -> bool:
    return says_unchanged(tokens[0]) or read_status(tokens) is not None


def with_state(activity: Activity, tokens: list[str]) -> Typed:
    """What the words after the activity's name say: a state, and a text."""
    if tokens and says_unchanged(tokens[0]):
        return Typed(activity, None, " ".join(tokens[1:]), unchanged=True)
    read = read_status(tokens)
    if read is None:
        return Typed(activity, None, " ".join(tokens))
    status, taken = read
    return Typed(activity, status, " ".join(tokens[taken:]).lstrip(":,;–- "))
