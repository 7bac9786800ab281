"""What is said of things that wait for somebody: lists, receipts, and word to those concerned."""

from collections import Counter
from collections.abc import Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.applications.wording import application_name
from bot.conversations.assignments.wording import assignment_name
from bot.conversations.needs.wording import capital, need_name
from bot.conversations.views import Button, Buttons, Card, Part, bold, bullets, press, quiet, text
from bot.digests.wording import listed
from bot.handing_over import HandedOver
from bot.language import _, ngettext, short_date
from bot.leaving import Hanging, Kind, Leaver, Sort, Thing, Unfit
from bot.plan import Contact, Plan

NAME = "overlamna"
EVERYTHING = "allt"
A_PAGE = 8
"""Things of one page, each with its button."""
NAMED = 12
"""Things that a message names; the others are counted."""


def thing_name(thing: Thing, plan: Plan) -> str:
    """What it is, as a line of its own: `Ansvarar för KOM-03 Batteriteknik`."""
    name = f"{thing.code} {thing.title}" if thing.code else thing.title
    match thing.kind:
        case Kind.ACTIVITY:
            return _("Ansvarar för {name}", name=name)
        case Kind.MILESTONE:
            return _("Milstolpen {title} i {code}", title=thing.title, code=thing.code)
        case Kind.MANDATE:
            where = _municipality(thing, plan)
            if thing.title == "priority":
                return _("Svarar för {municipality} i prioriteringar", municipality=where)
            return _("Svarar för {municipality} om medfinansiering", municipality=where)
        case Kind.PART:
            called = capital(assignment_name(thing.assignment or thing.key))
            return f"{called}: {thing.title}"
        case Kind.ASKED:
            called = assignment_name(thing.key)
            return _("Har gett {assignment}: {title}", assignment=called, title=thing.title)
        case Kind.NEED:
            called = need_name(thing.key)
            return _("Bereder {need}: {title}", need=called, title=thing.title)
        case Kind.APPLICATION:
            return _(
                "Skriver {application} till {fund} för {code}",
                application=application_name(thing.key),
                fund=thing.title,
                code=thing.code,
            )


def _municipality(thing: Thing, plan: Plan) -> str:
    known = plan.organisations.get(thing.municipality) if thing.municipality is not None else None
    return known.name if known is not None else "–"


def _more(thing: Thing) -> str:
    """What one should know before handing it over; empty for most."""
    if thing.waits:
        return _("Väntar på ett besked om tid. Det kan lämnas över när beskedet har kommit.")
    if thing.ended:
        return _("Mandatet har upphört, och ingen annan i kommunen har det.")
    if thing.due_on is not None:
        return _("Klart senast {day}.", day=short_date(thing.due_on))
    return ""


def counted(things: Sequence[Thing]) -> str:
    """`2 aktiviteter, 1 milstolpe och 1 mandat`."""
    counts = Counter(each.kind for each in things)
    return listed([_count(kind, counts[kind]) for kind in Kind if counts[kind]])


def _count(kind: Kind, n: int) -> str:
    match kind:
        case Kind.ACTIVITY:
            return ngettext("{n} aktivitet", "{n} aktiviteter", n)
        case Kind.MILESTONE:
            return ngettext("{n} milstolpe", "{n} milstolpar", n)
        case Kind.MANDATE:
            return ngettext("{n} mandat", "{n} mandat", n)
        case Kind.PART:
            return ngettext("{n} uppdrag", "{n} uppdrag", n)
        case Kind.ASKED:
            return ngettext("{n} uppdrag till andra", "{n} uppdrag till andra", n)
        case Kind.NEED:
            return ngettext("{n} behov att bereda", "{n} behov att bereda", n)
        case Kind.APPLICATION:
            return ngettext("{n} ansökan", "{n} ansökningar", n)


