"""How polls are spoken of: their name, where they stand, what was answered."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import capital, need_name
from bot.language import _, kronor, ngettext, number, short_date, short_time
from bot.plan import Plan
from bot.polls.co_financing import Answer, AnswerKind, CoFinancing, HeardBy, Place, Said
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.moments import closes_with_a_day, last_day
from bot.polls.poll import Kind, Method, Poll, Secrecy, State


def poll_name(poll_id: int) -> str:
    """`omröstning 7`, within a sentence."""
    return _("omröstning {number}", number=poll_id)


def title_of(poll: Poll) -> str:
    """`Omröstning 7: its title`."""
    return _("{name}: {title}", name=capital(poll_name(poll.id)), title=poll.title)


def kind_word(poll: Poll) -> str:
    """What sort of poll it is, within a sentence."""
    match poll.kind:
        case Kind.CO_FINANCING:
            return _("medfinansiering") if poll.binding else _("avstämning om medfinansiering")
        case Kind.PRIORITY:
            return _("prioritering")
        case Kind.QUESTION:
            return _("snabbfråga")
        case Kind.DATES:
            return _("datumfråga")


def method_word(method: Method) -> str:
    """How one answers, within a sentence."""
    match method:
        case Method.PLEDGE:
            return _("belopp per kommun")
        case Method.POINTS:
            return _("poäng att fördela")
        case Method.SCORE:
            return _("betyg 0–5")
        case Method.RANKING:
            return _("rangordning")
        case Method.BUDGET:
            return _("en summa att fördela")
        case Method.CHOICE:
            return _("ett val")
        case Method.SEVERAL:
            return _("flera val")
        case Method.DATES:
            return _("tider")


def secrecy_word(poll: Poll) -> str:
    """Who gets to see what was answered, as a sentence."""
    match poll.secrecy:
        case Secrecy.OPEN:
            return _("Svaren visas öppet.")
        case Secrecy.UNTIL_CLOSING if poll.state is State.CANCELLED:
            return _("Svaren visas inte.")
        case Secrecy.UNTIL_CLOSING if poll.state is State.CLOSED:
            return _("Svaren var dolda tills omröstningen stängdes.")
        case Secrecy.UNTIL_CLOSING if poll.kind is Kind.CO_FINANCING:
            return _("Vilka som har svarat visas direkt, beloppen när omröstningen stängs.")
        case Secrecy.UNTIL_CLOSING:
            return _("Svaren visas när omröstningen stängs.")
        case Secrecy.ALWAYS:
            return _("Rösterna är hemliga, också efteråt.")


def state_label(poll: Poll) -> str:
    """Symbol and word for where it stands."""
    match poll.state:
        case State.PLANNED:
            return _("🕓 öppnar {when}", when=short_time(in_stockholm(poll.opens_at)))
        case State.OPEN:
            return _("🗳 öppen")
        case State.CLOSED:
            return _("🔒 stängd")
        case State.CANCELLED:
            return _("✖ inställd")


def closing(poll: Poll) -> str:
    """The last day, or the hour where it is one, that an answer is in time."""
    if closes_with_a_day(poll.closes_at):
        return short_date(last_day(poll.closes_at))
    return short_time(in_stockholm(poll.closes_at))


def too_late(last: date, decided_on: date | None) -> str:
    """That answers may come after the meeting that decides; empty when they may not."""
    if decided_on is None or last < decided_on:
        return ""
    day = short_date(decided_on)
    return _("Sista svarsdag {last} är inte före mötet {day}.", last=short_date(last), day=day)


def time_left(poll: Poll, now: datetime) -> str:
    """How long it is still open: `3 dagar kvar`, `2 timmar kvar`; empty when it is not open."""
    if not poll.is_open_at(now):
        return ""
    left = poll.closes_at - now
    if left.days >= 1:
        return ngettext("{n} dag kvar", "{n} dagar kvar", left.days)
    hours = int(left.total_seconds() // 3600)
    if hours >= 1:
        return ngettext("{n} timme kvar", "{n} timmar kvar", hours)
    return _("mindre än en timme kvar")


def about_word(poll: Poll, plan: Plan) -> str:
    """The activity or need it is about, by name; empty when it is about neither."""
    if poll.activity_id is not None:
        activity = plan.by_id.get(poll.activity_id)
        return activity.name if activity else ""
    return need_name(poll.need_id) if poll.need_id is not None else ""


def key_word(key: Key) -> str:
    """What the shares are counted by, within a sentence."""
    match key.kind:
        case SharingKey.PER_INHABITANT:
            return _("per invånare")
        case SharingKey.EQUAL:
            return _("lika delar")
        case SharingKey.MIXED:
            return _(
                "{percent} % i lika delar, resten per invånare", percent=key.equal_percent or 0
            )
        case SharingKey.WEIGHTS:
            return _("egna vikter")


def hours_word(hours: int) -> str:
    """`40 timmar`."""
    return ngettext("{n} timme", "{n} timmar", hours)


def answer_words(said: Said) -> str:
    """An answer in a few words: `Ja, 25 000 kr`."""
    match said.kind:
        case AnswerKind.YES:
            return _("Ja, {amount}", amount=_worth(said))
        case AnswerKind.OTHERWISE if said.condition and said.amount:
            return _("Ja, {amount} med villkor", amount=_worth(said))
        case AnswerKind.OTHERWISE if said.condition:
            return _("Ja, med villkor")
        case AnswerKind.OTHERWISE:
            return _("Ja, men {amount}", amount=_worth(said))
        case AnswerKind.NO:
            return _("Nej")
        case AnswerKind.POLITICAL if said.expected_on is not None:
            return _("Politiskt beslut väntas {day}", day=short_date(said.expected_on))
        case AnswerKind.POLITICAL:
            return _("Politiskt beslut behövs")
        case AnswerKind.HIDDEN:
            return _("Har svarat")


def amount_or_word(said: Said) -> str:
    """What is pledged, or the answer where it is no amount, for a cell of a table."""
    match said.kind:
        case AnswerKind.POLITICAL:
            return _("Politiskt beslut")
        case AnswerKind.HIDDEN:
            return "–"
        case _:
            return answer_words(said) if said.amount is None else kronor(said.amount)


def mark_of(asked: CoFinancing, place: Place) -> str:
    """What is to be known beside an answer: it is to an earlier proposal, or was not accepted."""
    if place.answer is not None and not asked.stands(place):
        return _(" · gäller förra förslaget, bekräfta")
    return _(" · antogs inte i beslutet") if asked.turned_down(place) else ""


def accepted_words(asked: CoFinancing) -> str:
    """What the decision accepted of what is pledged; empty before one."""
    accepted = asked.accepted_sum
    if accepted is None:
        return ""
    return _("{sum} av {pledged} som är utlovat", sum=kronor(accepted), pledged=kronor(asked.sum))


def _worth(said: Said) -> str:
    amount = kronor(said.amount or 0)
    if said.hours:
        return _("{amount} som {hours}", amount=amount, hours=hours_word(said.hours))
    return amount


def heard_word(how: HeardBy) -> str:
    """How an answer came that somebody else recorded, within a sentence."""
    match how:
        case "phone":
            return _("per telefon")
        case "email":
            return _("med e-post")
        case "meeting":
            return _("på möte")
        case "letter":
            return _("med brev")


def who_answered(answer: Answer) -> str:
    """Who answered and when, and how it came if somebody recorded it."""
    day = short_date(in_stockholm(answer.answered_at).date())
    if answer.heard is None:
        return _("{name}, {day}", name=answer.by.name, day=day)
    return _(
        "{said_by} {how} {said_on}, antecknat av {name} {day}",
        said_by=answer.heard.said_by,
        how=heard_word(answer.heard.how),
        said_on=short_date(answer.heard.said_on),
        name=answer.by.name,
        day=day,
    )


def answer_line(asked: CoFinancing, place: Place) -> str:
    """The answer that stands, who gave it, and what is to be known beside it."""
    if place.answer is None:
        return _("inget svar än")
    said = f"{answer_words(place.answer.said)} ({who_answered(place.answer)})"
    return said + mark_of(asked, place)


def names_and_more(names: Sequence[str], most: int = 20) -> str:
    """The names, and how many there are beside them: `Hjo, Tibro och 4 till`."""
    said, left = ", ".join(names[:most]), len(names) - most
    return said + ngettext(" och {n} till", " och {n} till", left) if left > 0 else said


def of_number(done: int, of: int) -> str:
    """`4 av 15`."""
    return _("{done} av {of}", done=number(done), of=number(of))


def told(poll: Poll, said: str) -> str:
    """What a notification says of the poll: its title, then what is said."""
    title = title_of(poll)
    return f"{title} {said}" if title.endswith((".", "?", "!", "…")) else f"{title}. {said}"


def short_title(poll: Poll, most: int = 150) -> str:
    """The title with its number, as long as there is room for."""
    return shortened(title_of(poll), most)
