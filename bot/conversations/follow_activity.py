"""Follow an activity: hear privately when its state changes or a decision is asked for."""

from bot.conversations.acting import acting
from bot.conversations.naming_activity import Named, named_activity
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, press, text
from bot.following import follow_activity, unfollow_activity
from bot.language import _
from bot.plan import Activity

STOP = "sluta"


async def answer(turn: Turn) -> Replies:
    """Follow the activity, or stop."""
    words = turn.words.removeprefix(f"{STOP} ").strip()
    stops = words != turn.words
    turn.words = words
    named = named_activity(turn, "folj", _("följ KOM-03"))
    if not isinstance(named, Named):
        return named
    activity = named.activity
    if isinstance(turn.doing, Pressed):
        stops = STOP in named.arguments
    if stops:
        await unfollow_activity(turn.db, acting(turn), activity.id)
    else:
        await follow_activity(turn.db, acting(turn), activity.id)
    return (say(turn, follows(activity, yes=not stops)),)


def follows(activity: Activity, *, yes: bool) -> Card:
    """Whether the person follows it from now on, with the way back."""
    name = activity.name
    if yes:
        said = _("Du följer {name} och får veta när läget ändras.", name=name)
        other = Button(label=_("Sluta följa"), press=press("folj", activity.code, STOP))
    else:
        said = _("Du följer inte längre {name}.", name=name)
        other = Button(label=_("Följ"), press=press("folj", activity.code))
    show = Button(label=_("Visa aktiviteten"), press=press("aktivitet", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show, other))))


FOLLOW_ACTIVITY = Conversation(
    name="folj",
    says=lambda: _("Följ en aktivitet"),
    answer=answer,
    synonyms=("följ", "folja", "följa", "follow"),
    examples=lambda: (
        Example(_("följ KOM-03"), "KOM-03", _("du får veta när läget ändras")),
        Example(_("följ sluta KOM-03"), "KOM-03", _("du får inte veta längre")),
    ),
)
