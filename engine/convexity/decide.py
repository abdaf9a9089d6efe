"""Convex, concave, both, neither: with a proof or with counterexamples, and silent where there is neither."""

from dataclasses import dataclass, replace
from typing import Literal

from sympy import Expr, Matrix

from engine.convexity.against import Against, Looked, Values
from engine.convexity.hessian import bent, matrix_of
from engine.convexity.lengths import multiplied
from engine.convexity.proof import Proof, Way
from engine.convexity.region import Region, slopes_of
from engine.convexity.rules import Rules
from engine.convexity.samples import samples
from engine.convexity.signs import Signed
from engine.convexity.smooth import is_smooth, restricted
from engine.convexity.strictness import strictness
from engine.errors import NotSupported
from engine.values import Budget

Verdict = Literal["convex", "concave", "both", "neither", "not decided"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What f is in a convex region.

    f:       as it is written in the region, |x| as x where x is positive.
    strict:  None where that is open, or where there is nothing to be strict.
    against: what disproves that f is convex, and concave, as far as either was found.
    matrix:  the Hessian, where f is smooth at every inner point of the region; else None.
    tried:   at how many points of the region f was looked at.
    """

    region: Region
    f: Expr
    matrix: Matrix | None
    tried: int
    verdict: Verdict
    strict: bool | None = None
    proof: Proof | None = None
    against: tuple[Against, ...] = ()


def decide(f: Expr, values: Values, region: Region, budget: Budget) -> Decision:
    """Return what f is in the region in which it exists; values: f at many places at once, in floats."""
    signed = Signed(region, budget)
    plain = restricted(f, signed)
    inner = Signed(region.inner(), budget)
    points = tuple(samples(region))
    matrix = _matrix(plain, region)
    smooth = is_smooth(plain, inner)
    here = Decision(region, plain, matrix if smooth else None, len(points), "not decided")
    if (says := _affine(plain, here.matrix, region)) is not None:
        return replace(here, verdict="both", strict=False, proof=Proof("affine", plain, 1, says, affine=True))
    looked = Looked(plain, matrix, region, points, values)
    against = tuple(found for way in _WAYS if (found := looked.against(way, budget)) is not None)
    here = replace(here, against=against)
    if len(against) == len(_WAYS):
        return replace(here, verdict="neither")
    for way in _WAYS:
        if all(each.way != way for each in against) and (proof := _proof(plain, way, here.matrix, signed, inner)):
            strict = strictness(proof, looked, signed, budget)
            return replace(here, verdict="convex" if way == 1 else "concave", strict=strict, proof=proof)
    return here


def _affine(f: Expr, matrix: Matrix | None, region: Region) -> str | None:
    """Return why f is affine in the region; None where it is not seen to be."""
    if slopes_of(f, region.variables) is not None or slopes_of(multiplied(f), region.variables) is not None:
        return "it is affine"
    return "all its second derivatives are zero" if matrix is not None and matrix.is_zero_matrix else None


_WAYS: tuple[Way, Way] = (1, -1)


def _matrix(f: Expr, region: Region) -> Matrix | None:
    try:
        return matrix_of(f, region.variables)
    except NotSupported:
        return None


def _proof(f: Expr, way: Way, matrix: Matrix | None, signed: Signed, inner: Signed) -> Proof | None:
    """Return a proof by rules, else by the Hessian at inner points, which is enough: f is continuous up to the edge."""
    rules = Rules(signed)
    found = rules.proof(f, way) or rules.proof(multiplied(f), way)
    if found is not None:
        return found
    if matrix is None:
        return None
    seen = bent(way * matrix, signed.region.variables, inner)
    if seen is None:
        return None
    word = "positive" if way == 1 else "negative"
    says = f"its Hessian is {word} {'definite' if seen.definite else 'semidefinite'} everywhere"
    return Proof("hessian", f, way, says, bent=seen)
