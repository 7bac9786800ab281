"""Questions that could not be answered, as they are kept: in plain letters, without names."""

from bot.questions.naming import spots
from bot.questions.question import Filter
from bot.questions.spelling import spelt
from bot.questions.vocabulary import Vocabulary, as_words

SOMEBODY = "…"
LONGEST = 400


def without_names(said: str, vocabulary: Vocabulary) -> str:
    """The words with people of the directory, addresses and numbers of more than four digits
    taken out; empty when nothing is left."""
    words = spelt(as_words(said, vocabulary), vocabulary)
    people = [each for each in spots(words, vocabulary) if each.filter is Filter.PERSON]
    hidden = {at for each in people for at in range(each.start, each.end)}
    kept = [
        SOMEBODY if at in hidden or _tells_who(each.typed) else each.plain
        for at, each in enumerate(words)
    ]
    return " ".join(kept)[:LONGEST].strip() if any(each != SOMEBODY for each in kept) else ""


def _tells_who(word: str) -> bool:
    return "@" in word or (word.isdecimal() and len(word) > 4)
