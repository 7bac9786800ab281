"""Show an activity as it stands, its history, a list of activities, and one's own."""

from collections.abc import Mapping, Sequence

from bot import reporting
from bot.assignments.assignment import About
from bot.assignments.rights import may_ask
from bot.clock import in_stockholm
from bot.conversations.activity_card import activity_card, said_in, shortened
from bot.conversations.activity_ways import ways_with
from bot.conversations.naming_activity import Named, named_activity
from bot.conversations.needs.need_card import title_of
from bot.conversations.protocol import (
    Conversation,
    Example,
    Pressed,
    Replies,
    Reply,
    Say,
    SayPrivately,
    Turn,
)
from bot.conversations.question_cards import question_parts
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Divider,
    Part,
    Table,
    bold,
    press,
    quiet,
    text,
)
from bot.conversations.ways_on import all_activities_button, help_button
from bot.finding import plain
from bot.following import activity_followers
from bot.language import _, kronor, ngettext, short_date, short_time
from bot.needs.need import Need
from bot.needs.reading import needs_of_activity
from bot.plan import Activity, ActivityId, Plan
from bot.polls.poll import Kind
from bot.polls.rights import may_start
from bot.report_questions import Question, questions_about
from bot.reporting import Report
from bot.states import status_label

REPORTS_A_PAGE = 3
ACTIVITIES_A_PAGE = 25
MINE_A_PAGE = 8
QUESTIONS = 4
"""Questions that stand under a report."""

READ = 12
"""Activities that a summary names."""


def _here(turn: Turn, card: Card) -> Reply:
    return Say(card=card) if turn.place.kind == "private" else SayPrivately(card=card)


async def show(turn: Turn) -> Replies:
    """The activity's card, and what the plan says of it."""
    named = named_activity(turn, "aktivitet", _("aktivitet KOM-03"))
    if not isinstance(named, Named):
        return named
    activity = named.activity
    report, before = await reporting.latest_two(turn.db, activity.id)
    needs = await needs_of_activity(turn.db, activity.id)
    follows = turn.person.id in await activity_followers(turn.db, activity.id)
    ways = ways_with(
        activity,
        needs,
        follows=follows,
        may_ask=may_ask(turn.person, About(activity_id=activity.id), turn.plan, None),
        may_start=may_start(turn.person, Kind.CO_FINANCING),
    )
    return (
        _here(turn, activity_card(activity, report, before)),
        _here(turn, in_plan(turn.plan, activity, needs, ways)),
    )


def in_plan(plan: Plan, activity: Activity, needs: Sequence[Need], ways: Buttons) -> Card:
    """What the plan says of the activity, the needs that it came from, and what one can do."""
    names = sorted(plan.organisations[one].name for one in activity.participants)
    everybody = sum(each.kind == "municipality" for each in plan.organisations.values())
    taking_part = _("alla kommuner") if len(names) == everybody else ", ".join(names)
    rows = [
        (_("Insatsområde"), f"{activity.area}, {activity.direction}"),
        (_("Samordnas av"), plan.organisations[activity.coordinator].name),
        (_("Deltar"), taking_part),
        (_("Ansvarig"), f"{activity.responsible.name}, {activity.responsible.email}"),
        (_("Budget"), kronor(activity.budget)),
    ]
    if activity.network is not None:
        rows.insert(3, (_("Nätverk"), plan.bodies[activity.network].name))
    rows += [(line.source, kronor(line.amount)) for line in activity.funding[:12]]
    if activity.lacking:
        rows.append((_("Saknas"), kronor(activity.lacking)))
    title = _("{code} i planen", code=activity.code)
    table = Table(
        caption=title,
        columns=(_("Uppgift"), _("Värde")),
        rows=tuple((label, shortened(value or "–", 800)) for label, value in rows),
    )
    parts: list[Part] = [text(activity.description)] if activity.description else []
    summary = _(
        "{title}: {name}. Ansvarig {who}, budget {budget}, pågår till {day}.",
        title=title,
        name=activity.title,
        who=activity.responsible.name,
        budget=kronor(activity.budget),
        day=short_date(activity.ends_on),
    )
    parts += [table, *(text(_("Kommer ur {need}", need=title_of(each))) for each in needs[:5])]
    parts.append(ways)
    return Card(title=title, summary=summary, parts=tuple(parts))


