"""The form that starts a co-financing poll: what, by which key, until when, how it will look."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import RowMapping

from bot.amounts import NotAnAmount, read_amount
from bot.bodies import body_name
from bot.clock import in_stockholm
from bot.conversations.acting import acting
from bot.conversations.choices import EVERY
from bot.conversations.forms import (
    ActivityField,
    ChoiceField,
    DateField,
    FormField,
    Option,
    TextField,
    Value,
)
from bot.conversations.link_field import check_link
from bot.conversations.polls.announcing import announce_opened
from bot.conversations.polls.start_begun import About, begun_from, of_activity, of_need, of_poll
from bot.conversations.polls.start_fields import (
    FIRST_RATE,
    Sharers,
    check_key,
    check_proposal,
    key_fields,
    key_in,
    parts_in,
    proposal_fields,
    proposal_in,
    shared,
    weight_steps,
)
from bot.conversations.polls.start_preview import preview, reached
from bot.conversations.polls.start_told import may_not_start, not_again, started
from bot.conversations.polls.telling import raise_poll
from bot.conversations.polls.wording import too_late
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.views import Part, quiet, text
from bot.language import _, short_date
from bot.people import BodyId, PersonId
from bot.plan import Kronor
from bot.polls.changing import held
from bot.polls.co_financing import Proposal
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.making_formal import made_formal
from bot.polls.mandates import mandates
from bot.polls.moments import end_of, opening_on
from bot.polls.poll import Kind, Secrecy
from bot.polls.reading import co_financing_of, sharers
from bot.polls.rights import may_start
from bot.polls.starting import Asked, start_co_financing
from storage.queries.bodies import coming_meetings

FORM = "omrostning"
OPEN_FOR = timedelta(days=14)
DECIDERS = ("board", "presidium", "steering_group", "municipal_directors", "reference_group")
_MEETINGS = 12


class StartForm:
    """`omrostning`, with `aktivitet CODE`, `behov N`, `kopia N`, `formell N` or `mall KEY`."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> About | NotNow:
        """What it begins from; refuses all but chef and förbundsdirektör."""
        if not may_start(turn.person, Kind.CO_FINANCING):
            return NotNow((say(turn, await may_not_start(turn)),))
        today = in_stockholm(turn.now).date()
        everybody = await sharers(turn.db, today)
        holders = await mandates(turn.db, "co_financing", today)
        about = About(
            plan=turn.plan,
            today=today,
            known=Sharers(everybody, turn.plan),
            reach=await reached(turn.db, holders, [each.id for each, _name in everybody]),
            meetings=await coming_meetings(turn.db, DECIDERS, today, _MEETINGS),
        )
        kind, key = (*arguments, "", "")[:2]
        return await begun_from(turn, about, kind, key)

    def first_values(self, context: About) -> dict[str, Value]:
        """What is known before: of the activity, the need, the copied poll or the template."""
        values: dict[str, Value] = {
            "pays": "money",
            "hourly_rate": str(FIRST_RATE),
            "sharing_key": "per_inhabitant",
            "municipalities": (EVERY,),
            "closes_on": (context.today + OPEN_FOR).isoformat(),
            "shown": Secrecy.OPEN.value,
            "binding": "formal",
        }
        if context.activity is not None:
            values |= of_activity(context.activity, context.plan)
        if context.need is not None:
            values |= of_need(context.need)
        if context.of is not None:
            values |= of_poll(context.of, context.plan)
        values |= context.template or {}
        return values

    def following(
        self, context: About, before: Mapping[str, Value], now: Mapping[str, Value]
    ) -> dict[str, Value]:
        """The day before the meeting that was chosen, for a last day that nobody has changed."""
        same = before.get("closes_on") == now.get("closes_on")
        if not same or before.get("decides") == now.get("decides"):
            return {}
        return last_day_before(context, now)

    def steps(self, context: About, values: Mapping[str, Value]) -> list[Step]:
        """What, by which key, own weights if so, until when, and how it will look."""
        title = _("Medfinansiering")
        fields = proposal_fields(values)
        if context.activity is None and context.need is None:
            fields = [*_what(), *fields]
        parts = context.known.taking_part(values)
        weights = values.get("sharing_key") == "weights"
        return [
            Step("vad", title, tuple(fields), _("Vidare"), _about(context), check_proposal),
            Step(
                "nyckel",
                title,
                tuple(key_fields(context.plan, values)),
                _("Vidare"),
                check=lambda answers: check_key(context.known, answers),
            ),
            *(weight_steps(parts, title) if weights else ()),
            Step("nar", title, tuple(_when(context)), _("Visa andelarna"), check=check_link),
            _preview(context, values, title),
        ]

    async def save(self, turn: Turn, context: About, answers: Answers) -> Replies:
        """Send it: show it, and tell those who answer."""
        proposal, parts = proposal_in(answers), parts_in(context.known, answers)
        formal = None
        if context.formal and context.of is not None:
            formal = await held(turn.db, context.of.poll)
            if formal.formal_id is not None:
                return (say(turn, not_again(formal)),)
        poll = await start_co_financing(
            turn.db,
            acting(turn),
            _asked(context, answers),
            proposal,
            parts,
            binding=formal is not None or answers["binding"] == "formal",
            sounding=formal,
            turn_key=turn.key,
        )
        if formal is not None:
            raise_poll(turn, await made_formal(turn.db, acting(turn), formal, poll))
        person = PersonId(turn.person.id)
        if poll.is_open:
            await announce_opened(turn.db, turn.plan, turn.outbox, poll, turn.now, but=person)
        return (say(turn, started(await co_financing_of(turn.db, poll), context.reach.held)),)


