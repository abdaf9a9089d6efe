"""What a search for constrained extrema gives back, in SymPy terms."""

from dataclasses import dataclass
from typing import Literal

from sympy import Expr

Kind = Literal["local minimum", "local maximum", "saddle point", "neither", "isolated point", "not decided"]
Reach = Literal["attained", "not attained", "unbounded", "not proven"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One point where an extremum can be.

    multipliers: one for each constraint as typed, in gradient f = sum of lambda gradient g; 0 where
                 it is slack, None where the constraints are not regular or f is not smooth there.
    binding:     for each constraint whether it holds with equality.
    regular:     whether the gradients of the binding constraints are independent.
    test:        what decided the kind.
    """

    at: tuple[Expr, ...]
    decimal: tuple[float, ...]
    value: Expr
    value_decimal: float
    kind: Kind
    multipliers: tuple[Expr, ...] | None
    binding: tuple[bool, ...]
    regular: bool
    test: str


@dataclass(frozen=True, slots=True)
class CandidateSet:
    """Infinitely many candidates: the feasible points that solve all equations (each = 0).

    values: those that f takes on it.
    """

    equations: tuple[Expr, ...]
    dim: int
    values: tuple[Expr, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class End:
    """The lower or upper end of the values of f.

    value: the minimum or maximum, else the bound that is not attained, an infinity, or None: not known.
    at:    where f takes it, as far as these are single points.
    """

    reach: Reach
    value: Expr | None
    decimal: float | None
    at: tuple[tuple[Expr, ...], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Optimum:
    """Candidates, and the two ends of the values of f.

    complete:   "proven" only where every local extremum is among the candidates and sets.
    infeasible: proven that no point satisfies the constraints.
    singular:   the points where the gradients of binding constraints are dependent.
    """

    candidates: tuple[Candidate, ...]
    sets: tuple[CandidateSet, ...]
    least: End
    greatest: End
    complete: Literal["proven", "not proven"]
    why: str
    infeasible: bool
    singular: tuple[tuple[Expr, ...], ...]
