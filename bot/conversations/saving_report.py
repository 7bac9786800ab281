"""Saving a report: the right to it, what its channel hears, and the receipt."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from bot import reporting
from bot.absence import stood_in_for
from bot.clock import in_stockholm
from bot.conversations.activity_card import KIND, is_news, news_card, shortened
from bot.conversations.protocol import Replies, Say, SayPrivately, Turn, Words
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.following import activity_followers
from bot.language import _, ngettext, number
from bot.outbox import ToBody, ToPerson
from bot.plan import Activity
from bot.reporting import Content, Report
from bot.states import NEEDS_DEVIATION, Decider, decider_word, status_label
from storage.queries.reminders import heard_of

MOST_CHARACTERS = 3_000
"""Of one text in a report; the database holds the same limit."""

SAID_BACK = 300
"""Characters of each text that a receipt gives back."""

NAMED = 12
"""People that a refusal names."""


async def refusal(turn: Turn, activity: Activity) -> Replies | None:
    """What is said to somebody who may not report the activity; None for those who may, and for
    the deputy of whoever answers for it while they are away."""
    if activity.ended_on is not None:
        said = has_ended(activity)
    elif reporting.may_report(
        turn.person, activity
    ) or activity.responsible.id in await stood_in_for(
        turn.db, turn.person.id, in_stockholm(turn.now).date()
    ):
        return None
    else:
        others = await reporting.others_who_may(turn.db, activity, turn.plan, turn.now)
        said = who_may(activity, others)
    return (say(turn, refused(activity, said)),)


def has_ended(activity: Activity) -> str:
    """What is said of an activity that is over."""
    return _(
        "{code} {title} är avslutad och rapporteras inte längre.",
        code=activity.code,
        title=activity.title,
    )


def refused(activity: Activity, said: str) -> Card:
    """Why somebody may not report the activity, and what they may: read its history."""
    history = Button(label=_("Visa historik"), press=press("historik", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(history,))), tone="warning")


def who_may(activity: Activity, others: Sequence[str]) -> str:
    """Who may report the activity: the one responsible, `others` of its network, staff."""
    said = _(
        "Du kan inte rapportera {code}. Det gör {name}, som ansvarar för den",
        code=activity.code,
        name=f"{activity.responsible.name} ({activity.responsible.email})",
    )
    if others:
        names, left = ", ".join(others[:NAMED]), len(others) - NAMED
        said += _(", eller någon av nätverkets medlemmar: {names}", names=names)
        if left > 0:
            said += ngettext(" och {n} till", " och {n} till", left)
    return said + _(". Förbundets medarbetare och chefen kan också göra det.")


def too_long(words: str) -> str:
    """What is said of a text that a report has no room for."""
    return _(
        "Texten är {length} tecken. Korta den till högst {most}.",
        length=number(len(words)),
        most=number(MOST_CHARACTERS),
    )


def say(turn: Turn, card: Card) -> Say | SayPrivately:
    """Say what matters to the person: here if it is their private chat, else there as well."""
    if turn.place.kind == "private":
        return Say(card=card)
    return SayPrivately(card=card, lasting=True)


async def unchanged(turn: Turn, activity: Activity, note: str) -> Replies | None:
    """The last report once more, with a new date; None when there is none to say again."""
    last = await reporting.latest(turn.db, activity)
    if last is None:
        return None
    content = last.content.said_again()
    return await save(turn, activity, replace(content, situation=note) if note else content)


async def save(turn: Turn, activity: Activity, content: Content) -> Replies:
    """Record the report, tell the network's channel what is new, and give the receipt."""
    report = await record_and_tell(turn, activity, content)
    return (say(turn, receipt(activity, report)),)


async def record_and_tell(
    turn: Turn, activity: Activity, content: Content, replaces: int | None = None
) -> Report:
    """Record the report, raise the activity's cards, and say in its channel what is news."""
    before = await _before(turn, activity, replaces)
    report = await reporting.record(
        turn.db,
        person=turn.person,
        activity=activity,
        content=content,
        now=turn.now,
        platform=turn.place.platform,
        replaces=replaces,
        turn_key=_line(turn),
    )
    answer = "unchanged" if content.unchanged else "reported"
    await heard_of(turn.db, activity.id, answer, turn.now)
    bodies = [activity.network] if activity.network is not None else []
    turn.outbox.raise_card(KIND, activity.id, bodies=bodies)
    if is_news(report, before):
        await _tell_news(turn, activity, report, before)
    return report


