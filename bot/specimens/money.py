"""Cards and forms of money: the plan's, an activity's, a municipality's; costs and resources."""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversations.money import (
    activity_money,
    cost_cards,
    cost_forms,
    money,
    money_cards,
    municipality_money,
    resource_cards,
    resource_form,
)
from bot.conversations.money.wording import COSTS, NAME
from bot.money.cost import Cost
from bot.money.funding import Kronor
from bot.money.overview import Overview, Pledged
from bot.specimens.forms import every_step
from bot.specimens.invented import REASONS
from bot.specimens.invented_money import (
    a_municipality,
    a_resource,
    costs_in,
    overview_of_world,
    pledged_of,
    resources_in,
    spent_in_world,
)
from bot.specimens.specimen import Drawn
from bot.specimens.world import World


def money_views(world: World) -> Iterator[Drawn]:
    """All cards."""
    for each in (_plan, _activities, _municipalities, _costs, _refused, _resources):
        yield from each(world)


def _plan(world: World) -> Iterator[Drawn]:
    overview, spent = overview_of_world(world), spent_in_world(world)
    yield Drawn("money-plan", NAME, money_cards.whole_plan_card(overview, spent))
    nothing = Overview(replace(world.plan, activities={}), world.today)
    yield Drawn("money-plan-nothing", NAME, money_cards.whole_plan_card(nothing, spent))
    for area in overview.areas[:1]:
        yield Drawn("money-area", NAME, money_cards.area_card(overview, area, Kronor(90_000)))
        for direction in overview.directions(area.name)[:1]:
            card = money_cards.direction_card(overview, direction, Kronor(0))
            yield Drawn("money-direction", NAME, card)
    yield Drawn("money-without", NAME, money_cards.without_money("Kultur"))
    yield Drawn("money-list", NAME, money_cards.list_card(overview))
    yield Drawn("money-list-later", NAME, money_cards.list_card(overview, 25))
    yield Drawn("money-list-nothing", NAME, money_cards.nothing_in_plan())
    words = world.voice.line(("simhallen",), 200)
    yield Drawn("money-names-nothing", NAME, money.names_nothing(words))
    yield Drawn("money-is-gone", NAME, money.names_nothing(""))


def _activities(world: World) -> Iterator[Drawn]:
    overview = overview_of_world(world)
    first = overview.activities[0]
    for name, spent in (("", 0), ("-spent", 90_000), ("-overspent", first.budget + 5)):
        card = activity_money.activity_money_card(overview, first, spent)
        yield Drawn(f"money-activity{name}", NAME, card)
    over = replace(overview, done=frozenset({first.id}))
    card = activity_money.activity_money_card(over, first, 0)
    yield Drawn("money-activity-over", NAME, card)
    small = replace(first, budget=Kronor(1))
    yield Drawn(
        "money-activity-too-much",
        NAME,
        activity_money.activity_money_card(overview, small, 0),
    )


def _municipalities(world: World) -> Iterator[Drawn]:
    overview, pledged = overview_of_world(world), pledged_of(world)
    card = municipality_money.municipality_card(overview, pledged[0])
    yield Drawn("money-municipality", NAME, card)
    nothing = Pledged(a_municipality(world), pledged[0].name)
    card = municipality_money.municipality_card(overview, nothing)
    yield Drawn("money-municipality-nothing", NAME, card)
    yield Drawn("money-municipalities", NAME, municipality_money.municipalities_card(pledged))
    yield Drawn("money-municipalities-nothing", NAME, municipality_money.nothing_pledged())


def _a_cost(world: World) -> Cost:
    activity = world.activities[0]
    name = world.voice.line(("Konsult",), 150)
    return Cost(1, activity.id, None, world.today, Kronor(12_500), name, "4711", world.person.id,
                world.person.name)  # fmt: skip


