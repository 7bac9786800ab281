"""The page about polls says what the code does."""

import re
from collections.abc import Callable

from typer.core import TyperGroup
from typer.main import get_command

from bot.conversations.polls.verbs import PHRASES, VERBS
from bot.conversations.polls.wording import kind_word
from bot.people import BodyId, BodyKind, Person, PersonId
from bot.plan import Contact
from bot.polls import rights
from bot.polls.poll import FEWEST_SECRET_BALLOTS, Kind, Method, Poll, Secrecy, State
from bot.polls.seen import may_fetch
from bot.specimens.invented_polls import poll_of
from bot.specimens.voice import Flavour
from bot.specimens.world import make_world
from handlers.cli_export import export_app
from tests.house import HOUSE

PAGE = (HOUSE / "docs/polls.md").read_text(encoding="utf-8")
WORLD = make_world(Flavour.ORDINARY, 1)
STARTER, SOMEBODY = PersonId(1), PersonId(2)
METHOD_OF = {
    Kind.CO_FINANCING: Method.PLEDGE,
    Kind.PRIORITY: Method.RANKING,
    Kind.QUESTION: Method.CHOICE,
    Kind.DATES: Method.DATES,
}


def table(first_heading: str) -> dict[str, list[str]]:
    """The rows of the table whose heading begins so, by what stands first in each."""
    (found,) = re.findall(rf"(?m)^\| {first_heading} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", PAGE)
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in found.splitlines()]
    return {row[0].strip("`"): row[1:] for row in rows}


def poll(kind: Kind, **more: object) -> Poll:
    """A poll of that kind."""
    state = State(str(more.pop("state", State.OPEN)))
    return poll_of(WORLD, kind, METHOD_OF[kind], state, **more)


def test_every_verb_is_told():
    assert list(table("verb")) == list(VERBS)
    assert set(PHRASES.values()) <= set(VERBS)


def test_kinds_are_told_by_the_words_people_read():
    rows = table("kind")
    assert list(rows) == [kind.value for kind in Kind]
    for kind in Kind:
        assert rows[kind.value][0] == kind_word(poll(kind))


def test_methods_and_secrecies_are_those_of_the_code():
    assert list(table("method")) == [method.value for method in Method]
    assert list(table("secrecy")) == [secrecy.value for secrecy in Secrecy]
    assert FEWEST_SECRET_BALLOTS == 5
    assert "from five ballots on" in PAGE


def persons() -> dict[str, Person]:
    """Who the columns of the table of rights stand for."""
    member: dict[BodyId, BodyKind] = {BodyId(9): "network"}
    return {
        "takes part": Person(SOMEBODY, "Cia", "c@x.se", bodies=member),
        "started it": Person(STARTER, "Ada", "a@x.se", bodies=member),
        "federation staff": Person(SOMEBODY, "Bo", "b@x.se", roles=frozenset({"staff"})),
        "chef": Person(SOMEBODY, "Dan", "d@x.se", posts=frozenset({"manager"})),
    }


def test_who_may_what_is_told_as_it_is():
    rows = table("what")
    starter = Contact(STARTER, "Ada", "a@x.se")
    question = poll(Kind.QUESTION, started_by=starter, decider=None)
    money = poll(Kind.CO_FINANCING, started_by=starter, decider=BodyId(9))
    columns = ["takes part", "started it", "mandate", "federation staff", "chef"]
    rules: dict[str, Callable[[Person], bool]] = {
        "start about money or priorities": lambda who: rights.may_start(who, Kind.PRIORITY),
        "record an answer, a scenario or a decision": rights.may_record,
        "run a quick question: close, extend, nudge, cancel": lambda who: rights.runs(
            who, question
        ),
        "run one about money or priorities": lambda who: rights.runs(who, money),
        "fetch the material as files": lambda who: may_fetch(who, question),
    }
    for what, rule in rules.items():
        told = dict(zip(columns, rows[what], strict=True))
        for column, person in persons().items():
            assert told[column] == ("yes" if rule(person) else "no"), (what, column)
    assert all(may_fetch(each, money) for each in persons().values() if each.bodies)


def test_what_is_hidden_is_told_as_it_is():
    for secrecy in Secrecy:
        kind = Kind.PRIORITY
        open_ = poll(kind, secrecy=secrecy, voted=9)
        closed = poll(kind, secrecy=secrecy, voted=9, state=State.CLOSED)
        before, after = table("secrecy")[secrecy.value]
        assert (before == "all answers") is open_.shows_answers
        assert (after == "all answers") is closed.shows_answers
        assert closed.shows_result


def test_the_options_of_the_command_are_those_of_the_code():
    command = get_command(export_app)
    assert isinstance(command, TyperGroup)
    options = [each for each in command.commands["poll"].params if each.param_type_name == "option"]
    known = {name for each in options for name in each.opts}
    told = {name for row in table("option") for name in re.findall(r"--\w+", row)}
    assert told == known
