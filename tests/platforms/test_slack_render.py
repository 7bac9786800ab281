"""Every view of the table drawn for Slack: no word lost, nothing let through, within its limits."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.conversations.forms import Form, Home, TextField
from bot.conversations.views import Card, Chart, Series, Table, text
from handlers.slack import limits
from handlers.slack.canvas import Canvas
from handlers.slack.render import draw_message
from handlers.slack.render_data import charts_for_pictures
from handlers.slack.render_form import draw_home, draw_modal
from handlers.slack.texts import escaped
from tests.form_views import FORMS, FormCase, words_of_form
from tests.views import CARDS, HOSTILE, CardCase, chart, words_of

CANVAS = Canvas(
    base="https://samspel.example.se", users={1: "U0ASAOBERG"}, files={7: "F0DIAGRAM01"}
)
POOR = Canvas(native_charts=False, native_tables=False)
"""A workspace that takes no new blocks, and people who cannot reach our pages."""


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case {"type": "rich_text_section", "elements": list(elements)}:
            yield "".join(element.get("text", "") for element in elements)
        case dict():
            for each in value.values():
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)
        case _:
            pass


def met(drawn: dict[str, Any], words: list[str]) -> list[str]:
    """Those of `words` that stand nowhere in what was drawn."""
    shown = "\n".join(strings(drawn))
    return [word for word in words if word not in shown]


@pytest.mark.parametrize("canvas", [CANVAS, POOR], ids=["all", "poor"])
@pytest.mark.parametrize("case", CARDS, ids=str)
def test_no_word_of_a_card_is_lost(case: CardCase, canvas: Canvas):
    drawn = draw_message(case.card, canvas)
    assert met(drawn, [word for words in words_of(case.card) for word in words.split()]) == []
    assert drawn["text"]
    assert len(drawn["blocks"]) <= limits.BLOCKS_IN_MESSAGE


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_no_word_of_a_form_is_lost(case: FormCase):
    drawn = draw_modal(case.form, CANVAS, unfolded=True)
    assert met(drawn, [word for words in words_of_form(case.form) for word in words.split()]) == []
    assert len(drawn["private_metadata"]) <= limits.METADATA
    assert len(drawn["blocks"]) <= limits.BLOCKS_IN_VIEW


@pytest.mark.parametrize("case", [*CARDS, *FORMS], ids=str)
def test_the_same_view_is_the_same_bytes(case: CardCase | FormCase):
    first, again = (
        draw_message(case.card, CANVAS)
        if isinstance(case, CardCase)
        else draw_modal(case.form, CANVAS)
        for _ in range(2)
    )
    assert json.dumps(first) == json.dumps(again)


def test_a_home_that_is_too_long_says_what_has_no_room():
    card = Card(summary="x", parts=tuple(text(f"rad {n}") for n in range(30)))
    drawn = draw_home(Home(cards=(card,) * 6), CANVAS)
    assert len(drawn["blocks"]) <= limits.BLOCKS_IN_VIEW
    assert "Ytterligare 3 delar" in "\n".join(strings(drawn["blocks"][-1]))


def markup(value: Any) -> Iterator[str]:
    """Every text that Slack reads as markup."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for each in value.values():
            yield from markup(each)
    elif isinstance(value, list):
        for each in value:
            yield from markup(each)


@pytest.mark.parametrize("case", [*CARDS, *FORMS], ids=str)
def test_nothing_typed_is_read_as_markup(case: CardCase | FormCase):
    drawn = (
        draw_message(case.card, CANVAS)
        if isinstance(case, CardCase)
        else draw_modal(case.form, CANVAS)
    )
    assert list(markup(drawn)) == []
    assert "<!" not in drawn.get("text", "")
    assert "<@" not in drawn.get("text", "")


def test_hostile_words_call_nobody():
    said = escaped(HOSTILE)
    assert "<" not in said
    assert ">" not in said
    assert "*fet*" not in said


def test_the_pages_of_a_home_lead_on_and_back():
    cards = tuple(
        Card(title=f"Kort {n}", summary="x", parts=tuple(text(f"rad {m}") for m in range(30)))
        for n in range(8)
    )
    home = Home(cards=cards)
    pages = [draw_home(home, CANVAS, page) for page in range(3)]
    met = [
        words
        for view in pages
        for words in strings([block for block in view["blocks"] if block["type"] == "header"])
        if words.startswith("Kort")
    ]
    assert met == [card.title for card in cards]
    first, middle, last = ([*strings(view["blocks"][-1])] for view in pages)
    assert "Tillbaka" not in first
    assert {"Tillbaka", "Ytterligare 2 delar"} <= set(middle)
    assert "Tillbaka" in last
    assert "Ytterligare" not in " ".join(last)
    assert draw_home(home, CANVAS, 99) == pages[-1]


def kinds(drawn: dict[str, Any]) -> list[str]:
    return [block["type"] for block in drawn["blocks"]]


