"""Every view of the table drawn for Teams: no word lost, nothing let through, within its limits."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.conversations.forms import Form, Home, TextField
from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Picture,
    Series,
    Span,
    Table,
    bullets,
    press,
    text,
)
from handlers.teams import limits
from handlers.teams.canvas import Canvas, Mentioned
from handlers.teams.fitting import as_json, size
from handlers.teams.posting import activity, form_activity
from handlers.teams.render import draw_card, draw_home
from handlers.teams.render_form import draw_form
from tests.form_views import FORMS, FormCase, words_of_form
from tests.views import CARDS, CardCase, chart, words_of

ADDRESS = "https://samspel.example.se/bild/1.png"
CANVAS = Canvas(
    base="https://samspel.example.se",
    mentions={1: Mentioned("aad-1", "Åsa Öberg"), 7: Mentioned("aad-7", "Åsa Öberg")},
    picture=lambda _file_id: ADDRESS,
    chart=lambda _chart: ADDRESS,
)
POOR = Canvas()
"""People who cannot reach our pages, and nobody who has an account."""

Json = dict[str, Any]


def strings(value: Any) -> Iterator[str]:
    """What stands there, without what keeps it from being read as markup."""
    match value:
        case str():
            seen = value.replace("\u200b", "").replace("\u200a*\u200a", "\\*").replace("\u200a", "")
            for words in (seen, re.sub(r"(?<!\\)\*|</?at>", "", seen)):
                yield re.sub(r"\\([*_\[\]`])", r"\1", words)
        case dict():
            for each in value.values():
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)
        case _:
            pass


def met(drawn: Json, words: list[str]) -> list[str]:
    """Those of `words` that stand nowhere in the card's body."""
    shown = "\n".join(strings(drawn["body"]))
    return [word for word in words if word not in shown]


def elements(value: Any, kind: str) -> list[Json]:
    """Every element of the kind, in order."""
    found: list[Json] = []
    if isinstance(value, dict):
        if value.get("type") == kind:
            found.append(value)
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            found += elements(each, kind)
    return found


def card_of(card: Card, canvas: Canvas = CANVAS) -> Json:
    return as_json(draw_card(card, canvas))


def said(*parts: Any, **more: Any) -> Card:
    return Card(summary="x", parts=parts, **more)


@pytest.mark.parametrize("canvas", [CANVAS, POOR], ids=["all", "poor"])
@pytest.mark.parametrize("case", CARDS, ids=str)
def test_no_word_of_a_card_is_lost(case: CardCase, canvas: Canvas):
    drawn = as_json(activity(case.card, canvas))
    [attachment] = drawn["attachments"]
    assert met(attachment["content"], words_of(case.card)) == []
    assert set(drawn) == {"type", "summary", "attachments"}
    assert drawn["summary"]
    assert size(drawn) <= limits.ACTIVITY_BYTES


@pytest.mark.parametrize("way", ["execute", "submit"])
@pytest.mark.parametrize("case", FORMS, ids=str)
def test_no_word_of_a_form_is_lost(case: FormCase, way: Any):
    form = case.form
    drawn = as_json(draw_form(form, CANVAS, unfolded=True, way=way))
    words = words_of_form(form)
    if case.name == "longest":
        words = [word for word in words if not word.startswith("ö")]
        assert "Öppna på webben" in [*strings(drawn)]
        assert "Ytterligare" not in json.dumps(drawn)
    if way == "submit":
        words = [word for word in words if word not in form.title.split()]
    assert met(drawn, words) == []
    assert size(as_json(form_activity(form, CANVAS, unfolded=True))) <= limits.ACTIVITY_BYTES


@pytest.mark.parametrize("case", [*CARDS, *FORMS], ids=str)
def test_the_same_view_is_the_same_bytes(case: CardCase | FormCase):
    first, again = (
        activity(case.card, CANVAS)
        if isinstance(case, CardCase)
        else form_activity(case.form, CANVAS)
        for _ in range(2)
    )
    assert json.dumps(as_json(first)) == json.dumps(as_json(again))


