"""What is long goes by mail in one piece, and in a chat a page at a time."""

from collections.abc import AsyncGenerator, Callable

import pytest

from bot.clock import in_stockholm
from bot.conversations.views import Card, text
from bot.outbox import Outbox, ToPerson
from bot.people import PersonId
from bot.settings import Settings
from storage.database import Database
from tests.platforms.conftest import MovedClock
from tests.platforms.letter_scene import Post, posting


@pytest.fixture
async def post(
    database: Database, settings: Callable[..., Settings], clock: MovedClock
) -> AsyncGenerator[Post]:
    async with posting(database, settings, clock) as made:
        yield made


async def test_what_has_several_pages_is_one_mail_and_as_many_messages_in_a_chat(post: Post):
    pages = tuple(
        Card(title=f"Veckobrev ({n} av 2)", summary=f"Sida {n}.", parts=(text(f"Rad {n}."),))
        for n in (1, 2)
    )
    await post.web.browser("Anna Ek")
    outbox = Outbox(today=in_stockholm(post.clock()).date())
    for letter in ("digest", False):
        person = ToPerson(PersonId(post.web.people["Anna"]), letter=letter)
        outbox.say_pages(person, lambda: pages, lambda: "Veckobrev")
    async with post.database.transaction() as db:
        await outbox.flush(db)
    await post.delivery().deliver_all()
    (mail,) = [post.server.mail(n) for n in range(len(post.server.got))]
    assert str(mail["Subject"]) == "Veckobrev"
    read = post.page().read_aloud()
    assert read.index("Rad 1.") < read.index("Rad 2.")
    rows = await post.rows(
        "SELECT k.platform, m.view ->> 'title' AS title FROM messages m "
        "JOIN conversations c ON c.id = m.conversation_id "
        "JOIN connections k ON k.id = c.connection_id ORDER BY m.id"
    )
    assert [(row["platform"], row["title"]) for row in rows] == [
        ("email", "Veckobrev"),
        ("web", "Veckobrev (1 av 2)"),
        ("web", "Veckobrev (2 av 2)"),
    ]
