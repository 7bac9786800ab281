"""Needs with their way to a decision, and assignments with theirs."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Add tables that the version before knows nothing of: it runs on this too."""
    for statement in SCHEMA.read_text(encoding="utf-8").split("\n--;\n"):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%"))


def downgrade() -> None:
    """Refused: what is kept would be lost."""
    raise NotImplementedError("This step is not taken back; restore a backup instead.")