@pytest.mark.parametrize("case", [*CARDS, *FORMS], ids=str)
def test_nothing_typed_is_filled_in_or_leads_anywhere(case: CardCase | FormCase):
    drawn = as_json(
        draw_card(case.card, CANVAS)
        if isinstance(case, CardCase)
        else draw_form(case.form, CANVAS, unfolded=True)
    )
    for kind in ("TextBlock", "Fact"):
        for each in elements(drawn, kind):
            assert "{{" not in json.dumps(each)
    assert all(each["url"].startswith("https://") for each in elements(drawn, "Action.OpenUrl"))
    assert elements(drawn, "RichTextBlock") == []
    links = re.findall(r"(?<!\\)\]\(([a-z]+):", json.dumps(drawn["body"]))
    assert set(links) <= {"https"}


def test_a_person_with_an_account_is_mentioned_and_two_of_one_name_are_told_apart():
    mentions = [Span(text="Åsa", person_id=each) for each in (1, 7, 9)]
    drawn = card_of(said(text("Fråga ", mentions[0]), bullets(mentions[1:])))
    entities = drawn["msteams"]["entities"]
    assert [each["mentioned"]["id"] for each in entities] == ["aad-1", "aad-7"]
    first, second = (each["text"] for each in entities)
    assert first != second
    assert first.replace("\u200b", "") == second.replace("\u200b", "") == "<at>Åsa Öberg</at>"
    assert drawn["body"][0]["text"] == f"Fråga {first}"
    assert drawn["body"][1]["text"] == f"- {second}\u200bÅsa".replace("\u200bÅsa", "Åsa")
    assert "entities" not in card_of(said(text("Åsa"))).get("msteams", {})


def test_the_tone_colours_the_title_whose_words_say_it():
    drawn = card_of(said(text("x"), title="Avvikelse", tone="bad"))
    assert drawn["body"][0]["style"] == "attention"
    assert drawn["body"][0]["items"][0]["text"] == "Avvikelse"
    assert elements(card_of(said(text("x"), title="Läge")), "Container") == []


def test_a_divider_is_a_line_above_what_follows():
    drawn = card_of(said(text("a"), Divider(), Divider(), text("b"), Divider()))
    assert [each.get("separator") for each in drawn["body"]] == [None, True]


def test_five_buttons_are_shown_and_the_rest_lie_in_the_menu():
    labels = [Button(label=f"k{n}", press=press("rapport", n)) for n in range(10)]
    row = Buttons(buttons=tuple(labels[:5]), overflow=tuple(labels[5:]))
    [drawn] = card_of(said(row))["body"]
    assert [each.get("mode") for each in drawn["actions"]] == [None] * 5 + ["secondary"] * 5
    assert drawn["actions"][0] == {
        "type": "Action.Execute",
        "title": "k0",
        "verb": "press",
        "data": {"press": "rapport|0"},
    }


def test_a_button_that_would_lead_nowhere_is_words():
    row = Buttons(buttons=(Button(label="Öppna sidan", href="/visa/plan"),))
    [words] = card_of(said(row), POOR)["body"]
    assert (words["type"], words["text"]) == ("TextBlock", "Öppna sidan")


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("bar", "Chart.VerticalBar.Grouped"),
        ("stacked_bar", "Chart.HorizontalBar.Stacked"),
        ("line", "Chart.Line"),
    ],
)
def test_a_chart_is_drawn_by_teams_with_something_in_its_stead(form: str, kind: str):
    shown = chart(form)
    [with_picture], [without] = (
        elements(card_of(said(shown), each), kind) for each in (CANVAS, POOR)
    )
    assert with_picture["fallback"]["url"] == ADDRESS
    assert with_picture["fallback"]["altText"] == shown.alternative
    assert without["fallback"]["facts"][0] == {
        "title": "Samhällsplanering",
        "value": "Enligt plan 3, Risk 1",
    }
    assert card_of(said(shown))["msteams"]["width"] == "full"


