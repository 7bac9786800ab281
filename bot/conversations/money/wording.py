"""The words of money: states and kinds of funding, and the buttons that lead to it."""

from bot.conversations.views import Button, press
from bot.language import _
from bot.money.overview import Sums
from bot.plan import Activity

NAME, COSTS = "pengar", "kostnad"
"""The conversations that these buttons belong to."""
PAGE = "/pengar"
"""The page on the web."""


def state_word(state: str) -> str:
    """How sure the money is, within a sentence."""
    match state:
        case "planned":
            return _("planerat")
        case "applied":
            return _("sökt")
        case "granted":
            return _("beviljat")
        case "pledged":
            return _("utlovat")
        case _:
            return _("avslaget")


def state_heading(state: str) -> str:
    """The same as the heading of a column."""
    match state:
        case "planned":
            return _("Planerat")
        case "applied":
            return _("Sökt")
        case "granted":
            return _("Beviljat")
        case "pledged":
            return _("Utlovat")
        case _:
            return _("Avslaget")


def kind_word(kind: str) -> str:
    """What sort of money it is, within a sentence."""
    match kind:
        case "co_financing":
            return _("medfinansiering")
        case "in_kind":
            return _("egen tid")
        case "own_budget":
            return _("egen budget")
        case "regional_development":
            return _("delregionala utvecklingsmedel")
        case _:
            return _("extern finansiering")


def activity_name(activity: Activity) -> str:
    """Code and title; marked when no adopted plan holds it yet."""
    name = activity.name
    return _("{name} (föreslagen)", name=name) if activity.proposed else name


def budget_file(year: int) -> str:
    """Where the year's project budget is fetched."""
    return f"{PAGE}/budget.xlsx?year={year}"


def page_button() -> Button:
    """To the page on the web."""
    return Button(label=_("Öppna sidan"), href=PAGE)


def file_button(year: int) -> Button:
    """To the year's project budget in Excel."""
    return Button(label=_("Projektbudget i Excel"), href=budget_file(year))


def all_button() -> Button:
    """To the money of the whole plan."""
    return Button(label=_("Hela planen"), press=press(NAME, "alla"))


def list_button() -> Button:
    """To the list of activities with their money."""
    return Button(label=_("Alla aktiviteter"), press=press(NAME, "lista"))


def municipalities_button() -> Button:
    """To what each municipality has pledged."""
    return Button(label=_("Kommunernas löften"), press=press(NAME, "kommuner"))


def is_without_money(sums: Sums) -> bool:
    """Whether there is no budget, and no funding either."""
    return not (sums.budget or sums.sure or sums.hoped_for)