FLOW = StartForm()


def _about(context: About) -> tuple[Part, ...]:
    if context.formal and context.of is not None:
        said = _("Avstämningen blir en formell omröstning. Varje kommun får sitt svar ifyllt att "
                 "bekräfta.")  # fmt: skip
        return (text(said),)
    if context.activity is not None:
        activity = context.activity
        return (text(_("Gäller {name}.", name=activity.name)),)
    if context.need is not None:
        name = f"{context.need.id} {context.need.title}"
        return (text(_("Gäller behov {name}.", name=name)),)
    return (quiet(_("Gäller det ett behov? Skriv rosta ny behov och numret.")),)


def _what() -> list[FormField]:
    return [ActivityField(name="activity", label=_("Aktivitet"), required=True)]


def _when(context: About) -> list[FormField]:
    fields: list[FormField] = [
        TextField(
            name="title",
            label=_("Rubrik"),
            help=_("Som den ska stå på kortet"),
            required=True,
            max_length=150,
        ),
        DateField(
            name="closes_on",
            label=_("Svara senast"),
            help=_("Till och med den dagen"),
            required=True,
            earliest=context.today,
        ),
    ]
    if not context.formal:
        fields.append(
            ChoiceField(
                name="binding",
                label=_("Vad är det?"),
                required=True,
                options=(
                    Option(value="formal", label=_("Formell omröstning")),
                    Option(value="sounding", label=_("Avstämning, som inte binder")),
                ),
            )
        )
    fields.append(
        ChoiceField(
            name="shown",
            label=_("När visas beloppen?"),
            required=True,
            options=(
                Option(value=Secrecy.OPEN.value, label=_("Direkt när en kommun svarar")),
                Option(value=Secrecy.UNTIL_CLOSING.value, label=_("När omröstningen stängs")),
            ),
        )
    )
    fields.append(
        TextField(name="link", label=_("Länk till underlag"), help=_("Frivillig"), max_length=2_000)
    )
    if context.meetings:
        fields.append(
            ChoiceField(
                name="decides",
                label=_("Vem beslutar, och när?"),
                help=_("Mötena i kalendern"),
                redraws=True,
                options=tuple(_meeting(each) for each in context.meetings),
            )
        )
    return fields


def last_day_before(context: About, values: Mapping[str, Value]) -> dict[str, Value]:
    """An earlier last day, when the one there is does not lie before the meeting."""
    last, decided_on = _last_day_and_meeting(values)
    if last is None or decided_on is None:
        return {}
    earlier = decided_on - timedelta(days=1)
    if not too_late(last, decided_on) or earlier < context.today:
        return {}
    return {"closes_on": earlier.isoformat()}


def _last_day_and_meeting(values: Mapping[str, Value]) -> tuple[date | None, date | None]:
    """The last day, and the day of the meeting that is chosen; None for what is not said."""
    _body, _colon, met_on = str(values.get("decides") or "").partition(":")
    return _day(values.get("closes_on")), _day(met_on)


