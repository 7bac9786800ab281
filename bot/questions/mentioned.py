"""What activities and needs say of themselves, beside their names: `ohälsan` is in a description.

It is offered, never taken for what was asked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import need_name
from bot.conversations.views import Button, Part, bullets, press
from bot.digests.wording import listed
from bot.finding import plain
from bot.language import _, ngettext
from bot.questions.lexicon import SMALL, is_ordinary
from bot.questions.understanding import Understood
from bot.questions.words import without_ending
from storage.queries.questions_texts import Hit, texts_with

SHOWN = 3
_MOST_WORDS = 8
_TOO_MANY = 50
"""Texts in which a word tells nothing of what is asked about."""

_SHORTEST = 4
_SAYS_NOTHING = [each for each in SMALL if len(each) == 3]
"""Stems of small words, which are none to PostgreSQL without their dots: `för` of `forsen`."""


@dataclass(frozen=True)
class Mentioned:
    """Activities and needs that mention the words, those with most of them first: the first few,
    each with its kind (activity or need), its code or number and its title; `total` of them in
    all."""

    words: Sequence[str] = ()
    found: Sequence[tuple[str, str, str]] = ()
    total: int = 0

    def parts(self) -> tuple[Part, ...]:
        """The first few by name; nothing when there are none."""
        if not self.found:
            return ()
        names = [f"{_called(kind, key)} {shortened(title, 150)}" for kind, key, title in self.found]
        more = self.total - len(self.found)
        left = [ngettext("{n} till", "{n} till", more)] if more else []
        return (bullets(*names, *left),)

    def buttons(self) -> tuple[Button, ...]:
        """To each of the first few."""
        return tuple(
            Button(
                label=_("Visa {name}", name=_called(kind, key)),
                press=press("aktivitet" if kind == "activity" else "behov", key),
            )
            for kind, key, _title in self.found
        )

    def said(self) -> str:
        """That they are mentioned there, as a sentence that a list follows."""
        words = listed([f"”{shortened(each, 40)}”" for each in self.words])
        return _("{words} nämns här:", words=words)


NOWHERE = Mentioned()


def _called(kind: str, key: str) -> str:
    return key if kind == "activity" else need_name(int(key))


async def mentioned(db: AsyncConnection, understood: Understood) -> Mentioned:
    """Where words are mentioned that nothing was made of; of a question that is outside, any that
    is not one to ask with."""
    asked = list(_asked(understood).items())[:_MOST_WORDS]
    if not asked:
        return NOWHERE
    hits = await _hits(db, [each for each, _typed in asked], _TOO_MANY, beginnings=True)
    of_word: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for each in hits:
        of_word[each.nth].append((each.kind, each.key, each.title))
    telling = {nth: found for nth, found in of_word.items() if len(found) < _TOO_MANY}
    times = Counter(each for found in telling.values() for each in found)
    if not times:
        return NOWHERE
    first = [each for each, _times in times.most_common()]
    words = [typed for nth, (_plain, typed) in enumerate(asked) if nth in telling]
    return Mentioned(words, first[:SHOWN], len(first))


async def written(db: AsyncConnection, words: Iterable[str]) -> frozenset[str]:
    """Those of the words, in plain letters, that stand in some text: they are spelt right."""
    asked = list(dict.fromkeys(words))
    return frozenset(asked[each.nth] for each in await _hits(db, asked, 1, beginnings=False))


async def _hits(
    db: AsyncConnection, words: Sequence[str], most: int, *, beginnings: bool
) -> list[Hit]:
    forms = [_forms(each) for each in words]
    return await texts_with(db, forms, most, beginnings=beginnings, but=_SAYS_NOTHING)


def _asked(understood: Understood) -> dict[str, str]:
    """The words to look for, by their plain letters."""
    words = list(understood.unknown) if understood.declined in ("", "outside") else []
    if understood.declined == "outside":
        words += [each.typed for each in understood.said.words if not is_ordinary(each.read)]
    asked: dict[str, str] = {}
    for each in words:
        if each.isalpha() and len(each) >= _SHORTEST:
            asked.setdefault(plain(each), each)
    return asked


def _forms(word: str) -> list[str]:
    return sorted(each for each in without_ending(word) if len(each) >= _SHORTEST - 1)
