"""The tables of the group quiz: quizzes, rounds, players, sealed answers, reveals."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.columns import Moment, identifier, metadata
from bot.store.practice_tables import LONGEST_ANSWER

quiz = Table(
    "quiz",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("place", Text, nullable=False),
    Column("starter", Text, nullable=False),
    Column("concept", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("version", Integer, nullable=False),
    # Every player's numbers come from it: it stays here while the quiz runs.
    Column("seed", BigInteger, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("state IN ('running', 'ended')", name="state"),
    CheckConstraint("length(place) <= 100", name="place"),
    CheckConstraint("seconds >= 1 AND rounds >= 1", name="counts"),
    Index(None, "place", "id"),
    Index(
        "uq_quiz_running",
        "place",
        unique=True,
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
    sqlite_autoincrement=True,
)

quiz_round = Table(
    "quiz_round",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("quiz_id", identifier, ForeignKey("quiz.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    # The bell or the stop that closed it.
    Column("closed_by", Text, unique=True),
    Column("deadline_at", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("state IN ('open', 'closed')", name="state"),
    CheckConstraint("(state = 'open') = (closed_by IS NULL)", name="closed"),
    CheckConstraint("number >= 1", name="number"),
    UniqueConstraint("quiz_id", "number"),
    Index(
        "uq_quiz_round_open",
        "quiz_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    sqlite_autoincrement=True,
)

# Who has an own question; its id and the quiz's seed make the numbers. Two learners who became one may both
# be there in a round.
quiz_player = Table(
    "quiz_player",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("round_id", identifier, ForeignKey("quiz_round.id"), nullable=False),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "learner_id", "round_id"),
    Index(None, "round_id"),
    sqlite_autoincrement=True,
)

# Sealed until the bell of its round: nothing reads a verdict of an open round.
quiz_answer = Table(
    "quiz_answer",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("round_id", identifier, ForeignKey("quiz_round.id"), nullable=False),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("answer", Text, nullable=False),
    Column("read_as", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("components", JSON, nullable=False),
    Column("mistakes", JSON, nullable=False),
    Column("right_answer", Text),
    Column("created_at", Moment, nullable=False),
    Column("receipt", JSON),
    CheckConstraint("number IN (1, 2)", name="number"),
    CheckConstraint("verdict IN ('right', 'wrong', 'undecided')", name="verdict"),
    CheckConstraint(f"length(answer) <= {LONGEST_ANSWER}", name="answer"),
    UniqueConstraint("round_id", "learner_id", "number"),
    sqlite_autoincrement=True,
)

# What a closed round owes its place: to be told there. Rounds closed before there was this table owe nothing.
quiz_reveal = Table(
    "quiz_reveal",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("round_id", identifier, ForeignKey("quiz_round.id"), nullable=False, unique=True),
    # Not where the round could not be played to its end.
    Column("counts", Boolean, nullable=False),
    Column("told_at", Moment),
    # Who tells it now, and until when others leave it alone.
    Column("claimed_by", Text),
    Column("claimed_until", Moment),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name="claimed"),
    Index(
        "ix_quiz_reveal_untold",
        "created_at",
        sqlite_where=text("told_at IS NULL"),
        postgresql_where=text("told_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)
