"""Every specimen as Slack gets it: exact arguments and views, by the name of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, assert_never

from bot.conversations.forms import Form, Home
from bot.conversations.views import Card, Chart, Table
from bot.delivery import Key
from bot.language import LANGUAGES, speaking
from bot.specimens.catalogue import all_specimens
from bot.specimens.specimen import Specimen
from handlers.slack.canvas import Canvas
from handlers.slack.posting import message_arguments
from handlers.slack.render import draw_message
from handlers.slack.render_data import charts_for_pictures
from handlers.slack.render_form import draw_home, draw_modal
from handlers.slack.waiting import notice, waiting

CHANNEL, USER, PICTURE = "C0KOMPETENS", "U0ASAOBERG", "F0DIAGRAM"
CANVAS = Canvas(base="https://samspel.example.se", users={1: USER})

Json = dict[str, Any]


def slack_files(seed: int) -> Iterator[tuple[str, Json]]:
    """What each file is called, without `.json`, and what stands in it; the same for one seed.

    `message-` are the arguments of chat.postMessage, `ephemeral-` those of chat.postEphemeral,
    `modal-` and `home-` are the `view`.
    """
    specimens = all_specimens(seed)
    for number, each in enumerate(specimens, 1):
        with speaking(each.language):
            yield from _drawn(each, number)
    for language in LANGUAGES:
        with speaking(language):
            yield from _modals_that_are_no_forms(specimens, language)


def _drawn(specimen: Specimen, number: int) -> Iterator[tuple[str, Json]]:
    name, view = specimen.full_name, specimen.view
    match view:
        case Card():
            yield from _message(name, view, number)
        case Form():
            drawn = draw_modal(view, CANVAS, address=CHANNEL, unfolded=specimen.unfolded)
            yield f"modal-{name}", drawn
        case Home():
            yield from _pages(name, view)
        case _:
            assert_never(view)


def _message(name: str, card: Card, number: int) -> Iterator[tuple[str, Json]]:
    """Both ways of saying it; once more as a workspace gets it that takes no new blocks.

    What is said to one person alone is shown at once, so there no chart is uploaded first.
    """
    key = Key("message", number)
    charts = pictures_of(card)
    delivered = replace(CANVAS, charts=_chosen(charts, CANVAS))
    yield f"message-{name}", message_arguments(CHANNEL, draw_message(card, delivered), key)
    yield f"ephemeral-{name}", {"channel": CHANNEL, "user": USER, **draw_message(card, CANVAS)}
    if charts or any(isinstance(part, Table) for part in card.parts):
        older = replace(CANVAS, charts=charts, native_charts=False, native_tables=False)
        yield (
            f"message-{name}-older",
            message_arguments(CHANNEL, draw_message(card, older), key),
        )


def pictures_of(card: Card) -> dict[Chart, str]:
    """The id in Slack of each of the card's charts, were it uploaded."""
    charts = [part for part in card.parts if isinstance(part, Chart)]
    return {chart: f"{PICTURE}{number:02d}" for number, chart in enumerate(charts, 1)}


def _chosen(charts: dict[Chart, str], canvas: Canvas) -> dict[Chart, str]:
    return {chart: charts[chart] for chart in charts_for_pictures(charts, canvas)}


def _pages(name: str, home: Home) -> Iterator[tuple[str, Json]]:
    before: Json = {}
    for page in range(len(home.cards)):
        drawn = draw_home(home, CANVAS, page)
        if drawn == before:
            return
        yield f"home-{name}-{page + 1}", drawn
        before = drawn


def _modals_that_are_no_forms(
    specimens: Sequence[Specimen], language: str
) -> Iterator[tuple[str, Json]]:
    suffix = "" if language == "sv" else f"-{language}"
    yield f"modal-waiting{suffix}", waiting(saving=False, canvas=CANVAS)
    yield f"modal-saving{suffix}", waiting(saving=True, canvas=CANVAS)
    cards = [each.view for each in specimens if each.language == language]
    told = [card for card in cards if isinstance(card, Card)][:2]
    yield f"modal-notice{suffix}", notice(told, CANVAS)
