"""How Teams misbehaves when a test asks it to: refusals, lost answers, throttling."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

Method = Literal[
    "create",
    "send",
    "update",
    "delete",
    "member",
    "members",
    "everybody",
    "team",
    "channels",
    "*",
]
"""What is asked of the connector; `members` is a page of them."""

SENDING: dict[float, int] = {1: 7, 2: 8, 30: 60, 3_600: 1_800}
"""learn.microsoft.com: Rate limiting for agents. Seconds and requests: send, create, update."""

READING: dict[float, int] = {1: 14, 2: 16, 30: 120, 3_600: 3_600}
"""The same page: members and conversations."""

EVERYTHING: dict[float, int] = {1: 50}
"""The same page: all that an app asks for in a tenant."""

SENDS = {"create", "send", "update", "delete"}


@dataclass
class Fault:
    """How the next `times` calls of a method go wrong.

    `status` (and `code`): answered so, nothing done. `lost`: done, and then answered by a 500, or
    by a connection that breaks off ("dropped"). `hold`: done, and answered that many seconds later.
    """

    method: Method
    times: int = 1
    status: int = 0
    code: str = ""
    retry_after: float = 0.0
    lost: bool | Literal["dropped"] = False
    hold: float = 0.0
    conversation: str = ""


@dataclass
class Trouble:
    """The faults and limits in force. `speed`: how fast time runs for limits; 0: there are none."""

    faults: list[Fault] = field(default_factory=list[Fault])
    speed: float = 0.0
    throttled: int = 0
    seen: dict[tuple[str, str, bool], deque[float]] = field(
        default_factory=dict[tuple[str, str, bool], deque[float]]
    )

    def next_fault(self, method: str, conversation: str) -> Fault | None:
        """The fault that this call meets, used up by one."""
        for fault in self.faults:
            meant = fault.method in (method, "*") and fault.conversation in ("", conversation)
            if fault.times > 0 and meant:
                fault.times -= 1
                return fault
        return None

    def throttle(self, app_id: str, conversation: str, method: str) -> float:
        """Real seconds to wait when the call is too many, else 0."""
        if not self.speed:
            return 0.0
        sends = method in SENDS
        now = time.monotonic() * self.speed
        own = self.seen.setdefault((app_id, conversation, sends), deque())
        every = self.seen.setdefault((app_id, "", False), deque())
        windows = SENDING if sends else READING
        waits = max(_waits(own, windows, now), _waits(every, EVERYTHING, now))
        if waits:
            self.throttled += 1
            return waits / self.speed
        own.append(now)
        every.append(now)
        return 0.0


def _waits(before: deque[float], windows: dict[float, int], now: float) -> float:
    """Seconds until one more fits in all windows, 0 when it does."""
    while before and now - before[0] > max(windows):
        before.popleft()
    waits = 0.0
    for seconds, most in windows.items():
        inside = [at for at in before if now - at < seconds]
        if len(inside) >= most:
            waits = max(waits, inside[-most] + seconds - now)
    return waits
