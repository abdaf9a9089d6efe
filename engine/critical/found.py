"""What a search for critical points gives back, in SymPy terms."""

from dataclasses import dataclass
from typing import Literal

from sympy import Expr

Ends = tuple[Expr, Expr]
Box = tuple[tuple[float, float] | None, ...]
Complete = Literal["proven", "proven in window", "not proven"]
Kind = Literal["local minimum", "local maximum", "saddle point", "not decided"]


@dataclass(frozen=True, slots=True)
class CriticalPoint:
    """One critical point.

    at:         exact coordinates: rationals, short radicals, CRootOf, or closed forms; a Float where only
                its decimals are proven.
    strict:     for an extremum, whether all points near it have another value; None: not decided.
    degenerate: whether the Hessian has the eigenvalue 0; then `test` says what decided instead.
    smooth:     whether f is differentiable there; if not, it has an extremum, or that is not decided.
    """

    at: tuple[Expr, ...]
    decimal: tuple[float, ...]
    kind: Kind
    strict: bool | None
    degenerate: bool
    value: Expr
    value_decimal: float
    test: str
    smooth: bool = True


@dataclass(frozen=True, slots=True)
class CriticalSet:
    """Infinitely many critical points: the real zeros, in the domain, of all equations (each = 0).

    kind: of every single point; "not decided" also where they differ. An empty list of equations
    stands for the whole space.
    """

    equations: tuple[Expr, ...]
    dim: int
    kind: Kind
    strict: bool | None


@dataclass(frozen=True, slots=True)
class Found:
    """Critical points (where the gradient is zero) and sets of them.

    complete: "proven" only where every real critical point is among them, "proven in window" where
              every one in the window is.
    why:      what the proof is, or what is missing.
    periods:  for each variable the period with which everything repeats, 0 where none is known; the
              points of one period only are listed.
    open:     boxes in which it is not known whether points are, an interval for each variable, None: any.
    window:   the window searched, as ends for each variable; of a periodic one it is one period;
              None for a variable without bounds.
    kinks:    expressions where whose zeros f is not differentiable and has no extremum, or none that is proven.
    """

    points: tuple[CriticalPoint, ...]
    sets: tuple[CriticalSet, ...]
    complete: Complete
    why: str
    periods: tuple[Expr, ...] = ()
    open: tuple[Box, ...] = ()
    window: tuple[Ends | None, ...] | None = None
    kinks: tuple[Expr, ...] = ()