def test_a_third_chart_is_said_in_words():
    card = Card(summary="x", parts=tuple(chart("bar") for _n in range(3)))
    drawn = draw_message(card, CANVAS)
    assert kinds(drawn).count("data_visualization") == limits.CHARTS_IN_MESSAGE
    assert kinds(drawn)[-2:] == ["rich_text", "context"]


def test_a_chart_is_a_picture_where_the_workspace_takes_no_charts():
    shown = chart("line")
    canvas = Canvas(native_charts=False, charts=dict.fromkeys([shown], "F0DIAGRAM01"))
    [block] = draw_message(Card(summary="x", parts=(shown,)), canvas)["blocks"]
    assert block["type"] == "image"
    assert block["slack_file"] == {"id": "F0DIAGRAM01"}
    assert block["alt_text"] == shown.alternative


def many(*values: tuple[int, ...]) -> Chart:
    series = [Series(name=f"läge {n}", values=each) for n, each in enumerate(values)]
    return chart("bar").model_copy(update={"series": tuple(series), "alternative": "Ord."})


def test_slack_draws_no_chart_whose_colours_would_be_taken_twice():
    shown = many(*[(1, 2, 3)] * 5)
    canvas = Canvas(charts=dict.fromkeys([shown], "F0DIAGRAM01"))
    [block] = draw_message(Card(summary="x", parts=(shown,)), canvas)["blocks"]
    assert block["slack_file"] == {"id": "F0DIAGRAM01"}
    drawn = draw_message(Card(summary="x", parts=(shown,)), CANVAS)
    assert kinds(drawn) == ["rich_text", "context"]
    assert met(drawn, ["läge 4 1"]) == []


def test_series_that_are_zero_throughout_take_no_colour():
    shown = many((1, 0, 0), (0, 0, 0), (0, 1, 0), (0, 0, 0), (2, 2, 2), (0, 0, 5))
    blocks = draw_message(Card(summary="x", parts=(shown,)), CANVAS)["blocks"]
    names = [each["name"] for each in blocks[0]["chart"]["series"]]
    assert names == ["läge 0", "läge 2", "läge 4", "läge 5"]
    assert "Ord." in [*strings(blocks[1])]
    nothing = many((0, 0, 0), (0, 0, 0))
    [only, _words] = draw_message(Card(summary="x", parts=(nothing,)), CANVAS)["blocks"]
    assert [each["name"] for each in only["chart"]["series"]] == ["läge 0"]


def test_pictures_serve_for_charts_that_slack_does_not_draw():
    small, large = many((1, 2, 3)), many(*[(1, 2, 3)] * 5)
    third, fourth = many((3, 2, 1)), many((2, 2, 2))
    assert charts_for_pictures([small, large, third, fourth], CANVAS) == [large, fourth]
    assert charts_for_pictures([small, large], POOR) == [small, large]


def test_a_chart_whose_words_say_no_more_than_it_shows_does_not_repeat_them():
    shown = chart("bar").model_copy(update={"alternative": "Näringsliv: risk 0, avvikelse 2."})
    drawn = draw_message(Card(summary="x", parts=(shown,)), CANVAS)
    assert kinds(drawn) == ["data_visualization"]


def test_a_workspace_without_data_tables_gets_the_older_table():
    [case] = [each for each in CARDS if each.name == "longest_table"]
    assert kinds(draw_message(case.card, CANVAS)) == ["data_table"]
    assert kinds(draw_message(case.card, POOR)) == ["rich_text", "table"]


def test_numbers_in_a_table_can_be_sorted_as_numbers():
    table = Table(
        caption="Pengar",
        columns=("Kod", "Saknas"),
        rows=(("KOM-01", "1 200 000 kr"), ("KOM-02", "−5"), ("KOM-03", "–")),
        numeric=(1,),
    )
    [block] = draw_message(Card(summary="x", parts=(table,)), CANVAS)["blocks"]
    cells = [row[1] for row in block["rows"][1:]]
    assert [cell.get("value") for cell in cells] == [1_200_000, -5, None]
    assert [cell["text"] for cell in cells] == ["1 200 000 kr", "−5", "–"]


def test_a_form_with_too_much_wrong_has_its_problems_together_on_top():
    names = [f"f{n}" for n in range(40)]
    form = Form(
        name="x",
        step="s",
        title="T",
        submit="S",
        fields=tuple(TextField(name=name, label=f"Fält {name}", max_length=5) for name in names),
        values=dict.fromkeys(names, "för långt"),
        problems=dict.fromkeys(names, "Korta texten."),
    )
    drawn = draw_modal(form, CANVAS)
    assert len(drawn["blocks"]) <= limits.BLOCKS_IN_VIEW
    [together] = drawn["blocks"][0]["elements"]
    assert len(together["elements"]) == len(names)


def test_the_fallback_text_keeps_its_limit_also_when_it_is_escaped():
    drawn = draw_message(Card(summary="*&<" * 1_000), CANVAS)
    assert len(drawn["text"]) <= limits.FALLBACK_TEXT
    assert drawn["text"].endswith("…")
