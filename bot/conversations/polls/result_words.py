"""A poll's result in words that a non-expert understands, and as bars."""

from collections.abc import Mapping, Sequence

from bot.conversations.activity_card import shortened
from bot.conversations.polls.wording import of_number
from bot.conversations.views import Part, Progress, bold, quiet, text
from bot.language import _, kronor, ngettext, number
from bot.plan import Kronor
from bot.polls.counting import Result
from bot.polls.poll import Method, Option, Poll

SHOWN = 12
"""Options that a card shows the result of; the page on the web has them all."""


def result_parts(poll: Poll, result: Result) -> list[Part]:
    """What was chosen, each option's bar, and how it was counted."""
    parts: list[Part] = [text(bold(chosen_words(poll, result)))]
    parts += [_bar(poll, result, each) for each in in_order(poll, result)[:SHOWN]]
    left = len(poll.options) - SHOWN
    if left > 0:
        parts.append(quiet(ngettext("… och {n} till.", "… och {n} till.", left)))
    if poll.method is Method.BUDGET:
        parts.append(text(_money_left(poll, result)))
        parts.append(quiet(_plain(poll, result)))
    parts.append(quiet(explained(poll)))
    return parts


def in_order(poll: Poll, result: Result) -> list[Option]:
    """The options from the best to the last."""
    known = {each.id: each for each in poll.options}
    return [known[one] for tier in result.tiers for one in tier if one in known]


def chosen_words(poll: Poll, result: Result) -> str:
    """What was chosen, by name, or what leads while the poll is open; a tie is said to be one.

    Of times it is the one that somebody has chosen, whatever the votes say.
    """
    if poll.chosen_time is not None:
        return _("Vald tid: {when}.", when=shortened(poll.chosen_time.label, 80))
    labels = labels_of(poll)
    chosen, tied = _named(labels, result.elected), _named(labels, result.tied)
    if not result.count:
        return _("Ingen har röstat.")
    if not chosen:
        return _tied_words(poll, tied)
    said = (
        _("Leder nu: {chosen}.", chosen=chosen)
        if poll.is_open
        else _("Valt: {chosen}.", chosen=chosen)
    )
    return " ".join((said, _("Lika om det som är kvar: {tied}.", tied=tied))) if tied else said


def _tied_words(poll: Poll, tied: str) -> str:
    if tied:
        return _("Lika: {tied}.", tied=tied)
    return _("Inget alternativ har stöd än.") if poll.is_open else _("Inget alternativ fick stöd.")


def labels_of(poll: Poll) -> dict[int, str]:
    """What each option is called, short enough to stand among others."""
    return {each.id: shortened(each.label, 80) for each in poll.options}


def _named(labels: Mapping[int, str], options: Sequence[int]) -> str:
    return ", ".join(labels[one] for one in options if one in labels)


def _bar(poll: Poll, result: Result, option: Option) -> Part:
    value = result.values.get(option.id, 0)
    most = max((*result.values.values(), result.count, 1))
    label = f"{marked(result, option)}{shortened(option.label, 80)}: {got(poll, result, option)}"
    return Progress(label=shortened(label, 150), done=value, of=most)


def marked(result: Result, option: Option) -> str:
    """A sign before an option that is chosen, or that is equal about the rest."""
    if option.id in result.elected:
        return "✓ "
    return "= " if option.id in result.tied else ""


def got(poll: Poll, result: Result, option: Option) -> str:
    """What the option got, in words."""
    value = result.values.get(option.id, 0)
    match poll.method:
        case Method.POINTS:
            return ngettext("{n} poäng", "{n} poäng", value)
        case Method.SCORE:
            mean = f"{value / result.count:.1f}".replace(".", ",") if result.count else "–"
            return _("{sum} i betyg, {mean} i snitt", sum=number(value), mean=mean)
        case Method.RANKING:
            firsts = ngettext("etta på {n} röst", "etta på {n} röster", value)
            place = next((n for n, t in enumerate(result.tiers, 1) if option.id in t), 0)
            return _("plats {place}, {firsts}", place=place, firsts=firsts)
        case Method.BUDGET:
            votes = ngettext("{n} röst", "{n} röster", value)
            return _("{votes}, {cost}", votes=votes, cost=kronor(option.cost or Kronor(0)))
        case Method.DATES:
            maybe = result.maybe.get(option.id, 0)
            return _(
                "{can} kan, {maybe} vid behov",
                can=of_number(value, result.count),
                maybe=number(maybe),
            )
        case _:
            return ngettext("{n} röst", "{n} röster", value)


def _money_left(poll: Poll, result: Result) -> str:
    spent = kronor(Kronor((poll.money or 0) - result.money_left))
    return _("{spent} av {money} används.", spent=spent, money=kronor(poll.money or Kronor(0)))


def _plain(poll: Poll, result: Result) -> str:
    """What plain approval would have chosen, beside."""
    labels = labels_of(poll)
    chosen = _named(labels, result.plain) or "–"
    said = _("Med enbart flest röster: {chosen}.", chosen=chosen)
    if result.plain_tied:
        said += " " + _("Lika om resten: {tied}.", tied=_named(labels, result.plain_tied))
    return said


def explained(poll: Poll) -> str:
    """How it was counted, in two sentences."""
    match poll.method:
        case Method.POINTS:
            return _(
                "Varje röst hade {points} poäng att fördela fritt. Det som fick flest poäng "
                "sammanlagt är valt.",
                points=poll.points or 0,
            )
        case Method.SCORE:
            return _(
                "Varje röst gav alternativen betyg från 0 till 5. Det som fick högst summa är valt."
            )
        case Method.RANKING:
            return _(
                "Alternativen jämförs två och två: flest röster vinner varje jämförelse. Det som "
                "slår alla andra är valt, och går jämförelserna i ring avgör de tydligaste."
            )
        case Method.BUDGET:
            return _(
                "Varje röst har en lika stor del av summan, och ett förslag väljs när de som "
                "stöder det kan betala det tillsammans. Det som blir kvar används genom att allas "
                "del höjs så länge det valda ryms i summan, och sist till förslagen med flest "
                "röster."
            )
        case Method.DATES:
            return _(
                "Bäst är den tid som flest har sagt att de kan eller kan vid behov. Bland dem "
                "väljs den som flest kan helt."
            )
        case Method.SEVERAL:
            return _("Var och en fick välja flera. Det som flest har valt är valt.")
        case _:
            return _("Var och en fick välja ett. Det som flest har valt är valt.")
