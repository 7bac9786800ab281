"""Ways in: accounts that ask to be linked to a person, and links to install by."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, Now, one_of


class AccountRequest(Base):
    """A platform's account that says it is a person's; one row an account.

    It is linked when the button behind the link sent to the directory's own address is pressed
    (`token_hash`, until `expires_at`), or by an administrator. `address` is its private chat with
    the bot, with its `route`; `name` and `language` are what the platform says of it, `place` what
    the registered house is called, if anything. `unmailed`: why no link was sent.
    """

    __tablename__ = "account_requests"
    __table_args__ = (
        UniqueConstraint("platform", "tenant", "user_id"),
        CheckConstraint(one_of("language", "sv", "en"), name="language"),
        CheckConstraint(one_of("outcome", "linked", "refused"), name="outcome"),
        CheckConstraint(one_of("unmailed", "failed", "not_set_up"), name="unmailed"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
    )
    id: Mapped[Id]
    platform: Mapped[str]
    tenant: Mapped[str]
    user_id: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    language: Mapped[str]
    address: Mapped[str]
    route: Mapped[str | None]
    place: Mapped[str]
    unmailed: Mapped[str | None]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    outcome: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]


class InstallLink(Base):
    """A link by which a platform is installed once; only its hash is kept."""

    __tablename__ = "install_links"
    id: Mapped[Id]
    platform: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_by: Mapped[str]
    created_at: Mapped[Now]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
