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
    Noted,
    absences_card,
    away_card,
    back_card,
    no_such_absence,
    no_such_deputy,
    not_an_absence,
    not_away_today,
    stands_in_card,
)
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Card
from bot.finding import Found, find_person, plain, read_number
from bot.language import _
from bot.outbox import ToPerson
from bot.people import PersonId
from bot.reading_absence import LONGEST, NotAnAbsence, SaidAbsence, read_absence
from storage.queries import absences as queries

_BACK = ("tillbaka", "ater", "inte", "back")
_DAY = timedelta(days=1)


async def answer(turn: Turn) -> Replies:
    """When the person is away; or that they are, or are back, by words or press."""
    today = in_stockholm(turn.now).date()
    if isinstance(turn.doing, Pressed):
        verb, key = (*turn.doing.press.arguments, "", "")[:2]
        if verb == "tillbaka":
            return (say(turn, await _take_back(turn, read_number(key))),)
    elif plain(turn.words) in _BACK:
        return (say(turn, await _back(turn)),)
    elif turn.words:
        return (say(turn, await _away(turn, turn.words)),)
    return (say(turn, absences_card(await absences_of(turn.db, turn.person.id, today), today)),)


async def answer_back(turn: Turn) -> Replies:
    """That the person is back, or will be on the day that the words say."""
    words = turn.words.strip(" .!")
    return (say(turn, await (_away(turn, f"tillbaka {words}") if words else _back(turn))),)


async def _away(turn: Turn, words: str) -> Card:
    today = in_stockholm(turn.now).date()
    try:
        said = read_absence(words, turn.now)
    except NotAnAbsence as error:
        return not_an_absence(words, error.why)
    deputy = None
    if said.deputy:
        match await find_person(turn.db, said.deputy, today):
            case Found(one=found) if found != turn.person.id:
                deputy = PersonId(found)
            case _:
                pass
    within = await _around(turn, said)
    if within is not None and not said.deputy:
        if plain(words).partition(" ")[0] not in _BACK:
            return away_card(within, today)
        await _end(turn, within)
        deputy = within.deputy.id if within.deputy else None
    noted = await note(turn, said.starts_on, said.ends_on, deputy)
    if said.deputy and deputy is None:
        return no_such_deputy(said.deputy, noted, today)
    return away_card(noted.absence, today, noted.replaced, noted.kept)


async def _around(turn: Turn, said: SaidAbsence) -> Absence | None:
    """The absence that holds all the days already, if one does."""
    mine = await absences_of(turn.db, turn.person.id, in_stockholm(turn.now).date())
    holding = (each for each in mine if each.starts_on <= said.starts_on)
    return next((each for each in holding if said.ends_on <= each.ends_on), None)


async def _end(turn: Turn, absence: Absence) -> None:
    await queries.take_back_absence(
        turn.db, absence.id, turn.person.id, now=turn.now, platform=turn.place.platform
    )


async def note(turn: Turn, starts_on: date, ends_on: date, deputy: PersonId | None) -> Noted:
    """Keep that the turn's person is away, and tell whoever stands in."""
    today = in_stockholm(turn.now).date()
    before = await absences_of(turn.db, turn.person.id, today)
    made = await queries.note_absence(
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
    after = await absences_of(turn.db, turn.person.id, today)
    absence = next(each for each in after if each.id == made.id)
    if deputy is not None:
        name = turn.person.name
        turn.outbox.say(ToPerson(deputy), lambda: stands_in_card(name, absence, today))
    still = {each.id for each in after}
    return Noted(
        absence,
        tuple(each for each in before if each.id not in still),
        tuple(each for each in after if each.id in made.kept),
    )


async def _back(turn: Turn) -> Card:
    """The absence of today is over; whoever is not away today is shown what is to come."""
    today = in_stockholm(turn.now).date()
    mine = await absences_of(turn.db, turn.person.id, today)
    now = next((each for each in mine if each.starts_on <= today), None)
    return await _take_back(turn, now.id) if now else not_away_today(mine, today)


async def _take_back(turn: Turn, key: int) -> Card:
    """Not away after all; one that has begun ends today."""
    today = in_stockholm(turn.now).date()
    mine = await absences_of(turn.db, turn.person.id, today)
    absence = next((each for each in mine if each.id == key), None)
    if absence is None:
        return no_such_absence()
    await _end(turn, absence)
    return back_card(absence, today, [each for each in mine if each.id != key])


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
            await _end(turn, context.absence)
        deputy = PersonId(answers["deputy"]) if answers["deputy"] else None
        noted = await note(turn, answers["first"], answers["last"] + _DAY, deputy)
        card = away_card(noted.absence, context.today, noted.replaced, noted.kept)
        return (say(turn, card),)


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

BACK = Conversation(
    name="tillbaka",
    says=lambda: _("Säg att du är tillbaka"),
    answer=answer_back,
    synonyms=("åter", "ater"),
    in_help=False,
)
