"""A view by name, made of invented data: for looking at, for type checks and for tests."""

from dataclasses import dataclass

from bot.conversations.forms import Form, Home
from bot.conversations.views import Card
from bot.specimens.voice import Flavour


@dataclass(frozen=True)
class Specimen:
    """One view. `of` is the conversation that shows it, empty for what the bot says by itself.

    `unfolded`: a form whose further fields have been asked for.
    """

    name: str
    of: str
    view: Card | Form | Home
    flavour: Flavour
    language: str
    unfolded: bool = False

    @property
    def full_name(self) -> str:
        """Its name with what it is made of: no two specimens share it."""
        return "-".join(
            (self.name, self.flavour.value, *(() if self.language == "sv" else (self.language,)))
        )


@dataclass(frozen=True)
class Drawn:
    """What a conversation shows, before it is said of which world and in which language."""

    name: str
    of: str
    view: Card | Form | Home
    unfolded: bool = False
