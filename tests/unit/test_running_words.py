"""The words of how it goes: everything that is counted has a name that people know."""

import pytest

from bot.account_cards import platform_name
from bot.conversations.running_words import thing_kind
from bot.conversations.views import Chart, Series
from bot.reminding.things import Kind
from handlers.web.canvas import Canvas
from handlers.web.chart_svg import LETTER, draw_chart
from tests.platforms.html_page import read_html


@pytest.mark.parametrize("kind", Kind)
def test_every_sort_of_thing_has_a_name(kind: Kind):
    assert thing_kind(kind) != kind.value


def test_mail_is_called_what_people_call_it():
    assert platform_name("email") == "mejl"
    assert platform_name("web") == "webben"
    assert platform_name("slack") == "Slack"


@pytest.mark.parametrize("name", ["Uppdrag", "Förfrågan om uppdrag"])
def test_no_letter_of_a_charts_label_is_outside_the_picture(name: str):
    chart = Chart(
        form="bar",
        title="Svar",
        alternative="Svar.",
        categories=(name,),
        series=(Series(name="Svar", values=(2,), colour="green"),),
    )
    page = read_html(f"<body>{draw_chart(chart, Canvas(token='', place='/chatt'))}</body>")
    (label,) = [each for each in page.all("text") if each.text() == name]
    assert int(label.attributes["x"]) >= LETTER * len(name)
