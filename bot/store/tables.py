"""The tables. Attempts and hints are facts, appended and never changed.

Written for SQLite and PostgreSQL alike. Whatever a call causes carries the call's id, once: a delivery
that comes again finds it. Ids are never given out twice, since buttons in old messages name them.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
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
