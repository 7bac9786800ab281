"""Importing a plan: the year's draft, changed only where the file differs from the last import."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.importing.cells import Cells, twice
from bot.importing.directory import By, Lookup, lookup_of, network_key
from bot.importing.outcome import Outcome
from bot.importing.plan_rows import PLAN_COLUMNS, Said, read_activity
from bot.importing.tables import Row, read_table
from bot.language import _
from storage.queries import imports as queries

Keep = Literal["chat", "file"]
NAMES = {
    "area": "Insatsområde",
    "direction": "Aktivitetsinriktning",
    "title": "Aktivitet",
    "description": "Beskrivning",
    "responsible": "Ansvarig",
    "coordinator": "Samordnande kommun",
    "participants": "Deltagande kommuner",
    "network": "Nätverk",
    "starts_on": "Start",
    "ends_on": "Slut",
    "budget": "Budget (kr)",
    "funding": "Finansiering",
}


async def import_plan(
    db: AsyncConnection, path: Path, by: By, *, year: int | None = None, keep: Keep | None = None
) -> Outcome:
    """Write the year's draft from the file; without `year`, that of most activities' start.

    What chat changed too is a conflict, settled by `keep`. Unreadable for no table.
    """
    outcome = Outcome(settled=keep is not None)
    rows = read_table(path, PLAN_COLUMNS, outcome)
    if outcome.faults:
        return outcome
    return await write_plan(db, rows, by, outcome, year=year, keep=keep)


async def write_plan(
    db: AsyncConnection,
    rows: list[Row],
    by: By,
    outcome: Outcome,
    *,
    year: int | None = None,
    keep: Keep | None = None,
) -> Outcome:
    """The same for rows already read."""
    wrong = twice(rows, "Kod", outcome)
    lookup = await lookup_of(db)
    people = {email: row["id"] for email, row in (await queries.directory(db)).items()}
    read = [read_activity(Cells(row, outcome), lookup, people) for row in rows]
    said = [one for one in read if one is not None and one.row not in wrong]
    if outcome.faults or not said:
        return outcome
    years = Counter(int(one.fields["starts_on"][:4]) for one in said)
    draft = _Draft(db, lookup, people, by, outcome, year or years.most_common(1)[0][0], keep)
    await draft.load()
    for one in said:
        await draft.take(one)
    await draft.end_all_but({one.code for one in said})
    return outcome


class _Draft:
    """The year's draft while it is written; made when the first difference is found."""

    def __init__(
        self,
        db: AsyncConnection,
        lookup: Lookup,
        people: dict[str, int],
        by: By,
        outcome: Outcome,
        year: int,
        keep: Keep | None,
    ) -> None:
        self._db, self._lookup, self._people, self._by = db, lookup, people, by
        self._outcome, self._year, self._keep = outcome, year, keep
        self._version: int | None = None
        self._adopted: int | None = None
        self._base: dict[str, RowMapping] = {}

    async def load(self) -> None:
        """What the file is compared with: the draft, else the adopted version."""
        self._version, self._adopted = await queries.plan_version(self._db, self._year)
        base = self._version or self._adopted
        if base is not None:
            self._base = await queries.values_in(self._db, base)

    async def take(self, said: Said) -> None:
        """Add the activity, change it where the file differs, or leave it."""
        old = self._base.get(said.code)
        if old is None:
            self._outcome.new += 1
            name = f"{said.code} {said.fields['title']}"
            self._outcome.lines.append(_("Ny: {name}", name=name))
            await self._write(said.code, said.fields, said.fields, None)
            return
        current, imported = _current(old), old["imported"]
        wanted, differs, conflicts = self._settle(said, current, imported)
        self._outcome.conflicts += conflicts
        if old["ended_on"] is not None:
            differs.insert(0, _("är med igen"))
        if differs:
            self._outcome.changed += 1
            listed = "; ".join(differs)
            self._outcome.lines.append(_("Ändrad: {code} {what}", code=said.code, what=listed))
        else:
            self._outcome.unchanged += 1
        if differs or imported != said.fields:
            await self._write(said.code, wanted, said.fields, old)

    def _settle(
        self, said: Said, current: Mapping[str, Any], imported: Mapping[str, Any] | None
    ) -> tuple[dict[str, Any], list[str], int]:
        """Field by field: what the draft is to say, what that changes, how many conflicts."""
        now, then, new = _flat(current), _flat(imported or current), _flat(said.fields)
        wanted, differs, conflicts = dict(now), list[str](), 0
        for name in sorted(new.keys() | now.keys(), key=str):
            mine, last, file = now.get(name), then.get(name), new.get(name)
            if file in (mine, last):
                continue
            if mine != last:
                conflicts += 1
                self._outcome.lines.append(_conflict(said.code, name, file, mine))
                if self._keep != "file":
                    continue
            wanted[name] = file
            differs.append(f"{_label(name)} {_shown(mine)} → {_shown(file)}")
        return _folded(wanted), differs, conflicts

    async def end_all_but(self, codes: set[str]) -> None:
        """What the file no longer has is ended that day, and keeps its reports.

        What no file has had is left: an activity that a need became stands in no file yet.
        """
        for code, old in self._base.items():
            came_by_file = old["imported"] is not None
            if code not in codes and old["ended_on"] is None and came_by_file:
                self._outcome.ended += 1
                name = f"{code} {old['title']}"
                self._outcome.lines.append(_("Avslutad: {name}", name=name))
                version = await self._version_to_write()
                await queries.write(
                    self._db,
                    "UPDATE activity_values SET ended_on = :day "
                    "WHERE plan_version_id = :version AND activity_id = :activity",
                    day=self._by.day,
                    version=version,
                    activity=old["activity_id"],
                )
                await self._audit("end", old["activity_id"], ["ended_on"])

    async def _version_to_write(self) -> int:
        if self._version is None:
            self._version = await queries.write(
                self._db,
                "INSERT INTO plan_versions (year) VALUES (:year) RETURNING id",
                year=self._year,
            )
            if self._adopted is not None:
                await queries.copy_version(self._db, self._adopted, self._version)
        return self._version

    async def _write(
        self, code: str, wanted: dict[str, Any], imported: dict[str, Any], old: RowMapping | None
    ) -> None:
        version = await self._version_to_write()
        activity = old["activity_id"] if old else await self._activity(code)
        network = wanted["network"]
        values = {
            "plan_version_id": version,
            "activity_id": activity,
            "direction_id": await self._direction(wanted["area"], wanted["direction"]),
            "title": wanted["title"],
            "description": wanted["description"] or None,
            "responsible_id": self._people[wanted["responsible"]],
            "coordinator_id": self._organisation(wanted["coordinator"]),
            "network_id": await network_key(self._db, network, self._lookup.networks, self._outcome)
            if network
            else None,
            "starts_on": date.fromisoformat(wanted["starts_on"]),
            "ends_on": date.fromisoformat(wanted["ends_on"]),
            "budget": wanted["budget"],
            "imported": imported,
        }
        key = await queries.write_values(self._db, values)
        ids = [self._organisation(name) for name in wanted["participants"]]
        await queries.write_participants(self._db, key, ids)
        await queries.write_funding(self._db, key, wanted["funding"])
        due = {title: date.fromisoformat(day) for title, day in wanted["milestones"].items()}
        await queries.write_milestones(self._db, key, activity, due)
        await self._audit("import", activity, sorted(wanted))

    async def _audit(self, action: str, activity: int, fields: list[str]) -> None:
        line = (action, "activity", activity, fields)
        await queries.audit(self._db, [line], at=self._by.now, actor=self._by.actor)

    async def _activity(self, code: str) -> int:
        return await queries.write(
            self._db,
            "INSERT INTO activities (code) VALUES (:code) "
            "ON CONFLICT (code) DO UPDATE SET code = excluded.code RETURNING id",
            code=code,
        )

    def _organisation(self, name: str) -> int:
        return self._lookup.organisations[name.casefold()]["id"]

    async def _direction(self, area: str, name: str) -> int:
        found = (await queries.directions(self._db)).get((area.lower(), name.lower()))
        if found is not None:
            return found
        area_key = (await queries.focus_areas(self._db)).get(area.lower())
        if area_key is None:
            self._outcome.lines.append(_("Nytt insatsområde: {name}", name=area))
            area_key = await queries.write(
                self._db, "INSERT INTO focus_areas (name) VALUES (:name) RETURNING id", name=area
            )
        self._outcome.lines.append(_("Ny aktivitetsinriktning: {name}", name=name))
        return await queries.write(
            self._db,
            "INSERT INTO directions (focus_area_id, name) VALUES (:area, :name) RETURNING id",
            area=area_key,
            name=name,
        )