async def history(turn: Turn) -> Replies:
    """The activity's reports, newest first, a few at a time."""
    named = named_activity(turn, "historik", _("historik KOM-03"))
    if not isinstance(named, Named):
        return named
    activity = named.activity
    skip = int(named.arguments[0]) if named.arguments and named.arguments[0].isdecimal() else 0
    found = await reporting.history(
        turn.db, activity, most=REPORTS_A_PAGE + 1, skip=min(skip, 10**6)
    )
    if not found:
        return (_here(turn, never_reported(activity)),)
    asked = await questions_about(turn.db, [each.id for each in found])
    replies = [
        _here(turn, as_reported(activity, each, asked.get(each.id, ())))
        for each in found[:REPORTS_A_PAGE]
    ]
    if len(found) > REPORTS_A_PAGE:
        replies.append(_here(turn, older_reports(activity, skip + REPORTS_A_PAGE)))
    return tuple(replies)


def never_reported(activity: Activity) -> Card:
    """The history of an activity that has none, with a way to begin it."""
    said = _("{name}: ingen har rapporterat än.", name=activity.name)
    start = Button(label=_("Rapportera"), press=press("rapport", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(start,))))


def older_reports(activity: Activity, skip: int) -> Card:
    """The way to the reports after the first `skip`."""
    said = _("Det finns äldre rapporter om {code}.", code=activity.code)
    older = press("historik", activity.code, str(skip))
    more = Buttons(buttons=(Button(label=_("Visa äldre"), press=older),))
    return Card(summary=said, parts=(text(said), more))


def as_reported(activity: Activity, report: Report, asked: Sequence[Question] = ()) -> Card:
    """One report of the history, with what was asked about it."""
    when = short_time(in_stockholm(report.reported_at))
    title = f"{activity.code} {when}"
    parts: list[Part] = [text(bold(status_label(report.content.status)))]
    if report.replaced_by is not None:
        parts.append(quiet(_("Den här rapporten är rättad; rättelsen står ovanför.")))
    if report.replaces is not None:
        parts.append(quiet(_("Det här är en rättelse av en tidigare rapport.")))
    parts += said_in(report, link_to=activity.code, most=2_300)
    who = _written_by(report)
    parts.append(quiet(who))
    for each in asked[:QUESTIONS]:
        parts += question_parts(each)
    content = report.content
    summary = f"{title}: {status_label(content.status)}. {who}."
    if content.deviation or content.situation:
        summary += " " + shortened(content.deviation or content.situation or "", 300)
    return Card(title=title, summary=summary, parts=tuple(parts))


def _written_by(report: Report) -> str:
    if report.content.unchanged:
        return _("Oförändrat enligt {name}", name=report.person_name)
    return _("Skriven av {name}", name=report.person_name)


async def list_activities(turn: Turn) -> Replies:
    """The plan's activities with their states, all or those of an area, a page at a time."""
    wanted, skip = _asked_for(turn)
    chosen = [each for each in turn.plan.activities.values() if _fits(turn, each, wanted)]
    if not chosen:
        return (_here(turn, none_fits(turn.plan, wanted)),)
    latest = await reporting.latest_of(turn.db, _page(chosen, skip))
    return (_here(turn, listed(chosen, wanted, skip, latest)),)


def _page(chosen: Sequence[Activity], skip: int) -> tuple[Activity, ...]:
    return tuple(chosen[skip : skip + ACTIVITIES_A_PAGE])


