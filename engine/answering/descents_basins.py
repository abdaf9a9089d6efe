"""Which start leads to which extremum: gradient steps from a grid of starts, as numerical evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import dist

import numpy as np
from sympy import Rational

from engine.answering import plots
from engine.answering.answer import Answer, Drawing
from engine.answering.descents import Descent
from engine.answering.place import decimal
from engine.answering.scalar import Scalar, exact
from engine.building import unbuild
from engine.calculus import grids
from engine.calculus.grids import Grid
from engine.calculus.printing import syntax
from engine.critical import CriticalPoint, Found, find, repeated
from engine.pictures.basins import ENDS, BasinMap
from engine.pictures.contour import height_grid
from engine.pictures.labels import stated
from engine.pictures.signs import Mark
from engine.reading.tree import Node
from engine.spelling import formula as spell
from engine.spelling import numbers, unicode
from engine.values import Budget, Json

_SIDE = 61
_STEPS = 400
_NEAR = 1e-3  # of the width of the window
_AIR = 1.5
_SHARE = 0.5  # of the time left, for the search and then for the steps
Range = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Basins:
    """A grid of starts, and where each of them leads.

    ends:    the certified extrema that are looked for, numbered from 1.
    numbers: for each start the number of its end, 0 for none of them; lowest row first.
    steps:   how many were made; fewer than planned where time was short.
    missing: sentences on the extrema that the map does not number.
    """

    found: Descent
    window: tuple[Range, Range]
    ends: tuple[CriticalPoint, ...]
    numbers: np.ndarray
    steps: int
    missing: tuple[str, ...]

    @classmethod
    def of(cls, found: Descent, budget: Budget) -> "Basins":
        """Return the map of a descent by plain gradient steps on a function of two variables."""
        listed = find(found.scalar.expression, found.scalar.symbols, _part(budget))
        wanted = "local minimum" if found.numbers.turn == 1 else "local maximum"
        here = [each.decimal for each in listed.points if each.kind == wanted]
        window = _window(found, here)
        inside = _in_window(found.scalar, listed, window)
        known = [each for each in inside if each.kind == wanted]
        ends = tuple(_nearest_to_start(found, known))
        x, y, steps = _walked(found, window, _part(budget))
        missing = _missing(listed, inside, wanted, len(known) - len(ends))
        return cls(found, window, ends, _nearest(x, y, ends, window), steps, missing)

    def remarks(self) -> tuple[str, ...]:
        """Return what the map shows, that it is evidence only, and how it was made."""
        kind = "minimum" if self.found.numbers.turn == 1 else "maximum"
        rate = numbers.decimal(decimal(self.found.numbers.rate), 6)
        made = f"rate {rate}, {self.steps} steps from each of {_SIDE} by {_SIDE} starts"
        if not self.ends:
            said = f"Map of basins: I found no single local {kind} here, so no start has a colour ({made})."
            return (" ".join([said, *self.missing]),)
        ends = [
            f"{i}: {kind} at {stated(each.decimal)}, from {self.share(i)}% of the starts"
            for i, each in enumerate(self.ends, 1)
        ]
        return (
            " ".join([f"Map of basins, {'; '.join(ends)}; {self.share(0)}% reached none of these.", *self.missing]),
            f"The map is numerical evidence, no proof: {made}. Another rate has another map.",
        )

    def share(self, number: int) -> str:
        """Return how many of a hundred starts have this end."""
        return numbers.decimal(100 * float((self.numbers == number).mean()), 4)

    def data(self) -> Json:
        """Return the map as data: a row of digits for each row of starts, lowest first, 0 where there is no end."""
        return {
            "window": [list(each) for each in self.window],
            "rate": syntax(self.found.numbers.rate),
            "steps": self.steps,
            "proven": False,
            "ends": [
                {"number": i, "at": exact(each.at), "decimal": list(each.decimal), "kind": each.kind,
                 "starts": int((self.numbers == i).sum())}
                for i, each in enumerate(self.ends, 1)
            ],
            "nowhere": int((self.numbers == 0).sum()),
            "rows": ["".join(map(str, row)) for row in self.numbers.tolist()],
        }  # fmt: skip

    def drawings(self) -> tuple[Drawing, ...]:
        """Return the map to be drawn."""
        names = self.found.scalar.names
        marks = tuple(Mark((p.decimal[0], p.decimal[1]), p.kind) for p in self.ends)
        rate = numbers.decimal(decimal(self.found.numbers.rate), 4)
        note = f"Numerical evidence: rate {rate}, {self.steps} steps from each of {_SIDE} by {_SIDE} starts."
        chart = BasinMap(
            (unicode.name(names[0]), unicode.name(names[1])), self.window, self.numbers, marks, self._title(), note
        )
        ranges = ", ".join(
            f"{spell.variable(name).spoken} from {numbers.decimal(low, 4)} to {numbers.decimal(high, 4)}"
            for name, (low, high) in zip(names, self.window, strict=True)
        )
        return (Drawing("basins.png", f"Starts with {ranges}. {' '.join(self.remarks())}", chart),)

    def _title(self) -> str:
        return f"Which start leads where: {self.found.scalar.echo().text}"


def added(answer: Answer, basins: Basins) -> Answer:
    """Return an answer with the map added."""
    before = answer.draw
    return replace(
        answer,
        data=answer.data | {"map": basins.data()},
        remarks=(*answer.remarks, *basins.remarks()),
        draw=lambda: (*(() if before is None else before()), *basins.drawings()),
    )


def _part(budget: Budget) -> Budget:
    now = budget.now()
    return Budget(now + _SHARE * max(budget.left(), 0.0), budget.now, 1.0, now)


def _window(found: Descent, ends: Sequence[tuple[float, ...]]) -> tuple[Range, Range]:
    """Return equally long ranges with the ends and the start well inside."""
    start = tuple(decimal(each) for each in found.numbers.start)
    (x0, x1), (y0, y1) = plots.window_for(found.scalar, [*ends, start])
    air = (_AIR - 1) * (x1 - x0) / 2 if len(ends) > 1 else 0.0
    return (x0 - air, x1 + air), (y0 - air, y1 + air)


def _in_window(scalar: Scalar, listed: Found, window: tuple[Range, Range]) -> tuple[CriticalPoint, ...]:
    """Return the critical points of the window, with those that repeat."""
    if any(listed.periods):
        ends = {
            symbol: (Rational(str(low)), Rational(str(high)))
            for symbol, (low, high) in zip(scalar.symbols, window, strict=True)
        }
        listed = repeated(scalar.expression, scalar.symbols, listed, ends)
    return tuple(
        each
        for each in listed.points
        if all(low <= at <= high for at, (low, high) in zip(each.decimal, window, strict=True))
    )


def _nearest_to_start(found: Descent, known: Sequence[CriticalPoint]) -> list[CriticalPoint]:
    """Return as many points as the map can number, those nearest to the start, in the order they have."""
    start = tuple(decimal(each) for each in found.numbers.start)
    near = sorted(known, key=lambda each: dist(each.decimal, start))[:ENDS]
    return [each for each in known if each in near]


def _missing(listed: Found, inside: Sequence[CriticalPoint], wanted: str, more: int) -> tuple[str, ...]:
    kind = wanted.removeprefix("local ")
    said = [f"{more} more lie in it; the map numbers the {ENDS} nearest to the start."] if more else []
    if any(each.kind in {wanted, "not decided"} for each in listed.sets):
        said.append(f"Whole curves on which every point may be a {kind} have no number.")
    if listed.complete != "proven" or any(each.kind == "not decided" for each in inside):
        said.append("Other extrema are not ruled out.")
    return tuple(said)


def _walked(found: Descent, window: tuple[Range, Range], budget: Budget) -> tuple[Grid, Grid, int]:
    """Return where the starts are after the steps, x NaN where a path left the domain or still moves; and the steps."""
    scalar, rate = found.scalar, found.numbers.turn * decimal(found.numbers.rate)
    trees = [unbuild(each) for each in found.partials]
    x, y = (each.copy() for each in height_grid(window, (_SIDE, _SIDE)))
    width = window[0][1] - window[0][0]
    moved = np.full_like(x, np.inf)
    steps = 0
    while steps < _STEPS and budget.left() > 0:
        active = moved > 1e-13 * width
        if not active.any():
            break
        slope = _slope(scalar, trees, x[active], y[active])
        with np.errstate(all="ignore"):
            to = x[active] - rate * slope[0], y[active] - rate * slope[1]
            way = np.hypot(to[0] - x[active], to[1] - y[active])
        x[active], y[active] = to
        # A path that has left is not walked on.
        moved[active] = np.where(np.isfinite(way), way, -1.0)
        steps += 1
    x[~(moved >= 0) | (moved > _NEAR * width)] = np.nan
    return x, y, steps


def _slope(scalar: Scalar, trees: Sequence[Node], x: Grid, y: Grid) -> tuple[Grid, Grid]:
    """Return the gradient at places, NaN where f itself has no value."""
    at = dict(zip(scalar.names, (x, y), strict=True))
    exists = np.isfinite(grids.evaluate(scalar.read.tree, at))
    along, up = (np.where(exists, grids.evaluate(tree, at), np.nan) for tree in trees)
    return along, up


def _nearest(x: Grid, y: Grid, ends: Sequence[CriticalPoint], window: tuple[Range, Range]) -> np.ndarray:
    """Return for each place the number of the end it has come to, 0 where that is none."""
    numbered = np.zeros(x.shape, dtype=np.int64)
    near = _NEAR * (window[0][1] - window[0][0])
    for number, end in enumerate(ends, 1):
        with np.errstate(all="ignore"):
            numbered[np.hypot(x - end.decimal[0], y - end.decimal[1]) <= near] = number
    return numbered
