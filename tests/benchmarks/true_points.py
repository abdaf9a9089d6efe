"""Is a point what it is said to be? Its second derivatives and the values round it are looked at in numbers."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import mpmath

from tests.benchmarks.step_numbers import OutsideError, close, parted, slope, value

_FLAT = 1e-7


def _placed(given: str, data: Mapping[str, Any]) -> dict[str, Any]:
    point = value(parted(given, ": ")[0], {})
    return dict(zip(data["variables"], point if isinstance(point, list) else [point], strict=True))


def tested(given: str, stated: str, data: Mapping[str, Any]) -> bool:
    """Tell whether the second-derivative test says this at a point, where the gradient is zero."""
    at, names = _placed(given, data), [*data["variables"]]
    if not all(close(slope(data["f"], [name], at), 0, 1e-8) for name in names):
        return False
    matrix = mpmath.matrix([[slope(data["f"], [a, b], at) for b in names] for a in names])
    values = [float(each) for each in mpmath.eigsy(matrix, eigvals_only=True)]
    low, high = min(values), max(values)
    mixed = low < -_FLAT and high > _FLAT
    if stated == "inconclusive":
        return not mixed and any(abs(each) <= _FLAT for each in values)
    said = {"local minimum": low > _FLAT, "local maximum": high < -_FLAT, "saddle point": mixed}
    return said.get(stated, False)


def extremum(given: str, stated: str, data: Mapping[str, Any], *, free: bool) -> bool:
    """Tell whether the values near a point agree with what it is said to be.

    free: without constraints; with them only points that satisfy these count.
    """
    at = _placed(given, data)
    if not free:
        return all(_holds(each, at) for each in data["subject"])
    here = value(data["f"], at)
    higher, lower = _compared(data["f"], here, at, [*data["variables"]])
    said = {"local minimum": not lower, "local maximum": not higher, "saddle point": higher and lower}
    return said.get(stated, stated == "not decided")


def _holds(limit: Mapping[str, str], at: Mapping[str, Any]) -> bool:
    found = value(limit["g"], at)
    if limit["sign"] == "=":
        return close(found, 0)
    return bool(found <= 1e-9 if limit["sign"].startswith("<") else found >= -1e-9)


def _compared(f: str, here: Any, at: Mapping[str, Any], names: Sequence[str]) -> tuple[bool, bool]:
    """Return whether there are higher and lower values nearby, also along ways that are bent."""
    higher = lower = False
    shares = (-1, -0.7, -0.2, 0, 0.55, 1)
    for way in itertools.product(shares, repeat=len(names)):
        for sizes in itertools.product(("2e-2", "1e-3", "2e-5"), repeat=len(names)):
            parts = zip(names, way, sizes, strict=True)
            try:
                change = value(f, {n: at[n] + mpmath.mpf(size) * share for n, share, size in parts}) - here
            except OutsideError:
                continue
            higher |= bool(change > 1e-26)
            lower |= bool(change < -1e-26)
    return higher, lower
