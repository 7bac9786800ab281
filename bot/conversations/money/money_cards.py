"""Cards of the plan's money: all of it, a focus area, a direction, and the list of activities."""

from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.money.chart import in_one_breath, money_chart
from bot.conversations.money.wording import (
    NAME,
    PAGE,
    activity_name,
    all_button,
    file_button,
    is_without_money,
    list_button,
    municipalities_button,
    page_button,
    state_heading,
)
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Part,
    Press,
    Table,
    link,
    press,
    quiet,
    text,
)
from bot.language import _, kronor, ngettext, number
from bot.money.cost import Spent
from bot.money.funding import Kronor
from bot.money.overview import STATES, Group, Overview, Sums
from bot.plan import Activity

A_PAGE = 25
NAMED = 6
"""Activities that a summary names."""

Row = tuple[str, Sums]


def whole_plan_card(overview: Overview, spent: Spent, skip: int = 0) -> Card:
    """All of the plan, a row for each focus area."""
    year = overview.plan.year
    title = _("Pengarna i planen {year}", year=year) if year else _("Pengarna i planen")
    if is_without_money(overview.total):
        return without_money(title)
    groups = overview.areas
    buttons = [_group_button("omrade", each) for each in groups[skip : skip + A_PAGE] if each.key]
    further = [list_button(), municipalities_button(), page_button()]
    if year:
        further.append(file_button(year))
    return _groups_card(
        title,
        overview.total,
        [(each.name, each.sums) for each in groups],
        caption=_("Per insatsområde, kronor"),
        first=_("Insatsområde"),
        skip=skip,
        more=press(NAME, "alla", skip + A_PAGE),
        said=_spent_words(spent, overview.total.budget),
        buttons=(buttons, further),
    )


def area_card(overview: Overview, area: Group, spent: Kronor, skip: int = 0) -> Card:
    """A focus area, a row for each of its directions."""
    if is_without_money(area.sums):
        return without_money(_title(area.name))
    groups = overview.directions(area.name)
    shown = groups[skip : skip + A_PAGE]
    return _groups_card(
        _title(area.name),
        area.sums,
        [(each.name, each.sums) for each in groups],
        caption=_("Per aktivitetsinriktning, kronor"),
        first=_("Inriktning"),
        skip=skip,
        more=press(NAME, "omrade", area.key, skip + A_PAGE),
        said=_cost_words(spent, area.sums.budget),
        buttons=(
            [_group_button("inriktning", each) for each in shown if each.key],
            [all_button(), page_button()],
        ),
    )


def direction_card(overview: Overview, direction: Group, spent: Kronor, skip: int = 0) -> Card:
    """A direction, a row for each of its activities."""
    if is_without_money(direction.sums):
        return without_money(_title(direction.name))
    activities = direction.activities
    return _groups_card(
        _title(direction.name),
        direction.sums,
        [(activity_name(each), overview.sums([each])) for each in activities],
        caption=_("Per aktivitet, kronor"),
        first=_("Aktivitet"),
        skip=skip,
        more=press(NAME, "inriktning", direction.key, skip + A_PAGE),
        said=_cost_words(spent, direction.sums.budget),
        buttons=(
            [_activity_button(each) for each in activities[skip : skip + A_PAGE]],
            [all_button(), page_button()],
        ),
    )


def _title(name: str) -> str:
    return shortened(_("Pengarna i {name}", name=name), 150)


def _groups_card(
    title: str,
    total: Sums,
    rows: Sequence[Row],
    *,
    caption: str,
    first: str,
    skip: int,
    more: Press,
    said: str,
    buttons: tuple[Sequence[Button], Sequence[Button]],
) -> Card:
    """Sums, a chart on the first page, a table of the page's rows, and the ways on."""
    page = rows[skip : skip + A_PAGE]
    parts: list[Part] = [sums_facts(total)]
    if said:
        parts.append(text(said))
    chart = money_chart(rows, total)
    if chart is not None and skip == 0 and len(rows) > 1:
        parts.append(chart)
    parts.append(_table(caption, first, page))
    parts.append(quiet(_("Det som är klart eller slut räknas inte i det som saknas.")))
    deeper, further = buttons
    if deeper:
        parts.append(Buttons(buttons=tuple(deeper[:5]), overflow=tuple(deeper[5:10])))
    onwards = [Button(label=_("Visa fler"), press=more)] if skip + A_PAGE < len(rows) else []
    parts.append(Buttons(buttons=(*onwards, *further)[:5]))
    counted = ngettext("{n} aktivitet", "{n} aktiviteter", total.activities)
    summary = f"{title}: {counted}, {in_one_breath(total)}."
    return Card(title=title, summary=shortened(summary, 1_500), parts=tuple(parts))


