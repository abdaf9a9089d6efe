"""Critical points of functions whose gradient is zero where polynomials are: all of them, exactly."""

from collections.abc import Collection, Sequence
from math import prod

from flint import fmpq_mpoly
from sympy import Expr, Symbol

from engine.critical.domain import domain, poles, unexamined
from engine.critical.found import CriticalSet, Found
from engine.critical.gathering import Gathering
from engine.critical.kernels import Rewriting
from engine.critical.tower import Tower, tower
from engine.critical.unknowns import unknowns
from engine.values import Budget

_PROOF = "the equations gradient = 0 were solved by exact elimination, and every real solution was isolated"
_REPEATED = "; the gradient repeats itself, and the points of one period are listed"


def exact(f: Expr, variables: tuple[Symbol, ...], budget: Budget, examined: Collection[Expr] = ()) -> Found | None:
    """Return the critical points of f, None where its gradient has no polynomial form.

    examined: expressions at whose zeros f need not be differentiable, and which somebody else looks at.

    Raises NoKernelError or NotRationalError where f has a function without a kernel.
    """
    built, rewriting = tower(f, variables)
    above = [partial.above for partial in built.gradient()]
    if all(poly.is_zero() for poly in above):
        whole = CriticalSet((), len(variables), "local minimum", strict=False)
        return Found((), (whole,), "proven", "f is constant where it is defined.")
    surfaces, equations = _equations(built, above, budget)
    system = unknowns(built, equations)
    if system is None:
        return None
    forbidden = [] if built.kernels else poles(rewriting)
    gathering = Gathering(f, system, domain(rewriting), forbidden, budget)
    for factor in surfaces:
        gathering.surface(factor)
    gathering.solve()
    return _found(gathering, rewriting, budget, examined)


def _equations(built: Tower, above: Sequence[fmpq_mpoly], budget: Budget) -> tuple[list[fmpq_mpoly], list[fmpq_mpoly]]:
    """Return common factors with transcendental kernels, and the equations without these."""
    common = built.context.constant(0)
    for poly in above:
        common = common.gcd(poly)
    shared = built.factors(common, budget)
    surfaces = [f for f in shared if len(built.variables) > 1 and built.transcendental(f)]
    one = built.context.constant(1)
    plain = prod((f for f in shared if f not in surfaces), start=one)
    rest = [built.factors(divmod(poly, common)[0], budget) for poly in above if not poly.is_zero()]
    told = {str(poly): poly for factors in rest for poly in [plain * prod(factors, start=one)]}
    equations = list(told.values())
    # a multiple of another equation asks for nothing, and may have kernels that no other has
    return surfaces, [p for p in equations if not any(q != p and (p % q).is_zero() for q in equations)]


def _found(gathering: Gathering, rewriting: Rewriting, budget: Budget, examined: Collection[Expr]) -> Found:
    periods = gathering.system.periods()
    missing = list(dict.fromkeys(gathering.missing))
    rough = unexamined(rewriting, budget, examined)
    if rough:
        missing.append(f"points {rough}, where f need not be differentiable, were not examined")
    points = tuple(sorted(gathering.points.values(), key=lambda point: point.decimal))
    why = "; ".join(missing) if missing else _PROOF + _REPEATED * any(periods)
    return Found(points, tuple(gathering.sets), "not proven" if missing else "proven", f"{why}.", periods)
