"""What this process counts, for /metrics; names are kept, since dashboards are built on them.

`registry` is our own, so that nothing of another library comes along.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge

registry = CollectorRegistry()

sent = Counter(
    "samspel_messages_sent", "Messages that a platform took", ["platform"], registry=registry
)
drawn = Counter(
    "samspel_cards_drawn", "Living cards posted or drawn again", ["platform"], registry=registry
)
failed = Counter(
    "samspel_messages_failed",
    "Messages given up, on the undelivered list",
    ["platform"],
    registry=registry,
)
expired = Counter(
    "samspel_messages_expired", "Messages dropped unsent, too old", ["platform"], registry=registry
)
letters_stopped = Counter(
    "samspel_letters_stopped",
    "Digests and reminders not written, since the person has stopped them by mail",
    registry=registry,
)
attempts_failed = Counter(
    "samspel_delivery_attempts_failed",
    "Attempts to send or draw that failed",
    ["platform"],
    registry=registry,
)
asked_to_wait = Counter(
    "samspel_delivery_asked_to_wait",
    "Times that a platform asked us to wait (429)",
    ["platform"],
    registry=registry,
)
found_again = Counter(
    "samspel_messages_found_again",
    "Sends of unknown outcome that were found to have arrived",
    ["platform"],
    registry=registry,
)
perhaps_twice = Counter(
    "samspel_messages_perhaps_twice",
    "Sends of unknown outcome repeated where the platform cannot be asked",
    ["platform"],
    registry=registry,
)
waiting = Gauge(
    "samspel_messages_waiting",
    "Messages due and not yet sent, when last counted",
    registry=registry,
)
oldest_waiting = Gauge(
    "samspel_oldest_waiting_seconds",
    "Seconds since the oldest message that waits was due, when last counted",
    registry=registry,
)

waiting_there = Gauge(
    "samspel_platform_waiting",
    "Messages due and not yet sent through a platform, when last counted",
    ["platform"],
    registry=registry,
)
oldest_there = Gauge(
    "samspel_platform_oldest_waiting_seconds",
    "Seconds since the oldest message that waits for a platform was due, when last counted",
    ["platform"],
    registry=registry,
)
undelivered = Gauge(
    "samspel_undelivered",
    "What was given up and waits to be tried again by somebody, when last counted",
    ["platform"],
    registry=registry,
)