def sums_facts(sums: Sums) -> Facts:
    """Budget, funding by how sure it is, and what is lacking."""
    shown = [(_("Budget"), sums.budget), (_("Saknas"), sums.lacking)]
    shown += [(state_heading(state), sums.in_state(state)) for state in reversed(STATES)]
    return Facts(facts=tuple(Fact(label=label, value=kronor(value)) for label, value in shown))


def _table(caption: str, first: str, rows: Sequence[Row]) -> Table:
    states = [(state_heading(each), each) for each in reversed(STATES)]
    return Table(
        caption=caption,
        columns=(first, _("Budget"), *(heading for heading, _state in states), _("Saknas")),
        rows=tuple(
            (
                shortened(name, 60),
                number(sums.budget),
                *(number(sums.in_state(state)) for _heading, state in states),
                number(sums.lacking),
            )
            for name, sums in rows
        ),
        numeric=(1, 2, 3, 4, 5, 6),
    )


def _spent_words(spent: Spent, budget: int) -> str:
    said = _cost_words(spent.on_activities, budget)
    if spent.on_resources:
        more = _("Gemensamma resurser har kostat {amount}.", amount=kronor(spent.on_resources))
        said = f"{said} {more}".strip()
    return said


def _cost_words(spent: int, budget: int) -> str:
    """What has been spent of the budget; nothing while no cost is entered."""
    if not spent:
        return ""
    return _(
        "Utfall hittills: {spent} av budgeten {budget}.",
        spent=kronor(spent),
        budget=kronor(budget),
    )


def _group_button(word: str, group: Group) -> Button:
    return Button(label=shortened(group.name, 30), press=press(NAME, word, group.key))


def _activity_button(activity: Activity) -> Button:
    return Button(label=activity.code, press=press(NAME, activity.code))


def without_money(title: str) -> Card:
    """What is said where there is neither a budget nor any funding."""
    said = _("Här finns varken budget eller finansiering i planen än.")
    return Card(
        title=title,
        summary=f"{title}. {said}",
        parts=(text(said), Buttons(buttons=(all_button(), list_button()))),
    )


def list_card(overview: Overview, skip: int = 0) -> Card:
    """A page of the activities: budget, what is sure, what is hoped for, what is lacking."""
    activities = overview.activities
    if not activities:
        return nothing_in_plan()
    page = activities[skip : skip + A_PAGE] or activities[:A_PAGE]
    rows = tuple(activity_row(each, overview.sums([each])) for each in page)
    columns = (_("Aktivitet"), _("Budget"), _("Säkert"), _("Hoppas på"), _("Saknas"))
    table = Table(
        caption=_("Aktiviteternas pengar, kronor"), columns=columns, rows=rows, numeric=(1, 2, 3, 4)
    )
    meaning = quiet(
        _("Säkert är beviljat och utlovat. Hoppas på är planerat och sökt. "),
        link(_("Allt på en sida"), PAGE),
    )
    buttons = [_activity_button(each) for each in page]
    parts: list[Part] = [table, meaning]
    parts.append(Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:10])))
    onwards = [all_button(), page_button()]
    if skip + A_PAGE < len(activities):
        onwards.insert(0, Button(label=_("Visa fler"), press=press(NAME, "lista", skip + A_PAGE)))
    parts.append(Buttons(buttons=tuple(onwards)))
    title = ngettext("Pengar i {n} aktivitet", "Pengar i {n} aktiviteter", len(activities))
    named = "; ".join(_read(each, overview.sums([each])) for each in page[:NAMED])
    return Card(title=title, summary=shortened(f"{title}: {named}", 1_500), parts=tuple(parts))


def activity_row(activity: Activity, sums: Sums) -> tuple[str, ...]:
    """A row of the list: budget, what is sure, what is hoped for, what is lacking."""
    amounts = (sums.budget, sums.sure, sums.hoped_for, sums.lacking)
    return (shortened(activity_name(activity), 80), *map(number, amounts))


def _read(activity: Activity, sums: Sums) -> str:
    if sums.lacking:
        return _("{code} saknar {amount}", code=activity.code, amount=kronor(sums.lacking))
    return _("{code} saknar inget", code=activity.code)


def nothing_in_plan() -> Card:
    """What is said while the plan has no activity."""
    said = _("Planen har inga aktiviteter än, så det finns inga pengar att visa.")
    return Card(summary=said, parts=(text(said),))
