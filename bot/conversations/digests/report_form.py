"""The draft of a report to a meeting as a form: one text a section."""

from collections.abc import Mapping

from bot.conversations.acting import acting
from bot.conversations.digests.report_cards import (
    FORM,
    already_sent,
    edited_card,
    no_such_report,
    whose_reports,
)
from bot.conversations.digests.whose import with_manager
from bot.conversations.forms import TextField, Value
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import bold, quiet, text
from bot.conversations.ways_on import refusal_card
from bot.digests.meeting_report import LONGEST, MeetingReport
from bot.digests.reporting_to import edit_report, one_report
from bot.finding import read_number
from bot.language import _


class EditReport:
    """`motesrapport NUMBER`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> MeetingReport | NotNow:
        """The draft; refuses whoever may not edit, and what is sent already."""
        if not with_manager(turn.person):
            return NotNow((say(turn, refusal_card(whose_reports())),))
        report = await one_report(turn.db, read_number(arguments[0] if arguments else ""))
        if report is None:
            return NotNow((say(turn, no_such_report()),))
        if not report.is_draft:
            return NotNow((say(turn, already_sent(report)),))
        return report

    def first_values(self, context: MeetingReport) -> dict[str, Value]:
        """The texts as they stand."""
        return {each.name: each.text for each in context.sections}

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
                    TextField(name=each.name, label=each.heading, lines=8, max_length=LONGEST)
                    for each in context.sections
                ),
                submit=_("Spara utkastet"),
                check=lambda answers: _nothing_said(context, answers),
            )
        ]

    async def save(self, turn: Turn, context: MeetingReport, answers: Answers) -> Replies:
        """Keep the texts in the draft."""
        texts = {each.name: answers[each.name] or "" for each in context.sections}
        if not await edit_report(turn.db, acting(turn), context, texts):
            return (say(turn, already_sent(context)),)
        return (say(turn, edited_card(context)),)


def _nothing_said(report: MeetingReport, answers: Answers) -> dict[str, str]:
    if any(answers.get(each.name) for each in report.sections):
        return {}
    return {report.sections[0].name: _("Något avsnitt måste ha en text.")}
