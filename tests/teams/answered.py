"""What the bot answered to an activity."""

from dataclasses import dataclass

from tests.teams.findings import Json


@dataclass(frozen=True)
class Answer:
    """The bot's answer: `status` None when there was none.

    `body` is the JSON object or the text that was answered, None when empty. `timed_out`: nothing
    came in the time that Teams gives. `lost`: the bot could not be reached, or broke off.
    """

    status: int | None
    body: Json | str | None
    seconds: float
    timed_out: bool = False
    lost: bool = False

    @property
    def ok(self) -> bool:
        """Whether Teams takes it as received."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def json(self) -> Json:
        """The JSON object answered; empty when there was none."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def says(self) -> str:
        """The words of an invoke's answer that is a message; empty for every other answer."""
        value = self.json.get("value")
        return value if isinstance(value, str) else ""
