"""So that whoever manages a place can allow hints only there."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; a place that is not in it allows solutions."""
    op.create_table(
        "place",
        sa.Column("id", _id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("solutions", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(key) <= 100", name=op.f("ck_place_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("key", name=op.f("uq_place_key")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop the table; every place allows solutions again."""
    op.drop_table("place")
