"""The tables. Attempts and hints are facts, appended and never changed.

Written for SQLite and PostgreSQL alike. Whatever a call causes carries the call's id, once: a delivery
that comes again finds it. Ids are never given out twice, since buttons in old messages name them.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

LONGEST_ANSWER = 4000
LONGEST_NAME = 32

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is put on again when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, without its zone for SQLite; raises ValueError if it has none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


# SQLite counts up by itself only where the type is written INTEGER.
_id = BigInteger().with_variant(Integer(), "sqlite")

learner = Table(
    "learner",
    metadata,
    Column("id", _id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

exercise = Table(
    "exercise",
    metadata,
    Column("id", _id, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False),
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
    Column("id", _id, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("exercise_id", _id, ForeignKey("exercise.id"), nullable=False),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False),
    Column("try", Integer, key="try_number", nullable=False),
    Column("answer", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("components", JSON, nullable=False),
    Column("mistakes", JSON, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
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
    Column("id", _id, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("exercise_id", _id, ForeignKey("exercise.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("number >= 1", name="number"),
    UniqueConstraint("exercise_id", "number"),
    sqlite_autoincrement=True,
)

quiz = Table(
    "quiz",
    metadata,
    Column("id", _id, primary_key=True),
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
    Column("id", _id, primary_key=True),
    Column("quiz_id", _id, ForeignKey("quiz.id"), nullable=False),
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
    Column("id", _id, primary_key=True),
    Column("round_id", _id, ForeignKey("quiz_round.id"), nullable=False),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "learner_id", "round_id"),
    Index(None, "round_id"),
    sqlite_autoincrement=True,
)

# Sealed until the bell of its round: nothing reads a verdict of an open round.
quiz_answer = Table(
    "quiz_answer",
    metadata,
    Column("id", _id, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("round_id", _id, ForeignKey("quiz_round.id"), nullable=False),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("answer", Text, nullable=False),
    Column("read_as", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("components", JSON, nullable=False),
    Column("mistakes", JSON, nullable=False),
    Column("right_answer", Text),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("number IN (1, 2)", name="number"),
    CheckConstraint("verdict IN ('right', 'wrong', 'undecided')", name="verdict"),
    CheckConstraint(f"length(answer) <= {LONGEST_ANSWER}", name="answer"),
    UniqueConstraint("round_id", "learner_id", "number"),
    sqlite_autoincrement=True,
)

# Every key that leads to a learner; `learner.key` is the one of them that Nabla calls the learner by.
identity = Table(
    "identity",
    metadata,
    Column("id", _id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "learner_id"),
    sqlite_autoincrement=True,
)

# Null where the learner has chosen nothing.
preference = Table(
    "preference",
    metadata,
    Column("id", _id, primary_key=True),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False, unique=True),
    Column("theme", Text),
    Column("decimals", Integer),
    Column("pictures", Boolean),
    Column("motion", Boolean),
    Column("timezone", Text),
    Column("name", Text),
    Column("hidden", Boolean, nullable=False),
    CheckConstraint("theme IN ('dark', 'light')", name="theme"),
    CheckConstraint("decimals BETWEEN 2 AND 12", name="decimals"),
    CheckConstraint(f"length(name) <= {LONGEST_NAME}", name="name"),
    sqlite_autoincrement=True,
)

# What calls did that leaves no row of its own elsewhere.
deed = Table(
    "deed",
    metadata,
    Column("id", _id, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("what IN ('settings', 'code', 'wrong code', 'joined')", name="what"),
    Index(None, "learner_id", "what", "created_at"),
    sqlite_autoincrement=True,
)

link_code = Table(
    "link_code",
    metadata,
    Column("id", _id, primary_key=True),
    Column("learner_id", _id, ForeignKey("learner.id"), nullable=False),
    Column("code_hash", Text, nullable=False, unique=True),
    Column("used_at", Moment),
    Column("created_at", Moment, nullable=False),
    Index(None, "learner_id"),
    sqlite_autoincrement=True,
)

# That something was deleted, and how much; nothing in it leads to whose it was.
erasure = Table(
    "erasure",
    metadata,
    Column("id", _id, primary_key=True),
    Column("call_hash", Text, nullable=False, unique=True),
    Column("counts", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

# What whoever manages a place has set there; a place that is not in it has the defaults.
place = Table(
    "place",
    metadata,
    Column("id", _id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("solutions", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("length(key) <= 100", name="key"),
    sqlite_autoincrement=True,
)
