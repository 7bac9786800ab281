"""Being away: `borta till 12 aug`, `borta v. 28-31 med ersättare Karin Lind`, `tillbaka`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from bot.absence import Absence, absences_of
from bot.clock import in_stockholm
from bot.conversations.forms import DateField, PersonField, Value
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Shortcut, Turn
from bot.conversations.reminders.absence_cards import (
    NAME,
    absences_card,
    away_card,
    back_card,
    no_such_absence,
    no_such_deputy,
    not_an_absence,
    stands_in_card,
)
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card
from bot.finding import Found, find_person, plain, read_number
from bot.language import _
from bot.outbox import ToPerson
from bot.people import PersonId
from bot.reading_absence import LONGEST, NotAnAbsence, read_absence
from storage.queries import absences as queries

BACK = ("tillbaka", "ater", "inte", "back")
_DAY = timedelta(days=1)


async def answer(turn: Turn) -> Replies:
    """When the person is away; or that they are, or are back, by words or press."""
    today = in_stockholm(turn.now).date()
    if isinstance(turn.doing, Pressed):
        verb, key = (*turn.doing.press.arguments, "", "")[:2]
        if verb == "tillbaka":
            return (say(turn, await _back(turn, read_number(key))),)
    elif plain(turn.words) in BACK:
        mine = await absences_of(turn.db, turn.person.id, today)
        if mine:
            return (say(turn, await _back(turn, mine[0].id)),)
    elif turn.words:
        return (say(turn, await _away(turn)),)
    return (say(turn, absences_card(await absences_of(turn.db, turn.person.id, today), today)),)


async def _away(turn: Turn) -> Card:
    today = in_stockholm(turn.now).date()
    try:
        said = read_absence(turn.words, turn.now)
    except NotAnAbsence:
        return not_an_absence(turn.words)
    deputy = None
    if said.deputy:
        match await find_person(turn.db, said.deputy, today):
            case Found(one=found) if found != turn.person.id:
                deputy = PersonId(found)
            case _:
                pass
    for each in await absences_of(turn.db, turn.person.id, today):
        if each.starts_on <= said.starts_on and said.ends_on < each.ends_on and not said.deputy:
            return away_card(each, today)
    absence = await note(turn, said.starts_on, said.ends_on, deputy)
    if said.deputy and deputy is None:
        return no_such_deputy(said.deputy, absence, today)
    return away_card(absence, today)


async def note(turn: Turn, starts_on: date, ends_on: date, deputy: PersonId | None) -> Absence:
    """Keep that the turn's person is away, and tell whoever stands in."""
    key = await queries.note_absence(
        turn.db,
        turn.person.id,
        starts_on=starts_on,
        ends_on=ends_on,
        deputy=deputy,
        source="person",
        by=turn.person.id,
        now=turn.now,
        platform=turn.place.platform,
    )
    today = in_stockholm(turn.now).date()
    absence = next(
        each for each in await absences_of(turn.db, turn.person.id, today) if each.id == key
    )
    if deputy is not None:
        name = turn.person.name
        turn.outbox.say(ToPerson(deputy), lambda: stands_in_card(name, absence, today))
    return absence


async def _back(turn: Turn, key: int) -> Card:
    """Not away after all; one that has begun ends today."""
    today = in_stockholm(turn.now).date()
    mine = await absences_of(turn.db, turn.person.id, today)
    absence = next((each for each in mine if each.id == key), None)
    if absence is None:
        return no_such_absence()
    await queries.take_back_absence(
        turn.db, key, turn.person.id, now=turn.now, platform=turn.place.platform
    )
    return back_card(absence, today)


@dataclass(frozen=True)
class Asked:
    """Whose absence, on which day, and which one is changed, if one is."""

    person: PersonId
    today: date
    absence: Absence | None = None


class AwayForm:
    """`borta`, or `borta KEY` to change one."""

    name = NAME

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Asked | NotNow:
        """The absence to change; says so when it is gone."""
        today = in_stockholm(turn.now).date()
        if not arguments:
            return Asked(turn.person.id, today)
        mine = await absences_of(turn.db, turn.person.id, today)
        found = next((each for each in mine if str(each.id) == arguments[0]), None)
        return (
            Asked(turn.person.id, today, found)
            if found
            else NotNow((say(turn, no_such_absence()),))
        )

    def first_values(self, context: Asked) -> dict[str, Value]:
        """From today, or as it was said before."""
        absence = context.absence
        if absence is None:
            return {"first": context.today.isoformat()}
        values: dict[str, Value] = {
            "first": absence.starts_on.isoformat(),
            "last": absence.last_day.isoformat(),
        }
        if absence.deputy is not None:
            values["deputy"] = str(absence.deputy.id)
        return values

    def steps(self, context: Asked, values: Mapping[str, Value]) -> list[Step]:
        """When, and who stands in."""
        earliest = context.absence.starts_on if context.absence else context.today
        return [
            Step(
                name="nar",
                title=_("Frånvaro"),
                fields=(
                    DateField(
                        name="first",
                        label=_("Första dagen borta"),
                        required=True,
                        earliest=min(earliest, context.today),
                        latest=context.today + LONGEST,
                    ),
                    DateField(
                        name="last",
                        label=_("Sista dagen borta"),
                        required=True,
                        earliest=context.today,
                        latest=context.today + LONGEST,
                    ),
                    PersonField(
                        name="deputy",
                        label=_("Ersättare"),
                        help=_("Får dina påminnelser medan du är borta."),
                    ),
                ),
                submit=_("Spara"),
                check=partial(_problems, context.person),
            )
        ]

    async def save(self, turn: Turn, context: Asked, answers: Answers) -> Replies:
        """Keep it in place of what was said before of those days."""
        if context.absence is not None:
            await queries.take_back_absence(
                turn.db,
                context.absence.id,
                turn.person.id,
                now=turn.now,
                platform=turn.place.platform,
            )
        deputy = PersonId(answers["deputy"]) if answers["deputy"] else None
        absence = await note(turn, answers["first"], answers["last"] + _DAY, deputy)
        return (say(turn, away_card(absence, context.today)),)


def _problems(person: PersonId, answers: Answers) -> dict[str, str]:
    problems: dict[str, str] = {}
    first, last = answers.get("first"), answers.get("last")
    if first and last and last < first:
        problems["last"] = _("Sista dagen kan inte komma före den första.")
    if answers.get("deputy") == person:
        problems["deputy"] = _("Välj någon annan än dig själv.")
    return problems


async def at_home(turn: Turn) -> tuple[Card, ...]:
    """Shown on one's own page when one is away, or is to be."""
    today = in_stockholm(turn.now).date()
    mine = await absences_of(turn.db, turn.person.id, today)
    return (absences_card(mine, today),) if mine else ()


ABSENCE = Conversation(
    name=NAME,
    says=lambda: _("Säg när du är borta, så påminner jag dig inte då"),
    answer=answer,
    synonyms=("frånvaro", "franvaro", "away", "semester", "ledig"),
    examples=lambda: (
        Example(_("borta till 12 aug"), _("Du är borta"), _("inga påminnelser till dess")),
        Example(_("borta 3 dagar"), _("Du är borta"), _("räknat i arbetsdagar från i dag")),
        Example(_("borta v. 28-31"), _("Du är borta"), _("hela veckorna")),
        Example(_("borta"), _("frånvaro"), _("visar vad du har lagt in")),
    ),
    at_home=at_home,
    forms=(AwayForm(),),
    shortcuts=(Shortcut(form=NAME, says=lambda: _("Jag är borta")),),
)
