from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import URL, Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.store.tables import Moment, metadata

TOKYO = timezone(timedelta(hours=9))
DIALECTS = [URL.create(name).get_dialect()() for name in ("sqlite", "postgresql")]


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_can_be_spelled_for_postgresql(name: str) -> None:
    table = metadata.tables[name]
    assert "id BIGSERIAL NOT NULL" in str(CreateTable(table).compile(dialect=DIALECTS[1]))
    assert all(str(CreateIndex(index).compile(dialect=DIALECTS[1])) for index in table.indexes)


def test_every_constraint_has_a_name() -> None:
    assert all(constraint.name for table in metadata.tables.values() for constraint in table.constraints)


@pytest.mark.parametrize("dialect", DIALECTS, ids=["sqlite", "postgresql"])
def test_a_moment_comes_back_in_utc(dialect: Dialect) -> None:
    moment, column = datetime(2026, 3, 1, 12, tzinfo=TOKYO), Moment()
    found = column.process_result_value(column.process_bind_param(moment, dialect), dialect)
    assert found == moment
    assert found is not None
    assert found.tzinfo is UTC
