"""`ansökan`: register applications to outside funders, follow them, and write what came of them."""

from bot.conversations.applications.answered import GRANTED, REJECTED
from bot.conversations.applications.application_card import NAME
from bot.conversations.applications.at_home import applications_at_home
from bot.conversations.applications.editing import EDIT
from bot.conversations.applications.listing import list_applications
from bot.conversations.applications.naming import asked_application
from bot.conversations.applications.register_form import REGISTER, register
from bot.conversations.applications.sending import REPORTED, SENT
from bot.conversations.applications.showing import what_about_it
from bot.conversations.applications.undoing import TAKE_BACK, WITHDRAW
from bot.conversations.applications.verbs import ALSO, PHRASES, VERBS
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.spoken_verbs import NUMBER, first_word, verb_in
from bot.conversations.steps import NotNow
from bot.conversations.understanding import here
from bot.language import _

_NEW = ("ny", "nya", "new", "registrera", "register")


async def answer(turn: Turn) -> Replies:
    """An application by its number and what to do with it; a new one; or a list."""
    if isinstance(turn.doing, Pressed):
        first, *rest = turn.doing.press.arguments or ("lista",)
        if first.isdecimal():
            return await _do(turn, first, " ".join(rest))
        return await list_applications(turn, "")
    words = turn.words.strip()
    known, rest = first_word(words)
    if known in _NEW:
        return await register(turn, rest.strip())
    match = NUMBER.match(words)
    if match:
        return await _do(turn, match[1], words[match.end() :])
    verb = _verb(words)
    if verb is not None and (later := NUMBER.match(verb[1])):
        return await _do(turn, later[1], f"{verb[0]} {verb[1][later.end() :]}")
    return await list_applications(turn, words)


def _verb(words: str) -> tuple[str, str] | None:
    return verb_in(words, VERBS, ALSO, PHRASES)


async def _do(turn: Turn, number: str, words: str) -> Replies:
    application = await asked_application(turn, (number,))
    if isinstance(application, NotNow):
        return application.replies
    if not words.strip():
        return await VERBS["visa"](turn, application, "")
    verb = _verb(words.strip())
    if verb is None:
        return (here(turn, what_about_it(application)),)
    return await VERBS[verb[0]](turn, application, verb[1])


APPLICATIONS = Conversation(
    name=NAME,
    says=lambda: _("Följ ansökningar till fonder och andra finansiärer"),
    answer=answer,
    synonyms=("ansökan", "ansökningar", "ansökningarna", "application", "applications"),
    examples=lambda: (
        Example(
            words=_("ansökan"),
            answer=_("ansökningar"),
            meaning=_("visar ansökningarna, det som kommer först överst"),
        ),
        Example(
            words=_("ansökan mina"),
            answer=_("ansökningar"),
            meaning=_("visar dem som du skriver eller vars aktivitet du ansvarar för"),
        ),
        Example(
            words=_("ansökan ny KOM-03"),
            answer=_("Ny ansökan"),
            meaning=_("registrerar en ansökan för en aktivitet"),
        ),
    ),
    at_home=applications_at_home,
    forms=(REGISTER, EDIT, SENT, GRANTED, REJECTED, WITHDRAW, TAKE_BACK, REPORTED),
)
