"""Every view of the table drawn as HTML: no word lost, nothing let through, well made."""

import re

import pytest
from markupsafe import Markup

from bot.addresses import leads
from bot.conversations.views import Card, Chart, Part, Table, press
from handlers.web.canvas import Canvas
from handlers.web.render import draw_card
from handlers.web.render_form import draw_form, draw_intro
from tests.form_views import FORMS, FormCase, words_of_form
from tests.platforms.html_page import Element, faults, read_html, words_met
from tests.views import CARDS, HOSTILE, CardCase, chart, words_of


def canvas() -> Canvas:
    return Canvas(token="bevis", place="/kanal/energi", key=lambda: "nyckel-nyckel")


def shown(card: Card) -> Element:
    return read_html(draw_card(card, canvas()))


def asked(case: FormCase) -> Element:
    page = canvas()
    title = Markup("<h1>{}</h1>").format(case.form.title)
    return read_html(title + draw_intro(case.form, page) + draw_form(case.form, page, "/form/prov"))


@pytest.mark.parametrize("case", CARDS, ids=str)
def test_no_word_of_a_card_is_lost(case: CardCase):
    assert set(words_of(case.card)) <= words_met(shown(case.card))


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_no_word_of_a_form_is_lost(case: FormCase):
    assert set(words_of_form(case.form)) <= words_met(asked(case))


@pytest.mark.parametrize("case", CARDS, ids=str)
def test_a_card_is_well_made(case: CardCase):
    assert faults(shown(case.card)) == []


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_a_form_is_well_made(case: FormCase):
    assert faults(asked(case)) == []


@pytest.mark.parametrize("case", [*CARDS, *FORMS], ids=str)
def test_what_people_typed_is_never_markup(case: CardCase | FormCase):
    page = shown(case.card) if isinstance(case, CardCase) else asked(case)
    for tag in ("script", "b", "i", "u", "at", "style", "iframe"):
        assert page.all(tag) == []
    for each in page.all("a"):
        assert leads(each.attributes["href"], "") or each.attributes["href"].startswith("#")


def test_hostile_words_stand_letter_by_letter():
    page = shown(next(each.card for each in CARDS if each.name == "hostile"))
    assert page.one("dd").text() == HOSTILE
    assert page.all("tbody")[0].one("th").text() == HOSTILE


@pytest.mark.parametrize("form", ["bar", "stacked_bar", "line"])
def test_a_chart_can_be_read_without_colour_and_without_eyes(form: str):
    drawn: Part = chart(form)
    assert isinstance(drawn, Chart)
    page = shown(Card(summary="x", parts=(drawn,)))
    assert page.one("svg").attributes["aria-label"] == drawn.alternative
    table = page.one("table")
    values = [re.sub(r"\s", " ", cell.text()) for cell in table.one("tbody").all("td")]
    assert values == ["3", "1", "0", "1 200", "0", "2", "0", "2", "1"]
    paths = {each.attributes["d"] for each in page.all("path") if "d" in each.attributes}
    assert len(paths) >= 3


def test_a_table_that_a_phone_has_no_room_for_is_a_sheet_a_row_with_labels():
    rows = (("2", "Tolktjänst", "Hjo", "4"),)
    wide = Table(caption="Behov", columns=("Nr", "Behov", "Kommun", "Stöd"), rows=rows)
    table = shown(Card(summary="x", parts=(wide,))).one("table")
    assert table.attributes["class"] == "stacked"
    assert table.one("tbody").one("th").text().split() == ["Nr", "2"]
    cells = [cell.text().split() for cell in table.one("tbody").all("td")]
    assert cells == [["Behov", "Tolktjänst"], ["Kommun", "Hjo"], ["Stöd", "4"]]
    figures = Table(caption="x", columns=("Namn", "Ja", "Nej"), rows=(("Hjo", "1", "2"),),
                    numeric=(1, 2))  # fmt: skip
    table = shown(Card(summary="x", parts=(figures,))).one("table")
    assert "class" not in table.attributes
    assert [cell.text() for cell in table.one("tbody").all("td")] == ["1", "2"]


def test_a_button_carries_its_press_and_the_form_its_proof():
    page = shown(next(each.card for each in CARDS if each.name == "swedish"))
    button = next(each for each in page.all("button") if each.text() == "Rapportera")
    assert button.attributes["value"] == press("rapport", "KOM-03").encoded()
    form = page.one("form")
    hidden = {each.attributes["name"]: each.attributes["value"] for each in form.all("input")}
    assert hidden == {
        "form-token": "bevis",
        "form-key": "nyckel-nyckel",
        "form-place": "/kanal/energi",
    }


def test_problems_stand_on_top_and_at_their_fields():
    page = asked(next(each for each in FORMS if each.name == "every_field_wrong"))
    top = page.one("div", role="alert")
    assert len(top.all("a")) == 11
    for name in ("situation", "day", "money", "person"):
        control = next(each for each in page.all() if each.attributes.get("name") == name)
        assert control.attributes["aria-invalid"] == "true"
        said = [page.one(id=key).text() for key in control.attributes["aria-describedby"].split()]
        assert any(f"Fel i {name}" in words for words in said)


def test_what_was_typed_is_kept_even_when_it_is_no_date():
    page = asked(next(each for each in FORMS if each.name == "every_field_wrong"))
    day = page.one("input", name="day")
    assert (day.attributes["type"], day.attributes["value"]) == ("text", "31 feb 2026")
    assert page.one("textarea", name="situation").text().removeprefix("\n") == HOSTILE


def test_more_fields_lie_folded_until_they_hold_something():
    folded = asked(next(each for each in FORMS if each.name == "every_field_empty"))
    filled = asked(next(each for each in FORMS if each.name == "every_field_filled"))
    for page, is_open in ((folded, False), (filled, True)):
        details = next(e for e in page.all("details") if e.attributes.get("class") == "more")
        assert ("open" in details.attributes) is is_open
        assert details.all("input", name="percent")
