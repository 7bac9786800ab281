"""What a reminder says of each thing, and the buttons that do something about it."""

from datetime import date
from typing import assert_never

from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, press
from bot.digests.naming import whom_of
from bot.language import _, weekday_date
from bot.reminding.things import Kind, Thing

NAME = "paminnelse"
"""The conversation that reminders' buttons belong to."""

SAID = 300
"""Characters of somebody's words that a reminder gives back."""


def line(thing: Thing, today: date) -> str:
    """What it is about, in one sentence."""
    if thing.kind in _OF_REPORTS:
        return _of_reports(thing, today)
    if thing.kind in _OF_ANSWERS:
        return _of_answers(thing, today)
    return _of_work(thing, today) or _of_meetings(thing)


_OF_REPORTS = (Kind.OVERDUE, Kind.DIGEST, Kind.MILESTONE, Kind.DEVIATION, Kind.DECISION)
_OF_ANSWERS = (Kind.QUESTION, Kind.POLL, Kind.POLL_MISSING, Kind.ASKED)


def _of_reports(thing: Thing, today: date) -> str:
    day, code, name = weekday_date(thing.on), thing.code, shortened(thing.name, 150)
    said = shortened(thing.said, SAID)
    match thing.kind:
        case Kind.OVERDUE:
            return _("{name}: rapporten skulle ha kommit {day}.", name=name, day=day)
        case Kind.DIGEST:
            return _("{name}: rapportera i dag, så kommer det med i veckobrevet.", name=name)
        case Kind.DEVIATION:
            return _("{code}: hur gick det med ”{said}”?", code=code, said=said)
        case Kind.DECISION:
            return _("{code}: hur gick det med beslutet ”{said}”?", code=code, said=said)
        case _ if thing.on < today:
            return _(
                "{code}: milstolpen ”{name}” skulle ha nåtts {day}. Hur gick det?",
                code=code,
                name=name,
                day=day,
            )
        case _:
            return _("{code}: milstolpen ”{name}” är {day}.", code=code, name=name, day=day)


def _of_answers(thing: Thing, today: date) -> str:
    day, number, name = weekday_date(thing.on), thing.subject, shortened(thing.name, 150)
    match thing.kind:
        case Kind.QUESTION:
            said = shortened(thing.said, SAID)
            return _("{name}: en fråga väntar på svar: ”{said}”", name=name, said=said)
        case Kind.POLL if thing.said:
            return _(
                "Omröstning {n}, {name}: rösta senast {day}, om det inte redan är gjort.",
                n=number,
                name=name,
                day=day,
            )
        case Kind.POLL:
            return _("Omröstning {n}, {name}: svara senast {day}.", n=number, name=name, day=day)
        case Kind.ASKED:
            return _("Uppdrag {n}, {name}: det väntar på ditt svar.", n=number, name=name)
        case _ if thing.on > today:
            return _(
                "Omröstning {n}, {name}: den stänger {day}, och alla har inte svarat.",
                n=number,
                name=name,
                day=day,
            )
        case _:
            return _(
                "Omröstning {n}, {name}: den stänger i dag, och alla har inte svarat.",
                n=number,
                name=name,
            )


def _of_work(thing: Thing, today: date) -> str:
    """Of what is to be done by a day, which may have passed; empty for what is no such thing."""
    passed = thing.on < today
    said = {"n": thing.subject, "name": shortened(thing.name, 150), "day": weekday_date(thing.on)}
    match thing.kind:
        case Kind.NEED:
            return _("Behov {n}, {name}: inget har hänt sedan {day}.", **said)
        case Kind.PREPARE if passed:
            return _("Behov {n}, {name}: det skulle ha varit berett {day}.", **said)
        case Kind.PREPARE:
            return _("Behov {n}, {name}: det ska vara berett {day}.", **said)
        case Kind.ASSIGNMENT if passed:
            return _("Uppdrag {n}, {name}: det skulle ha varit klart {day}.", **said)
        case Kind.ASSIGNMENT:
            return _("Uppdrag {n}, {name}: det ska vara klart {day}.", **said)
        case Kind.APPLICATION:
            return _("Ansökan {n} till {name}: sista dagen är {day}.", **said)
        case Kind.FUNDER_REPORT if passed:
            return _("Ansökan {n}: rapporten till {name} skulle ha lämnats {day}.", **said)
        case Kind.FUNDER_REPORT:
            return _("Ansökan {n}: rapporten till {name} ska lämnas {day}.", **said)
        case _:
            return ""


