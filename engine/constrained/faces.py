"""A face of the region: some constraints hold with equality; the linear ones are solved at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Expr, Pow, S, Symbol, expand

from engine.critical.polynomials import polynomial, ring


@dataclass(frozen=True, slots=True)
class Face:
    """A function on a face: its free variables, the equations left between them, and the others in their terms."""

    f: Expr
    free: tuple[Symbol, ...]
    equations: tuple[Expr, ...]
    back: dict[Symbol, Expr]

    def everywhere(self, expr: Expr) -> Expr:
        """Return an expression in the free variables."""
        return expr.xreplace(self.back)


def face(f: Expr, variables: Sequence[Symbol], equations: Sequence[Expr]) -> Face | None:
    """Return the face where all equations (each = 0) hold, None where linear ones contradict each other."""
    back: dict[Symbol, Expr] = {}
    left = [each for each in map(expand, equations) if each != 0]
    while True:
        if any(not each.free_symbols and each != 0 for each in left):
            return None
        found = next((pair for each in left for pair in [_solved(each, variables)] if pair), None)
        if found is None:
            break
        variable, value = found
        back = {v: expand(e.xreplace({variable: value})) for v, e in back.items()} | {variable: value}
        left = [each for each in (expand(e.xreplace({variable: value})) for e in left) if each != 0]
    for equation in equations:
        f = _without_root(f, equation)
    free = tuple(v for v in variables if v not in back)
    return Face(f.xreplace(back), free, tuple(left), back)


def _solved(equation: Expr, variables: Sequence[Symbol]) -> tuple[Symbol, Expr] | None:
    """Return a variable and its value from an equation that is linear with rational slopes, None where it is none."""
    inside = [v for v in variables if v in equation.free_symbols]
    slopes = equation - equation.as_independent(*inside, as_Add=True)[0] if inside else equation
    poly = polynomial(slopes, inside, ring(len(inside))) if inside else None
    if poly is None or poly.total_degree() != 1:
        return None
    variable = inside[-1]
    slope = equation.coeff(variable)
    return variable, expand((slope * variable - equation) / slope)


def flattened(found: Face) -> Face:
    """Return a face with its only equation solved for a variable, z = x y; the same where it has no such form."""
    for equation in found.equations if len(found.equations) == 1 else ():
        poly = polynomial(equation, found.free, ring(len(found.free)))
        for i, variable in enumerate(found.free if poly is not None else ()):
            slope = equation.diff(variable)
            if poly is not None and int(poly.degrees()[i]) == 1 and slope.is_Rational:
                value = expand(variable - equation / slope)
                back = {v: expand(e.xreplace({variable: value})) for v, e in found.back.items()} | {variable: value}
                free = tuple(v for v in found.free if v != variable)
                return Face(found.f.xreplace({variable: value}), free, (), back)
    return found


def _without_root(f: Expr, edge: Expr) -> Expr:
    """Put in that a root is zero where its argument is an edge that is zero all over the face."""

    def zero(e: Expr) -> bool:
        return bool(e.is_Pow and e.exp.is_Rational and e.exp > 0 and not e.exp.is_Integer and _same(e.base, edge))

    return f.replace(zero, lambda _: S.Zero) if f.has(Pow) else f


def _same(one: Expr, other: Expr) -> bool:
    return bool(expand(one - other) == 0 or expand(one + other) == 0)
