"""A row of a plan file as what it says of an activity."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.importing.cells import Cells
from bot.importing.directory import Lookup
from bot.language import _, kronor

PLAN_COLUMNS = (
    "Kod",
    "Insatsområde",
    "Aktivitetsinriktning",
    "Aktivitet",
    "Beskrivning",
    "Ansvarig",
    "Samordnande kommun",
    "Deltagande kommuner",
    "Nätverk",
    "Start",
    "Slut",
    "Budget (kr)",
    "Finansiering",
    "Milstolpar",
)
KINDS = {
    "medfinansiering": "co_financing",
    "egen tid": "in_kind",
    "egen budget": "own_budget",
    "delregionala utvecklingsmedel": "regional_development",
}
STATES = {"sökt": "applied", "beviljat": "granted"}
UNFUNDED = "ej finansierat"
_MONEY = re.compile(r"(?P<source>.*?)\s+(?P<amount>\d[\d\s.,\u00a0\u202f]*\s*[a-zåäö]*)")
_CODE = re.compile(r"[A-ZÅÄÖ]{2,5}-\d{2,3}")


@dataclass(frozen=True)
class Said:
    """What a file says of an activity: `fields` in the form that is kept for comparison."""

    row: int
    code: str
    fields: dict[str, Any]
    milestones: dict[str, date]


def read_activity(cells: Cells, lookup: Lookup, people: dict[str, int]) -> Said | None:
    """What the row says; None when something is wrong, which is told as faults."""
    code = cells.text("Kod", most=10).upper()
    if code and not _CODE.fullmatch(code):
        cells.fault("Kod", _("är ingen kod"), _("en kod som KOM-03"))
    fields: dict[str, Any] = {
        "area": cells.text("Insatsområde", most=100),
        "direction": cells.text("Aktivitetsinriktning", most=150),
        "title": cells.text("Aktivitet", most=150),
        "description": cells.text("Beskrivning", most=3_000, required=False),
        "responsible": cells.text("Ansvarig", most=200).casefold(),
        "coordinator": _organisation(cells, lookup),
        "participants": _participants(cells, lookup),
        "network": cells.text("Nätverk", most=100, required=False),
    }
    if fields["responsible"] and fields["responsible"] not in people:
        cells.fault("Ansvarig", _("finns inte i katalogen"), _("en e-postadress i katalogen"))
    start, end = cells.day("Start"), cells.day("Slut")
    if start and end and end < start:
        cells.fault("Slut", _("ligger före start"), _("ett datum från och med start"))
    budget = cells.amount("Budget (kr)")
    fields["budget"] = budget
    fields["funding"] = _funding(cells, budget)
    milestones = _milestones(cells, start, end)
    if not cells.sound or start is None or end is None:
        return None
    fields["starts_on"], fields["ends_on"] = start.isoformat(), end.isoformat()
    fields["milestones"] = {title: day.isoformat() for title, day in milestones.items()}
    return Said(cells.row.number, code, fields, milestones)


def _organisation(cells: Cells, lookup: Lookup) -> str:
    name = cells.text("Samordnande kommun", most=150)
    found = lookup.organisations.get(name.casefold())
    if name and (found is None or found["kind"] not in ("municipality", "federation")):
        cells.fault("Samordnande kommun", _("är okänd"), _("en kommun eller förbundet"))
    return found["name"] if found else ""


def _participants(cells: Cells, lookup: Lookup) -> list[str]:
    words = cells.listed("Deltagande kommuner")
    if not words:
        cells.fault("Deltagande kommuner", _("saknas"), _("kommuner med komma emellan, eller Alla"))
    municipal = sorted(
        row["name"] for row in lookup.organisations.values() if row["kind"] == "municipality"
    )
    if [word.casefold() for word in words] == ["alla"]:
        return municipal
    found: set[str] = set()
    for word in words:
        known = lookup.organisations.get(word.casefold())
        if known is None:
            cells.fault("Deltagande kommuner", _("är okänd"), _("en kommun som den heter"), word)
        else:
            found.add(known["name"])
    return sorted(found)


def _funding(cells: Cells, budget: int | None) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    unfunded: int | None = None
    for words in cells.listed("Finansiering", "|"):
        match = _MONEY.fullmatch(words)
        amount = cells.amount_in("Finansiering", match["amount"]) if match else None
        if match is None:
            wish = _("en källa och ett belopp, som Egen budget 450 000")
            cells.fault("Finansiering", _("går inte att tolka"), wish, words)
        if match is None or amount is None:
            continue
        source, _comma, state = match["source"].rstrip(",").partition(",")
        if source.strip().casefold() == UNFUNDED:
            unfunded = amount
            continue
        if state.strip() and state.strip().casefold() not in STATES:
            cells.fault("Finansiering", _("har okänt läge"), _("sökt eller beviljat"), words)
        if amount == 0:
            cells.fault("Finansiering", _("är noll kronor"), _("ett belopp, eller ta bort"), words)
        lines.append(
            {
                "source": source.strip(),
                "kind": KINDS.get(source.strip().casefold(), "external"),
                "amount": amount,
                "state": STATES.get(state.strip().casefold(), "planned"),
            }
        )
    _adds_up(cells, budget, sum(line["amount"] for line in lines), unfunded)
    return lines


def _adds_up(cells: Cells, budget: int | None, found: int, unfunded: int | None) -> None:
    """Funding and what is said to be unfunded make up the budget."""
    if budget is None or not cells.sound:
        return
    total = found + (unfunded or 0)
    if total != budget:
        problem = _(
            "går inte ihop: {total} mot budgeten {budget}",
            total=kronor(total),
            budget=kronor(budget),
        )
        cells.fault("Finansiering", problem, _("rader som summerar till budgeten"))


def _milestones(cells: Cells, start: date | None, end: date | None) -> dict[str, date]:
    found: dict[str, date] = {}
    for words in cells.listed("Milstolpar", "|"):
        match = re.fullmatch(r"(\d{4}-\S+|\d{1,2}\s+\S+\s+\d{4})\s+(.+)", words)
        if match is None:
            wish = _("ett datum och en text, som 2026-03-31 Rapport klar")
            cells.fault("Milstolpar", _("går inte att tolka"), wish, words)
            continue
        day, title = cells.day_in("Milstolpar", match[1]), match[2].strip()
        if day is None:
            continue
        if (start and day < start) or (end and day > end):
            cells.fault(
                "Milstolpar",
                _("ligger utanför aktiviteten"),
                _("ett datum från start till slut"),
                words,
            )
        if len(title) > 150:
            cells.fault("Milstolpar", _("är för lång"), _("högst {most} tecken", most=150), title)
        if title in found:
            cells.fault("Milstolpar", _("finns två gånger"), _("olika namn på milstolpar"), title)
        found[title] = day
    return found
