"""How Slack misbehaves when a test asks it to: refusals, lost answers, throttling."""

import time
from dataclasses import dataclass, field
from typing import Literal

from tests.slack.findings import Json

ALL_METHODS = "*"


@dataclass
class Fault:
    """How the next `times` calls of a method go wrong.

    `status`, `error`: answered so, nothing done. `lost`: done, and then answered by a 500, or by
    a connection that breaks off ("dropped"). `hold`: done, and answered that many seconds later.
    """

    method: str
    times: int = 1
    status: int = 0
    error: str = ""
    retry_after: float = 0.0
    lost: bool | Literal["dropped"] = False
    hold: float = 0.0
    channel: str = ""


@dataclass
class Bucket:
    """So many calls a second, and a short burst more."""

    method: str
    per_second: float
    burst: int
    by: Literal["channel", "workspace"]
    left: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])

    def wait(self, key: str) -> float:
        """0 when one more call is let through, else the seconds until one would be."""
        now = time.monotonic()
        tokens, since = self.left.get(key, (float(self.burst), now))
        tokens = min(float(self.burst), tokens + (now - since) * self.per_second)
        if tokens >= 1:
            self.left[key] = (tokens - 1, now)
            return 0.0
        self.left[key] = (tokens, now)
        return (1 - tokens) / self.per_second


@dataclass
class Trouble:
    """The faults and limits in force, and how many calls were throttled."""

    faults: list[Fault] = field(default_factory=list[Fault])
    buckets: list[Bucket] = field(default_factory=list[Bucket])
    throttled: int = 0

    def next_fault(self, method: str, args: Json) -> Fault | None:
        """The fault that this call meets, used up by one."""
        for fault in self.faults:
            meant = fault.method in (method, ALL_METHODS)
            there = fault.channel in ("", args.get("channel"), args.get("channel_id"))
            if fault.times > 0 and meant and there:
                fault.times -= 1
                return fault
        return None

    def throttle(self, method: str, team: str, args: Json) -> float:
        """Seconds to wait when the call is too many, else 0."""
        for bucket in self.buckets:
            if bucket.method in (method, ALL_METHODS):
                where = str(args.get("channel", "")) if bucket.by == "channel" else ""
                waits = bucket.wait(f"{team}/{where}")
                if waits:
                    self.throttled += 1
                    return waits
        return 0.0
