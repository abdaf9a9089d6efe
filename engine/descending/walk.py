"""Walking in floats: the path, and why it ends where it does not go on."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from engine.calculus.domain import Relation
from engine.descending.floats import Floats, Function
from engine.descending.methods import Memory, Step, step
from engine.values import Budget

Point = tuple[float, ...]
End = Literal["", "outside", "too large", "singular"]
_LARGEST = 1e120
_STILL = 1e-14
_PATIENCE = 30


class EndOfPathError(Exception):
    """The path cannot go on from here."""

    def __init__(self, end: End, why: str) -> None:
        super().__init__(why)
        self.end = end
        self.why = why


@dataclass(frozen=True, slots=True)
class Needed:
    """A condition on the domain as a function of floats: what must hold for f to exist, and to be smooth."""

    of: Function
    exists: Relation
    smooth: Relation
    shown: str


@dataclass(frozen=True, slots=True)
class Field:
    """A function in floats: its value, its gradient, its Hessian, and where they exist."""

    value: Function
    slopes: tuple[Function, ...]
    curvatures: tuple[tuple[Function, ...], ...]
    needed: tuple[Needed, ...]

    def slope(self, at: Floats) -> Point:
        """Return the gradient. Raises EndOfPathError where there is none, or none that a float holds."""
        for each in self.needed:
            found = each.of(at)
            if not _holds(each.exists, found):
                raise EndOfPathError("outside", f"f is not defined there: it needs {each.shown}")
            if not _holds(each.smooth, found):
                raise EndOfPathError("outside", f"f has no gradient there, or not surely: {each.shown} is at its edge")
        slope = tuple(each(at) for each in self.slopes)
        if not all(map(math.isfinite, slope)):
            raise EndOfPathError("too large", "its numbers grow beyond what floating-point numbers hold")
        return slope

    def hessian(self, at: Floats) -> np.ndarray | None:
        """Return the matrix of second derivatives, None where it is not finite."""
        size = range(len(self.curvatures))
        matrix = np.array([[self.curvatures[min(i, j)][max(i, j)](at) for j in size] for i in size])
        return matrix if np.isfinite(matrix).all() else None

    def newton(self, at: Floats) -> Point:
        """Return the gradient divided by the Hessian. Raises EndOfPathError where that cannot be done."""
        slope, matrix = self.slope(at), self.hessian(at)
        if matrix is None:
            raise EndOfPathError("too large", "its curvatures grow beyond what floating-point numbers hold")
        try:
            found = np.linalg.solve(matrix, np.array(slope))
        except np.linalg.LinAlgError:
            raise EndOfPathError("singular", "the Hessian cannot be divided by: its determinant is zero") from None
        return tuple(map(float, found))


def _holds(relation: Relation, value: float) -> bool:
    match relation:
        case "":
            return True
        case "≠ 0":
            return value != 0 and not math.isnan(value)
        case "> 0":
            return value > 0
        case _:
            return value >= 0


@dataclass(frozen=True, slots=True)
class Walk:
    """A path with the values of f on it; `end`, `why`: what stopped it, empty where nothing did."""

    path: tuple[Point, ...]
    values: tuple[float, ...]
    end: End = ""
    why: str = ""

    def upto(self, steps: int) -> "Walk":
        """Return the first steps only."""
        if len(self.path) <= steps + 1:
            return self
        return replace(self, path=self.path[: steps + 1], values=self.values[: steps + 1], end="", why="")


def walk(field: Field, how: Step, start: Point, steps: int, more: int, budget: Budget) -> Walk:
    """Return the path of so many steps, and of up to `more` further ones while it still moves and there is time."""
    path, values = [start], [field.value(start)]
    memory: Memory = ()
    still = 0
    for count in range(steps + more):
        if count >= steps and (still >= _PATIENCE or (count % 64 == 0 and budget.left() <= 0)):
            break
        try:
            at, memory = step(how, path[-1], memory)
            _check(field.value, at)
        except EndOfPathError as ended:
            return Walk(tuple(path), tuple(values), ended.end, ended.why)
        except OverflowError:
            return Walk(tuple(path), tuple(values), "too large", "its numbers grow beyond floating-point numbers")
        moved = max(abs(a - b) for a, b in zip(at, path[-1], strict=True))
        still = still + 1 if moved <= _STILL * (1 + max(map(abs, at))) else 0
        path.append(at)
        values.append(field.value(at))
    return Walk(tuple(path), tuple(values))


def is_walkable(value: Callable[[Floats], float], at: Floats) -> bool:
    """Tell whether a path can begin at a point: its coordinates and the value there are no excessive numbers."""
    try:
        _check(value, at)
    except EndOfPathError:
        return False
    return True


def _check(value: Callable[[Floats], float], at: Floats) -> None:
    """Raise EndOfPathError at a point that is no place to be."""
    if not all(abs(each) < _LARGEST for each in at):
        raise EndOfPathError("too large", "its coordinates grow beyond what floating-point numbers hold")
    found = value(at)
    if math.isnan(found):
        raise EndOfPathError("outside", "f has no value there")
    if abs(found) > _LARGEST:
        raise EndOfPathError("too large", "the values of f grow beyond what floating-point numbers hold")
