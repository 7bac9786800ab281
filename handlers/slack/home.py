"""One's own page: the App Home, drawn when it is opened and when something on it has changed."""

from bot.language import speaking
from handlers.slack.desk import REMEMBERED, Desk
from handlers.slack.render_form import draw_home
from handlers.slack.translate import Sender, home_opened
from handlers.slack.web_api import call


async def opened(desk: Desk, sender: Sender) -> None:
    """Show the page to whoever opened it; a stranger sees how to get in."""
    if len(desk.homes) > REMEMBERED:
        desk.homes.clear()
    desk.homes.add((sender.team, sender.user))
    await _publish(desk, sender)


async def drawn_again(desk: Desk, sender: Sender) -> None:
    """Draw it again for somebody who has opened it."""
    if (sender.team, sender.user) in desk.homes:
        await _publish(desk, sender)


async def turned(desk: Desk, sender: Sender, page: str) -> None:
    """Show another page of it, for somebody whose own has no room in one."""
    await _publish(desk, sender, int(page) if page.isdecimal() else 0)


async def _publish(desk: Desk, sender: Sender, page: int = 0) -> None:
    outcome = await desk.outcome(sender, home_opened(sender))
    if outcome.home is None:
        view = desk.home_of(outcome.cards, sender.team, outcome.language)
    else:
        with speaking(outcome.language):
            view = draw_home(outcome.home, desk.canvas(sender.team), page)
    client = await desk.client(sender.team)

    async def publish() -> object:
        return await call(client, "views.publish", user_id=sender.user, view=view)

    await desk.courtesies.made(sender.team, "views.publish", publish)
