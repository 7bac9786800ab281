"""What a channel is bound to is found however it is said, and a binding can be taken back."""

import pytest

from bot.bindings import bound_names, find_bound, in_order
from bot.conversations.bind_channel_form import About, binding_step
from bot.conversations.binding import Changed, result_card
from bot.conversations.forms import ManyChoiceField
from bot.conversations.listed import all_conversations
from bot.conversations.protocol import AccountKey, Event, SayPrivately, Words
from bot.conversations.runner import Bot
from bot.conversations.views import Buttons
from bot.finding import Found, Nothing, Several
from bot.plain_text import plain_text
from bot.plan import PlanInMemory
from storage.database import Database
from storage.queries.bindings import Channel
from storage.queries.places import Bound
from storage.queries.web_access import ensure_person
from tests.platforms.web_scene import NOW, furnish

BODIES = (
    ("board", "Direktionen"),
    ("presidium", "Presidiet"),
    ("reference_group", "Politisk referensgrupp"),
    ("municipal_directors", "Kommundirektörsgruppen"),
    ("steering_group", "Styrgruppen"),
    ("network", "Kompetens"),
    ("network", "Kultur & fritid"),
    ("network", "Social hållbarhet"),
    ("network", "Samhällsplanering"),
    ("network", "Energi"),
)
POSTS = ("manager", "federation_director")
ALL = (
    *(Bound("body", n, kind, name) for n, (kind, name) in enumerate(BODIES, 1)),
    *(Bound("post", n, kind, kind) for n, kind in enumerate(POSTS, 1)),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Kompetens", "nätverket Kompetens"),
        ("natverket kompetens", "nätverket Kompetens"),
        ("Energinätverkets", "nätverket Energi"),
        ("energin", "nätverket Energi"),
        ("kultur och fritid", "nätverket Kultur & fritid"),
        ("Kultur & Fritid", "nätverket Kultur & fritid"),
        ("social hallbarhet", "nätverket Social hållbarhet"),
        ("samhällsplaneringen", "nätverket Samhällsplanering"),
        ("STYRGRUPPEN", "styrgruppen"),
        ("styrgruppens", "styrgruppen"),
        ("styrgrupp", "styrgruppen"),
        ("chef", "chefen"),
        ("chefens", "chefen"),
        ("forbundsdirektoren", "förbundsdirektören"),
        ("direktion", "direktionen"),
        ("presidium", "presidiet"),
        ("referensgruppen", "politiska referensgruppen"),
        ("kommundirektörerna", "kommundirektörsgruppen"),
    ],
)
def test_names_are_found_in_any_form_and_without_dots(said: str, meant: str):
    found = find_bound(said, ALL)
    assert isinstance(found, Found)
    assert bound_names([found.one]) == meant


@pytest.mark.parametrize(
    ("said", "near"), [("kompitans", "Kompetens"), ("social", "Social hållbarhet")]
)
def test_what_comes_near_is_suggested_first_the_nearest(said: str, near: str):
    found = find_bound(said, ALL)
    assert isinstance(found, Several)
    assert found.these[0].name == near


@pytest.mark.parametrize("said", ["", "nätverket", "qwertyuiop", "!?", "å" * 5_000])
def test_what_is_like_nothing_finds_nothing(said: str):
    assert find_bound(said, ALL) == Nothing()


def undone(added: int) -> list[str]:
    """The buttons of a result where so many things were bound."""
    channel = Channel(123_456, "allt", "web", "sv")
    bound = [Bound("body", n, "network", f"Nätverk {n}") for n in range(1_000, 1_000 + added)]
    card = result_card(Changed(channel, tuple(bound), ()), in_order(bound), "Sparat")
    last = card.parts[-1]
    assert isinstance(last, Buttons)
    return [button.label for button in last.buttons]


def test_a_change_is_undone_with_one_press_where_there_is_room_for_it():
    assert undone(5) == ["Ångra", "Ändra"]
    assert undone(60) == ["Ändra"]


def test_what_has_no_room_in_the_form_is_told_of_with_how_to_bind_it():
    channel = Channel(7, "allt", "web", "sv")
    networks = tuple(Bound("body", n, "network", f"Nätverk {n}") for n in range(1, 121))
    (field, _language) = binding_step(About(channel, networks, frozenset(), ())).fields
    assert isinstance(field, ManyChoiceField)
    assert len(field.options) == 100
    assert "20 till får inte plats här: skriv @samspel koppla och namnet" in field.help
    (field, _language) = binding_step(About(channel, networks[:100], frozenset(), ())).fields
    assert "får inte plats" not in field.help


async def test_in_a_channel_without_the_bot_it_asks_to_be_invited(database: Database):
    async with database.transaction() as db:
        people = await furnish(db)
        await ensure_person(db, people["Cilla"], "test")
    bot = Bot(database, all_conversations(), PlanInMemory(), lambda: NOW)
    who = AccountKey("web", "web", str(people["Cilla"]))
    event = Event("k", who, "okänd", Words(text="koppla Energi"), kind="channel")
    (reply,) = (await bot.answer(event)).replies
    assert isinstance(reply, SayPrivately)
    assert "Bjud in mig hit" in plain_text(reply.card)
