"""The files of samples that the benchmarks measure on: those of tests/corpora, or others of the same form.

NABLA_CORPORA names a folder to take instead; a benchmark run as a script takes single files.
"""

import json
import os
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.desk import solve
from engine.errors import Refused
from engine.values import Budget, Json

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


def cases(path: Path) -> list[Item]:
    """Return the functions of a file that asks for gradients, critical points or constrained extrema."""
    found: list[Item] = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return found


def answered(command: str, options: dict[str, str]) -> tuple[Json | None, float]:
    """Return the data of an answer within a learner's time, None where it was refused, and its CPU seconds."""
    begun, started = time.process_time(), time.monotonic()
    budget = Budget(deadline=started + 3.0, now=time.monotonic, started=started)
    try:
        data: Json | None = solve(command, options, budget=budget).data
    except Refused:
        data = None
    return data, time.process_time() - begun


def spread(seconds: list[float]) -> str:
    """Return the middle, the 99th percentile and the longest of some times, in words."""
    ordered = sorted(seconds)
    last = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))]
    return f"CPU p50 {statistics.median(ordered):.3f} s, p99 {last:.3f} s, most {ordered[-1]:.3f} s"
