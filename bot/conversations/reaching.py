"""Whether people can be reached where their accounts are, for administrators."""

from collections.abc import Sequence

from bot.account_cards import platform_name
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Buttons, Card, Part, press, quiet, text
from bot.conversations.waiting_accounts import NAME
from bot.language import _, ngettext
from storage.queries.accounts import LinkedAccount, Unreached

A_PAGE = 8
"""People on one card: with the buttons that turn pages, all that there is room for."""


def reach(account: LinkedAccount) -> str:
    """Whether something can be said to the account, and if not, why and what cures it."""
    platform = platform_name(account.platform)
    match account.chat:
        case "open":
            return _("Kan nås.")
        case "closed":
            return _(
                "Kan inte nås: Samspel är borttaget eller blockerat av personen i {platform}. Be "
                "personen lägga till Samspel där och skriva något till mig.",
                platform=platform,
            )
        case "missing":
            return _(
                "Kan inte nås: personen har inte lagt till Samspel i {platform} än. Be personen "
                "göra det och skriva något till mig.",
                platform=platform,
            )
        case "place_closed":
            return _(
                "Kan inte nås: Samspel är borttaget ur {place} i {platform}.",
                place=account.place,
                platform=platform,
            )


def nowhere(accounts: Sequence[LinkedAccount]) -> str:
    """That the person is reached by no chat, and where they find what is meant for them."""
    chats = [each for each in accounts if each.platform != "web"]
    if not chats or any(each.chat == "open" for each in chats):
        return ""
    return _("Det som är till personen syns därför bara på webben.")


def unreached_card(people: Sequence[Unreached], total: int, page: int) -> Card:
    """People who cannot be reached in any chat, one page of them, each with a button."""
    if not total:
        said = _("Alla som har ett kopplat konto kan nås i en chatt.")
        return Card(summary=said, parts=(text(said), Buttons(buttons=(_to_waiting(),))))
    title = ngettext(
        "{n} person kan inte nås i någon chatt", "{n} personer kan inte nås i någon chatt", total
    )
    why = _(
        "De har kopplade konton, men ingen chatt där jag kan skriva till dem. Det som är till dem "
        "syns bara på webben."
    )
    parts: list[Part] = [text(why), quiet(_("Välj en person så ser du varför."))]
    parts += [
        Buttons(buttons=tuple(_persons(some))) for some in (people[:4], people[4:A_PAGE]) if some
    ]
    parts.append(Buttons(buttons=tuple(_turning(total, page))))
    names = shortened(", ".join(each.name for each in people[:A_PAGE]), 1_500)
    return Card(title=title, summary=f"{title}: {names}.", parts=tuple(parts))


def _persons(people: Sequence[Unreached]) -> list[Button]:
    return [
        Button(
            label=shortened(f"{each.name}, {each.email}", 75), press=press(NAME, "person", each.id)
        )
        for each in people
    ]


def _turning(total: int, page: int) -> list[Button]:
    buttons = [_to_waiting()]
    if page * A_PAGE < total:
        buttons.insert(0, Button(label=_("Nästa"), press=press(NAME, "onabara", page + 1)))
    if page > 1:
        buttons.insert(0, Button(label=_("Föregående"), press=press(NAME, "onabara", page - 1)))
    return buttons


def _to_waiting() -> Button:
    return Button(label=_("Visa dem som väntar"), press=press(NAME))
