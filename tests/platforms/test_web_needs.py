"""The board of needs on the web, its filters, and the material that it gives."""

from datetime import date
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import select, text, update

from handlers.web.needs_pages import A_COLUMN
from storage.models import AuditLine, Message, Need, Person
from tests.platforms.conftest import Web
from tests.platforms.web_browser import Browser, fields_of

NEED = "behov Gemensam tolktjänst i vården saknas"


async def test_an_empty_board_says_so_and_leads_to_the_form(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/")
    await anna.presses("▦Behov")
    assert anna.sees("Ingen har registrerat något behov än.")
    await anna.presses("Registrera behov")
    assert anna.sees("Skriv i en mening vad som behövs.")


async def test_needs_stand_under_their_stage_and_lead_to_their_page(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says(NEED)
    await anna.open("/behov")
    assert anna.sees("Registrerat 1")
    assert anna.sees("Hos direktionen 0")
    await anna.presses("Behov 1: Gemensam tolktjänst i vården saknas")
    assert anna.sees("Ingen kommun stöttar det än.")


async def test_the_board_is_narrowed_by_municipality_and_words(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says(NEED)
    await anna.open("/behov?sok=tolktjänst")
    assert anna.sees("1 behov")
    await anna.open("/behov?sok=simhall")
    assert anna.sees("Inga behov passar. Ändra valen ovan.")
    await anna.presses("Visa alla")
    assert anna.sees("1 behov")
    await anna.open("/behov?kommun=abc&omrade=99999999999999999999")
    assert anna.status in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)


async def test_hostile_words_stand_as_typed(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says('behov <script>alert(1)</script> & "tolkar" {{ 7*7 }}')
    await anna.open('/behov?sok="><script>alert(1)</script>')
    assert "<script>alert" not in anna.html
    await anna.open("/behov")
    assert anna.sees('<script>alert(1)</script> & "tolkar" {{ 7*7 }}')
    assert "<script>alert" not in anna.html


async def moved(web: Web, stage: str) -> None:
    """The first need stands at that stage, prepared by the chef."""
    async with web.database.transaction() as db:
        chef = (await db.execute(select(Person.id).where(Person.name == "Cilla Chef"))).scalar_one()
        await db.execute(
            update(Need)
            .where(Need.id == 1)
            .values(stage=stage, preparer_id=chef, prepare_by=date(2027, 1, 1))
        )


async def test_the_chef_fetches_the_material_and_asks_for_what_is_missing(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says(NEED)
    await moved(web, "preparing")
    chef = await web.browser("Cilla Chef")
    await chef.open("/behov")
    word = await chef.client.get("/behov/underlag/preparing/word")
    assert word.headers["content-disposition"] == 'attachment; filename="behov-1.docx"'
    assert word.content.startswith(b"PK")
    sheet = await chef.client.get("/behov/underlag/preparing/excel")
    assert "behov-preparing.xlsx" in sheet.headers["content-disposition"]
    await chef.presses("Be om det som saknas")
    assert chef.sees("Handläggarna har fått en fråga i chatten om det som saknas.")
    async with web.database.connection() as db:
        said = [str(view) for view in (await db.execute(select(Message.view))).scalars()]
        lines = (
            await db.execute(
                select(Person.name, AuditLine.thing_id, AuditLine.fields, AuditLine.source)
                .join(Person, Person.id == AuditLine.person_id)
                .where(AuditLine.action == "export", AuditLine.thing == "need")
                .order_by(AuditLine.id)
            )
        ).all()
    assert any("delar saknas i underlaget för Behov 1" in each for each in said)
    assert [tuple(each) for each in lines] == [
        ("Cilla Chef", 1, ["word"], "web"),
        ("Cilla Chef", 1, ["excel"], "web"),
    ]


async def test_what_is_missing_is_asked_for_while_it_is_prepared_by_those_who_record(web: Web):
    anna, chef = await web.browser("Anna Ek"), await web.browser("Cilla Chef")
    await anna.open("/chatt")
    await anna.says(NEED)
    for stage in ("registered", "declined", "resting", "riksdagen"):
        await chef.open("/behov")
        assert not chef.sees("Be om det som saknas")
        assert await _asked(chef, stage) == HTTPStatus.NOT_FOUND
    await moved(web, "preparing")
    assert await _asked(anna, "preparing") == HTTPStatus.FORBIDDEN
    assert await _asked(chef, "preparing") == HTTPStatus.SEE_OTHER


async def _asked(browser: Browser, stage: str) -> int:
    """The status of asking for what is missing, as the button does."""
    await browser.open("/chatt")
    token = dict(fields_of(browser.page.one("form", class_="composer")))["form-token"]
    path = f"/behov/underlag/{stage}/be-om"
    answer = await browser.client.post(path, data={"form-token": token}, follow_redirects=False)
    return answer.status_code


async def test_a_stage_with_many_needs_shows_its_newest_and_leads_to_all(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says(NEED)
    await moved(web, "preparing")
    async with web.database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO needs (title, description, registered_by, registered_at, stage_since) "
                "SELECT 'Ny ' || n, 'a/b', n2.registered_by, now(), now() "
                "FROM generate_series(1, 400) n, needs n2"
            )
        )
    await anna.open("/behov")
    assert anna.sees("401 behov")
    assert anna.sees("Registrerat 400")
    assert anna.sees("Bereds 1"), "what stands still is seen too"
    assert anna.sees("Gemensam tolktjänst i vården saknas")
    assert anna.html.count('class="card"><h3>') == A_COLUMN + 1
    await anna.presses("Visa fler: Registrerat")
    assert anna.sees("400 behov: registrerat")
    await anna.open("/behov?sok=Ny/")
    assert anna.sees("Bereds 0")
    await anna.presses("Visa fler: Registrerat")
    assert anna.sees("400 behov: registrerat, ”Ny”")


async def test_whoever_neither_records_nor_sits_there_gets_no_material(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says(NEED)
    await anna.open("/behov")
    assert not anna.sees("Underlag i Word")
    for path in ("registered/word", "registered/excel", "board/word"):
        refused = await anna.client.get(f"/behov/underlag/{path}")
        assert refused.status_code == HTTPStatus.FORBIDDEN
    unknown = await anna.client.get("/behov/underlag/riksdagen/word")
    assert unknown.status_code == HTTPStatus.NOT_FOUND


async def test_nobody_sees_the_board_without_signing_in(web: Web):
    stranger = await web.browser()
    await stranger.open("/behov")
    assert stranger.path == "/logga-in"


async def test_addresses_that_nobody_typed_right_show_a_board(web: Web):
    anna = await web.browser("Anna Ek")
    for query in ("omrade=9999999999999999999", "kommun=0", "natverk=%C2%B2", "sok=%00", "sok=%25"):
        await anna.open(f"/behov?{query}")
        assert anna.status == HTTPStatus.OK, query
        assert anna.page.one("h1").text() == "Behov"


async def test_withdrawn_needs_stand_last(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/behov")
    assert not anna.sees("Återtagna och ihopslagna")
    await anna.open("/chatt")
    await anna.says(NEED)
    await anna.says("behov 1 dra tillbaka")
    await anna.presses("Återta")
    await anna.open("/behov")
    assert anna.sees("Registrerat 0")
    assert anna.sees("Återtagna och ihopslagna 1")


async def test_asking_again_tells_that_there_is_nothing_new(web: Web):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says(NEED)
    await moved(web, "preparing")
    chef = await web.browser("Cilla Chef")
    await chef.open("/behov")
    await chef.presses("Be om det som saknas")
    await chef.presses("Be om det som saknas")
    assert chef.sees("Det finns inget nytt att fråga om")


async def test_an_own_template_that_cannot_be_used_is_told(web: Web, tmp_path: Path):
    anna = await web.browser("Anna Ek")
    await anna.open("/chatt")
    await anna.says(NEED)
    await moved(web, "preparing")
    (tmp_path / "mall.docx").write_bytes(b"hej")
    own = {"need_template": tmp_path / "mall.docx"}
    web.site.settings = web.site.settings.model_copy(update=own)
    chef = await web.browser("Cilla Chef")
    for kind in ("word", "excel"):
        await chef.open(f"/behov/underlag/preparing/{kind}")
        assert chef.sees("Mallen för underlag går inte att använda")
    await chef.open("/behov")
    await chef.presses("Be om det som saknas")
    assert chef.sees("Mallen för underlag går inte att använda")
