"""The tables of practising. Attempts and hints are facts, appended and never changed."""

from sqlalchemy import (
    JSON,
    BigInteger,
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

LONGEST_ANSWER = 4000

exercise = Table(
    "exercise",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False),
    Column("place", Text, nullable=False),
    Column("concept", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("given", JSON, nullable=False),
    Column("state", Text, nullable=False),
    # The call that solved it, gave it up or replaced it.
    Column("ended_by", Text),
    Column("tries", Integer, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("state IN ('open', 'solved', 'replaced', 'given up')", name="state"),
    CheckConstraint("(state = 'open') = (ended_by IS NULL)", name="ended"),
    CheckConstraint("tries >= 0 AND hints >= 0", name="counts"),
    Index(None, "learner_id", "id"),
    Index(
        "uq_exercise_open",
        "learner_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    sqlite_autoincrement=True,
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("exercise_id", identifier, ForeignKey("exercise.id"), nullable=False),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False),
    Column("try", Integer, key="try_number", nullable=False),
    Column("answer", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("components", JSON, nullable=False),
    Column("mistakes", JSON, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("receipt", JSON),
    CheckConstraint("verdict IN ('right', 'wrong', 'undecided')", name="verdict"),
    CheckConstraint('"try" >= 1 AND hints >= 0', name="counts"),
    CheckConstraint(f"length(answer) <= {LONGEST_ANSWER}", name="answer"),
    UniqueConstraint("exercise_id", "learner_id", "try_number"),
    Index(None, "learner_id", "id"),
    sqlite_autoincrement=True,
)

hint = Table(
    "hint",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("exercise_id", identifier, ForeignKey("exercise.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("number >= 1", name="number"),
    UniqueConstraint("exercise_id", "number"),
    sqlite_autoincrement=True,
)
