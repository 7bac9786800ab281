"""What can be done with a need, by the word that does it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.conversations.assignments.asking_form import ask_from_need
from bot.conversations.needs.becoming import become_activity, become_area
from bot.conversations.needs.commenting import comment, comments
from bot.conversations.needs.history import history, show
from bot.conversations.needs.material_form import write_material
from bot.conversations.needs.merging import merge, split, take_apart
from bot.conversations.needs.need_form import open_editing
from bot.conversations.needs.notes import note, notes
from bot.conversations.needs.supporting import follow, support, unfollow, withdraw_support
from bot.conversations.needs.way import (
    accept,
    decline,
    name_preparer,
    onward,
    rest_it,
    resume,
    take_back,
)
from bot.conversations.needs.withdrawing import restore, withdraw
from bot.conversations.protocol import Replies, Turn
from bot.needs.need import Need

Verb = Callable[[Turn, Need, str], Awaitable[Replies]]

VERBS: Mapping[str, Verb] = {
    "visa": show,
    "historik": history,
    "stotta": support,
    "angra_stod": withdraw_support,
    "folj": follow,
    "sluta_folja": unfollow,
    "kommentera": comment,
    "kommentarer": comments,
    "redigera": open_editing,
    "dra_tillbaka": withdraw,
    "aterstall": restore,
    "sla_ihop": merge,
    "ta_isar": take_apart,
    "dela": split,
    "vidare": onward,
    "vila": rest_it,
    "ta_upp": resume,
    "avsla": decline,
    "anta": accept,
    "angra": take_back,
    "handlaggare": name_preparer,
    "anteckna": note,
    "anteckningar": notes,
    "underlag": write_material,
    "blir_aktivitet": become_activity,
    "blir_omrade": become_area,
    "ge_uppdrag": ask_from_need,
}
"""Buttons carry these words, so they stay."""

ALSO: Mapping[str, str] = {
    "stod": "stotta",
    "support": "stotta",
    "stodjer": "stotta",
    "folja": "folj",
    "follow": "folj",
    "kommentar": "kommentera",
    "comment": "kommentera",
    "history": "historik",
    "andra": "redigera",
    "komplettera": "redigera",
    "edit": "redigera",
    "aterta": "dra_tillbaka",
    "withdraw": "dra_tillbaka",
    "next": "vidare",
    "nasta": "vidare",
    "framat": "vidare",
    "bered": "vidare",
    "rest": "vila",
    "ateruppta": "ta_upp",
    "decline": "avsla",
    "accept": "anta",
    "anteckning": "anteckna",
    "note": "anteckna",
    "merge": "sla_ihop",
    "aktivitet": "blir_aktivitet",
    "show": "visa",
}
"""Other words that people type for them."""

PHRASES: Mapping[str, str] = {
    "sluta folja": "sluta_folja",
    "sla ihop": "sla_ihop",
    "ta isar": "ta_isar",
    "dra tillbaka": "dra_tillbaka",
    "ta upp": "ta_upp",
    "angra stod": "angra_stod",
    "nasta steg": "vidare",
    "blir aktivitet": "blir_aktivitet",
    "blir omrade": "blir_omrade",
    "blir insatsomrade": "blir_omrade",
    "ge uppdrag": "ge_uppdrag",
}
"""Verbs that people write in two words."""
