"""What could not be delivered, for administrators: how much waits, what failed, and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.account_cards import platform_name
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.protocol import Conversation, Example, Pressed, Refusal, Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, facts, press, quiet, text
from bot.finding import read_number
from bot.language import _, ngettext, number, short_time
from bot.pages import running_page, undelivered_page
from bot.people import Person
from storage.queries import undelivered as queries
from storage.queries.undelivered import HowMany, Undelivered, Waiting

NAME = "leverans"
A_PAGE = 4


def refusal(person: Person) -> Refusal | None:
    """Only administrators see and retry what was not delivered."""
    if person.is_administrator:
        return None
    return Refusal(
        _(
            "Bara administratörerna ser vad som inte har gått fram. Be IT-förvaltaren "
            "(administratören) om hjälp om du väntar på något som inte kommer."
        )
    )


@dataclass(frozen=True)
class Shown:
    """What the card shows: a page of what failed, of how much, and what waits."""

    waiting: Waiting
    many: HowMany
    failed: Sequence[Undelivered]
    page: int


async def answer(turn: Turn) -> Replies:
    """How it stands, or what a press asks to have tried again and then how it stands."""
    told, page = "", 1
    if isinstance(turn.doing, Pressed):
        verb, what = (*turn.doing.press.arguments, "", "")[:2]
        if verb == "sida":
            page = read_number(what)
        elif verb == "alla":
            told = tried_again(await queries.retry_all(turn.db))
        elif verb == "igen":
            told = tried_again(await again(turn, what))
    return (say(turn, delivery_card(await _shown(turn, page), told)),)


async def again(turn: Turn, what: str) -> int:
    """Have one tried again by its name, such as `message-12`; how many that were."""
    found = read_name(what)
    return int(found is not None and await queries.retry(turn.db, *found))


def read_name(what: str) -> tuple[Literal["message", "card"], int] | None:
    """The kind and key in the name of something undelivered; None for anything else."""
    kind, _dash, key = what.partition("-")
    if kind not in ("message", "card") or not (key.isascii() and key.isdecimal()):
        return None
    return (kind, int(key)) if len(key) < 19 else None


def tried_again(n: int) -> str:
    """What is said of so many that a bot now tries again."""
    if n:
        return ngettext("{n} försöks nu igen.", "{n} försöks nu igen.", n)
    return _("Inget försöks igen: det har redan gått fram, eller så är kanalen stängd.")


async def _shown(turn: Turn, page: int) -> Shown:
    many = await queries.how_many_undelivered(turn.db)
    page = min(max(page, 1), max(1, -(-many.total // A_PAGE)))
    return Shown(
        await queries.waiting(turn.db, now=turn.now),
        many,
        await queries.undelivered(turn.db, limit=A_PAGE, skip=(page - 1) * A_PAGE),
        page,
    )


def delivery_card(shown: Shown, told: str = "") -> Card:
    """How it stands, with a button for each that failed. `told`: what was just done."""
    many = shown.many
    parts: list[Part] = [text(told)] if told else []
    parts.append(facts(*_facts(shown.waiting, many)))
    for each in shown.failed:
        parts += _failed(each)
    parts.append(Buttons(buttons=tuple(_ways(shown))))
    said = not_arrived(many.total) if many.total else _("Allt som har skickats har gått fram")
    waits = ngettext("{n} väntar", "{n} väntar", shown.waiting.messages)
    summary = f"{said}, {waits}. {told}".strip()
    return Card(
        title=said,
        summary=summary,
        parts=tuple(parts),
        tone="warning" if many.total else "good",
    )


def not_arrived(total: int) -> str:
    """How much has not arrived."""
    return ngettext(
        "{n} meddelande har inte gått fram", "{n} meddelanden har inte gått fram", total
    )


def _facts(waiting: Waiting, many: HowMany) -> list[tuple[str, str]]:
    shown = [(_("Väntar på att skickas"), number(waiting.messages))]
    if waiting.oldest is not None:
        shown.append((_("Det äldsta har väntat sedan"), since(waiting.oldest)))
    shown.append((_("Har inte gått fram"), number(many.total)))
    return shown


def since(moment: datetime) -> str:
    """When something began, as administrators read it."""
    return short_time(in_stockholm(moment))


def where(each: Undelivered) -> str:
    """The conversation and its platform."""
    name = shortened(each.conversation, 100)
    if each.platform == "email":
        mailed = _("{name}, med mejl", name=name)
        return _("{name} (stängd)", name=mailed) if each.closed else mailed
    if each.closed:
        return _("{name} i {platform} (stängd)", name=name, platform=platform_name(each.platform))
    return _("{name} i {platform}", name=name, platform=platform_name(each.platform))


def _failed(each: Undelivered) -> list[Part]:
    cause = shortened(each.cause or _("Orsaken är inte känd"), 300)
    tries = ngettext("{n} försök", "{n} försök", each.attempts)
    made: list[Part] = [
        text(bold(where(each)), ": ", cause),
        quiet(_("Från {when}, {tries}.", when=since(each.created_at), tries=tries)),
    ]
    if not each.closed:
        again = press(NAME, "igen", f"{each.kind}-{each.id}")
        made.append(Buttons(buttons=(Button(label=_("Försök igen"), press=again),)))
    return made


def _ways(shown: Shown) -> list[Button]:
    made: list[Button] = []
    if shown.many.open > 1:
        label = _("Försök med alla {n} igen", n=number(shown.many.open))
        made.append(Button(label=label, press=press(NAME, "alla"), style="primary"))
    if shown.page > 1:
        made.append(Button(label=_("Föregående"), press=press(NAME, "sida", shown.page - 1)))
    if shown.page * A_PAGE < shown.many.total:
        made.append(Button(label=_("Nästa"), press=press(NAME, "sida", shown.page + 1)))
    if shown.many.total:
        made.append(Button(label=_("Öppna listan"), href=undelivered_page()))
    made.append(Button(label=_("Hur det går"), href=running_page()))
    return made


async def at_home(turn: Turn) -> tuple[Card, ...]:
    """How much has failed, and the way to it; nothing when all arrives."""
    if refusal(turn.person) is not None:
        return ()
    many = await queries.how_many_undelivered(turn.db)
    return (home_card(many.total),) if many.total else ()


def home_card(total: int) -> Card:
    """That something has not arrived, and the way to it."""
    said = not_arrived(total)
    show = Button(label=_("Visa vad som inte gått fram"), press=press(NAME), style="primary")
    return Card(title=said, summary=said, parts=(Buttons(buttons=(show,)),), tone="warning")


DELIVERY = Conversation(
    name=NAME,
    says=lambda: _("Se vad som inte har gått fram, och försök igen"),
    answer=answer,
    synonyms=("leveranser", "olevererat", "delivery", "undelivered"),
    examples=lambda: (
        Example(
            words=_("leverans"),
            answer=_("gått fram"),
            meaning=_("visar vad som väntar och vad som inte har gått fram"),
        ),
    ),
    refusal=refusal,
    at_home=at_home,
)
