"""What a co-financing poll would say, shown before it is sent: shares, and who can be reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.account_cards import platform_name
from bot.conversations.polls.start_fields import weight_words
from bot.conversations.polls.wording import key_word, names_and_more
from bot.conversations.views import Part, Table, bold, quiet, text
from bot.language import _, kronor, number, short_date
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.co_financing import Proposal
from bot.polls.cost_sharing import Sharer, SharingKey
from bot.polls.mandates import Mandates
from storage.queries.bodies import platforms_of

MOST_ROWS = 95


@dataclass(frozen=True)
class Reached:
    """Who answers for each municipality, and where each of them can be reached."""

    held: Mandates
    platforms: Mapping[int, Sequence[str]]

    def words(self, municipality: OrganisationId) -> str:
        """Who answers for it and how they are reached, in a line."""
        people = self.held.of(municipality)
        if not people:
            return _("⚠ ingen har mandat")
        said: list[str] = []
        for each in people:
            where = ", ".join(platform_name(one) for one in self.platforms.get(each.id, ()))
            said.append(f"{each.name} ({where})" if where else _("{name} (nås inte)",
                                                                 name=each.name))  # fmt: skip
        return "; ".join(said)


async def reached(
    db: AsyncConnection, held: Mandates, municipalities: Sequence[OrganisationId]
) -> Reached:
    """Look up where those with mandate can be reached."""
    people = [each.id for one in municipalities for each in held.of(one)]
    return Reached(held, await platforms_of(db, people))


def preview(
    proposal: Proposal,
    parts: Sequence[tuple[Sharer, str]],
    found: Mapping[OrganisationId, Kronor],
    reach: Reached,
) -> tuple[Part, ...]:
    """Each municipality's proposed share with its figure, the sum, and who cannot be reached."""
    rows = tuple(_row(each, name, found[each.id], reach) for each, name in parts[:MOST_ROWS])
    by_weight = proposal.key.kind is SharingKey.WEIGHTS
    columns = (
        _("Kommun"),
        _("Vikt") if by_weight else _("Invånare"),
        _("Andel"),
        _("Svarar, och nås i"),
    )
    table = Table(
        caption=_("Föreslagen andel per kommun"), columns=columns, rows=rows, numeric=(1, 2)
    )
    whole = _(
        "Tillsammans {sum} av {parts} kommuner, {key}.",
        sum=kronor(Kronor(sum(found.values()))),
        parts=number(len(parts)),
        key=key_word(proposal.key),
    )
    shown: list[Part] = [text(bold(whole)), table]
    if len(parts) > MOST_ROWS:
        shown.append(quiet(_("… och {n} kommuner till.", n=number(len(parts) - MOST_ROWS))))
    shown.append(quiet(_figures(parts)))
    nobody = [name for each, name in parts if not reach.held.of(each.id)]
    if nobody:
        said = _("Ingen kan svara för {names}. Ge mandat först, eller anteckna svaret själv.",
                 names=names_and_more(nobody))  # fmt: skip
        shown.append(text(f"⚠ {said}"))
    return tuple(shown)


def _row(sharer: Sharer, name: str, share: Kronor, reach: Reached) -> tuple[str, ...]:
    figure = number(sharer.inhabitants) if sharer.inhabitants is not None else "–"
    if sharer.weight is not None:
        figure = weight_words(sharer.weight)
    return (name, figure, kronor(share), reach.words(sharer.id))


def _figures(parts: Sequence[tuple[Sharer, str]]) -> str:
    """Which day the population figures are of."""
    days = sorted({each.counted_on for each, _name in parts if each.counted_on is not None})
    if not days:
        return _("Folkmängd saknas.")
    if len(days) == 1:
        return _("Folkmängd {day}, enligt SCB.", day=short_date(days[0]))
    return _("Folkmängd från {first} till {last}, enligt SCB.", first=short_date(days[0]),
             last=short_date(days[-1]))  # fmt: skip
