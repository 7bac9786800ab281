"""What is said of costs: receipts, lists, and why something could not be done."""

from collections.abc import Collection, Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.money.wording import COSTS, NAME, activity_name
from bot.conversations.views import Button, Buttons, Card, Part, Table, press, quiet, text
from bot.language import _, kronor, ngettext, number, short_date
from bot.money.cost import Cost, Resource
from bot.money.funding import Kronor
from bot.plan import Activity

A_PAGE = 15
NAMED = 6


def target(of: Activity | Resource) -> str:
    """The word by which presses and forms name what a cost is of."""
    return of.code if isinstance(of, Activity) else f"r{of.id}"


def of_name(of: Activity | Resource) -> str:
    """What the cost is of, in words."""
    if isinstance(of, Activity):
        return activity_name(of)
    return _("{name} {year}", name=of.name, year=of.year)


def planned_amount(of: Activity | Resource) -> Kronor:
    """What was to be spent on it."""
    return of.budget if isinstance(of, Activity) else of.amount


def cost_words(cost: Cost) -> str:
    """`12 500 kr, Konsult (24 nov. 2026, verifikat 4711)`."""
    day = short_date(cost.spent_on)
    where = day
    if cost.reference:
        where = _("{day}, verifikat {number}", day=day, number=cost.reference)
    return f"{kronor(cost.amount)}, {cost.name} ({where})"


def entered_card(cost: Cost, of: Activity | Resource, spent: int) -> Card:
    """The receipt, with what has been spent in all and the way back."""
    name = shortened(of_name(of), 170)
    said = (
        _("Bokfört på {name}: {cost}.", name=name, cost=cost_words(cost))
        if cost.amount > 0
        else _("Minskat på {name}: {cost}.", name=name, cost=cost_words(cost))
    )
    ways = (
        Button(label=_("Ångra"), press=press(COSTS, "bort", cost.id)),
        _costs_button(of),
        *_money_button(of),
    )
    so_far = _so_far(of, spent)
    parts: list[Part] = [text("✅ ", shortened(said, 700)), text(so_far), Buttons(buttons=ways)]
    return Card(summary=shortened(f"{said} {so_far}", 1_500), parts=tuple(parts), tone="good")


def _so_far(of: Activity | Resource, spent: int) -> str:
    said = _(
        "Utfall hittills: {spent} av budgeten {budget}.",
        spent=kronor(spent),
        budget=kronor(planned_amount(of)),
    )
    over = spent - planned_amount(of)
    if over > 0:
        said += " " + _("Det är {amount} för mycket.", amount=kronor(over))
    return said


def _costs_button(of: Activity | Resource) -> Button:
    return Button(label=_("Visa kostnader"), press=press(COSTS, "lista", target(of)))


def _money_button(of: Activity | Resource) -> tuple[Button, ...]:
    if isinstance(of, Activity):
        return (Button(label=_("Visa pengarna"), press=press(NAME, of.code)),)
    return (Button(label=_("Årets resurser"), press=press(COSTS, "resurser", of.year)),)


def taken_away_card(cost: Cost) -> Card:
    """That a cost does not count any more, with the way back."""
    said = _("Borttaget: {cost}. Det räknas inte längre.", cost=cost_words(cost))
    back = Button(label=_("Lägg tillbaka"), press=press(COSTS, "tillbaka", cost.id))
    return Card(
        summary=shortened(said, 900), parts=(text(shortened(said, 900)), Buttons(buttons=(back,)))
    )


def put_back_card(cost: Cost) -> Card:
    """That it counts again."""
    said = _("Tillbaka: {cost}. Det räknas igen.", cost=cost_words(cost))
    away = Button(label=_("Ta bort"), press=press(COSTS, "bort", cost.id))
    return Card(
        summary=shortened(said, 900), parts=(text(shortened(said, 900)), Buttons(buttons=(away,)))
    )


def costs_card(
    of: Activity | Resource,
    costs: Sequence[Cost],
    spent: int,
    more: int | None,
    theirs: Collection[int],
    *,
    may_enter: bool,
) -> Card:
    """A page of costs, the latest first; `theirs` are those that the reader may take away."""
    title = shortened(_("Kostnader: {name}", name=of_name(of)), 150)
    doing: list[Button] = []
    if may_enter:
        enter = press("formular", "kostnad", target(of))
        doing.append(Button(label=_("Bokför kostnad"), press=enter, style="primary"))
        if costs:
            lower = press("formular", "kostnad_ratta", target(of))
            doing.append(Button(label=_("Rätta"), press=lower))
    doing += _money_button(of)
    if not costs:
        said = _("Inga kostnader är bokförda än.")
        return Card(
            title=title,
            summary=f"{title}. {said}",
            parts=(text(said), Buttons(buttons=tuple(doing))),
        )
    if more is not None:
        older = press(COSTS, "lista", target(of), more)
        doing.insert(0, Button(label=_("Visa äldre"), press=older))
    so_far = _so_far(of, spent)
    parts: list[Part] = [text(so_far), _table(costs)]
    away = [_take_away_button(each) for each in costs if each.id in theirs]
    if away:
        parts.append(quiet(_("Det som blev fel kan du ta bort och lägga tillbaka:")))
        parts.append(Buttons(buttons=tuple(away[:5]), overflow=tuple(away[5:10])))
    parts.append(Buttons(buttons=tuple(doing[:5])))
    read = "; ".join(f"{each.name} {kronor(each.amount)}" for each in costs[:NAMED])
    summary = f"{title}. {so_far} {read}"
    return Card(title=title, summary=shortened(summary, 1_500), parts=tuple(parts))


