"""Polls: those that are open, and what came of those that are not; nothing of what they hide."""

from bot.clock import in_stockholm
from bot.conversations.polls.co_financing_card import decision_words
from bot.conversations.polls.outcome_words import result_sentence
from bot.conversations.polls.wording import closing, kind_word, of_number, title_of
from bot.conversations.views import link
from bot.digests.gather import Material
from bot.digests.passage import AMONG_POLLS, Item, Passage, fingerprint, line_each
from bot.digests.polls_then import PollThen
from bot.digests.wording import Line, long_day, quoted, sentences
from bot.language import _, kronor
from bot.pages import poll_page
from bot.plan import Plan
from bot.polls.poll import Kind, State


def polls(material: Material) -> Passage:
    """Open polls keep a line until they close; closed, cancelled and decided ones are told once."""
    items = [_item(each, material) for each in material.polls]
    return line_each(_("Omröstningar"), items, material, where=AMONG_POLLS)


def _item(then: PollThen, material: Material) -> Item:
    poll = then.poll
    named: Line = (link(title_of(poll), poll_page(poll.id)), f" ({kind_word(poll)}).")
    line: Line = (*named, sentences(*_said(then, material)))
    decided = poll.decision.recorded_at if poll.decision is not None else ""
    return Item(
        key=f"poll:{poll.id}",
        fingerprint=fingerprint(poll.state, poll.closes_at.isoformat(), decided),
        full=line,
        brief=line,
    )


def _said(then: PollThen, material: Material) -> tuple[str, ...]:
    """Where it stands, in a few sentences."""
    poll = then.poll
    day = long_day(in_stockholm(then.since).date(), material.today)
    match poll.state:
        case State.CANCELLED:
            return (_("Inställd {day}.", day=day), quoted(then.reason))
        case State.CLOSED:
            return (_("Stängd {day}.", day=day), _outcome(then), _decided(then))
        case _:
            last = _("Svara senast {day}.", day=closing(poll))
            return (_turnout(then), last)


def _turnout(then: PollThen) -> str:
    if not then.counted:
        return _("Rösterna är hemliga.")
    count = of_number(then.poll.voted, then.poll.electorate)
    return _("{count} har svarat.", count=count)


def _outcome(then: PollThen) -> str:
    """What it came to, as far as it may be shown."""
    pledged = then.pledged
    if then.poll.kind is not Kind.CO_FINANCING:
        return result_sentence(then.poll, then.result)
    if pledged is None:
        count = of_number(then.poll.voted, then.poll.electorate)
        return _("{count} kommuner svarade.", count=count)
    said = _("{count} kommuner svarade.", count=of_number(pledged.answered, pledged.of))
    return f"{said} " + _(
        "{pledged} av {asked} är utlovat.",
        pledged=kronor(pledged.sum),
        asked=kronor(pledged.asked),
    )


def _decided(then: PollThen) -> str:
    decision, body = then.poll.decision, then.decider
    if decision is None:
        return ""
    # The words are those of the poll's own card, which looks the body up.
    known = Plan(revision=0, bodies={body.id: body} if body is not None else {})
    return _("Beslut: {decision}.", decision=decision_words(decision, known))
