"""Whoever answers for many activities sees all of them, a page at a time."""

from datetime import date

from bot.conversations.show_activity import mine_card
from bot.conversations.views import Buttons
from bot.people import OrganisationId, PersonId
from bot.plain_text import plain_text
from bot.plan import Activity, ActivityId, Contact, Kronor, Rhythm


def activity(n: int) -> Activity:
    """The `n`th of a busy person's activities."""
    return Activity(
        id=ActivityId(n),
        code=f"KOM-{n:02}",
        title="Kurs",
        description=None,
        area="Kompetens",
        direction="Vuxna",
        responsible=Contact(PersonId(1), "Anna Ek", "anna@example.se"),
        coordinator=OrganisationId(1),
        participants=frozenset(),
        network=None,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        ended_on=None,
        budget=Kronor(0),
        funding=(),
        milestones=(),
        rhythm=Rhythm("weeks", 2),
        proposed=False,
    )


def test_every_page_leads_to_the_next_until_all_are_shown():
    mine = [activity(n) for n in range(1, 20)]
    shown: list[str] = []
    skip, pages = 0, 0
    while True:
        card = mine_card(mine, {}, skip=skip)
        shown += [each.code for each in mine if each.code in plain_text(card)]
        pages += 1
        last = card.parts[-1]
        assert isinstance(last, Buttons)
        further = [each.press for each in last.buttons if each.label == "Visa fler"]
        if not further or further[0] is None:
            break
        skip = int(further[0].arguments[0])
    assert (shown, pages) == ([each.code for each in mine], 3)
