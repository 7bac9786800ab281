"""Cards of questions in plain Swedish: answers of every shape, and what is said without one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.conversations.activity_card import said_in, shortened
from bot.conversations.questions import other_cards, synonym_cards
from bot.conversations.questions.answer_card import (
    LONGEST_SAID,
    Keys,
    all_shown_card,
    answer_card,
)
from bot.conversations.views import Chart, Part, Progress, Series, Table, bullets, facts
from bot.digests.sections.charts import columns_of, state_chart
from bot.language import _
from bot.plan import Activity
from bot.questions.answers import decline
from bot.questions.answers.scope_words import not_limited
from bot.questions.answers.stands import named_in_short, report_sources, show_buttons, table
from bot.questions.asking import A_PAGE, Answered, Asking, Source
from bot.questions.described import described
from bot.questions.mentioned import Mentioned
from bot.questions.question import Filter, Filters, Intent, Question
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import needs_of
from bot.specimens.specimen import Drawn
from bot.specimens.world import NAME, STANDING, World
from bot.states import Status, status_label, status_word

OF, OF_SYNONYMS = "fraga", "synonym"
LONGEST_WORDS, LONGEST_PHRASE = 400, 100
"""Characters of a question that was not answered, and of a synonym, as they are kept."""


def question_cards(world: World) -> Iterator[Drawn]:
    """All of them."""
    shapes: Mapping[str, tuple[Asking, Answered]] = {
        "chart": _drawn(world),
        "table": _long(world),
        "why": _why(world),
        "one": _one(world),
        "bullets": _bullets(world),
        "progress": _progress(world),
        "none": _none(world),
        "limits": _limits(world),
    }
    for name, (asking, answered) in shapes.items():
        keys = Keys("status;a1", "status;a1;s2;s3")
        yield Drawn(f"answer-{name}", OF, answer_card(asking, answered, keys, ()))
    asking, answered = _long(world)
    unknown = [world.voice.line((each,), LONGEST_WORDS) for each in ("elbilsskolan", "fixen", "x")]
    yield Drawn("answer-no-keys", OF, answer_card(asking, answered, Keys(""), unknown))
    yield Drawn("answer-word", OF, answer_card(asking, answered, Keys("status"), unknown[:1]))
    words, found = unknown[:1], _mentioned(world)
    yield Drawn("answer-mentioned", OF, answer_card(asking, answered, Keys("status"), words, found))
    for total in (0, 1, 21):
        keys = Keys("status;a1" if total else "")
        yield Drawn(f"answer-all-{total}", OF, all_shown_card(asking, total, keys))
    yield from _without_answers(world)
    yield from _synonyms(world)


def _asking(world: World, intent: Intent, filters: Filters | None = None, **more: Any) -> Asking:
    """A question that is asked of no database: what is answered is invented."""
    nothing: Any = None
    question = Question(intent, filters or {})
    return Asking(nothing, world.plan, question, world.person, world.now, **more)


def _standing(world: World) -> list[tuple[Activity, Status]]:
    many = world.activities[: world.voice.many(11, 40)]
    return [(each, STANDING[n % len(STANDING)]) for n, each in enumerate(many)]


def _drawn(world: World) -> tuple[Asking, Answered]:
    """The state of everything, drawn, with lists below."""
    standing = _standing(world)
    count = len(standing)
    said = world.voice.line((f"{count} aktiviteter: de flesta går enligt plan.",), LONGEST_SAID)
    charts: tuple[Part, ...] = ()
    if standing:
        columns = columns_of((each.area, status) for each, status in standing)
        charts = (state_chart(_("Läge per insatsområde"), columns),)
    lines = [f"{each.name}: {status_word(status)}" for each, status in standing[:5]]
    parts = (*charts, bullets(*lines)) if lines else ()
    return _asking(world, Intent.OVERVIEW), Answered(said, parts=parts, may_why=bool(standing))


def _rows(world: World) -> Sequence[Activity]:
    return world.activities[:A_PAGE]


def _long(world: World) -> tuple[Asking, Answered]:
    """A page of many rows, with whose reports it rests on."""
    area = next(iter(world.plan.focus_areas.values()), "")
    asking = _asking(world, Intent.STATUS, {Filter.AREA: (area,)} if area else None)
    rows = [
        (
            each.name,
            status_label(STANDING[n % len(STANDING)]),
            each.responsible.name,
            shortened(world.voice.text(REASONS) or "", 160),
        )
        for n, each in enumerate(_rows(world))
    ]
    columns = (_("Aktivitet"), _("Läge"), _("Rapporterat"), _("Det senaste"))
    answered = Answered(
        f"{len(world.activities)} aktiviteter: {named_in_short(world.activities)}.",
        parts=table(_("Aktiviteter, de som går sämst först"), columns, rows),
        sources=report_sources(asking, _rows(world), world.latest),
        buttons=show_buttons(_rows(world)),
        total=len(world.activities),
        shown=len(rows),
        may_why=bool(rows),
    )
    return asking, answered


def _why(world: World) -> tuple[Asking, Answered]:
    asking, answered = _long(world)
    return replace(asking, why=True, skip=A_PAGE), answered


def _one(world: World) -> tuple[Asking, Answered]:
    """One activity, with what was said of it."""
    activity = world.activities[0]
    asking = _asking(world, Intent.STATUS, {Filter.ACTIVITY: (activity.code,)})
    report = world.latest.get(activity.id)
    said = said_in(report, link_to=activity.code, most=700) if report is not None else ()
    answered = Answered(
        f"{activity.name}: {status_word(STANDING[0])}.",
        parts=(
            facts(
                (_("Läge"), status_label(STANDING[0])), (_("Ansvarig"), activity.responsible.name)
            ),
            *said,
        ),
        sources=(Source(_("Planen: {code}", code=activity.code), "/plan"),),
        buttons=show_buttons([activity]),
        total=1,
        shown=1,
    )
    return asking, answered


def _bullets(world: World) -> tuple[Asking, Answered]:
    """Needs with why they are needed."""
    needs = needs_of(world)[:A_PAGE]
    lines = [
        f"{each.title}: {shortened(world.voice.text(REASONS) or each.title, 400)}" for each in needs
    ]
    asking = _asking(world, Intent.NEEDS, {Filter.STAGE: ("registered", "board")})
    answered = Answered(
        world.voice.line((f"{len(needs)} behov väntar.",), LONGEST_SAID),
        parts=(bullets(*lines),),
        sources=(Source(_("Behovsregistret"), "/behov"),),
        needs=[each.id for each in needs],
        total=world.voice.many(12, 300),
        shown=len(needs),
    )
    return asking, answered


def _progress(world: World) -> tuple[Asking, Answered]:
    """A poll's turnout with what is pledged, drawn, and who is left."""
    places = [e for e in world.plan.organisations.values() if e.kind == "municipality"]
    few = places[: world.voice.many(6, A_PAGE)]
    drawn: list[Part] = [Progress(label="9 av 15 har svarat", done=9, of=15)]
    if few:
        values = tuple(10_000 * (n + 1) for n in range(len(few)))
        drawn.append(
            Chart(
                form="bar",
                title=_("Utlovat i kronor"),
                alternative=shortened("; ".join(each.name for each in few), 2_000),
                categories=tuple(shortened(each.name, 20) for each in few),
                series=(Series(name=_("Pengar"), values=values, colour="teal"),),
            )
        )
        rows = tuple((each.name, "✖ inget svar", "13 december") for each in few)
        columns = (_("Vem"), _("Läge"), _("Svara senast"))
        drawn.append(Table(caption=_("Svar som väntas"), columns=columns, rows=rows))
    asking = _asking(world, Intent.POLL_MISSING, {Filter.KIND: ("co_financing",)})
    named = [shortened(each.name, 90) for each in few[:3]]
    said = f"{len(few)} kommuner har inte svarat på omröstning 2: {', '.join(named) or '–'}."
    return asking, Answered(said, parts=tuple(drawn), total=len(few), shown=len(few))


