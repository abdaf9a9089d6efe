"""So that what a learner has done survives a restart: learners, exercises, attempts and hints."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the four tables."""
    _learner()
    _exercise()
    _attempt()
    _hint()


def downgrade() -> None:
    """Drop the four tables, and with them all records."""
    for name in ("hint", "attempt", "exercise", "learner"):
        op.drop_table(name)


def _learner() -> None:
    op.create_table(
        "learner",
        sa.Column("id", _id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner")),
        sa.UniqueConstraint("key", name=op.f("uq_learner_key")),
        sqlite_autoincrement=True,
    )


def _exercise() -> None:
    is_open = sa.text("state = 'open'")
    op.create_table(
        "exercise",
        sa.Column("id", _id, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("state IN ('open', 'solved', 'replaced', 'given up')", name=op.f("ck_exercise_state")),
        sa.CheckConstraint("(state = 'open') = (ended_by IS NULL)", name=op.f("ck_exercise_ended")),
        sa.CheckConstraint("tries >= 0 AND hints >= 0", name=op.f("ck_exercise_counts")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_exercise_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise")),
        sa.UniqueConstraint("call_id", name=op.f("uq_exercise_call_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_exercise_learner_id_id"), "exercise", ["learner_id", "id"])
    op.create_index(
        "uq_exercise_open", "exercise", ["learner_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", _id, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("exercise_id", _id, nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("try", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("mistakes", sa.JSON(), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("verdict IN ('right', 'wrong', 'undecided')", name=op.f("ck_attempt_verdict")),
        sa.CheckConstraint('"try" >= 1 AND hints >= 0', name=op.f("ck_attempt_counts")),
        sa.CheckConstraint("length(answer) <= 4000", name=op.f("ck_attempt_answer")),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_attempt_exercise_id_exercise")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_attempt_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("call_id", name=op.f("uq_attempt_call_id")),
        sa.UniqueConstraint("exercise_id", "learner_id", "try", name=op.f("uq_attempt_exercise_id_learner_id_try")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attempt_learner_id_id"), "attempt", ["learner_id", "id"])


def _hint() -> None:
    op.create_table(
        "hint",
        sa.Column("id", _id, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("exercise_id", _id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_hint_number")),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_hint_exercise_id_exercise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hint")),
        sa.UniqueConstraint("call_id", name=op.f("uq_hint_call_id")),
        sa.UniqueConstraint("exercise_id", "number", name=op.f("uq_hint_exercise_id_number")),
        sqlite_autoincrement=True,
    )
