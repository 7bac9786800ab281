"""The activities of the plan that a question is about."""

from collections.abc import Callable, Sequence

from bot.people import BodyId, OrganisationId
from bot.plan import Activity, Plan
from bot.questions.asking import Asking
from bot.questions.question import Filter, Question


def chosen(asking: Asking) -> list[Activity]:
    """Activities in the plan on the day that the question's filters choose, in the plan's order.

    A municipality's are those it coordinates or takes part in, a person's those they answer for.
    A named activity is chosen also when it was taken out of the plan.
    """
    question, plan = asking.question, asking.plan
    named = question.values(Filter.ACTIVITY)
    if named:
        return [plan.activities[code] for code in named if code in plan.activities]
    today = asking.today
    tests = _tests(question, plan)
    if not tests:
        return [e for e in plan.index.activities if e.ended_on is None or today < e.ended_on]
    return [
        each
        for each in _fewest(question, plan)
        if (each.ended_on is None or today < each.ended_on) and all(test(each) for test in tests)
    ]


def _fewest(question: Question, plan: Plan) -> Sequence[Activity]:
    """The activities of whichever filter with one value chooses the fewest."""
    index = plan.index
    known = (
        (Filter.AREA, index.by_area),
        (Filter.DIRECTION, index.by_direction),
        (Filter.PERSON, index.by_person),
    )
    found = [
        by.get(values[0], ()) for name, by in known if len(values := question.values(name)) == 1
    ]
    places, networks = list(_places(question, plan)), list(_networks(question, plan))
    found += [index.by_place.get(one, ()) for one in places if len(places) == 1]
    found += [index.by_network.get(one, ()) for one in networks if len(networks) == 1]
    return min(found, key=len, default=index.activities)


def _places(question: Question, plan: Plan) -> set[OrganisationId]:
    names = question.values(Filter.MUNICIPALITY)
    return {each.id for each in plan.organisations.values() if names and each.name in names}


def _networks(question: Question, plan: Plan) -> set[BodyId]:
    names = question.values(Filter.NETWORK)
    return {each.id for each in plan.networks if names and each.name in names}


def _tests(question: Question, plan: Plan) -> list[Callable[[Activity], bool]]:
    areas, directions = question.values(Filter.AREA), question.values(Filter.DIRECTION)
    places, networks = _places(question, plan), _networks(question, plan)
    people = question.values(Filter.PERSON)
    tests: list[Callable[[Activity], bool]] = []
    if areas:
        tests.append(lambda each: each.area in areas)
    if directions:
        tests.append(lambda each: each.direction in directions)
    if question.values(Filter.MUNICIPALITY):
        tests.append(
            lambda each: each.coordinator in places or not places.isdisjoint(each.participants)
        )
    if question.values(Filter.NETWORK):
        tests.append(lambda each: each.network in networks)
    if people:
        tests.append(lambda each: each.responsible.email in people)
    return tests
