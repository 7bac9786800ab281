"""What people were answered in last, for what must be said before the database answers."""

from dataclasses import dataclass, field

REMEMBERED = 10_000
"""People whose language a process remembers."""

Account = tuple[str, str]
"""A workspace or tenant, and the user there."""


@dataclass
class Spoken:
    """The languages of people, in one process."""

    otherwise: str
    """What is spoken to those it does not know of."""

    _languages: dict[Account, str] = field(default_factory=dict[Account, str])

    def to(self, account: Account) -> str:
        """The language to speak to somebody."""
        return self._languages.get(account, self.otherwise)

    def keep(self, account: Account, language: str) -> None:
        """They were answered in it."""
        if len(self._languages) > REMEMBERED:
            self._languages.clear()
        self._languages[account] = language
