"""On which days a person gets a digest of their own: a setting among the others."""

from collections.abc import Mapping
from typing import Any

from bot.conversations.forms import ManyChoiceField, Option
from bot.conversations.protocol import Turn
from bot.conversations.setting import Chosen, Setting, choose, values_of
from bot.language import _, weekday

DAYS = "digest_days"
"""What the setting is called; `storage.queries.digest_readers` reads it."""


def chosen_days(chosen: Mapping[str, Any]) -> list[int]:
    """The ISO weekdays among what a person has chosen."""
    kept = chosen.get(DAYS)
    return sorted(kept["days"]) if kept else []


def _shown(chosen: Chosen) -> str:
    days = chosen_days(chosen.values)
    return ", ".join(weekday(day) for day in days) if days else _("inga")


async def _keep(turn: Turn, answers: Mapping[str, Any]) -> None:
    await choose_days(turn, [int(each) for each in answers[DAYS] or ()])


async def choose_days(turn: Turn, days: list[int]) -> None:
    """Have a digest come on those days from now on; what is chosen already keeps its time."""
    before = await _before(turn)
    if days == before:
        return
    kept = {"days": sorted(days), "since": turn.now.isoformat()}
    await choose(turn, DAYS, kept if days else None)


async def _before(turn: Turn) -> list[int]:
    return chosen_days(await values_of(turn))


OWN_DAYS = Setting(
    name=DAYS,
    label=lambda: _("Dagar för ett eget brev"),
    shown=_shown,
    value=lambda chosen: tuple(str(day) for day in chosen_days(chosen.values)),
    field=lambda chosen: ManyChoiceField(
        name=DAYS,
        label=_("Dagar för ett eget brev"),
        help=_(
            "Det du ansvarar för, följer och är med i, utan det du själv har gjort. När inget är "
            "nytt kommer inget. Den som får chefens eller styrgruppens brev personligen får "
            "inget eget."
        ),
        options=tuple(Option(value=str(day), label=weekday(day)) for day in range(1, 6)),
    ),
    keep=_keep,
)
