"""What municipalities have promised: what is decided, and what they said yes to in polls."""

from collections.abc import Sequence
from datetime import date

from bot.conversations.activity_card import shortened
from bot.conversations.money.chart import THOUSANDS_FROM, Colour
from bot.conversations.money.municipality_money import municipalities
from bot.conversations.money.wording import NAME
from bot.conversations.needs.wording import capital
from bot.conversations.polls.buttons import show_button
from bot.conversations.polls.wording import answer_words, hours_word, mark_of, of_number
from bot.conversations.views import Bullets, Button, Chart, Part, Series, Table, bullets, press
from bot.digests.sections.charts import short_names
from bot.digests.wording import listed, listed_and_more
from bot.language import _, kronor, ngettext, number
from bot.money.funding import Kronor
from bot.money.overview import NOTHING
from bot.polls.co_financing import CoFinancing, Place, hidden
from bot.polls.poll import Poll
from bot.polls.reading import co_financing_of
from bot.questions.answers.money_words import (
    about_activities,
    overview_at,
    plan_source,
    planned_by_municipalities,
    while_words,
)
from bot.questions.answers.poll_choosing import (
    in_order,
    last_answer,
    sources_of,
    words_of,
)
from bot.questions.answers.promised import (
    Promised,
    Row,
    by_activity,
    by_municipality,
    promised,
    promised_to,
    promising,
    taking_part,
)
from bot.questions.answers.scope_words import not_limited, when_words
from bot.questions.answers.stands import codes_of, stands, until_now
from bot.questions.asking import A_PAGE, Answered, Asking
from bot.questions.question import Filter
from storage.queries.questions_polls import asking_for, sums_of_polls

NAMED = 5
"""Municipalities that a sentence names."""
MOST_NAMED = 3
"""Those that are named with what they have promised."""
MOST_POLLS = 3
MOST_COLUMNS = 20
_HONOURED = frozenset(Filter) - {Filter.STAGE, Filter.BODY, Filter.AUDIENCE, Filter.KIND}
_OF_CO_FINANCING = {"co_financing"}


async def pledges(asking: Asking) -> Answered:
    """Promises by municipality; by activity where one municipality is asked about."""
    found = await promised(asking)
    polls = await _polls(asking, found)
    asked = await _asked(asking, polls)
    rows = by_activity(found) if len(found.pledged) == 1 else by_municipality(found)
    page = rows[asking.window]
    planned = NOTHING if rows or found.by_time else await _planned(asking, found)
    said = [_said(asking, found, rows, planned), _hidden_until(polls)]
    said += [] if found.by_time else [while_words(asking)]
    return Answered(
        " ".join(filter(None, said)),
        parts=(
            *_chart(rows, asking.skip),
            *_table(page, by_activity=len(found.pledged) == 1),
            *asked,
            *not_limited(asking, _honoured(asking)),
        ),
        sources=(await plan_source(asking), *sources_of(polls[:2], asking.today)),
        buttons=_buttons(found, polls),
        activities=codes_of(promised_to(found)),
        municipalities=promising(found),
        total=len(rows),
        shown=len(page),
    )


def _honoured(asking: Asking) -> frozenset[Filter]:
    """Promises are co-financing, whether that is said or not."""
    said = set(asking.question.values(Filter.KIND))
    return _HONOURED | {Filter.KIND} if said <= _OF_CO_FINANCING else _HONOURED


def _hidden_until(polls: Sequence[Poll]) -> str:
    """That answers are there which nobody sees yet; empty when there are none such."""
    hiding = [each for each in polls if each.voted and not each.shows_answers]
    if not hiding:
        return ""
    names = listed([_("omröstning {n}", n=each.id) for each in hiding])
    return _("Det finns svar i {polls} som inte visas förrän den stänger.", polls=names)


async def _planned(asking: Asking, found: Promised) -> Kronor:
    """What the plan counts on from municipalities in what is asked about and is not over."""
    activities = taking_part(asking, found)
    standing = await stands(asking, activities, until_now(asking))
    return planned_by_municipalities(overview_at(asking, standing), activities)


async def _polls(asking: Asking, found: Promised) -> list[Poll]:
    """Polls in which it was said, or that ask for it: those still open first."""
    keys = list(dict.fromkeys(each.poll for each in found.answers))[:MOST_POLLS]
    if not found.by_time:
        ids = [each.id for each in found.activities]
        keys += [e for e in await asking_for(asking.db, ids, MOST_POLLS) if e not in keys]
    return await in_order(asking, keys[:MOST_POLLS])