def _day(words: Value | None) -> date | None:
    try:
        return date.fromisoformat(str(words))
    except ValueError:
        return None


def _meeting(row: RowMapping) -> Option:
    body = body_name(row["kind"])
    label = _("{body} {day}", body=body, day=short_date(row["held_on"]))
    return Option(value=f"{row['body_id']}:{row['held_on'].isoformat()}", label=label)


def _preview(context: About, values: Mapping[str, Value], title: str) -> Step:
    """The last step: nothing is sent before the shares have been seen."""
    shown, problem = _shares(context, values)
    return Step(
        name="granska",
        title=title,
        fields=tuple(_sending(context, values)),
        submit=_("Skicka"),
        intro=shown,
        check=lambda answers: _judged(answers, values, problem),
    )


def _sending(context: About, values: Mapping[str, Value]) -> list[FormField]:
    """When it is sent, said by whoever has seen the shares."""
    fields: list[FormField] = [
        ChoiceField(
            name="opens",
            label=_("När ska omröstningen öppna?"),
            required=True,
            redraws=True,
            options=(
                Option(value="now", label=_("Nu: skicka den till kommunerna")),
                Option(value="later", label=_("En senare dag")),
            ),
        )
    ]
    if values.get("opens") == "later":
        tomorrow = context.today + timedelta(days=1)
        fields.append(
            DateField(name="opens_on", label=_("Öppnar"), required=True, earliest=tomorrow)
        )
    return fields


def _judged(answers: Answers, values: Mapping[str, Value], problem: str) -> dict[str, str]:
    if problem:
        return {"opens": problem}
    opens = answers.get("opens_on")
    if opens is not None and opens.isoformat() > str(values.get("closes_on", "")):
        return {"opens_on": _("Den måste öppna innan den stänger.")}
    return {}


def _shares(context: About, values: Mapping[str, Value]) -> tuple[tuple[Part, ...], str]:
    """The shares as they would be, or what is wrong with them."""
    proposal = proposed(values)
    if proposal is None:
        return (), _("Fyll i stegen före först.")
    parts = parts_in(context.known, values)
    called = {each.id: name for each, name in context.known.everybody}
    found = shared(proposal.asked, proposal.key, parts, called)
    if isinstance(found, str):
        return (text(f"⚠ {found}"),), found
    named = [(each, called[each.id]) for each in parts]
    shown = preview(proposal, named, found, context.reach)
    return (*shown, *_until(values)), ""


def _until(values: Mapping[str, Value]) -> tuple[Part, ...]:
    """The last day, and a warning when the meeting is before it: a poll may be closed earlier."""
    last, decided_on = _last_day_and_meeting(values)
    if last is None:
        return ()
    late = too_late(last, decided_on)
    said = quiet(_("Svara senast {day}.", day=short_date(last)))
    return (said, text(f"⚠ {late}")) if late else (said,)


def proposed(values: Mapping[str, Value]) -> Proposal | None:
    """What the values so far propose; None while something is missing or wrong in them."""
    try:
        asked = Kronor(read_amount(str(values.get("asked", ""))))
        key = _key_said(values)
    except (NotAnAmount, ValueError, KeyError):
        return None
    return Proposal("", asked, Kronor(0), asked, key)


def _key_said(values: Mapping[str, Value]) -> Key:
    if values["sharing_key"] != SharingKey.MIXED.value:
        return key_in(values)
    percent = read_amount(str(values.get("equal_percent") or "").removesuffix("%"))
    return key_in({**values, "equal_percent": percent})


def _asked(context: About, answers: Answers) -> Asked:
    body, _colon, day = (answers.get("decides") or "").partition(":")
    activity = context.activity or context.plan.activities.get(answers.get("activity") or "")
    need = context.need if context.activity is None else None
    return Asked(
        title=answers["title"],
        closes_at=end_of(answers["closes_on"]),
        link=answers.get("link"),
        opens_at=opening_on(answers["opens_on"]) if answers["opens"] == "later" else None,
        activity_id=activity.id if activity is not None and need is None else None,
        need_id=need.id if need is not None else None,
        secrecy=Secrecy(answers["shown"]),
        decider=BodyId(int(body)) if body else None,
        decided_by=date.fromisoformat(day) if day else None,
    )
