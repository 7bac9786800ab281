"""Quick questions and questions of dates by a form, for those who would rather not type a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.choices import options
from bot.conversations.forms import ChoiceField, FormField, TextField, ToggleField, Value
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.question_starting import ask, no_network, why_not_read
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.language import _
from bot.people import BodyId, Person
from bot.plan import Plan
from bot.polls.poll import Kind, Method, Poll, Secrecy
from bot.polls.reading_question import Dates, NotAQuestion, Question, dates_of, question_of
from bot.polls.rights import bodies_to_ask, may_start


@dataclass(frozen=True)
class About:
    """Who asks whom and when, and the poll that is copied if one is."""

    plan: Plan
    person: Person
    now: datetime
    bodies: tuple[BodyId, ...]
    copied: Poll | None = None


@dataclass
class QuestionForm:
    """`omrostning_fraga` or `omrostning_datum`, with `kopia N` filled in from another."""

    name: str
    kind: Kind

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """Whom the person can ask."""
        bodies = bodies_to_ask(turn.person, turn.plan)
        if not may_start(turn.person, self.kind) or not bodies:
            return NotNow((say(turn, no_network()),))
        if arguments[:1] != ("kopia",):
            return About(turn.plan, turn.person, turn.now, bodies)
        poll = await asked_poll(turn, arguments[1:])
        copied = poll if isinstance(poll, Poll) else None
        return About(turn.plan, turn.person, turn.now, bodies, copied)

    def first_values(self, context: About) -> dict[str, Value]:
        """One's own network, when it is one; what the copied one asked."""
        own = [one for one in context.bodies if one in context.person.bodies]
        values: dict[str, Value] = {"body": str(own[0])} if len(own) == 1 else {}
        if context.copied is not None:
            poll = context.copied
            values |= {
                "title": poll.title,
                "choices": "\n".join(each.label for each in poll.options),
                "several": poll.method is Method.SEVERAL,
                "hidden": poll.secrecy is Secrecy.UNTIL_CLOSING,
            }
        return values

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        title = _("Snabbfråga") if self.kind is Kind.QUESTION else _("Datumfråga")
        return [
            Step(
                name="fraga",
                title=title,
                fields=tuple(self._fields(context)),
                submit=_("Ställ frågan"),
                check=lambda answers: self._problems(context, answers),
            )
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Ask it."""
        asked = self._asked(answers, context.now)
        return await ask(turn, asked, BodyId(int(answers["body"])))

    def _asked(self, answers: Answers, now: datetime) -> Question | Dates:
        """What the fields say, word for word. NotAQuestion."""
        title, lines = str(answers["title"]), str(answers.get("choices") or "").splitlines()
        if self.kind is Kind.DATES:
            return dates_of(title, [each for line in lines for each in line.split(",")], now)
        several, hidden = bool(answers.get("several")), bool(answers.get("hidden"))
        return question_of(title, lines, now, several=several, hidden=hidden)

    def _fields(self, context: About) -> list[FormField]:
        plan = context.plan
        asks_dates = self.kind is Kind.DATES
        fields: list[FormField] = [
            TextField(
                name="title",
                label=_("Vad gäller mötet?") if asks_dates else _("Fråga"),
                required=True,
                max_length=150,
            ),
            TextField(
                name="choices",
                label=_("Tider") if asks_dates else _("Svarsalternativ"),
                help=_("En per rad, till exempel 12 maj 9-11")
                if asks_dates
                else _("Ett per rad. Lämna tomt för ja, nej och avstår."),
                lines=4,
                required=asks_dates,
                max_length=2_000,
            ),
            ChoiceField(
                name="body",
                label=_("Vem ska svara?"),
                required=True,
                options=options((one, plan.bodies[one].name) for one in context.bodies),
            ),
        ]
        if not asks_dates:
            fields.append(ToggleField(name="several", label=_("Flera svar får väljas")))
            fields.append(ToggleField(name="hidden", label=_("Dölj svaren tills den stängs")))
        return fields

    def _problems(self, context: About, answers: Answers) -> dict[str, str]:
        if not answers.get("title"):
            return {}
        try:
            self._asked(answers, context.now)
        except NotAQuestion as error:
            return {"choices": why_not_read(error)}
        return {}


QUESTION = QuestionForm("omrostning_fraga", Kind.QUESTION)
DATES = QuestionForm("omrostning_datum", Kind.DATES)
