"""How a platform reaches a conversation beside its address; under which line a message stands."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE conversations ADD COLUMN route TEXT, ADD COLUMN team TEXT",
    "CREATE INDEX ix_conversations_team ON conversations (connection_id, team) "
    "WHERE team IS NOT NULL",
    "ALTER TABLE messages ADD COLUMN thread TEXT",
    "ALTER TABLE account_requests ADD COLUMN route TEXT",
)


def upgrade() -> None:
    """Add columns that the version before leaves alone: it runs on this too."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Refused: what is kept would be lost."""
    raise NotImplementedError("This step is not taken back; restore a backup instead.")
