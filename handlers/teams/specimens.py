"""Every specimen as Teams gets it: exact activities and cards, by the name of a file."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any, assert_never

from bot.conversations.forms import Form, Home
from bot.conversations.views import Card, Chart, Picture
from bot.language import speaking
from bot.specimens.catalogue import all_specimens
from bot.specimens.specimen import Specimen
from handlers.teams.canvas import Canvas, Mentioned, nothing
from handlers.teams.fitting import as_json
from handlers.teams.posting import activity, form_activity
from handlers.teams.render_form import draw_form

BASE = "https://samspel.example.se"
PERSON = Mentioned("29:1asaoberg", "Åsa Öberg")

Json = dict[str, Any]


def picture_address(chart: Chart) -> str:
    """Where a chart's picture would be: named for what it shows, so that equal ones are one."""
    return f"{BASE}/bild/{sha256(chart.model_dump_json().encode()).hexdigest()[:16]}.png"


CANVAS = Canvas(
    base=BASE,
    mentions={1: PERSON},
    picture=lambda file_id: f"{BASE}/bild/{file_id}.png",
    chart=picture_address,
)


def teams_files(seed: int) -> Iterator[tuple[str, Json]]:
    """What each file is called, without `.json`, and what stands in it; the same for one seed.

    `message-` are activities as they are posted, `card-` the cards that an invoke answers with.
    """
    for each in all_specimens(seed):
        with speaking(each.language):
            yield from _drawn(each)


def _drawn(specimen: Specimen) -> Iterator[tuple[str, Json]]:
    name, view = specimen.full_name, specimen.view
    match view:
        case Card():
            yield from _message(name, view)
        case Form():
            yield from _form(name, view, unfolded=specimen.unfolded)
        case Home():
            for number, card in enumerate(view.cards, 1):
                yield from _message(f"{name}-{number}", card)
        case _:
            assert_never(view)


def _message(name: str, card: Card) -> Iterator[tuple[str, Json]]:
    """Once more as it is where nobody outside can reach our pages and pictures."""
    yield f"message-{name}", as_json(activity(card, CANVAS))
    if any(isinstance(part, Chart | Picture) for part in card.parts):
        apart = replace(CANVAS, base="", picture=nothing, chart=nothing)
        yield f"message-{name}-apart", as_json(activity(card, apart))


def _form(name: str, form: Form, *, unfolded: bool) -> Iterator[tuple[str, Json]]:
    """In the personal chat as it is posted and as it is answered with, and in a dialog."""
    yield f"message-{name}", as_json(form_activity(form, CANVAS, unfolded=unfolded))
    yield f"card-{name}", as_json(draw_form(form, CANVAS, unfolded=unfolded))
    dialog = draw_form(form, CANVAS, unfolded=unfolded, way="submit")
    yield f"card-{name}-dialog", as_json(dialog)
