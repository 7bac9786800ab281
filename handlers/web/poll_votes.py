"""What the page of a poll with options says: result, how it was counted, and who voted what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.clock import in_stockholm
from bot.conversations.polls.ballot_card import option_words
from bot.conversations.polls.ballot_told import choice_words
from bot.conversations.polls.result_words import (
    chosen_words,
    explained,
    got,
    in_order,
    marked,
)
from bot.conversations.polls.wording import of_number
from bot.language import _, kronor, number, short_date
from bot.plan import Kronor
from bot.polls.casting import MOST_SCORE
from bot.polls.counting import CAN, IF_NEED_BE, Result
from bot.polls.methods.schulze import Matrix
from bot.polls.poll import Ballot, Method, Option, Poll
from bot.polls.seen import Seen
from handlers.web.poll_shown import Bar


@dataclass(frozen=True)
class Grid:
    """A table: its caption, what is said under it, columns, and rows that begin with a heading.

    `numeric` are the columns that hold numbers, counted from 0.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    note: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Votes:
    """The result as far as it is shown: in a sentence, as bars, how it is counted, as tables."""

    bars: Sequence[Bar]
    options: Sequence[str]
    chosen: str = ""
    explained: str = ""
    grids: Sequence[Grid] = field(default_factory=tuple[Grid, ...])
    not_voted: str = ""


def votes(seen: Seen) -> Votes:
    """What may be seen of the votes; only turnout and the options while that is hidden."""
    poll, result = seen.poll, seen.result
    bars = [_turnout(poll)]
    grids = _ballots(seen)
    if result is None or not result.count:
        options = [option_words(each) for each in poll.options]
        return Votes(bars, options, grids=grids, not_voted=_not_voted(seen))
    bars += [_bar(poll, result, each) for each in in_order(poll, result)]
    return Votes(
        bars,
        (),
        chosen_words(poll, result),
        explained(poll),
        [*_counted(seen, result), *grids],
        _not_voted(seen),
    )


def _turnout(poll: Poll) -> Bar:
    said = _("{count} har röstat", count=of_number(poll.voted, poll.electorate))
    if poll.quorum is not None:
        said += _(", minst {quorum} krävs", quorum=number(poll.quorum))
    return Bar(said, poll.voted, max(poll.electorate, poll.voted, 1))


def _bar(poll: Poll, result: Result, option: Option) -> Bar:
    value = result.values.get(option.id, 0)
    most = max((*result.values.values(), result.count, 1))
    label = f"{marked(result, option)}{option.label}: {got(poll, result, option)}"
    return Bar(label, value, most)


def _not_voted(seen: Seen) -> str:
    return ", ".join(each.name for each in seen.voters if not each.voted)


def _counted(seen: Seen, result: Result) -> list[Grid]:
    """The tables that belong to the method."""
    match seen.poll.method:
        case Method.RANKING:
            return _ranked(seen.poll, result)
        case Method.BUDGET:
            return [_spread(seen.poll, result)]
        case Method.SCORE if seen.ballots:
            return [_scores(seen)]
        case Method.POINTS if seen.ballots:
            return [_points(seen, result)]
        case Method.DATES:
            return [_dates(seen, result)]
        case _:
            return []


def _ranked(poll: Poll, result: Result) -> list[Grid]:
    """The pairwise comparisons, and the strongest paths that order those that go in a ring."""
    if result.schulze is None:
        return []
    order = in_order(poll, result)
    preferring, strengths = result.schulze.preferring, result.schulze.strengths
    return [
        _matrix(
            order,
            preferring,
            _("Jämförelser två och två"),
            _(
                "Varje rad mot varje kolumn: så många röster sätter radens alternativ före "
                "kolumnens. ✓ vinner jämförelsen, = är oavgjort."
            ),
        ),
        _matrix(
            order,
            strengths,
            _("Starkaste vägen mellan två alternativ"),
            _(
                "En väg går från alternativ till alternativ som vart och ett slår nästa, och är så "
                "stark som sin svagaste jämförelse. ✓ har den starkare vägen och står före."
            ),
            folded=True,
        ),
    ]


def _matrix(
    order: Sequence[Option], values: Matrix, caption: str, note: str, *, folded: bool = False
) -> Grid:
    columns = [_("Alternativ"), *(str(n) for n, _option in enumerate(order, 1))]
    rows = [
        [f"{n}. {one.label}", *(_duel(values, one.id, two.id) for two in order)]
        for n, one in enumerate(order, 1)
    ]
    numeric = frozenset(range(1, len(columns)))
    return Grid(caption, columns, rows, numeric, note, folded)


