"""So that the verdict on an attempt can be come to again and shown: what was drawn for it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TABLES = ("attempt", "quiz_answer")


def upgrade() -> None:
    """Add the receipts; attempts from before have none."""
    for table in _TABLES:
        op.add_column(table, sa.Column("receipt", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop the receipts; the verdicts stay."""
    for table in reversed(_TABLES):
        op.drop_column(table, "receipt")
