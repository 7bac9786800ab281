"""What the plan and the needs say of words that are in no name: `ohälsan` stands in a description.

It is offered, never taken for what was asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.activity_card import shortened
from bot.conversations.needs.wording import need_name
from bot.conversations.views import Button, Part, bullets, press
from bot.finding import plain
from bot.language import _, ngettext
from bot.questions.lexicon import KNOWN, SMALL, is_asked_with
from bot.questions.understanding import Understood
from bot.questions.words import without_ending
from storage.queries.questions_texts import texts_with

MOST = 3
_MOST_WORDS = 8
_SHORTEST = 4


@dataclass(frozen=True)
class Mentioned:
    """Activities and needs that mention the words: the first few, each with its kind (activity or
    need), its code or number and its title; `total` of them in all."""

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
        words = ", ".join(f"”{shortened(each, 40)}”" for each in self.words[:MOST])
        return ngettext(
            "{words} nämns här:",
            "Något av {words} nämns här:",
            len(self.words),
            words=words,
        )


NOWHERE = Mentioned()


def _called(kind: str, key: str) -> str:
    return key if kind == "activity" else need_name(int(key))


async def mentioned(db: AsyncConnection, understood: Understood) -> Mentioned:
    """Where words are mentioned that nothing was made of; of a question that is outside, any that
    is not one to ask with."""
    words = list(understood.unknown)
    if understood.declined == "outside":
        words += [
            each.typed
            for each in understood.said.words
            if each.read not in SMALL and each.read not in KNOWN and not is_asked_with(each.read)
        ]
    wanted = {plain(each): each for each in reversed(words) if _may_be_mentioned(each)}
    if not wanted:
        return NOWHERE
    asked = dict(reversed(wanted.items()))
    forms = {form for word in list(asked)[:_MOST_WORDS] for form in without_ending(word)}
    rows = await texts_with(db, sorted(each for each in forms if len(each) >= _SHORTEST), MOST)
    found = [(row["kind"], row["key"], row["title"]) for row in rows]
    return Mentioned(list(asked.values()), found, rows[0]["total"] if rows else 0)


def _may_be_mentioned(word: str) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST
