"""What activities and needs say of themselves, found by its words."""

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    """Add two indexes; the version before runs on this too."""
    for statement in SCHEMA.read_text(encoding="utf-8").split("\n--;\n"):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%"))


def downgrade() -> None:
    """Take the indexes away."""
    op.drop_index("ix_needs_texts", "needs")
    op.drop_index("ix_activity_values_texts", "activity_values")
