"""What a co-financing poll's page says: every municipality's share and answer, and scenarios."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.clock import in_stockholm
from bot.conversations.polls.co_financing_card import sum_bar
from bot.conversations.polls.showing import own_words
from bot.conversations.polls.what_if import supposed_words
from bot.conversations.polls.wording import (
    amount_or_word,
    answer_words,
    hours_word,
    names_and_more,
    of_number,
    who_answered,
)
from bot.language import _, kronor, number, short_date
from bot.people import OrganisationId
from bot.polls.co_financing import (
    Answer,
    AnswerKind,
    CoFinancing,
    Compared,
    Place,
    what_if,
)
from bot.polls.cost_sharing import CannotShare
from bot.polls.mandates import Mandates
from bot.polls.scenarios import Scenario
from bot.polls.seen import Seen
from handlers.web.poll_shown import Bar

MOST_SCENARIOS = 6
"""Scenarios beside one another, the latest; of earlier ones the chat tells."""


def bars(asked: CoFinancing) -> list[Bar]:
    """How many have answered, and the sum against what is asked for where that is shown."""
    count = of_number(len(asked.answered), len(asked.places))
    said = _("{count} kommuner har svarat", count=count)
    found = [Bar(said, len(asked.answered), max(len(asked.places), 1))]
    if asked.poll.shows_answers:
        summed = sum_bar(asked.sum, asked.proposal.asked)
        found.append(Bar(summed.label, summed.done, summed.of))
    return found


def money_notes(asked: CoFinancing) -> list[str]:
    """What is to be known of the sum: what is lacking, own time in it, what is to be confirmed."""
    said: list[str] = []
    if asked.poll.shows_answers:
        if asked.lacking:
            said.append(_("{sum} saknas av det som söks.", sum=kronor(asked.lacking)))
        if asked.hours:
            said.append(_("Varav egen tid: {hours}.", hours=hours_word(asked.hours)))
        if asked.to_confirm_sum:
            said.append(
                _(
                    "{sum} är lovat till ett tidigare förslag och ska bekräftas.",
                    sum=kronor(asked.to_confirm_sum),
                )
            )
    if asked.to_confirm:
        names = names_and_more([each.name for each in asked.to_confirm])
        said.append(_("Gäller förra förslaget, bekräfta: {names}.", names=names))
    if not asked.poll.binding:
        said.append(_("Avstämning: svaret binder ingen, det visar hur ni lutar."))
    return said


def own_places(
    asked: CoFinancing, own: Sequence[OrganisationId], held: Mandates
) -> list[dict[str, object]]:
    """What the reader's municipalities are asked for and have said, with who may answer; of a
    suggestion that waits also its words, which stand nowhere else."""
    places = (place for one in own if (place := asked.place(one)) is not None)
    return [
        {
            "name": each.name,
            "said": own_words(asked, each),
            "share": _share(asked, each),
            "who": _answers(each, held),
            "notes": _notes(each.suggestion) if each.suggestion is not None else [],
        }
        for each in places
    ]


def municipalities(seen: Seen, asked: CoFinancing) -> list[dict[str, object]]:
    """A row for each municipality, by name."""
    return [_row(seen, asked, each) for each in asked.places]


def _row(seen: Seen, asked: CoFinancing, place: Place) -> dict[str, object]:
    answer = place.answer
    stale = answer is not None and not asked.stands(place)
    down = asked.turned_down(place)
    earlier = seen.earlier.get(place.municipality, ())
    return {
        "name": place.name,
        "share": _share(asked, place),
        "basis": _basis(place),
        "sign": _sign(answer) if not down else "–",
        "said": answer_words(answer.said) if answer is not None else _("Inget svar än"),
        "stale": _("Gäller förra förslaget, ska bekräftas") if stale else "",
        "turned_down": _("Antogs inte i beslutet") if down else "",
        "notes": _notes(answer) if answer is not None else [],
        "who": who_answered(answer) if answer is not None else _answers(place, seen.held),
        "earlier": [_earlier(each) for each in earlier],
    }


def _share(asked: CoFinancing, place: Place) -> str:
    hours = asked.proposal.hours(place.share)
    said = kronor(place.share)
    return _("{amount} eller {hours}", amount=said, hours=hours_word(hours)) if hours else said


def _basis(place: Place) -> str:
    """What the share is counted from."""
    if place.weight is not None:
        return _("vikt {weight}", weight=_weight(place))
    if place.inhabitants is None or place.counted_on is None:
        return ""
    return _(
        "{number} invånare {day}",
        number=number(place.inhabitants),
        day=short_date(place.counted_on),
    )


def _weight(place: Place) -> str:
    return f"{place.weight:f}".rstrip("0").rstrip(".").replace(".", ",") if place.weight else "0"


def _sign(answer: Answer | None) -> str:
    """A sign before the words, so that the column can be looked through."""
    match answer.said.kind if answer is not None else None:
        case None:
            return "○"
        case AnswerKind.NO:
            return "✗"
        case AnswerKind.POLITICAL:
            return "…"
        case AnswerKind.HIDDEN:
            return "●"
        case _:
            return "✓"


def _notes(answer: Answer) -> list[tuple[str, str]]:
    rows = [(_("Villkor"), answer.said.condition), (_("Kommentar"), answer.said.comment)]
    return [(label, words) for label, words in rows if words]


def _earlier(answer: Answer) -> dict[str, object]:
    replaced = answer.replaced_at
    day = short_date(in_stockholm(replaced).date()) if replaced is not None else "–"
    return {
        "said": answer_words(answer.said),
        "notes": _notes(answer),
        "who": who_answered(answer),
        "until": _("gällde förslag {n}, ersatt {day}", n=answer.version, day=day),
    }


def _answers(place: Place, held: Mandates) -> str:
    names = ", ".join(each.name for each in held.of(place.municipality))
    if not names:
        return _("Ingen har mandat att svara")
    return _("Svarar: {names}", names=names)


def totals(asked: CoFinancing) -> dict[str, str]:
    """What the shares, and the answers where they are shown, add up to."""
    return {
        "share": kronor(sum(each.share for each in asked.places)),
        "pledged": kronor(asked.sum) if asked.poll.shows_answers else "",
    }


@dataclass(frozen=True)
class Comparison:
    """Kept scenarios beside the proposal: what each supposes, and a row for each municipality."""

    scenarios: Sequence[Mapping[str, str]]
    rows: Sequence[tuple[str, ...]]
    sums: tuple[str, ...]


def compared(asked: CoFinancing, kept: Sequence[Scenario]) -> Comparison | None:
    """The latest scenarios, counted on the proposal and the answers as they are; None without."""
    counted: list[tuple[Scenario, Mapping[OrganisationId, Compared]]] = []
    for each in kept[-MOST_SCENARIOS:]:
        try:
            found = what_if(asked, each.supposed)
        except CannotShare:
            continue
        counted.append((each, {one.place.municipality: one for one in found}))
    if not counted:
        return None
    columns = [found for _scenario, found in counted]
    sums = [kronor(sum(one.share for one in found.values())) for found in columns]
    return Comparison(
        [_scenario(asked, each) for each, _found in counted],
        [_compared_row(asked, place, columns) for place in asked.places],
        (totals(asked)["share"], *sums, totals(asked)["pledged"] or "–"),
    )


def _scenario(asked: CoFinancing, kept: Scenario) -> dict[str, str]:
    day = short_date(in_stockholm(kept.made_at).date())
    return {
        "name": kept.name,
        "supposes": _("Om {supposed}", supposed=supposed_words(asked, kept.supposed)),
        "who": f"{kept.made_by}, {day}",
    }


def _compared_row(
    asked: CoFinancing, place: Place, columns: Sequence[Mapping[OrganisationId, Compared]]
) -> tuple[str, ...]:
    cells = [_cell(found.get(place.municipality)) for found in columns]
    return (place.name, kronor(place.share), *cells, _pledge(asked, place))


def _cell(one: Compared | None) -> str:
    if one is None:
        return _("avstår")
    if not one.more:
        return kronor(one.share)
    sign = "+" if one.more > 0 else "−"
    return f"{kronor(one.share)} ({sign}{number(abs(one.more))})"


def _pledge(asked: CoFinancing, place: Place) -> str:
    said = amount_or_word(place.answer.said) if place.answer is not None else "–"
    return said if asked.stands(place) or said == "–" else f"({said})"
