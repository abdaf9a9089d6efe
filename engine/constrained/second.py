"""Multipliers of a candidate, and what f has there along the constraints: the bordered Hessian."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import sympy as sp
from sympy import Expr, Matrix, S

from engine.constrained.faces import face
from engine.constrained.found import Kind
from engine.constrained.here import Here
from engine.constrained.problem import Constraint, Problem, gradient_of
from engine.critical import classify
from engine.critical.signature import Signature
from engine.errors import Refused
from engine.values import Budget

OPEN: tuple[Kind, str] = ("not decided", "the second-order test says nothing here")
_MOST_CHOICES = 70


@dataclass(frozen=True, slots=True)
class Tight:
    """The constraints that hold with equality at a point, where their gradients are independent.

    multipliers: in gradient f = sum of lambda gradient g, with g as typed; exact formulas in the variables.
    pivot:       the determinant they are divided by.
    """

    constraints: tuple[Constraint, ...]
    above: tuple[Expr, ...]
    pivot: Expr

    def multipliers(self, here: Here) -> tuple[Expr, ...] | None:
        """Return the exact multipliers, None where one has no value that is surely known."""
        found = [here.value(top / self.pivot) for top in self.above]
        values = tuple(each for each in found if each is not None)
        return values if len(values) == len(found) else None

    def signs(self, here: Here) -> list[int | None]:
        """Return for each constraint the sign of its multiplier, counted for what is positive inside."""
        turn = here.sign(self.pivot)
        found: list[int | None] = []
        for each, top in zip(self.constraints, self.above, strict=True):
            sign = here.sign(top)
            flip = -1 if each.sign in ("<=", "<") else 1
            found.append(None if sign is None or turn is None else sign * turn * flip)
        return found


def tight(f: Expr, constraints: Sequence[Constraint], here: Here) -> Tight | None:
    """Return the multipliers by Cramer's rule; None where the gradients are dependent, or not surely independent."""
    variables, size = here.variables, len(constraints)
    slope = gradient_of(f, variables)
    if not size:
        return Tight((), (), S.One)
    rows = [gradient_of(each.g, variables) for each in constraints]
    for count, columns in enumerate(combinations(range(len(variables)), size)):
        if count > _MOST_CHOICES:
            break
        square = Matrix([[row[i] for row in rows] for i in columns])
        pivot = square.det(method="berkowitz")
        if not here.sign(pivot):
            continue
        above = []
        for place in range(size):
            changed = square.copy()
            changed[:, place] = Matrix([slope[i] for i in columns])
            above.append(changed.det(method="berkowitz"))
        return Tight(tuple(constraints), tuple(above), pivot)
    return None


def kind(f: Expr, known: Tight, here: Here) -> tuple[Kind, str]:
    """Return what f has at a candidate along the constraints, and what decided it.

    Source: Nocedal and Wright, Numerical Optimization, 2nd ed., sections 12.3 to 12.5.
    """
    signs = known.signs(here)
    inner = [(each, s) for each, s in zip(known.constraints, signs, strict=True) if each.sign != "="]
    if any(s is None for _, s in inner):
        return OPEN
    up, down = (any(s == way for _, s in inner) for way in (1, -1))
    plain: Kind = "neither" if inner else "saddle point"
    if up and down:
        return plain, "the multipliers of the binding inequalities have both signs"
    found = _tangent(f, known, here, range(len(known.constraints)))
    if found is None:
        return OPEN
    negative, zero, positive = found.negative, found.zero, found.positive
    told = _told(found, len(here.variables) - len(known.constraints), inner=bool(inner))
    if (negative and positive) or (up and negative) or (down and positive):
        return plain, told
    weak = [i for i, (each, s) in enumerate(zip(known.constraints, signs, strict=True)) if each.sign != "=" and s == 0]
    if weak and not zero:
        # without a price a constraint is as good as slack
        wider = _tangent(f, known, here, [i for i in range(len(known.constraints)) if i not in weak])
        negative, zero, positive = (1, 1, 1) if wider is None else (wider.negative, wider.zero, wider.positive)
    return _extremum(positive > 0 or up, negative > 0 or down, told) if not zero else OPEN


def _extremum(rises: bool, falls: bool, told: str) -> tuple[Kind, str]:  # noqa: FBT001 - the two ways f can go
    """Return the kind where f goes at most one way in every direction, to first or else to second order."""
    if rises and falls:
        return OPEN
    if rises:
        return "local minimum", told
    if falls:
        return "local maximum", told
    return "isolated point", "the constraints leave no other point near it"


def flat(problem: Problem, known: Tight, here: Here, budget: Budget) -> tuple[Kind, str] | None:
    """Return what f has where linear equations are all that binds: a critical point of fewer variables."""
    if any(each.sign != "=" for each in known.constraints):
        return None
    reduced = face(problem.f, here.variables, [each.g for each in problem.equalities])
    if reduced is None or reduced.equations or not reduced.free:
        return None
    at = dict(zip(here.variables, here.at, strict=True))
    try:
        found = classify(reduced.f, reduced.free, tuple(at[v] for v in reduced.free), budget)
    except Refused:
        return None
    return found.kind, f"on the constraints {found.test}"


def _tangent(f: Expr, known: Tight, here: Here, kept: Sequence[int]) -> Signature | None:
    """Return the signature of the Lagrangian's Hessian along some of the constraints.

    The bordered Hessian has it, and one positive and one negative eigenvalue more for each constraint.
    """
    variables, size = here.variables, len(kept)
    turn = here.sign(known.pivot)
    if not turn:
        return None
    hessian = sp.hessian(f, variables) * known.pivot
    for each, top in zip(known.constraints, known.above, strict=True):
        hessian -= sp.hessian(each.g, variables) * top
    rows = [gradient_of(known.constraints[i].g, variables) for i in kept]
    border = [[S.Zero] * size + [entry * turn for entry in row] for row in rows]
    body = [
        [*(row[i] * turn for row in rows), *(hessian[i, j] * turn for j in range(len(variables)))]
        for i in range(len(variables))
    ]
    found = here.signature([*border, *body])
    return None if found is None else Signature(found.negative - size, found.zero, found.positive - size)


def _told(found: Signature, dim: int, *, inner: bool) -> str:
    rates = "the multipliers have one sign" if inner else ""
    if dim == 0:
        return rates
    counts = (("positive", found.positive), ("negative", found.negative), ("zero", found.zero))
    along = "curvature along the constraints: " + ", ".join(f"{n} {word}" for word, n in counts if n)
    return f"{rates}; {along}" if rates else along
