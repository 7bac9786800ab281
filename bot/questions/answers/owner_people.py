"""Who answers for a municipality, sits in a body or network, holds a post, and who a person is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping

from bot import bodies
from bot.absence import away_on
from bot.bodies import body_name
from bot.conversations.needs.wording import capital
from bot.digests.wording import away_sentence, listed, sentences
from bot.language import _, ngettext
from bot.people import BodyKind, OrganisationId, Person, PersonId, read_person
from bot.plan import Activity, Body, Contact, Organisation
from bot.polls.giving_mandate import KINDS
from bot.polls.mandates import MandateKind, mandates
from bot.questions.answers.scope_words import not_limited
from bot.questions.answers.stands import (
    codes_of,
    in_short,
    named_in_short,
    show_buttons,
    table,
)
from bot.questions.asking import A_PAGE, Answered, Asking, Source
from bot.questions.question import Filter
from storage.queries.people import person_by_email
from storage.queries.questions_standing import post_holders, seats

NAMED = 3


@dataclass(frozen=True)
class _Row:
    """Somebody in a table: who, what they are there, and their address."""

    who: Contact
    what: str


async def municipality_answer(asking: Asking) -> Answered:
    """The municipality's director, and who may answer for it in polls; of several, each."""
    wanted = asking.question.values(Filter.MUNICIPALITY)
    places = [
        each
        for each in asking.plan.organisations.values()
        if each.kind == "municipality" and each.name in wanted
    ]
    asked = asking.question.values(Filter.KIND)
    kinds: list[MandateKind] = [kind for kind in KINDS if not asked or kind in asked]
    rows: list[_Row] = []
    said: list[str] = []
    for place in places:
        directors = await bodies.directors(asking.db, place.id, asking.today)
        holding = await _mandates(asking, place.id, kinds)
        rows += _rows_of(place, directors, holding)
        said.append(_of_place(place, () if asked else directors, holding))
    own = [
        each
        for each in asking.plan.activities.values()
        if each.coordinator in {place.id for place in places} and _is_current(asking, each)
    ]
    if own:
        said.append(
            ngettext(
                "{places} samordnar {n} aktivitet: {codes}.",
                "{places} samordnar {n} aktiviteter: {codes}.",
                len(own),
                places=listed([place.name for place in places]),
                codes=in_short(codes_of(own), str, A_PAGE),
            )
        )
    answered = await _answered(
        asking,
        " ".join(said) or _("Jag hittar ingen sådan kommun."),
        rows,
        (Filter.MUNICIPALITY, Filter.KIND),
    )
    return replace(
        answered,
        activities=codes_of(own),
        municipalities=[e.name for e in places],
        buttons=show_buttons(own),
    )


def _is_current(asking: Asking, activity: Activity) -> bool:
    return activity.ended_on is None or asking.today < activity.ended_on


async def _mandates(
    asking: Asking, place: OrganisationId, kinds: Sequence[MandateKind]
) -> Mapping[MandateKind, tuple[Contact, ...]]:
    return {
        kind: (await mandates(asking.db, kind, asking.today, [place])).of(place) for kind in kinds
    }


def _rows_of(
    place: Organisation,
    directors: Sequence[Contact],
    holding: Mapping[MandateKind, Sequence[Contact]],
) -> list[_Row]:
    rows = [_Row(each, _("Kommundirektör i {place}", place=place.name)) for each in directors]
    for kind, people in holding.items():
        rows += [_Row(each, _answers(kind, place.name)) for each in people]
    return _merged(rows)


def _merged(rows: Sequence[_Row]) -> list[_Row]:
    """A row for each person, with all that they are."""
    found: dict[PersonId, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.who.id, []).append(row)
    return [_Row(own[0].who, ", ".join(each.what for each in own)) for own in found.values()]


def _answers(kind: MandateKind, place: str) -> str:
    if kind == "co_financing":
        return _("svarar för {place} om medfinansiering", place=place)
    return _("svarar för {place} om prioriteringar", place=place)


