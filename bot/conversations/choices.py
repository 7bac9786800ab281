"""What forms let one choose among of the plan: focus areas, municipalities, networks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bot.conversations.activity_card import shortened
from bot.conversations.forms import ManyChoiceField, Option, Value
from bot.language import _
from bot.people import BodyId, OrganisationId
from bot.plan import Plan

EVERY = "alla"
"""The value that stands for all municipalities."""

MOST = 100
"""Options of a field."""


def options(pairs: Iterable[tuple[int, str]]) -> tuple[Option, ...]:
    """Keys with their names, as many as a field has room for."""
    return all_options(pairs)[:MOST]


def all_options(pairs: Iterable[tuple[int | str, str]]) -> tuple[Option, ...]:
    """Keys with their names, for `in_fields`, which has room for all."""
    return tuple(Option(value=str(key), label=shortened(name, 75)) for key, name in pairs)


def in_fields(
    name: str, label: str, found: Sequence[Option], *, help: str = "", required: bool = False
) -> list[ManyChoiceField]:
    """As many fields as the options need; of several, each says from which to which it goes.

    None of several is required: let the step's check look at `chosen_in`.
    """
    if len(found) <= MOST:
        return [ManyChoiceField(name=name, label=label, options=tuple(found), help=help,
                                required=required)]  # fmt: skip
    fields: list[ManyChoiceField] = []
    for number, page in enumerate(_pages(found), start=1):
        which = f"{shortened(page[0].label, 40)} – {shortened(page[-1].label, 40)}"
        said = shortened(f"{label} {which}", 150)
        fields.append(
            ManyChoiceField(name=_page_name(name, number), label=said, options=page, help=help)
        )
    return fields


def chosen_in(name: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What is chosen in all of `in_fields`."""
    pages = [values.get(_page_name(name, number)) or () for number in range(1, _MOST_PAGES + 1)]
    return tuple(str(one) for page in pages if not isinstance(page, str) for one in page)


def spread(name: str, found: Sequence[Option], chosen: Collection[str]) -> dict[str, Value]:
    """What `in_fields` hold when those are chosen."""
    return {
        _page_name(name, number): tuple(each.value for each in page if each.value in chosen)
        for number, page in enumerate(_pages(found), start=1)
    }


_MOST_PAGES = 20


def _pages(found: Sequence[Option]) -> list[tuple[Option, ...]]:
    return [tuple(found[at : at + MOST]) for at in range(0, len(found), MOST)]


def _page_name(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def one_chosen(name: str, answers: Mapping[str, Any]) -> dict[str, str]:
    """The problem when nothing is chosen in any of several `in_fields`."""
    nothing = name in answers and not chosen_in(name, answers)
    return {name: _("Välj minst en.")} if nothing else {}


def cut_hint(many: int, most: int = MOST) -> str:
    """That a field does not hold all, when they are more than it holds."""
    return _("Alla får inte plats här: de {most} första visas.", most=most) if many > most else ""


def municipality_hint(plan: Plan) -> str:
    """The same of municipalities, beside which stands one option for all of them."""
    return cut_hint(len(municipalities(plan)) + 1)


def area_options(plan: Plan) -> tuple[Option, ...]:
    """The focus areas."""
    return options(plan.focus_areas.items())


def organisation_options(plan: Plan, *kinds: str) -> tuple[Option, ...]:
    """Organisations of those kinds, by name."""
    found = sorted(plan.organisations.values(), key=lambda each: each.name)
    return options((each.id, each.name) for each in found if each.kind in kinds)


def municipality_options(plan: Plan) -> tuple[Option, ...]:
    """All municipalities at once, then each by name."""
    return every_municipality(plan)[:MOST]


def every_municipality(plan: Plan) -> tuple[Option, ...]:
    """The same, however many they are, for `in_fields`."""
    every = Option(value=EVERY, label=_("Alla kommuner"))
    found = [e for e in plan.organisations.values() if e.kind == "municipality"]
    found.sort(key=lambda each: each.name)
    return (every, *all_options((each.id, each.name) for each in found))


def network_options(plan: Plan, first: Collection[BodyId] = ()) -> tuple[Option, ...]:
    """The networks, those in `first` before the others."""
    found = plan.networks
    found.sort(key=lambda each: (each.id not in first, each.name))
    return options((each.id, each.name) for each in found)


def municipalities_in(plan: Plan, chosen: Collection[str]) -> frozenset[OrganisationId]:
    """The municipalities that values of such a field stand for."""
    if EVERY in chosen:
        return frozenset(municipalities(plan))
    return frozenset(OrganisationId(int(one)) for one in chosen)


def municipalities(plan: Plan) -> set[OrganisationId]:
    """Every municipality of the plan."""
    return {key for key, each in plan.organisations.items() if each.kind == "municipality"}
