"""What is said of questions that the bot does not answer: what it can answer instead."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.views import Part, bullets, text
from bot.conversations.ways_on import all_activities_button
from bot.language import _
from bot.questions.asking import Answered, Asking
from bot.questions.mentioned import Mentioned, mentioned
from bot.questions.understanding import Understood


async def decline(asking: Asking) -> Answered:
    """The question is outside what the bot knows."""
    return outside()


async def declined(db: AsyncConnection, understood: Understood) -> Answered:
    """What is said of a question that was declined, by its reason; of one that is outside, where
    its words are mentioned all the same."""
    match understood.declined:
        case "order":
            return order()
        case "personal":
            return personal()
        case "no_such":
            return no_such(understood.unknown[0])
        case _:
            found = await mentioned(db, understood)
            return nearest(found) if found.found else outside()


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


def nearest(found: Mentioned) -> Answered:
    """That it is not understood, and what tells of its words."""
    said = _("Jag vet inte säkert vad du frågar om.")
    return Answered(f"{said} {found.said()}", parts=found.parts(), buttons=found.buttons())


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