def none_fits(plan: Plan, wanted: str) -> Card:
    """What is said when no activity fits the words, or the plan is empty."""
    if not plan.activities:
        said = _("Planen är tom än så länge.")
        return Card(summary=said, parts=(text(said),))
    said = _("Inga aktiviteter passar ”{words}”.", words=shortened(wanted, 60))
    show_all = Button(label=_("Visa alla aktiviteter"), press=press("aktiviteter"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_all,))))


def _asked_for(turn: Turn) -> tuple[str, int]:
    if not isinstance(turn.doing, Pressed):
        return turn.words, 0
    arguments = (*turn.doing.press.arguments, "", "")
    skip = int(arguments[1]) if arguments[1].isdecimal() else 0
    return arguments[0], skip


def _fits(turn: Turn, activity: Activity, words: str) -> bool:
    network = turn.plan.bodies[activity.network].name if activity.network else ""
    places = " ".join(turn.plan.organisations[one].name for one in activity.participants)
    everything = f"{activity.name} {activity.area} {activity.direction} {network}"
    return all(word in plain(f"{everything} {places}") for word in plain(words).split())


def listed(
    chosen: Sequence[Activity], wanted: str, skip: int, latest: Mapping[ActivityId, Report]
) -> Card:
    """A page of the chosen activities, each with its state and who answers for it."""
    page = _page(chosen, skip)
    rows = tuple(
        (each.code, each.title, _standing(latest.get(each.id)), each.responsible.name)
        for each in page
    )
    table = Table(
        caption=_("Aktiviteter i planen"),
        columns=(_("Kod"), _("Aktivitet"), _("Läge"), _("Ansvarig")),
        rows=rows,
    )
    count = ngettext("{n} aktivitet", "{n} aktiviteter", len(chosen))
    parts: list[Part] = [table]
    if skip + len(page) < len(chosen):
        more = press("aktiviteter", shortened(wanted, 30).replace(",", " "), skip + len(page))
        parts.append(Buttons(buttons=(Button(label=_("Visa fler"), press=more),)))
    title = count
    if wanted:
        title = _("{count} som passar ”{words}”", count=count, words=shortened(wanted, 60))
    return Card(title=title, summary=f"{title}: {_in_short(page, latest)}", parts=tuple(parts))


def _in_short(activities: Sequence[Activity], latest: Mapping[ActivityId, Report]) -> str:
    """Code and state of each, as many as can be listened to."""
    said = ", ".join(f"{each.code} {_state(latest.get(each.id))}" for each in activities[:READ])
    return f"{said} …" if len(activities) > READ else f"{said}."


def _state(report: Report | None) -> str:
    return _("ingen rapport") if report is None else status_label(report.content.status)


def _standing(report: Report | None) -> str:
    if report is None:
        return _("ingen rapport")
    day = short_date(in_stockholm(report.reported_at).date())
    return f"{status_label(report.content.status)}, {day}"


async def my_activities(turn: Turn) -> tuple[Card, ...]:
    """My activities and when they were last reported; with none, the way to all of them."""
    mine = turn.plan.of_person(turn.person, in_stockholm(turn.now).date())
    if not mine:
        return (none_of_mine(),)
    return (mine_card(mine, await reporting.latest_of(turn.db, mine)),)


