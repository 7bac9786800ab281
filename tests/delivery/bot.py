"""A bot in a process of its own, for tests to kill: delivers to the web and to the counterpart.

`python -m tests.delivery.bot DATABASE_URL COUNTERPART_URL` prints a line when it listens.
"""

import asyncio
import sys

from bot.clock import wall_clock
from bot.delivery import Platform
from bot.delivery.loop import Delivery
from handlers.web.send import WebPlatform
from storage.database import Database
from tests.counterpart import CounterpartPlatform
from tests.delivery.scene import drawn, quick


async def deliver(database_url: str, counterpart_url: str) -> None:
    """Deliver until killed."""
    database = Database(database_url)
    web = WebPlatform(database, wall_clock)
    counterpart = CounterpartPlatform(counterpart_url)
    platforms: dict[str, Platform] = {web.name: web, counterpart.name: counterpart}
    settings = quick(lease_seconds=1.0, send_timeout_seconds=0.5)
    print("ready", flush=True)
    await Delivery(database, platforms, drawn, settings).run()


if __name__ == "__main__":
    asyncio.run(deliver(sys.argv[1], sys.argv[2]))