def _duel(values: Matrix, one: int, two: int) -> str:
    if one == two:
        return "–"
    mine, other = values[one, two], values[two, one]
    if mine == other:
        return f"= {mine}"
    return f"✓ {mine}" if mine > other else str(mine)


def _spread(poll: Poll, result: Result) -> Grid:
    """What equal shares choose beside what plain approval would."""
    rows = [
        [
            each.label,
            kronor(each.cost or Kronor(0)),
            number(result.values.get(each.id, 0)),
            _chosen(each.id, result.elected, result.tied),
            _chosen(each.id, result.plain, result.plain_tied),
        ]
        for each in in_order(poll, result)
    ]
    spent = kronor(Kronor((poll.money or 0) - result.money_left))
    return Grid(
        _("Lika andelar och flest röster, bredvid varandra"),
        [_("Förslag"), _("Kostar"), _("Röster"), _("Lika andelar"), _("Flest röster")],
        rows,
        frozenset((1, 2)),
        _(
            "Det är lika andelar som gäller: {spent} av {money} används. Flest röster tar "
            "förslagen i tur och ordning så länge pengarna räcker.",
            spent=spent,
            money=kronor(poll.money or Kronor(0)),
        ),
    )


def _chosen(one: int, sure: Sequence[int], tied: Sequence[int]) -> str:
    if one in sure:
        return _("✓ valt")
    return _("= lika om resten") if one in tied else _("inte valt")


def _scores(seen: Seen) -> Grid:
    """How many gave each score."""
    heights = range(MOST_SCORE, -1, -1)
    rows = [
        [each.label, *(number(_gave(seen, each, height.__eq__)) for height in heights)]
        for each in _ordered(seen)
    ]
    columns = [_("Alternativ"), *(_("betyg {n}", n=height) for height in heights)]
    return Grid(
        _("Så många gav varje betyg"), columns, rows, frozenset(range(1, len(columns))), folded=True
    )


def _points(seen: Seen, result: Result) -> Grid:
    """How many points, and from how many."""
    rows = [
        [
            each.label,
            number(result.values.get(each.id, 0)),
            number(_gave(seen, each, lambda value: value > 0)),
            number(max((ballot.choices.get(each.id, 0) for ballot in seen.ballots), default=0)),
        ]
        for each in _ordered(seen)
    ]
    columns = [_("Alternativ"), _("Poäng"), _("Gav poäng"), _("Mest från en")]
    return Grid(_("Poängen närmare"), columns, rows, frozenset((1, 2, 3)), folded=True)


def _gave(seen: Seen, option: Option, fits: Callable[[int], bool]) -> int:
    found = (each.choices.get(option.id) for each in seen.ballots)
    return sum(value is not None and fits(value) for value in found)


def _ordered(seen: Seen) -> Sequence[Option]:
    return in_order(seen.poll, seen.result) if seen.result is not None else seen.poll.options


def _dates(seen: Seen, result: Result) -> Grid:
    """Each time in turn, with who can, who can if need be, and who cannot."""
    columns = [_("Tid"), _("Kan"), _("Kan vid behov"), _("Kan inte")]
    rows = [
        [
            f"{marked(result, each)}{each.label}",
            _who(seen, each, CAN),
            _who(seen, each, IF_NEED_BE),
            _who(seen, each, 0),
        ]
        for each in seen.poll.options
    ]
    return Grid(_("Tiderna"), columns, rows, note=_("✓ är bäst, = är lika bra."))


def _who(seen: Seen, option: Option, value: int) -> str:
    names = [each.voter.name for each in seen.ballots if each.choices.get(option.id) == value]
    return f"{number(len(names))}: {', '.join(names)}" if names else "0"


def _ballots(seen: Seen) -> list[Grid]:
    """Who voted what, where that is shown; times have that in their own table."""
    if not seen.ballots or seen.poll.method is Method.DATES:
        return []
    rows = [
        [each.voter.name, choice_words(seen.poll, each.choices) or "–", _by(each)]
        for each in sorted(seen.ballots, key=lambda each: each.voter.name)
    ]
    columns = [_("Röst"), _("Svar"), _("Vem och när")]
    return [Grid(_("Vem röstade vad"), columns, rows, folded=True)]


def _by(ballot: Ballot) -> str:
    day = short_date(in_stockholm(ballot.cast_at).date())
    return _("{name}, {day}", name=ballot.by.name, day=day)
