"""What-ifs: a supposition lives on in the form that keeps it, and no name is lost in silence."""

from bot.conversations.polls.supposed_press import read_words, supposed_press
from bot.people import OrganisationId
from bot.plan import Kronor
from bot.polls.co_financing import Supposed
from bot.polls.cost_sharing import Key, SharingKey
from bot.polls.reading_supposed import unknown_name
from tests.conversations.conftest import Scene
from tests.conversations.polling import HJO, SKARA, started


async def test_what_is_supposed_is_kept_as_supposed(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 tänk om Skövde avstår")
    await chef.clicks("Spara eller ändra")
    await chef.fills(name="Utan staden")
    assert chef.sees("Sparat som scenariot ”Utan staden”.")
    assert chef.count("Om Skövde avstår") >= 2


async def test_a_no_is_an_answer_that_falls_short(samspel: Scene):
    chef = await started(samspel)
    await (await samspel.person(HJO)).says("rosta 1 nej")
    await (await samspel.person(SKARA)).says("rosta 1 politiskt beslut 30 mars")
    await chef.says("rosta 1 tänk om Skövde avstår")
    assert chef.sees("Skulle behöva lova mer än de har svarat: Hjo.")
    assert chef.count("Nej") == 1
    assert chef.count("Politiskt beslut") == 1


async def test_a_name_that_the_poll_does_not_know_is_said(samspel: Scene):
    chef = await started(samspel)
    await chef.says("rosta 1 tänk om Gulspång avstår")
    assert chef.sees("Ingen kommun i omröstningen heter ”Gulspång”. Menade du Gullspång?")
    assert chef.sees("Du skrev: Gulspång avstår")
    await chef.says("rosta 1 tänk om Hjo och Stockholm avstår")
    assert chef.sees("Ingen kommun i omröstningen heter ”Stockholm”.")
    assert not chef.sees("Om Hjo avstår")


def test_what_is_supposed_goes_through_a_button_unless_it_is_too_long():
    hjo, key = OrganisationId(1_234), Key(SharingKey.MIXED, 40)
    for supposed in (Supposed(), Supposed(frozenset({hjo}), Kronor(800_000), key)):
        made = supposed_press("omrostning_tank", 7, supposed)
        assert made is not None
        assert read_words(made.arguments[2:]) == supposed
    many = frozenset(OrganisationId(n) for n in range(1, 40))
    assert supposed_press("omrostning_tank", 7, Supposed(many)) is None
    assert read_words(("-", "x", "weighed")) == Supposed()


def test_only_a_name_is_an_unknown_name():
    names = ("Hjo", "Skara")
    for words in ("Hjo avstår", "Hjo och Skara avstår", "800 000", "lika delar", "",
                  "om Hjo avstår",
                  "summan blir 800 000", "40 % lika", "Hjo avstår och summan är 800 000",
                  "Hjo inte är med", "Hjo kommun avstår"):  # fmt: skip
        assert unknown_name(words, names) is None, words
    assert unknown_name("Hjo, Solna och Skara avstår", names) == "Solna"
    assert unknown_name("Solna inte är med", names) == "Solna"
