"""What can be done with an application, by the word that does it."""

from collections.abc import Awaitable, Callable, Mapping

from bot.applications.application import Application
from bot.conversations.applications.answered import grant, reject
from bot.conversations.applications.editing import edit
from bot.conversations.applications.sending import send, send_report
from bot.conversations.applications.showing import history, show
from bot.conversations.applications.undoing import take_back, withdraw
from bot.conversations.protocol import Replies, Turn

Verb = Callable[[Turn, Application, str], Awaitable[Replies]]

VERBS: Mapping[str, Verb] = {
    "visa": show,
    "historik": history,
    "redigera": edit,
    "skickad": send,
    "beviljad": grant,
    "avslag": reject,
    "dra_tillbaka": withdraw,
    "angra": take_back,
    "rapporterad": send_report,
}
"""Buttons carry these words, so they stay."""

ALSO: Mapping[str, str] = {
    "show": "visa",
    "history": "historik",
    "andra": "redigera",
    "edit": "redigera",
    "change": "redigera",
    "inskickad": "skickad",
    "inlamnad": "skickad",
    "skickat": "skickad",
    "sokt": "skickad",
    "sent": "skickad",
    "applied": "skickad",
    "beviljat": "beviljad",
    "beviljades": "beviljad",
    "granted": "beviljad",
    "avslagen": "avslag",
    "rejected": "avslag",
    "nej": "avslag",
    "aterkalla": "dra_tillbaka",
    "withdraw": "dra_tillbaka",
    "undo": "angra",
    "rapport": "rapporterad",
    "rapporterat": "rapporterad",
    "reported": "rapporterad",
}
"""Other words that people type for them."""

PHRASES: Mapping[str, str] = {
    "dra tillbaka": "dra_tillbaka",
    "fick avslag": "avslag",
    "rapport skickad": "rapporterad",
    "report sent": "rapporterad",
    "take back": "angra",
}
"""Verbs that people write in two words."""
