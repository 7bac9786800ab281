"""What the bot answered to something Slack told it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.slack.findings import Json


@dataclass(frozen=True)
class Acked:
    """The bot's answer: `status` None when there was none.

    `body` is the JSON object or the text that was answered, None when empty. `timed_out`: nothing
    came in the time that Slack gives. `lost`: the bot could not be reached, or broke off.
    """

    status: int | None
    body: Json | str | None
    seconds: float
    timed_out: bool = False
    lost: bool = False
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def ok(self) -> bool:
        """Whether Slack takes it as received."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def json(self) -> Json:
        """The JSON object answered; empty when there was none."""
        return self.body if isinstance(self.body, dict) else {}
