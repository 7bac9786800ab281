"""A municipality's mandates as they are now, for the cards and the form."""

from bot import bodies
from bot.clock import in_stockholm
from bot.conversations.mandates.mandate_cards import Shown
from bot.conversations.protocol import Turn
from bot.finding import plain
from bot.needs.rights import municipalities_of
from bot.people import OrganisationId
from bot.plan import Contact
from bot.polls.giving_mandate import KINDS, gives, mandates_in
from bot.polls.mandates import MandateKind, mandates


async def shown_for(turn: Turn, municipality: OrganisationId) -> Shown:
    """Who answers for the municipality, and what the person may do about it."""
    today = in_stockholm(turn.now).date()
    now: dict[MandateKind, tuple[Contact, ...]] = {
        kind: (await mandates(turn.db, kind, today)).of(municipality) for kind in KINDS
    }
    return Shown(
        municipality=municipality,
        name=turn.plan.organisations[municipality].name,
        now=now,
        mandates=tuple(await mandates_in(turn.db, municipality, today)),
        directors=tuple(await bodies.directors(turn.db, municipality, today)),
        today=today,
        gives=gives(turn.person, municipality),
    )


def directed_by(turn: Turn) -> list[OrganisationId]:
    """The municipalities whose mandate the person gives."""
    return [one for one in municipalities_of(turn.person, turn.plan) if gives(turn.person, one)]


def municipality_keyed(turn: Turn, key: int) -> OrganisationId | None:
    """The municipality with that key; None when it is none."""
    found = turn.plan.organisations.get(OrganisationId(key))
    return found.id if found is not None and found.kind == "municipality" else None


def municipality_called(turn: Turn, words: str) -> OrganisationId | None:
    """The municipality of that name."""
    wanted = plain(words.strip(" .!?"))
    for each in turn.plan.organisations.values():
        if each.kind == "municipality" and plain(each.name) == wanted:
            return each.id
    return None
