"""The zero set of a polynomial system over Q as a union of simpler ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq_mpoly

from engine.critical.definite import signs
from engine.critical.polynomials import (
    Ring,
    dimension,
    groebner,
    irreducibles,
    key,
    occurring,
    remainder,
    terms,
)
from engine.values import Budget


@dataclass(frozen=True, slots=True)
class Component:
    """A zero set: its Groebner basis, its complex dimension, and whether it has a real point of that dimension.

    real: None where that is not decided.
    """

    basis: tuple[fmpq_mpoly, ...]
    dim: int
    real: bool | None = True


def components(system: Sequence[fmpq_mpoly], context: Ring, budget: Budget) -> tuple[list[Component], bool]:
    """Return components whose union has the real zeros of the system, and whether none is missing.

    Sets of dimension 0 may share points. Sets of higher dimension without real points of that
    dimension are replaced by the smaller sets which hold all their real points, where that is decided.
    """
    stack, complete = [list(system)], True
    seen: set[frozenset[str]] = set()
    found: list[Component] = []
    while stack:
        if budget.left() < 0:
            return _largest(found), False
        # a system told twice the same equation would be taken for the one it was made from
        told = {key(poly): poly for poly in _eliminated(stack.pop(), context)}
        polys, name = list(told.values()), frozenset(told)
        if name in seen or any(poly.is_constant() for poly in polys):
            continue
        seen.add(name)
        branches = _branches(polys)
        if branches is None:
            basis = groebner(polys, context, budget) if polys else []
            if basis is None:
                complete = False
                continue
            if basis and basis[0].is_constant():
                continue
            branches = _branches(basis)
            if branches is None:
                branches = _component(basis, context, found, budget)
        stack += branches
    return _largest(found), complete


def _eliminated(polys: list[fmpq_mpoly], context: Ring) -> list[fmpq_mpoly]:
    """Solve the linear equations for a variable each, and put it into the others."""
    polys = [poly for poly in polys if not poly.is_zero()]
    done: list[int] = []
    while True:
        for place, poly in enumerate(polys):
            if poly.total_degree() != 1 or place in done:
                continue
            index = next(i for i in reversed(range(context.nvars())) if poly.degrees()[i])
            slope = poly.derivative(index)
            value = context.gen(index) - poly / slope.leading_coefficient()
            images = [value if i == index else context.gen(i) for i in range(context.nvars())]
            polys = [other if other is poly else other.compose(*images, ctx=context) for other in polys]
            done.append(place)
            break
        else:
            return [poly for poly in polys if not poly.is_zero()]


def _branches(polys: list[fmpq_mpoly]) -> list[list[fmpq_mpoly]] | None:
    """Split on the simplest reducible polynomial; None if all are irreducible."""
    for place, poly in sorted(enumerate(polys), key=lambda each: (each[1].total_degree(), len(each[1]))):
        factors = irreducibles(poly)
        if len(factors) > 1 or factors[0].total_degree() < poly.total_degree():
            rest = polys[:place] + polys[place + 1 :]
            return [[*rest, factor] for factor in factors]
    return None


def _component(
    basis: list[fmpq_mpoly], context: Ring, found: list[Component], budget: Budget
) -> list[list[fmpq_mpoly]]:
    """Take up a component, or return the smaller system that has the same real zeros."""
    dim = dimension(basis, context.nvars())
    if dim == 0:
        found.append(Component(tuple(basis), 0))
        return []
    real: bool | None = all(poly.total_degree() == 1 for poly in basis)
    for poly in basis:
        range_ = signs(poly, budget) if poly.total_degree() > 1 else "indefinite"
        if range_ in ("positive", "negative"):
            return []
        if range_ in ("nonnegative", "nonpositive"):
            # without a sign change every real zero is a minimum or maximum of the polynomial
            partials = [poly.derivative(i) for i in occurring(poly)]
            if not all(remainder(partial, basis).is_zero() for partial in partials):
                return [[*basis, *partials]]
        if range_ == "indefinite" and _graph(basis, poly):
            real = True
    found.append(Component(tuple(basis), dim, real or None))
    return []


def _graph(basis: Sequence[fmpq_mpoly], poly: fmpq_mpoly) -> bool:
    """Return whether the other equations only give further variables as functions of the rest."""
    taken: set[int] = set()
    for other in basis:
        if other is poly:
            continue
        alone = [
            i
            for i in occurring(other)
            if other.degrees()[i] == 1
            and not poly.degrees()[i]
            and sum(1 for m, _ in terms(other) if m[i]) == 1
            and other.derivative(i).is_constant()
            and not any(third.degrees()[i] for third in basis if third is not other)
        ]
        if not alone:
            return False
        taken.add(alone[0])
    return len(taken) == len(basis) - 1


def _largest(found: list[Component]) -> list[Component]:
    """Drop every component that lies in another one of positive dimension."""
    kept: list[Component] = []
    for one in sorted(found, key=lambda component: -component.dim):
        if not any(other.dim > 0 and _inside(one, other) for other in kept):
            kept.append(one)
    return kept


def _inside(one: Component, other: Component) -> bool:
    return all(remainder(poly, one.basis).is_zero() for poly in other.basis)
