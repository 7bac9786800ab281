"""The files that a body gets about a poll, in Swedish as public records are."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents.need_files import EXCEL, WORD
from bot.documents.poll_sheet import poll_sheet
from bot.documents.poll_word import poll_document
from bot.language import speaking
from bot.plan import Plan
from bot.polls.seen import Seen


@dataclass(frozen=True)
class PollFile:
    """A file to be written or sent."""

    name: str
    content: bytes
    media_type: str


def word_file(seen: Seen, plan: Plan, now: datetime) -> PollFile:
    """The tjänsteskrivelse of a poll; `seen` is what everybody may see."""
    with speaking("sv"):
        content = poll_document(seen, plan, now)
    return PollFile(f"omrostning-{seen.poll.id}.docx", content, WORD)


def excel_file(seen: Seen, plan: Plan, now: datetime) -> PollFile:
    """The workbook of a poll; `seen` is what everybody may see."""
    with speaking("sv"):
        content = poll_sheet(seen, plan, now)
    return PollFile(f"omrostning-{seen.poll.id}.xlsx", content, EXCEL)
