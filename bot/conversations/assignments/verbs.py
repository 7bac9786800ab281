"""What can be done with an assignment, by the word that does it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.assignments.assignment import Assignment
from bot.conversations.assignments.answering import accept, ask_priority, decline, hand_over
from bot.conversations.assignments.deciding import (
    agree,
    another_day,
    give_time,
    refuse_day,
    refuse_time,
)
from bot.conversations.assignments.doing import change_hours, finish, reopen, tell_progress
from bot.conversations.assignments.mending import ask_somebody_else, edit, withdraw
from bot.conversations.assignments.showing import history, show
from bot.conversations.protocol import Replies, Turn

Verb = Callable[[Turn, Assignment, str], Awaitable[Replies]]

VERBS: Mapping[str, Verb] = {
    "visa": show,
    "historik": history,
    "ja": accept,
    "nej": decline,
    "lamna": hand_over,
    "prioritera": ask_priority,
    "ge_tid": give_time,
    "avsla_tid": refuse_time,
    "annat_datum": another_day,
    "godkann_datum": agree,
    "neka_datum": refuse_day,
    "framsteg": tell_progress,
    "klart": finish,
    "timmar": change_hours,
    "oppna": reopen,
    "andra": edit,
    "fraga": ask_somebody_else,
    "aterkalla": withdraw,
}
"""Buttons carry these words, so they stay."""

ALSO: Mapping[str, str] = {
    "show": "visa",
    "history": "historik",
    "yes": "ja",
    "japp": "ja",
    "tar": "ja",
    "accept": "ja",
    "acceptera": "ja",
    "no": "nej",
    "decline": "nej",
    "lamnar": "lamna",
    "overlamna": "lamna",
    "prioriteras": "prioritera",
    "progress": "framsteg",
    "klar": "klart",
    "done": "klart",
    "hours": "timmar",
    "lovar": "timmar",
    "reopen": "oppna",
    "redigera": "andra",
    "edit": "andra",
    "withdraw": "aterkalla",
    "avbryt": "aterkalla",
    "avsla": "avsla_tid",
    "godkann": "godkann_datum",
}
"""Other words that people type for them."""

PHRASES: Mapping[str, str] = {
    "ge tid": "ge_tid",
    "annat datum": "annat_datum",
    "kan inte": "nej",
    "tackar nej": "nej",
    "tacka nej": "nej",
    "lamna till": "lamna",
    "behover prioriteras": "prioritera",
    "maste prioriteras": "prioritera",
    "fraga nagon annan": "fraga",
    "oppna igen": "oppna",
    "godkann datum": "godkann_datum",
    "neka datum": "neka_datum",
    "hand over": "lamna",
    "give time": "ge_tid",
    "another date": "annat_datum",
    "take back": "aterkalla",
}
"""Verbs that people write in several words."""
