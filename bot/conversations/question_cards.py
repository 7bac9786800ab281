"""What is said of questions about a report."""

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _, short_date
from bot.plan import Activity
from bot.report_questions import Question

NAME = "undra"
ASK_FORM, ANSWER_FORM = "undra", "fraga_svar"


def ask_button(activity: Activity) -> Button:
    """To the form for a question about the activity's latest report."""
    return Button(label=_("Fråga om rapporten"), press=press("formular", ASK_FORM, activity.code))


def _answer_button(question: Question) -> Button:
    answer = press("formular", ANSWER_FORM, question.id)
    return Button(label=_("Svara"), press=answer, style="primary")


def _history(activity: Activity) -> Button:
    return Button(label=_("Visa historik"), press=press("historik", activity.code))


def question_parts(question: Question, most: int = 1_000) -> tuple[Part, ...]:
    """A question and its answer, as they stand under the report."""
    asked = text(
        bold(_("{name} frågar: ", name=question.asked_by_name)),
        shortened(question.question, most),
    )
    if question.answer is None:
        return (asked, quiet(_("Inget svar än.")))
    return (
        asked,
        text(
            bold(_("{name} svarar: ", name=question.answered_by_name or "–")),
            shortened(question.answer, most),
        ),
    )


def asked_card(activity: Activity, question: Question, *, hears: str) -> Card:
    """The receipt; `hears` is who is asked."""
    said = _("Frågan är ställd till {name}. Svaret kommer hit.", name=hears)
    what = text(bold(f"{activity.name}: "), shortened(question.question, 1_000))
    summary = f"{said} {activity.code}: {shortened(question.question, 300)}"
    return Card(summary=summary, parts=(text(said), what), tone="good")


def question_card(activity: Activity, question: Question) -> Card:
    """What the one who answers for the activity reads."""
    name = activity.name
    said = _("{who} frågar om {what}:", who=question.asked_by_name, what=name)
    return Card(
        title=shortened(_("Fråga om {what}", what=name), 150),
        summary=f"{said} {shortened(question.question, 500)}",
        parts=(
            text(said),
            text(shortened(question.question, 2_500)),
            Buttons(buttons=(_answer_button(question), _history(activity))),
        ),
    )


def in_thread(activity: Activity, question: Question) -> Card:
    """The question, and its answer when there is one, as it stands in the card's thread."""
    day = short_date(in_stockholm(question.answered_at or question.asked_at).date())
    said = shortened(question.answer or question.question, 500)
    who = question.answered_by_name if question.answer else question.asked_by_name
    summary = _("{code}: {name}: {said}", code=activity.code, name=who or "–", said=said)
    parts = (*question_parts(question), quiet(day))
    if question.answer is None:
        parts = (*parts, Buttons(buttons=(_answer_button(question),)))
    return Card(summary=summary, parts=parts)


def answered_card(activity: Activity, question: Question) -> Card:
    """What the one who asked reads."""
    title = shortened(_("Svar om {what}", what=activity.name), 150)
    summary = f"{title}: {shortened(question.answer or '', 500)}"
    ways = Buttons(buttons=(ask_button(activity), _history(activity)))
    return Card(title=title, summary=summary, parts=(*question_parts(question), ways))


def answer_saved(activity: Activity, question: Question) -> Card:
    """The receipt of whoever answered."""
    said = _(
        "Svaret är sparat vid rapporten om {code}, och {name} får det.",
        code=activity.code,
        name=question.asked_by_name,
    )
    ways = Buttons(buttons=(_history(activity),))
    return Card(summary=said, parts=(text(said), ways), tone="good")


def nothing_to_ask_about(activity: Activity) -> Card:
    """What is said when there is no report yet."""
    said = _(
        "{code} har ingen rapport än att fråga om. {name} ansvarar för den.",
        code=activity.code,
        name=f"{activity.responsible.name} ({activity.responsible.email})",
    )
    return Card(summary=said, parts=(text(said),), tone="warning")


def answered_already(activity: Activity | None, question: Question | None) -> Card:
    """What is said of a question that has an answer, or that there is none of."""
    if activity is None or question is None:
        said = _("Den frågan finns inte längre.")
        return Card(summary=said, parts=(text(said),), tone="warning")
    said = _("{name} har redan svarat på den frågan.", name=question.answered_by_name or "–")
    parts = (text(said), *question_parts(question), Buttons(buttons=(_history(activity),)))
    return Card(summary=said, parts=parts)


def what_to_ask(activity: Activity) -> Card:
    """Asks for the question, to somebody who named an activity alone."""
    said = _("Vad vill du fråga om {what}?", what=activity.name)
    return Card(summary=said, parts=(text(said), Buttons(buttons=(ask_button(activity),))))
