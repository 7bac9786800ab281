"""How answers count assignments: where so many of them are."""

from bot.assignments.states import State
from bot.language import ngettext
from bot.states import Status


def stands(state: State, n: int) -> str:
    """So many assignments, and where they are."""
    match state:
        case State.OPEN:
            return ngettext("{n} väntar på svar", "{n} väntar på svar", n)
        case State.TAKEN:
            return ngettext("{n} är taget", "{n} är tagna", n)
        case State.DONE:
            return ngettext("{n} är klart", "{n} är klara", n)
        case State.UNRESOURCED:
            return ngettext("{n} saknar någon som har tid", "{n} saknar någon som har tid", n)
        case State.WITHDRAWN:
            return ngettext("{n} är återkallat", "{n} är återkallade", n)


def state_words(status: Status, n: int) -> str:
    """What an activity's state means of so many assignments."""
    match status:
        case Status.NOT_STARTED:
            return ngettext("väntar på svar", "väntar på svar", n)
        case Status.ON_TRACK:
            return ngettext("är på gång", "är på gång", n)
        case Status.DONE:
            return ngettext("är klart", "är klara", n)
        case _:
            return ngettext(
                "är försenat eller saknar någon som har tid",
                "är försenade eller saknar någon som har tid",
                n,
            )
