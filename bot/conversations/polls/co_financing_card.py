"""A co-financing poll's living card: how many have answered, and the sum against what is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bodies import body_name
from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import (
    answer_button,
    formal_buttons,
    page_button,
    show_button,
    verb_button,
)
from bot.conversations.polls.cancelled_told import with_why
from bot.conversations.polls.wording import (
    about_word,
    closing,
    hours_word,
    key_word,
    kind_word,
    names_and_more,
    of_number,
    poll_name,
    secrecy_word,
    short_title,
    state_label,
    time_left,
    title_of,
)
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Part,
    Progress,
    bold,
    link,
    quiet,
    text,
)
from bot.language import _, kronor, short_date
from bot.plan import Kronor, Plan
from bot.polls.co_financing import CoFinancing, Place, hidden
from bot.polls.poll import Decision, Poll, State
from bot.polls.reading import co_financing_of

_SHOWN = 700
"""Characters of a text that the card shows."""


async def draw_co_financing(db: AsyncConnection, plan: Plan, poll: Poll, now: datetime) -> Card:
    """The card as it is now, without what the poll hides."""
    card = co_financing_card(hidden(await co_financing_of(db, poll)), plan, now)
    return await with_why(db, card, poll)


def co_financing_card(asked: CoFinancing, plan: Plan, now: datetime) -> Card:
    """The card that is the same for everybody; `asked` holds only what may be shown."""
    poll = asked.poll
    left = time_left(poll, now)
    parts: list[Part] = [text(bold(state_label(poll)), f" · {left}" if left else "")]
    if not poll.binding:
        parts.append(text(_("Avstämning: svaret binder ingen, det visar hur ni lutar.")))
    if poll.formal_id is not None:
        formal = poll_name(poll.formal_id)
        parts.append(text(bold(_("Avstämningen har blivit formell: {name}.", name=formal))))
    parts.append(text(shortened(asked.proposal.purpose, _SHOWN)))
    parts += material(poll)
    parts += _how_far(asked)
    parts.append(_facts(asked, plan))
    parts += _who_is_missing(asked)
    parts += decided(poll, plan)
    parts.append(quiet(secrecy_word(poll)))
    parts.append(Buttons(buttons=_buttons(poll)))
    return Card(
        title=short_title(poll),
        summary=_summary(asked, left),
        parts=tuple(parts),
        tone=_tone(asked),
    )


def _how_far(asked: CoFinancing) -> list[Part]:
    """How many of how many, and the sum against what is asked for, where that may be shown."""
    answered, of = len(asked.answered), max(len(asked.places), 1)
    said = _("{count} kommuner har svarat", count=of_number(answered, len(asked.places)))
    parts: list[Part] = [Progress(label=said, done=answered, of=of)]
    if asked.poll.shows_answers:
        parts.append(sum_bar(asked.sum, asked.proposal.asked))
        if asked.hours:
            parts.append(quiet(_("Varav egen tid: {hours}.", hours=hours_word(asked.hours))))
    if asked.to_confirm:
        names = names_and_more([each.name for each in asked.to_confirm])
        said = _("Gäller förra förslaget, bekräfta: {names}.", names=names)
        parts.append(text(f"⚠ {said}"))
    return parts


def sum_bar(pledged: Kronor, asked: Kronor) -> Progress:
    """What is pledged of what is asked for; a full bar when it is more."""
    label = _("{pledged} av {asked}", pledged=kronor(pledged), asked=kronor(asked))
    if pledged > asked:
        label += _(" · {more} mer än det som söks", more=kronor(pledged - asked))
    return Progress(label=label, done=min(pledged, asked), of=max(asked, 1))


def _facts(asked: CoFinancing, plan: Plan) -> Facts:
    poll, proposal = asked.poll, asked.proposal
    rows = [
        (_("Gäller"), about_word(poll, plan)),
        (_("Totalt"), kronor(proposal.total)),
        (_("Redan finansierat"), kronor(proposal.funded)),
        (_("Kommunerna ombeds bidra med"), kronor(proposal.asked)),
        (_("Fördelning"), key_word(proposal.key)),
        (_("Betalas som"), pays_word(asked)),
        (_("Svara senast"), closing(poll)),
        (_("Beslutas av"), decides(poll, plan)),
    ]
    return Facts(
        facts=tuple(
            Fact(label=label, value=shortened(value, 400)) for label, value in rows if value
        )
    )


def pays_word(asked: CoFinancing) -> str:
    """Money or own time, and what an hour is worth."""
    rate = kronor(asked.proposal.hourly_rate or Kronor(0))
    match asked.proposal.pays:
        case "money":
            return _("pengar")
        case "time":
            return _("egen tid, {rate} per timme", rate=rate)
        case "either":
            return _("pengar eller egen tid, {rate} per timme", rate=rate)


def decides(poll: Poll, plan: Plan) -> str:
    """Who decides in the end, and when; empty when that is not said."""
    body = plan.bodies.get(poll.decider) if poll.decider is not None else None
    if body is None:
        return ""
    name = body_name(body.kind) if body.kind != "network" else body.name
    if poll.decided_by is None:
        return name
    return _("{body} {day}", body=name, day=short_date(poll.decided_by))


def _who_is_missing(asked: CoFinancing) -> list[Part]:
    parts: list[Part] = []
    missing = [each.name for each in asked.missing]
    if missing and asked.poll.state in (State.OPEN, State.CLOSED):
        parts.append(text(bold(_("Inte svarat: ")), names_and_more(missing)))
    if asked.waiting and asked.poll.shows_answers:
        parts.append(text(bold(_("Väntar på politiskt beslut: ")), _waiting(asked.waiting)))
    return parts


def _waiting(places: Sequence[Place]) -> str:
    said = [
        _("{name} ({day})", name=each.name, day=short_date(each.answer.said.expected_on))
        for each in places
        if each.answer is not None and each.answer.said.expected_on is not None
    ]
    return names_and_more(said)


def decided(poll: Poll, plan: Plan) -> list[Part]:
    """What a body decided beside the outcome, and why it differs if it does."""
    if poll.decision is None:
        return []
    said: list[Part] = [text(bold(_("Beslut: ")), decision_words(poll.decision, plan))]
    if poll.decision.decision:
        said.append(text(shortened(poll.decision.decision, _SHOWN)))
    if poll.decision.why:
        said.append(text(bold(_("Varför det skiljer sig: ")), shortened(poll.decision.why, _SHOWN)))
    return said


def decision_words(decision: Decision, plan: Plan) -> str:
    """What was decided, by whom, when and under which paragraph."""
    body = plan.bodies.get(decision.body)
    name = body_name(body.kind) if body is not None else "–"
    match decision.verdict:
        case "as_outcome":
            verdict = _("enligt utfallet")
        case "otherwise":
            verdict = _("på annat sätt än utfallet")
        case "declined":
            verdict = _("nej")
    return _(
        "{verdict}, {body} {day}, § {paragraph}",
        verdict=verdict,
        body=name,
        day=short_date(decision.decided_on),
        paragraph=decision.paragraph,
    )


def _buttons(poll: Poll) -> tuple[Button, ...]:
    if poll.state is State.OPEN:
        return (
            answer_button(poll),
            verb_button(_("Vem har svarat vad?"), poll, "svar"),
            page_button(poll),
        )
    if poll.state is State.CANCELLED:
        return (page_button(poll),)
    return (*formal_buttons(poll), show_button(poll), page_button(poll))


def _summary(asked: CoFinancing, left: str) -> str:
    said = _(
        "{title} ({kind}): {count} kommuner har svarat",
        title=title_of(asked.poll),
        kind=kind_word(asked.poll),
        count=of_number(len(asked.answered), len(asked.places)),
    )
    if asked.poll.shows_answers:
        said += _(
            ", {pledged} av {asked}",
            pledged=kronor(asked.sum),
            asked=kronor(asked.proposal.asked),
        )
    return f"{said}. {left}.".replace(". .", ".") if left else f"{said}."


def _tone(asked: CoFinancing) -> Literal["neutral", "good", "warning"]:
    if asked.poll.state is State.CLOSED and asked.poll.shows_answers:
        return "good" if asked.sum >= asked.proposal.asked else "warning"
    return "neutral"


def material(poll: Poll) -> list[Part]:
    """The way to the material that the poll points to."""
    return [text(link(_("Läs underlaget"), poll.link))] if poll.link else []
