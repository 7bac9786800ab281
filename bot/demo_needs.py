"""Demo needs: registered, shared, moved along and ended by the people whose step it is."""

from collections.abc import Mapping
from datetime import timedelta

from bot import bodies
from bot.acting import By
from bot.clock import in_stockholm
from bot.conversations.needs.need_card import KIND
from bot.demo_need_texts import NEEDS, Told
from bot.demo_people import CHEF, DemoPeople
from bot.needs.making import NewActivity, make_activity
from bot.needs.merging import merge
from bot.needs.moving import move
from bot.needs.need import Move, Need, Wanted
from bot.needs.preparing import add_note, write_texts
from bot.needs.reading import need_by_id
from bot.needs.registering import register, withdraw
from bot.needs.rights import municipalities_of
from bot.needs.stages import FORWARD, Stage
from bot.needs.supporting import comment, support
from bot.outbox import Outbox
from bot.people import PersonId
from bot.plan import Kronor

STEERING, REFERENCE, PRESIDIUM = "kommundirektor@hjo", "ledamot@hjo", "ordforande@lidkoping"
PREPARER = "infrastruktur@skaraborg"
_WHO: Mapping[Stage, str] = {
    Stage.PREPARING: CHEF,
    Stage.REFERENCE_GROUP: STEERING,
    Stage.PRESIDIUM: REFERENCE,
    Stage.BOARD: PRESIDIUM,
    Stage.ACCEPTED: CHEF,
}


async def tell_needs(demo: DemoPeople) -> list[Need]:
    """Lay the demo's needs in the database, each as far on its way as its story goes."""
    outbox = Outbox(demo.plan.languages)
    told: list[Need] = []
    for each in NEEDS:
        need = await _tell(demo, each, told)
        told.append(need)
        network = need.wanted.network
        if need.is_open and network is not None:
            outbox.raise_card(KIND, need.id, bodies=[network])
    await outbox.flush(demo.db)
    return told


async def _tell(demo: DemoPeople, told: Told, before: list[Need]) -> Need:
    need = await _registered(demo, told)
    for n, who in enumerate(told.supported_by, 1):
        by = await demo.by(who, told.days - 2 * n if told.days > 2 * n else 1)
        for own in municipalities_of(by.person, demo.plan)[:1]:
            await support(demo.db, by, need, own)
    if told.comment is not None:
        who, words = told.comment
        await comment(demo.db, await demo.by(who, told.days - 3), need, words)
    need = await _walk(demo, told, need)
    await _prepare(demo, told, need)
    await _end(demo, told, need, before)
    return await need_by_id(demo.db, need.id) or need


async def _registered(demo: DemoPeople, told: Told) -> Need:
    by = await demo.by(told.by, told.days)
    own = municipalities_of(by.person, demo.plan)
    networks = [key for key, kind in by.person.bodies.items() if kind == "network"]
    area = next((key for key, name in demo.plan.focus_areas.items() if name == told.area), None)
    wanted = Wanted(
        title=told.title,
        description=told.description,
        reason=told.reason if told.end not in ("resting", "declined", "withdrawn") else None,
        area_id=area,
        municipalities=frozenset(own),
        cost=Kronor(told.cost) if told.cost is not None else None,
        network=networks[0] if networks else None,
    )
    need = await register(demo.db, by, wanted, organisation=own[0] if own else None)
    for one in own[:1]:
        await support(demo.db, by, need, one)
    return need


async def _walk(demo: DemoPeople, told: Told, need: Need) -> Need:
    """As many steps of the way as it has come, evenly over its days."""
    for n in range(told.far):
        to = FORWARD[need.stage]
        by = await demo.by(_WHO[to], told.days * (1 - (n + 1) / (told.far + 1)))
        need = await move(demo.db, by, need, await _step(demo, by, to))
    return need


async def _prepare(demo: DemoPeople, told: Told, need: Need) -> None:
    """What the preparer has noted, and written for the body's meeting."""
    if need.preparer is None:
        return
    by = await demo.by(PREPARER, 1)
    if told.note:
        await add_note(demo.db, by, need, told.note)
    if told.texts:
        await write_texts(demo.db, by, need, told.texts)


async def _step(demo: DemoPeople, by: By, to: Stage) -> Move:
    day = in_stockholm(by.now).date()
    if to is Stage.PREPARING:
        preparer = (await demo.by(PREPARER, 1)).person.id
        return Move(to, preparer_id=preparer, prepare_by=day + timedelta(weeks=6))
    if to is Stage.ACCEPTED:
        met = await bodies.latest_meetings(demo.db, "board", day, most=1)
        return Move(to, met_on=met[0] if met else day, paragraph="31", record_number="2026-031")
    if to is Stage.PRESIDIUM:
        return Move(to, record_number=f"2026-{114 + demo.today.month:03}")
    return Move(to)


async def _end(demo: DemoPeople, told: Told, need: Need, before: list[Need]) -> None:
    chef = await demo.by(CHEF, min(told.days / 4, 14))
    match told.end:
        case "accepted":
            await make_activity(demo.db, chef, need, _activity(demo, need, chef.person.id))
        case "declined":
            await move(demo.db, chef, need, Move(Stage.DECLINED, reason=told.reason))
        case "resting":
            await move(demo.db, chef, need, Move(Stage.RESTING, reason=told.reason))
        case "merged":
            target = next(each for each in before if "lärlingar" in each.title)
            await merge(demo.db, chef, need, target)
        case "withdrawn":
            await withdraw(demo.db, await demo.by(told.by, told.days / 4), need, told.reason)
        case _:
            pass


def _activity(demo: DemoPeople, need: Need, responsible: PersonId) -> NewActivity:
    today = in_stockholm(demo.now).date()
    return NewActivity(
        title=need.title,
        description=need.wanted.description,
        area_id=need.wanted.area_id or next(iter(demo.plan.focus_areas)),
        direction_id=None,
        new_direction="Gemensam upphandling",
        responsible_id=responsible,
        coordinator=next(
            key for key, each in demo.plan.organisations.items() if each.kind == "federation"
        ),
        participants=need.wanted.municipalities | {each.organisation for each in need.supports},
        network=need.wanted.network,
        starts_on=today,
        ends_on=today + timedelta(days=300),
        budget=need.wanted.cost or Kronor(0),
    )
