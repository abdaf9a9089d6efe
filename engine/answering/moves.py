"""Which way to go from a point without leaving the constraints: the projected gradient."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import sympy
from sympy import Expr, Matrix, S

from engine.answering.place import Place, decimal, decimals
from engine.answering.scalar import exact
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.constrained import Constraint, Problem
from engine.errors import NotInDomain, NotSupported
from engine.reading.shapes import Relation
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

NOWHERE: Json = dict.fromkeys(("at", "value", "gradient_at", "move", "move_decimal", "move_rate", "at_binding"))


@dataclass(frozen=True, slots=True)
class Move:
    """The direction from a feasible point in which f grows (falls, for a minimum) fastest inside of the region.

    way:     None where the gradients of the binding constraints are dependent.
    binding: which constraints hold with equality there.
    """

    place: Place
    value: Expr
    slope: tuple[Expr, ...]
    way: tuple[Expr, ...] | None
    binding: tuple[bool, ...]
    down: bool

    @classmethod
    def of(cls, place: Place, problem: Problem, relations: Sequence[Relation], *, down: bool) -> "Move":
        """Return the move; refuses (NotInDomain, at `at`) a point that does not satisfy the constraints."""
        binding = tuple(
            _holds(place, each, relation) for each, relation in zip(problem.constraints, relations, strict=True)
        )
        scalar = place.scalar
        slope = place.every(derivatives.gradient(scalar.expression, scalar.symbols))
        tight = [each for each, binds in zip(problem.constraints, binding, strict=True) if binds]
        walls = [
            (place.every([g.diff(v) for v in scalar.symbols]), each.sign == "=") for each in tight for g in [_h(each)]
        ]
        wanted = tuple(-each for each in slope) if down else slope
        return cls(place, place.value(scalar.expression), slope, _projected(wanted, walls), binding, down)

    def lines(self) -> tuple[Formula, ...]:
        """Return the value, the gradient and the move at the point."""
        scalar = self.place.scalar
        here = self.place.at(spell.variable(scalar.read.name))
        value = here + spell.EQUALS + self.place.with_decimal(self.value, scalar.spelled(self.value))
        slope = spell.NABLA + here + spell.EQUALS + self._vector(self.slope)
        if self.way is None:
            return value, slope
        return value, slope, spell.words("within the constraints: ") + self._vector(self.way)

    def _vector(self, entries: Sequence[Expr]) -> Formula:
        numbers = None if all(each.is_Rational for each in entries) else decimals(entries)
        about = spell.NOTHING if numbers is None else spell.ABOUT + spell.vector(map(spell.number, numbers))
        return self.place.scalar.vector(entries) + about

    def numbers(self) -> tuple[tuple[float, ...] | None, ...]:
        """Return the point, the gradient and the move as floats."""
        return tuple(
            None if each is None else decimals(each) for each in (self.place.coordinates, self.slope, self.way)
        )

    def remark(self) -> str:
        """Return in words which way to go."""
        where = self.place.where
        if self.way is None:
            return f"The gradients of the binding constraints are dependent {where}, so I name no direction."
        signs = [sign(each) for each in self.way]
        verb = "falls" if self.down else "grows"
        if not any(signs):
            return f"No direction inside of the constraints is better {where}, to first order: this is a candidate."
        more = [name for name, s in zip(self.place.scalar.names, signs, strict=True) if s == 1]
        less = [name for name, s in zip(self.place.scalar.names, signs, strict=True) if s == -1]
        told = " and ".join(
            [f"more {', '.join(more)}"] * (len(more) > 0) + [f"less {', '.join(less)}"] * (len(less) > 0)
        )
        return (
            f"{where.capitalize()} f {verb} fastest within the constraints with {told}: "
            "the gradient without its part across the constraints leads that way."
        )

    def data(self) -> Json:
        """Return the move as data; `move_rate` is the change of f for each unit of length."""
        known = self.way
        rate = None if known is None else derivatives.norm(known)
        return {
            "at": exact(self.place.coordinates),
            "value": syntax(self.value),
            "gradient_at": exact(self.slope),
            "move": None if known is None else exact(known),
            "move_decimal": None if known is None else list(decimals(known) or ()),
            "move_rate": None if rate is None else decimal(rate),
            "at_binding": list(self.binding),
        }


def _h(each: Constraint) -> Expr:
    return -each.g if each.sign in ("<=", "<") else each.g


def _holds(place: Place, each: Constraint, relation: Relation) -> bool:
    """Return whether a constraint is binding at a point; refuses one that does not hold."""
    side = sign(place.value(_h(each)))
    if side is None:
        raise NotSupported(f"I could not decide whether a constraint holds {place.where}.", option="at")
    if side < 0 or (each.sign == "=" and side) or (each.strict and side == 0):
        shown = f"{spell.of(relation.left).text} {relation.sign} {spell.of(relation.right).text}"
        raise NotInDomain(f"The constraint {shown} does not hold {place.where}.", option="at")
    return side == 0


def _projected(wanted: Sequence[Expr], walls: Sequence[tuple[Sequence[Expr], bool]]) -> tuple[Expr, ...] | None:
    """Return the nearest direction to the wanted one that keeps to the equations and does not leave the walls.

    None where their gradients are dependent. Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 16.7.
    """
    fixed = [row for row, equal in walls if equal]
    free = [row for row, equal in walls if not equal]
    for size in range(len(free) + 1):
        for kept in combinations(range(len(free)), size):
            rows = [*fixed, *(free[i] for i in kept)]
            found = _without(wanted, rows)
            if found is None:
                return None
            way, shares = found
            pushed = all((sign(share) or 0) <= 0 for share in shares[len(fixed) :])
            if pushed and all((sign(_dot(way, row)) or 0) >= 0 for row in free):
                return way
    return None


def _without(wanted: Sequence[Expr], rows: Sequence[Sequence[Expr]]) -> tuple[tuple[Expr, ...], list[Expr]] | None:
    """Return a vector without its parts along the rows, and these parts; None where the rows are dependent."""
    if not rows:
        return tuple(wanted), []
    matrix = Matrix([list(row) for row in rows])
    gram = (matrix * matrix.T).applyfunc(sympy.expand)
    pivot = sympy.expand(gram.det(method="berkowitz"))
    if not sign(pivot):
        return None
    shares = [sympy.expand(each) / pivot for each in gram.adjugate() * (matrix * Matrix(list(wanted)))]
    way = tuple(
        sympy.expand(each - sympy.Add(*(share * row[i] for share, row in zip(shares, rows, strict=True))))
        for i, each in enumerate(wanted)
    )
    return way, shares


def _dot(one: Sequence[Expr], other: Sequence[Expr]) -> Expr:
    return sympy.expand(sympy.Add(S.Zero, *(a * b for a, b in zip(one, other, strict=True))))
