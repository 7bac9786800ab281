"""An activity's money: budget, where each part comes from, what is lacking, what it has cost."""

from bot.conversations.activity_card import shortened
from bot.conversations.money.chart import in_one_breath
from bot.conversations.money.wording import (
    COSTS,
    activity_name,
    all_button,
    kind_word,
    page_button,
    state_word,
)
from bot.conversations.needs.wording import capital
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Part,
    Progress,
    Table,
    bold,
    facts,
    press,
    quiet,
    text,
)
from bot.language import _, kronor, ngettext, number
from bot.money.funding import FundingLine
from bot.money.overview import Overview, Sums
from bot.plan import Activity

MOST_LINES = 40


def activity_money_card(overview: Overview, activity: Activity, spent: int) -> Card:
    """The activity's money, the same for everybody; `spent` is what has been entered as cost."""
    sums = overview.sums([activity])
    parts: list[Part] = [_facts(activity, sums, spent)]
    if activity.budget:
        done = min(sums.sure, activity.budget)
        parts.append(Progress(label=_("Säker finansiering"), done=done, of=activity.budget))
    parts += _remarks(overview, activity, spent)
    if activity.funding:
        parts.append(funding_table(activity.funding[:MOST_LINES]))
        left = len(activity.funding) - MOST_LINES
        if left > 0:
            parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
    else:
        parts.append(text(_("Ingen finansiering är angiven.")))
    parts.append(_buttons(activity))
    title = shortened(_("Pengar: {name}", name=activity_name(activity)), 150)
    said = f"{title}. {capital(in_one_breath(sums))}."
    if spent:
        said += " " + _("Utfall {spent}.", spent=kronor(spent))
    return Card(title=title, summary=shortened(said, 1_500), parts=tuple(parts))


def _facts(activity: Activity, sums: Sums, spent: int) -> Part:
    shown = [
        (_("Budget"), kronor(activity.budget)),
        (_("Beviljat och utlovat"), kronor(sums.sure)),
        (_("Planerat och sökt"), kronor(sums.hoped_for)),
        (_("Saknas"), kronor(activity.lacking)),
    ]
    if spent:
        shown.append((_("Utfall"), kronor(spent)))
    return facts(*shown)


def _remarks(overview: Overview, activity: Activity, spent: int) -> list[Part]:
    said: list[Part] = []
    if activity.lacking and overview.is_over(activity):
        said.append(text(_("Aktiviteten är över, så det som saknas räknas inte i summorna.")))
    found = sum(line.amount for line in activity.funding if line.state != "rejected")
    if found > activity.budget:
        over = kronor(found - activity.budget)
        said.append(text(_("Finansieringen är {amount} större än budgeten.", amount=over)))
    if spent > activity.budget:
        over = kronor(spent - activity.budget)
        said.append(text(bold(_("Utfallet är {amount} högre än budgeten.", amount=over))))
    return said


def funding_table(lines: tuple[FundingLine, ...]) -> Table:
    """Where the money comes from, a row for each line."""
    return Table(
        caption=_("Finansiering, kronor"),
        columns=(_("Källa"), _("Slag"), _("Läge"), _("Belopp")),
        rows=tuple(
            (
                shortened(line.source, 100),
                capital(kind_word(line.kind)),
                capital(state_word(line.state)),
                number(line.amount),
            )
            for line in lines
        ),
        numeric=(3,),
    )


def _buttons(activity: Activity) -> Buttons:
    code = activity.code
    return Buttons(
        buttons=(
            Button(label=_("Bokför kostnad"), press=press("formular", "kostnad", code)),
            Button(label=_("Visa kostnader"), press=press(COSTS, "lista", code)),
            Button(label=_("Visa aktiviteten"), press=press("aktivitet", code)),
            all_button(),
            page_button(),
        )
    )
