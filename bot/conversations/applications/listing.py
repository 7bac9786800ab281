"""Lists of applications: all that fit some words, what they come to, a page at a time."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.applications.application import Application, State
from bot.applications.reading import Sum, listed, summed
from bot.applications.rights import may_register_any
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import NAME, new_button
from bot.conversations.applications.filtering import Asked, decoded, described, read_filter
from bot.conversations.applications.wording import (
    application_name,
    many,
    next_day_word,
    state_label,
    worth_word,
)
from bot.conversations.needs.wording import capital
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, Table, press, quiet, text
from bot.finding import read_number
from bot.language import _, kronor

A_PAGE = 10
READ = 8
"""Applications that a summary names."""


async def list_applications(turn: Turn, words: str) -> Replies:
    """A page of all that fit the words, or what a button carries."""
    at, asked = 0, read_filter(words, turn.plan)
    if isinstance(turn.doing, Pressed):
        skip, *encoded = turn.doing.press.arguments[1:] or ("0",)
        at, asked = read_number(skip, 6), decoded(encoded)
    wanted, plan, today = described(asked, turn.plan), turn.plan, in_stockholm(turn.now).date()
    new = (_new(asked, turn),) if may_register_any(turn.person, plan, today) else ()
    chosen = asked.filter(turn.person, plan)
    found = await listed(turn.db, chosen, most=A_PAGE, skip=at)
    if not found:
        return (here(turn, none_fits(wanted, new)),)
    sums = await summed(turn.db, chosen)
    after, total = at + len(found), sum(each.number for each in sums.values())
    further = press(NAME, "lista", after, *asked.encoded()) if after < total else None
    more = (Button(label=_("Visa fler"), press=further),) if further is not None else ()
    return (here(turn, listed_card(found, sums, wanted, today, (*more, *new))),)


def _new(asked: Asked, turn: Turn) -> Button:
    activity = turn.plan.by_id.get(asked.activity) if asked.activity is not None else None
    return new_button(activity.code if activity is not None else "")


def listed_card(
    found: Sequence[Application],
    sums: Mapping[State, Sum],
    wanted: str,
    today: date,
    buttons: Sequence[Button],
) -> Card:
    """A page of applications: fund, activity, money, where it is and the day to keep in mind."""
    count = many(sum(each.number for each in sums.values()))
    title = _("{count}: {wanted}", count=count, wanted=wanted) if wanted else count
    table = table_of(found, today)
    show = [_show(each) for each in found]
    money = summed_words(sums)
    parts: list[Part] = [text(money), table]
    parts.append(quiet(_("Skriv ansökan och numret för att se en av dem.")))
    parts.append(Buttons(buttons=tuple(show[:5]), overflow=tuple(show[5:])))
    if buttons:
        parts.append(Buttons(buttons=tuple(buttons)))
    read = "; ".join(
        f"{application_name(each.id)} {shortened(each.wanted.fund, 80)}, {state_label(each.state)}"
        for each in found[:READ]
    )
    return Card(
        title=shortened(title, 150),
        summary=shortened(f"{title}: {read}. {money}", 2_000),
        parts=tuple(parts),
    )


def table_of(found: Sequence[Application], today: date) -> Table:
    """The applications in rows, with the day of each to keep in mind."""
    return Table(
        caption=_("Ansökningar, det som kommer först överst"),
        columns=(_("Nr"), _("Fond"), _("Aktivitet"), _("Belopp"), _("Läge"), _("Nästa dag")),
        rows=tuple(_row(each, today) for each in found),
    )


def summed_words(sums: Mapping[State, Sum]) -> str:
    """`Belopp: 📨 skickad 2 700 000 kr, ✅ beviljad 350 000 kr.`, in the order of the way."""
    said = [f"{state_label(each)} {kronor(sums[each].amount)}" for each in State if each in sums]
    return _("Belopp: {sums}.", sums=", ".join(said))


def _show(application: Application) -> Button:
    name = capital(application_name(application.id))
    return Button(label=name, press=press(NAME, application.id, "visa"))


def _row(application: Application, today: date) -> tuple[str, ...]:
    day = next_day_word(application) or "–"
    return (
        str(application.id),
        shortened(application.wanted.fund, 100),
        application.activity_code,
        worth_word(application),
        state_label(application.state),
        f"⏰ {day}" if application.is_late(today) else day,
    )


def none_fits(wanted: str, buttons: Sequence[Button]) -> Card:
    """What is said when no application fits, or there is none yet."""
    said = _("Inga ansökningar än.")
    if wanted:
        said = _("Inga ansökningar passar: {wanted}.", wanted=wanted)
    hint = _("Skriv till exempel ansökan mina, ansökan beviljade eller ansökan KOM-03.")
    every = Button(label=_("Visa alla ansökningar"), press=press(NAME, "lista"))
    ways = (*((every,) if wanted else ()), *buttons)
    parts: list[Part] = [text(said), quiet(hint)]
    if ways:
        parts.append(Buttons(buttons=ways))
    return Card(summary=said, parts=tuple(parts))