def _of_meetings(thing: Thing) -> str:
    day, name = weekday_date(thing.on), shortened(thing.name, 150)
    match thing.kind:
        case Kind.DOCUMENTS:
            held = weekday_date(date.fromisoformat(thing.said))
            return _(
                "{body} möts {held}: handlingarna ska vara klara {day}.",
                body=name,
                held=held,
                day=day,
            )
        case Kind.MEETING_REPORT:
            held = weekday_date(date.fromisoformat(thing.said))
            whom = whom_of(thing.audience, name) if thing.audience else name
            return _(
                "Rapporten till {body}, {held}: den är skriven men inte skickad.",
                body=whom,
                held=held,
            )
        case Kind.IN_DEPTH:
            return _(
                "Fördjupningen till direktionen: rapportera {codes} senast {day}.",
                codes=name,
                day=day,
            )
        case Kind.MANDATE:
            return _(
                "Mandatet som {name} har för {municipality} går ut {day}.",
                name=name,
                municipality=thing.said,
                day=day,
            )
        case _:
            return _(
                "Aktivitetsplanen för {year} ska fastställas av direktionen; handlingarna till "
                "årets sista möte ska vara klara {day}.",
                year=name,
                day=day,
            )


def in_words_of_another(thing: Thing) -> str:
    """For whom the person stands in, if for anybody; and that a deputy has no mandate thereby."""
    if thing.instead_of and thing.kind is Kind.POLL:
        return _(
            "Åt {name}, som är borta. Bara den som har mandat svarar för kommunen, och ingen som "
            "har det är på plats. Be kommundirektören ge dig mandat.",
            name=thing.instead_of,
        )
    return _("Åt {name}, som är borta.", name=thing.instead_of) if thing.instead_of else ""


def ways(thing: Thing) -> tuple[Button, ...]:
    """What one can do about it, the first thing first."""
    number = str(thing.subject)
    match thing.kind:
        case Kind.OVERDUE | Kind.DIGEST | Kind.DEVIATION | Kind.DECISION:
            return (
                Button(
                    label=_("Rapportera nu"),
                    press=press("rapport", thing.code),
                    style="primary",
                ),
                Button(label=_("Oförändrat"), press=press(NAME, "oforandrat", thing.key)),
            )
        case Kind.MILESTONE:
            if thing.code:
                show = press("milstolpe", thing.code)
                return (Button(label=_("Visa milstolpar"), press=show, style="primary"),)
            return ()
        case Kind.QUESTION:
            answer = press("formular", "fraga_svar", number)
            return (Button(label=_("Svara"), press=answer, style="primary"),)
        case Kind.POLL:
            answer = press("rosta", number, "svara")
            return (Button(label=_("Svara"), press=answer, style="primary"),)
        case Kind.POLL_MISSING:
            return (_shows(_("Visa omröstningen"), "rosta", number, "visa"),)
        case Kind.NEED | Kind.PREPARE:
            return (_shows(_("Visa behovet"), "behov", number),)
        case Kind.ASSIGNMENT | Kind.ASKED:
            return (_shows(_("Visa uppdraget"), "uppdrag", number),)
        case Kind.APPLICATION | Kind.FUNDER_REPORT:
            return (_shows(_("Visa ansökan"), "ansokan", number),)
        case Kind.MEETING_REPORT:
            return (_shows(_("Visa rapporten"), "motesrapport", "visa", number),)
        case Kind.IN_DEPTH:
            mine = press("formular", "rapport_mina")
            return (Button(label=_("Rapportera mina"), press=mine, style="primary"),)
        case Kind.MANDATE:
            return (_shows(_("Visa mandat"), "mandat"),)
        case Kind.DOCUMENTS | Kind.PLAN:
            return ()
        case _:
            assert_never(thing.kind)


def _shows(label: str, name: str, *arguments: str) -> Button:
    return Button(label=label, press=press(name, *arguments), style="primary")


def other_ways(thing: Thing) -> tuple[Button, ...]:
    """Later, somebody else's, and no more about this activity for a while."""
    found = [
        Button(label=_("Inte mitt"), press=press("formular", "paminnelse_vems", thing.key)),
    ]
    if thing.activity is not None:
        pause = press("formular", "paminnelse_paus", f"activity:{thing.activity}")
        found.append(Button(label=_("Pausa påminnelser om den"), press=pause))
    return tuple(found)


def later(thing: Thing) -> Button:
    """To when one would rather hear of it."""
    return Button(label=_("Senare"), press=press(NAME, "senare", thing.key))
