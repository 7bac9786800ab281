"""The first schema, with the charter's bodies and posts."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).with_suffix(".sql")

BODIES = """
INSERT INTO bodies (kind, name) VALUES
  ('board', 'Direktionen'),
  ('presidium', 'Presidiet'),
  ('reference_group', 'Politisk referensgrupp'),
  ('municipal_directors', 'Kommundirektörsgruppen'),
  ('steering_group', 'Styrgruppen')
"""
POSTS = "INSERT INTO posts (kind) VALUES ('manager'), ('federation_director')"


def upgrade() -> None:
    """Make every table, constraint and trigger."""
    for statement in SCHEMA.read_text(encoding="utf-8").split("\n--;\n"):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%"))
    op.execute(BODIES)
    op.execute(POSTS)


def downgrade() -> None:
    """Refused: what is kept would be lost."""
    raise NotImplementedError("The first step is not taken back; make a new database instead.")