def mine_card(
    mine: Sequence[Activity], latest: Mapping[ActivityId, Report], *, skip: int = 0
) -> Card:
    """The activities a person answers for, with when they were last reported, from `skip` on."""
    parts: list[Part] = []
    for activity in mine[skip : skip + MINE_A_PAGE]:
        parts.append(text(bold(f"{activity.code} "), activity.title))
        parts.append(quiet(_last_reported(latest.get(activity.id))))
        buttons = [Button(label=_("Rapportera"), press=press("rapport", activity.code))]
        if activity.id in latest:
            again = press("rapport", activity.code, "oforandrat")
            buttons.append(Button(label=_("Oförändrat"), press=again))
        buttons.append(Button(label=_("Visa"), press=press("aktivitet", activity.code)))
        parts.append(Buttons(buttons=tuple(buttons)))
    parts.append(Divider())
    buttons = [Button(label=_("Rapportera alla på en gång"), press=press("rapport", "mina"))]
    left = len(mine) - skip - MINE_A_PAGE
    if left > 0:
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
        further = press("mina", skip + MINE_A_PAGE)
        buttons.insert(0, Button(label=_("Visa fler"), press=further))
    parts.append(Buttons(buttons=tuple(buttons)))
    count = ngettext("Du ansvarar för {n} aktivitet", "Du ansvarar för {n} aktiviteter", len(mine))
    shown = mine[skip : skip + MINE_A_PAGE]
    summary = f"{count}: {_in_short(shown, latest)}"
    return Card(title=_("Mina aktiviteter"), summary=summary, parts=tuple(parts))


def _last_reported(report: Report | None) -> str:
    if report is None:
        return _("Inte rapporterad än")
    day = short_date(in_stockholm(report.reported_at).date())
    state = status_label(report.content.status)
    return _("Senast rapporterad {day}: {status}", day=day, status=state)


async def mine(turn: Turn) -> Replies:
    """My activities, a page at a time, or how to find others."""
    mine = turn.plan.of_person(turn.person, in_stockholm(turn.now).date())
    if not mine:
        return (_here(turn, none_of_mine()),)
    pressed = turn.doing.press.arguments if isinstance(turn.doing, Pressed) else ()
    skip = int(pressed[0]) if pressed and pressed[0].isdecimal() and len(pressed[0]) < 6 else 0
    latest = await reporting.latest_of(turn.db, mine)
    return (_here(turn, mine_card(mine, latest, skip=skip if skip < len(mine) else 0)),)


def none_of_mine() -> Card:
    """What is said to somebody who answers for nothing that goes on."""
    said = _("Du ansvarar inte för någon aktivitet som pågår.")
    ways = Buttons(buttons=(all_activities_button(), help_button()))
    return Card(summary=said, parts=(text(said), ways))


SHOW_ACTIVITY = Conversation(
    name="aktivitet",
    says=lambda: _("Visa hur en aktivitet står"),
    answer=show,
    synonyms=("visa", "lage", "kort", "activity", "show"),
    examples=lambda: (
        Example(
            words=_("aktivitet KOM-03"),
            answer="KOM-03",
            meaning=_("visar läget och vad planen säger"),
        ),
    ),
)
HISTORY = Conversation(
    name="historik",
    says=lambda: _("Visa en aktivitets alla rapporter"),
    answer=history,
    synonyms=("historia", "history"),
    examples=lambda: (
        Example(
            words=_("historik KOM-03"),
            answer="KOM-03",
            meaning=_("visar rapporterna, den senaste först"),
        ),
    ),
)
LIST_ACTIVITIES = Conversation(
    name="aktiviteter",
    says=lambda: _("Lista aktiviteter i planen"),
    answer=list_activities,
    synonyms=("lista", "plan", "planen", "activities", "list"),
    examples=lambda: (
        Example(
            words=_("aktiviteter kompetens"),
            answer="KOM-03",
            meaning=_("listar ett insatsområdes aktiviteter"),
        ),
        Example(
            words=_("aktiviteter hjo"),
            answer="PLA-01",
            meaning=_("listar dem som en kommun deltar i"),
        ),
    ),
)
MINE = Conversation(
    name="mina",
    says=lambda: _("Visa aktiviteterna du ansvarar för"),
    answer=mine,
    synonyms=("mine", "my"),
    examples=lambda: (
        Example(
            words=_("mina"),
            answer="KOM-03",
            meaning=_("visar dina aktiviteter och när de senast rapporterades"),
        ),
    ),
    at_home=my_activities,
)
