"""Reminders of what was not done in time, told apart from those that were answered; and when
meetings came into the calendar, beside when drafts to them were written."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Add tables and columns that the version before leaves alone: it runs on this too."""
    for statement in SCHEMA.read_text(encoding="utf-8").split("\n--;\n"):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%"))


def downgrade() -> None:
    """Refused: what is kept would be lost."""
    raise NotImplementedError("This step is not taken back; restore a backup instead.")
