"""What is said when a co-financing poll has been started, or cannot be."""

from bot import bodies
from bot.bodies import named
from bot.clock import in_stockholm
from bot.conversations.polls.buttons import formal_buttons, page_button, show_button, verb_button
from bot.conversations.polls.wording import (
    closing,
    names_and_more,
    poll_name,
    short_title,
    title_of,
)
from bot.conversations.protocol import Turn
from bot.conversations.views import Buttons, Card, Part, bold, quiet, text
from bot.conversations.ways_on import help_button
from bot.language import _, kronor, ngettext, short_time
from bot.polls.co_financing import CoFinancing
from bot.polls.mandates import Mandates
from bot.polls.poll import Poll


async def may_not_start(turn: Turn) -> Card:
    """Who starts such polls, by name."""
    today = in_stockholm(turn.now).date()
    chef = await bodies.holders(turn.db, "manager", today)
    director = await bodies.holders(turn.db, "federation_director", today)
    return who_starts(named(chef) or "–", named(director) or "–")


def who_starts(chef: str, director: str) -> Card:
    """That it is for chef and förbundsdirektör."""
    said = _(
        "Omröstningar om medfinansiering och prioritering startas av chefen, {chef}, eller "
        "förbundsdirektören, {director}. En snabbfråga till ditt nätverk kan du ställa själv: "
        "rosta ”Din fråga?” Ja, Nej",
        chef=chef,
        director=director,
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=(help_button(),))), tone="warning")


def not_again(poll: Poll) -> Card:
    """That it is formal already, or has been made so."""
    if poll.formal_id is not None:
        other = poll_name(poll.formal_id)
        said = _("{title} har redan blivit formell: {other}.", title=title_of(poll), other=other)
    else:
        said = _("{title} är redan en formell omröstning.", title=title_of(poll))
    return Card(
        summary=said,
        parts=(text(said), Buttons(buttons=(*formal_buttons(poll), show_button(poll)))),
        tone="warning",
    )


def started(asked: CoFinancing, held: Mandates) -> Card:
    """The receipt: what was sent to whom, and what happens next."""
    poll = asked.poll
    first, sent = _sent(asked, held)
    parts: list[Part] = [
        text(bold(first)),
        text(sent),
        text(
            _(
                "{count} kommuner ombeds bidra med {asked} tillsammans. De svarar senast {day}.",
                count=len(asked.places),
                asked=kronor(asked.proposal.asked),
                day=closing(poll),
            )
        ),
    ]
    nobody = [each.name for each in asked.places if not held.of(each.municipality)]
    if nobody:
        said = _("Ingen kan svara för {names}.", names=names_and_more(nobody))
        parts.append(text(f"⚠ {said}"))
    parts.append(quiet(_("När alla har svarat frågar jag om du vill stänga.")))
    manage = verb_button(_("Mer att göra"), poll, "hantera")
    parts.append(Buttons(buttons=(show_button(poll), manage, page_button(poll))))
    return Card(title=short_title(poll), summary=f"{first} {sent}", parts=tuple(parts), tone="good")


def _sent(asked: CoFinancing, held: Mandates) -> tuple[str, str]:
    """That it is sent and to how many, or that it waits; whoever sent it is not told of it."""
    poll = asked.poll
    if not poll.is_open:
        return (
            _("{title} är sparad och öppnar {when}.", title=title_of(poll),
              when=short_time(in_stockholm(poll.opens_at))),
            _("När den öppnar får de som har mandat sin kommuns andel privat."),
        )  # fmt: skip
    told = {each.id for place in asked.places for each in held.of(place.municipality)}
    return _("{title} är skickad.", title=title_of(poll)), ngettext(
        "{n} person med mandat har fått sin kommuns andel privat.",
        "{n} personer med mandat har fått sin kommuns andel privat.",
        len(told - {poll.started_by.id}),
    )
