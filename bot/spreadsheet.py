"""Tables as CSV files that a spreadsheet can open without running anything."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

# A spreadsheet would run a cell that begins like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the table with its header; a text that looks like a formula gets an apostrophe in front.

    Values that are no text are written as JSON, None as nothing. The file begins with a byte order
    mark: spreadsheets take it for the letters of another age without.
    """
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(columns)
    writer.writerows([_cell(each) for each in row] for row in rows)
    return lines.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
