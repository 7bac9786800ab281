"""A status report to a meeting: its sections as text that people edit, and as it is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.forms import read_card, stored
from bot.conversations.views import Card, Chart, Heading, Paragraph, Part, quiet, text
from bot.digests.compose import LONGEST_TITLE, pages
from bot.digests.gather import Material
from bot.digests.naming import report_title
from bot.digests.passage import listing
from bot.digests.period import Audience, Reader
from bot.digests.sections import sections_of
from bot.digests.sections.statuses import in_words
from bot.digests.wording import long_day
from bot.language import _
from bot.people import BodyId
from bot.plain_text import plain_text

LONGEST = 3_000
"""Characters of a section: what a field of a form holds."""

OPENING = "opening"
"""The first section, which no digest has: what the one who sends it wants to say."""

_BULLET = re.compile(r"[-–•*]\s+")


@dataclass(frozen=True)
class Written:
    """A section of the report as text; lines that begin with a dash are a list."""

    name: str
    heading: str
    text: str


@dataclass(frozen=True)
class MeetingReport:
    """A report with its meeting.

    `charts` are as they were drawn when it was drafted; `told` is what each section told then, by
    its name, as `digests.told` has it.
    """

    id: int
    meeting: int
    body: BodyId
    audience: Audience
    name: str
    held_on: date
    documents_due_on: date | None
    in_depth: bool
    state: str
    covers_from: datetime
    covers_to: datetime
    sections: tuple[Written, ...]
    charts: tuple[Chart, ...] = ()
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    cancelled: bool = False
    edited: tuple[str, datetime] | None = None
    sent: tuple[str, datetime] | None = None
    view: Mapping[str, Any] | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return report_title(self.audience, self.name, self.held_on, in_depth=self.in_depth)

    @property
    def reader(self) -> Reader:
        """Whose it is, as digests have it."""
        several = self.audience is Audience.NETWORK
        return Reader(self.audience, self.body if several else None)

    @property
    def tells(self) -> Mapping[str, str]:
        """What the report tells as it stands: nothing of a section that has been emptied."""
        emptied = {each.name for each in self.sections if not each.text.strip()}
        kept = (told for name, told in self.told.items() if name not in emptied)
        return {key: value for told in kept for key, value in told.items()}

    @property
    def is_draft(self) -> bool:
        """Whether it may be edited and sent."""
        return self.state == "drafted" and not self.cancelled

    @property
    def due_on(self) -> date:
        """When it should be sent: the documents' day, or that of the meeting."""
        return self.documents_due_on or self.held_on


def read_report(row: RowMapping) -> MeetingReport:
    """The report in a row of `storage.queries.meeting_reports`."""
    kept: Mapping[str, Any] = row["sections"]
    charts = [part for each in kept["charts"] for part in read_card(each).parts]
    edited, sent = row["edited_at"], row["sent_at"]
    return MeetingReport(
        id=row["id"],
        meeting=row["meeting_id"],
        body=BodyId(row["body_id"]),
        audience=Audience(row["body_kind"]),
        name=row["body_name"] if row["body_kind"] == "network" else "",
        held_on=row["held_on"],
        documents_due_on=row["documents_due_on"],
        in_depth=row["kind"] == "in_depth",
        state=row["state"],
        covers_from=row["covers_from"],
        covers_to=row["covers_to"],
        sections=tuple(Written(**each) for each in kept["sections"]),
        charts=tuple(each for each in charts if isinstance(each, Chart)),
        told=row["told"],
        cancelled=row["cancelled"],
        edited=(row["editor_name"], edited) if edited is not None else None,
        sent=(row["sender_name"], sent) if sent is not None else None,
        view=row["view"],
    )


def stored_sections(sections: Sequence[Written], charts: Sequence[Chart]) -> dict[str, Any]:
    """As kept in `meeting_reports.sections`."""
    return {
        "charts": [stored(Card(summary=each.title, parts=(each,))) for each in charts],
        "sections": [vars(each) for each in sections],
    }


def written(
    material: Material,
) -> tuple[tuple[Written, ...], tuple[Chart, ...], dict[str, Mapping[str, str]]]:
    """What the material says as text by section, its charts, and what each section told."""
    found = [Written(OPENING, _("Sammanfattning"), in_words(material) + ".")]
    charts: list[Chart] = []
    told: dict[str, Mapping[str, str]] = {}
    for section in sections_of(material):
        passage = section.says(material)
        if passage.told:
            told[section.name] = dict(passage.told)
        parts = [each for each in passage.parts if not isinstance(each, Chart)]
        charts += [each for each in passage.parts if isinstance(each, Chart)]
        if parts:
            found.append(Written(section.name, section.label(), _as_text(parts)))
    return tuple(found), tuple(charts), told


def _as_text(parts: Sequence[Part]) -> str:
    """The parts as lines, those that have no room left out."""
    drawn = [plain_text(Card(summary="-", parts=(each,))) for each in parts]
    lines = "\n".join(drawn).splitlines()
    kept: list[str] = []
    for line in lines:
        if sum(len(each) + 1 for each in kept) + len(line) > LONGEST - 10:
            kept.append("…")
            break
        kept.append(line)
    return "\n".join(kept).strip()


def report_cards(report: MeetingReport) -> tuple[Card, ...]:
    """The report as it is read: the time it covers, the summary, charts, then section by section.

    A section without text is left out.
    """
    parts: list[Part] = [_covers(report)]
    for each in report.sections:
        said = _read(each.text)
        if said:
            parts += [Heading(text=each.heading), *said]
        if each.name == OPENING:
            parts += report.charts
    turns = pages(parts)
    title = shortened(report.title, LONGEST_TITLE)
    return tuple(
        _card(title, tuple(parts[turn]), number, len(turns)) for number, turn in enumerate(turns, 1)
    )


def _card(title: str, parts: tuple[Part, ...], number: int, of: int) -> Card:
    if of > 1:
        title = _("{title} ({number} av {of})", title=title, number=number, of=of)
    return Card(title=title, summary=f"{title}.", parts=parts)


def _covers(report: MeetingReport) -> Paragraph:
    today = in_stockholm(report.covers_to).date()
    return quiet(
        _(
            "Läget {day}. Här står vad som har hänt sedan {since}.",
            day=long_day(today, today),
            since=long_day(in_stockholm(report.covers_from).date(), today),
        )
    )


def _read(words: str) -> list[Part]:
    """Paragraphs and lists as they were written."""
    parts: list[Part] = []
    bulleted: list[str] = []
    plain: list[str] = []

    def turn() -> None:
        if bulleted:
            parts.extend(listing([(each,) for each in bulleted]))
        if plain:
            parts.append(text("\n".join(plain)))
        bulleted.clear()
        plain.clear()

    for line in words.splitlines():
        bullet = _BULLET.match(line)
        if bullet and line[bullet.end() :].strip():
            if plain:
                turn()
            bulleted.append(line[bullet.end() :].strip())
        elif line.startswith("  ") and bulleted and line.strip():
            bulleted[-1] += f" {line.strip()}"
        else:
            if bulleted or not line.strip():
                turn()
            if line.strip():
                plain.append(line.strip())
    turn()
    return parts
