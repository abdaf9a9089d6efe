"""How a SQLite connection is set up: durable, strict, and with transactions that say what they are."""

from typing import Literal

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

Begin = Literal["BEGIN", "BEGIN IMMEDIATE"]

# The driver begins no transaction by itself; `set_up` does, by name.
CONNECT_ARGUMENTS = {"isolation_level": None}


def set_up(engine: Engine, begin: Begin, patience: float, *extra: str) -> None:
    """Give every connection of an engine its pragmas, and every transaction its BEGIN.

    A writer takes its lock at once (BEGIN IMMEDIATE): one that reads first and locks later fails as soon
    as another one writes in between. `patience` is in seconds; `extra` are pragmas for this engine only.
    """
    pragmas = (
        f"busy_timeout = {round(patience * 1000)}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        *extra,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _began(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
