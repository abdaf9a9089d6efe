"""Signs of affine functions on polyhedra: a sum of parts with factors that are not negative is not negative."""

from collections.abc import Sequence
from itertools import combinations

from flint import fmpq, fmpq_mat
from sympy import Expr, S, Symbol

from engine.convexity.region import Region, slopes_of

_MOST = 2000
Row = tuple[fmpq, ...]


def combined(expr: Expr, region: Region) -> frozenset[int] | None:
    """Return the signs that an affine function can have, as the affine parts of a region prove; None: no proof.

    Source: Farkas' lemma; only combinations of as many parts as there are variables need to be tried.
    """
    target = _row(expr, region.variables)
    if target is None:
        return None
    rows = [(row, part.strict) for part in region.parts if (row := _row(part.of, region.variables)) is not None]
    for turn in (1, -1):
        turned = tuple(turn * each for each in target)
        found = _lowest(turned, rows)
        if found is not None:
            return frozenset(turn * each for each in found)
    return None


def _row(expr: Expr, variables: Sequence[Symbol]) -> Row | None:
    """Return slopes and constant of an affine function with rational numbers."""
    slopes = slopes_of(expr, tuple(variables))
    if slopes is None:
        return None
    constant = expr.xreplace(dict.fromkeys(variables, S.Zero))
    every = (*slopes, constant)
    if not all(each.is_Rational for each in every):
        return None
    return tuple(fmpq(int(each.p), int(each.q)) for each in every)


def _lowest(target: Row, rows: Sequence[tuple[Row, bool]]) -> frozenset[int] | None:
    """Return {1} or {0, 1} where the target is a sum of rows and a constant, none with a negative factor."""
    best: frozenset[int] | None = None
    tried = 0
    for size in range(len(target)):
        for chosen in combinations(rows, size):
            tried += 1
            factors = _factors(target[:-1], [row[:-1] for row, _ in chosen])
            if tried > _MOST:
                return best
            if factors is None or any(each < 0 for each in factors):
                continue
            rest = target[-1] - sum((f * row[-1] for f, (row, _) in zip(factors, chosen, strict=True)), fmpq(0))
            if rest > 0 or (
                rest == 0 and any(f > 0 and strict for f, (_, strict) in zip(factors, chosen, strict=True))
            ):
                return frozenset((1,))
            if rest == 0:
                best = frozenset((0, 1))
    return best


def _factors(target: Row, rows: Sequence[Row]) -> list[fmpq] | None:
    """Return the factors that make the rows add up to the target; None where there are none, or many."""
    if not rows:
        return None if any(target) else []
    table = fmpq_mat([[row[i] for row in rows] + [target[i]] for i in range(len(target))])
    reduced, rank = table.rref()
    if rank != len(rows) or any(reduced[i, i] != 1 for i in range(rank)):
        return None
    return [reduced[i, len(rows)] for i in range(rank)]
