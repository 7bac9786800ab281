"""Changing a poll: another proposal, other words, other options; each logged and told."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.activity_card import shortened
from bot.conversations.filling import open_flow
from bot.conversations.forms import TextField, Value
from bot.conversations.link_field import check_link
from bot.conversations.needs.telling import tell_people
from bot.conversations.polls.buttons import show_button, verb_button
from bot.conversations.polls.change_told import changed, choose_change, new_share
from bot.conversations.polls.naming import asked_poll
from bot.conversations.polls.refusals import Refused, attempt, not_as_it_is, not_yours, refused
from bot.conversations.polls.running_form import reason_field
from bot.conversations.polls.start_fields import (
    Sharers,
    check_key,
    check_proposal,
    key_fields,
    parts_in,
    proposal_fields,
    proposal_in,
    shared,
    values_of,
    weight_steps,
)
from bot.conversations.polls.start_form import proposed
from bot.conversations.polls.start_preview import Reached, preview, reached
from bot.conversations.polls.telling import raise_poll
from bot.conversations.polls.wording import short_title, told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Buttons, Card, Part, bold, text
from bot.language import _
from bot.plan import Plan
from bot.polls import managing
from bot.polls.co_financing import CoFinancing
from bot.polls.mandates import Mandates, mandates
from bot.polls.poll import TEXT_LENGTH, TITLE_LENGTH, Kind, Poll, State
from bot.polls.reading import co_financing_of, sharers
from bot.polls.rights import runs
from bot.polls.starting import Choice

_LIVING = (State.OPEN, State.PLANNED)


async def _running(turn: Turn, arguments: tuple[str, ...]) -> Poll | NotNow:
    """The poll, if the person runs it and it is not over."""
    poll = await asked_poll(turn, arguments)
    if isinstance(poll, NotNow):
        return poll
    if not runs(turn.person, poll):
        return NotNow((say(turn, await not_yours(turn, poll, "runner")),))
    if poll.state not in _LIVING:
        return NotNow((say(turn, await not_as_it_is(turn, poll)),))
    return poll


@dataclass(frozen=True)
class AboutProposal:
    """The poll with its places, everybody's figures, and who can be reached."""

    asked: CoFinancing
    plan: Plan
    known: Sharers
    held: Mandates
    reach: Reached


class ProposalForm:
    """`omrostning_forslag NUMBER`: another sum, key or set of participants, with a reason."""

    name = "omrostning_forslag"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> AboutProposal | NotNow:
        """What is proposed now."""
        poll = await _running(turn, arguments)
        if isinstance(poll, NotNow):
            return poll
        if poll.kind is not Kind.CO_FINANCING:
            return NotNow((say(turn, refused(poll, _("Den har inget förslag att ändra."))),))
        today = in_stockholm(turn.now).date()
        everybody = await sharers(turn.db, today)
        held = await mandates(turn.db, "co_financing", today)
        return AboutProposal(
            await co_financing_of(turn.db, poll),
            turn.plan,
            Sharers(everybody, turn.plan),
            held,
            await reached(turn.db, held, [each.id for each, _name in everybody]),
        )

    def first_values(self, context: AboutProposal) -> dict[str, Value]:
        """What is proposed now."""
        return values_of(context.asked, context.plan)

    def steps(self, context: AboutProposal, values: Mapping[str, Value]) -> list[Step]:
        """The proposal, the key, weights if so, and the reason beside the new shares."""
        title = _("Ändra förslaget")
        parts = context.known.taking_part(values)
        weights = values.get("sharing_key") == "weights"
        shown, problem = _shares(context, values)
        fields = tuple(proposal_fields(values))
        return [
            Step("vad", title, fields, _("Vidare"), check=check_proposal),
            Step(
                "nyckel",
                title,
                tuple(key_fields(context.plan, values)),
                _("Vidare"),
                check=lambda answers: check_key(context.known, answers),
            ),
            *(weight_steps(parts, title) if weights else ()),
            Step(
                "varfor",
                title,
                (reason_field(_("Varför ändras det?")),),
                _("Ändra"),
                intro=(text(_("Svar som redan är givna gäller tills vidare förra förslaget, och "
                              "kommunerna bekräftar dem.")), *shown),
                check=lambda answers: {"reason": problem} if problem else {},
            ),
        ]  # fmt: skip

    async def save(self, turn: Turn, context: AboutProposal, answers: Answers) -> Replies:
        """Write it, and tell each municipality its new share."""
        poll, parts = context.asked.poll, parts_in(context.known, answers)
        done = await attempt(
            turn,
            poll,
            lambda: managing.change_proposal(
                turn.db, acting(turn), poll, proposal_in(answers), parts, answers["reason"]
            ),
            "runner",
            words=answers["reason"],
        )
        if isinstance(done, Refused):
            return done.replies
        if done.version == poll.version:
            return (say(turn, nothing_changed(poll)),)
        now = await co_financing_of(turn.db, done)
        raise_poll(turn, done)
        _tell_shares(turn, now, context, answers["reason"])
        return (say(turn, changed(now, context.asked)),)


def _tell_shares(turn: Turn, now: CoFinancing, context: AboutProposal, reason: str) -> None:
    """Each municipality's new share beside the old, to those with its mandate."""
    for place in now.places:
        before = context.asked.place(place.municipality)
        people = [each.id for each in context.held.of(place.municipality)]
        tell_people(
            turn,
            people,
            lambda place=place, before=before: new_share(now, place, before, reason),
        )


