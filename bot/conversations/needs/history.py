"""`behov 12` and its history: each step with who, when, body, day, paragraph and reason."""

from collections.abc import Sequence

from bot.assignments.rights import needs_work
from bot.bodies import body_name
from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.need_card import need_card, title_of
from bot.conversations.needs.next_step import Next, find_next, what_next
from bot.conversations.needs.telling import show_button
from bot.conversations.needs.wording import changes_told, need_name, step_told
from bot.conversations.protocol import Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.finding import read_number
from bot.language import _, short_date, short_time
from bot.needs.need import Need, NeedStep, Written
from bot.needs.reading import notes_of, steps_of
from bot.needs.rights import may_edit, may_merge, may_withdraw
from bot.needs.stages import Stage
from bot.people import Person
from bot.plan import Plan

A_PAGE = 8
NOTES_A_PAGE = 3


async def show(turn: Turn, need: Need, rest: str) -> Replies:
    """The need's card, and what comes next with what this person may do about it."""
    coming = await find_next(turn.db, need, in_stockholm(turn.now).date())
    return (
        here(turn, need_card(need, turn.plan)),
        here(turn, ways_with(need, coming, turn.person)),
    )


def ways_with(need: Need, coming: Next, person: Person) -> Card:
    """What comes next, and what the person may do beside what the card offers everybody."""
    said = what_next(coming)
    buttons = _offered(need, person)
    parts: list[Part] = [text(said)]
    if buttons:
        parts.append(Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:10])))
    title = _("Vad händer med {name}", name=need_name(need.id))
    return Card(title=title, summary=f"{title}: {said}", parts=tuple(parts))


def _offered(need: Need, person: Person) -> list[Button]:
    number, found = need.id, list[Button]()
    decided = need.stage in (Stage.ACCEPTED, Stage.DECLINED)

    def verb(label: str, name: str) -> None:
        found.append(Button(label=label, press=press("behov", number, name)))

    if need.is_live and not decided:
        if may_edit(person, need):
            edit = press("behov", number, "redigera")
            found.append(Button(label=_("Redigera"), press=edit))
        if may_merge(person, need):
            verb(_("Underlag"), "underlag")
            verb(_("Slå ihop"), "sla_ihop")
            verb(_("Dela"), "dela")
        if may_withdraw(person, need):
            verb(_("Återta"), "dra_tillbaka")
    if need.withdrawn_at is not None and may_withdraw(person, need):
        verb(_("Återställ"), "aterstall")
    if need.merged_into is not None and may_merge(person, need):
        verb(_("Ta isär"), "ta_isar")
    if needs_work(need) and may_merge(person, need):
        verb(_("Ge uppdrag"), "ge_uppdrag")
    if need.comments:
        verb(_("Läs kommentarer"), "kommentarer")
    return found


async def history(turn: Turn, need: Need, rest: str) -> Replies:
    """The steps, newest first, a page at a time; with `beredning` the notes that were put to the
    record."""
    what, key = (*rest.split(), "", "")[:2]
    if what == "beredning":
        return await _notes_in_record(turn, need, key)
    skip = read_number(what, 5)
    found = await steps_of(turn.db, need.id, most=A_PAGE + 1, skip=skip)
    more = skip + A_PAGE if len(found) > A_PAGE else None
    joined = [each for each in await notes_of(turn.db, need.id) if each.joined]
    return (here(turn, history_card(need, found[:A_PAGE], more, len(joined), turn.plan)),)


async def _notes_in_record(turn: Turn, need: Need, key: str) -> Replies:
    joined = [each for each in reversed(await notes_of(turn.db, need.id)) if each.joined]
    return (here(turn, joined_notes_card(need, joined, read_number(key, 5))),)


def history_card(
    need: Need,
    steps: Sequence[NeedStep],
    more: int | None,
    notes: int = 0,
    plan: Plan | None = None,
) -> Card:
    """Steps with all that their record holds; `more` is where the older ones begin. So many
    `notes` have been put to the record."""
    parts: list[Part] = []
    for step in steps:
        parts += step_lines(step, need, plan)
    buttons = [show_button(need)]
    if notes:
        label = _("Ur beredningen ({n})", n=notes)
        prepared = press("behov", need.id, "historik", "beredning")
        buttons.append(Button(label=label, press=prepared))
    if more is not None:
        older = press("behov", need.id, "historik", more)
        buttons.insert(0, Button(label=_("Visa äldre"), press=older))
    parts.append(Buttons(buttons=tuple(buttons)))
    title = _("Historik: {title}", title=title_of(need))
    summary = "; ".join(f"{_when(step)} {step_told(step)}" for step in steps)
    return Card(
        title=shortened(title, 150),
        summary=shortened(f"{title}. {summary}", 1_500),
        parts=tuple(parts),
    )


def joined_notes_card(need: Need, newest: Sequence[Written], skip: int) -> Card:
    """Working notes that were put to the record, newest first, after the first `skip`."""
    title = _("Ur beredningen: {title}", title=title_of(need))
    parts: list[Part] = []
    for each in newest[skip : skip + NOTES_A_PAGE]:
        parts.append(text(each.text))
        parts.append(quiet(f"{short_time(in_stockholm(each.at))}, {each.person_name}"))
    if not parts:
        parts.append(text(_("Inget mer ur beredningen finns i ärendet.")))
    steps = press("behov", need.id, "historik")
    buttons = [Button(label=_("Historik"), press=steps), show_button(need)]
    if skip + NOTES_A_PAGE < len(newest):
        older = press("behov", need.id, "historik", "beredning", skip + NOTES_A_PAGE)
        buttons.insert(0, Button(label=_("Visa äldre"), press=older))
    parts.append(Buttons(buttons=tuple(buttons)))
    shown = newest[skip : skip + NOTES_A_PAGE]
    summary = "; ".join(f"{each.person_name}: {each.text}" for each in shown)
    return Card(
        title=shortened(title, 150),
        summary=shortened(f"{title}. {summary}", 1_500),
        parts=tuple(parts),
    )


def step_lines(step: NeedStep, need: Need, plan: Plan | None = None) -> list[Part]:
    """One step: what, then who and when, then what its record says."""
    said = step_told(step)
    if step.need_id != need.id:
        said = f"{need_name(step.need_id)}: {said}"
    if step.taken_back:
        said += _(" (tillbakataget)")
    who = quiet(f"{_when(step)}, {step.person_name}")
    parts: list[Part] = [text(bold(shortened(said, 250))), who]
    record = step_record(step, plan)
    if record:
        parts.append(quiet(shortened(record, 700)))
    return parts


def _when(step: NeedStep) -> str:
    return short_time(in_stockholm(step.at))


def step_record(step: NeedStep, plan: Plan | None = None) -> str:
    """Body, day, paragraph, record number, preparer and reason, as far as they are said; of an
    edit what stood before and after, what the `plan` has names for when it is at hand."""
    said: list[str] = []
    if step.met_on is not None:
        body = body_name(step.body) if step.body else ""
        day = short_date(step.met_on)
        said.append(_("möte med {body} {day}", body=body, day=day) if body else day)
    if step.paragraph:
        said.append(f"§ {step.paragraph}")
    if step.record_number:
        said.append(_("diarienummer {number}", number=step.record_number))
    if step.preparer is not None and step.prepare_by is not None:
        day = short_date(step.prepare_by)
        said.append(_("handläggare {name}, {day}", name=step.preparer.name, day=day))
    if step.reason:
        said.append(_("skäl: {reason}", reason=step.reason))
    said += changes_told(step.changes, plan)
    return " · ".join(said)
