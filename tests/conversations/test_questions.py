"""Questions in plain Swedish, asked in chat: answered, gone on from, not sure, not answered."""

import pytest
from sqlalchemy import text

from tests.conversations.conftest import Scene

CHEF, MEMBER, ADMINISTRATOR = "chef@skaraborg", "kompetens@skovde", "it@skaraborg"


async def rows(samspel: Scene, statement: str) -> list[tuple[object, ...]]:
    async with samspel.database.connection() as db:
        return [tuple(row) for row in await db.execute(text(statement))]


async def test_words_that_are_no_command_are_a_question(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rapport STR-01 risk Remissen är försenad")
    await chef.says("hur går det inom strategisk samverkan?")
    assert chef.sees("Läget inom Strategisk samverkan")
    assert chef.sees("1 har risk")
    assert chef.sees("Rapport om STR-01")


@pytest.mark.parametrize("samspel", ["web"], indirect=True)
async def test_in_a_channel_a_line_that_does_not_call_the_bot_is_let_be(samspel: Scene):
    """Slack and Teams give a bot only the lines that call it."""
    chef = await samspel.person(CHEF)
    await chef.says("vem ansvarar för energiplanen?", channel="strategi")
    assert not chef.sees("Energistrateg Lidköping (energi@lidkoping.example.se)")


async def test_in_a_channel_a_line_that_calls_the_bot_is_answered(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("hej")
    await chef.says("@samspel vem ansvarar för energiplanen?", channel="strategi")
    if not chef.sees("ansvarar för SAM-03"):
        await chef.hears("ansvarar för SAM-03")


async def test_the_command_and_the_words_alone_answer_alike(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("fråga vem ansvarar för energiplanen")
    assert chef.sees("Energistrateg Lidköping (energi@lidkoping.example.se) ansvarar för SAM-03")
    await chef.says("fråga")
    assert chef.sees("Fråga mig med egna ord")


async def test_a_question_goes_on_from_the_one_before(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("vilka aktiviteter deltar Hjo i?")
    assert chef.sees("Aktiviteter i Hjo")
    await chef.says("och Tibro?")
    assert chef.sees("Aktiviteter i Tibro")
    await chef.says("mer")
    assert chef.sees("Aktiviteter i Tibro")
    await chef.says("vem ansvarar?")
    assert chef.sees("Vem som ansvarar i Tibro")


async def test_after_half_an_hour_nothing_is_gone_on_from(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("vilka aktiviteter deltar Hjo i?")
    samspel.clock.passes(minutes=31)
    await chef.says("mer")
    assert chef.sees("Det vet jag inget om.")


async def test_reasons_are_asked_for(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("rapport STR-01 avvikelse Riksdagen har flyttat mötet. Åtgärd: Vi bokar om")
    await chef.says("vilka är röda?")
    assert chef.sees("STR-01")
    await chef.says("varför?")
    assert chef.sees("Riksdagen har flyttat mötet")


async def test_a_word_that_means_two_leaves_the_choice(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("hur går det med högskolan?")
    assert chef.sees("Jag är inte säker på vad du menar med ”hur går det med högskolan?”")
    await chef.clicks("Läget för STR-02")
    assert chef.sees("STR-02 Partnerskapsavtal Högskolan i Skövde")


async def test_asking_changes_nothing_and_says_so_of_an_order(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("sätt STR-01 på grönt")
    assert chef.sees("Jag har inte ändrat något")
    await chef.says("vad tjänar kulturchefen i Skara?")
    assert chef.sees("Om enskilda personer svarar jag bara på vad de ansvarar för")
    assert await rows(samspel, "SELECT id FROM status_reports") == []
    assert await rows(samspel, "SELECT words FROM unanswered_questions") == []


async def test_what_was_not_answered_is_kept_without_names_and_taught(samspel: Scene):
    member = await samspel.person(MEMBER)
    await member.says("hur går det med elbilsskolan?")
    assert member.sees("Det vet jag inget om.")
    await member.says("Hur går det med elbilsskolan?")
    await member.says("vad sa kulturchefen i Skara om gurkmajonnäs till lunch")
    kept = await rows(samspel, "SELECT words, times FROM unanswered_questions ORDER BY id")
    assert kept == [
        ("hur gar det med elbilsskolan", 2),
        ("vad sa … … … om gurkmajonnas till lunch", 1),
    ]
    await member.says("synonym elbilsskolan = KOM-03")
    assert member.sees("Bara administratörerna och chefen")
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("synonym")
    assert administrator.sees("hur gar det med elbilsskolan")
    assert administrator.sees("2 gånger")
    await administrator.says("synonym elbilsskolan = KOM-03")
    assert administrator.sees("1 obesvarad fråga förstår jag nu")
    await member.says("hur går det med elbilsskolan?")
    assert member.sees("KOM-03 Batteriteknikutbildning med högskolan")


async def test_a_synonym_is_read_strictly_and_forgotten(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("synonym batteriskolan")
    assert administrator.sees("”batteriskolan” är ingen synonym.")
    await administrator.says("synonym batteriskolan = gurkmajonnäs")
    assert administrator.sees("”gurkmajonnäs” förstår jag inte heller.")
    await administrator.says("synonym batteriskolan = KOM-03")
    await administrator.clicks("Alla synonymer")
    assert administrator.sees("batteriskolan")
    await administrator.says("synonym ta bort batteriskolan")
    assert administrator.sees("Jag har glömt ”batteriskolan”.")
    await administrator.says("synonym ta bort batteriskolan")
    assert administrator.sees("Det finns ingen synonym ”batteriskolan”.")
    actions = await rows(
        samspel, "SELECT action FROM audit_lines WHERE thing = 'question_synonym' ORDER BY id"
    )
    assert actions == [("keep",), ("forget",)]


async def test_a_question_that_begins_with_a_word_of_the_bots_is_one(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("behov hos presidiet?")
    assert chef.sees("Behov i skedet ”hos presidiet”")
    await chef.says("uppdrag till Töreboda?")
    assert chef.sees("Uppdrag i Töreboda")


async def test_an_administrator_pages_and_settles_the_list(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    await administrator.says("synonym")
    assert administrator.sees("Alla frågor har fått svar.")
    for n in "abcdefg":
        await administrator.says(f"gurkmajonnäs och kanelbullar {n * 4}")
    await administrator.says("synonym")
    assert administrator.sees("7 frågor har inte fått svar") or administrator.sees("Visa fler")
    await administrator.clicks("Ta bort från listan")
    left = await rows(samspel, "SELECT id FROM unanswered_questions WHERE settled_at IS NULL")
    assert len(left) == 6


async def test_a_code_that_there_is_none_of_is_told(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("status KOM-99")
    assert chef.sees("Det finns ingen aktivitet KOM-99 i planen.")


async def test_words_of_the_bots_that_go_on_as_questions_are_answered(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("milstolpar i maj")
    assert chef.sees("Milstolpar i maj")
    await chef.says("uppdrag för Tibro")
    assert chef.sees("Uppdrag i Tibro")
    await chef.says("mina uppdrag")
    assert chef.sees("Uppdrag för Chef Omställning Skaraborg")


async def test_a_known_word_is_not_made_to_mean_something_else(samspel: Scene):
    administrator = await samspel.person(ADMINISTRATOR)
    for known in ("hjo", "röda", "kompetens", "vilka"):
        await administrator.says(f"synonym {known} = tibro")
        assert administrator.sees("betyder redan något för mig")
    assert await rows(samspel, "SELECT id FROM question_synonyms") == []


async def test_what_is_in_no_name_is_looked_for_in_what_is_written(samspel: Scene):
    hjo = await samspel.person("kultur@skara")
    await hjo.says("behov Elevhälsan räcker inte till")
    chef = await samspel.person(CHEF)
    await chef.says("hur går det med ohälsan?")
    assert chef.sees("Jag vet inte säkert vad du frågar om. ”ohälsan” nämns här:")
    assert chef.sees("SOC-03 Folkhälsodata delregionalt")
    await chef.clicks("Visa SOC-03")
    assert chef.sees("Gemensamma mått på ohälsa och deltagande.")
    await chef.says("hur är det med elevhalsan")
    assert chef.sees("behov 1 Elevhälsan räcker inte till")
    await chef.clicks("Visa behov 1")
    assert chef.sees("Behov 1: Elevhälsan räcker inte till")
    assert await rows(samspel, "SELECT reason FROM unanswered_questions") == [("outside",)] * 2


async def test_an_answer_tells_where_a_word_is_that_it_takes_no_account_of(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("vilka aktiviteter handlar om forskning?")
    assert chef.sees("Ordet ”forskning” förstod jag inte")
    assert chef.sees("”forskning” nämns här:")
    assert chef.sees("STR-02 Partnerskapsavtal Högskolan i Skövde")
    await chef.clicks("Visa STR-02")
    assert chef.sees("Fyraårigt avtal om forskning och studentmedverkan.")


async def test_what_has_a_number_is_shown_by_it(samspel: Scene):
    hjo = await samspel.person("kultur@skara")
    await hjo.says("behov Elevhälsan räcker inte till")
    await hjo.says("hur går det med behov nr 1?")
    assert hjo.sees("Behov 1: Elevhälsan räcker inte till")
    await hjo.says("vad har hänt med uppdraget 7?")
    assert hjo.sees("Uppdrag 7 finns inte.")


async def test_two_numbers_are_two_cards_and_a_year_is_none(samspel: Scene):
    chef = await samspel.person(CHEF)
    await chef.says("behov Elevhälsan räcker inte till")
    await chef.says("behov Snöröjning på gångvägar i alla kommuner")
    await chef.says("vad händer med behov 1 och 2?")
    assert chef.sees("Behov 1: Elevhälsan räcker inte till")
    assert chef.sees("Behov 2: Snöröjning på gångvägar i alla kommuner")
    await chef.says("vilka behov 2026 väntar på direktionen?")
    assert chef.sees("Inget behov")