async def _tell_news(turn: Turn, activity: Activity, report: Report, before: Report | None) -> None:
    """Say it in the network's channel, and to each who follows the activity."""

    def news() -> Card:
        return news_card(activity, report, before)

    if activity.network is not None:
        turn.outbox.say(ToBody(activity.network), news)
    for person in sorted(await activity_followers(turn.db, activity.id) - {turn.person.id}):
        turn.outbox.say(ToPerson(person), news)


def _line(turn: Turn) -> str | None:
    """The turn that the chat line first was, so that editing the line again corrects this."""
    return (turn.doing.edits or turn.key) if isinstance(turn.doing, Words) else None


async def _before(turn: Turn, activity: Activity, replaces: int | None) -> Report | None:
    if replaces is None:
        return await reporting.latest(turn.db, activity)
    return await reporting.report_by_id(turn.db, replaces)


def receipt(activity: Activity, report: Report) -> Card:
    """What was saved, and what one can do about it."""
    content = report.content
    name = activity.name
    told = _told(content)
    first = _("Sparat")
    if report.replaces is not None:
        first = _("Rättat")
    elif content.unchanged:
        first = _("Sparat som oförändrat")
    parts: list[Part] = [text(bold(f"{first}: "), f"{name}, {status_label(content.status)}")]
    parts += [
        text(*([bold(f"{label}: ")] if label else []), shortened(words, SAID_BACK))
        for label, words in told
    ]
    if content.status in NEEDS_DEVIATION and not content.measure:
        parts.append(quiet(_("Vad gör ni åt det? Lägg gärna till en åtgärd.")))
    buttons = [Button(label=_("Rätta"), press=press("ratta", activity.code, str(report.id)))]
    if content.status in NEEDS_DEVIATION and not content.measure:
        add = press("ratta", activity.code, str(report.id))
        buttons = [Button(label=_("Lägg till åtgärd"), press=add, style="primary")]
    buttons.append(Button(label=_("Visa aktiviteten"), press=press("aktivitet", activity.code)))
    parts.append(Buttons(buttons=tuple(buttons)))
    summary = " ".join(
        (
            f"{first}: {name}, {status_label(content.status)}.",
            *(
                f"{label}: {shortened(words, SAID_BACK)}".removeprefix(": ")
                for label, words in told
            ),
        )
    )
    return Card(summary=summary, parts=tuple(parts), tone="good")


def _told(content: Content) -> list[tuple[str, str]]:
    """All that the report says in words, as the receipt gives it back: label and text."""
    decision = ""
    if content.decision_from is not Decider.NOBODY:
        decision = _("Beslut behövs av {decider}", decider=decider_word(content.decision_from))
    wanted = (
        ("", content.deviation),
        ("" if content.deviation is None else _("Läget"), content.situation),
        (_("Åtgärd"), content.measure),
        (decision, content.decision if decision else None),
        (_("Nästa steg"), content.next_step),
    )
    return [(label, words) for label, words in wanted if words]


def already_corrected(activity: Activity) -> Card:
    """What is said of a report that somebody has replaced in the meantime."""
    said = _(
        "Den rapporten om {code} är redan rättad. Rätta i stället den senaste.",
        code=activity.code,
    )
    show = Button(label=_("Visa historik"), press=press("historik", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")


async def save_correction(
    turn: Turn, activity: Activity, content: Content, replaces: int
) -> Replies:
    """Like `save`, for a report that replaces another; says so when that is replaced already."""
    try:
        async with turn.db.begin_nested():
            report = await record_and_tell(turn, activity, content, replaces)
    except IntegrityError:
        return (say(turn, already_corrected(activity)),)
    return (say(turn, receipt(activity, report)),)
