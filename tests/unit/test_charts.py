"""A chart as a picture that every client takes."""

import subprocess
import sys

import pytest

from bot.conversations.views import Chart, Series
from bot.documents.charts import png

SERIES = (
    Series(name="enligt plan", values=(3, 0, 12), colour="green"),
    Series(name="risk $1 och $2", values=(1, 2, 0), colour="yellow"),
)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("form", ["bar", "stacked_bar", "line"])
def test_every_form_becomes_a_picture_within_the_clients_limits(form: str, narrow: bool):
    chart = Chart.model_validate(
        {
            "form": form,
            "title": "Läge per $område_^{",
            "alternative": "x",
            "categories": ("Kompetens", "Strategisk samverkan", "Åtgärder & $mål"),
            "series": SERIES,
        }
    )
    made = png(chart, narrow=narrow)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(made[at : at + 4]) for at in (16, 20))
    assert max(width, height) <= 1024
    assert not narrow or width < height, "a phone shows its letters as large as those around it"
    assert len(made) <= 1_000_000


def test_the_fullest_chart_and_one_of_zeros():
    names = tuple(f"Insatsområde nr {n}" for n in range(20))
    full = tuple(Series(name=f"läge {n}", values=tuple(range(20))) for n in range(6))
    fullest = {"form": "stacked_bar", "title": "Allt", "alternative": "x"}
    assert png(Chart(categories=names, series=full, **fullest))  # pyright: ignore
    nothing = (Series(name="klar", values=(0,)),)
    assert png(Chart(form="line", title="Noll", alternative="x", categories=("a",), series=nothing))


def test_matplotlib_is_imported_when_a_picture_is_made_and_not_before():
    says = "import sys, bot.documents.charts; print('matplotlib' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