def _costs(world: World) -> Iterator[Drawn]:
    activity, resource, cost = world.activities[0], a_resource(world), _a_cost(world)
    lowered = replace(cost, amount=Kronor(-500), reference=None)
    yield Drawn("cost-entered", COSTS, cost_cards.entered_card(cost, activity, 12_500))
    over = cost_cards.entered_card(cost, activity, activity.budget + 1)
    yield Drawn("cost-entered-over", COSTS, over)
    yield Drawn("cost-lowered", COSTS, cost_cards.entered_card(lowered, resource, 12_000))
    yield Drawn("cost-taken-away", COSTS, cost_cards.taken_away_card(cost))
    yield Drawn("cost-put-back", COSTS, cost_cards.put_back_card(cost))
    for name, of in (("activity", activity), ("resource", resource)):
        costs = costs_in(world, of)
        for may in (True, False):
            theirs = [each.id for each in costs] if may else []
            card = cost_cards.costs_card(
                of, costs, 90_000, 15 if may else None, theirs, may_enter=may
            )
            yield Drawn(f"costs-{name}{'-entering' if may else ''}", COSTS, card)
        card = cost_cards.costs_card(of, [], 0, None, [], may_enter=True)
        yield Drawn(f"costs-{name}-none", COSTS, card)
    spent = [(each, 90_000) for each in world.activities]
    yield Drawn("costs-by-activity", COSTS, cost_cards.costs_by_activity(spent))
    yield Drawn("costs-by-activity-none", COSTS, cost_cards.costs_by_activity([]))


def _refused(world: World) -> Iterator[Drawn]:
    activity, cost = world.activities[0], _a_cost(world)
    words = world.voice.line(REASONS, 3_000)
    yield Drawn("cost-may-not-enter", COSTS, cost_cards.may_not_enter(activity, words))
    yield Drawn("cost-may-enter-nothing", COSTS, cost_cards.may_enter_nothing())
    yield Drawn("cost-may-not-take-away", COSTS, cost_cards.may_not_take_away(cost))
    yield Drawn("cost-is-gone", COSTS, cost_cards.cost_is_gone())
    yield Drawn("cost-below-zero", COSTS, cost_cards.below_zero_card())
    yield Drawn("cost-number-taken", COSTS, cost_cards.number_taken_card(cost))


def _resources(world: World) -> Iterator[Drawn]:
    found, one, spent = resources_in(world), a_resource(world), spent_in_world(world).resources
    for may in (True, False):
        card = resource_cards.resources_card(2026, found, spent, may_enter=may)
        yield Drawn(f"resources{'-entering' if may else ''}", COSTS, card)
    none = resource_cards.resources_card(2027, [], {}, may_enter=True)
    yield Drawn("resources-none", COSTS, none)
    yield Drawn("resource-kept", COSTS, resource_cards.resource_kept_card(one, changed=False))
    yield Drawn("resource-changed", COSTS, resource_cards.resource_kept_card(one, changed=True))
    yield Drawn("resource-taken-away", COSTS, resource_cards.resource_taken_away_card(one))
    yield Drawn("resource-has-costs", COSTS, resource_cards.resource_has_costs_card(one, 2))
    yield Drawn("resource-name-taken", COSTS, resource_cards.resource_name_taken_card())
    yield Drawn("resource-may-not", COSTS, resource_cards.may_not_enter_resources())
    yield Drawn("resource-no-such", COSTS, resource_cards.no_such_resource())


def money_forms(world: World) -> Iterator[Drawn]:
    """Every form, in each step."""
    activity, resource = world.activities[0], a_resource(world)
    words = world.voice.line(REASONS, 160)
    filled = {"activity": activity.code, "amount": "tolv", "what": words, "reference": "4711"}
    about = cost_forms.About(activity, 12_500, world.today)
    flow = cost_forms.ENTER
    code = (activity.code,)
    yield from every_step(world, COSTS, flow, about, code, filled)
    free = cost_forms.About(None, 0, world.today)
    yield from every_step(world, COSTS, flow, free, (), filled, name="kostnad-aktivitet")
    of = cost_forms.About(resource, 0, world.today)
    yield from every_step(world, COSTS, flow, of, ("r1",), filled, name="kostnad-resurs")
    yield from every_step(world, COSTS, cost_forms.LOWER, about, code, filled)
    said = {"what": words, "year": "2027", "amount": "650 tkr", "funded_by": words}
    new = resource_form.About(None, 2026)
    yield from every_step(world, COSTS, resource_form.RESOURCE, new, (), said)
    old = resource_form.About(resource, 2026)
    changing = "resurskostnad-change"
    yield from every_step(world, COSTS, resource_form.RESOURCE, old, ("1",), said, name=changing)
