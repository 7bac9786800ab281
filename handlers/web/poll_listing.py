"""The list of polls on the web: which are wanted, and each as a line that leads to its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from bot.conversations.needs.wording import capital
from bot.conversations.polls.co_financing_card import decision_words
from bot.conversations.polls.listing import stands
from bot.conversations.polls.wording import about_word, closing, kind_word, of_number, title_of
from bot.language import _
from bot.needs.rights import municipalities_of
from bot.pages import poll_page, polls_page
from bot.people import Person
from bot.plan import Plan
from bot.polls.poll import Kind, Poll, State

A_PAGE = 20

STARTED = "startade"
"""The choice of those that the person started; the other choices are keys of municipalities."""


@dataclass(frozen=True)
class Wanted:
    """Which polls are listed, as their address has it: kind, state, whose, and how many to skip."""

    kind: str = ""
    state: str = ""
    whose: str = ""
    skip: int = 0

    @property
    def is_narrowed(self) -> bool:
        """Whether something is chosen."""
        return bool(self.kind or self.state or self.whose)

    def path(self, skip: int) -> str:
        """The address of that page of them."""
        said = {"slag": self.kind, "lage": self.state, "vems": self.whose}
        query = {name: value for name, value in said.items() if value}
        if skip:
            query["fran"] = str(skip)
        return f"{polls_page()}?{urlencode(query)}" if query else polls_page()


def read_wanted(kind: str, state: str, whose: str, skip: str, person: Person, plan: Plan) -> Wanted:
    """What an address asks for; what is no choice is left out."""
    own = {str(one) for one in municipalities_of(person, plan)}
    at = int(skip) if skip.isascii() and skip.isdecimal() else 0
    return Wanted(
        kind if kind in set(Kind) else "",
        state if state in set(State) else "",
        whose if whose in own | {STARTED} else "",
        at // A_PAGE * A_PAGE,
    )


def chosen(wanted: Wanted, person: Person) -> dict[str, object]:
    """The same as storage.queries.polls.polls_where takes it."""
    found: dict[str, object] = {}
    if wanted.kind:
        found["kinds"] = [wanted.kind]
    if wanted.state:
        found["states"] = [wanted.state]
    if wanted.whose == STARTED:
        found["started_by"] = person.id
    elif wanted.whose:
        found["organisation_id"] = int(wanted.whose)
    return found


def filters(wanted: Wanted, person: Person, plan: Plan) -> list[dict[str, object]]:
    """What can be chosen above the list: name, label, options and which is chosen."""
    places = [(str(one), plan.organisations[one].name) for one in municipalities_of(person, plan)]
    answered = [(key, _("Där {name} svarar", name=name)) for key, name in places]
    rows = (
        ("slag", _("Slag"), _kinds(), wanted.kind),
        ("lage", _("Läge"), _states(), wanted.state),
        ("vems", _("Vems"), [(STARTED, _("Startade av mig")), *answered], wanted.whose),
    )
    return [
        {"name": name, "label": label, "options": options, "chosen": value}
        for name, label, options, value in rows
    ]


def _kinds() -> list[tuple[str, str]]:
    return [
        (Kind.CO_FINANCING.value, _("Medfinansiering")),
        (Kind.PRIORITY.value, _("Prioritering")),
        (Kind.QUESTION.value, _("Snabbfråga")),
        (Kind.DATES.value, _("Datumfråga")),
    ]


def _states() -> list[tuple[str, str]]:
    return [
        (State.OPEN.value, _("Öppen")),
        (State.PLANNED.value, _("Inte öppnad än")),
        (State.CLOSED.value, _("Stängd")),
        (State.CANCELLED.value, _("Inställd")),
    ]


def turning(wanted: Wanted, shown: int, total: int) -> Mapping[str, str]:
    """The addresses of the pages before and after; empty where there is none."""
    after = wanted.skip + shown
    return {
        "earlier": wanted.path(max(wanted.skip - A_PAGE, 0)) if wanted.skip else "",
        "later": wanted.path(after) if after < total else "",
    }


def lines(polls: Sequence[Poll], plan: Plan, now: datetime) -> list[dict[str, object]]:
    """A line for each poll."""
    return [_line(each, plan, now) for each in polls]


def _line(poll: Poll, plan: Plan, now: datetime) -> dict[str, object]:
    turnout = of_number(poll.voted, poll.electorate)
    return {
        "href": poll_page(poll.id),
        "title": title_of(poll),
        "kind": capital(kind_word(poll)),
        "about": about_word(poll, plan),
        "stands": stands(poll, now),
        "answered": _("{count} har svarat", count=turnout),
        "voted": poll.voted,
        "electorate": max(poll.electorate, poll.voted, 1),
        "until": _("Svara senast {day}", day=closing(poll)) if poll.is_open else "",
        "decided": decision_words(poll.decision, plan) if poll.decision else "",
    }
