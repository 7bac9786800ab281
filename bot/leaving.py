"""People who leave: what hangs on somebody, who has left, and who may take over what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.assignments.states import PartState
from bot.clock import in_stockholm
from bot.finding import Found, Nothing, Several
from bot.needs.rights import takes_part
from bot.people import BodyId, OrganisationId, Person, PersonId, read_person
from bot.plan import Contact
from storage.queries import leaving as queries

RECENT_DAYS = 30
"""Something that ended longer ago is told only of those who work nowhere."""

MOST_FOUND = 11
"""People that words may mean, of whom one has to be chosen."""


class Kind(StrEnum):
    """What can hang on somebody; the words are those of buttons, which live for years."""

    ACTIVITY = "aktivitet"
    MILESTONE = "milstolpe"
    MANDATE = "mandat"
    PART = "uppdrag"
    ASKED = "gett_uppdrag"
    NEED = "behov"
    APPLICATION = "ansokan"


_KINDS = dict(
    zip(
        ("activity", "milestone", "mandate", "part", "asked", "need", "application"),
        Kind,
        strict=True,
    )
)


@dataclass(frozen=True)
class Thing:
    """Something that waits for somebody.

    `key` is of its own table: of the part for what somebody was asked to do, of the assignment for
    what they asked for. `municipality` and `network` are whose person it must be. `waits`: somebody
    else has to decide on it first. `ended`: a mandate that is over, and that nobody has now.
    """

    kind: Kind
    key: int
    title: str
    code: str = ""
    due_on: date | None = None
    municipality: OrganisationId | None = None
    network: BodyId | None = None
    assignment: int | None = None
    waits: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Hanging:
    """All that waits for one person."""

    person: Contact
    things: tuple[Thing, ...]

    def thing(self, kind: str, key: str) -> Thing | None:
        """The one that a button names."""
        found = (each for each in self.things if each.kind == kind and str(each.key) == key)
        return next(found, None)


class Sort(StrEnum):
    """What of somebody's has ended."""

    EMPLOYMENT = "employment"
    POST = "post"
    ROLE = "role"
    SEAT = "seat"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Leaver:
    """Somebody on whom something hangs though what it stood on has ended.

    `what` is the organisation, the post or the body. `gone`: they work nowhere any more.
    """

    person: Contact
    sort: Sort
    what: str
    on: date
    gone: bool

    @property
    def period(self) -> str:
        """The same for the same ending, so that it is told once."""
        return f"{'gone' if self.gone else self.sort.value}:{self.on}"


class Unfit(StrEnum):
    """Why somebody cannot take a thing over."""

    SAME = "same"
    WORKS_NOWHERE = "works_nowhere"
    NO_PART = "no_part"
    OTHER_MUNICIPALITY = "other_municipality"
    OTHER_NETWORK = "other_network"
    WAITS = "waits"
    HAS_IT = "has_it"
    GONE = "gone"


def unfit(thing: Thing, of: PersonId, to: Person) -> Unfit | None:
    """Why the person cannot take it over from the one it hangs on; None when they can.

    A mandate, and what is asked of a municipality, stay in the municipality; what is asked of a
    network stays with its members.
    """
    if to.id == of:
        return Unfit.SAME
    if not to.employers:
        return Unfit.WORKS_NOWHERE
    if not takes_part(to):
        return Unfit.NO_PART
    if thing.waits:
        return Unfit.WAITS
    if thing.municipality is not None and thing.municipality not in to.employers:
        return Unfit.OTHER_MUNICIPALITY
    of_network = thing.kind is Kind.PART and thing.network is not None
    return Unfit.OTHER_NETWORK if of_network and thing.network not in to.bodies else None


async def hangs_on(db: AsyncConnection, person: PersonId, today: date) -> Hanging | None:
    """All that waits for the person on the day; None when there is no such person."""
    row = await queries.person_on(db, person, today)
    if row is None:
        return None
    things = await queries.things_of(db, person, today)
    return Hanging(Contact(person, row["name"], row["email"]), tuple(map(_thing, things)))


async def leavers(db: AsyncConnection, now: datetime) -> list[Leaver]:
    """People who have left something that what hangs on them may stand on, the latest first.

    Whoever works nowhere; and of the last days, whoever has another employer, has lost a post, the
    role of federation staff, the seat in the network of an activity or as municipal director, or
    whose every chat account has ended.
    """
    today = in_stockholm(now).date()
    recent = today - timedelta(days=RECENT_DAYS)
    return [
        Leaver(
            person=Contact(PersonId(row["person_id"]), row["name"], row["email"]),
            sort=Sort(row["sort"]),
            what=row["what"],
            on=row["on_day"],
            gone=row["gone"],
        )
        for row in await queries.leavers_on(db, today, now, recent)
    ]


async def find_anybody(
    db: AsyncConnection, words: str, today: date
) -> Found[Contact] | Several[Contact] | Nothing:
    """Whom the words mean, by name, address or `name, organisation`; also who works nowhere."""
    name = words.partition(",")[0].strip()
    if not name:
        return Nothing()
    rows = await queries.anybody_like(db, name, today, MOST_FOUND)
    wanted = words.strip().casefold()
    exact = [row for row in rows if wanted in _names(row)]
    people = tuple(Contact(PersonId(row["id"]), row["name"], row["email"]) for row in exact or rows)
    if len(people) == 1:
        return Found(people[0])
    return Several(people) if people else Nothing()


def _names(row: RowMapping) -> tuple[str, ...]:
    said = (row["name"], row["email"], f"{row['name']}, {row['organisation']}")
    return tuple(each.casefold() for each in said)


async def somebody(db: AsyncConnection, person: PersonId, today: date) -> Person | None:
    """The person with that key, as they are on the day."""
    row = await queries.person_on(db, person, today)
    return read_person(row) if row is not None else None


def _thing(row: RowMapping) -> Thing:
    return Thing(
        kind=_KINDS[row["kind"]],
        key=row["key"],
        title=row["title"],
        code=row["code"] or "",
        due_on=row["due_on"],
        municipality=row["municipality"],
        network=row["network"],
        assignment=row["assignment"],
        waits=row["state"] in (PartState.PRIORITY, PartState.PROPOSED),
        ended=row["state"] == "ended",
    )
