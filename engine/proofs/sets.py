"""Checks sets of critical points: the zeros, in the domain, of some equations."""

from typing import Any

from flint import fmpq, fmpq_mpoly

from engine.proofs.algebra import Algebra
from engine.proofs.terms import Rejected, number


def check(algebra: Algebra, given: dict[str, Any], equations: list[fmpq_mpoly]) -> None:
    """Check that all zeros of equations are critical, and of the kind stated; refuses (Rejected) else."""
    zero = [*equations, *algebra.field.relations.values()]
    for partial, each in zip(algebra.gradient, given["critical"], strict=True):
        if algebra.combined(each["parts"], zero) != partial ** each["power"]:
            raise Rejected("that a set consists of critical points is not shown")
    by, shown = given["class"], "not decided"
    if by is not None:
        above, below = algebra.field.lift(algebra.f)
        above -= below * number(by["value"])
        if by["by"] == "squares" and algebra.combined(by["zero"], zero) == above:
            shown = _squares(algebra, above * below - algebra.combined(by["rest"], zero[len(equations) :]), by["parts"])
        if by["by"] == "mirror":
            shown = _mirror(algebra, above, below, equations[by["equation"]])
    if given["kind"] != shown:
        raise Rejected(f"that there is a {given['kind']} along a set is not shown")


def _squares(algebra: Algebra, whole: fmpq_mpoly, parts: list[Any]) -> str:
    """Return the kind where f - c, times a square, is a sum of products w p q^2 with numbers w of one sign, p > 0."""
    found = [(number(each["weight"]), algebra.poly(each["positive"]), algebra.poly(each["root"])) for each in parts]
    sure = all(algebra.one_sign(p) and p.leading_coefficient() > 0 for _, p, _ in found)
    if not sure or sum((w * p * q**2 for w, p, q in found), whole * 0) != whole:
        return "not decided"
    signs = {w > 0 for w, _, _ in found}
    return "local minimum" if signs <= {True} else "local maximum" if signs == {False} else "not decided"


def _mirror(algebra: Algebra, above: fmpq_mpoly, below: fmpq_mpoly, plane: fmpq_mpoly) -> str:
    """Return whether f - c becomes its negative where x is mirrored in a plane that holds the set: a saddle point."""
    gens = algebra.field.gens
    normal = [plane.derivative(i).leading_coefficient() if plane.degrees()[i] else fmpq(0) for i in range(len(gens))]
    images = [gen - plane * (2 * n / sum(k * k for k in normal)) for gen, n in zip(gens, normal, strict=True)]
    other, under = (each.compose(*images, ctx=algebra.field.ring) for each in (above, below))
    sure = plane.total_degree() == 1 and not algebra.field.places and not above.is_zero()
    return "saddle point" if sure and (above * under + other * below).is_zero() else "not decided"
