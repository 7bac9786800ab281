"""Who hears what of an assignment: never whoever did it, and each once."""

from collections.abc import Callable, Sequence

from bot import bodies
from bot.assignments.assignment import Assignment, Part, ToMunicipality, ToNetwork
from bot.assignments.changing import deciders
from bot.assignments.reading import out_of_sight
from bot.assignments.states import PartState, State
from bot.assignments.whose import asked_to_decide
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.assignments.assignment_card import (
    KIND,
    answer_buttons,
    assignment_card,
    show_button,
    verb_button,
)
from bot.conversations.assignments.wording import assignment_name, hours_word, title_of
from bot.conversations.needs.telling import tell_people
from bot.conversations.protocol import Turn
from bot.conversations.views import Button, Buttons, Card, bold, press, text
from bot.conversations.views import Part as ViewPart
from bot.language import _, ngettext, short_date
from bot.outbox import ToBody
from bot.people import PersonId
from bot.plan import Contact, Plan

SAID = 900
"""Characters of what somebody wrote that news of it give back."""


def raise_assignment(turn: Turn, assignment: Assignment) -> None:
    """Have its living cards drawn again, and one in the network's channels while it is asked."""
    asked = assignment.asked
    network = [asked.network] if isinstance(asked, ToNetwork) and not assignment.is_over else []
    turn.outbox.raise_card(KIND, assignment.id, bodies=network)


async def tell_asked(turn: Turn, assignment: Assignment) -> None:
    """Put the question where it belongs: to the person, the director, or the network."""
    raise_assignment(turn, assignment)
    plan, today = turn.plan, in_stockholm(turn.now).date()
    whom: list[PersonId] = []
    match assignment.asked:
        case ToNetwork(network):
            whom = list(await out_of_sight(turn.db, network, today))
        case ToMunicipality(organisation):
            whom = [each.id for each in await bodies.directors(turn.db, organisation, today)]
        case _:
            whom = [part.person.id for part in assignment.parts if part.is_living]
    tell_people(turn, whom, lambda: asked_notice(assignment, plan))


def asked_notice(assignment: Assignment, plan: Plan, handed_by: str = "") -> Card:
    """The question as the one who is asked gets it."""
    card = assignment_card(assignment, plan)
    if handed_by:
        first = _("{name} undrar om du kan ta det här i stället.", name=handed_by)
    else:
        first = _("{name} undrar om du kan ta det här.", name=assignment.asked_by.name)
    parts = (text(bold(shortened(first, 400))), *card.parts[1:-1])
    buttons = Buttons(buttons=answer_buttons(assignment))
    return Card(
        title=card.title,
        summary=shortened(f"{first} {card.summary}", 3_000),
        parts=(*parts, buttons),
    )


def news(
    assignment: Assignment,
    said: str,
    reason: str | None = None,
    buttons: Sequence[Button] = (),
) -> Card:
    """Something that happened to it, with the words that were written, and ways on."""
    parts: list[ViewPart] = [text(bold(shortened(title_of(assignment), 200))), text(said)]
    summary = f"{title_of(assignment)}. {said}"
    if reason:
        parts.append(text(f"”{shortened(reason, SAID)}”"))
        summary += f" ”{shortened(reason, 300)}”"
    ways = (*buttons, show_button(assignment))
    parts.append(Buttons(buttons=ways[:5]))
    return Card(summary=shortened(summary, 3_000), parts=tuple(parts))


async def tell_consequences(
    turn: Turn, before: Assignment, now: Assignment, *, no: Callable[[], Card] | None = None
) -> None:
    """What follows from any answer: cards drawn again; whoever asked hears that nobody is left, the
    others that enough have taken it, or that a colleague has answered for them.

    `no` is what whoever asked reads of a no: in one message with that nobody is left.
    """
    raise_assignment(turn, now)
    asker = [now.asked_by.id]
    if now.state is State.UNRESOURCED and before.state is not State.UNRESOURCED:
        tell_people(turn, asker, lambda: nobody_has_time(now, no() if no is not None else None))
    elif no is not None:
        tell_people(turn, asker, no)
    rest = await _colleagues(turn, before, now)
    if now.state is State.TAKEN and before.state in (State.OPEN, State.UNRESOURCED):
        rest |= await _asked_people(turn, now) | await _unseen(turn, now)
        others = rest - {part.person.id for part in now.takers} - set(asker)
        tell_people(turn, others, lambda: taken_by_others(now))
        return
    who, living = turn.person.name, {part.person.id for part in now.parts if part.is_living}
    tell_people(turn, rest - living - set(asker), lambda: answered_by_another(now, who))


async def _colleagues(turn: Turn, before: Assignment, now: Assignment) -> set[PersonId]:
    """Those who could have decided what somebody has decided now."""
    asked = await asked_to_decide(turn.db, before, in_stockholm(turn.now).date())
    after = {part.id: part.state for part in now.parts}
    answered = [part.id for part in before.parts if after.get(part.id) is not part.state]
    return {person for key in answered for person in asked.get(key, ())}


async def _asked_people(turn: Turn, assignment: Assignment) -> set[PersonId]:
    """Those whose answer is wanted, those who are to make room, and who proposed another day."""
    pending = [
        part for part in assignment.parts if part.is_living and part not in assignment.takers
    ]
    proposed = [part.director for part in pending if part.state is PartState.PROPOSED]
    asked = await asked_to_decide(turn.db, assignment, in_stockholm(turn.now).date())
    deciding = {person for people in asked.values() for person in people}
    proposers = {each.id for each in proposed if each is not None}
    return {part.person.id for part in pending} | proposers | deciding


