"""Tables that a spreadsheet can open without running anything."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bot.spreadsheet import csv_of


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_table_comes_back_as_it_was() -> None:
    assert rows(csv_of(("a", "b"), [("x, y", 3), ('"quoted"', None)])) == [["a", "b"], ["x, y", "3"], ['"quoted"', ""]]


@given(st.text(alphabet="=+-@\t\r\nab,\"' ", min_size=1, max_size=20))
def test_no_text_is_run_as_a_formula(text: str) -> None:
    cell = rows(csv_of(("a",), [(text,)]))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_negative_number_stays_a_number() -> None:
    assert rows(csv_of(("a",), [(-3,)]))[1] == ["-3"]
