"""Cards of talking: receipts, questions back, refusals, help, and what was not understood."""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversations import (
    correct_report,
    edited_line,
    filling,
    not_saved,
    own_page,
    report_form,
    report_mine,
    report_status,
    saving_report,
    small_talk,
    understanding,
    ways_on,
)
from bot.conversations.help import help_cards, help_on_one
from bot.conversations.invitation import invitation
from bot.conversations.naming_activity import ask_which
from bot.conversations.offering import offer
from bot.conversations.protocol import OpenHome, Refusal, Submitted, Words
from bot.conversations.registry import Conversations
from bot.specimens.activities import report_on
from bot.specimens.invented import PEOPLE
from bot.specimens.specimen import Drawn
from bot.specimens.world import NAME, World
from bot.states import Status


def talk_cards(world: World, known: Conversations) -> Iterator[Drawn]:
    """All of them."""
    yield from _choosing(world)
    yield from _receipts(world)
    yield from _refusals(world)
    yield from _correcting(world)
    yield from _understanding(world, known)
    yield from _trouble(world)


def _trouble(world: World) -> Iterator[Drawn]:
    said = world.voice.text(("rapport KOM-03 risk Avtalet är försenat",)) or ""
    sent = Submitted(form="rapport", step="lage", values={})
    for name, doing in (("words", Words(text=said)), ("form", sent), ("page", OpenHome())):
        yield Drawn(f"not-saved-{name}", "", not_saved.not_saved(doing))
    yield Drawn("given-back", "", filling.given_back([said or "Avtalet är försenat"] * 3))
    yield Drawn("not-known-now", "", not_saved.not_known_now())
    yield Drawn("nothing-waits", "hem", own_page.nothing_there())


def invitations(drawn: Iterator[Drawn]) -> Iterator[Drawn]:
    """What is said in the place of each form where none can be opened, as it is drawn first."""
    seen: set[str] = set()
    for each in drawn:
        if each.view.kind == "form" and each.view.name not in seen:
            seen.add(each.view.name)
            yield Drawn(f"invitation-{each.name}", "formular", invitation(each.view))


def _choosing(world: World) -> Iterator[Drawn]:
    several = world.activities
    said, named = (
        world.voice.text(("risk Avtalet dröjer",)) or "",
        world.voice.line(("batri",), 200),
    )
    choose = report_status.choose_card(world.mine, world.latest)
    yield Drawn("report-choose", "rapport", choose)
    yield Drawn("report-which", "rapport", report_status.which(several, said))
    yield Drawn("history-which", "historik", report_status.which(several, "", "historik"))
    yield Drawn("report-no-such", "rapport", report_status.no_such(named, said))
    yield Drawn("rhythm-no-such", "takt", report_status.no_such(named, ""))
    yield Drawn("milestone-ask-which", "milstolpe", ask_which("milstolpe KOM-03"))


def _receipts(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    report = report_on(world, activity, Status.ON_TRACK)
    risk = report_on(world, activity, Status.AT_RISK)
    told = {
        "receipt": report,
        "receipt-risk": risk,
        "receipt-no-measure": replace(risk, content=replace(risk.content, measure=None)),
        "receipt-unchanged": replace(report, content=report.content.said_again()),
        "receipt-corrected": replace(report, replaces=1),
    }
    for name, each in told.items():
        yield Drawn(name, "rapport", saving_report.receipt(activity, each))
    mine = world.mine[: report_mine.MOST_AT_ONCE]
    saved = [(each, report_on(world, each, Status.ON_TRACK)) for each in mine]
    yield Drawn("receipt-mine", "rapport", report_mine.receipt(saved, ()))
    yield Drawn("receipt-mine-wrong", "rapport", report_mine.receipt(saved, mine))
    yield Drawn("receipt-mine-all-wrong", "rapport", report_mine.receipt((), mine))
    yield Drawn("receipt-mine-nothing", "rapport", report_mine.receipt((), ()))
    yield Drawn("report-none-of-mine", "rapport", report_mine.none_to_report())


def _refusals(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    names = [world.voice.line(PEOPLE, NAME) for _n in range(world.voice.many(4, 30))]
    said = saving_report.who_may(activity, names)
    yield Drawn("report-refused", "rapport", saving_report.refused(activity, said))
    ended = saving_report.refused(activity, saving_report.has_ended(activity))
    yield Drawn("report-ended", "rapport", ended)
    yield Drawn("report-no-such-activity", "rapport", report_form.no_such_activity())
    words = world.voice.line(("Bara administratörer kan göra det.",), 3_000)
    yield Drawn("refused", "", ways_on.refusal_card(Refusal(words)))


def _correcting(world: World) -> Iterator[Drawn]:
    activity = world.activities[0]
    report = report_on(world, activity, Status.ON_TRACK)
    code = activity.code
    yield Drawn("correct-which", "ratta", correct_report.correct_which("rätta KOM-03"))
    yield Drawn("correct-nothing", "ratta", correct_report.nothing_to_correct(code, None))
    yield Drawn("correct-another", "ratta", correct_report.nothing_to_correct(code, report))
    yield Drawn("correct-no-such", "ratta", report_form.no_such_report())
    yield Drawn("correct-not-yours", "ratta", report_form.not_yours(report))
    yield Drawn("correct-again", "ratta", saving_report.already_corrected(activity))
    deleted = edited_line.stands(world.plan, report, deleted=True)
    yield Drawn("line-deleted", "rapport", deleted)
    edited = edited_line.stands(world.plan, report)
    yield Drawn("line-edited", "rapport", edited)
    other = world.voice.line(("rapport SAM-01",), 3_000)
    stands = edited_line.stands(world.plan, report, other=other)
    yield Drawn("line-about-another", "rapport", stands)


def _understanding(world: World, known: Conversations) -> Iterator[Drawn]:
    name = world.person.name
    offered = [offer(each, world.person) for each in known if each.in_help]
    for n, card in enumerate(help_cards(name, offered)):
        yield Drawn(f"help-more-{n}" if n else "help", "hjalp", card)
    first = help_cards(name, offered, in_channel=True)[0]
    yield Drawn("help-in-channel", "hjalp", first)
    one = next(each for each in offered if each.name == "rapport")
    yield Drawn("help-on-one", "hjalp", help_on_one(one))
    yield Drawn("help-on-one-in-channel", "hjalp", help_on_one(one, in_channel=True))
    word = world.voice.line(("blommor",), 200)
    yield Drawn("not-understood", "", understanding.not_understood(known, word))
    near = understanding.not_understood(known, "raport")
    yield Drawn("not-understood-near", "", near)
    yield Drawn("button-gone", "", understanding.button_is_gone())
    yield Drawn("form-gone", "", filling.form_is_gone())
    yield Drawn("attachments", "", understanding.attachments_are_not_kept())
    yield Drawn("thanked", "", small_talk.you_are_welcome())
    activity, said = world.activities[0], world.voice.text(("grön allt väl",)) or ""
    meant = small_talk.meant_as_report(activity, said, in_channel=False)
    yield Drawn("meant-as-report", "", meant)
    in_channel = small_talk.meant_as_report(activity, said, in_channel=True)
    yield Drawn("meant-as-report-in-channel", "", in_channel)
    for where in (False, True):
        perhaps = small_talk.perhaps_report(word, in_channel=where)
        yield Drawn(f"perhaps-report{'-in-channel' if where else ''}", "", perhaps)
    yield Drawn("only-a-code", "", small_talk.meant_as_report(activity, "", in_channel=False))
