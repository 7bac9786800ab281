"""Pictures that Teams fetches without signing in: only by addresses of ours."""

from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import SecretStr

from bot.conversations.views import Chart, Series
from handlers.teams.limits import PICTURE_BYTES, PICTURE_PIXELS
from handlers.teams.pictures import Pictures
from tests.platforms.teams_work import teams_at_work

BASE = "https://samspel.example.se"
CHART = Chart(
    form="stacked_bar",
    title="Läget <b>",
    alternative="Fyra enligt plan, en i risk",
    categories=tuple(f"Kommun {n}" for n in range(20)),
    series=tuple(Series(name=f"Serie {n}", values=tuple(range(20))) for n in range(6)),
)
KEY, OTHER = SecretStr("a" * 44), SecretStr("b" * 44)


async def test_a_chart_is_drawn_from_its_address_and_no_other_address_opens(server_url: str):
    async with teams_at_work(server_url, secret_keys=(KEY,)) as work:
        url = Pictures(BASE, (KEY,)).chart(CHART)
        assert url is not None
        path = urlsplit(url).path
        async with httpx.AsyncClient(base_url=work.running.where) as http:
            drawn = await http.get(path)
            assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/png")
            assert len(drawn.content) <= PICTURE_BYTES
            sizes = (drawn.content[16:20], drawn.content[20:24])
            assert all(int.from_bytes(each, "big") <= PICTURE_PIXELS for each in sizes)
            head, signature, what = path.rsplit("/", 2)
            for wrong in (
                f"{head}/{signature[:-1]}A/{what}",
                f"{head}/{signature}/x{what}",
                f"/teams/bilder/f/{signature}/{what}",
                f"{head}/{signature}/1.png",
                urlsplit(Pictures(BASE, (OTHER,)).chart(CHART) or "").path,
            ):
                assert (await http.get(wrong)).status_code == 404, wrong


@pytest.mark.parametrize(
    ("base", "keys"), [("", (KEY,)), ("http://here.example.se", (KEY,)), (BASE, ())]
)
def test_without_a_key_or_an_address_that_teams_reaches_there_is_none(
    base: str, keys: tuple[SecretStr, ...]
):
    pictures = Pictures(base, keys)
    assert (pictures.chart(CHART), pictures.picture(7)) == (None, None)


def test_a_key_that_was_replaced_still_opens_what_it_signed():
    before, after = Pictures(BASE, (OTHER,)), Pictures(BASE, (KEY, OTHER))
    _empty, _teams, _pictures, kind, signature, what = urlsplit(before.picture(7) or "").path.split(
        "/"
    )
    assert after.is_ours(kind, signature, what.removesuffix(".png"))
    assert before.picture(7) != after.picture(7)