def _of_place(
    place: Organisation,
    directors: Sequence[Contact],
    holding: Mapping[MandateKind, Sequence[Contact]],
) -> str:
    told: list[str] = []
    if directors:
        names = _addressed(directors)
        told.append(_("Kommundirektör i {place} är {names}.", place=place.name, names=names))
    led_by = {each.id for each in directors}
    others: dict[MandateKind, Sequence[Contact]] = {
        kind: people
        for kind, people in holding.items()
        if not people or {each.id for each in people} != led_by
    }
    if directors and not others:
        told.append(_("Kommundirektören svarar också för kommunen i omröstningar."))
    told += [_holders(place, kind, people) for kind, people in others.items()]
    return " ".join(told)


def _holders(place: Organisation, kind: MandateKind, people: Sequence[Contact]) -> str:
    values = {"place": place.name, "names": _addressed(people)}
    if not people:
        return _("Ingen kan svara för {place} i omröstningar.", **values)
    if kind == "co_financing":
        return _("För {place} svarar {names} om medfinansiering.", **values)
    return _("För {place} svarar {names} om prioriteringar.", **values)


def _addressed(people: Sequence[Contact]) -> str:
    """`Ada Alm (ada@hjo.se) och Bo Berg (bo@hjo.se)`."""
    return in_short(people, lambda each: f"{each.name} ({each.email})", NAMED)


async def network_answer(asking: Asking) -> Answered:
    """Who is in the network, those who lead it first, and who answers for its activities."""
    wanted = asking.question.values(Filter.NETWORK)
    networks = [each for each in asking.plan.networks if each.name in wanted]
    own = [
        each
        for each in asking.plan.activities.values()
        if each.network in {one.id for one in networks} and _is_current(asking, each)
    ]
    said = _("I nätverket {name}", name=listed([each.name for each in networks] or list(wanted)))
    answered = await _of_bodies(asking, networks, said, (Filter.NETWORK,))
    responsible = list({each.responsible.id: each.responsible for each in own}.values())
    more = ""
    if responsible:
        more = ngettext(
            "För nätverkets aktiviteter ansvarar {names}.",
            "För nätverkets aktiviteter ansvarar {names}.",
            len(responsible),
            names=in_short(responsible, lambda each: each.name, NAMED),
        )
    return replace(
        answered,
        said=answered.said + sentences(more),
        activities=codes_of(own),
        buttons=show_buttons(own),
    )


async def body_answer(asking: Asking, kind: str) -> Answered:
    """Who sits in one of the charter's bodies."""
    found = [each for each in asking.plan.bodies.values() if each.kind == kind]
    known: dict[str, BodyKind] = {each.kind: each.kind for each in found}
    said = _("I {body}", body=body_name(known.get(kind)))
    return await _of_bodies(asking, found, said, (Filter.BODY, Filter.AUDIENCE))


async def _of_bodies(
    asking: Asking, found: Sequence[Body], begun: str, used: Sequence[Filter]
) -> Answered:
    places = asking.question.values(Filter.MUNICIPALITY)
    members = [
        row
        for row in await seats(asking.db, [each.id for each in found], asking.today)
        if not places or any(place in (row["organisation"] or "").split(", ") for place in places)
    ]
    rows = [_Row(_contact(row), _capacity(row)) for row in members]
    if not rows:
        said = _("{begun} sitter ingen.", begun=begun)
    else:
        said = ngettext(
            "{begun} sitter {n} person: {names}.",
            "{begun} sitter {n} personer: {names}.",
            len(rows),
            begun=begun,
            names=in_short(members, _led, NAMED),
        )
    return await _answered(asking, said, rows, (*used, Filter.MUNICIPALITY))


def _contact(row: RowMapping) -> Contact:
    return Contact(PersonId(row["id"]), row["name"], row["email"])


def _capacity(row: RowMapping) -> str:
    words = {"chair": _("Ordförande"), "vice_chair": _("Vice ordförande")}
    what = words.get(row["capacity"], _("Ledamot"))
    return f"{what}, {row['organisation']}" if row["organisation"] else what


def _led(row: RowMapping) -> str:
    words = {"chair": _("ordförande"), "vice_chair": _("vice ordförande")}
    what = words.get(row["capacity"])
    return f"{row['name']} ({what})" if what else str(row["name"])


