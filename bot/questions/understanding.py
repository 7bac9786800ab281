"""Words understood as a question, by rules that can be read; no language model, no other service.

Whoever would rather ask a model writes another function of this shape: from words, vocabulary and
day to `Understood`. Everything else only knows that.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.people import OrganisationId, Person
from bot.questions.cues import cues_in
from bot.questions.intents import readings
from bot.questions.lexicon import SMALL
from bot.questions.naming import codes_said, spots
from bot.questions.periods import When, read_when
from bot.questions.question import BODIES, Filter, Question
from bot.questions.said import Said
from bot.questions.spelling import is_known, spelt
from bot.questions.spot import Spot
from bot.questions.states import stages_said, states_said
from bot.questions.titles import milestones_named
from bot.questions.vocabulary import Vocabulary, as_words
from bot.questions.words import Word, joined

_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_A_SENTENCE = 3


@dataclass(frozen=True)
class Understood:
    """What the words mean: the likeliest question, how surely, and what else they may mean.

    `surely` is False when the asker should choose between the readings. `unknown` are words that
    nothing was made of. `declined`: why it is not answered (`order`, `personal`, `outside`, or
    `no_such` for a code that the plan lacks); else empty. `why`: the reasons are asked for. `said`:
    the words taken apart.
    """

    question: Question
    surely: bool
    said: Said
    others: tuple[Question, ...] = ()
    unknown: tuple[str, ...] = ()
    declined: str = ""
    why: bool = False


def understand(
    said: str,
    vocabulary: Vocabulary,
    today: date,
    person: Person | None = None,
    right: Collection[str] = (),
) -> Understood:
    """The question in the words. `person`: who asks, for `mina` and `vår kommun`. `right`: words
    that are spelt so on purpose, in plain letters."""
    words = spelt(as_words(said, vocabulary), vocabulary, right)
    heard = _heard(words, vocabulary, today, person, _last_sentence(said))
    found = readings(heard)
    best = found[0]
    others = [each.question for each in found[1:] if each.question != best.question]
    different = [each for at, each in enumerate(others) if each not in others[:at]]
    return Understood(
        question=best.question,
        surely=best.surely,
        said=heard,
        others=tuple(different[:2]),
        unknown=(heard.no_such_code,) if heard.no_such_code else heard.unknown,
        declined=best.declined,
        why="why" in heard.cues,
    )


def _heard(
    words: Sequence[Word],
    vocabulary: Vocabulary,
    today: date,
    person: Person | None,
    asked: str,
) -> Said:
    year = vocabulary.plan.year or today.year
    plain_text, starts = _placed(words)
    named = spots(words, vocabulary)
    times = [
        each
        for each in read_when(plain_text, today, year)
        if not any(
            _between(each, starts, words, spot) for spot in named if spot.filter is Filter.ACTIVITY
        )
    ]
    text, known = _with_names(words, named, times, starts)
    cues, states, stages = cues_in(text), states_said(text), stages_said(text)
    told = [
        place for found in (cues, states, stages) for places in found.values() for place in places
    ]
    own = _own(person, vocabulary)
    return Said(
        text=text,
        words=tuple(words),
        spots=tuple(named),
        times=tuple(times),
        cues=cues,
        states=states,
        stages=stages,
        unknown=tuple(
            each for each in _unknown(words, known, text, told, vocabulary) if each in asked
        ),
        person=person.email if person else None,
        own_municipality=own,
        managers=vocabulary.managers,
        own_bodies=tuple(each for each in BODIES if person and each in person.bodies.values()),
        milestones=tuple(milestones_named(words, vocabulary)),
        asks=asked.rstrip(" .!").endswith("?"),
        no_such_code=_no_such_code(words, named, vocabulary),
        funder=any(each.read in vocabulary.funders for each in words),
    )


def _no_such_code(words: Sequence[Word], named: Sequence[Spot], vocabulary: Vocabulary) -> str:
    """A code with the letters of one of the plan's, and a number that it has not; empty when there
    is none."""
    taken = {at for each in named for at in range(each.start, each.end)}
    for said in codes_said(words, vocabulary):
        word_too = said.letters in SMALL and not words[said.start].typed[:1].isupper()
        if said.key not in vocabulary.codes and not word_too and said.start not in taken:
            return f"{said.letters.upper()}-{said.digits}"
    return ""


def _last_sentence(said: str) -> str:
    """The sentence that asks, after what is told first; all when the last says little."""
    sentences = [each for each in _SENTENCES.split(said.strip()) if each.strip(" ?!.")]
    last = sentences[-1] if sentences else said
    return last if len(last.split()) > _A_SENTENCE else said


def _own(person: Person | None, vocabulary: Vocabulary) -> str | None:
    """The municipality that the asker works in."""
    employers: frozenset[OrganisationId] = person.employers if person else frozenset()
    places = (vocabulary.plan.organisations.get(each) for each in sorted(employers))
    return next((each.name for each in places if each and each.kind == "municipality"), None)


def _placed(words: Sequence[Word]) -> tuple[str, list[int]]:
    """The words in a row, and where each begins."""
    starts, at = list[int](), 0
    for each in words:
        starts.append(at)
        at += len(each.read) + 1
    return joined(list(words)), starts


def _between(when: When, starts: Sequence[int], words: Sequence[Word], spot: Spot) -> bool:
    begins = starts[spot.start]
    ends = starts[spot.end - 1] + len(words[spot.end - 1].read)
    return when.start < ends and begins < when.end


def _with_names(
    words: Sequence[Word], named: Sequence[Spot], times: Sequence[When], starts: Sequence[int]
) -> tuple[str, frozenset[int]]:
    """The text with each name as its filter in brackets, and which words stand in one."""
    instead: dict[int, str] = {}
    taken: set[int] = set()
    for spot in named:
        instead[spot.start] = f"<{spot.filter}>"
        taken.update(range(spot.start, spot.end))
    for when in times:
        inside = [
            at
            for at, start in enumerate(starts)
            if when.start <= start < when.end and at not in taken
        ]
        if inside:
            instead[inside[0]] = f"<{when.name}>"
            taken.update(inside)
    said = [instead.get(at) or ("" if at in taken else each.read) for at, each in enumerate(words)]
    return " ".join(each for each in said if each), frozenset(taken)


def _unknown(
    words: Sequence[Word],
    taken: frozenset[int],
    text: str,
    told: Collection[tuple[int, int]],
    vocabulary: Vocabulary,
) -> tuple[str, ...]:
    """Words that neither hold the sentence together, nor tell what is asked, nor name anything.

    `told`: where in the text something was understood; names stand as one word there.
    """
    covered = {word for start, end in told for word in text[start:end].split()}
    return tuple(
        each.typed
        for at, each in enumerate(words)
        if at not in taken
        and each.read not in SMALL
        and each.read not in covered
        and each.read.isalpha()
        and len(each.read) > 2
        and not is_known(each.read, vocabulary)
    )
