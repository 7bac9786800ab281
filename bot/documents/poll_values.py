"""What the record of a poll says in its material, as words: the same in Word and Excel."""

from collections.abc import Sequence
from datetime import datetime

from bot.bodies import body_name
from bot.clock import in_stockholm
from bot.conversations.needs.wording import capital
from bot.conversations.polls.ballot_card import who_votes
from bot.conversations.polls.co_financing_card import decides, decision_words, pays_word
from bot.conversations.polls.outcome_words import pledges_sentence, result_sentence
from bot.conversations.polls.result_words import labels_of
from bot.conversations.polls.wording import (
    about_word,
    accepted_words,
    closing,
    key_word,
    kind_word,
    method_word,
    of_number,
    state_label,
)
from bot.digests.wording import listed
from bot.documents.need_values import clean, lacking
from bot.language import _, kronor, short_date
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.counting import Result
from bot.polls.poll import Poll, State
from bot.polls.seen import Seen

Rows = Sequence[tuple[str, str]]


def turnout(seen: Seen) -> str:
    """How many of how many have answered."""
    done, of = seen.poll.voted, seen.poll.electorate
    if seen.money is not None:
        done, of = len(seen.money.answered), len(seen.money.places)
    return of_number(done, of)


def hides(seen: Seen) -> str:
    """That answers are left out, and why; empty when nothing is hidden."""
    if seen.poll.shows_result:
        return ""
    return _("Svaren visas inte nu, bara hur många som har svarat.")


def outcome(seen: Seen) -> str:
    """What the poll shows, in a sentence."""
    if seen.money is not None:
        return pledges_sentence(seen.money)
    return result_sentence(seen.poll, seen.result)


def asked(seen: Seen, plan: Plan, now: datetime) -> Rows:
    """Label and value of what is asked of whom, and where it stands; none without a value."""
    poll = seen.poll
    rows = [
        (_("Omröstning"), f"{poll.id} {poll.title}"),
        (_("Slag"), capital(kind_word(poll))),
        (_("Gäller"), about_word(poll, plan)),
        (_("Läge"), _stands(poll, now)),
        (_("Startad av"), poll.started_by.name),
        (_("Svara senast"), closing(poll)),
        (_("Beslutas av"), decides(poll, plan)),
    ]
    if seen.money is not None:
        rows += [
            (_("Fördelning"), key_word(seen.money.proposal.key)),
            (_("Betalas som"), pays_word(seen.money)),
        ]
    else:
        rows += [(_("Röstar"), who_votes(poll, plan)), (_("Metod"), method_word(poll.method))]
    rows.append((_("Underlag"), poll.link or ""))
    return [(label, clean(value)) for label, value in rows if value]


def _stands(poll: Poll, now: datetime) -> str:
    """Where it stands, on the day when the file was made."""
    day = short_date(in_stockholm(now).date())
    return _("{state}, {day}", state=state_label(poll).partition(" ")[2], day=day)


def decided(seen: Seen, plan: Plan) -> Rows:
    """What a body decided, beside what the poll showed; nothing before that."""
    decision = seen.poll.decision
    if decision is None:
        return []
    rows = [
        (_("Omröstningen visade"), outcome(seen)),
        (_("Beslutat"), capital(decision_words(decision, plan))),
        (_("Diarienummer"), decision.record_number or ""),
        (_("Beslutet i ord"), decision.decision or ""),
        (_("Varför det skiljer sig"), decision.why or ""),
    ]
    return [(label, clean(value)) for label, value in rows if value]


def accepted(seen: Seen) -> Rows:
    """What the decision accepted of what is pledged; nothing before that."""
    said = accepted_words(seen.money) if seen.money is not None and not hides(seen) else ""
    return [(_("Antaget i beslutet"), said)] if said else []


def proposed(seen: Seen, plan: Plan) -> str:
    """What to decide, as the outcome has it; somebody must write it while that is not settled."""
    poll = seen.poll
    body = plan.bodies.get(poll.decider) if poll.decider is not None else None
    who = capital(body_name(body.kind)) if body is not None else _("Direktionen")
    if poll.state is not State.CLOSED or not poll.shows_result:
        return _("[skrivs när omröstningen är stängd och utfallet visas]")
    if seen.money is not None:
        return _proposed_sum(seen.money, plan, who)
    if seen.result is None or not seen.result.elected:
        return lacking()
    return _proposed_choice(poll, seen.result, who)


def _proposed_sum(of: CoFinancing, plan: Plan, who: str) -> str:
    about = about_word(of.poll, plan)
    said = _(
        "{who} beslutar att kommunerna medfinansierar {about} med {sum}, fördelat enligt svaren "
        "i tabellen.",
        who=who,
        about=about,
        sum=kronor(of.sum),
    )
    if of.lacking:
        said += " " + _("Av det som söks saknas då {sum}.", sum=kronor(of.lacking))
    return clean(said)


def _proposed_choice(poll: Poll, result: Result, who: str) -> str:
    labels = labels_of(poll)
    chosen = listed([labels[one] for one in result.elected])
    said = _("{who} beslutar att prioritera {chosen}.", who=who, chosen=chosen)
    if result.tied:
        tied = ", ".join(labels[one] for one in result.tied)
        said += " " + _("[välj också mellan dem som står lika: {tied}]", tied=tied)
    return clean(said)


def economy(seen: Seen) -> str:
    """What it costs, what is found, and what is lacking."""
    if seen.money is None:
        poll, result = seen.poll, seen.result
        if poll.money is None or result is None:
            return lacking()
        spent = kronor(poll.money - result.money_left)
        return _("{spent} av {money} används.", spent=spent, money=kronor(poll.money))
    proposal = seen.money.proposal
    said = _(
        "Totalt kostar det {total}. {funded} är redan finansierat, och kommunerna ombeds bidra "
        "med {asked}.",
        total=kronor(proposal.total),
        funded=kronor(proposal.funded),
        asked=kronor(proposal.asked),
    )
    if not seen.poll.shows_answers:
        return said
    promised = _(
        "{sum} är utlovat. Av det som söks saknas {lacking}.",
        sum=kronor(seen.money.sum),
        lacking=kronor(seen.money.lacking),
    )
    return f"{said} {promised}"


def weight_word(place: Place) -> str:
    """The municipality's own weight, without the noughts that say nothing."""
    if place.weight is None:
        return ""
    return f"{place.weight.normalize():f}".replace(".", ",")
