"""So that one learner may come through several fronts, have settings, and take everything along or away."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the five tables; every learner is known by the key it has had so far."""
    _identity()
    _preference()
    _deed()
    _link_code()
    _erasure()
    op.execute("INSERT INTO identity (key, learner_id, created_at) SELECT key, id, created_at FROM learner ORDER BY id")


def downgrade() -> None:
    """Drop the five tables; learners keep the key they go by, and joined ones stay joined."""
    for name in ("erasure", "link_code", "deed", "preference", "identity"):
        op.drop_table(name)


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("id", _id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_identity_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("key", name=op.f("uq_identity_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_identity_learner_id"), "identity", ["learner_id"])


def _preference() -> None:
    op.create_table(
        "preference",
        sa.Column("id", _id, nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("decimals", sa.Integer(), nullable=True),
        sa.Column("pictures", sa.Boolean(), nullable=True),
        sa.Column("motion", sa.Boolean(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.CheckConstraint("theme IN ('dark', 'light')", name=op.f("ck_preference_theme")),
        sa.CheckConstraint("decimals BETWEEN 2 AND 12", name=op.f("ck_preference_decimals")),
        sa.CheckConstraint("length(name) <= 32", name=op.f("ck_preference_name")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_preference_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
        sa.UniqueConstraint("learner_id", name=op.f("uq_preference_learner_id")),
        sqlite_autoincrement=True,
    )


def _deed() -> None:
    op.create_table(
        "deed",
        sa.Column("id", _id, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("what IN ('settings', 'code', 'wrong code', 'joined')", name=op.f("ck_deed_what")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_deed_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deed")),
        sa.UniqueConstraint("call_id", name=op.f("uq_deed_call_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deed_learner_id_what_created_at"), "deed", ["learner_id", "what", "created_at"])


def _link_code() -> None:
    op.create_table(
        "link_code",
        sa.Column("id", _id, nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", _moment, nullable=True),
        sa.Column("created_at", _moment, nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_link_code_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_code_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_link_code_learner_id"), "link_code", ["learner_id"])


def _erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", _id, nullable=False),
        sa.Column("call_hash", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("call_hash", name=op.f("uq_erasure_call_hash")),
        sqlite_autoincrement=True,
    )