def _take_away_button(cost: Cost) -> Button:
    label = _("Ta bort {what}", what=f"{number(cost.amount)} {cost.name}")
    return Button(label=shortened(label, 30), press=press(COSTS, "bort", cost.id))


def _table(costs: Sequence[Cost]) -> Table:
    return Table(
        caption=_("Kostnader, de senaste först"),
        columns=(_("Dag"), _("Vad"), _("Verifikat"), _("Belopp, kr"), _("Bokfört av")),
        rows=tuple(
            (
                short_date(each.spent_on),
                shortened(each.name, 150),
                shortened(each.reference or "–", 75),
                number(each.amount),
                shortened(each.entered_by_name, 80),
            )
            for each in costs
        ),
        numeric=(3,),
    )


def may_not_enter(activity: Activity, words: str = "") -> Card:
    """Who enters the costs of the activity, to somebody who does not; `words` are said back."""
    said = _(
        "Kostnader på {code} bokförs av {name}, som ansvarar för den, av kommundirektören i den "
        "samordnande kommunen och av chefen och förbundets medarbetare.",
        code=activity.code,
        name=f"{activity.responsible.name} ({activity.responsible.email})",
    )
    parts: list[Part] = [text(said)]
    if words:
        parts.append(quiet(_("Du skrev: {words}", words=shortened(words, 600))))
    see = (Button(label=_("Visa kostnader"), press=press(COSTS, "lista", activity.code)),)
    parts.append(Buttons(buttons=see))
    return Card(summary=said, parts=tuple(parts), tone="warning")


def may_enter_nothing() -> Card:
    """The same to somebody who may enter no cost at all."""
    said = _(
        "Kostnader bokförs av den som ansvarar för aktiviteten, av kommundirektören i den "
        "samordnande kommunen och av chefen och förbundets medarbetare."
    )
    see = Buttons(buttons=(Button(label=_("Visa pengarna"), press=press(NAME, "alla")),))
    return Card(summary=said, parts=(text(said), see), tone="warning")


def may_not_take_away(cost: Cost) -> Card:
    """Who can take a cost away."""
    said = _(
        "Den kostnaden tar {name} bort, som bokförde den, eller chefen och förbundets medarbetare.",
        name=cost.entered_by_name,
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def cost_is_gone() -> Card:
    """What is said of a cost that is not there, or is as it was asked to be already."""
    said = _("Det är redan gjort, eller så finns kostnaden inte.")
    see = Buttons(buttons=(Button(label=_("Visa pengarna"), press=press(NAME, "alla")),))
    return Card(summary=said, parts=(text(said), see))


def below_zero_card() -> Card:
    """Why a cost that has been lowered cannot be taken away first."""
    said = _("Då skulle kostnaderna bli mindre än noll. Ta bort rättelsen först.")
    return Card(summary=said, parts=(text(said),), tone="warning")


def number_taken_card(cost: Cost) -> Card:
    """Why a cost cannot be put back."""
    said = _(
        "En annan kostnad har fått verifikatet {number}, så den här kan inte läggas tillbaka.",
        number=cost.reference or "–",
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def costs_by_activity(activities: Sequence[tuple[Activity, int]]) -> Card:
    """What has been spent, activity by activity, those with most first."""
    title = _("Kostnader")
    enter = Button(label=_("Bokför kostnad"), press=press("formular", "kostnad"))
    resources = Button(label=_("Årets resurser"), press=press(COSTS, "resurser"))
    if not activities:
        said = _("Inga kostnader är bokförda än.")
        return Card(
            title=title,
            summary=f"{title}. {said}",
            parts=(text(said), Buttons(buttons=(enter, resources))),
        )
    shown = activities[:A_PAGE]
    table = Table(
        caption=_("Utfall per aktivitet, kronor"),
        columns=(_("Aktivitet"), _("Budget"), _("Utfall")),
        rows=tuple(
            (shortened(activity_name(each), 80), number(each.budget), number(spent))
            for each, spent in shown
        ),
        numeric=(1, 2),
    )
    left = len(activities) - len(shown)
    parts: list[Part] = [table]
    if left > 0:
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
    buttons = [_costs_of(each) for each, _spent in shown]
    parts.append(Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:10])))
    parts.append(Buttons(buttons=(enter, resources)))
    total = kronor(sum(spent for _each, spent in activities))
    summary = f"{title}. " + _("Sammanlagt {amount}.", amount=total)
    return Card(title=title, summary=summary, parts=tuple(parts))


def _costs_of(activity: Activity) -> Button:
    return Button(label=activity.code, press=press(COSTS, "lista", activity.code))
