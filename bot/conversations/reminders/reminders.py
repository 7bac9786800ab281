"""What one does about a reminder: unchanged, later, somebody else's, or the report in words."""

from datetime import date, timedelta

from bot.clock import in_stockholm
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.reminders import reminder_told as told
from bot.conversations.reminders.as_report import about_chosen
from bot.conversations.reminders.levels import answer_level, networks, no_such_network
from bot.conversations.reminders.pausing import PAUSE_ONE, answer_pause
from bot.conversations.reminders.put_off import LATER, PAUSE, keys_of, name_of_key, put_off
from bot.conversations.reminders.reminder_card import reminder_card
from bot.conversations.reminders.rests_card import Resting, rests_card
from bot.conversations.reminders.whose_form import WhoseForm
from bot.conversations.reminders.wording import NAME
from bot.conversations.saving_report import refusal, save, say
from bot.conversations.views import Card
from bot.language import _
from bot.reminding.collect import still_to_do
from bot.reminding.naming import named
from bot.reporting import latest
from bot.workdays import next_working_day
from storage.queries import reminders as queries

_DAY = timedelta(days=1)


async def answer(turn: Turn) -> Replies:
    """What a button of a reminder asks; by words, what the person is not reminded of."""
    if not isinstance(turn.doing, Pressed):
        return await answer_pause(turn) or (say(turn, await _by_words(turn)),)
    verb, key, more = (*turn.doing.press.arguments, "", "", "")[:3]
    match verb:
        case "oforandrat":
            return await _unchanged(turn, key)
        case "senare" | "allt_senare":
            return (say(turn, await _later(turn, key or told.EVERYTHING)),)
        case "vila":
            return (say(turn, await _rest(turn, key, more)),)
        case "vakna":
            return (say(turn, await _wake(turn, key)),)
        case "niva":
            return (say(turn, await answer_level(turn) or told.gone()),)
        case "resten":
            return (say(turn, await _the_rest(turn, key)),)
        case "galler":
            return await about_chosen(turn, key, more)
        case _:
            return (say(turn, await _resting(turn)),)


async def _by_words(turn: Turn) -> Card:
    """What is put off; or with a network's name, how often its people are reminded."""
    if not turn.words:
        return await _resting(turn)
    return await answer_level(turn) or no_such_network(turn.words, networks(turn.plan))


async def _resting(turn: Turn) -> Card:
    today = in_stockholm(turn.now).date()
    resting = await queries.rests_of(turn.db, turn.person.id, today)
    shown: list[Resting] = []
    for key, until, not_mine in resting:
        if name := await name_of_key(turn, key):
            shown.append(Resting(name, key, until, not_mine))
    return rests_card(shown, today)


async def at_home(turn: Turn) -> tuple[Card, ...]:
    """For those who answer for something, or have put something off: what, and the way to pause."""
    today = in_stockholm(turn.now).date()
    resting = await queries.rests_of(turn.db, turn.person.id, today)
    if not resting and not turn.plan.of_person(turn.person, today):
        return ()
    return (await _resting(turn),)


async def _the_rest(turn: Turn, after: str) -> Card:
    """What still stands of the last reminder after that thing, or all of it when that is done."""
    keys = await queries.last_things(turn.db, turn.person.id)
    still = await still_to_do(
        turn.db, turn.plan, turn.now, turn.settings, person=turn.person.id, keys=keys
    )
    at = next((n for n, each in enumerate(still, 1) if each.key == after), 0)
    if not still[at:]:
        return told.gone()
    return reminder_card(still[at:], in_stockholm(turn.now).date())


async def _unchanged(turn: Turn, key: str) -> Replies:
    found = await named(turn.db, turn.plan, key)
    activity = found.activity if found is not None else None
    if activity is None:
        return (say(turn, told.gone()),)
    refused = await refusal(turn, activity)
    if refused is not None:
        return refused
    last = await latest(turn.db, activity)
    if last is None:
        return (say(turn, told.nothing_to_say_again(activity)),)
    if await queries.was_reported(turn.db, turn.person.id, key):
        return (say(turn, told.reported_already(activity, last)),)
    if turn.looking:
        return (say(turn, told.keep_unchanged(activity, last, key)),)
    return await save(turn, activity, last.content.said_again())


async def _later(turn: Turn, key: str) -> Card:
    name = await name_of_key(turn, key)
    if name is None:
        return told.gone()
    today = in_stockholm(turn.now).date()
    tomorrow = next_working_day(today + _DAY)
    monday = next_working_day(today + timedelta(days=8 - today.isoweekday()))
    return told.when_then(name, key, tomorrow, monday, next_working_day(today + 14 * _DAY))


async def _rest(turn: Turn, key: str, day: str) -> Card:
    name = await name_of_key(turn, key)
    today = in_stockholm(turn.now).date()
    try:
        until = date.fromisoformat(day)
    except ValueError:
        return await _later(turn, key)
    if name is None or until <= today:
        return told.gone()
    await put_off(turn, key, until)
    return told.rests(name, key, until, today)


async def _wake(turn: Turn, key: str) -> Card:
    name = await name_of_key(turn, key)
    for each in await keys_of(turn, key):
        await queries.wake(turn.db, turn.person.id, each)
    return told.wakes(name) if name else told.gone()


REMINDERS = Conversation(
    name=NAME,
    says=lambda: _("Se vad du har skjutit upp eller pausat"),
    answer=answer,
    synonyms=("påminnelse", "påminnelser", "paminnelser", "reminders"),
    examples=lambda: (
        Example(_("påminnelser"), _("skjutit upp"), _("visar vad jag inte påminner dig om nu")),
        Example(
            _("påminnelser Kompetens aktiv"),
            _("nivån"),
            _("bestämmer hur ofta ett nätverk får påminnelser: lugn, normal eller aktiv"),
        ),
        Example(
            _("påminnelse pausa KOM-03 till 12 aug"),
            _("tidigast"),
            _("inga påminnelser om den aktiviteten till dess; påminnelse fortsätt KOM-03 ångrar"),
        ),
    ),
    at_home=at_home,
    forms=(LATER, PAUSE, PAUSE_ONE, WhoseForm()),
)
