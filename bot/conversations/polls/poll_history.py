"""`rosta 7 historik`: what happened to the poll, by whom, and why."""

from datetime import datetime

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import show_button, verb_button
from bot.conversations.polls.wording import key_word, short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Buttons, Card, Part, bold, bullets, quiet, text
from bot.finding import read_number
from bot.language import _, dated_time, kronor, short_time
from bot.plan import Kronor
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.poll import Poll, PollStep
from bot.polls.reading import steps_of

A_PAGE = 8
_AMOUNTS = frozenset(("total", "funded", "asked", "hourly_rate"))


async def show_history(turn: Turn, poll: Poll, rest: str) -> Replies:
    """A page of steps, the latest first."""
    skip = read_number(rest, 6) if rest.strip() else 0
    found = await steps_of(turn.db, poll, A_PAGE + 1, skip)
    return (here(turn, history_card(poll, found, skip)),)


def history_card(poll: Poll, steps: list[PollStep], skip: int = 0) -> Card:
    """The steps; a button for earlier ones if there are."""
    parts: list[Part] = []
    for each in steps[:A_PAGE]:
        parts.append(text(bold(step_words(each))))
        if changed := changes_words(each):
            parts.append(bullets(*changed))
        if each.reason:
            parts.append(text(shortened(each.reason, 700)))
        parts.append(quiet(_who(each)))
    if not steps:
        parts.append(text(_("Inget mer har hänt.")))
    earlier = verb_button(_("Tidigare"), poll, "historik", skip + A_PAGE)
    more = (earlier,) if len(steps) > A_PAGE else ()
    parts.append(Buttons(buttons=(*more, show_button(poll))))
    latest = step_words(steps[0]) if steps else _("Inget mer har hänt.")
    return Card(title=short_title(poll), summary=told(poll, latest), parts=tuple(parts))


def _who(step: PollStep) -> str:
    when = short_time(in_stockholm(step.taken_at))
    return f"{step.by.name}, {when}" if step.by is not None else _("vid sin tid, {when}", when=when)


def step_words(step: PollStep) -> str:
    """What happened, in a few words."""
    match step.kind:
        case "started":
            return _("Startad")
        case "opened":
            return _("Öppnad")
        case "proposal_changed":
            return _("Förslaget ändrat")
        case "text_changed":
            return _("Texten ändrad")
        case "option_added":
            return _("Alternativ tillagt")
        case "options_changed":
            return _("Alternativen ändrade")
        case "nudged":
            return _("De som inte har svarat puffade")
        case "extended":
            return _("Förlängd")
        case "closed":
            return _("Stängd och förseglad")
        case "reopened":
            return _("Öppnad igen")
        case "cancelled":
            return _("Inställd")
        case "decided":
            return _("Beslut registrerat")
        case "pledges_accepted":
            return _("Löften inskrivna som finansiering")
        case "date_chosen":
            return _("Tid vald")
        case _:
            return _("Gjord formell")


def changes_words(step: PollStep) -> list[str]:
    """What stood before and after, where both say something to a reader."""
    said: list[str] = []
    for name, change in step.changes.items():
        label = _label(name)
        if label is None or not isinstance(change, list) or len(change) != 2:  # pyright: ignore
            continue
        before, after = (_value(name, each) for each in change)  # pyright: ignore
        said.append(_("{field}: {before} → {after}", field=label, before=before, after=after))
    return said[:8]


def _label(name: str) -> str | None:
    match name:
        case "total":
            return _("totalt")
        case "funded":
            return _("redan finansierat")
        case "asked":
            return _("det som söks")
        case "purpose":
            return _("vad som ska betalas")
        case "sharing_key":
            return _("fördelningsnyckel")
        case "title":
            return _("rubrik")
        case "description":
            return _("beskrivning")
        case "link":
            return _("länk")
        case "hourly_rate":
            return _("timvärde")
        case "date":
            return _("tid")
        case "options":
            return _("alternativ")
        case _:
            return None


def _value(name: str, value: object) -> str:
    if value in (None, "", []):
        return "–"
    if name == "sharing_key":
        return key_word(Key(SharingKey(str(value))))
    if name == "date":
        return dated_time(in_stockholm(datetime.fromisoformat(str(value))))
    if name in _AMOUNTS:
        return kronor(Kronor(int(str(value))))
    if isinstance(value, list):
        return shortened(", ".join(str(each) for each in value), 150)  # pyright: ignore
    return shortened(str(value), 150)