def _none(world: World) -> tuple[Asking, Answered]:
    """Nothing fits, and what is nearest."""
    asking = _asking(world, Intent.STATUS, {Filter.STATE: ("off_track", "at_risk")})
    return asking, Answered("Ingen aktivitet har avvikelse eller risk. 11 går enligt plan.")


def _limits(world: World) -> tuple[Asking, Answered]:
    """Every filter at once, most of them without meaning for what is asked."""
    plan = world.plan
    filters = {
        Filter.AREA: tuple(plan.focus_areas.values())[:5],
        Filter.MUNICIPALITY: tuple(e.name for e in plan.organisations.values())[:15],
        Filter.NETWORK: tuple(each.name for each in plan.networks)[:2],
        Filter.STAGE: ("board",),
        Filter.KIND: ("priority",),
        Filter.AUDIENCE: ("steering_group",),
        Filter.PERIOD: ("next_month",),
    }
    asking = _asking(world, Intent.PLEDGES, {key: each for key, each in filters.items() if each})
    return asking, Answered("Ingen kommun har lovat något än.", parts=not_limited(asking, ()))


def _mentioned(world: World) -> Mentioned:
    words = [world.voice.line((each,), LONGEST_WORDS) for each in ("ohälsan", "skolskjuts")]
    activity = world.activities[0]
    need = world.voice.line(("Samordnad skolskjuts över kommungräns",), 400)
    return Mentioned(words, [("activity", activity.code, activity.title), ("need", "7", need)], 12)


