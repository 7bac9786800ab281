"""Signed links in mails: one that stops a kind of letter, one that leads a person on.

Nothing is kept of them: they are signed with a key of ours (`SecretKeys`), say whom they are for,
and open nothing by being opened. docs/email.md says what each of them can do.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import get_args

from bot.addresses import is_ours
from bot.outbox import Letter
from handlers.secret_keys import SecretKeys

STOP, ENTRY = "mail-stop", "mail-entry"
"""What tokens are signed for: one of them is never taken for the other."""

ENTRY_LASTS = timedelta(days=14)
UNSIGNED = ("/brev/", "/konto/", "/logga-")
"""Pages that need nobody to be signed in."""


@dataclass(frozen=True)
class Stop:
    """That a person stops a kind of letter."""

    person_id: int
    letter: Letter


@dataclass(frozen=True)
class Entry:
    """That whoever got the mail goes on to `path` as the person it was for, until `ends_at`."""

    person_id: int
    address_mark: str
    ends_at: datetime
    path: str

    def is_for(self, address: str) -> bool:
        """Whether the mail was sent to the address."""
        return self.address_mark == _mark_of(address)


def stop_path(keys: SecretKeys, stop: Stop) -> str:
    """The page that stops it, by its button or a mail program's."""
    return f"/brev/sluta/{keys.sign(f'{stop.person_id}|{stop.letter}', STOP)}"


def read_stop(keys: SecretKeys, token: str) -> Stop | None:
    """What a link stops; None for a token that is none of ours."""
    person, _bar, letter = (keys.signed(token, STOP) or "").partition("|")
    for known in get_args(Letter):
        if person.isdecimal() and letter == known:
            return Stop(int(person), known)
    return None


def entry_path(keys: SecretKeys, person_id: int, address: str, path: str, now: datetime) -> str:
    """The page that leads on to `path` of ours, for two weeks."""
    if path.startswith(UNSIGNED) or not is_ours(path):
        return path
    ends = int((now + ENTRY_LASTS).timestamp())
    return f"/brev/till/{keys.sign(f'{person_id}|{_mark_of(address)}|{ends}|{path}', ENTRY)}"


def read_entry(keys: SecretKeys, token: str) -> Entry | None:
    """Whom a link leads where, also when its time is over; None for one that is none of ours."""
    person, mark, ends, path = ((keys.signed(token, ENTRY) or "").split("|", 3) + [""] * 4)[:4]
    if not (person.isdecimal() and ends.isdecimal() and is_ours(path)):
        return None
    return Entry(int(person), mark, datetime.fromtimestamp(int(ends), UTC), path)


def _mark_of(address: str) -> str:
    return sha256(f"samspel:{address.lower()}".encode()).hexdigest()[:16]
