"""What a year's common resources cost and who pays: the list, receipts and refusals."""

from collections.abc import Mapping, Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.money.wording import COSTS, NAME, file_button
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, kronor, ngettext
from bot.money.cost import Resource

A_PAGE = 8
NAMED = 6


def resources_card(
    year: int,
    resources: Sequence[Resource],
    spent: Mapping[int, int],
    *,
    may_enter: bool,
    skip: int = 0,
) -> Card:
    """The year's resources, each with what can be done about it by whoever may."""
    title = _("Gemensamma resurser {year}", year=year)
    ways: list[Button] = []
    if may_enter:
        new = press("formular", "resurskostnad")
        ways.append(Button(label=_("Ny resurskostnad"), press=new, style="primary"))
    ways += [
        Button(label=str(each), press=press(COSTS, "resurser", each))
        for each in (year - 1, year + 1)
    ]
    ways.append(file_button(year))
    if not resources:
        said = _("Inga kostnader för gemensamma resurser är angivna för {year}.", year=year)
        return Card(title=title, summary=said, parts=(text(said), Buttons(buttons=tuple(ways))))
    page = resources[skip : skip + A_PAGE] or resources[:A_PAGE]
    total = _(
        "Sammanlagt {amount} kostar resurserna, och {spent} är bokfört.",
        amount=kronor(sum(each.amount for each in resources)),
        spent=kronor(sum(spent.get(each.id, 0) for each in resources)),
    )
    parts: list[Part] = [text(total)]
    for each in page:
        parts.append(text(bold(shortened(each.name, 150)), f" {kronor(each.amount)}"))
        parts.append(
            quiet(
                _(
                    "Betalas av {who}. Bokfört: {spent}.",
                    who=shortened(each.funded_by, 150),
                    spent=kronor(spent.get(each.id, 0)),
                )
            )
        )
        if may_enter:
            parts.append(_doing(each))
    if skip + A_PAGE < len(resources):
        more = press(COSTS, "resurser", year, skip + A_PAGE)
        ways.insert(0, Button(label=_("Visa fler"), press=more))
    parts.append(Buttons(buttons=tuple(ways[:5])))
    named = "; ".join(f"{each.name} {kronor(each.amount)}" for each in resources[:NAMED])
    summary = f"{title}. {total} {named}"
    return Card(title=title, summary=shortened(summary, 1_500), parts=tuple(parts))


def _doing(resource: Resource) -> Buttons:
    key = f"r{resource.id}"
    return Buttons(
        buttons=(
            Button(label=_("Bokför kostnad"), press=press("formular", "kostnad", key)),
            Button(label=_("Visa kostnader"), press=press(COSTS, "lista", key)),
            Button(label=_("Ändra"), press=press("formular", "resurskostnad", resource.id)),
            Button(label=_("Ta bort"), press=press(COSTS, "resurs_bort", resource.id)),
        )
    )


def resource_kept_card(resource: Resource, *, changed: bool) -> Card:
    """The receipt."""
    words = _words(resource)
    said = _("Ändrat: {what}.", what=words) if changed else _("Sparat: {what}.", what=words)
    return Card(
        summary=said,
        parts=(text("✅ ", said), Buttons(buttons=(year_button(resource.year),))),
        tone="good",
    )


def _words(resource: Resource) -> str:
    return _(
        "{name} {year} kostar {amount} och betalas av {who}",
        name=resource.name,
        year=resource.year,
        amount=kronor(resource.amount),
        who=resource.funded_by,
    )


def year_button(year: int) -> Button:
    """To the year's resources."""
    return Button(label=_("Årets resurser"), press=press(COSTS, "resurser", year))


def resource_taken_away_card(resource: Resource) -> Card:
    """That a resource does not count any more, with the way back."""
    said = _("Borttaget: {name} {year}.", name=resource.name, year=resource.year)
    back = Button(label=_("Lägg tillbaka"), press=press(COSTS, "resurs_tillbaka", resource.id))
    ways = Buttons(buttons=(back, year_button(resource.year)))
    return Card(summary=said, parts=(text(said), ways))


def resource_has_costs_card(resource: Resource, number: int) -> Card:
    """Why a resource that has costs is not taken away."""
    counted = ngettext("{n} kostnad är bokförd", "{n} kostnader är bokförda", number)
    said = _(
        "{counted} på {name}, så den kan inte tas bort. Ta bort kostnaderna först.",
        counted=counted,
        name=resource.name,
    )
    see = Button(label=_("Visa kostnader"), press=press(COSTS, "lista", f"r{resource.id}"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(see,))), tone="warning")


def resource_name_taken_card() -> Card:
    """Why a resource cannot be put back."""
    said = _("En annan resurs har fått det namnet samma år.")
    return Card(summary=said, parts=(text(said),), tone="warning")


def may_not_enter_resources() -> Card:
    """Who enters what resources cost."""
    said = _("Kostnader för gemensamma resurser anges av chefen och förbundets medarbetare.")
    see = Buttons(buttons=(Button(label=_("Visa pengarna"), press=press(NAME, "alla")),))
    return Card(summary=said, parts=(text(said), see), tone="warning")


def no_such_resource() -> Card:
    """What is said of something that there is no longer."""
    said = _("Det du vill bokföra på finns inte längre.")
    see = Buttons(buttons=(Button(label=_("Visa pengarna"), press=press(NAME, "alla")),))
    return Card(summary=said, parts=(text(said), see), tone="warning")
