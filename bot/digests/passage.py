"""What a section of a digest says, and what of it is news.

What stood in full in the digest before is only counted, unless it has changed: each thing that can
stand in a digest is an item with a key, and a fingerprint of what would be said of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bot.conversations.views import Bullets, Part, bold, link, spans
from bot.digests.gather import Material
from bot.digests.wording import Line
from bot.language import _, number
from bot.pages import assignments_page, needs_page, plan_page, polls_page

MOST_IN_FULL = 12
"""Things a section says in full; those beyond are counted."""

MOST_LINES = 60
"""Lines of what is asked for and not settled."""


@dataclass(frozen=True)
class Item:
    """Something a digest can tell: in full once, and again when its fingerprint has changed.

    `brief` is the line it keeps until it is settled, for things that keep one.
    """

    key: str
    fingerprint: str
    full: Line
    brief: Line = ()


@dataclass(frozen=True)
class Passage:
    """What a section says under its heading.

    `remains` is a line that counts what stood in full before and is the same. `told` is what the
    next digest need not say in full. `news` counts what is new. A passage that is `lasting` stands
    also in a digest where nothing is new.
    """

    heading: str
    parts: tuple[Part, ...] = ()
    remains: Line = ()
    told: Mapping[str, str] = field(default_factory=dict[str, str])
    news: int = 0
    lasting: bool = False


@dataclass(frozen=True)
class Section:
    """A section of the digest: its name in code, what it says of the material, and what it is
    called by those who choose among sections."""

    name: str
    says: Callable[[Material], Passage]
    label: Callable[[], str]


@dataclass(frozen=True)
class Where:
    """Where a reader finds the things that a section only counts: a page, and words about them."""

    page: str
    left_out: Callable[[int], str]


IN_PLAN = Where(plan_page(), lambda n: _("… och {n} till, som står i planen", n=number(n)))
AMONG_NEEDS = Where(needs_page(), lambda n: _("… och {n} till, bland behoven", n=number(n)))
AMONG_POLLS = Where(polls_page(), lambda n: _("… och {n} till, bland omröstningarna", n=number(n)))
AMONG_ASSIGNMENTS = Where(assignments_page(), lambda n: _("… och {n} till", n=number(n)))


def fingerprint(*words: object) -> str:
    """The same for the same words, short."""
    return sha256("\x1f".join(map(str, words)).encode()).hexdigest()[:16]


def news_first(
    heading: str,
    items: Sequence[Item],
    material: Material,
    remaining: Callable[[int], str],
    *,
    together: int = 6,
    in_turn: bool = True,
    where: Where = IN_PLAN,
) -> Passage:
    """New and changed items in full; of the others `remaining(n)` says how many there are.

    `together`: how many stand in one list, few when their texts are long. Those for which there is
    no room are news in the next digest; unless `in_turn`, for what only grows older, they are
    counted from then on.
    """
    fresh, known = _split(items, material)
    shown = fresh[:MOST_IN_FULL]
    told = (*(shown if in_turn else fresh), *known)
    return Passage(
        heading=heading,
        parts=(
            *listing((each.full for each in shown), together),
            *_left_out(len(fresh) - len(shown), where),
        ),
        remains=(link(remaining(len(known)), where.page),) if known else (),
        told={each.key: each.fingerprint for each in told},
        news=len(fresh),
    )


def line_each(
    heading: str,
    items: Sequence[Item],
    material: Material,
    *,
    together: int = 6,
    where: Where = IN_PLAN,
) -> Passage:
    """New and changed items in full first; the others keep a line each until they are settled."""
    fresh, known = _split(items, material)
    shown = fresh[:MOST_IN_FULL]
    lines = [(*_mark(each, material), *each.full) for each in shown]
    lines += [each.brief for each in (*fresh[MOST_IN_FULL:], *known)][: MOST_LINES - len(lines)]
    return Passage(
        heading=heading,
        parts=(*listing(lines, together), *_left_out(len(items) - len(lines), where)),
        told={each.key: each.fingerprint for each in (*shown, *known)},
        news=len(fresh),
        lasting=True,
    )


def listing(lines: Iterable[Line], together: int = 6) -> tuple[Bullets, ...]:
    """The lines in short lists, so that a long one can go on in the next card.

    As many lists in every language: only the number of lines decides.
    """
    made = [spans(*line) for line in lines]
    starts = range(0, len(made), together)
    return tuple(Bullets(items=tuple(made[at : at + together])) for at in starts)


def _mark(item: Item, material: Material) -> Line:
    """What is new since the digest before says so; in the first digest all is."""
    if material.after is None:
        return ()
    return (bold(_("Ändrat. ") if item.key in material.told else _("Nytt. ")),)


def _split(items: Sequence[Item], material: Material) -> tuple[list[Item], list[Item]]:
    fresh = [each for each in items if material.told.get(each.key) != each.fingerprint]
    known = [each for each in items if material.told.get(each.key) == each.fingerprint]
    return fresh, known


def _left_out(n: int, where: Where) -> tuple[Part, ...]:
    return listing([(link(where.left_out(n), where.page),)]) if n > 0 else ()
