"""`behov 12 vidare`: what may happen next on the way to a decision, and doing it."""

from dataclasses import dataclass

from bot.clock import in_stockholm
from bot.conversations.filling import open_flow
from bot.conversations.forms import Value
from bot.conversations.needs.mending_steps import PREPARER, TAKE_BACK
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.next_step import Next, find_next, what_next
from bot.conversations.needs.step_form import STEP
from bot.conversations.needs.telling import show_button
from bot.conversations.needs.who_may import not_yours
from bot.conversations.needs.withdrawing import not_as_it_is
from bot.conversations.needs.wording import step_word
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Press, bold, press, text
from bot.language import _
from bot.needs.moving import last_move
from bot.needs.need import Need, NeedStep
from bot.needs.rights import leads, may_step, may_take_back, records
from bot.needs.stages import FORWARD, Stage, steps_from
from bot.people import Person
from bot.polls.poll import Kind
from bot.polls.rights import may_start


@dataclass(frozen=True)
class WayOn:
    """Something the person may do next: what a button says, and its press."""

    label: str
    press: Press


async def onward(turn: Turn, need: Need, rest: str) -> Replies:
    """What the person may do next; the one thing at once, several to choose among."""
    if not need.is_live:
        return (say(turn, not_as_it_is(need)),)
    ways = ways_on(turn.person, need, await last_move(turn.db, need.id))
    forward = FORWARD.get(need.stage)
    if not ways:
        if need.stage is Stage.DECLINED or need.has_become:
            return (say(turn, not_as_it_is(need)),)
        to = need.rested_from if need.stage is Stage.RESTING else forward
        return await not_yours(turn, need, to)
    if len(ways) == 1 and forward is not None and may_step(turn.person, need, forward):
        return await open_flow(turn, STEP, (str(need.id), forward.value))
    coming = await find_next(turn.db, need, in_stockholm(turn.now).date())
    may = may_start(turn.person, Kind.CO_FINANCING)
    return (say(turn, choose_way(need, coming, ways, may_start=may)),)


def ways_on(person: Person, need: Need, last: NeedStep | None) -> tuple[WayOn, ...]:
    """Everything that the person may do with the need where it is."""
    found = [
        WayOn(_label(need, to), press("formular", STEP.name, need.id, to.value))
        for to in steps_from(need.stage, need.rested_from)
        if may_step(person, need, to)
    ]
    if need.stage is Stage.ACCEPTED and records(person) and not need.has_become:
        activity = press("behov", need.id, "blir_aktivitet")
        area = press("behov", need.id, "blir_omrade")
        found += [
            WayOn(_("Gör till aktivitet"), activity),
            WayOn(_("Gör till insatsområde"), area),
        ]
    if last is not None and not need.has_become and may_take_back(person, need, last):
        back = press("formular", TAKE_BACK.name, need.id, last.id)
        found.append(WayOn(_("Ta tillbaka senaste steget"), back))
    decided = need.stage in (Stage.ACCEPTED, Stage.DECLINED)
    if need.preparer is not None and leads(person) and not decided:
        other = press("formular", PREPARER.name, need.id)
        found.append(WayOn(_("Byt handläggare"), other))
    return tuple(found)


def _label(need: Need, to: Stage) -> str:
    return _("Ta upp igen") if need.stage is Stage.RESTING else step_word(to)


def choose_way(
    need: Need, coming: Next, ways: tuple[WayOn, ...], *, may_start: bool = False
) -> Card:
    """What may be done next, a button each; the first is forward. `may_start`: a poll about its
    money."""
    said = what_next(coming)
    buttons = [
        Button(label=way.label, press=way.press, style="default" if n else "primary")
        for n, way in enumerate(ways[:5])
    ]
    start = press("formular", "omrostning", "behov", need.id)
    money = (Button(label=_("Fråga om medfinansiering"), press=start),) if may_start else ()
    return Card(
        title=_("Nästa steg"),
        summary=f"{title_of(need)}: {said}",
        parts=(
            text(bold(title_of(need))),
            text(said),
            Buttons(buttons=tuple(buttons)),
            Buttons(buttons=(show_button(need), *money)),
        ),
    )


async def _open(turn: Turn, need: Need, to: Stage, reason: str) -> Replies:
    """The form of that step, with the reason that was typed."""
    if to not in steps_from(need.stage, need.rested_from) or not need.is_live:
        return (say(turn, not_as_it_is(need)),)
    if not may_step(turn.person, need, to):
        return await not_yours(turn, need, to)
    typed: dict[str, Value] | None = {"reason": reason} if reason else None
    return await open_flow(turn, STEP, (str(need.id), to.value), typed=typed)


async def rest_it(turn: Turn, need: Need, rest: str) -> Replies:
    """`vila`: let it rest, with a reason."""
    return await _open(turn, need, Stage.RESTING, rest)


async def resume(turn: Turn, need: Need, rest: str) -> Replies:
    """`ta_upp`: let it go on from where it rested."""
    if need.rested_from is None:
        return (say(turn, not_as_it_is(need)),)
    return await _open(turn, need, need.rested_from, rest)


async def decline(turn: Turn, need: Need, rest: str) -> Replies:
    """`avsla`: record that it was declined, and why."""
    return await _open(turn, need, Stage.DECLINED, rest)


async def accept(turn: Turn, need: Need, rest: str) -> Replies:
    """`anta`: record that the direktion accepted it."""
    return await _open(turn, need, Stage.ACCEPTED, rest)


async def take_back(turn: Turn, need: Need, rest: str) -> Replies:
    """`angra`: take the latest step back, with a reason."""
    typed: dict[str, Value] | None = {"reason": rest} if rest else None
    last = await last_move(turn.db, need.id)
    arguments = (str(need.id), str(last.id)) if last is not None else (str(need.id),)
    return await open_flow(turn, TAKE_BACK, arguments, typed=typed)


async def name_preparer(turn: Turn, need: Need, rest: str) -> Replies:
    """`handlaggare`: let somebody else prepare it, or until another day."""
    return await open_flow(turn, PREPARER, (str(need.id),))
