"""Reminders, absence, pauses, and questions about reports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from bot.absence import Absence, Deputy
from bot.conversations import question_cards
from bot.conversations.ask_of_report import AnswerForm, AskedOf, AskForm, ToAnswer
from bot.conversations.reminders import absence_cards, levels, reminder_told
from bot.conversations.reminders.absence import Asked, AwayForm
from bot.conversations.reminders.pausing import PAUSE_ONE, PausedFrom, which_one
from bot.conversations.reminders.put_off import LATER, PAUSE, About
from bot.conversations.reminders.reminder_card import reminder_card
from bot.conversations.reminders.rests_card import Resting, rests_card
from bot.conversations.reminders.whose_form import WhoseForm, Wrong
from bot.conversations.reminders.wording import NAME
from bot.people import PersonId
from bot.reading_absence import Why
from bot.reminding.naming import Named
from bot.reminding.things import Kind, Level, Thing
from bot.report_questions import Question
from bot.specimens.activities import report_on
from bot.specimens.forms import every_step
from bot.specimens.invented import PEOPLE
from bot.specimens.specimen import Drawn
from bot.specimens.world import NAME as NAME_LENGTH
from bot.specimens.world import World
from bot.states import Status

BORTA, UNDRA = "borta", "undra"


def reminder_cards(world: World) -> Iterator[Drawn]:
    """All of them."""
    sorts = [(kind, days) for kind in Kind for days in (-3, 3)] * 2
    every = [_thing(world, kind, days, n) for n, (kind, days) in enumerate(sorts)]
    things = every[: len(every) // 2]
    yield Drawn("reminder-one", "", reminder_card(things[:1], world.today))
    some = [each for each in things if each.on >= world.today][:4]
    yield Drawn("reminder-some", "", reminder_card(some, world.today))
    yield Drawn("reminder-many", "", reminder_card(things, world.today))
    yield Drawn("reminder-most", "", reminder_card(every, world.today))
    stands_in = replace(things[0], instead_of=world.voice.line(PEOPLE, NAME_LENGTH))
    yield Drawn("reminder-deputy", "", reminder_card([stands_in], world.today))
    yield from _answers(world)
    yield from _levels(world)
    yield from _absences(world)
    yield from _questions(world)


def reminder_forms(world: World) -> Iterator[Drawn]:
    """Every form of theirs."""
    activity = world.activities[0]
    about = About("overdue:1", activity.code, world.today)
    yield from every_step(world, NAME, LATER, about, ("overdue:1",))
    key = f"activity:{activity.id}"
    paused = About(key, activity.name, world.today)
    yield from every_step(world, NAME, PAUSE, paused, (key,))
    yield from every_step(world, NAME, PAUSE_ONE, PausedFrom(world.today), ())
    wrong = Wrong(_named(world), world.voice.line(("Uppdrag 3",), 150))
    yield from every_step(world, NAME, WhoseForm(), wrong, ("overdue:1",))
    away = Asked(world.person.id, world.today, _absence(world, deputy=True))
    yield from every_step(world, BORTA, AwayForm(), away, ("1",))
    asked = AskedOf(activity, report_on(world, activity, Status.AT_RISK))
    yield from every_step(world, UNDRA, AskForm(), asked, (activity.code,))
    answer = ToAnswer(activity, _question(world))
    yield from every_step(world, UNDRA, AnswerForm(), answer, ("1",))


def _thing(world: World, kind: Kind, days: int, n: int) -> Thing:
    activity = world.activities[n % len(world.activities)]
    said = world.voice.line(("Avtalet är försenat",), 3_000)
    if kind in (Kind.DOCUMENTS, Kind.MEETING_REPORT):
        said = "2026-12-04"
    return Thing(
        kind=kind,
        subject=n + 1,
        person=world.person.id,
        on=world.today + timedelta(days=days),
        name=world.voice.line((activity.name,), 160),
        activity=activity.id,
        code=activity.code,
        said="" if kind is Kind.POLL and days < 0 else said,
    )


def _named(world: World) -> Named:
    return Named(Kind.OVERDUE, 1, world.activities[0])


def _answers(world: World) -> Iterator[Drawn]:
    name, day = world.voice.line(("KOM-03 Kurser",), 160), world.today + timedelta(days=3)
    told = reminder_told
    yield Drawn("reminder-when", NAME, told.when_then(name, "overdue:1", day, day, day))
    yield Drawn("reminder-later", NAME, told.rests(name, "overdue:1", day, world.today))
    yield Drawn("reminder-again", NAME, told.wakes(name))
    yield Drawn("reminder-gone", NAME, told.gone())
    never = told.nothing_to_say_again(world.activities[0])
    yield Drawn("reminder-never-reported", NAME, never)
    last = report_on(world, world.activities[0], Status.AT_RISK)
    again = told.reported_already(world.activities[0], last)
    yield Drawn("reminder-reported-already", NAME, again)
    asked = told.keep_unchanged(world.activities[0], last, "overdue:1")
    yield Drawn("reminder-keep-unchanged", NAME, asked)
    who = world.voice.line(PEOPLE, NAME_LENGTH)
    yield Drawn("reminder-not-mine", NAME, told.not_mine_told(name, who))
    note = world.voice.line(("Hon tog över i våras.",), 1_000)
    yield Drawn("reminder-whose", "", told.whose_it_is(who, name, who, note, 1))
    several = list(world.activities[:3])
    yield Drawn("reminder-which", NAME, told.which_report(note, "0" * 16, several))
    unsure = told.is_it_a_report(note, "0" * 16, several[0])
    yield Drawn("reminder-unsure", NAME, unsure)
    yield Drawn("reminder-rests-none", NAME, rests_card([], world.today))
    for pauses in (True, False):
        card = which_one(several, pauses=pauses)
        yield Drawn(f"reminder-{'pause' if pauses else 'go-on'}-which", NAME, card)
    keys = ("activity", "overdue", "deviation")
    rests = [
        Resting(each.name, f"{keys[n % 3]}:{each.id}", day, n % 2 == 0)
        for n, each in enumerate(world.activities[:15])
    ]
    yield Drawn("reminder-rests", NAME, rests_card(rests, world.today))


def _levels(world: World) -> Iterator[Drawn]:
    network = next(each for each in world.plan.bodies.values() if each.kind == "network")
    for may in (True, False):
        card = levels.level_card(network, Level.STANDARD, may=may)
        yield Drawn(f"reminder-level-{'may' if may else 'may-not'}", NAME, card)
    changed = levels.level_set(network, Level.ACTIVE, Level.LIGHT)
    yield Drawn("reminder-level-set", NAME, changed)
    same = levels.level_set(network, Level.ACTIVE, Level.ACTIVE)
    yield Drawn("reminder-level-same", NAME, same)
    words = world.voice.line(("ingen aning",), 300)
    yield Drawn("reminder-no-network", NAME, levels.no_such_network(words, [network]))


def _absence(world: World, *, deputy: bool, first: int = 0, days: int = 9) -> Absence:
    who = Deputy(PersonId(2), world.voice.line(PEOPLE, NAME_LENGTH)) if deputy else None
    starts = world.today + timedelta(days=first)
    return Absence(1, world.person.id, "Anna", starts, starts + timedelta(days=days), who)


def _absences(world: World) -> Iterator[Drawn]:
    cards, today = absence_cards, world.today
    now, later = _absence(world, deputy=False), _absence(world, deputy=True, first=40)
    a_day = _absence(world, deputy=False, days=1)
    for name, each in (("now", now), ("later", later), ("day", a_day)):
        yield Drawn(f"away-{name}", BORTA, cards.away_card(each, today))
    cut = cards.away_card(now, today, [later, a_day], [later])
    yield Drawn("away-instead", BORTA, cut)
    yield Drawn("away-back", BORTA, cards.back_card(now, today))
    yield Drawn("away-back-others", BORTA, cards.back_card(later, today, [a_day]))
    yield Drawn("away-not-today", "tillbaka", cards.not_away_today([later], today))
    yield Drawn("away-none", BORTA, cards.absences_card([], today))
    yield Drawn("away-one", BORTA, cards.absences_card([now], today))
    yield Drawn("away-several", BORTA, cards.absences_card([now, later], today))
    words = world.voice.line(("nån gång",), 300)
    for why in get_args(Why):
        yield Drawn(f"away-{why.replace('_', '-')}", BORTA, cards.not_an_absence(words, why))
    yield Drawn("away-no-deputy", BORTA, cards.no_such_deputy(words, cards.Noted(now), today))
    yield Drawn("away-gone", BORTA, cards.no_such_absence())
    name = world.voice.line(PEOPLE, NAME_LENGTH)
    yield Drawn("away-deputy", "", cards.stands_in_card(name, later, date(2026, 11, 24)))


def _question(world: World, *, answered: bool = False) -> Question:
    asked = Question(
        id=1,
        report=1,
        activity=world.activities[0].id,
        question=world.voice.line(("När kommer avtalet?",), 3_000),
        asked_by=world.person.id,
        asked_by_name=world.voice.line(PEOPLE, NAME_LENGTH),
        asked_at=world.now,
    )
    if not answered:
        return asked
    return replace(
        asked,
        answer=world.voice.line(("I nästa vecka.",), 3_000),
        answered_by_name=world.voice.line(PEOPLE, NAME_LENGTH),
        answered_at=world.now,
    )


def _questions(world: World) -> Iterator[Drawn]:
    cards, activity = question_cards, world.activities[0]
    waiting, done = _question(world), _question(world, answered=True)
    name = activity.responsible.name
    yield Drawn("question-asked", UNDRA, cards.asked_card(activity, waiting, hears=name))
    yield Drawn("question-told", "", cards.question_card(activity, waiting))
    yield Drawn("question-in-thread", "", cards.in_thread(activity, waiting))
    yield Drawn("question-answer-in-thread", "", cards.in_thread(activity, done))
    yield Drawn("question-answered", "", cards.answered_card(activity, done))
    yield Drawn("question-answer-saved", UNDRA, cards.answer_saved(activity, done))
    yield Drawn("question-no-report", UNDRA, cards.nothing_to_ask_about(activity))
    yield Drawn("question-already", UNDRA, cards.answered_already(activity, done))
    yield Drawn("question-gone", UNDRA, cards.answered_already(None, None))
    yield Drawn("question-what", UNDRA, cards.what_to_ask(activity))
