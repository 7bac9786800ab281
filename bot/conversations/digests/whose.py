"""Whose digest a person means, and what they may do with it: read it, or lead it."""

from collections.abc import Collection, Sequence

from bot.bindings import find_bound
from bot.clock import in_stockholm
from bot.conversations.protocol import Turn
from bot.digests.naming import whom_of
from bot.digests.period import Audience, Reader
from bot.finding import Found, Nothing, Several, plain
from bot.people import BodyId, Person
from bot.plan import Plan
from storage.queries.bodies import bodies_of_conversation
from storage.queries.digest_readers import chaired_by
from storage.queries.places import Bound

AUDIENCE_WORDS = {
    Audience.MANAGER: ("chef", "chefen", "chefens", "chefs", "manager"),
    Audience.STEERING_GROUP: (
        *("styrgrupp", "styrgruppen", "styrgruppens", "styrgrupps"),
        *("steering group", "the steering group"),
    ),
    Audience.MUNICIPAL_DIRECTORS: (
        *("kommundirektorer", "kommundirektorerna", "kommundirektorernas"),
        *("kommundirektorsgruppen", "kommundirektorsgruppens", "municipal directors"),
    ),
    Audience.REFERENCE_GROUP: (
        *("referensgruppen", "referensgruppens", "referensgrupp"),
        *("politiska referensgruppen", "politisk referensgrupp", "reference group"),
    ),
    Audience.PERSON: ("mig", "mitt", "min", "eget", "mitt eget", "personligt", "mine", "me"),
}
OF_BODIES = (
    Audience.STEERING_GROUP,
    Audience.MUNICIPAL_DIRECTORS,
    Audience.REFERENCE_GROUP,
)
_FILLERS = {"till", "for", "brev", "brevet", "nu", "det"}


def own_readers(person: Person) -> tuple[Reader, ...]:
    """Whose digests are the person's too, the widest first."""
    leading = with_manager(person)
    found = [Reader(Audience.MANAGER)] if leading else []
    kinds = set(person.bodies.values())
    found += [Reader(each) for each in OF_BODIES if each.value in kinds]
    networks = sorted(body for body, kind in person.bodies.items() if kind == "network")
    found += [Reader(Audience.NETWORK, each) for each in networks]
    return (*found, Reader(Audience.PERSON, person.id))


def with_manager(person: Person) -> bool:
    """Whether the person is the chef or förbundsdirektör, or works for them."""
    return person.is_staff or _manages(person)


def may_read(person: Person, reader: Reader) -> bool:
    """Whether the person may read the reader's digests; chef and staff read all but people's."""
    if reader in own_readers(person):
        return True
    return reader.audience is not Audience.PERSON and with_manager(person)


def may_lead(person: Person, reader: Reader, chairs: Collection[int]) -> bool:
    """Whether the person may preview, send, pause and choose.

    The chef's digest is led by chef and förbundsdirektör, others by staff too, and a network's by
    those who chair it.
    """
    match reader.audience:
        case Audience.PERSON:
            return reader.of == person.id
        case Audience.MANAGER:
            return _manages(person)
        case Audience.NETWORK:
            return with_manager(person) or reader.of in chairs
        case _:
            return with_manager(person)


def _manages(person: Person) -> bool:
    return person.is_manager or "federation_director" in person.posts


async def chairs_of(turn: Turn) -> frozenset[int]:
    """The bodies that the turn's person chairs."""
    today = in_stockholm(turn.now).date()
    return frozenset(await chaired_by(turn.db, turn.person.id, today))


async def usual_reader(turn: Turn) -> Reader:
    """Whose is meant when nobody is named: the channel's network, else the person's widest."""
    here = turn.place.conversation_id
    if turn.place.kind == "channel" and here is not None:
        bodies = [
            turn.plan.bodies.get(BodyId(x)) for x in await bodies_of_conversation(turn.db, here)
        ]
        networks = [each for each in bodies if each is not None and each.kind == "network"]
        if len(networks) == 1:
            return Reader(Audience.NETWORK, networks[0].id)
    return own_readers(turn.person)[0]


def find_reader(
    words: str, plan: Plan, person: Person
) -> Found[Reader] | Several[Reader] | Nothing:
    """The reader that the words name; networks also by a part of their name."""
    said = " ".join(word for word in plain(words).split() if word not in _FILLERS)
    for audience, names in AUDIENCE_WORDS.items():
        if said in names:
            of = person.id if audience is Audience.PERSON else None
            return Found(Reader(audience, of))
    match find_bound(words, _networks(plan)):
        case Found(one):
            return Found(Reader(Audience.NETWORK, one.id))
        case Several(these):
            return Several(tuple(Reader(Audience.NETWORK, each.id) for each in these))
        case _:
            return Nothing()


def _networks(plan: Plan) -> Sequence[Bound]:
    return [Bound("body", each.id, each.kind, each.name) for each in plan.networks]


def reader_name(reader: Reader, plan: Plan) -> str:
    """Who it is, within a sentence."""
    body = plan.bodies.get(BodyId(reader.of)) if reader.of is not None else None
    return whom_of(reader.audience, body.name if body is not None else "")
