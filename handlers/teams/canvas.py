"""What drawing for Teams needs besides the view: addresses, accounts and pictures for a tenant."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from microsoft_teams.cards.core import Mention, MentionedEntity

from bot.addresses import leads
from bot.conversations.views import Chart


@dataclass(frozen=True)
class Mentioned:
    """A person's account in Teams: its id there, and the name that is shown."""

    id: str
    name: str


def nothing(_of: int | Chart) -> None:
    """There is no picture of it."""


@dataclass(frozen=True)
class Canvas:
    """One conversation being drawn for.

    `base` is where our own pages are, empty where people cannot reach them. `mentions` are the
    accounts in Teams of people by our id. `picture` and `chart` tell the public HTTPS address of a
    stored picture, or of the picture of a chart, or None.
    """

    base: str = ""
    mentions: Mapping[int, Mentioned] = field(default_factory=dict[int, Mentioned])
    picture: Callable[[int], str | None] = nothing
    chart: Callable[[Chart], str | None] = nothing

    def address(self, href: str) -> str | None:
        """The full address of a page of ours or of the web; None where it would lead nowhere."""
        return leads(href, self.base or None)

    def mention(self, person_id: int | None) -> Mention | None:
        """The mention of a person, whose text stands in the card's words too.

        Two people of one name get texts that differ by what nobody sees: Teams finds the account
        by the text.
        """
        if person_id is None or person_id not in self.mentions:
            return None
        account, name = self.mentions[person_id], _callable_name(self.mentions[person_id].name)
        before = sum(
            _callable_name(other.name) == name
            for number, other in self.mentions.items()
            if number < person_id
        )
        entity = MentionedEntity(id=account.id, name=account.name)
        return Mention(text=f"<at>{name}{chr(0x200B) * before}</at>", mentioned=entity)


def _callable_name(name: str) -> str:
    """The name without what would end a mention, or be read as markup within it."""
    return " ".join(re.sub(r"[<>&*_~`\[\](){}$\\\x00-\x1f]", " ", name).split()) or "?"
