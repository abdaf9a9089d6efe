"""The files of samples that the benchmarks measure on: those of tests/corpora, or others of the same form.

NABLA_CORPORA names a folder to take instead; a benchmark run as a script takes single files.
"""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Item = dict[str, Any]

CORPORA = Path(os.environ.get("NABLA_CORPORA", Path(__file__).parents[1] / "corpora"))
# What an item of each kind of file has, and no item of another kind.
_TELLING = {"accept": "equiv", "message": "parse_reject", "field": "attack", "points": "parse_ok"}
_given: dict[str, Path] = {}


def items(name: str) -> list[Item]:
    """Return the items of the file of this name, or of the file that was given in its place."""
    path = _given.get(name, CORPORA / f"{name}.json")
    found: list[Item] = json.loads(path.read_text(encoding="utf-8"))["items"]
    return found


def measure(arguments: list[str], measures: Mapping[str, tuple[Callable[[], None], ...]]) -> int:
    """Measure what there is to measure on each file, and return 1 if something came out that must never happen.

    measures: what is measured on each kind of file; the kind of a file is told by its first item.
    """
    failed = 0
    for argument in arguments:
        path = Path(argument)
        first = json.loads(path.read_text(encoding="utf-8"))["items"][0]
        name = next(kind for key, kind in _TELLING.items() if key in first)
        _given[name] = path
        for each in measures.get(name, ()):
            try:
                each()
            except AssertionError as wrong:
                failed = 1
                print(f"FAILED {each.__name__}: {wrong}")
    return failed
