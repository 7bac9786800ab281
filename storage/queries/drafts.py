"""Forms that people have begun."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.models import Draft


class BegunForm(NamedTuple):
    """A draft as kept: what was typed so far, what was wrong, and when it was last touched."""

    answers: dict[str, Any]
    problems: dict[str, str]
    version: int
    changed_at: datetime


def _arguments(arguments: tuple[str, ...]) -> dict[str, Any]:
    return {"words": list(arguments)}


async def begun_form(
    db: AsyncConnection, person_id: int, form: str, arguments: tuple[str, ...], *, lock: bool
) -> BegunForm | None:
    """The person's draft of that form; locked for the rest of the transaction if asked."""
    query = select(Draft.answers, Draft.problems, Draft.version, Draft.changed_at).where(
        Draft.person_id == person_id,
        Draft.form == form,
        Draft.arguments == _arguments(arguments),
    )
    row = (await db.execute(query.with_for_update() if lock else query)).one_or_none()
    return BegunForm(*row) if row else None


async def keep_draft(
    db: AsyncConnection,
    person_id: int,
    form: str,
    arguments: tuple[str, ...],
    answers: dict[str, Any],
    now: datetime,
    problems: Mapping[str, str] | None = None,
) -> int:
    """Keep what was typed; answers with the draft's new version."""
    new = insert(Draft).values(
        person_id=person_id,
        form=form,
        arguments=_arguments(arguments),
        answers=answers,
        problems=dict(problems or {}),
        changed_at=now,
    )
    written = new.on_conflict_do_update(
        index_elements=["person_id", "form", "arguments"],
        set_={
            "answers": answers,
            "problems": dict(problems or {}),
            "changed_at": now,
            "version": Draft.version + 1,
        },
    ).returning(Draft.version)
    return cast(int, await db.scalar(written))


async def drop_draft(
    db: AsyncConnection,
    person_id: int,
    form: str,
    arguments: tuple[str, ...],
    *,
    changed_at: datetime | None = None,
) -> None:
    """The form is done, or begun anew; with `changed_at`, only if it was last touched then."""
    dropped = delete(Draft).where(
        Draft.person_id == person_id,
        Draft.form == form,
        Draft.arguments == _arguments(arguments),
    )
    if changed_at is not None:
        dropped = dropped.where(Draft.changed_at == changed_at)
    await db.execute(dropped)


async def begun_forms(
    db: AsyncConnection, person_id: int, most: int = 5
) -> list[tuple[str, tuple[str, ...], datetime]]:
    """Forms that the person has begun and not sent, the latest first."""
    found = await db.execute(
        select(Draft.form, Draft.arguments, Draft.changed_at)
        .where(Draft.person_id == person_id)
        .order_by(Draft.changed_at.desc())
        .limit(most)
    )
    return [(row.form, tuple(row.arguments["words"]), row.changed_at) for row in found]
