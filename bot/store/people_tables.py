"""The tables of people and places: who somebody is, what is chosen, what was deleted."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from bot.learning.names import LONGEST_NAME
from bot.store.columns import Moment, identifier, metadata

learner = Table(
    "learner",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

# Every key that leads to a learner; `learner.key` is the one of them that Nabla calls the learner by.
identity = Table(
    "identity",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "learner_id"),
    sqlite_autoincrement=True,
)

# What a front calls somebody in a server; servers do not learn of the names in each other.
called = Table(
    "called",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("identity_id", identifier, ForeignKey("identity.id"), nullable=False),
    Column("server", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("length(server) <= 100", name="server"),
    CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_NAME}", name="name"),
    UniqueConstraint("identity_id", "server"),
    sqlite_autoincrement=True,
)

# Null where the learner has chosen nothing.
preference = Table(
    "preference",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False, unique=True),
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
    Column("id", identifier, primary_key=True),
    Column("call_id", Text, nullable=False, unique=True),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("what IN ('settings', 'code', 'wrong code', 'joined')", name="what"),
    Index(None, "learner_id", "what", "created_at"),
    sqlite_autoincrement=True,
)

link_code = Table(
    "link_code",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("learner_id", identifier, ForeignKey("learner.id"), nullable=False),
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
    Column("id", identifier, primary_key=True),
    Column("call_hash", Text, nullable=False, unique=True),
    Column("counts", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

# What whoever manages a place has set there; a place that is not in it has the defaults.
place = Table(
    "place",
    metadata,
    Column("id", identifier, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("solutions", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("length(key) <= 100", name="key"),
    sqlite_autoincrement=True,
)