def _current(old: RowMapping) -> dict[str, Any]:
    """What the version says now, in the form of `Said.fields`."""
    current = {name: old[name] for name in NAMES if name not in ("starts_on", "ends_on")}
    current["starts_on"] = old["starts_on"].isoformat()
    current["ends_on"] = old["ends_on"].isoformat()
    current["participants"] = sorted(old["participants"])
    current["milestones"] = old["milestones"]
    return current


def _flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Every milestone as a field of its own, so that one moved in chat is its own conflict."""
    flat = {name: value for name, value in fields.items() if name != "milestones"}
    return flat | {f"milestones/{title}": day for title, day in fields["milestones"].items()}


def _folded(flat: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in flat.items() if not name.startswith("milestones/")}
    milestones = {
        name.partition("/")[2]: day
        for name, day in flat.items()
        if name.startswith("milestones/") and day is not None
    }
    return plain | {"milestones": milestones}


def _conflict(code: str, name: str, file: Any, chat: Any) -> str:
    return _(
        "Konflikt: {code} {field}: filen säger {file}, i chatten ändrat till {chat}",
        code=code,
        field=_label(name),
        file=_shown(file),
        chat=_shown(chat),
    )


def _label(name: str) -> str:
    if name.startswith("milestones/"):
        return _("Milstolpe {title}", title=name.partition("/")[2])
    return NAMES[name]


def _shown(value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if not isinstance(value, list):
        return str(value)
    listed = cast("list[Any]", value)
    return ", ".join(_line(one) if isinstance(one, dict) else str(one) for one in listed)


def _line(line: Any) -> str:
    return f"{line['source']} {line['amount']} ({line['state']})"