async def post_answer(asking: Asking) -> Answered:
    """Who leads Omställning Skaraborg, also while somebody acts in the post; each activity has its
    own responsible person besides."""
    rows = await post_holders(asking.db, "manager", asking.today)
    acting = [_contact(row) for row in rows if row["acting"]]
    usual = [_contact(row) for row in rows if not row["acting"]]
    told: list[str] = []
    if usual:
        told.append(_("Chef Omställning Skaraborg är {names}.", names=_addressed(usual)))
    if acting:
        told.append(_("Tillförordnad chef är {names}.", names=_addressed(acting)))
    if not told:
        told.append(_("Ingen är chef Omställning Skaraborg just nu."))
    current = [each for each in asking.plan.activities.values() if _is_current(asking, each)]
    people = {each.responsible.id for each in current}
    named = asking.question.values(Filter.BODY) or asking.question.values(Filter.AUDIENCE)
    if people and not named:
        told.append(
            ngettext(
                "{n} person ansvarar för planens {all} aktiviteter.",
                "{n} personer ansvarar för planens {all} aktiviteter.",
                len(people),
                all=len(current),
            )
        )
    shown = [_Row(each, _("Tillförordnad chef")) for each in acting]
    shown += [_Row(each, _("Chef Omställning Skaraborg")) for each in usual]
    return await _answered(asking, " ".join(told), shown, (Filter.BODY, Filter.AUDIENCE))


async def person_answer(asking: Asking) -> Answered:
    """Who somebody is: post, employer and networks, and what they answer for in the plan."""
    emails = asking.question.values(Filter.PERSON)
    people: list[Person] = []
    for email in emails:
        row = await person_by_email(asking.db, email, asking.today)
        if row is not None:
            people.append(read_person(row))
    own = [
        each
        for each in asking.plan.activities.values()
        if each.responsible.email in emails and _is_current(asking, each)
    ]
    rows = [_Row(Contact(one.id, one.name, one.email), _roles(asking, one)) for one in people]
    if not people:
        said = _("{names} finns inte i katalogen.", names=listed(list(emails)))
    else:
        said = " ".join(_of_person(asking, one, own) for one in people)
    answered = await _answered(asking, said, rows, (Filter.PERSON,))
    return replace(answered, activities=codes_of(own), buttons=show_buttons(own))


def _of_person(asking: Asking, person: Person, own: Sequence[Activity]) -> str:
    theirs = [each for each in own if each.responsible.id == person.id]
    values = {"who": person.name, "email": person.email, "roles": _roles(asking, person)}
    said = _("{who} ({email}): {roles}.", **values)
    if not theirs:
        return said + sentences(_("Ansvarar inte för någon aktivitet."))
    return said + sentences(_("Ansvarar för {what}.", what=named_in_short(theirs)))


def _roles(asking: Asking, person: Person) -> str:
    plan = asking.plan
    posts = {
        "manager": _("chef Omställning Skaraborg"),
        "federation_director": _("förbundsdirektör"),
    }
    told = [posts[one] for one in sorted(person.posts) if one in posts]
    places = sorted(plan.organisations[one].name for one in person.employers)
    told += [_("anställd i {place}", place=place) for place in places]
    for key, kind in person.bodies.items():
        if kind == "network" and key in plan.bodies:
            told.append(_("nätverket {name}", name=plan.bodies[key].name))
        elif kind != "network":
            told.append(body_name(kind))
    return ", ".join(told) or _("finns i katalogen")


async def _answered(
    asking: Asking, said: str, rows: Sequence[_Row], used: Sequence[Filter]
) -> Answered:
    """The people in a table, and who answers for those of the page who are away."""
    page = rows[asking.window]
    away = await away_on(asking.db, {one.who.id for one in page}, asking.today)
    gone = {
        one.who.id: away_sentence(one.who.name, away[one.who.id], asking.today)
        for one in page
        if one.who.id in away
    }
    columns = (_("Namn"), _("Vad"), _("E-post"))
    cells = [(one.who.name, capital(one.what), one.who.email) for one in page]
    return Answered(
        said + sentences(*list(gone.values())[:2]),
        parts=(*table(_("Personer"), columns, cells), *not_limited(asking, used)),
        sources=(Source(_("Katalogen över personer, organ och mandat")),),
        total=len(rows),
        shown=len(page),
    )