def _without_answers(world: World) -> Iterator[Drawn]:
    words = world.voice.line(("hur går det med högskolan?",), 3_000)
    codes = [each.code for each in world.activities[:2]]
    readings = [
        (described(_asking(world, Intent.STATUS, {Filter.ACTIVITY: (code,)})), f"status;c{code}")
        for code in codes
    ]
    yield Drawn("answer-unsure", OF, other_cards.unsure_card(words, readings))
    yield Drawn("answer-unsure-alone", OF, other_cards.unsure_card(words, ()))
    declined = {
        "outside": decline.outside(),
        "personal": decline.personal(),
        "order": decline.order(),
        "nearest": decline.nearest(_mentioned(world)),
    }
    for name, each in declined.items():
        yield Drawn(f"answer-declined-{name}", OF, other_cards.declined_card(each))
    yield Drawn("answer-ask-me", OF, other_cards.ask_me_card())
    yield Drawn("answer-gone", OF, other_cards.question_is_gone())


def _synonyms(world: World) -> Iterator[Drawn]:
    phrase = world.voice.line(("batteriskolan",), LONGEST_PHRASE)
    means = world.voice.line(("KOM-03",), LONGEST_PHRASE)
    words = world.voice.line(("batteriskolan",), 3_000)
    for understood in (0, 1, 7):
        card = synonym_cards.kept_card(phrase, means, understood)
        yield Drawn(f"synonym-kept-{understood}", OF_SYNONYMS, card)
    yield Drawn("synonym-forgotten", OF_SYNONYMS, synonym_cards.forgotten_card(phrase, means))
    yield Drawn("synonym-no-such", OF_SYNONYMS, synonym_cards.no_such_synonym(words))
    yield Drawn("synonym-is-none", OF_SYNONYMS, synonym_cards.not_a_synonym(words))
    yield Drawn("synonym-means-nothing", OF_SYNONYMS, synonym_cards.means_nothing(words, words))
    yield Drawn("synonym-means-already", OF_SYNONYMS, synonym_cards.means_already(words))
    total = world.voice.many(9, 9_999)
    known = [
        _row(id=n + 1, phrase=phrase, means=means, made_at=world.now, total=total,
             made_by=world.voice.line(("IT-förvaltare",), NAME))
        for n in range(world.voice.many(3, synonym_cards.A_PAGE))
    ]  # fmt: skip
    asked = [
        _row(id=n + 1, words=world.voice.line(("hur gar det med fixen",), LONGEST_WORDS),
             times=n + 1, last_at=world.now - timedelta(days=n), total=total)
        for n in range(world.voice.many(3, synonym_cards.A_PAGE))
    ]  # fmt: skip
    yield Drawn("synonyms", OF_SYNONYMS, synonym_cards.synonyms_card(known, 0))
    yield Drawn("answer-lacking", OF_SYNONYMS, synonym_cards.unanswered_card(asked, 0))
    last = synonym_cards.unanswered_card(asked[:1], max(total - 1, 0))
    yield Drawn("answer-lacking-last", OF_SYNONYMS, last)


def _row(**values: Any) -> Any:
    return values
