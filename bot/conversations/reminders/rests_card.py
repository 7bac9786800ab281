"""What a person is not reminded of for the time being."""

from collections.abc import Sequence
from datetime import date

from bot.conversations.reminders.wording import NAME
from bot.conversations.views import Button, Buttons, Card, Part, press, text
from bot.language import _, weekday_date

MOST = 12


def rests_card(resting: Sequence[tuple[str, str, date]]) -> Card:
    """Each thing (name, key, until when) with the way to hear of it again."""
    settings = Button(label=_("Tider för påminnelser"), press=press("installningar"))
    away = Button(label=_("Frånvaro"), press=press("borta"))
    if not resting:
        said = _("Du har inte skjutit upp eller pausat någon påminnelse.")
        ways = Buttons(buttons=(settings, away))
        return Card(title=_("Påminnelser"), summary=said, parts=(text(said), ways))
    parts: list[Part] = [text(_("Det här har du skjutit upp eller pausat:"))]
    lines: list[str] = []
    for name, key, until in resting[:MOST]:
        lines.append(_("{what}: till {day}.", what=name, day=weekday_date(until)))
        again = Button(label=_("Påminn som vanligt"), press=press(NAME, "vakna", key))
        parts += [text(lines[-1]), Buttons(buttons=(again,))]
    parts.append(Buttons(buttons=(settings, away)))
    return Card(title=_("Påminnelser"), summary=" ".join(lines), parts=tuple(parts))
