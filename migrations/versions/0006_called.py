"""So that reports and quizzes call people by the names they have in each server."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; a name comes into it with the next call of each learner."""
    op.create_table(
        "called",
        sa.Column("id", _id, nullable=False),
        sa.Column("identity_id", _id, nullable=False),
        sa.Column("server", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(server) <= 100", name=op.f("ck_called_server")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 32", name=op.f("ck_called_name")),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_called_identity_id_identity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_called")),
        sa.UniqueConstraint("identity_id", "server", name=op.f("uq_called_identity_id_server")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop the table; who has chosen no name is shown by the key again."""
    op.drop_table("called")
