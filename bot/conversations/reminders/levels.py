"""How often a network's people are reminded: `påminnelser Kompetens aktiv`."""

from collections.abc import Sequence

from bot.conversations.protocol import Pressed, Turn
from bot.conversations.reminders.wording import NAME
from bot.conversations.views import Button, Buttons, Card, bullets, press, quiet, text
from bot.finding import plain, read_number
from bot.language import _
from bot.needs.rights import leads
from bot.people import BodyId, Person
from bot.plan import Body, Plan
from bot.reminding.things import Level
from storage.queries import reminders as queries

_WORDS = {
    Level.LIGHT: ("lugn", "lugnt", "lite", "fa", "light"),
    Level.STANDARD: ("normal", "normalt", "vanlig", "standard"),
    Level.ACTIVE: ("aktiv", "aktivt", "manga", "active"),
}


def level_word(level: Level) -> str:
    """The level as people say it."""
    match level:
        case Level.LIGHT:
            return _("lugn")
        case Level.STANDARD:
            return _("normal")
        case Level.ACTIVE:
            return _("aktiv")


def _meaning(level: Level) -> str:
    match level:
        case Level.LIGHT:
            return _("Lugn: en påminnelse före och en efter.")
        case Level.STANDARD:
            return _("Normal: oftast en eller två före och två efter.")
        case Level.ACTIVE:
            return _("Aktiv: tidigare och oftare.")


def networks(plan: Plan) -> list[Body]:
    """The networks, by name."""
    return sorted(plan.networks, key=lambda each: each.name)


def may_set(person: Person, network: BodyId) -> bool:
    """Those who lead the work, federation staff, and the network's own members."""
    return leads(person) or person.is_staff or network in person.bodies


def read_network(plan: Plan, words: str) -> tuple[Body, Level | None] | None:
    """The network that the words begin with, and the level after it; None when they name none."""
    said = plain(words).split()
    for each in networks(plan):
        name = plain(each.name).split()
        if said[: len(name)] == name:
            rest = said[len(name) :]
            level = next((one for one, names in _WORDS.items() if rest and rest[0] in names), None)
            return each, level
    return None


async def answer_level(turn: Turn) -> Card | None:
    """What is chosen for the network that the words or a press name; None when they name none."""
    if isinstance(turn.doing, Pressed):
        _verb, key, wanted = (*turn.doing.press.arguments, "", "", "")[:3]
        network = turn.plan.bodies.get(BodyId(read_number(key)))
        level = next((each for each in Level if each == wanted), None)
    else:
        found = read_network(turn.plan, turn.words)
        network, level = found if found is not None else (None, None)
    if network is None or network.kind != "network":
        return None
    before = Level((await queries.levels(turn.db)).get(network.id, Level.STANDARD))
    mine = may_set(turn.person, network.id)
    if level is None or not mine:
        return level_card(network, before, may=mine)
    await queries.set_level(
        turn.db,
        network.id,
        level,
        person=turn.person.id,
        now=turn.now,
        platform=turn.place.platform,
    )
    return level_set(network, level, before)


def level_card(network: Body, now: Level, *, may: bool) -> Card:
    """How often the network's people are reminded, and for whoever may the other ways."""
    said = _("{name}: påminnelserna är på nivån {level}.", name=network.name, level=level_word(now))
    meanings = bullets(*(_meaning(each) for each in Level))
    if not may:
        who = quiet(_("Nätverkets medlemmar, chefen och förbundets medarbetare kan ändra det."))
        return Card(summary=said, parts=(text(said), meanings, who))
    return Card(summary=said, parts=(text(said), meanings, _others(network, now)))


def _others(network: Body, now: Level) -> Buttons:
    others = [each for each in Level if each is not now]
    return Buttons(
        buttons=tuple(
            Button(
                label=level_word(each).capitalize(),
                press=press(NAME, "niva", network.id, each.value),
            )
            for each in others
        )
    )


def level_set(network: Body, level: Level, before: Level) -> Card:
    """The receipt, with the way back."""
    said = _("{name} får påminnelser på nivån {level}.", name=network.name, level=level_word(level))
    if level is before:
        return Card(summary=said, parts=(text(said),))
    undo = Button(label=_("Ångra"), press=press(NAME, "niva", network.id, before.value))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(undo,))), tone="good")


def no_such_network(words: str, known: Sequence[Body]) -> Card:
    """What is said of words after `påminnelser` that name no network."""
    said = _(
        "Jag hittar inget nätverk som heter ”{words}”. Skriv till exempel "
        "påminnelser {name} aktiv.",
        words=words[:60],
        name=known[0].name if known else _("Kompetens"),
    )
    show = Button(label=_("Visa mina påminnelser"), press=press(NAME))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")
