"""What a channel can be bound to: bodies, networks and posts, in words and found by words."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bot.digests.wording import listed
from bot.finding import Found, Nothing, Several, plain
from bot.language import _
from storage.queries.places import Bound

ORDER = (
    "network",
    "steering_group",
    "manager",
    "federation_director",
    "municipal_directors",
    "reference_group",
    "presidium",
    "board",
)
"""As they are offered: first what most channels are for."""

ALSO_CALLED = {
    "board": ("direktionen",),
    "presidium": ("presidiet", "presidium"),
    "reference_group": ("politiska referensgruppen", "politisk referensgrupp", "referensgruppen"),
    "municipal_directors": ("kommundirektörsgruppen", "kommundirektörerna"),
    "steering_group": ("styrgruppen", "steering group"),
    "manager": ("chefen", "manager"),
    "federation_director": ("förbundsdirektören", "federation director"),
}

NEAR = 62
"""Of 100: how alike words and a name must be for the name to be suggested."""

_ENDING = re.compile(r"(?<=\w{4})(?:ernas|arnas|erna|arna|ens|ets|en|et|na|s|n|t)$")
_NETWORK = re.compile(r"s?natverket?s?$")
_FILLERS = {
    "natverk",
    "natverket",
    "natverkets",
    "till",
    "for",
    "med",
    "fran",
    "och",
    "the",
    "network",
}


def bound_name(bound: Bound) -> str:
    """What it is called within a sentence: `nätverket Energi`, `styrgruppen`, `chefen`."""
    match bound.kind:
        case "network":
            return _("nätverket {name}", name=bound.name)
        case "board":
            return _("direktionen")
        case "presidium":
            return _("presidiet")
        case "reference_group":
            return _("politiska referensgruppen")
        case "municipal_directors":
            return _("kommundirektörsgruppen")
        case "steering_group":
            return _("styrgruppen")
        case "manager":
            return _("chefen")
        case "federation_director":
            return _("förbundsdirektören")
        case _:
            return bound.name


def bound_names(bound: Iterable[Bound]) -> str:
    """All of them in one breath: `styrgruppen, nätverket Energi och chefen`."""
    return listed([bound_name(each) for each in bound])


def what_comes(bound: Bound) -> str:
    """What a channel gets that is bound to it."""
    match bound.kind:
        case "network":
            return _("läget i nätverkets aktiviteter, och nyheter när något ändras")
        case "steering_group":
            return _("styrgruppens veckobrev")
        case "manager":
            return _("chefens veckobrev")
        case "reference_group" | "municipal_directors":
            return _("månadsbrevet, rapporter till möten och det som läggs fram där")
        case "board":
            return _("lägesrapporten till varje möte och det som läggs fram där")
        case _:
            return _("det som läggs fram där")


def in_order(bound: Iterable[Bound]) -> list[Bound]:
    """As they are shown: by kind, then by name as in a Swedish dictionary."""
    return sorted(bound, key=lambda each: (ORDER.index(each.kind), _alphabetical(each.name)))


def find_bound(words: str, among: Sequence[Bound]) -> Found[Bound] | Several[Bound] | Nothing:
    """What the words name, in any form and without å ä ö; Several are those that come near."""
    wanted = _core(words)
    if not wanted:
        return Nothing()
    exact = [each for each in among if wanted in {_core(name) for name in _names(each)}]
    if len(exact) == 1:
        return Found(exact[0])
    near = exact or _near(wanted, among)
    return Several(tuple(near[:5])) if near else Nothing()


def _near(wanted: str, among: Sequence[Bound]) -> list[Bound]:
    scored = [
        (max(_likeness(wanted, _core(name)) for name in _names(each)), each) for each in among
    ]
    scored.sort(key=lambda pair: -pair[0])
    return [each for score, each in scored if score >= NEAR]


def _likeness(wanted: str, name: str) -> float:
    if len(wanted) >= 3 and any(part.startswith(wanted) for part in name.split()):
        return 100
    return fuzz.ratio(wanted, name)


def _names(bound: Bound) -> tuple[str, ...]:
    return (*ALSO_CALLED.get(bound.kind, ()), *((bound.name,) if bound.to == "body" else ()))


def _core(words: str) -> str:
    """The words without what their form adds: `Energinätverkets` and `energi` are the same."""
    kept = [word for word in re.findall(r"[^\W_]+", plain(words)) if word not in _FILLERS]
    return " ".join(_stem(_NETWORK.sub("", word) or word) for word in kept)


def _stem(word: str) -> str:
    while (shorter := _ENDING.sub("", word)) != word:
        word = shorter
    return word


def _alphabetical(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäö", "\ue000\ue001\ue002"))
