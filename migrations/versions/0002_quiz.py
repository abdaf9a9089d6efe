"""So that a group quiz survives a restart and no bell rings twice: quizzes, rounds, players, sealed answers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the four tables."""
    _quiz()
    _round()
    _player()
    _answer()


def downgrade() -> None:
    """Drop the four tables; what was scored stands among the attempts and stays."""
    for name in ("quiz_answer", "quiz_player", "quiz_round", "quiz"):
        op.drop_table(name)


def _quiz() -> None:
    runs = sa.text("state = 'running'")
    op.create_table(
        "quiz",
        sa.Column("id", _id, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starter", sa.Text(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("state IN ('running', 'ended')", name=op.f("ck_quiz_state")),
        sa.CheckConstraint("length(place) <= 100", name=op.f("ck_quiz_place")),
        sa.CheckConstraint("seconds >= 1 AND rounds >= 1", name=op.f("ck_quiz_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz")),
        sa.UniqueConstraint("call_id", name=op.f("uq_quiz_call_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quiz_place_id"), "quiz", ["place", "id"])
    op.create_index("uq_quiz_running", "quiz", ["place"], unique=True, sqlite_where=runs, postgresql_where=runs)


def _round() -> None:
    is_open = sa.text("state = 'open'")
    op.create_table(
        "quiz_round",
        sa.Column("id", _id, nullable=False),
        sa.Column("quiz_id", _id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("deadline_at", _moment, nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_quiz_round_state")),
        sa.CheckConstraint("(state = 'open') = (closed_by IS NULL)", name=op.f("ck_quiz_round_closed")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_quiz_round_number")),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_quiz_round_quiz_id_quiz")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_round")),
        sa.UniqueConstraint("closed_by", name=op.f("uq_quiz_round_closed_by")),
        sa.UniqueConstraint("quiz_id", "number", name=op.f("uq_quiz_round_quiz_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_quiz_round_open", "quiz_round", ["quiz_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )


def _player() -> None:
    op.create_table(
        "quiz_player",
        sa.Column("id", _id, nullable=False),
        sa.Column("round_id", _id, nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_player_round_id_quiz_round")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_quiz_player_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_player")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_quiz_player_learner_id_round_id"), "quiz_player", ["learner_id", "round_id"])
    op.create_index(op.f("ix_quiz_player_round_id"), "quiz_player", ["round_id"])


def _answer() -> None:
    op.create_table(
        "quiz_answer",
        sa.Column("id", _id, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("round_id", _id, nullable=False),
        sa.Column("learner_id", _id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("read_as", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("mistakes", sa.JSON(), nullable=False),
        sa.Column("right_answer", sa.Text(), nullable=True),
        sa.Column("created_at", _moment, nullable=False),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_quiz_answer_number")),
        sa.CheckConstraint("verdict IN ('right', 'wrong', 'undecided')", name=op.f("ck_quiz_answer_verdict")),
        sa.CheckConstraint("length(answer) <= 4000", name=op.f("ck_quiz_answer_answer")),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_answer_round_id_quiz_round")),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"], name=op.f("fk_quiz_answer_learner_id_learner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_answer")),
        sa.UniqueConstraint("call_id", name=op.f("uq_quiz_answer_call_id")),
        sa.UniqueConstraint("round_id", "learner_id", "number", name=op.f("uq_quiz_answer_round_id_learner_id_number")),
        sqlite_autoincrement=True,
    )