async def _unseen(turn: Turn, assignment: Assignment) -> set[PersonId]:
    """Members of the network that is asked who had the question privately, and have no part."""
    if not isinstance(assignment.asked, ToNetwork):
        return set()
    answered = {part.person.id for part in assignment.parts}
    today = in_stockholm(turn.now).date()
    return await out_of_sight(turn.db, assignment.asked.network, today) - answered


async def concerned(turn: Turn, assignment: Assignment) -> set[PersonId]:
    """Everybody who has to do with it now, besides whoever asked and those who see its card."""
    found = await _asked_people(turn, assignment)
    found |= {part.person.id for part in assignment.parts if part.is_living}
    if assignment.state in (State.OPEN, State.UNRESOURCED):
        found |= await _unseen(turn, assignment)
    return found


def answered_by_another(assignment: Assignment, who: str) -> Card:
    """That a colleague has answered, for those who could have."""
    return news(assignment, _("{name} har svarat. Du behöver inte göra något.", name=who))


def taken_by_others(assignment: Assignment) -> Card:
    """That enough have taken it, for those who could have."""
    said = _("Tack, det är redan taget av {names}.", names=taker_names(assignment))
    return news(assignment, said)


def taker_names(assignment: Assignment) -> str:
    """Who has it, by name."""
    found = [part.person for part in assignment.takers]
    return shortened(bodies.named(found), 600) if found else "–"


def nobody_has_time(assignment: Assignment, no: Card | None = None) -> Card:
    """What whoever asked hears when there is nobody left to ask, after the last no."""
    wanted = assignment.wanted - len(assignment.takers)
    if assignment.takers:
        said = ngettext(
            "Det fattas {n} person, och alla som kunde frågas har svarat.",
            "Det fattas {n} personer, och alla som kunde frågas har svarat.",
            wanted,
        )
    else:
        said = _("Ingen av dem som frågades har tid.")
    said += " " + _("Frågan tas upp i styrgruppens veckobrev.")
    buttons = [
        verb_button(_("Ändra"), assignment, "andra"),
        verb_button(_("Återkalla"), assignment, "aterkalla"),
    ]
    if not assignment.takers:
        other = press("formular", "uppdrag_fraga", assignment.id)
        buttons.insert(0, Button(label=_("Fråga någon annan"), press=other, style="primary"))
    card = news(assignment, said, buttons=buttons)
    if no is None:
        return card
    parts = (*no.parts[:-1], *card.parts[1:])
    return Card(summary=shortened(f"{no.summary} {said}", 3_000), parts=parts)


def tell_in_thread(turn: Turn, assignment: Assignment, make: Callable[[], Card]) -> None:
    """A line under the network's card, where it has one."""
    asked = assignment.asked
    if isinstance(asked, ToNetwork):
        turn.outbox.say(ToBody(asked.network), make, under_card=(KIND, assignment.id))


async def tell_deciders(
    turn: Turn, assignment: Assignment, part: Part, refused: str | None = None
) -> list[Contact]:
    """Ask those who can make room for the person's part, also after a day was refused; who."""
    today = in_stockholm(turn.now).date()
    found = await deciders(turn.db, part.organisation, today)
    tell_people(
        turn, [each.id for each in found], lambda: priority_notice(assignment, part, refused)
    )
    return found


def priority_notice(assignment: Assignment, part: Part, refused: str | None = None) -> Card:
    """What the director hears of work that needs to be given room; or after a day was refused."""
    share = assignment.share
    if refused is not None:
        said = _(
            "{asker} kan inte vänta. Hur blir det för {name}?",
            asker=assignment.asked_by.name,
            name=part.person.name,
        )
    else:
        said = _("{name} behöver få det prioriterat för att hinna.", name=part.person.name)
    if share is not None:
        said += " " + _("Det tar {hours}.", hours=hours_word(share))
    said += " " + _(
        "{asker} vill ha det klart {day}.",
        asker=assignment.asked_by.name,
        day=short_date(assignment.due_on(part)),
    )
    buttons = (
        verb_button(_("Ge tid"), assignment, "ge_tid", part.id, style="primary"),
        verb_button(_("Avslå"), assignment, "avsla_tid", part.id),
        verb_button(_("Annat datum"), assignment, "annat_datum", part.id),
    )
    reason = refused if refused is not None else part.reason
    return news(assignment, shortened(said, 1_500), reason, buttons)


def proposed_notice(assignment: Assignment, part: Part) -> Card:
    """What whoever asked hears of another day."""
    director = part.director.name if part.director is not None else part.person.name
    said = _(
        "{director} föreslår att {name} gör det till {day} i stället för {before}.",
        director=director,
        name=part.person.name,
        day=short_date(part.proposed_on) if part.proposed_on else "–",
        before=short_date(assignment.due_on(part)),
    )
    buttons = (
        verb_button(_("Godkänn"), assignment, "godkann_datum", part.id, style="primary"),
        verb_button(_("Säg nej"), assignment, "neka_datum", part.id),
    )
    return news(assignment, shortened(said, 1_500), buttons=buttons)


def receipt(
    assignment: Assignment, said: str, reason: str | None = None, buttons: Sequence[Button] = ()
) -> Card:
    """What was written, for whoever did it."""
    card = news(assignment, said, reason, buttons)
    return card.model_copy(update={"tone": "good"})


def withdrawn_news(assignment: Assignment, by: str, reason: str) -> Card:
    """What those concerned hear when it is taken back."""
    said = _("{name} har återkallat {it}.", name=by, it=assignment_name(assignment.id))
    return news(assignment, shortened(said, 400), reason)
