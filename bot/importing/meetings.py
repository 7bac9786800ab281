"""Importing the calendar: when the charter's bodies meet, and when their documents are due."""

from datetime import date, time
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.importing.cells import Cells, read_hours
from bot.importing.directory import By
from bot.importing.outcome import Outcome
from bot.importing.tables import Row, read_table
from bot.language import _
from storage.queries import imports as queries

MEETING_COLUMNS = ("Organ", "Datum", "Tid", "Plats", "Handlingar senast", "Typ")
KINDS = {"ordinarie": "ordinary", "fördjupning": "in_depth", "fokusdag": "joint_day"}
_STEMS = (
    ("referensgrupp", "reference_group"),
    ("presidi", "presidium"),
    ("kommundirektör", "municipal_directors"),
    ("styrgrupp", "steering_group"),
    ("direktion", "board"),
)


def body_kind(name: str) -> str | None:
    """The body that the name means in any grammatical form; None when it means none."""
    plain = name.casefold()
    return next((kind for stem, kind in _STEMS if stem in plain), None)


async def import_meetings(db: AsyncConnection, path: Path, by: By) -> Outcome:
    """The calendar of the file's years; a meeting that a later file lacks is cancelled."""
    outcome = Outcome()
    rows = read_table(path, MEETING_COLUMNS, outcome)
    if outcome.faults:
        return outcome
    return await write_meetings(db, rows, by, outcome)


async def write_meetings(db: AsyncConnection, rows: list[Row], by: By, outcome: Outcome) -> Outcome:
    """The same for rows already read."""
    bodies = {row["kind"]: row["id"] for row in await queries.bodies(db)}
    said: dict[tuple[Any, date], dict[str, Any]] = {}
    for row in rows:
        meeting = _read(Cells(row, outcome), bodies)
        if meeting is not None:
            key = (meeting["body_id"] or meeting["title"].casefold(), meeting["held_on"])
            if key in said:
                Cells(row, outcome).fault("Datum", _("finns två gånger"), _("en rad för varje"))
            said[key] = meeting
    if outcome.faults:
        return outcome
    years = sorted({day.year for _who, day in said})
    known = {
        (row["body_id"] or row["title"].casefold(), row["held_on"]): row
        for row in await queries.meetings_of(db, years)
    }
    for key, meeting in said.items():
        await _write(db, outcome, by, known.get(key), meeting)
    for key, old in known.items():
        if key not in said and not old["cancelled"]:
            outcome.ended += 1
            shown = f"{old['title']} {old['held_on']}"
            outcome.lines.append(_("Inställt: {meeting}", meeting=shown))
            statement = "UPDATE meetings SET cancelled = true WHERE id = :key"
            await queries.write(db, statement, key=old["id"])
            line = ("cancel", "meeting", old["id"], ["cancelled"])
            await queries.audit(db, [line], at=by.now, actor=by.actor)
    return outcome


def _read(cells: Cells, bodies: dict[str, int]) -> dict[str, Any] | None:
    title = cells.text("Organ", most=150)
    kind = KINDS.get(cells.text("Typ", most=20).casefold())
    if kind is None and cells.row["Typ"]:
        cells.fault("Typ", _("är okänd"), _("ordinarie, fördjupning eller fokusdag"))
    body = bodies.get(body_kind(title) or "") if kind != "joint_day" else None
    if kind in ("ordinary", "in_depth") and body is None and title:
        cells.fault("Organ", _("är inget organ"), _("till exempel Direktionen eller Styrgrupp"))
    held_on, due = cells.day("Datum"), cells.day("Handlingar senast", required=False)
    if held_on and due and due > held_on:
        cells.fault("Handlingar senast", _("ligger efter mötet"), _("en dag före mötet"))
    hours: tuple[time, time] | None = None
    try:
        hours = read_hours(cells.row["Tid"])
    except ValueError:
        cells.fault("Tid", _("går inte att tolka"), _("en tid som 13:00-15:00"))
    if not cells.sound or held_on is None:
        return None
    return {
        "body_id": body,
        "title": title,
        "held_on": held_on,
        "starts_at": hours[0] if hours else None,
        "ends_at": hours[1] if hours else None,
        "place": cells.row["Plats"] or None,
        "documents_due_on": due,
        "kind": kind,
    }


async def _write(
    db: AsyncConnection, outcome: Outcome, by: By, old: RowMapping | None, said: dict[str, Any]
) -> None:
    shown = f"{said['title']} {said['held_on']}"
    if old is None:
        outcome.new += 1
        outcome.lines.append(_("Nytt möte: {meeting}", meeting=shown))
        columns = ", ".join(said)
        values = ", ".join(f":{name}" for name in said)
        statement = f"INSERT INTO meetings ({columns}) VALUES ({values}) RETURNING id"  # noqa: S608
        key = await queries.write(db, statement, **said)
        changed = list(said)
    else:
        changed = [name for name, value in said.items() if old[name] != value]
        if not changed and not old["cancelled"]:
            outcome.unchanged += 1
            return
        outcome.changed += 1
        outcome.lines.append(_("Ändrat möte: {meeting}", meeting=shown))
        settings = ", ".join(f"{name} = :{name}" for name in said)
        key = old["id"]
        statement = f"UPDATE meetings SET {settings}, cancelled = false WHERE id = :key"  # noqa: S608
        await queries.write(db, statement, key=key, **said)
    line = ("import", "meeting", key, changed)
    await queries.audit(db, [line], at=by.now, actor=by.actor)
