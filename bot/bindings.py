"""What a channel can be bound to, in words: bodies, networks and posts."""

from collections.abc import Iterable

from bot.digests.wording import listed
from bot.language import _
from storage.queries.places import Bound


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
