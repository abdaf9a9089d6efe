"""Whether an answer of /critical has the points and sets that were planted, and nothing else."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from engine.values import Json
from tests.engine.critical.normal_forms import MIXED
from tests.engine.critical.planting import REACH, PlantedSet, Planting

_NEAR = 1e-6


def options(planted: Planting) -> dict[str, str]:
    """Return the options of the command for a planted function."""
    names = ", ".join(map(str, planted.names))
    given = {"f": f"f({names}) = {planted.f}"}
    if planted.windowed:
        given["window"] = ", ".join(f"{name}=-{REACH}..{REACH}" for name in planted.names)
    return given


@dataclass(frozen=True)
class Marks:
    """What is false in an answer, and what it leaves open; of both nothing where it is right and complete."""

    false: list[str]
    undecided: list[str]

    @property
    def right(self) -> bool:
        """Whether every point and set is there with its kind, and nothing else."""
        return not self.false and not self.undecided


def marks(planted: Planting, data: Json) -> Marks:
    """Return how an answer differs from what was planted; what is missing is false where it is said to be proven."""
    left, found = list(planted.points), Marks([], [])
    for point in data["points"]:
        at, kind = tuple(point["decimal"]), point["kind"]
        match = next((each for each in left if math.dist(at, each[0]) < _NEAR), None)
        if match is None:
            _into(found, kind).append(f"{kind} at {at} is none")
            continue
        left.remove(match)
        if match[1] != kind:
            _into(found, kind).append(f"at {at} {kind}, right is {match[1]}")
    missing = found.undecided if data["complete"] == "not proven" else found.false
    missing.extend(f"{kind} at {at} is missing" for at, kind in left)
    _mark_sets(planted, data, found, missing)
    return found


def _into(found: Marks, kind: str) -> list[str]:
    return found.undecided if kind == MIXED else found.false


def _mark_sets(planted: Planting, data: Json, found: Marks, missing: list[str]) -> None:
    known = {str(name): name for name in planted.names}
    told = [([sp.sympify(e, known) for e in each["equations"]], each["kind"]) for each in data["sets"]]
    for equations, kind in told:
        if not any(_within(equations, each, planted.names) for each in planted.sets):
            _into(found, kind).append(f"the set {[*map(str, equations)]} is none")
    for each in planted.sets:
        for sample in each.samples:
            if planted.windowed and max(map(abs, sample)) > REACH:
                continue
            kinds = {kind for equations, kind in told if _holds(equations, planted.names, sample)}
            if kinds == {each.kind}:
                continue
            where = missing if not kinds else found.undecided if kinds == {MIXED} else found.false
            where.append(f"at {sample} of {[*map(str, each.equations)]} {sorted(kinds)}, right is {each.kind}")


def _holds(equations: Sequence[Expr], names: Sequence[Symbol], at: Sequence[float]) -> bool:
    put = dict(zip(names, at, strict=True))
    return all(abs(float(each.evalf(subs=put))) < _NEAR for each in equations)


def _within(equations: Sequence[Expr], planted: PlantedSet, names: Sequence[Symbol]) -> bool:
    """Tell whether all complex zeros of the equations are in the planted set (Rabinowitsch's way)."""
    other = Symbol("t")
    ideal = [_polynomial(each, names) for each in equations]
    return all(
        sp.groebner([*ideal, 1 - other * each], *names, other, order="grevlex").exprs == [1]
        for each in planted.equations
    )


def _polynomial(equation: Expr, names: Sequence[Symbol]) -> Expr:
    """Return an equation without the factors that are no polynomials; none of those planted has a zero."""
    above = sp.fraction(sp.together(equation))[0]
    return sp.Mul(*(each for each in sp.Mul.make_args(above) if each.is_polynomial(*names)))
