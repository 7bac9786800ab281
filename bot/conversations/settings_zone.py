"""Where a person's clock is, by which their hours are meant."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.clock import STOCKHOLM
from bot.conversations.forms import ChoiceField, Option
from bot.conversations.protocol import Turn
from bot.conversations.setting import Chosen, Setting
from bot.language import _
from storage.queries.personal import set_time_zone


def _zones() -> dict[str, str]:
    """Time zones near ours, by a place in each; from west to east."""
    return {
        "Atlantic/Reykjavik": _("Reykjavik"),
        "Europe/Lisbon": _("Lissabon"),
        "Europe/London": _("London"),
        STOCKHOLM.key: _("Stockholm"),
        "Europe/Helsinki": _("Helsingfors"),
        "Europe/Athens": _("Aten"),
        "Europe/Istanbul": _("Istanbul"),
    }


def _value(chosen: Chosen) -> str:
    zone = chosen.person.time_zone
    return zone if zone in _zones() else STOCKHOLM.key


async def _keep(turn: Turn, answers: Mapping[str, Any]) -> None:
    zone: str = answers["time_zone"]
    await set_time_zone(turn.db, turn.person.id, zone, now=turn.now, platform=turn.place.platform)
    turn.person = replace(turn.person, time_zone=zone)


TIME_ZONE = Setting(
    name="time_zone",
    label=lambda: _("Tidszon"),
    shown=lambda chosen: _zones()[_value(chosen)],
    value=_value,
    field=lambda chosen: ChoiceField(
        name="time_zone",
        label=_("Tidszon"),
        help=_("Tiderna för påminnelser gäller där."),
        required=True,
        options=tuple(Option(value=zone, label=name) for zone, name in _zones().items()),
    ),
    keep=_keep,
)
