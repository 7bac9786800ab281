"""The words people read: Swedish as written in the code, English from its catalogue.

Swedish is the source, so `_("Hej")` is idiomatic Swedish wherever it stands. The catalogues are
read from their .po files when first needed; nothing has to be compiled.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("sv", "en")
LOCALES = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="sv")


def language() -> str:
    """The language spoken now, `sv` or `en`."""
    return _language.get()


@contextmanager
def speaking(wanted: str) -> Generator[None]:
    """Within this, `_` and the formats speak `wanted`; Swedish for a language we do not have."""
    token = _language.set(wanted if wanted in LANGUAGES else "sv")
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(wanted: str) -> GNUTranslations:
    with (LOCALES / wanted / "LC_MESSAGES" / "samspel.po").open("rb") as source:
        catalogue = read_po(source, locale=wanted)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _(message: str, **values: object) -> str:
    """`message` in the language spoken now, its `{placeholders}` filled from `values`."""
    spoken = message if language() == "sv" else _catalogue(language()).gettext(message)
    return spoken.format(**values) if values else spoken


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """`one` or `many` as `n` asks, with `{n}` and `values` filled in."""
    if language() == "sv":
        spoken = one if n == 1 else many
    else:
        spoken = _catalogue(language()).ngettext(one, many, n)
    return spoken.format(n=number(n), **values)


def number(value: int) -> str:
    """`1200000` as `1 200 000`."""
    return _number(value, language())


@lru_cache(maxsize=10_000)
def _number(value: int, spoken: str) -> str:
    # Babel takes a while over each, and a digest holds hundreds.
    return numbers.format_decimal(value, locale=spoken)


def kronor(amount: int) -> str:
    """Whole kronor: `1 200 000 kr`."""
    return _("{amount} kr", amount=number(amount))


def short_date(day: date) -> str:
    """`24 nov. 2026`, without time."""
    return dates.format_date(day, "d MMM y", locale=language())


def dated_time(moment: datetime) -> str:
    """`24 nov. 2026 13:00`; `moment` is already in the reader's time zone."""
    return dates.format_datetime(moment, "d MMM y HH:mm", locale=language())


def weekday(number: int) -> str:
    """The name of an ISO weekday: `måndag` for 1."""
    return dates.get_day_names("wide", "stand-alone", language())[number - 1]


def weekday_date(day: date) -> str:
    """`tisdag 24 november`."""
    return dates.format_date(day, "EEEE d MMMM", locale=language())


def short_time(moment: datetime) -> str:
    """`24 nov. 13:00`; `moment` is already in the reader's time zone."""
    return dates.format_datetime(moment, "d MMM HH:mm", locale=language())
