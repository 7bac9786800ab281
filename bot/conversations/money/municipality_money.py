"""What municipalities have pledged in all: money, and own time with its hours."""

from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.assignments.wording import hours_word
from bot.conversations.money.wording import NAME, activity_name, all_button, page_button
from bot.conversations.views import Button, Buttons, Card, Part, Table, facts, press, quiet, text
from bot.language import _, kronor, number
from bot.money.overview import Overview, Pledge, Pledged

A_PAGE = 25
NAMED = 8


def municipality_card(overview: Overview, pledged: Pledged, skip: int = 0) -> Card:
    """What one municipality has pledged and to which activities, and the hours it has worked."""
    title = shortened(_("Pengar: {name}", name=pledged.name), 150)
    rows = _rows(overview, pledged)
    ways = [municipalities(), all_button(), page_button()]
    if not rows:
        said = _("{name} har inte utlovat några pengar eller någon tid än.", name=pledged.name)
        return Card(title=title, summary=said, parts=(text(said), Buttons(buttons=tuple(ways))))
    table = Table(
        caption=_("Per aktivitet"),
        columns=(
            _("Aktivitet"),
            _("Pengar, kr"),
            _("Egen tid, kr"),
            _("Utlovade timmar"),
            _("Använda timmar"),
        ),
        rows=tuple(rows[skip : skip + A_PAGE] or rows[:A_PAGE]),
        numeric=(1, 2, 3, 4),
    )
    if skip + A_PAGE < len(rows):
        more = press(NAME, "kommun", pledged.municipality, skip + A_PAGE)
        ways.insert(0, Button(label=_("Visa fler"), press=more))
    counted = quiet(_("Använda timmar är de som är redovisade i uppdrag."))
    parts: list[Part] = [_facts(pledged), table, counted, Buttons(buttons=tuple(ways))]
    return Card(title=title, summary=_read(pledged) + ".", parts=tuple(parts))


def _rows(overview: Overview, pledged: Pledged) -> list[tuple[str, ...]]:
    by_activity: dict[int, list[Pledge]] = {}
    for each in pledged.pledges:
        by_activity.setdefault(each.activity.id, []).append(each)
    rows: list[tuple[str, ...]] = []
    for activity in overview.activities:
        pledges, used = by_activity.get(activity.id, ()), pledged.used.get(activity.id, 0)
        if pledges or used:
            of_it = Pledged(pledged.municipality, pledged.name, tuple(pledges))
            amounts = (of_it.money, of_it.own_time, of_it.hours, used)
            rows.append((shortened(activity_name(activity), 80), *map(number, amounts)))
    return rows


def _facts(pledged: Pledged) -> Part:
    return facts(
        (_("Utlovat i pengar"), kronor(pledged.money)),
        (_("Utlovat som egen tid"), kronor(pledged.own_time)),
        (_("Utlovade timmar"), hours_word(pledged.hours)),
        (_("Använda timmar"), hours_word(sum(pledged.used.values()))),
    )


def _read(pledged: Pledged) -> str:
    return _(
        "{name} har utlovat {money} i pengar och {time} som egen tid",
        name=pledged.name,
        money=kronor(pledged.money),
        time=kronor(pledged.own_time),
    )


def municipalities_card(pledged: Sequence[Pledged], skip: int = 0) -> Card:
    """Every municipality with what it has pledged in all."""
    title = _("Kommunernas löften")
    if not any(each.pledges for each in pledged):
        return nothing_pledged()
    page = pledged[skip : skip + A_PAGE] or pledged[:A_PAGE]
    table = Table(
        caption=_("Utlovat per kommun"),
        columns=(
            _("Kommun"),
            _("Pengar, kr"),
            _("Egen tid, kr"),
            _("Utlovade timmar"),
            _("Använda timmar"),
        ),
        rows=tuple(
            (
                shortened(each.name, 60),
                number(each.money),
                number(each.own_time),
                number(each.hours),
                number(sum(each.used.values())),
            )
            for each in page
        ),
        numeric=(1, 2, 3, 4),
    )
    money, time = sum(e.money for e in pledged), sum(e.own_time for e in pledged)
    said = _(
        "Sammanlagt är {money} utlovat i pengar och {time} som egen tid.",
        money=kronor(money),
        time=kronor(time),
    )
    deeper = [
        Button(label=shortened(each.name, 30), press=press(NAME, "kommun", each.municipality))
        for each in page
        if each.pledges
    ]
    parts: list[Part] = [text(said), table]
    if deeper:
        parts.append(Buttons(buttons=tuple(deeper[:5]), overflow=tuple(deeper[5:10])))
    ways = [all_button(), page_button()]
    if skip + A_PAGE < len(pledged):
        more = press(NAME, "kommuner", skip + A_PAGE)
        ways.insert(0, Button(label=_("Visa fler"), press=more))
    parts.append(Buttons(buttons=tuple(ways)))
    named = "; ".join(
        f"{each.name} {kronor(each.money + each.own_time)}" for each in pledged if each.pledges
    )
    summary = f"{title}. {said} {named}."
    return Card(title=title, summary=shortened(summary, 1_500), parts=tuple(parts))


def municipalities() -> Button:
    """To all municipalities."""
    return Button(label=_("Alla kommuner"), press=press(NAME, "kommuner"))


def nothing_pledged() -> Card:
    """What is said while no municipality has pledged anything."""
    said = _(
        "Ingen kommun har utlovat något än. Löften från medfinansieringar visas här när de är "
        "beslutade."
    )
    ways = Buttons(buttons=(all_button(), page_button()))
    return Card(summary=said, parts=(text(said), ways))
