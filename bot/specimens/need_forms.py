"""Every form about needs, in each step."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.conversations.forms import Value
from bot.conversations.needs import (
    becoming,
    commenting,
    material_form,
    mending_steps,
    merging,
    need_form,
    notes,
    step_form,
    withdrawing,
)
from bot.needs.material import USUAL, field_named
from bot.needs.need import Quote, Written
from bot.needs.stages import Stage
from bot.specimens.forms import every_step
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import contact, needs_of, steps_of
from bot.specimens.specimen import Drawn
from bot.specimens.world import World

OF = "behov"


def need_forms(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_register, _words, _steps, _merging, _becoming):
        yield from each(world)


def _register(world: World) -> Iterator[Drawn]:
    needs, plan = needs_of(world), world.plan
    flow = need_form.FLOW
    wanted = needs[1].wanted
    filled: Mapping[str, Value] = {
        **need_form.values_of(wanted, plan),
        "title": world.voice.line(("Tolkar",), 200),
        "wanted_by": "31 feb 2026",
    }
    quote = wanted.quote or Quote("Vi borde.", "Ada")
    quoted: Mapping[str, Value] = {"quoted_text": quote.text, "quoted_author": quote.author}
    about = need_form.About(plan, world.person, alike=tuple(needs[:5]), quote=quote)
    yield from every_step(world, OF, flow, about, (), {**filled, **quoted, "alike": "11"})
    edited = need_form.About(plan, world.person, need=needs[1])
    yield from every_step(world, OF, flow, edited, ("12",), filled, name="behov-edit")


def _words(world: World) -> Iterator[Drawn]:
    need = needs_of(world)[1]
    said = world.voice.line(REASONS, 3_500)
    number = (str(need.id),)
    comment = {"comment": said}
    yield from every_step(world, OF, commenting.COMMENT, need, number, comment)
    yield from every_step(world, OF, withdrawing.WITHDRAW, need, number, {"reason": said})
    yield from every_step(world, OF, notes.NOTE, need, number, {"note": said})
    fields = tuple(field_named(name) for name in (*USUAL, "barnets_basta"))
    about = material_form.Material(need, fields, {})
    texts = {each.name: said for each in fields}
    yield from every_step(world, OF, material_form.MATERIAL, about, number, texts)


def _steps(world: World) -> Iterator[Drawn]:
    reason = world.voice.line(REASONS, 3_500)
    days = [world.today - timedelta(weeks=5 * n) for n in range(1, world.voice.many(3, 6) + 1)]
    written = [
        Written(n, world.person.id, world.person.name, world.now, reason, joined=False)
        for n in range(1, world.voice.many(2, 100) + 1)
    ]
    for need in needs_of(world)[:5]:
        for to in (Stage.PREPARING, Stage.PRESIDIUM, Stage.ACCEPTED, Stage.DECLINED, Stage.RESTING):
            about = step_form.About(need, to, world.today, True, days, written)
            name = f"behov-steg-{need.stage.value}-{to.value}".replace("_", "-")
            filled = {"reason": reason, "met_on": "i går", "paragraph": "14"}
            arguments = (str(need.id), to.value)
            yield from every_step(world, OF, step_form.STEP, about, arguments, filled, name=name)
    rests = replace(needs_of(world)[7])
    about = step_form.About(rests, Stage.PREPARING, world.today, False)
    yield from every_step(world, OF, step_form.STEP, about, ("1", "preparing"), name="behov-resume")
    need = needs_of(world)[1]
    last = mending_steps.LastStep(need, steps_of(world, need)[-1])
    number = (str(need.id),)
    back = {"reason": reason}
    yield from every_step(world, OF, mending_steps.TAKE_BACK, last, number, back)
    preparer = {"preparer": contact(world, 2).name, "prepare_by": "snart"}
    yield from every_step(world, OF, mending_steps.PREPARER, need, number, preparer)


def _merging(world: World) -> Iterator[Drawn]:
    need, *others = needs_of(world)
    number = (str(need.id),)
    pair = merging.Pair(need, tuple(others[:5]))
    other = {"into": merging.OTHER, "number": "12"}
    yield from every_step(world, OF, merging.MERGE, pair, number, other)
    words = world.voice.line(REASONS, 3_500)
    split = {"title": words[:160], "description": words}
    yield from every_step(world, OF, merging.SPLIT, need, number, split)


def _becoming(world: World) -> Iterator[Drawn]:
    need = needs_of(world)[5]
    about = becoming.About(need, world.plan, world.today)
    number = (str(need.id),)
    filled: Mapping[str, Value] = {
        "area": "1",
        "direction": becoming.NEW,
        "new_direction": world.voice.line(("Språk",), 120),
        "ends_on": "2020-01-01",
    }
    yield from every_step(world, OF, becoming.ACTIVITY, about, number, filled)
    name = {"area_name": world.voice.line(("Språk",), 120)}
    yield from every_step(world, OF, becoming.AREA, about, number, name)