def many(*values: tuple[int, ...]) -> Chart:
    series = [Series(name=f"läge {n}", values=each) for n, each in enumerate(values)]
    return chart("bar").model_copy(update={"series": tuple(series), "alternative": "Ord."})


def test_no_two_series_of_a_chart_have_one_colour():
    [drawn] = elements(card_of(said(many(*[(1, 2, 3)] * 6))), "Chart.VerticalBar.Grouped")
    colours = [each["color"] for each in drawn["data"]]
    assert len(set(colours)) == 6


def test_series_that_are_zero_throughout_take_no_colour():
    shown = many((1, 0, 0), (0, 0, 0), (0, 1, 0))
    [drawn] = elements(card_of(said(shown)), "Chart.VerticalBar.Grouped")
    assert [each["legend"] for each in drawn["data"]] == ["läge 0", "läge 2"]
    assert elements(card_of(said(many((0, 0, 0), (0, 0, 0)))), "Chart.VerticalBar") != []


def test_a_chart_whose_words_say_no_more_than_it_shows_does_not_repeat_them():
    shown = chart("bar").model_copy(update={"alternative": "Näringsliv: risk 0, avvikelse 2."})
    assert len(card_of(said(shown))["body"]) == 2


def test_a_picture_that_nobody_outside_can_fetch_is_its_words():
    picture = said(Picture(file_id=1, alternative="Karta över Skaraborg"))
    [image], [words] = card_of(picture)["body"], card_of(picture, POOR)["body"]
    assert (image["url"], image["altText"]) == (ADDRESS, "Karta över Skaraborg")
    assert words["text"] == "Karta över Skaraborg"


def a_table(columns: int, rows: int, length: int = 4) -> Table:
    return Table(
        caption="Tabell",
        columns=tuple(f"k{n}" for n in range(columns)),
        rows=tuple(
            tuple(f"{n}.{m}".ljust(length, "x") for m in range(columns)) for n in range(rows)
        ),
        numeric=(columns - 1,),
    )


def test_a_small_table_is_teams_own_with_a_heading_and_numbers_to_the_right():
    [drawn] = elements(card_of(said(a_table(3, 2))), "Table")
    assert drawn["firstRowAsHeaders"] is True
    assert [each.get("horizontalCellContentAlignment") for each in drawn["columns"]] == [
        *(None, None, "Right")
    ]
    assert len(drawn["rows"]) == 3


@pytest.mark.parametrize("wide", [a_table(5, 2), a_table(3, 2, length=20)], ids=["many", "long"])
def test_a_table_that_no_phone_can_show_is_drawn_row_by_row(wide: Table):
    drawn = card_of(said(wide))
    assert elements(drawn, "Table") == []
    assert len(elements(drawn, "Container")) == 2
    assert len(elements(drawn, "FactSet")) == 2


def test_a_table_that_has_no_room_is_a_line_for_each_row():
    drawn = card_of(said(a_table(8, 99, length=8)))
    assert elements(drawn, "Table") == elements(drawn, "FactSet") == []
    assert len(drawn["body"]) == 101


def test_a_home_is_its_cards_one_message_each():
    cards = tuple(Card(title=f"Kort {n}", summary="x") for n in range(3))
    drawn = [as_json(each) for each in draw_home(Home(cards=cards), CANVAS)]
    assert [each["body"][0]["text"] for each in drawn] == ["Kort 0", "Kort 1", "Kort 2"]


def test_a_long_summary_is_shortened_where_notifications_end():
    drawn = as_json(activity(Card(title="Kort", summary="ord " * 600), CANVAS))
    assert len(drawn["summary"]) <= limits.SUMMARY
    assert drawn["summary"].endswith("…")
    assert drawn["attachments"][0]["content"]["fallbackText"] == drawn["summary"]


def test_a_field_with_a_very_long_name_keeps_it():
    form = Form(
        name="x",
        step="s",
        title="T",
        submit="S",
        fields=(TextField(name="a", label="L" * 150, required=True),),
    )
    assert as_json(draw_form(form, CANVAS))["body"][1]["label"] == "L" * 150
