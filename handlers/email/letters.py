"""What a message becomes by mail: links that lead on as the person, and why they got it."""

from collections.abc import Callable, Mapping
from email.utils import parseaddr

from bot.addresses import is_ours
from bot.conversations.views import (
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Paragraph,
    Part,
    Span,
    link,
    quiet,
    text,
)
from bot.language import _
from handlers.email.render import pressed_at

Leads = Callable[[str], str]
"""Where a link to a page of ours leads in the mail."""

HOME = "/"
SETTINGS = "/visa/installningar"
LINK_ACCOUNT = "/visa/koppla_konto"


def letter(
    card: Card, lead: Leads, *, stop: tuple[str, str] | None, chosen: bool, has_chat: bool
) -> Card:
    """The card and the pages that follow it, their links leading as `lead` says, and below it why
    it came and how to stop.

    `stop`: the kind of letter and the page that stops it. Whoever has no chat gets a button to
    the bot's own pages, and one to how they get one.
    """
    said = [part for page in (card, *card.more) for part in page.parts] or [text(card.summary)]
    parts = [_leading(part, lead) for part in said]
    if not has_chat:
        ways_in = ((_("Öppna Samspel"), HOME), (_("Koppla ditt konto"), LINK_ACCOUNT))
        buttons = tuple(Button(label=label, href=lead(path)) for label, path in ways_in)
        parts.append(Buttons(buttons=buttons))
    parts += [Divider(), quiet(_why(chosen=chosen, has_chat=has_chat))]
    if not has_chat:
        how = _(
            "Använder ni Slack eller Teams? Skriv hej till Samspel där, så kopplas ditt konto och "
            "det som är till dig kommer dit i stället."
        )
        parts.append(quiet(how))
    where = link(_("Välj var du vill ha det som är till dig"), lead(SETTINGS))
    ways = (
        (where,) if stop is None else (link(stop_words(stop[0]), stop[1]), Span(text=" · "), where)
    )
    parts.append(quiet(*ways))
    return card.model_copy(update={"parts": tuple(parts)})


def _why(*, chosen: bool, has_chat: bool) -> str:
    if chosen:
        return _("Du får det här med mejl från Samspel för att du har valt det.")
    if has_chat:
        return _("Du får det här med mejl från Samspel för att du inte kunde nås i någon chatt.")
    return _(
        "Du får det här med mejl från Samspel för att du inte har kopplat något konto i Slack "
        "eller Teams."
    )


def stop_words(kind: str) -> str:
    """What stopping letters of that kind is called, on a link or button."""
    if kind == "digest":
        return _("Sluta skicka sammanfattningar med mejl")
    return _("Sluta skicka påminnelser med mejl")


def list_headers(
    kind: str, stop: str | None, *, domain: str, reply_to: str | None
) -> Mapping[str, str]:
    """What mail programs are told of letters that may be stopped: as a list, with its way out.

    `stop`: the whole address of the page that stops them. RFC 8058 wants it encrypted for one
    click.
    """
    ways = [f"<{stop}>"] if stop else []
    if reply_to:
        ways.append(f"<mailto:{parseaddr(reply_to)[1]}?subject=stop%20{kind}>")
    headers = {"List-Id": f"<{kind}.samspel.{domain}>", "Precedence": "bulk"}
    if ways:
        headers["List-Unsubscribe"] = ", ".join(ways)
    if stop and stop.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _leading(part: Part, lead: Leads) -> Part:
    """The part with its links and presses as links of the mail; others stand as they are."""
    match part:
        case Paragraph(spans=spans):
            return part.model_copy(update={"spans": _spans(spans, lead)})
        case Bullets(items=items):
            return part.model_copy(update={"items": tuple(_spans(each, lead) for each in items)})
        case Buttons(buttons=buttons, overflow=overflow):
            changed = {
                "buttons": tuple(_button(each, lead) for each in buttons),
                "overflow": tuple(_button(each, lead) for each in overflow),
            }
            return part.model_copy(update=changed)
        case _:
            return part


def _spans(spans: tuple[Span, ...], lead: Leads) -> tuple[Span, ...]:
    return tuple(
        span.model_copy(update={"href": lead(span.href)})
        if span.href is not None and is_ours(span.href)
        else span
        for span in spans
    )


def _button(button: Button, lead: Leads) -> Button:
    if button.press is not None:
        path = pressed_at(button.press)
    elif button.href is not None and is_ours(button.href):
        path = button.href
    else:
        return button
    return Button(label=button.label, href=lead(path), style=button.style)