def why_left(leaver: Leaver) -> str:
    """What has ended, and when."""
    values = {"name": leaver.person.name, "day": short_date(leaver.on), "what": leaver.what}
    match leaver.sort:
        case Sort.EMPLOYMENT:
            return _("{name} arbetar inte längre hos {what}, sedan {day}.", **values)
        case Sort.POST if leaver.what == "manager":
            return _("{name} är inte längre chef för Omställning Skaraborg, sedan {day}.", **values)
        case Sort.POST:
            return _("{name} är inte längre förbundsdirektör, sedan {day}.", **values)
        case Sort.ROLE:
            return _("{name} är inte längre medarbetare i förbundet, sedan {day}.", **values)
        case Sort.SEAT:
            return _("{name} är inte längre med i {what}, sedan {day}.", **values)
        case Sort.ACCOUNT:
            return _("{name} har inget konto kvar i chatten, sedan {day}.", **values)


def hanging_card(hanging: Hanging, plan: Plan, skip: int = 0, leaver: Leaver | None = None) -> Card:
    """What waits for the person, from `skip` on, each with a way to hand it over.

    `leaver`: why it is told now.
    """
    person, things = hanging.person, hanging.things
    if not things:
        return nothing_hangs(person)
    first = _("{count} väntar på {name}.", count=counted(things), name=person.name)
    parts: list[Part] = [text(why_left(leaver))] if leaver is not None else []
    parts.append(text(first))
    page = things[skip : skip + A_PAGE]
    for each in page:
        parts.append(text(bold(thing_name(each, plan))))
        if said := _more(each):
            parts.append(quiet(said))
        if not each.waits:
            parts.append(Buttons(buttons=(_hand_over(person, each),)))
    parts.append(_ways(hanging, skip))
    title = shortened(_("Att lämna över: {name}", name=person.name), 150)
    names = "; ".join(shortened(thing_name(each, plan), 100) for each in page)
    told = f"{why_left(leaver)} {first}" if leaver is not None else first
    return Card(title=title, summary=f"{told} {names}.", parts=tuple(parts))


def _hand_over(person: Contact, thing: Thing) -> Button:
    form = press("formular", NAME, person.id, thing.kind.value, thing.key)
    return Button(label=_hand_over_word(thing), press=form)


def _hand_over_word(thing: Thing) -> str:
    """What the button says, so that it is told from the others."""
    match thing.kind:
        case Kind.ACTIVITY:
            return _("Lämna över {name}", name=thing.code)
        case Kind.MILESTONE:
            return _("Lämna över milstolpen")
        case Kind.MANDATE:
            return _("Lämna över mandatet")
        case Kind.PART | Kind.ASKED:
            name = assignment_name(thing.assignment or thing.key)
            return _("Lämna över {name}", name=name)
        case Kind.NEED:
            return _("Lämna över {name}", name=need_name(thing.key))
        case Kind.APPLICATION:
            return _("Lämna över {name}", name=application_name(thing.key))


def _ways(hanging: Hanging, skip: int) -> Buttons:
    everything = press("formular", NAME, hanging.person.id, EVERYTHING)
    buttons = [Button(label=_("Lämna över allt"), press=everything, style="primary")]
    left = len(hanging.things) - skip - A_PAGE
    if left > 0:
        further = press(NAME, hanging.person.id, skip + A_PAGE)
        buttons.append(
            Button(label=ngettext("Visa {n} till", "Visa {n} till", left), press=further)
        )
    return Buttons(buttons=tuple(buttons))


def nothing_hangs(person: Contact) -> Card:
    """What is said of somebody for whom nothing waits."""
    said = _("Inget väntar på {name}. Det finns inget att lämna över.", name=person.name)
    return Card(summary=said, parts=(text(said),))


def all_who_left(found: Sequence[Leaver]) -> Card:
    """Everybody who has left something behind, to choose from."""
    if not found:
        said = _("Ingen som har slutat har något kvar som väntar.")
        how = _("Skriv ett namn för att se vad som väntar på någon: {command}", command=_command())
        return Card(summary=f"{said} {how}", parts=(text(said), text(how)))
    shown = found[:10]
    said = _("De här har något kvar som behöver lämnas över.")
    buttons = [
        Button(label=shortened(each.person.name, 75), press=press(NAME, each.person.id))
        for each in shown
    ]
    parts: list[Part] = [text(said), bullets(*(why_left(each) for each in shown))]
    parts.append(Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:])))
    if len(found) > len(shown):
        more = ngettext("… och {n} till.", "… och {n} till.", len(found) - len(shown))
        parts.append(quiet(more))
    names = ", ".join(shortened(each.person.name, 100) for each in shown)
    return Card(title=_("Att lämna över"), summary=f"{said} {names}.", parts=tuple(parts))


