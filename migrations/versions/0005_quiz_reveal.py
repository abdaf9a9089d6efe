"""So that what comes out of a round is told in its place, whatever ends the process in between."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table; rounds that are closed already are not in it, so they count and are told."""
    open_ = sa.text("told_at IS NULL")
    op.create_table(
        "quiz_reveal",
        sa.Column("id", _id, nullable=False),
        sa.Column("round_id", _id, nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("told_at", _moment, nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_until", _moment, nullable=True),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name=op.f("ck_quiz_reveal_claimed")),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_reveal_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_reveal")),
        sa.UniqueConstraint("round_id", name=op.f("uq_quiz_reveal_round_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quiz_reveal_untold", "quiz_reveal", ["created_at"], sqlite_where=open_, postgresql_where=open_)


def downgrade() -> None:
    """Drop the table; what is not told yet is told no more, and the answers of every round are shown as counted."""
    op.drop_table("quiz_reveal")
