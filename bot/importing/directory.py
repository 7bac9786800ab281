"""Importing municipalities and people: who there is, and what each is from a day on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.importing.cells import Cells, twice
from bot.importing.outcome import Outcome
from bot.importing.tables import read_table
from bot.language import _
from storage.queries import imports as queries

MUNICIPALITY_COLUMNS = ("code", "name", "population", "population_date")
PEOPLE_COLUMNS = (
    "Namn",
    "E-post",
    "Organisation",
    "Roller",
    "Nätverk",
    "Mandat för medfinansiering",
)
POSTS = {"chef": "manager", "förbundsdirektör": "federation_director"}
ROLES = {
    "medarbetare": "staff",
    "administratör": "administrator",
    "nätverksmedlem": "network_member",
}
SEATS = {
    "kommundirektör": "municipal_directors",
    "styrgrupp": "steering_group",
    "direktion": "board",
    "presidium": "presidium",
    "politisk referensgrupp": "reference_group",
}


@dataclass(frozen=True)
class By:
    """Who imports, from which day what is new holds, and when it is done."""

    actor: str
    day: date
    now: datetime


async def import_municipalities(db: AsyncConnection, path: Path, by: By) -> Outcome:
    """Municipalities with their population on a date. Unreadable for no table."""
    outcome = Outcome()
    rows = read_table(path, MUNICIPALITY_COLUMNS, outcome)
    if outcome.faults:
        return outcome
    twice(rows, "code", outcome)
    twice(rows, "name", outcome)
    known = {row["code"]: row for row in await queries.organisations(db) if row["code"]}
    for row in rows:
        cells = Cells(row, outcome)
        code, name = row["code"], cells.text("name", most=100)
        if not (code.isdecimal() and len(code) == 4):
            cells.fault("code", _("är ingen kommunkod"), _("fyra siffror, som 1496"))
        people, day = cells.amount("population"), cells.day("population_date")
        if people == 0:
            cells.fault("population", _("är noll"), _("antalet invånare"))
        if cells.sound and people and day:
            await _municipality(db, outcome, by, known.get(code), (code, name, people, day))
    return outcome


async def _municipality(
    db: AsyncConnection,
    outcome: Outcome,
    by: By,
    old: RowMapping | None,
    said: tuple[str, str, int, date],
) -> None:
    code, name, people, day = said
    counted = old is not None and (old["inhabitants"], old["counted_on"]) == (people, day)
    if old is not None and old["name"] == name and counted:
        outcome.unchanged += 1
        return
    if old is None:
        outcome.new += 1
        outcome.lines.append(_("Ny: {name}", name=name))
        key = await queries.write(
            db,
            "INSERT INTO organisations (kind, name, code) VALUES ('municipality', :name, :code) "
            "RETURNING id",
            name=name,
            code=code,
        )
    else:
        outcome.changed += 1
        outcome.lines.append(_("Ändrad: {name}", name=name))
        key = old["id"]
        await queries.write(
            db, "UPDATE organisations SET name = :name WHERE id = :key", name=name, key=key
        )
    await queries.write(
        db,
        "INSERT INTO populations VALUES (:key, :day, :people) "
        "ON CONFLICT (organisation_id, counted_on) DO UPDATE SET inhabitants = :people",
        key=key,
        day=day,
        people=people,
    )
    line = ("import", "organisation", key, ("name", "population"))
    await queries.audit(db, [line], at=by.now, actor=by.actor)


@dataclass
class Wanted:
    """What a file says that a person is."""

    name: str
    email: str
    employer: int
    roles: set[str] = field(default_factory=set[str])
    posts: set[int] = field(default_factory=set[int])
    bodies: set[int] = field(default_factory=set[int])
    mandates: set[int] = field(default_factory=set[int])


async def import_people(db: AsyncConnection, path: Path, by: By) -> Outcome:
    """The whole directory: what a later file lacks ends on the day of import."""
    outcome = Outcome()
    rows = read_table(path, PEOPLE_COLUMNS, outcome)
    if outcome.faults:
        return outcome
    wrong = twice(rows, "E-post", outcome)
    lookup = await lookup_of(db)
    wanted: list[Wanted] = []
    for row in rows:
        if row.number not in wrong:
            one = await _read_person(db, Cells(row, outcome), lookup, outcome)
            if one is not None:
                wanted.append(one)
    if outcome.faults:
        return outcome
    known = await queries.directory(db)
    addresses = {one.email for one in wanted}
    for email, old in known.items():
        if email not in addresses and _has_something(old):
            outcome.ended += 1
            outcome.lines.append(_("Avslutad: {name} ({email})", name=old["name"], email=email))
            await _set(db, old["id"], old, None, by)
    for one in wanted:
        old = known.get(one.email)
        if old is None or _differs(old, one):
            await _write_person(db, outcome, old, one, by)
        else:
            outcome.unchanged += 1
    return outcome


@dataclass
class Lookup:
    """What cells may name."""

    organisations: dict[str, RowMapping]
    networks: dict[str, int]
    seats: dict[str, int]
    posts: dict[str, int]


async def lookup_of(db: AsyncConnection) -> Lookup:
    """What is known now, by name in small letters."""
    bodies = await queries.bodies(db)
    return Lookup(
        {row["name"].casefold(): row for row in await queries.organisations(db)},
        {row["name"].casefold(): row["id"] for row in bodies if row["kind"] == "network"},
        {row["kind"]: row["id"] for row in bodies if row["kind"] != "network"},
        await queries.posts(db),
    )


async def _read_person(
    db: AsyncConnection, cells: Cells, lookup: Lookup, outcome: Outcome
) -> Wanted | None:
    name, email = cells.text("Namn", most=150), cells.text("E-post", most=200).casefold()
    if email and (email.count("@") != 1 or email.startswith("@") or " " in email):
        cells.fault("E-post", _("är ingen e-postadress"), _("en adress som namn@kommun.se"))
    organisation = lookup.organisations.get(cells.text("Organisation", most=150).casefold())
    if organisation is None and cells.row["Organisation"]:
        cells.fault("Organisation", _("är okänd"), _("en kommun eller förbundet, som de heter"))
    one = Wanted(name, email, organisation["id"] if organisation else 0)
    for word in cells.listed("Roller"):
        key = word.casefold()
        if key in POSTS:
            one.posts.add(lookup.posts[POSTS[key]])
        elif key in ROLES:
            one.roles.add(ROLES[key])
        elif key in SEATS:
            one.bodies.add(lookup.seats[SEATS[key]])
        else:
            known = ", ".join((*POSTS, *ROLES, *SEATS))
            cells.fault("Roller", _("är ingen roll"), _("någon av {roles}", roles=known), word)
    mandate = cells.row["Mandat för medfinansiering"].casefold()
    if mandate not in ("", "ja", "nej"):
        cells.fault("Mandat för medfinansiering", _("går inte att tolka"), _("ja eller tomt"))
    if mandate == "ja" and organisation is not None:
        if organisation["kind"] == "municipality":
            one.mandates.add(organisation["id"])
        else:
            cells.fault(
                "Mandat för medfinansiering", _("kan bara en kommun ge"), _("tomt för förbundet")
            )
    if not cells.sound:
        return None
    for network in cells.listed("Nätverk"):
        one.bodies.add(await network_key(db, network, lookup.networks, outcome))
    return one


async def network_key(
    db: AsyncConnection, name: str, known: dict[str, int], outcome: Outcome
) -> int:
    """The network of that name; a new one is added and named."""
    key = known.get(name.casefold())
    if key is None:
        outcome.lines.append(_("Nytt nätverk: {name}", name=name))
        key = await queries.write(
            db, "INSERT INTO bodies (kind, name) VALUES ('network', :name) RETURNING id", name=name
        )
        known[name.casefold()] = key
    return key


def _has_something(old: RowMapping) -> bool:
    return any(old[name] for name in ("employers", "roles", "posts", "bodies", "mandates"))


def _differs(old: RowMapping, one: Wanted) -> bool:
    return (
        old["name"] != one.name
        or set(old["employers"]) != {one.employer}
        or any(set(old[n]) != getattr(one, n) for n in ("roles", "posts", "bodies", "mandates"))
    )


async def _write_person(
    db: AsyncConnection, outcome: Outcome, old: RowMapping | None, one: Wanted, by: By
) -> None:
    if old is None:
        outcome.new += 1
        outcome.lines.append(_("Ny: {name} ({email})", name=one.name, email=one.email))
        key = await queries.write(
            db,
            "INSERT INTO people (name, email) VALUES (:name, :email) RETURNING id",
            name=one.name,
            email=one.email,
        )
    else:
        outcome.changed += 1
        outcome.lines.append(_("Ändrad: {name} ({email})", name=one.name, email=one.email))
        key = old["id"]
        if old["name"] != one.name:
            await queries.write(
                db, "UPDATE people SET name = :name WHERE id = :key", name=one.name, key=key
            )
    await _set(db, key, old, one, by)


_PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("employers", "employments", "organisation_id", ""),
    ("roles", "roles", "role", ""),
    ("posts", "post_holdings", "post_id", " AND NOT acting"),
    ("bodies", "memberships", "body_id", ""),
    ("mandates", "mandates", "organisation_id", " AND kind = 'co_financing'"),
)


async def _set(
    db: AsyncConnection, key: int, old: RowMapping | None, one: Wanted | None, by: By
) -> None:
    """End what is no longer so, begin what is new, and say so in the audit log."""
    fields: list[str] = []
    for name, table, column, only in _PARTS:
        had: set[Any] = set(old[name]) if old is not None else set()
        wants: set[Any] = set()
        if one is not None:
            wants = {one.employer} if name == "employers" else getattr(one, name)
        for value in sorted(had - wants):
            await queries.write(
                db,
                f"UPDATE {table} SET ends_on = greatest(starts_on, :day) "  # noqa: S608
                f"WHERE person_id = :key AND {column} = :value AND ends_on IS NULL{only}",
                day=by.day,
                key=key,
                value=value,
            )
        for value in sorted(wants - had):
            await _begin(db, table, column, key, value, by)
        if had != wants:
            fields.append(name)
    line = ("end" if one is None else "import", "person", key, fields)
    await queries.audit(db, [line], at=by.now, actor=by.actor)


async def _begin(
    db: AsyncConnection, table: str, column: str, key: int, value: Any, by: By
) -> None:
    if table == "post_holdings":  # the post has one holder: the one before ends the same day
        await queries.write(
            db,
            "UPDATE post_holdings SET ends_on = greatest(starts_on, :day) "
            "WHERE post_id = :value AND ends_on IS NULL AND NOT acting",
            day=by.day,
            value=value,
        )
    more = {"employments": ("", ""), "mandates": (", given_by, kind", ", :by, 'co_financing'")}
    columns, values = more.get(table, (", given_by", ", :by"))
    await queries.write(
        db,
        f"INSERT INTO {table} (person_id, {column}, starts_on{columns}) "  # noqa: S608
        f"VALUES (:key, :value, :day{values})",
        key=key,
        value=value,
        day=by.day,
        **({"by": by.actor} if values else {}),
    )