async def _asked(asking: Asking, polls: Sequence[Poll]) -> tuple[Part, ...]:
    """What each poll asks for beside what is promised in it; of the municipalities that are asked
    about, each one's share and answer, where they are few."""
    names = asking.question.values(Filter.MUNICIPALITY)
    if not polls:
        return ()
    if not names:
        sums = await sums_of_polls(asking.db, [each.id for each in polls])
        return (_of_polls(polls, sums, asking.today),)
    keys = [each.id for each in asking.plan.organisations.values() if each.name in names]
    found = [hidden(await co_financing_of(asking.db, poll, keys), but=asking.own) for poll in polls]
    lines = [_share_line(each, place) for each in found for place in each.places][:A_PAGE]
    return (bullets(*lines),) if lines else ()


def _of_polls(polls: Sequence[Poll], sums: dict[int, tuple[int, int]], today: date) -> Bullets:
    lines: list[str] = []
    for each in polls:
        pledged, asked = sums[each.id]
        until = (
            _(", öppen till och med {day}", day=last_answer(each, today)) if each.is_open else ""
        )
        if each.shows_answers:
            said = _(
                "{poll}: {pledged} av {asked} är utlovat{until}",
                poll=capital(words_of(each)),
                pledged=kronor(pledged),
                asked=kronor(asked),
                until=until,
            )
        else:
            said = _(
                "{poll}: {asked} söks, {count} har svarat{until}; beloppen visas när den stänger",
                poll=capital(words_of(each)),
                asked=kronor(asked),
                count=of_number(each.voted, each.electorate),
                until=until,
            )
        lines.append(said)
    return bullets(*lines)


def _share_line(asked: CoFinancing, place: Place) -> str:
    answer = _("inget svar än")
    if place.answer is not None:
        answer = answer_words(place.answer.said) + mark_of(asked, place)
    return _(
        "{name} ombeds bidra med {share} i {poll}: {answer}",
        name=place.name,
        share=kronor(place.share),
        poll=words_of(asked.poll),
        answer=answer,
    )


def _said(asking: Asking, found: Promised, rows: Sequence[Row], planned: Kronor) -> str:
    whole, names = found.whole, [each.name for each in found.pledged]
    one = asking.question.values(Filter.MUNICIPALITY) != () or len(names) == 1
    who = listed(names) if one else _("kommunerna")
    about = about_activities(asking, by_place=False)
    if found.by_time:
        return _when_said(asking, found, rows, about)
    if not whole.total:
        return _nothing(asking, about, listed(names) if one else "", planned)
    if not whole.decided:
        said = _(
            "Inget är beslutat{about} än, men {who} har sagt ja till {amount} i "
            "omröstningar{tail}.",
            about=about,
            who=who,
            amount=kronor(whole.said_yes),
            tail=_hours_of(whole),
        )
        return " ".join(filter(None, (said, _most(found, rows))))
    said = _(
        "{who} har lovat {amount}{about}{tail}.",
        who=capital(who),
        amount=kronor(whole.decided),
        about=about,
        tail=_kinds_of(whole),
    )
    if whole.said_yes:
        more = _(
            "Därtill är {amount} utlovat i omröstningar som ingen har beslutat om.",
            amount=kronor(whole.said_yes),
        )
        said = f"{said} {more}"
    return " ".join(filter(None, (said, _most(found, rows))))


def _kinds_of(whole: Row) -> str:
    """`, varav 20 000 kr som egen tid (40 timmar)`, or that all of it is of one kind."""
    if not whole.own_time:
        return _(", allt i pengar")
    time = _("som egen tid")
    if whole.hours:
        time = _("{time} ({hours})", time=time, hours=hours_word(whole.hours))
    if not whole.money:
        return _(", allt {part}", part=time)
    return _(", varav {amount} {part}", amount=kronor(whole.own_time), part=time)


def _hours_of(whole: Row) -> str:
    """`, varav 40 timmar egen tid`; empty when it is all money."""
    if not whole.yes_hours:
        return ""
    return _(", varav {part}", part=_("{hours} egen tid", hours=hours_word(whole.yes_hours)))


def _most(found: Promised, rows: Sequence[Row]) -> str:
    """Who has promised most, where there are several."""
    if len(found.pledged) == 1 or len(rows) < 2:
        return ""
    first = [_("{name} ({amount})", name=e.name, amount=kronor(e.total)) for e in rows[:MOST_NAMED]]
    names, both = listed(first), found.whole.decided and found.whole.said_yes
    if len(rows) <= MOST_NAMED:
        if both:
            return _("Sammantaget är det {names}.", names=names)
        return _("Det är {names}.", names=names)
    if both:
        return ngettext(
            "Sammantaget har {n} kommun lovat något, mest {names}.",
            "Sammantaget har {n} kommuner lovat något, mest {names}.",
            len(rows),
            names=names,
        )
    return ngettext(
        "{n} kommun har lovat något, mest {names}.",
        "{n} kommuner har lovat något, mest {names}.",
        len(rows),
        names=names,
    )


