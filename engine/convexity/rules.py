"""Convex by the rules: sums, multiples, maxima and compositions of functions known to be convex.

Source: Boyd and Vandenberghe, Convex Optimization, sections 3.1 and 3.2; Grant, Boyd and Ye, Disciplined Convex
Programming.
"""

from dataclasses import dataclass, field

import sympy as sp
from sympy import Expr, S, Symbol

from engine.calculus.signs import sign
from engine.convexity.atoms import Atom, atom, odd_size
from engine.convexity.hessian import bent, matrix_of
from engine.convexity.lengths import is_short, multiplied
from engine.convexity.logs import apart, logarithms
from engine.convexity.products import is_square_sum, product
from engine.convexity.proof import WORDS, Proof, Slopes, Way
from engine.convexity.region import slopes_of
from engine.convexity.signs import Signed

_TURN: dict[int, str] = {1: "rises", -1: "falls"}


@dataclass(slots=True)
class Rules:
    """Looks for proofs by rules in one region; what was found is kept."""

    signed: Signed
    known: dict[tuple[Expr, int], Proof | None] = field(default_factory=dict)

    def proof(self, expr: Expr, way: Way) -> Proof | None:
        """Return a proof that an expression is convex (1) or concave (-1) where it is defined; None without one."""
        if (expr, way) not in self.known:
            self.known[expr, way] = None if self.signed.budget.left() <= 0 else self._found(expr, way)
        return self.known[expr, way]

    def _found(self, expr: Expr, way: Way) -> Proof | None:
        variables = self.signed.region.variables
        if slopes_of(expr, variables) is not None:
            return Proof("affine", expr, way, "it is affine", affine=True)
        if expr.is_polynomial(*variables) and (found := self._polynomial(expr, way)):
            return found
        for rule in (self._sum, self._multiple, self._extreme, self._logarithm, self._norm, self._composed):
            if found := rule(expr, way):
                return found
        return product(expr, way, self.signed)

    def _polynomial(self, expr: Expr, way: Way) -> Proof | None:
        variables = self.signed.region.variables
        if isinstance(expr, sp.Pow) and slopes_of(expr.base, variables):
            return None
        matrix = way * matrix_of(expr, variables)
        if not matrix.free_symbols:
            found = bent(matrix, variables, self.signed)
            if found is None:
                return None
            says = f"a quadratic function whose Hessian is {'positive' if way == 1 else 'negative'} "
            says += "definite" if found.definite else "semidefinite"
            rows = tuple(tuple(row) for row in matrix.tolist())
            return Proof("quadratic", expr, way, says, strict=rows, bent=found)
        return None

    def _sum(self, expr: Expr, way: Way) -> Proof | None:
        if not expr.is_Add:
            return None
        parts = self._terms(expr.args, way) or self._terms(sp.Add.make_args(multiplied(expr)), way)
        if parts is None:
            return None
        strict = tuple(row for part in parts for row in part.strict)
        return Proof("sum", expr, way, f"a sum of {WORDS[way]} functions", parts, strict=strict)

    def _terms(self, terms: tuple[Expr, ...], way: Way) -> tuple[Proof, ...] | None:
        """Return a proof for each term, all terms of degree 2 at most taken as one."""
        variables = self.signed.region.variables
        plain = [t for t in terms if _is_plain(t, variables)]
        rest = [t for t in terms if t not in plain]
        whole = [multiplied(sp.Add(*plain)), *rest] if plain else rest
        if len(whole) < 2 and len(terms) > 1 and plain:
            return None
        found = []
        for each in whole:
            part = self.proof(each, way)
            if part is None:
                return None
            found.append(part)
        return tuple(found)

    def _multiple(self, expr: Expr, way: Way) -> Proof | None:
        if not expr.is_Mul:
            return None
        factor, rest = expr.as_independent(*self.signed.region.variables, as_Add=False)
        if factor == 1:
            return None
        side = sign(factor)
        if not side:
            return None
        part = self.proof(rest, 1 if side * way == 1 else -1)
        if part is None:
            return None
        says = f"a positive multiple of a {WORDS[way]} function"
        if side == -1:
            says = "minus a {} function" if factor == -1 else "a negative multiple of a {} function"
            says = says.format(WORDS[-way])
        return Proof("multiple", expr, way, says, (part,), strict=part.strict)

    def _extreme(self, expr: Expr, way: Way) -> Proof | None:
        if not isinstance(expr, sp.Max if way == 1 else sp.Min):
            return None
        parts = [self.proof(arg, way) for arg in expr.args]
        found = tuple(part for part in parts if part is not None)
        if len(found) < len(parts):
            return None
        word = "the largest of convex functions" if way == 1 else "the smallest of concave functions"
        return Proof("maximum" if way == 1 else "minimum", expr, way, word, found)

    def _logarithm(self, expr: Expr, way: Way) -> Proof | None:
        if way == -1 or not isinstance(expr, sp.log):
            return None
        found = logarithms(expr.args[0], self.signed)
        if found is None or len(found) < 2:
            return None
        parts = [self.proof(each, 1) for each in found]
        proven = tuple(part for part in parts if part is not None)
        if len(proven) < len(parts):
            return None
        strict = (*apart(found, self.signed), *(row for part in proven for row in part.strict))
        kept = tuple(part for part in proven if not part.affine)
        return Proof(
            "log-sum-exp", expr, way, "ln(e^u + e^v + ..) with convex exponents is convex", kept, strict=strict
        )

    def _norm(self, expr: Expr, way: Way) -> Proof | None:
        """Roots of sums of squares, and of p-th powers of absolute values."""
        if way == -1 or not expr.is_Pow or expr.exp.free_symbols:
            return None
        variables = self.signed.region.variables
        if expr.exp == S.Half and is_square_sum(multiplied(expr.base), variables, self.signed):
            return Proof("norm", expr, way, "the length of a vector of affine functions")
        power = 1 / expr.exp
        if not (power.is_Rational and power >= 1):
            return None
        for term in sp.Add.make_args(expr.base):
            factor, rest = term.as_independent(*variables, as_Add=False)
            if sign(factor) != 1 or not self._is_size(rest, power):
                return None
        return Proof("norm", expr, way, f"the {power}-norm of a vector of affine functions")

    def _is_size(self, expr: Expr, power: Expr) -> bool:
        """Tell whether an expression is |u|^p of an affine u."""
        cubed = odd_size(expr)
        base, exponent = (sp.Abs(cubed[0]), cubed[1]) if cubed is not None else expr.as_base_exp()
        even = power.is_Integer and power % 2 == 0
        held = isinstance(base, sp.Abs) or even or self.signed.is_up(base)
        inner = base.args[0] if isinstance(base, sp.Abs) else base
        return bool(exponent == power and held and slopes_of(inner, self.signed.region.variables) is not None)

    def _composed(self, expr: Expr, way: Way) -> Proof | None:
        found = atom(expr, self.signed)
        if found is None or found.bends != way:
            return None
        slopes = slopes_of(found.inner, self.signed.region.variables)
        if slopes is not None:
            strict: Slopes = (slopes,) if found.strict else ()
            says = f"{found.shown} is {WORDS[way]}, and u is affine"
            return Proof("affine-argument", expr, way, says, strict=strict)
        return self._carried(expr, found, way)

    def _carried(self, expr: Expr, found: Atom, way: Way) -> Proof | None:
        if found.rises == 0:
            return None
        inner: Way = way if found.rises == 1 else -1 if way == 1 else 1
        part = self.proof(found.inner, inner)
        if part is None:
            return None
        says = f"{found.shown} is {WORDS[way]} and {_TURN[found.rises]}, and u is {WORDS[inner]}"
        return Proof("composition", expr, way, says, (part,), strict=part.strict)


def _is_plain(term: Expr, variables: tuple[Symbol, ...]) -> bool:
    """Tell whether a term is a polynomial of degree 2 at most."""
    short = term.is_polynomial(*variables) and is_short(term)
    return short and sp.Poly(term, *variables).total_degree() <= 2
