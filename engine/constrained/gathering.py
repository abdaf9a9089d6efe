"""Gathers the candidates of all faces of a region."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from sympy import Add, Expr, Rational, S, Symbol

from engine.calculus.signs import sign
from engine.constrained.faces import face
from engine.constrained.here import Here
from engine.constrained.problem import Constraint, Problem
from engine.constrained.stationary import Continuum, stationary
from engine.values import Budget

_NEEDS = {"≠ 0": "!=", "> 0": ">", "≥ 0": ">="}


def empty(constraints: Sequence[Constraint], variables: tuple[Symbol, ...], budget: Budget) -> bool:
    """Return whether it is proven that no point satisfies all constraints: none is the nearest to a fixed place."""
    if any(not each.inward.free_symbols and sign(each.inward) == -1 for each in constraints):
        return True
    distance = Add(*((v - Rational(2 * i + 3, i + 5)) ** 2 for i, v in enumerate(variables)))
    nearest = Gathering(Problem(distance, variables, tuple(each.closed for each in constraints)), budget)
    nearest.run()
    return not nearest.missing and not nearest.sets and not any(nearest.kept().values())


@dataclass(slots=True)
class Gathering:
    """Points and sets while they are gathered, and what is missing for a proof that they are all."""

    problem: Problem
    budget: Budget
    points: dict[tuple[Expr, ...], Here] = field(default_factory=dict)
    sets: list[Continuum] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Search every face of the closed region, and the kinks of f."""
        p = self.problem
        equations = [each.inward for each in p.equalities]
        whole = face(p.f, p.variables, equations)
        if whole is None:
            return
        walls = [each.inward for each in p.closure if each.sign != "="]
        walls += [edge.of for edge in p.edges if not edge.exists]
        for active in _subsets(list(dict.fromkeys(walls)), len(whole.free)):
            if self.budget.left() < 0:
                self.missing.append("the time was too short for all faces")
                return
            self._face([*equations, *active])

    def _face(self, equations: Sequence[Expr]) -> None:
        p = self.problem
        here = face(p.f, p.variables, equations)
        if here is None or here.f.has(S.ComplexInfinity, S.NaN):
            return
        found = stationary(here, p.variables, self.budget)
        self.missing += found.missing
        for point in found.points:
            self.points.setdefault(point.at, point)
        self.sets += found.sets
        if here.equations:
            self._singular(equations)

    def _singular(self, equations: Sequence[Expr]) -> None:
        """Note equations whose gradients are dependent all along a curve: f need not be constant on a set there."""
        p = self.problem
        whole = face(S.Zero, p.variables, equations)
        if whole is None:
            return
        found = stationary(whole, p.variables, self.budget, singular=True)
        if found.sets and len(whole.equations) < len(whole.free):
            self.missing.append("the constraints are singular along whole curves")

    def kept(self) -> dict[tuple[Expr, ...], bool]:
        """Return the points of the closed region, and whether they are feasible."""
        found = {at: holds(self.problem, here) for at, here in self.points.items()}
        if "open" in found.values():
            self.missing.append("whether a point satisfies a constraint is not decided")
        return {at: status == "inside" for at, status in found.items() if status in ("inside", "edge")}


def _subsets(walls: Sequence[Expr], most: int) -> Iterator[tuple[Expr, ...]]:
    for size in range(min(most, len(walls)) + 1):
        yield from combinations(walls, size)


def holds(problem: Problem, here: Here) -> Literal["inside", "edge", "outside", "open"]:
    """Return whether a solution of all equations is feasible, or excluded only by a strict inequality or a pole."""
    found: Literal["inside", "edge"] = "inside"
    needs: list[tuple[Expr, str]] = [(each.inward, each.sign) for each in problem.constraints if each.sign != "="]
    needs += [(edge.of, _NEEDS[edge.exists]) for edge in problem.edges if edge.exists]
    for expr, needed in needs:
        side = here.sign(expr)
        if side is None:
            return "open"
        if side < 0 and needed != "!=":
            return "outside"
        if side == 0 and needed in ("<", ">", "!="):
            found = "edge"
    return found
