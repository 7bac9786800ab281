"""What is said of questions that the bot does not answer: what it can answer instead."""

from collections.abc import Sequence

from bot.conversations.views import Part, bullets, text
from bot.conversations.ways_on import all_activities_button
from bot.language import _
from bot.questions.asking import Answered, Asking
from bot.questions.mentioned import NOWHERE, Mentioned


async def decline(asking: Asking) -> Answered:
    """The question is outside what the bot knows."""
    return outside()


def declined(why: str, unknown: Sequence[str] = (), mentioned: Mentioned = NOWHERE) -> Answered:
    """What is said of a question that was declined for that reason (`Understood.declined`).

    `mentioned`: where its words are mentioned all the same.
    """
    match why:
        case "order":
            return order()
        case "personal":
            return personal()
        case "no_such":
            return no_such(unknown[0])
        case _:
            return nearest(mentioned) if mentioned.found else outside()


def no_such(code: str) -> Answered:
    """That the plan has no activity with that code."""
    return Answered(
        _("Det finns ingen aktivitet {code} i planen. Kontrollera koden.", code=code),
        buttons=(all_activities_button(),),
    )


def outside() -> Answered:
    """That it is outside, and what is inside."""
    return Answered(
        _(
            "Det vet jag inget om. Jag svarar på frågor om planen: hur aktiviteterna går, behov, "
            "omröstningar, pengar, uppdrag, ansökningar och möten."
        ),
        parts=_examples(),
    )


def nearest(mentioned: Mentioned) -> Answered:
    """That it is not understood, and what tells of its words."""
    said = _("Jag vet inte säkert vad du frågar om.")
    return Answered(
        f"{said} {mentioned.said()}", parts=mentioned.parts(), buttons=mentioned.buttons()
    )


def personal() -> Answered:
    """That people's own matters are theirs."""
    return Answered(
        _(
            "Om enskilda personer svarar jag bara på vad de ansvarar för i planen, inte på sådant "
            "som är deras eget. Fråga gärna vem som ansvarar för en aktivitet."
        ),
        parts=_examples(),
    )


def order() -> Answered:
    """That a question changes nothing, and how one does change something."""
    return Answered(
        _(
            "Jag har inte ändrat något: när du frågar svarar jag bara. Skriv hjälp, så visar jag "
            "hur du rapporterar, ger uppdrag och startar omröstningar."
        ),
        parts=_examples(),
    )


def _examples() -> tuple[Part, ...]:
    return (
        text(_("Du kan till exempel fråga så här:")),
        bullets(
            _("Vilka aktiviteter är röda?"),
            _("Vilka kommuner har inte svarat på medfinansieringen?"),
            _("Hur mycket pengar saknas totalt?"),
        ),
    )
