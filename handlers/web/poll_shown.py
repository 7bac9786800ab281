"""What a poll's page says of every kind of poll: where it stands, facts, decision, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.addresses import leads
from bot.clock import in_stockholm
from bot.conversations.needs.wording import capital
from bot.conversations.polls.answer_form import begun_for
from bot.conversations.polls.ballot_card import hidden_words, who_votes
from bot.conversations.polls.buttons import NAME
from bot.conversations.polls.co_financing_card import decides, decision_words, pays_word
from bot.conversations.polls.outcome_words import pledges_sentence, result_sentence
from bot.conversations.polls.poll_history import changes_words, step_words
from bot.conversations.polls.wording import (
    about_word,
    accepted_words,
    closing,
    key_word,
    kind_word,
    method_word,
    secrecy_word,
    state_label,
    time_left,
    title_of,
)
from bot.conversations.views import press
from bot.language import _, dated_time, kronor, ngettext, number, short_date, short_time
from bot.needs.rights import records
from bot.pages import activity_page, form_page, need_page, poll_page
from bot.people import OrganisationId
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing
from bot.polls.moments import last_day
from bot.polls.poll import Kind, Poll, PollStep
from bot.polls.rights import runs
from bot.polls.seen import Seen, may_fetch
from handlers.web.pages import Viewer


@dataclass(frozen=True)
class Looking:
    """Who looks at the page, and when."""

    viewer: Viewer
    plan: Plan
    own: tuple[OrganisationId, ...]
    now: datetime


@dataclass(frozen=True)
class Bar:
    """How far something has come, `done` of `of`, with words that say it."""

    label: str
    done: int
    of: int


def head(seen: Seen, at: Looking) -> dict[str, object]:
    """The top of the page: what it is, where it stands, and what can be done."""
    poll, person = seen.poll, at.viewer.person
    text = seen.money.proposal.purpose if seen.money is not None else poll.description
    return {
        "title": title_of(poll),
        "state": state_label(poll),
        "left": time_left(poll, at.now),
        "kind": capital(kind_word(poll)),
        "started": _started(poll),
        "about": about_word(poll, at.plan),
        "about_href": _about_page(poll, at.plan),
        "relatives": _relatives(poll),
        "purpose": text or "",
        "description": (poll.description or "") if seen.money is not None else "",
        "link": leads(poll.link, base="") or "",
        "answer": _answer_page(poll) if poll.is_open_at(at.now) else "",
        "more": _more_page(poll) if runs(person, poll) or records(person) else "",
        "files": f"{poll_page(poll.id)}/underlag" if may_fetch(person, poll) else "",
        "secrecy": secrecy_word(poll) if seen.money is not None else hidden_words(poll),
    }


def _started(poll: Poll) -> str:
    day = short_date(in_stockholm(poll.started_at).date())
    return _("Startad av {name} {day}", name=poll.started_by.name, day=day)


def _about_page(poll: Poll, plan: Plan) -> str:
    activity = plan.by_id.get(poll.activity_id) if poll.activity_id is not None else None
    if activity is not None:
        return activity_page(activity.code)
    return need_page(poll.need_id) if poll.need_id is not None else ""


def _relatives(poll: Poll) -> list[tuple[str, str]]:
    """The sounding it stands on, and the formal poll made of it: words and address."""
    found: list[tuple[str, str]] = []
    if poll.sounding_id is not None:
        words = _("Bygger på avstämningen, omröstning {number}", number=poll.sounding_id)
        found.append((words, poll_page(poll.sounding_id)))
    if poll.formal_id is not None:
        words = _("Blev formell som omröstning {number}", number=poll.formal_id)
        found.append((words, poll_page(poll.formal_id)))
    return found


def _answer_page(poll: Poll) -> str:
    if poll.kind is Kind.CO_FINANCING:
        return form_page("omrostning_svar", begun_for(poll, None))
    return form_page("omrostning_rost", (str(poll.id),))


def _more_page(poll: Poll) -> str:
    return f"/visa/{press(NAME, poll.id, 'hantera').encoded()}"


def facts(seen: Seen, plan: Plan) -> list[tuple[str, str]]:
    """Label and value of what is settled about the poll; those without a value are left out."""
    poll = seen.poll
    rows = _money_facts(seen.money) if seen.money is not None else _vote_facts(poll, plan)
    rows += [
        (_("Öppnar"), short_time(in_stockholm(poll.opens_at)) if not _has_opened(poll) else ""),
        (_("Svara senast"), closing(poll)),
        (_("Beslutas av"), decides(poll, plan)),
    ]
    return [(label, value) for label, value in rows if value]


def _has_opened(poll: Poll) -> bool:
    return poll.state.value != "planned"


def _money_facts(asked: CoFinancing) -> list[tuple[str, str]]:
    proposal, poll = asked.proposal, asked.poll
    changed = _("förslag {n}", n=poll.version) if poll.version > 1 else ""
    return [
        (_("Totalt"), kronor(proposal.total)),
        (_("Redan finansierat"), kronor(proposal.funded)),
        (_("Kommunerna ombeds bidra med"), kronor(proposal.asked)),
        (_("Fördelning"), key_word(proposal.key)),
        (_("Kommuner"), number(len(asked.places))),
        (_("Betalas som"), pays_word(asked)),
        (_("Gäller nu"), changed),
    ]


def _vote_facts(poll: Poll, plan: Plan) -> list[tuple[str, str]]:
    quorum = ngettext("{n} röst", "{n} röster", poll.quorum) if poll.quorum else ""
    adding = _("ja") if poll.may_add else ""
    return [
        (_("Röstar"), who_votes(poll, plan)),
        (_("Metod"), method_word(poll.method)),
        (_("Poäng att fördela"), number(poll.points) if poll.points else ""),
        (_("Summa att fördela"), kronor(poll.money) if poll.money else ""),
        (_("Platser"), number(poll.seats) if poll.seats > 1 else ""),
        (_("Krävs för att gälla"), quorum),
        (_("Får väljarna lägga till alternativ"), adding),
    ]


def decision(seen: Seen, plan: Plan) -> dict[str, str] | None:
    """What a body decided, beside what the poll showed; None before that."""
    decided = seen.poll.decision
    if decided is None:
        return None
    recorded = short_date(in_stockholm(decided.recorded_at).date())
    return {
        "words": capital(decision_words(decided, plan)),
        "outcome": outcome(seen),
        "accepted": accepted_words(seen.money) if seen.money is not None else "",
        "text": decided.decision or "",
        "why": decided.why or "",
        "record_number": decided.record_number or "",
        "recorded": _("Registrerat av {name} {day}", name=decided.recorded_by.name, day=recorded),
    }


def outcome(seen: Seen) -> str:
    """What the poll shows, in a sentence."""
    if seen.money is not None:
        return pledges_sentence(seen.money)
    return result_sentence(seen.poll, seen.result)


def seal(seen: Seen, zone: ZoneInfo) -> dict[str, str] | None:
    """When it was sealed, and by which hash."""
    if seen.seal is None:
        return None
    return {"when": dated_time(seen.seal.sealed_at.astimezone(zone)), "hash": seen.seal.seal}


def history(seen: Seen, plan: Plan, zone: ZoneInfo) -> list[dict[str, object]]:
    """What has happened, the latest first."""
    return [_step(each, plan, zone) for each in seen.steps]


def _step(step: PollStep, plan: Plan, zone: ZoneInfo) -> dict[str, object]:
    at = step.taken_at.astimezone(zone)
    who = step.by.name if step.by is not None else _("av sig själv när tiden var inne")
    return {
        "what": step_words(step),
        "who": who,
        "when": short_time(at),
        "machine_time": at.isoformat(timespec="seconds"),
        "changes": [*changes_words(step), *_more_changes(step, plan)],
        "reason": step.reason or "",
    }


def _more_changes(step: PollStep, plan: Plan) -> list[str]:
    """What the chat's history has no room for: closing, who takes part, how many were nudged."""
    said: list[str] = []
    closes = step.changes.get("closes_at")
    if closes:
        before, after = (short_date(last_day(datetime.fromisoformat(one))) for one in closes)
        said.append(_("svara senast: {before} → {after}", before=before, after=after))
    left, joined = step.changes.get("municipalities", ()) if _is_change(step) else ((), ())
    if left:
        said.append(_("deltar inte längre: {names}", names=_names(left, plan)))
    if joined:
        said.append(_("har kommit med: {names}", names=_names(joined, plan)))
    if people := step.changes.get("number") or len(step.changes.get("people", ())):
        said.append(ngettext("till {n} person", "till {n} personer", people))
    return said


def _is_change(step: PollStep) -> bool:
    return step.kind == "proposal_changed" and "municipalities" in step.changes


def _names(keys: Sequence[int], plan: Plan) -> str:
    found = (plan.organisations.get(OrganisationId(key)) for key in keys)
    return ", ".join(sorted(each.name for each in found if each is not None))
