"""One attempt: what is next is drawn and handed to its platform, and what came of it told.

Nothing is recorded here. Whatever a platform raises becomes an `Outcome`; what people wrote
never reaches a cause or the log.
"""

import asyncio
import traceback
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from json import JSONDecodeError
from pathlib import PurePath
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import metrics
from bot.conversations.forms import read_card
from bot.conversations.views import Card
from bot.delivery.platform import (
    CannotTell,
    CardGone,
    Destination,
    Draw,
    Gone,
    Key,
    NotSent,
    Platform,
    Refused,
    TryLater,
)
from bot.language import _, speaking
from storage.queries.delivery import Taken

log = structlog.get_logger()
T = TypeVar("T")

SKEW = timedelta(minutes=1)
"""How far a platform's clock may be from the database's."""


POISONED_AFTER = 3
"""Attempts that end in a fault of the program before the message is given up."""

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a program raises that is wrong; an answer that is no JSON is the platform's trouble."""


@dataclass(frozen=True)
class Arrived:
    """The platform took it, and calls it `reference`."""

    reference: str


@dataclass(frozen=True)
class NothingToShow:
    """The card has nothing to show any more."""


@dataclass(frozen=True)
class CannotUpdate:
    """The posted card can no longer be updated."""


@dataclass(frozen=True)
class Hopeless:
    """It will never arrive; `closed`: nor will anything else in that conversation."""

    cause: str
    closed: bool = False


@dataclass(frozen=True)
class Later:
    """The platform asks us to wait; `settled` as for `Failing`."""

    seconds: float
    whole: bool
    settled: bool


@dataclass(frozen=True)
class Failing:
    """It did not work this time. `settled`: it surely did not arrive."""

    cause: str
    settled: bool


Outcome = Arrived | NothingToShow | CannotUpdate | Hopeless | Later | Failing


@dataclass(frozen=True)
class Attempt:
    """All that one attempt needs.

    `time_left` tells how many seconds of the lease are left, by this process' own clock.
    """

    platform: Platform
    to: Destination
    item: Taken
    key: Key
    transaction: Callable[[], AbstractAsyncContextManager[AsyncConnection]]
    draw: Draw
    timeout: float
    time_left: Callable[[], float]

    async def made(self) -> Outcome:
        """Make it; every way it can end is an outcome."""
        try:
            card = await self._card()
        except (OperationalError, InterfaceError, NoConnectionError, TimeoutError) as error:
            return self._trouble(error, settled=self.item.unsettled_since is None)
        except Exception as error:
            self._log(error)
            return Hopeless(_("Kan inte ritas ({error})", error=type(error).__name__))
        return await self._handed_over(card)

    async def _card(self) -> Card | None:
        if self.item.kind == "message":
            return read_card(self.item.view)
        if self.item.withdrawn:
            return None
        with speaking(self.to.language):
            async with asyncio.timeout(self.timeout), self.transaction() as db:
                return await self.draw(
                    db, self.item.card_kind, self.item.subject_id, self.to.language
                )

    async def _handed_over(self, card: Card | None) -> Outcome:
        reference = self.item.reference
        unsettled = self.item.unsettled_since is not None and reference is None
        try:
            if unsettled:
                reference = await self._found()
                if reference is not None and card is not None:
                    return Arrived(reference)
                unsettled = reference is not None
            if card is None:
                return await self._taken_away(reference)
            with speaking(self.to.language):
                return Arrived(await self._call(self._sent(card)))
        except Refused as refused:
            return Hopeless(str(refused), closed=isinstance(refused, Gone))
        except TryLater as later:
            return Later(later.seconds, later.whole, settled=not unsettled)
        except CardGone:
            return CannotUpdate()
        except NotSent as error:
            return self._trouble(error, settled=not unsettled, cause=str(error))
        except Exception as error:
            if self._is_poison(error):
                self._log(error)
                return Hopeless(_("Kan inte skickas ({error})", error=type(error).__name__))
            return self._trouble(error, settled=False)

    def _is_poison(self, error: Exception) -> bool:
        """A fault of ours in this very message: again would end the same, and hold up the rest."""
        ours = isinstance(error, FAULTS) and not isinstance(error, JSONDecodeError)
        return ours and self.item.attempts >= POISONED_AFTER

    async def _taken_away(self, reference: str | None) -> Outcome:
        """Nothing is left to show: what stands at `reference` goes, and the card is struck."""
        if reference is not None:
            await self._call(self.platform.remove(self.to, reference))
        return NothingToShow()

    async def _sent(self, card: Card) -> str:
        if self.item.reference is None:
            return await self.platform.send(self.to, card, key=self.key, thread=self.item.thread)
        version = self.item.version
        await self.platform.update(
            self.to, self.item.reference, card, key=self.key, version=version
        )
        return self.item.reference

    async def _found(self) -> str | None:
        since, until = self.item.unsettled_since, self.item.attempted_at
        assert since is not None
        assert until is not None
        until += timedelta(seconds=self.timeout) + SKEW
        try:
            reference = await self._call(
                self.platform.find(
                    self.to,
                    key=self.key,
                    since=since - SKEW,
                    until=until,
                    thread=self.item.thread,
                )
            )
        except CannotTell:
            metrics.perhaps_twice.labels(self.to.platform).inc()
            log.warning("delivery_perhaps_twice", key=str(self.key), platform=self.to.platform)
            return None
        if reference is not None:
            metrics.found_again.labels(self.to.platform).inc()
        return reference

    async def _call(self, call: Coroutine[Any, Any, T]) -> T:
        """Await a platform, unless the lease might run out before it answers."""
        if self.time_left() < self.timeout:
            call.close()
            raise NotSent(_("Hann inte i tid"))
        async with asyncio.timeout(self.timeout):
            return await call

    def _trouble(self, error: Exception, *, settled: bool, cause: str = "") -> Failing:
        self._log(error)
        if isinstance(error, TimeoutError):
            cause = _("Inget svar i tid")
        return Failing(cause or _("Fel: {error}", error=type(error).__name__), settled=settled)

    def _log(self, error: Exception) -> None:
        """Never the exception's words: they may hold what people wrote."""
        where = traceback.extract_tb(error.__traceback__)[-1:]
        log.warning(
            "delivery_attempt_failed",
            key=str(self.key),
            platform=self.to.platform,
            conversation=self.to.conversation_id,
            error=type(error).__name__,
            where=[f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in where],
        )
