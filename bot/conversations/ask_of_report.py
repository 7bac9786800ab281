"""Ask about a report, and answer: `undra KOM-03 när kommer avtalet?`, a button, or a thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import reporting
from bot.conversations.activity_card import KIND
from bot.conversations.calling import read_line
from bot.conversations.forms import TextField, Value
from bot.conversations.naming_activity import which_activity
from bot.conversations.protocol import Conversation, Example, Pressed, Replies, Turn
from bot.conversations.question_cards import (
    ANSWER_FORM,
    ASK_FORM,
    NAME,
    answer_saved,
    answered_already,
    answered_card,
    asked_card,
    in_thread,
    nothing_to_ask_about,
    question_card,
    question_parts,
    what_to_ask,
)
from bot.conversations.report_status import no_such, which
from bot.conversations.saving_report import refusal, say
from bot.conversations.small_talk import begins_with_activity
from bot.conversations.steps import Answers, NotNow, Step
from bot.finding import Found, Several, find_activity, read_number
from bot.language import _
from bot.outbox import ToBody, ToPerson
from bot.plan import Activity, ActivityId, Plan
from bot.report_questions import LONGEST, Question, question_by_id, questions_about
from bot.reporting import Report
from storage.queries import report_questions as queries
from storage.queries.turns import latest_words

MOST_OF_TITLE = 12
"""Words that may be those of a title."""


async def answer(turn: Turn) -> Replies:
    """Ask what the words ask; of an activity alone, what one wants to know."""
    if isinstance(turn.doing, Pressed):
        return await _pressed(turn, turn.doing.press.arguments)
    if not turn.words:
        return which_activity(turn, _("undra KOM-03 när kommer avtalet"))
    meant, question = named_first(turn.plan, turn.words)
    match meant:
        case ():
            return (say(turn, no_such(turn.words.split()[0], "")),)
        case (activity,):
            return await _asked(turn, activity, question)
        case _:
            return (say(turn, which(meant, question, NAME)),)


async def _pressed(turn: Turn, arguments: tuple[str, ...]) -> Replies:
    """`CODE ord`: chosen among several that fitted the person's latest words."""
    code, more = (*arguments, "", "")[:2]
    activity = turn.plan.activities.get(code)
    if activity is None:
        return which_activity(turn, _("undra KOM-03 när kommer avtalet"))
    if more != "ord":
        return await _asked(turn, activity, "")
    line = read_line(await latest_words(turn.db, turn.person.id) or "")
    meant, question = named_first(turn.plan, line.rest)
    return await _asked(turn, activity, question if activity in meant else "")


async def _asked(turn: Turn, activity: Activity, question: str) -> Replies:
    if not question:
        return (say(turn, what_to_ask(activity)),)
    return await ask(turn, activity, question[:LONGEST])


def named_first(plan: Plan, words: str) -> tuple[tuple[Activity, ...], str]:
    """The activities that the words begin with, and the words after them: by code, or by as many
    words of the title as fit."""
    begun = begins_with_activity(plan, words)
    if begun is not None:
        return (begun[0],), begun[1]
    said = words.split()
    several: tuple[tuple[Activity, ...], str] = (), words
    for taken in range(min(len(said), MOST_OF_TITLE), 0, -1):
        rest = " ".join(said[taken:])
        match find_activity(plan, " ".join(said[:taken])):
            case Found(one=activity):
                return (activity,), rest
            case Several(these=these) if not several[0]:
                several = these, rest
            case _:
                pass
    return several


async def ask(turn: Turn, activity: Activity, words: str) -> Replies:
    """Put the question to whoever answers for the activity, and in the thread of its card."""
    report = await reporting.latest(turn.db, activity)
    if report is None:
        return (say(turn, nothing_to_ask_about(activity)),)
    key = await queries.ask_of_report(
        turn.db,
        report=report.id,
        activity=activity.id,
        person=turn.person.id,
        question=words,
        now=turn.now,
        platform=turn.place.platform,
    )
    question = next(
        each for each in (await questions_about(turn.db, [report.id]))[report.id] if each.id == key
    )
    if turn.person.id != activity.responsible.id:
        turn.outbox.say(
            ToPerson(activity.responsible.id), lambda: question_card(activity, question)
        )
    _say_in_thread(turn, activity, question)
    return (say(turn, asked_card(activity, question, hears=activity.responsible.name)),)


def _say_in_thread(turn: Turn, activity: Activity, question: Question) -> None:
    if activity.network is not None:
        turn.outbox.say(
            ToBody(activity.network),
            lambda: in_thread(activity, question),
            under_card=(KIND, activity.id),
        )


