"""Choosing one of the times: the meeting goes into the calendar, and those who answered hear."""

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.needs.telling import tell_people
from bot.conversations.polls.ballot_card import shown_result
from bot.conversations.polls.buttons import show_button, verb_button
from bot.conversations.polls.refusals import Refused, attempt, not_yours, refused
from bot.conversations.polls.result_words import got, in_order
from bot.conversations.polls.telling import raise_poll, say_under_poll
from bot.conversations.polls.wording import short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, quiet, text
from bot.finding import read_number
from bot.language import _
from bot.polls import managing
from bot.polls.counting import Result
from bot.polls.poll import Method, Option, Poll
from bot.polls.reading import voters_of
from bot.polls.rights import runs


async def choose_date(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`valj_tid`: the best times as buttons; with one of them, the meeting it becomes."""
    if poll.method is not Method.DATES:
        return (say(turn, refused(poll, _("Det här är ingen datumfråga."))),)
    if not runs(turn.person, poll):
        return (say(turn, await not_yours(turn, poll, "runner")),)
    option = poll.option(read_number(rest)) if rest.strip() else None
    if option is None:
        return (say(turn, which_date(poll, await shown_result(turn.db, poll))),)
    return await _chosen(turn, poll, option)


async def _chosen(turn: Turn, poll: Poll, option: Option) -> Replies:
    done = await attempt(
        turn, poll, lambda: managing.choose_date(turn.db, acting(turn), poll, option), "runner"
    )
    if isinstance(done, Refused):
        return done.replies
    now, added = done
    raise_poll(turn, now)
    card = date_news(now, option, added=added)
    voters = [v.person for v in await voters_of(turn.db, now) if v.voted and v.person is not None]
    tell_people(turn, voters, lambda: date_news(now, option, added=added))
    say_under_poll(turn, now, lambda: date_news(now, option, added=added))
    return (say(turn, card),)


def which_date(poll: Poll, result: Result | None) -> Card:
    """The times, the best first, with a button each."""
    ordered = in_order(poll, result) if result is not None else list(poll.options)
    parts: list[Part] = [text(_("Vilken tid blir det? Mötet läggs i kalendern."))]
    if result is not None:
        parts += [
            quiet(f"{shortened(each.label, 100)}: {got(poll, result, each)}") for each in ordered
        ]
    buttons = [
        verb_button(shortened(each.label, 40), poll, "valj_tid", each.id) for each in ordered[:10]
    ]
    parts.append(Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:])))
    said = _("Vilken tid blir det?")
    return Card(title=short_title(poll), summary=told(poll, said), parts=tuple(parts))


def date_news(poll: Poll, option: Option, *, added: bool) -> Card:
    """Which time it is."""
    first = _("Det blir {when}.", when=option.label)
    second = _("Mötet ligger i kalendern.")
    if not added:
        second = _("Den dagen finns redan ett möte i kalendern, så inget nytt lades till.")
    buttons: tuple[Button, ...] = (show_button(poll),)
    return Card(
        title=short_title(poll),
        summary=told(poll, f"{first} {second}"),
        parts=(text(bold(first), f" {second}"), Buttons(buttons=buttons)),
        tone="good" if added else "warning",
    )
