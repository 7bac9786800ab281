"""What one can do with an activity, beside reporting on it."""

from collections.abc import Sequence

from bot.conversations.needs.wording import need_name
from bot.conversations.views import Button, Buttons, press
from bot.language import _
from bot.needs.need import Need
from bot.plan import Activity


def ways_with(
    activity: Activity,
    needs: Sequence[Need],
    *,
    follows: bool = False,
    may_ask: bool = False,
    may_start: bool = False,
) -> Buttons:
    """Follow it, see its work and the needs that it came from; `may_ask` for work to be done on it,
    `may_start` a poll about its money."""
    follow = (
        Button(label=_("Sluta följa"), press=press("folj", activity.code, "sluta"))
        if follows
        else Button(label=_("Följ"), press=press("folj", activity.code))
    )
    shown = (
        Button(label=_("Visa {name}", name=need_name(each.id)), press=press("behov", each.id))
        for each in needs[:2]
    )
    work = Button(label=_("Uppdrag"), press=press("uppdrag", "lista", 0, f"a{activity.id}"))
    ask = press("formular", "uppdrag", "aktivitet", activity.code)
    asking = (Button(label=_("Ge uppdrag"), press=ask),) if may_ask else ()
    start = press("formular", "omrostning", "aktivitet", activity.code)
    money = (Button(label=_("Fråga om medfinansiering"), press=start),) if may_start else ()
    return Buttons(buttons=(follow, work, *asking, *shown), overflow=money)
