"""Forms as pages: opened by an address, kept when wrong, redrawn, searched, sent once."""

import asyncio

from sqlalchemy import func, select

from bot.conversations.protocol import SessionKey, Submitted
from handlers.web.canvas import Canvas
from handlers.web.render_form import draw_form
from handlers.web.translate import Sent, form_sent
from storage.models import Draft, StatusReport
from tests.form_views import FORMS
from tests.platforms.conftest import Web
from tests.platforms.html_page import read_html
from tests.platforms.web_browser import fields_of

FORM = "/form/rapport?arg=KOM-03&i=/kanal/energi"


async def _reports(web: Web) -> int:
    async with web.database.connection() as db:
        return await db.scalar(select(func.count()).select_from(StatusReport)) or 0


async def test_words_lead_to_the_form_and_it_leads_back(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/kanal/energi")
    await anna.says("rapport KOM-03")
    assert anna.path == "/form/rapport"
    await anna.presses("Spara", status="on_track", situation="Allt går som tänkt")
    assert anna.path == "/kanal/energi"
    assert anna.sees("Sparat:")
    assert await _reports(web) == 1


async def test_what_was_typed_is_kept_when_something_is_wrong(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open(FORM)
    await anna.presses("Spara", status="off_track", situation="<b>Förfrågan försenad</b>")
    assert anna.status == 422
    assert "Fel:" in anna.page.one("title").text()
    assert anna.page.one("div", role="alert").all("a")
    assert anna.sees("<b>Förfrågan försenad</b>")
    chosen = [e for e in anna.page.all("input", name="status") if "checked" in e.attributes]
    assert [each.attributes["value"] for each in chosen] == ["off_track"]
    assert await _reports(web) == 0
    await anna.presses("Spara", deviation="Två veckor sent", measure="Nytt anbud i mars")
    assert anna.sees("Sparat:")
    assert await _reports(web) == 1


async def test_a_choice_unfolds_its_fields_without_script(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open(FORM)
    assert not anna.page.all(name="measure")
    await anna.presses("Visa fälten", status="at_risk", situation="Halvvägs")
    assert anna.status == 200
    assert anna.page.all(name="measure")
    assert anna.sees("Halvvägs")
    assert await _reports(web) == 0


async def test_the_same_form_sent_twice_is_one_report(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open(FORM)
    form = anna.page.one("form", **{"class": "ask"})
    typed = {"status": "on_track", "situation": "En gång", "form-go": "on"}
    await asyncio.gather(anna.send(form, typed), anna.send(form, typed))
    assert await _reports(web) == 1


async def test_back_in_the_browser_and_changed_is_judged_anew(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open(FORM)
    form = anna.page.one("form", **{"class": "ask"})
    await anna.send(form, {"status": "off_track", "situation": "Sent", "form-go": "on"})
    assert anna.status == 422
    await anna.send(form, {"status": "on_track", "situation": "I tid", "form-go": "on"})
    assert anna.sees("Sparat:")


async def test_a_form_left_behind_is_offered_with_what_was_typed(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open(FORM)
    await anna.presses("Spara", status="off_track", situation="Halvskrivet")
    await anna.open(FORM)
    assert anna.sees("Halvskrivet")
    await anna.presses("Börja om")
    assert anna.path == "/form/rapport"
    assert not anna.sees("Halvskrivet")
    async with web.database.connection() as db:
        assert await db.scalar(select(func.count()).select_from(Draft)) == 0


async def test_opening_a_form_changes_nothing(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open(FORM)
    async with web.database.connection() as db:
        assert await db.scalar(select(func.count()).select_from(Draft)) == 0


async def test_a_form_that_is_gone_and_one_that_is_refused_say_so(web: Web):
    anna, bo = await web.browser("Anna Ek"), await web.browser("Bo Åberg")
    await anna.open("/form/finns_inte")
    assert anna.status == 200
    assert anna.sees("finns inte längre")
    await bo.open(FORM)
    assert not bo.page.all("form", **{"class": "ask"})
    assert bo.sees("Anna Ek")


async def test_suggestions_come_for_those_who_are_signed_in(web: Web):
    anna, stranger = await web.browser("Anna Ek"), await web.browser()
    found = (await anna.client.get("/sok/activity?q=energi")).json()
    assert found == [{"value": "KOM-03", "label": "KOM-03 Skaraborgs energiplan"}]
    people = (await anna.client.get("/sok/person?q=Åberg")).json()
    assert [each["value"] for each in people] == [str(web.people["Bo"])]
    refused = await stranger.client.get("/sok/person?q=Åberg", follow_redirects=False)
    assert refused.status_code == 303


def test_every_field_comes_back_as_it_was_shown():
    form = next(each.form for each in FORMS if each.name == "every_field_filled")
    page = read_html(draw_form(form, Canvas(token="t", place="/kanal/energi"), "/form/prov"))
    event = form_sent(SessionKey(b"x"), Sent(fields_of(page.one("form"))))
    assert event.address == "channel:energi"
    assert isinstance(event.doing, Submitted)
    assert event.doing.values == form.values
    assert event.doing.arguments == form.arguments
    assert (event.doing.form, event.doing.step, event.doing.go) == ("prov", "one", "on")


def test_an_empty_form_comes_back_empty():
    form = next(each.form for each in FORMS if each.name == "every_field_empty")
    page = read_html(draw_form(form, Canvas(token="t", place="/chatt/1"), "/form/prov"))
    doing = form_sent(SessionKey(b"x"), Sent(fields_of(page.one("form")))).doing
    assert isinstance(doing, Submitted)
    assert {name: value for name, value in doing.values.items() if value} == {}
    assert set(doing.values) == {each.name for each in form.fields}


async def test_no_working_day_is_a_problem_at_the_field_and_the_rest_is_kept(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/form/installningar")
    form = anna.page.one("form", **{"class": "ask"})
    for box in form.all("input", name="working_days"):
        box.attributes.pop("checked", None)
    await anna.send(form, {"hours": "9-15", "form-go": "on"})
    assert anna.status == 422
    wrong = anna.page.all("input", name="working_days")
    assert "aria-invalid" in wrong[0].attributes or anna.sees("Välj ett alternativ.")
    assert ("hours", "9-15") in fields_of(anna.page.one("form", **{"class": "ask"}))


async def test_whoever_is_signed_out_gets_back_what_they_typed_and_no_codes(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open(FORM)
    form = anna.page.one("form", **{"class": "ask"})
    anna.client.cookies.clear()
    await anna.send(form, {"status": "on_track", "situation": "Avtalet dröjer", "form-go": "on"})
    assert anna.status == 401
    assert [each.text() for each in anna.page.all("pre")] == ["Avtalet dröjer"]
