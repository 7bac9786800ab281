"""`uppdrag timmar`: hours asked, promised and used, by municipality and activity."""

from collections.abc import Sequence

from bot.assignments.assignment import Hours
from bot.assignments.reading import hours_by_municipality_and_activity
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.assignment_card import NAME
from bot.conversations.assignments.filtering import Asked, decoded, described, read_filter
from bot.conversations.assignments.wording import hours_word, organisation_name
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, Table, press, quiet, text
from bot.finding import plain, read_number
from bot.language import _, number
from bot.needs.rights import municipalities_of
from bot.plan import Plan

A_PAGE = 25


async def show_hours(turn: Turn, rest: str) -> Replies:
    """All of them, those for an activity, or those of a municipality: one's own or a named one."""
    if isinstance(turn.doing, Pressed):
        skip, *encoded = turn.doing.press.arguments[1:] or ("0",)
        asked = decoded(encoded)
        at = read_number(skip, 6)
    else:
        at = 0
        asked = await read_filter(turn.db, rest, turn.plan, in_stockholm(turn.now).date())
        own = municipalities_of(turn.person, turn.plan)
        if plain(rest.strip()) in ("kommun", "min kommun") and own:
            asked = Asked(municipality=own[0])
    wanted = await described(turn.db, asked, turn.plan)
    found = await hours_by_municipality_and_activity(
        turn.db, activity_id=asked.activity, municipality=asked.municipality
    )
    if not found or asked.unknown:
        return (here(turn, no_hours(wanted)),)
    after = at + A_PAGE
    more = press(NAME, "timmar", after, *asked.encoded()) if after < len(found) else None
    button = Button(label=_("Visa fler"), press=more) if more is not None else None
    return (here(turn, hours_card(found, at, wanted, turn.plan, button)),)


def hours_card(
    found: Sequence[Hours], at: int, wanted: str, plan: Plan, more: Button | None
) -> Card:
    """A page of the table, with the sums of all of it."""
    title = _("Timmar: {wanted}", wanted=wanted) if wanted else _("Timmar i uppdragen")
    rows = tuple(_row(each, plan) for each in found[at : at + A_PAGE] or found[:A_PAGE])
    table = Table(
        caption=_("Timmar per kommun och aktivitet"),
        columns=(_("Kommun"), _("Aktivitet"), _("Tillfrågat"), _("Lovat"), _("Använt")),
        rows=rows,
        numeric=(2, 3, 4),
    )
    sums = _(
        "Sammanlagt: {promised} lovat och {used} använt.",
        promised=hours_word(sum(each.promised for each in found)),
        used=hours_word(sum(each.used for each in found)),
    )
    counted = _(
        "Egen tid som medfinansiering räknas från de använda timmarna. Timpriset bestäms när "
        "medfinansieringen gör det."
    )
    parts: list[Part] = [text(sums), table, quiet(counted)]
    ways = [more] if more is not None else []
    every = Button(label=_("Alla timmar"), press=press(NAME, "timmar"))
    listing = Button(label=_("Alla uppdrag"), press=press(NAME, "lista"))
    parts.append(Buttons(buttons=(*ways, *([every] if wanted else []), listing)))
    return Card(
        title=shortened(title, 150), summary=shortened(f"{title}. {sums}", 900), parts=tuple(parts)
    )


def _row(hours: Hours, plan: Plan) -> tuple[str, ...]:
    activity = plan.by_id.get(hours.activity_id) if hours.activity_id is not None else None
    name = activity.name if activity is not None else _("ingen aktivitet")
    return (
        shortened(organisation_name(plan, hours.organisation), 100),
        shortened(name, 120),
        number(hours.asked),
        number(hours.promised),
        number(hours.used),
    )


def no_hours(wanted: str) -> Card:
    """What is said when there are none."""
    said = (
        _("Inga timmar i uppdrag passar: {wanted}.", wanted=wanted)
        if wanted
        else _("Ingen har fått något uppdrag än, så det finns inga timmar att visa.")
    )
    every = Button(label=_("Alla uppdrag"), press=press(NAME, "lista"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))))
