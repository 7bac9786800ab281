"""What everything that answers people in Slack stands on, and how it shows them something."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.clock import Clock
from bot.conversations.forms import Form, Home
from bot.conversations.protocol import Event
from bot.conversations.runner import Bot
from bot.conversations.views import Card
from bot.language import speaking
from bot.settings import Settings
from handlers.outcome import Outcome, outcome_of
from handlers.patience import Patience
from handlers.slack.calls import TROUBLE, NotTaken, error_code
from handlers.slack.canvas import Canvas
from handlers.slack.courtesy import Courtesies
from handlers.slack.drawing import Drawing
from handlers.slack.newcomers import Newcomers
from handlers.slack.render import draw_message
from handlers.slack.render_form import draw_home, draw_modal
from handlers.slack.translate import Sender
from handlers.slack.waiting import notice
from handlers.slack.web_api import call
from handlers.slack.workspaces import Workspaces
from handlers.spoken import Spoken
from storage.database import Database

log = structlog.get_logger(__name__)

REMEMBERED = 10_000
"""People whose language and open page a process remembers."""

ANSWERS = 5
"""docs.slack.dev/interactivity/handling-user-interaction: uses of a response_url."""


@dataclass
class Desk:
    """One process' side of Slack."""

    bot: Bot
    database: Database
    settings: Settings
    clock: Clock
    workspaces: Workspaces
    drawing: Drawing
    newcomers: Newcomers
    patience: Patience
    courtesies: Courtesies
    spoken: Spoken
    homes: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Workspace and user of whoever has opened their own page, to have it drawn again."""

    async def outcome(self, sender: Sender, event: Event, *, meets: bool = True) -> Outcome:
        """What comes of an event, whatever happens. `meets`: strangers are told how to get in."""

        async def meet() -> tuple[str, Card]:
            return await self.newcomers.meet(sender)

        # A workspace that is no longer registered is no place of ours: its people are strangers.
        bot = self.bot if self.workspaces.registered(sender.team) is not None else None
        language = self.language_of(sender)
        outcome = await outcome_of(bot, event, meet if meets else None, language)
        self.spoken.keep((sender.team, sender.user), outcome.language)
        return outcome

    def language_of(self, sender: Sender) -> str:
        """The language to speak to somebody, as far as this process knows."""
        return self.spoken.to((sender.team, sender.user))

    async def client(self, team: str) -> AsyncWebClient:
        """The way to Slack in that workspace."""
        return await self.workspaces.client(team)

    def message(self, card: Card, team: str, language: str) -> dict[str, Any]:
        """Text and blocks of a message for one person."""
        with speaking(language):
            return draw_message(card, self.drawing.canvas(team))

    def canvas(self, team: str) -> Canvas:
        """What views are drawn on in that workspace."""
        return self.drawing.canvas(team)

    async def by_response_url(
        self, url: str, cards: Sequence[Card], team: str, language: str
    ) -> None:
        """Show cards to the person alone; Slack takes five answers at most."""
        webhook = AsyncWebhookClient(url)
        if len(cards) > ANSWERS:
            log.warning("slack_cards_left_out", n=len(cards) - ANSWERS)
        for card in cards[:ANSWERS]:
            drawn = self.message(card, team, language)

            async def post(drawn: dict[str, Any] = drawn) -> object:
                answer = await webhook.send_dict(
                    {"response_type": "ephemeral", "replace_original": False, **drawn}
                )
                if answer.status_code == 429:
                    raise NotTaken(float(answer.headers.get("Retry-After", 1)))
                if answer.status_code >= 500:
                    raise NotTaken(None)
                if answer.status_code >= 400:
                    log.warning("slack_answer_refused", status=answer.status_code)
                return answer

            await self.courtesies.made(team, "response_url", post)

    async def privately(
        self, team: str, channel: str, user: str, cards: Sequence[Card], language: str
    ) -> None:
        """Show cards to one person in a channel; a courtesy that may vanish."""
        where = {"channel": channel, "user": user}
        await self._each(team, "chat.postEphemeral", where, cards, language)

    async def directly(self, team: str, channel: str, cards: Sequence[Card], language: str) -> None:
        """Say cards at once in a private chat, or to the user of that id; a courtesy."""
        await self._each(team, "chat.postMessage", {"channel": channel}, cards, language)

    async def _each(
        self, team: str, method: str, where: dict[str, str], cards: Sequence[Card], language: str
    ) -> None:
        client = await self.client(team)
        for card in cards:
            drawn = self.message(card, team, language)

            async def post(drawn: dict[str, Any] = drawn) -> object:
                return await call(client, method, **where, **drawn)

            await self.courtesies.made(team, method, post, channel=where["channel"])

    def modal(
        self, form: Form, team: str, language: str, *, address: str = "", unfolded: bool = False
    ) -> dict[str, Any]:
        """A form as a modal."""
        with speaking(language):
            return draw_modal(form, self.canvas(team), address=address, unfolded=unfolded)

    def notice(self, cards: Sequence[Card], team: str, language: str) -> dict[str, Any]:
        """Cards as a modal that is only read."""
        with speaking(language):
            return notice(cards, self.canvas(team))

    def home_of(self, cards: Sequence[Card], team: str, language: str) -> dict[str, Any]:
        """Cards as the page of somebody who has none of their own yet."""
        with speaking(language):
            return draw_home(Home(cards=tuple(cards)), self.canvas(team))

    async def opened(self, team: str, trigger_id: str, view: dict[str, Any]) -> str | None:
        """Open a modal; its id, or None when Slack would not (the moment has passed)."""
        try:
            client = await self.client(team)
            answer = await call(client, "views.open", trigger_id=trigger_id, view=view)
        except TROUBLE as error:
            log.info("slack_modal_not_opened", error=error_code(error) or type(error).__name__)
            return None
        return str(answer.data["view"]["id"])

    async def pushed(self, team: str, trigger_id: str, view: dict[str, Any]) -> bool:
        """Show a modal on top of the one that is open, which keeps what is typed in it.

        False when Slack would not: the moment has passed.
        """
        client = await self.client(team)

        async def push() -> object:
            return await call(client, "views.push", trigger_id=trigger_id, view=view)

        return await self.courtesies.made(team, "views.push", push) is not None

    async def updated(self, team: str, view_id: str, view: dict[str, Any]) -> None:
        """Show another view in an open modal."""
        client = await self.client(team)

        async def update() -> object:
            return await call(client, "views.update", view_id=view_id, view=view)

        await self.courtesies.made(team, "views.update", update)
