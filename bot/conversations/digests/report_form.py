"""The draft of a report to a meeting as a form: one text a section.

Several edit it at once. The name of each field says of which text it was opened, so that only what
somebody has changed is written, and never over what another wrote meanwhile.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.digests.report_cards import (
    FORM,
    already_sent,
    edited_card,
    no_such_report,
    whose_reports,
)
from bot.conversations.digests.whose import with_manager
from bot.conversations.filling import ask
from bot.conversations.forms import TextField, Value
from bot.conversations.protocol import Ask, Replies, Submitted, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import bold, quiet, text
from bot.conversations.ways_on import refusal_card
from bot.digests.meeting_report import LONGEST, MeetingReport, Written
from bot.digests.reporting_to import edit_report, one_report
from bot.finding import read_number
from bot.language import _

SAID_BACK = 200
"""Characters of another's text that stand beside one's own."""


class EditReport:
    """`motesrapport NUMBER`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> MeetingReport | NotNow:
        """The draft; refuses whoever may not edit, and what is sent already."""
        if not with_manager(turn.person):
            return NotNow((say(turn, refusal_card(whose_reports())),))
        number = read_number(arguments[0] if arguments else "")
        saves = isinstance(turn.doing, Submitted)
        report = await one_report(turn.db, number, lock=saves)
        if report is None:
            return NotNow((say(turn, no_such_report()),))
        if not report.is_draft:
            return NotNow((say(turn, already_sent(report)),))
        return report

    def first_values(self, context: MeetingReport) -> dict[str, Value]:
        """The texts as they stand."""
        return {field_of(each): each.text for each in context.sections}

    def steps(self, context: MeetingReport, values: Mapping[str, Value]) -> list[Step]:
        """One step with every section."""
        return [
            Step(
                name="avsnitt",
                title=_("Lägesrapport"),
                intro=(
                    text(bold(context.title)),
                    quiet(
                        _(
                            "Ett avsnitt utan text kommer inte med. En rad som börjar med "
                            "bindestreck blir en punkt i en lista. Diagrammen kommer med som de är."
                        )
                    ),
                ),
                fields=tuple(
                    TextField(
                        name=_opened(each, values), label=each.heading, lines=8, max_length=LONGEST
                    )
                    for each in context.sections
                ),
                submit=_("Spara utkastet"),
                check=lambda answers: _nothing_said(context, answers),
            )
        ]

    async def save(self, turn: Turn, context: MeetingReport, answers: Answers) -> Replies:
        """Keep what was changed in the draft; ask again where another has changed it too."""
        changed = _changed(context, answers)
        crossed = [each for each in changed if _opened(each, answers) != field_of(each)]
        if crossed:
            return (_asked_again(self, context, changed, answers, crossed),)
        texts = {each.name: _typed(each, answers) for each in changed}
        if texts and not await edit_report(turn.db, acting(turn), context, texts):
            return (say(turn, already_sent(context)),)
        return (say(turn, edited_card(context)),)


def _mark(text: str) -> str:
    """Says which text it is; how its lines are broken makes no other of it."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def field_of(section: Written) -> str:
    """The name of the section's field in a form that is opened now."""
    return f"{section.name}_{_mark(section.text)}"


def _opened(section: Written, values: Mapping[str, Value]) -> str:
    """The name of the section's field among the values: as it was when the form was opened."""
    now = field_of(section)
    names = (each for each in values if each.rpartition("_")[0] == section.name and each != now)
    typed = values.get(now)
    if isinstance(typed, str) and _mark(typed) != _mark(section.text):
        return now
    return next(names, now)


def _typed(section: Written, answers: Answers) -> str:
    return answers[_opened(section, answers)] or ""


def _changed(report: MeetingReport, answers: Answers) -> list[Written]:
    """Sections whose text somebody has made another than it was when they opened the form, and
    than it is."""
    return [
        each
        for each in report.sections
        if _mark(_typed(each, answers))
        not in (_opened(each, answers).rpartition("_")[2], _mark(each.text))
    ]


def _asked_again(
    form: EditReport,
    report: MeetingReport,
    changed: Sequence[Written],
    answers: Answers,
    crossed: Sequence[Written],
) -> Ask:
    """The form as it would be opened now, with what was typed in it and whose text that crosses."""
    first = form.first_values(report)
    values = first | {field_of(each): _typed(each, answers) for each in changed}
    who = report.edited[0] if report.edited is not None else _("Någon")
    problems = {field_of(each): _crosses(each, who) for each in crossed}
    steps = form.steps(report, values)
    return Ask(form=ask(form, (str(report.id),), steps, steps[0], values, problems))


def _crosses(section: Written, who: str) -> str:
    if not section.text:
        return _("{name} har tömt avsnittet under tiden. Spara igen, så gäller din text.", name=who)
    return _(
        "{name} har ändrat avsnittet under tiden: ”{said}” Spara igen, så gäller din text.",
        name=who,
        said=shortened(section.text, SAID_BACK),
    )


def _nothing_said(report: MeetingReport, answers: Answers) -> dict[str, str]:
    if any(answers.get(_opened(each, answers)) for each in report.sections):
        return {}
    return {_opened(report.sections[0], answers): _("Något avsnitt måste ha en text.")}