def _command() -> str:
    return _("överlämna Karin Lind")


def nobody_called(words: str) -> Card:
    """What is said of words that name nobody."""
    said = _("Jag hittar ingen i katalogen som passar ”{words}”.", words=shortened(words, 60))
    how = _("Skriv till exempel: {command}", command=_command())
    return Card(summary=f"{said} {how}", parts=(text(said), text(how)), tone="warning")


def which_person(people: Sequence[Contact]) -> Card:
    """The people that the words may mean, to choose from."""
    said = _("Flera passar. Vem menar du?")
    buttons = [
        Button(label=shortened(f"{each.name}, {each.email}", 75), press=press(NAME, each.id))
        for each in people[:10]
    ]
    parts: list[Part] = [text(said)]
    parts.append(Buttons(buttons=tuple(buttons[:5]), overflow=tuple(buttons[5:])))
    if len(people) > len(buttons):
        parts.append(quiet(_("Fler passar också. Skriv hela adressen.")))
    names = shortened(", ".join(each.name for each in people[:10]), 1_000)
    return Card(summary=f"{said} {names}.", parts=tuple(parts))


def gone_already(person: Contact) -> Card:
    """What is said of a thing that does not wait for the person any more."""
    said = _("Det väntar inte på {name} längre.", name=person.name)
    show = Button(label=_("Visa vad som väntar"), press=press(NAME, person.id))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")


def why_not(why: Unfit, thing: Thing, plan: Plan) -> str:
    """Why the one chosen cannot take it over, and who could."""
    match why:
        case Unfit.SAME:
            return _("Det väntar redan på den personen. Välj någon annan.")
        case Unfit.WORKS_NOWHERE:
            return _("Den personen arbetar inte hos någon av oss nu. Välj någon annan.")
        case Unfit.NO_PART:
            return _("Den personen är administratör och deltar inte i arbetet. Välj någon annan.")
        case Unfit.OTHER_MUNICIPALITY:
            return _(
                "Det här måste vara någon som arbetar i {municipality}. Välj en sådan person.",
                municipality=_municipality(thing, plan),
            )
        case Unfit.OTHER_NETWORK:
            network = plan.bodies.get(thing.network) if thing.network is not None else None
            return _(
                "Det här måste vara en medlem i nätverket {network}. Välj en sådan person.",
                network=network.name if network is not None else "–",
            )
        case Unfit.WAITS:
            return _("Det väntar på ett besked om tid, och kan lämnas över när det har kommit.")
        case Unfit.HAS_IT:
            return _("Den personen är redan med i uppdraget. Välj någon annan.")
        case Unfit.GONE:
            return _("Det väntar inte på den personen längre.")


def receipt(hanging: Hanging, to: Contact, done: HandedOver, plan: Plan) -> Card:
    """What was handed over to whom, what was left and why, and the way back."""
    said = _(
        "Överlämnat från {name} till {other}: {count}.",
        count=counted(done.taken),
        name=hanging.person.name,
        other=to.name,
    )
    parts: list[Part] = [text(bold("✅ "), said), *_named(done.taken, plan)]
    if done.left:
        parts.append(text(_("Det här är kvar hos {name}:", name=hanging.person.name)))
        shown = done.left[:NAMED]
        parts.append(
            bullets(
                *(
                    f"{shortened(thing_name(each, plan), 200)}. {why_not(why, each, plan)}"
                    for each, why in shown
                )
            )
        )
        parts += _and_more(len(done.left) - len(shown))
    parts.append(Buttons(buttons=_after(hanging, to, done)))
    summary = said
    if done.left:
        summary += " " + ngettext("{n} sak är kvar.", "{n} saker är kvar.", len(done.left))
    return Card(summary=summary, parts=tuple(parts), tone="warning" if done.left else "good")