def _nothing(asking: Asking, about: str, who: str, planned: Kronor) -> str:
    """That nobody has, and what the plan counts on."""
    said = (
        _("{who} har inte lovat något{about} än.", who=who, about=about)
        if who
        else _("Ingen kommun har lovat något{about} än.", about=about)
    )
    if not planned:
        return said + " " + _("Planen räknar inte med någon medfinansiering där.")
    if who and not asking.question.values(Filter.ACTIVITY):
        more = _(
            "Planen räknar med {amount} i medfinansiering från kommunerna i aktiviteter där {who} "
            "är med.",
            amount=kronor(planned),
            who=who,
        )
    else:
        more = _(
            "Planen räknar med {amount} i medfinansiering från kommunerna.", amount=kronor(planned)
        )
    return f"{said} {more}"


def _when_said(asking: Asking, found: Promised, rows: Sequence[Row], about: str) -> str:
    """What was said yes to in those days."""
    when, names = when_words(asking), list(promising(found))
    if not rows:
        return _("Inget nytt löfte{about} har kommit in {when}.", about=about, when=when)
    return _(
        "{who} har lovat {amount}{about} i omröstningar {when}.",
        who=listed_and_more(names[:NAMED], len(names) - NAMED),
        amount=kronor(found.whole.said_yes),
        about=about,
        when=when,
    )


def _chart(rows: Sequence[Row], skip: int) -> tuple[Part, ...]:
    """A column for each row, where looking beats reading."""
    if skip or len(rows) < 2:
        return ()
    shown = list(rows[:MOST_COLUMNS])
    if len(rows) > MOST_COLUMNS:
        shown = [*rows[: MOST_COLUMNS - 1], _rest(rows[MOST_COLUMNS - 1 :])]
    unit = 1_000 if max(each.total for each in shown) >= THOUSANDS_FROM else 1
    series: tuple[tuple[str, Colour, list[int]], ...] = (
        (_("Pengar"), "teal", [each.money for each in shown]),
        (_("Egen tid"), "blue", [each.own_time for each in shown]),
        (_("Ja i omröstning"), "grey", [each.said_yes for each in shown]),
    )
    words = "\n".join(
        _("{name}: {amount}", name=each.name, amount=kronor(each.total)) for each in shown
    )
    return (
        Chart(
            form="stacked_bar",
            title=_("Utlovat i tusen kronor") if unit > 1 else _("Utlovat i kronor"),
            alternative=shortened(words, 2_000),
            categories=tuple(short_names([each.name for each in shown])),
            series=tuple(
                Series(name=name, values=tuple((v + unit // 2) // unit for v in values), colour=c)
                for name, c, values in series
                if any(values)
            ),
        ),
    )


def _rest(rows: Sequence[Row]) -> Row:
    """Those that a chart has no column for, together."""
    return Row(
        _("övriga"),
        sum(each.money for each in rows),
        sum(each.own_time for each in rows),
        said_yes=sum(each.said_yes for each in rows),
    )


def _table(page: Sequence[Row], *, by_activity: bool) -> tuple[Part, ...]:
    if not page:
        return ()
    return (
        Table(
            caption=_("Utlovat per aktivitet") if by_activity else _("Utlovat per kommun"),
            columns=(
                _("Aktivitet") if by_activity else _("Kommun"),
                _("Pengar, kr"),
                _("Egen tid, kr"),
                _("Ja i omröstning, kr"),
                _("Egen tid i allt, timmar"),
            ),
            rows=tuple(
                (
                    shortened(each.name, 80),
                    *map(number, _amounts(each)),
                )
                for each in page
            ),
            numeric=(1, 2, 3, 4),
        ),
    )


def _amounts(row: Row) -> tuple[int, ...]:
    return (row.money, row.own_time, row.said_yes, row.hours + row.yes_hours)


def _buttons(found: Promised, polls: Sequence[Poll]) -> tuple[Button, ...]:
    one = found.pledged[0] if len(found.pledged) == 1 else None
    ways = (
        Button(
            label=shortened(_("Pengarna från {name}", name=one.name), 75),
            press=press(NAME, "kommun", one.municipality),
        )
        if one is not None
        else Button(label=_("Pengarna från alla kommuner"), press=municipalities().press)
    )
    return (ways, *(show_button(each) for each in polls[:2]))
