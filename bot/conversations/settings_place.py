"""Where a person wants what is to them, and which letters they want by mail."""

from collections.abc import Mapping
from typing import Any, get_args

from bot.account_cards import platform_name
from bot.conversations.forms import ChoiceField, ManyChoiceField, Option
from bot.conversations.protocol import Turn
from bot.conversations.setting import Chosen, Setting, choose
from bot.language import _
from bot.outbox import Letter
from storage.queries import letters as queries

PLACE, STOPS = "place", "mail_stops"
"""Names under which the choices are kept."""

ANY = "senast"
MAIL = f"{queries.PLATFORM}|{queries.TENANT}"


async def _places(turn: Turn) -> tuple[tuple[str, str], ...]:
    """Where the person can be reached, with what each place is called."""
    found = await queries.places_of(turn.db, turn.person.id)
    platforms = [row["platform"] for row in found]
    return tuple(
        (
            f"{row['platform']}|{row['tenant']}",
            place_name(
                row["platform"], row["tenant"], several=platforms.count(row["platform"]) > 1
            ),
        )
        for row in found
    )


def place_name(platform: str, tenant: str, *, several: bool = False) -> str:
    """What a place is called; with its tenant where the person has `several` on the platform."""
    if platform == queries.PLATFORM:
        return _("mejl")
    name = platform_name(platform)
    return f"{name}, {tenant}" if several else name


def _any() -> str:
    return _("den chatt jag använde senast")


def _value(chosen: Chosen) -> str:
    """What is chosen, while it can be used."""
    kept: Mapping[str, str] = chosen.values.get(PLACE) or {}
    value = f"{kept.get('platform')}|{kept.get('tenant')}"
    return value if value in dict(chosen.offered.get(PLACE, ())) else ANY


def _shown(chosen: Chosen) -> str:
    value = _value(chosen)
    return _any() if value == ANY else dict(chosen.offered[PLACE])[value]


async def _keep_place(turn: Turn, answers: Mapping[str, Any]) -> None:
    platform, _bar, tenant = answers[PLACE].partition("|")
    kept = None if answers[PLACE] == ANY else {"platform": platform, "tenant": tenant}
    await choose(turn, PLACE, kept)


def _has_a_choice(chosen: Chosen) -> bool:
    return len(chosen.offered.get(PLACE, ())) > 1


def _can_be_mailed(chosen: Chosen) -> bool:
    return MAIL in dict(chosen.offered.get(PLACE, ()))


def letter_name(letter: Letter) -> str:
    """What letters of that kind are called."""
    return _("sammanfattningar") if letter == "digest" else _("påminnelser")


def _wanted(chosen: Chosen) -> tuple[Letter, ...]:
    stopped = chosen.values.get(STOPS) or ()
    return tuple(each for each in get_args(Letter) if each not in stopped)


async def _keep_letters(turn: Turn, answers: Mapping[str, Any]) -> None:
    wanted = answers["mail_letters"] or ()
    for each in get_args(Letter):
        change = queries.resume if each in wanted else queries.stop
        await change(turn.db, turn.person.id, each, turn.now, source=turn.place.platform)


PLACE_SETTINGS: tuple[Setting, ...] = (
    Setting(
        name=PLACE,
        label=lambda: _("Personliga meddelanden"),
        shown=_shown,
        value=_value,
        field=lambda chosen: ChoiceField(
            name=PLACE,
            label=_("Var vill du ha personliga meddelanden?"),
            help=_("Allt som är till dig kommer till ett ställe. Svar får du där du frågar."),
            required=True,
            options=(
                Option(value=ANY, label=_any()),
                *(
                    Option(value=value, label=words)
                    for value, words in chosen.offered.get(PLACE, ())
                ),
            ),
        ),
        keep=_keep_place,
        offers=_places,
        asked_of=_has_a_choice,
    ),
    Setting(
        name="mail_letters",
        label=lambda: _("Med mejl"),
        shown=lambda chosen: ", ".join(map(letter_name, _wanted(chosen))) or _("ingetdera"),
        value=_wanted,
        field=lambda chosen: ManyChoiceField(
            name="mail_letters",
            label=_("Vad vill du ha med mejl?"),
            help=_("Det gäller bara det som annars kommer till dig med mejl."),
            options=tuple(Option(value=each, label=letter_name(each)) for each in get_args(Letter)),
        ),
        keep=_keep_letters,
        asked_of=_can_be_mailed,
    ),
)