def _after(hanging: Hanging, to: Contact, done: HandedOver) -> tuple[Button, ...]:
    rest = Button(label=_("Visa vad som är kvar"), press=press(NAME, hanging.person.id))
    if len(done.taken) != 1:
        return (rest, Button(label=_("Visa vad som väntar nu"), press=press(NAME, to.id)))
    (one,) = done.taken
    back = press("formular", NAME, to.id, one.kind.value, one.key)
    return (rest, Button(label=_("Lämna vidare eller tillbaka"), press=back))


def _named(things: Sequence[Thing], plan: Plan) -> list[Part]:
    lines = [shortened(thing_name(each, plan), 300) for each in things[:NAMED]]
    return [bullets(*lines), *_and_more(len(things) - len(lines))]


def _and_more(n: int) -> list[Part]:
    return [quiet(ngettext("… och {n} till.", "… och {n} till.", n))] if n > 0 else []


def yours_now(by: str, hanging: Hanging, things: Sequence[Thing], reason: str, plan: Plan) -> Card:
    """What the one who takes over hears, with ways to see what it is."""
    said = _(
        "{by} har lämnat över {count} till dig från {name}.",
        by=by,
        count=counted(things),
        name=hanging.person.name,
    )
    parts: list[Part] = [text(bold(said)), *_named(things, plan)]
    if reason:
        parts.append(text(bold(_("Skäl: ")), reason))
    if any(each.kind is Kind.PART for each in things):
        parts.append(text(_("Svara på uppdragen, så att de som väntar vet.")))
    shown = tuple(dict.fromkeys(button for each in things if (button := _show(each))))
    if shown:
        parts.append(Buttons(buttons=shown[:5], overflow=shown[5:10]))
    return Card(summary=f"{said} {reason}".strip(), parts=tuple(parts))


def taken_over(
    by: str, to: Contact, hanging: Hanging, things: Sequence[Thing], reason: str, plan: Plan
) -> Card:
    """What the one hears on whom it hung."""
    said = _(
        "{by} har lämnat över {count} från dig till {other}.",
        by=by,
        count=counted(things),
        other=to.name,
    )
    parts: list[Part] = [text(bold(said)), *_named(things, plan)]
    if reason:
        parts.append(text(bold(_("Skäl: ")), reason))
    return Card(summary=f"{said} {reason}".strip(), parts=tuple(parts))


def asked_of_another(
    by: str, to: Contact, hanging: Hanging, things: Sequence[Thing], plan: Plan
) -> Card:
    """What whoever asked for the work hears: somebody else is asked to do it."""
    said = _(
        "{by} har lämnat över {count} som du har frågat om, från {name} till {other}.",
        by=by,
        count=counted(things),
        name=hanging.person.name,
        other=to.name,
    )
    parts: list[Part] = [text(bold(said)), *_named(things, plan)]
    shown = tuple(dict.fromkeys(button for each in things if (button := _show(each))))
    parts.append(Buttons(buttons=shown[:5], overflow=shown[5:10]))
    return Card(summary=said, parts=tuple(parts))


def _show(thing: Thing) -> Button | None:
    """To the thing's own card; a mandate has none."""
    match thing.kind:
        case Kind.ACTIVITY | Kind.MILESTONE:
            label = _("Visa {name}", name=thing.code)
            return Button(label=label, press=press("aktivitet", thing.code))
        case Kind.PART | Kind.ASKED:
            key = thing.assignment or thing.key
            label = _("Visa {name}", name=assignment_name(key))
            return Button(label=label, press=press("uppdrag", key))
        case Kind.NEED:
            label = _("Visa {name}", name=need_name(thing.key))
            return Button(label=label, press=press("behov", thing.key, "visa"))
        case Kind.APPLICATION:
            label = _("Visa {name}", name=application_name(thing.key))
            return Button(label=label, press=press("ansokan", thing.key, "visa"))
        case Kind.MANDATE:
            return None