async def asked_in_thread(turn: Turn, words: str) -> Replies | None:
    """A line to the bot in the thread of an activity's card is a question about its report."""
    if turn.under is None or turn.place.conversation_id is None or not words:
        return None
    found = await queries.card_in_thread(turn.db, turn.place.conversation_id, KIND, turn.under)
    activity = turn.plan.by_id.get(ActivityId(found)) if found is not None else None
    return await ask(turn, activity, words[:LONGEST]) if activity is not None else None


@dataclass(frozen=True)
class AskedOf:
    """The activity and its latest report."""

    activity: Activity
    report: Report


class AskForm:
    """`undra CODE`."""

    name = ASK_FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> AskedOf | NotNow:
        """The activity's latest report; says so when there is none."""
        activity = turn.plan.activities.get((*arguments, "")[0])
        if activity is None:
            return NotNow((say(turn, no_such((*arguments, "")[0], "")),))
        report = await reporting.latest(turn.db, activity)
        if report is None:
            return NotNow((say(turn, nothing_to_ask_about(activity)),))
        return AskedOf(activity, report)

    def first_values(self, context: AskedOf) -> dict[str, Value]:
        """Nothing is asked yet."""
        return {}

    def steps(self, context: AskedOf, values: Mapping[str, Value]) -> list[Step]:
        """The question."""
        label = _("Vad undrar du om {code}?", code=context.activity.code)
        name = context.activity.responsible.name
        return [
            Step(
                name="fraga",
                title=_("Fråga om rapporten"),
                fields=(
                    TextField(
                        name="question",
                        label=label,
                        help=_("{name} får frågan. Svaret står kvar vid rapporten.", name=name),
                        required=True,
                        lines=4,
                        max_length=LONGEST,
                    ),
                ),
                submit=_("Fråga"),
            )
        ]

    async def save(self, turn: Turn, context: AskedOf, answers: Answers) -> Replies:
        """Ask."""
        return await ask(turn, context.activity, answers["question"])


@dataclass(frozen=True)
class ToAnswer:
    """The question, and the activity that it is about."""

    activity: Activity
    question: Question


class AnswerForm:
    """`fraga_svar KEY`: whoever may report the activity may answer."""

    name = ANSWER_FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> ToAnswer | NotNow:
        """The question, if it waits for an answer and the person may give one."""
        question = await question_by_id(turn.db, read_number((*arguments, "")[0]))
        activity = turn.plan.by_id.get(question.activity) if question is not None else None
        if question is None or activity is None or question.answer is not None:
            return NotNow((say(turn, answered_already(activity, question)),))
        refused = await refusal(turn, activity)
        return NotNow(refused) if refused is not None else ToAnswer(activity, question)

    def first_values(self, context: ToAnswer) -> dict[str, Value]:
        """Nothing is answered yet."""
        return {}

    def steps(self, context: ToAnswer, values: Mapping[str, Value]) -> list[Step]:
        """The answer, under the question."""
        return [
            Step(
                name="svar",
                title=_("Svara på frågan"),
                intro=question_parts(context.question),
                fields=(
                    TextField(
                        name="answer",
                        label=_("Svar"),
                        help=_("{name} får svaret.", name=context.question.asked_by_name),
                        required=True,
                        lines=4,
                        max_length=LONGEST,
                    ),
                ),
                submit=_("Svara"),
            )
        ]

    async def save(self, turn: Turn, context: ToAnswer, answers: Answers) -> Replies:
        """Keep the answer with the report, and tell whoever asked."""
        activity, key = context.activity, context.question.id
        ours = await queries.answer_question(
            turn.db,
            key,
            person=turn.person.id,
            answer=answers["answer"],
            now=turn.now,
            platform=turn.place.platform,
        )
        question = await question_by_id(turn.db, key)
        if question is None or not ours:
            return (say(turn, answered_already(activity, question)),)
        if question.asked_by != turn.person.id:
            turn.outbox.say(ToPerson(question.asked_by), lambda: answered_card(activity, question))
        _say_in_thread(turn, activity, question)
        return (say(turn, answer_saved(activity, question)),)


ASK_OF_REPORT = Conversation(
    name=NAME,
    says=lambda: _("Fråga om en rapport"),
    answer=answer,
    synonyms=("undrar", "wonder"),
    examples=lambda: (
        Example(
            words=_("undra KOM-03 när kommer avtalet"),
            answer="KOM-03",
            meaning=_("frågar den som ansvarar; svaret står kvar vid rapporten"),
        ),
    ),
    forms=(AskForm(), AnswerForm()),
)
