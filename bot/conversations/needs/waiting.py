"""What waits for somebody among the needs, and theirs, on their own page."""

from collections.abc import Sequence
from datetime import date

from bot.clock import in_stockholm
from bot.conversations.needs.listing import register_button
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.wording import need_name, stands
from bot.conversations.protocol import Turn
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, ngettext, short_date
from bot.needs.need import Need
from bot.needs.reading import Filter, first_needs, needs_listed
from bot.needs.rights import leads, may_step, sits_in, takes_part
from bot.needs.stages import AT, FORWARD, PUT_BY, Stage
from bot.people import Person

SHOWN = 5
MOST_PREPARED = 100
"""Needs that one person prepares at a time, at most."""


async def needs_at_home(turn: Turn) -> tuple[Card, ...]:
    """What waits for the person, and their own needs; a way to register the first one."""
    person = turn.person
    if not takes_part(person):
        return ()
    today = in_stockholm(turn.now).date()
    prepared = await _prepared_by(turn, person)
    others, total = await _waiting_for(turn, person)
    waiting = [*prepared, *(need for need in others if need not in prepared)]
    mine = await first_needs(turn.db, Filter(concerns=person.id), most=SHOWN)
    own = mine_card([need for need in mine if need not in waiting])
    if not waiting:
        return (own,)
    both = sum(need in prepared for need in others)
    return (waiting_card(waiting, person, today, len(prepared) + total - both), own)


async def _prepared_by(turn: Turn, person: Person) -> list[Need]:
    """What the person prepares, what is to be ready first at the top."""
    wanted = Filter(concerns=person.id, stages=frozenset((Stage.PREPARING,)))
    found = await first_needs(turn.db, wanted, most=MOST_PREPARED)
    theirs = [need for need in found if _prepares(need, person)]
    return sorted(theirs, key=lambda need: (need.prepare_by or date.max, need.id))


async def _waiting_for(turn: Turn, person: Person) -> tuple[tuple[Need, ...], int]:
    """Needs at the stages where the person has a say, and how many there are."""
    stages = waiting_stages(person)
    if not stages:
        return (), 0
    page = await needs_listed(turn.db, Filter(stages=frozenset(stages)), most=SHOWN)
    return page.needs, page.total


def waiting_stages(person: Person) -> list[Stage]:
    """Stages from which the next step is the person's, or at which a body of theirs has it."""
    found = [Stage.REGISTERED, Stage.BOARD] if leads(person) else []
    found += [
        stage
        for stage, to in FORWARD.items()
        if to in PUT_BY and sits_in(person, PUT_BY[to]) and stage not in found
    ]
    found += [stage for stage, body in AT.items() if sits_in(person, body) and stage not in found]
    return found


def _prepares(need: Need, person: Person) -> bool:
    mine = need.preparer is not None and need.preparer.id == person.id
    return mine and need.stage is Stage.PREPARING


def waiting_card(
    needs: Sequence[Need], person: Person, today: date, total: int | None = None
) -> Card:
    """Needs that the person is to take on, prepare or decide; there are `total` of them."""
    count = len(needs) if total is None else total
    title = ngettext("{n} behov väntar på dig", "{n} behov väntar på dig", count)
    parts: list[Part] = []
    for need in needs[:SHOWN]:
        parts += [text(bold(title_of(need))), quiet(_why(need, person, today))]
        show = Button(
            label=_("Visa {name}", name=need_name(need.id)), press=press("behov", need.id)
        )
        onward = Button(label=_("Nästa steg"), press=press("behov", need.id, "vidare"))
        may = need.stage in FORWARD and may_step(person, need, FORWARD[need.stage])
        parts.append(Buttons(buttons=(onward, show) if may else (show,)))
    if count > min(len(needs), SHOWN):
        every = Button(label=_("Visa alla behov"), press=press("behov", "lista"))
        parts.append(Buttons(buttons=(every,)))
    summary = "; ".join(title_of(need) for need in needs[:SHOWN])
    return Card(title=title, summary=f"{title}: {summary}", parts=tuple(parts))


def _why(need: Need, person: Person, today: date) -> str:
    if _prepares(need, person) and need.prepare_by is not None:
        day = short_date(need.prepare_by)
        if need.prepare_by < today:
            return _("⚠ Du bereder det. Det skulle vara klart {day}.", day=day)
        return _("Du bereder det, klart senast {day}.", day=day)
    day = short_date(in_stockholm(need.stage_since).date())
    return _("{stage} sedan {day}", stage=stands(need), day=day)


def mine_card(mine: Sequence[Need]) -> Card:
    """One's own needs, or how to register the first."""
    title = _("Mina behov")
    if not mine:
        said = _("Saknar ni något i din kommun? Registrera det som ett behov.")
        board = Button(label=_("Visa alla behov"), press=press("behov", "lista"))
        return Card(
            title=title,
            summary=said,
            parts=(text(said), Buttons(buttons=(register_button(), board))),
        )
    parts: list[Part] = []
    for need in mine[:SHOWN]:
        show = Button(
            label=_("Visa {name}", name=need_name(need.id)), press=press("behov", need.id)
        )
        parts += [text(bold(title_of(need))), quiet(stands(need)), Buttons(buttons=(show,))]
    every = Button(label=_("Alla mina"), press=press("behov", "mina"))
    parts.append(Buttons(buttons=(every, register_button())))
    summary = "; ".join(f"{title_of(need)}, {stands(need)}" for need in mine)
    return Card(title=title, summary=f"{title}: {summary}", parts=tuple(parts))
