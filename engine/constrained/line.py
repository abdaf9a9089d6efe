"""Problems that the constraints bring down to one variable on the whole line: limits at both ends, and periods."""

from sympy import CoercionFailed, Dummy, Expr, Poly, PolynomialError, S, Symbol, cos, sin

from engine.calculus.signs import sign
from engine.constrained.faces import face
from engine.constrained.problem import Edge, Problem

Lead = tuple[Expr, Expr]


def limits(problem: Problem) -> tuple[Expr, Expr] | None:
    """Return the smaller and the larger of the limits of f at both ends of the line, infinities among them.

    None where the region is no whole line on which f is proven to be continuous, or a limit is not known.
    """
    reduced = _reduced(problem)
    if reduced is None:
        return None
    f, t, back = reduced
    if not all(_never(edge, t, back) for edge in problem.edges if edge.exists):
        return None
    ends = [_limit(f.xreplace({t: each * t}), t) for each in (S.One, S.NegativeOne)]
    known = [each for each in ends if each is not None]
    if len(known) < len(ends):
        return None
    order = sign(known[0] - known[1]) if all(each.is_finite for each in known) else _far(known[0], known[1])
    return None if order is None else (known[0], known[1]) if order <= 0 else (known[1], known[0])


def repeats(problem: Problem) -> bool:
    """Return whether f is a polynomial in sines and cosines on a whole line, so that one period has all its values."""
    reduced = _reduced(problem)
    if reduced is None or problem.edges:
        return False
    f, t, _ = reduced
    hole = Dummy("s")
    waves = {each for each in f.atoms(sin, cos) if _steady(each.args[0], t)}
    rest = f.xreplace(dict.fromkeys(waves, hole))
    return bool(waves) and t not in rest.free_symbols and rest.is_polynomial(hole)


def _reduced(problem: Problem) -> tuple[Expr, Symbol, dict[Symbol, Expr]] | None:
    """Return f in the one variable left, that variable, and the others in its terms; None where there are more."""
    if len(problem.equalities) < len(problem.constraints):
        return None
    found = face(problem.f, problem.variables, [each.inward for each in problem.equalities])
    if found is None or found.equations or len(found.free) != 1:
        return None
    return found.f, found.free[0], found.back


def _steady(argument: Expr, t: Symbol) -> bool:
    return bool(argument.diff(t).is_Rational)


def _never(edge: Edge, t: Symbol, back: dict[Symbol, Expr]) -> bool:
    """Return whether what the domain asks for is proven to hold all along the line, edges excluded."""
    of = edge.of.xreplace(back)
    while of.is_Pow and of.exp.is_Rational:
        of = of.base
    try:
        poly = Poly(of, t, domain="QQ")
    except (CoercionFailed, PolynomialError):
        return False
    return poly.count_roots() == 0 and (edge.exists == "≠ 0" or sign(of.xreplace({t: S.Zero})) == 1)


def _limit(f: Expr, t: Symbol) -> Expr | None:
    """Return the limit for t to infinity, None where it is not seen."""
    lead = _lead(f, t)
    if lead is None:
        return None
    factor, power = lead
    if power == 0:
        return factor
    return S.Zero if power < 0 else S.Infinity * (sign(factor) or 1)


def _lead(f: Expr, t: Symbol) -> Lead | None:
    """Return (c, p) where f is near c t^p far out, c being proven not to be zero; None where that is not seen."""
    if t not in f.free_symbols:
        return (f, S.Zero) if sign(f) else None
    if f.is_polynomial(t):
        poly = Poly(f, t)
        return (poly.LC(), S(poly.degree())) if sign(poly.LC()) else None
    if f.is_Add:
        return _sum([_lead(each, t) for each in f.args])
    if f.is_Mul:
        return _product([_lead(each, t) for each in f.args])
    if not (f.is_Pow and f.exp.is_Rational):
        return None
    base = _lead(f.base, t)
    if base is None or (not f.exp.is_Integer and sign(base[0]) != 1):
        return None
    return base[0] ** f.exp, base[1] * f.exp


def _sum(leads: list[Lead | None]) -> Lead | None:
    known = [each for each in leads if each is not None]
    if len(known) < len(leads):
        return None
    highest = max(power for _, power in known)
    total = sum((factor for factor, power in known if power == highest), S.Zero)
    return (total, highest) if sign(total) else None


def _product(leads: list[Lead | None]) -> Lead | None:
    factor, power = S.One, S.Zero
    for each in leads:
        if each is None:
            return None
        factor, power = factor * each[0], power + each[1]
    return factor, power


def _far(one: Expr, other: Expr) -> int:
    """Return the sign of the difference of two ends of which one is infinite."""
    return 0 if one == other else 1 if one == S.Infinity or other == S.NegativeInfinity else -1