def _shares(context: AboutProposal, values: Mapping[str, Value]) -> tuple[tuple[Part, ...], str]:
    proposal = proposed(values)
    if proposal is None:
        return (), _("Fyll i stegen före först.")
    parts = parts_in(context.known, values)
    called = {each.id: name for each, name in context.known.everybody}
    found = shared(proposal.asked, proposal.key, parts, called)
    if isinstance(found, str):
        return (text(f"⚠ {found}"),), found
    named = [(each, called[each.id]) for each in parts]
    return preview(proposal, named, found, context.reach), ""


@dataclass(frozen=True)
class AboutText:
    """The poll whose words are mended."""

    poll: Poll


class WordsForm:
    """`omrostning_text NUMBER`: title, description, link and, until a ballot is in, options."""

    name = "omrostning_text"

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> AboutText | NotNow:
        """The words as they are."""
        poll = await _running(turn, arguments)
        return poll if isinstance(poll, NotNow) else AboutText(poll)

    def first_values(self, context: AboutText) -> dict[str, Value]:
        """The words as they are."""
        poll = context.poll
        return {
            "title": poll.title,
            "description": poll.description or "",
            "link": poll.link or "",
            "options": _lines(poll),
        }

    def steps(self, context: AboutText, values: Mapping[str, Value]) -> list[Step]:
        """The one step."""
        fields = [
            TextField(name="title", label=_("Rubrik"), required=True, max_length=150),
            TextField(name="description", label=_("Beskrivning"), lines=3, max_length=3_000),
            TextField(name="link", label=_("Länk till underlag"), max_length=2_000),
        ]
        if can_rewrite(context.poll):
            fields.append(
                TextField(name="options", label=_("Alternativ"), required=True, lines=5,
                          help=_("Ett per rad. När någon har röstat kan de inte ändras."),
                          max_length=TEXT_LENGTH)
            )  # fmt: skip
        return [
            Step(
                "text",
                _("Ändra texten"),
                tuple(fields),
                _("Spara"),
                intro=(text(bold(short_title(context.poll))),),
                check=lambda answers: _check_words(context.poll, answers),
            )
        ]

    async def save(self, turn: Turn, context: AboutText, answers: Answers) -> Replies:
        """Write what differs."""
        poll = context.poll

        async def act() -> Poll:
            now = await managing.change_text(
                turn.db,
                acting(turn),
                poll,
                title=answers["title"],
                description=answers.get("description"),
                link=answers.get("link"),
            )
            wanted = lines_of(answers.get("options"))
            if can_rewrite(poll) and wanted != [each.label for each in poll.options]:
                choices = [Choice(each) for each in wanted]
                now = await managing.change_options(turn.db, acting(turn), now, choices)
            return now

        done = await attempt(turn, poll, act, "runner", words=answers["title"])
        if isinstance(done, Refused):
            return done.replies
        raise_poll(turn, done)
        return (say(turn, words_changed(done)),)


def can_rewrite(poll: Poll) -> bool:
    """Whether its options are plain lines that nobody has voted on."""
    plain = all(
        each.need_id is None
        and each.activity_id is None
        and each.cost is None
        and each.starts_at is None
        for each in poll.options
    )
    fits = len(_lines(poll)) <= TEXT_LENGTH
    return bool(poll.options) and plain and fits and not poll.voted


def _lines(poll: Poll) -> str:
    return "\n".join(each.label for each in poll.options)


def lines_of(words: object) -> list[str]:
    """The lines that say something."""
    return [each.strip() for each in str(words or "").splitlines() if each.strip()]


def _check_words(poll: Poll, answers: Answers) -> dict[str, str]:
    problems = check_link(answers)
    if "options" in answers:
        lines = lines_of(answers["options"])
        long = next((each for each in lines if len(each) > TITLE_LENGTH), None)
        if long is not None:
            problems["options"] = _("Det är för långt: högst 150 tecken. ”{words}”",
                                    words=shortened(long, 80))  # fmt: skip
        elif len(lines) > poll.most_options:
            problems["options"] = _("Högst {most} alternativ ryms. Ta bort några rader.",
                                    most=poll.most_options)  # fmt: skip
        elif len(lines) < 2:
            problems["options"] = _("Det måste finnas minst två alternativ.")
        elif len({each.casefold() for each in lines}) < len(lines):
            problems["options"] = _("Två alternativ heter likadant.")
    return problems


PROPOSAL, WORDS = ProposalForm(), WordsForm()


_PROPOSAL = ("forslag", "förslag", "summa", "nyckel")


def names_part(rest: str) -> bool:
    """Whether the words after `ändra` name what of the poll is to be changed."""
    return rest.strip() in ("text", *_PROPOSAL)


async def change(turn: Turn, poll: Poll, rest: str) -> Replies:
    """`ändra`: the proposal or the words of a co-financing poll; the words of others."""
    known = rest.strip()
    if known == "text" or poll.kind is not Kind.CO_FINANCING:
        return await open_flow(turn, WORDS, (str(poll.id),))
    if known in _PROPOSAL:
        return await open_flow(turn, PROPOSAL, (str(poll.id),))
    running = await _running(turn, (str(poll.id),))
    if isinstance(running, NotNow):
        return running.replies
    return (say(turn, choose_change(poll)),)


def words_changed(poll: Poll) -> Card:
    """The receipt for mended words."""
    said = told(poll, _("Sparat, och ändringen syns i historiken."))
    parts = (text(said), Buttons(buttons=(show_button(poll),)))
    return Card(summary=said, parts=parts, tone="good")


def nothing_changed(poll: Poll) -> Card:
    """That it says the same as before."""
    said = _("Förslaget är detsamma som förut, så inget ändrades.")
    again = verb_button(_("Ändra"), poll, "andra", "forslag")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(again, show_button(poll)))))
