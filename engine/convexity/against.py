"""Counterexamples: a point at which a function bends the wrong way, and a chord on the wrong side of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import sympy as sp
from sympy import Expr, Matrix, Rational, S, Symbol

from engine.calculus.balls import ball
from engine.calculus.signs import sign
from engine.convexity.boxes import tape_of
from engine.convexity.proof import Way
from engine.convexity.region import Region
from engine.convexity.samples import Point
from engine.critical.spans import Array, Span
from engine.values import Budget

Values = Callable[[Array], Array]
_CLEAR, _LARGEST = 1e-7, 1e300
_TRIED, _PAIRED = 6, 48
_REACHES = tuple(
    Rational(*each) for each in ((1, 1), (2, 1), (1, 2), (1, 4), (1, 8), (1, 16), (1, 64), (1, 256), (1, 4096))
)


@dataclass(frozen=True, slots=True)
class Chord:
    """Two points and their midpoint: the value of f in the middle, and the mean of its values at the ends."""

    ends: tuple[Point, Point]
    middle: Expr
    mean: Expr


@dataclass(frozen=True, slots=True)
class Turn:
    """A point and a direction in which the second derivative has the wrong sign."""

    at: Point
    direction: Point
    curvature: Expr


@dataclass(frozen=True, slots=True)
class Against:
    """A proof that f is not convex (way 1), or not concave (way -1): a chord, a turn, or both."""

    way: Way
    chord: Chord | None
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Looked:
    """A function with the points of a region at which it is looked at, and what its Hessian is there."""

    f: Expr
    matrix: Matrix | None
    region: Region
    points: tuple[Point, ...]
    values: Values

    def against(self, way: Way, budget: Budget) -> Against | None:
        """Return a proof that f is not convex (1) or not concave (-1); None where none was found."""
        for point, direction in self._suspects(way):
            turn = self._turn(point, direction, way)
            if turn is not None:
                return Against(way, self._near(turn, way), turn)
            if budget.left() <= 0:
                return None
        if (turn := self._slight(way, budget)) is not None:
            return Against(way, self._near(turn, way), turn)
        chord = self._chord(way, budget)
        return None if chord is None else Against(way, chord, None)

    def _suspects(self, way: Way) -> Iterator[tuple[Point, Point]]:
        """Yield points with directions in which the Hessian seems to have the wrong sign, the simplest points first."""
        seen = None if self.matrix is None else second_derivatives(self.f, self.region.variables, self.points)
        if seen is None:
            return
        found = 0
        for point, table in zip(self.points, seen, strict=True):
            if not np.isfinite(table).all():
                continue
            values, vectors = np.linalg.eigh(way * table)
            if values[0] < -_CLEAR * max(1.0, float(np.abs(values).max())):
                found += 1
                for direction in _directions(way * table, vectors[:, 0]):
                    yield point, direction
            if found >= _TRIED:
                return

    def _slight(self, way: Way, budget: Budget) -> Turn | None:
        """Return a turn along an axis that is small enough for rounding, at one of the simplest points."""
        seen = None if self.matrix is None else second_derivatives(self.f, self.region.variables, self.points[:_TRIED])
        if seen is None:
            return None
        size = len(self.region.variables)
        for (point, table), i in product(zip(self.points, seen, strict=False), range(size)):
            if budget.left() <= 0:
                return None
            if way * table[i, i] < 0:
                axis = tuple(S.One if i == j else S.Zero for j in range(size))
                if (turn := self._turn(point, axis, way)) is not None:
                    return turn
        return None

    def _turn(self, point: Point, direction: Point, way: Way) -> Turn | None:
        if self.matrix is None:
            return None
        there = self.matrix.xreplace(dict(zip(self.region.variables, point, strict=True)))
        vector = Matrix(direction)
        curvature = _short((vector.T * there * vector)[0, 0])
        if curvature.has(sp.zoo, sp.nan, sp.oo) or not _is_writable(curvature) or sign(way * curvature) != -1:
            return None
        return Turn(point, direction, curvature)

    def _near(self, turn: Turn, way: Way) -> Chord | None:
        """Return a chord through a point where f bends the wrong way, as long as it can be."""
        for reach in _REACHES:
            move = [reach * each for each in turn.direction]
            left, right = (tuple(a + t * b for a, b in zip(turn.at, move, strict=True)) for t in (-1, 1))
            if (found := self._proven((left, right), way)) is not None:
                return found
        return None

    def _chord(self, way: Way, budget: Budget) -> Chord | None:
        """Return a chord between two of the points that is on the wrong side, with the simplest ends."""
        chosen = self.points[:_PAIRED]
        pairs = list(combinations(chosen, 2))
        if not pairs:
            return None
        ends = np.array([[[float(c) for c in p] for p in pair] for pair in pairs])
        values = self.values(ends.reshape(-1, ends.shape[-1])).reshape(-1, 2)
        excess = way * (self.values(ends.mean(axis=1)) - values.mean(axis=1))
        wrong = np.flatnonzero(excess > _CLEAR * (1 + np.abs(values).max(axis=1)))
        for i in wrong[:_TRIED]:
            found = self._proven(pairs[int(i)], way)
            if found is not None or budget.left() <= 0:
                return found
        return None

    def _proven(self, ends: tuple[Point, Point], way: Way) -> Chord | None:
        """Return the chord, if its ends belong to the region and it is proven to be on the wrong side."""
        chord = self.chord(ends)
        return chord if chord is not None and sign(way * (chord.middle - chord.mean)) == 1 else None

    def chord(self, ends: tuple[Point, Point]) -> Chord | None:
        """Return the values on a chord; None where an end does not surely belong to the region."""
        middle = tuple((a + b) / 2 for a, b in zip(*ends, strict=True))
        places = [dict(zip(self.region.variables, each, strict=True)) for each in (*ends, middle)]
        if not all(self.region.contains(each) for each in places[:2]):
            return None
        left, right, inside = (_short(self.f.xreplace(each)) for each in places)
        values = (left, right, inside)
        if any(each.has(sp.zoo, sp.nan, sp.oo, sp.I) or not _is_writable(each) for each in values):
            return None
        return Chord(ends, inside, _short((left + right) / 2))

    def flat(self, budget: Budget) -> Chord | None:
        """Return a chord whose middle lies on f exactly; None where none was found."""
        chosen = self.points[:_PAIRED]
        pairs = list(combinations(chosen, 2))
        if not pairs:
            return None
        ends = np.array([[[float(c) for c in p] for p in pair] for pair in pairs])
        values = self.values(ends.reshape(-1, ends.shape[-1])).reshape(-1, 2)
        off = np.abs(self.values(ends.mean(axis=1)) - values.mean(axis=1))
        for i in np.flatnonzero(off < 1e-12 * (1 + np.abs(values).max(axis=1)))[:_TRIED]:
            chord = self.chord(pairs[int(i)])
            if chord is not None and sign(chord.middle - chord.mean) == 0:
                return chord
            if budget.left() <= 0:
                return None
        return None


def _is_writable(value: Expr) -> bool:
    """Tell whether a constant has a decimal that a float holds."""
    near = ball(value, 64)
    return near is not None and bool(abs(near) < _LARGEST)


def _short(value: Expr) -> Expr:
    """Return a constant multiplied out where that makes it shorter."""
    whole = sp.expand(value)
    return whole if whole.is_Rational or len(str(whole)) < len(str(value)) else value


def second_derivatives(f: Expr, variables: Sequence[Symbol], points: Sequence[Point]) -> Array | None:
    """Return the Hessian at each point in floats, shape (m, n, n), NaN where f is not smooth; None if unknown."""
    if not points:
        return None
    tape = tape_of(f, variables)
    if tape is None:
        return None
    places = np.array([[float(each) for each in point] for point in points])
    ranges = tape.run(places, places)
    size = len(variables)
    found = np.zeros((len(points), size, size))
    for (i, j), span in ranges.jet.second.items():
        found[:, i, j] = found[:, j, i] = _middle(span, len(points))
    found[~ranges.whole] = np.nan
    return found


def _middle(span: Span | None, count: int) -> Array:
    if span is None:
        return np.zeros(count)
    with np.errstate(all="ignore"):
        return np.broadcast_to((span.lo + span.hi) / 2, (count,))


def _directions(table: Array, vector: Array) -> Iterator[Point]:
    """Yield directions of negative curvature, the plainest first: axes, diagonals, and the eigenvector rounded."""
    size = len(table)
    axes = [tuple(S.One if i == j else S.Zero for j in range(size)) for i in range(size)]
    diagonals = [
        tuple(a + turn * b for a, b in zip(axes[i], axes[j], strict=True))
        for i, j in combinations(range(size), 2)
        for turn in (1, -1)
    ]
    scaled = vector / float(np.abs(vector).max())
    rounded = [tuple(Rational(round(float(each) * n), n) for each in scaled) for n in (1, 2, 4, 100, 10**6)]
    for direction in dict.fromkeys([*axes, *diagonals, *rounded]):
        way = np.array([float(each) for each in direction])
        if way @ table @ way < -1e-12 * float(np.abs(table).max()):
            yield direction
