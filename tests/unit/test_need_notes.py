"""Working notes on a card: the latest, the older ones a press away, and taking away one's own."""

from bot.conversations.needs.history import NOTES_A_PAGE, joined_notes_card
from bot.conversations.needs.notes import A_PAGE, notes_card
from bot.conversations.views import Buttons, Card
from bot.needs.need import Written
from bot.people import PersonId
from bot.specimens.invented_needs import needs_of
from bot.specimens.voice import Flavour
from bot.specimens.world import NOW, make_world

NEED = needs_of(make_world(Flavour.ORDINARY, 1))[0]


def note(number: int, *, joined: bool = False) -> Written:
    return Written(number, PersonId(1), "Åsa Öberg", NOW, f"Anteckning {number}.", joined)


def labels(card: Card) -> list[str]:
    return [
        button.label for part in card.parts if isinstance(part, Buttons) for button in part.buttons
    ]


def shown(card: Card) -> str:
    return card.model_dump_json()


def test_the_latest_are_shown_and_the_older_are_a_press_away():
    many = [note(n) for n in range(1, A_PAGE + 3)]
    latest = notes_card(NEED, many, reader=1)
    assert f"Anteckning {A_PAGE + 2}." in shown(latest)
    assert "Anteckning 2." not in shown(latest)
    assert "Visa äldre" in labels(latest)
    older = notes_card(NEED, many, reader=1, skip=A_PAGE)
    assert "Anteckning 1." in shown(older)
    assert "Anteckning 2." in shown(older)
    assert "Anteckning 3." not in shown(older)
    assert "Visa äldre" not in labels(older)


def test_a_page_that_holds_them_all_leads_nowhere():
    assert "Visa äldre" not in labels(notes_card(NEED, [note(n) for n in range(A_PAGE)], reader=1))


def test_ones_own_can_be_taken_away_until_it_is_put_to_the_record():
    assert "Ta bort" in labels(notes_card(NEED, [note(1)], reader=1))
    assert "Ta bort" not in labels(notes_card(NEED, [note(1)], reader=2))
    assert "Ta bort" not in labels(notes_card(NEED, [note(1, joined=True)], reader=1))


def test_every_note_put_to_the_record_is_read_whole_by_paging():
    newest = [note(n, joined=True) for n in range(2 * NOTES_A_PAGE + 1, 0, -1)]
    pages = [joined_notes_card(NEED, newest, skip) for skip in range(0, 7, NOTES_A_PAGE)]
    for each in newest:
        assert sum(each.text in shown(page) for page in pages) == 1
    assert ["Visa äldre" in labels(page) for page in pages] == [True, True, False]
