"""Regions to stay in: a box and one budget. The nearest point of one is found exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy
from sympy import Expr, Symbol

from engine.building import build
from engine.descending.methods import Vector
from engine.errors import NotInDomain, NotSupported, UnknownName
from engine.reading.shapes import Relation, Sign
from engine.reading.tree import Binary, names_in

_KINDS = "I stay within bounds like x >= 0 and one budget like x + y <= 10 or x + y = 10."


@dataclass(frozen=True, slots=True)
class Budgeted:
    """A linear constraint: weights times the point is `total`, or at most that."""

    weights: tuple[Fraction, ...]
    total: Fraction
    exactly: bool


@dataclass(frozen=True, slots=True)
class Region:
    """A box with a budget: never empty. None where a side is open."""

    low: tuple[Fraction | None, ...]
    high: tuple[Fraction | None, ...]
    budget: Budgeted | None = None

    @property
    def is_bounded(self) -> bool:
        """Whether the box has no open side."""
        return None not in self.low and None not in self.high

    def project(self, point: Vector) -> Vector:
        """Return the nearest point of the region, in the numbers that it is given."""
        kind = float if isinstance(point[0], float) else _rational
        low, high = ([None if each is None else kind(each) for each in ends] for ends in (self.low, self.high))
        if self.budget is None:
            return _clipped(point, low, high)
        weights, total = [kind(each) for each in self.budget.weights], kind(self.budget.total)
        inside = _clipped(point, low, high)
        if not self.budget.exactly and _dot(weights, inside) <= total:
            return inside
        return _on_budget(point, low, high, weights, total)


def _rational(value: Fraction) -> Expr:
    return sympy.Rational(value.numerator, value.denominator)


def _clipped(point: Sequence[Any], low: Sequence[Any], high: Sequence[Any]) -> Vector:
    return tuple(
        a if a is not None and value < a else b if b is not None and value > b else value
        for value, a, b in zip(point, low, high, strict=True)
    )


def _dot(left: Sequence[Any], right: Sequence[Any]) -> Any:  # noqa: ANN401 - numbers of either kind
    return sum(a * b for a, b in zip(left, right, strict=True))


def _on_budget(
    point: Vector,
    low: Sequence[Any],
    high: Sequence[Any],
    weights: Sequence[Any],
    total: Any,  # noqa: ANN401 - the same
) -> Vector:
    """Return the point clip(p - t w) that spends the budget: what it spends falls in straight pieces as t grows."""

    def moved(t: Any) -> Vector:  # noqa: ANN401 - the same
        return _clipped([p - t * w for p, w in zip(point, weights, strict=True)], low, high)

    corners = sorted(
        (p - end) / w
        for p, w, *ends in zip(point, weights, low, high, strict=True)
        for end in ends
        if w != 0 and end is not None
    ) or [point[0] * 0]
    places = [corners[0] - 1, *corners, corners[-1] + 1]
    spent = [_dot(weights, moved(t)) for t in places]
    after = next((i for i in range(1, len(places)) if spent[i] <= total), len(places) - 1)
    while after < len(places) - 1 and spent[after - 1] == spent[after]:
        after += 1
    fall = spent[after - 1] - spent[after]
    if fall == 0:
        return moved(places[after])
    return moved(places[after - 1] + (spent[after - 1] - total) / fall * (places[after] - places[after - 1]))


def region(relations: Sequence[Relation], symbols: Sequence[Symbol]) -> Region:
    """Return the region that the relations describe.

    Refuses (NotSupported) other constraints than bounds and one budget, (NotInDomain) an empty region.
    """
    low: list[Fraction | None] = [None] * len(symbols)
    high: list[Fraction | None] = [None] * len(symbols)
    budget: Budgeted | None = None
    for each in relations:
        weights, total, sign = _linear(each, symbols)
        used = [i for i, weight in enumerate(weights) if weight]
        if len(used) == 1:
            (i,) = used
            _bound(low, high, i, total / weights[i], _turned(sign) if weights[i] < 0 else sign)
        elif budget is not None:
            raise NotSupported(f"These are two budgets. {_KINDS}")
        elif sign == ">=":
            budget = Budgeted(tuple(-weight for weight in weights), -total, exactly=False)
        else:
            budget = Budgeted(weights, total, exactly=sign == "=")
    found = Region(tuple(low), tuple(high), budget)
    _check_not_empty(found)
    return found


def _turned(sign: Sign) -> Sign:
    return {"<=": ">=", ">=": "<="}.get(sign, sign)  # type: ignore[return-value]  # one of the signs again


def _bound(low: list[Fraction | None], high: list[Fraction | None], i: int, end: Fraction, sign: Sign) -> None:
    before, behind = low[i], high[i]
    if sign != "<=":
        low[i] = end if before is None else max(before, end)
    if sign != ">=":
        high[i] = end if behind is None else min(behind, end)


def _linear(relation: Relation, symbols: Sequence[Symbol]) -> tuple[tuple[Fraction, ...], Fraction, Sign]:
    """Return weights, total and sign of a relation; refuses what is not linear with rational numbers."""
    tree = Binary("-", relation.left, relation.right)
    if strange := sorted(names_in(tree) - {each.name for each in symbols}):
        raise UnknownName(f"There is no variable {strange[0]} in f.")
    if relation.sign not in {"<=", ">=", "="}:
        raise NotSupported("Write bounds with <= or >=: a region without its edge has no nearest point.")
    difference = sympy.expand(build(tree))
    weights = [sympy.diff(difference, each) for each in symbols]
    total = -difference.xreplace(dict.fromkeys(symbols, sympy.S.Zero))
    if not all(each.is_Rational for each in (*weights, total)) or not any(weights):
        raise NotSupported(_KINDS)
    return tuple(Fraction(int(w.p), int(w.q)) for w in weights), Fraction(int(total.p), int(total.q)), relation.sign


def _check_not_empty(found: Region) -> None:
    for low, high in zip(found.low, found.high, strict=True):
        if low is not None and high is not None and low > high:
            raise NotInDomain("No point meets these constraints.")
    if found.budget is None:
        return
    least = _extreme(found.budget.weights, found.low, found.high)
    most = _extreme(found.budget.weights, found.high, found.low)
    total = found.budget.total
    if (least is not None and least > total) or (found.budget.exactly and most is not None and most < total):
        raise NotInDomain("No point meets these constraints.")


def _extreme(
    weights: Sequence[Fraction], where: Sequence[Fraction | None], other: Sequence[Fraction | None]
) -> Fraction | None:
    """Return the sum with each coordinate at its end in `where`, in `other` for negative weights; None: no end."""
    whole = Fraction(0)
    for weight, a, b in zip(weights, where, other, strict=True):
        end = a if weight > 0 else b
        if weight and end is None:
            return None
        whole += weight * (end or 0)
    return whole
