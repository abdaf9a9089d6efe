"""The points of a face where the gradient of f depends on those of the face's equations: all candidates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod

from flint import fmpq, fmpq_mpoly, fmpq_poly
from sympy import Add, Dummy, Expr, Number, NumberSymbol, Pow, Symbol, expand

from engine.building import unbuild
from engine.constrained.faces import Face
from engine.constrained.here import Here
from engine.critical.components import Component, components
from engine.critical.kernels import NoKernelError
from engine.critical.polynomials import Ring, expression, key
from engine.critical.quotients import NotRationalError, Quotient
from engine.critical.solutions import Place, solutions
from engine.critical.tower import tower
from engine.critical.unknowns import Unknowns, unknowns
from engine.errors import NotSupported
from engine.spelling import plain
from engine.values import Budget

REPEATS = "the equations repeat themselves: one period was looked at"
_MOST_MINORS = 130
_MOST_SUBSETS = 20


@dataclass(slots=True)
class Stationary:
    """Points and sets of candidates on one face, and what is missing for a proof that they are all.

    sets: the face's own equations and those of the set, with the set's dimension.
    """

    points: list[Here] = field(default_factory=list)
    sets: list["Continuum"] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Continuum:
    """Infinitely many candidates: equations in the variables of the problem, and some points of each part."""

    equations: tuple[Expr, ...]
    dim: int
    witnesses: tuple[Here, ...]


def stationary(face: Face, variables: tuple[Symbol, ...], budget: Budget, *, singular: bool = False) -> Stationary:
    """Return the candidates of a face; with `singular` only points where its equations' gradients are dependent."""
    found = Stationary()
    try:
        solving = _Solving.of(face, variables, budget, singular=singular)
    except (NoKernelError, NotRationalError):
        found.missing.append("this kind of equation cannot be solved exactly")
        return found
    if solving is None:
        found.missing.append("the equations are not algebraic in any unknowns")
        return found
    solving.run(found)
    return found


@dataclass(frozen=True, slots=True)
class _Solving:
    face: Face
    variables: tuple[Symbol, ...]
    system: Unknowns
    budget: Budget
    exhausted: bool

    @classmethod
    def of(cls, face: Face, variables: tuple[Symbol, ...], budget: Budget, *, singular: bool) -> "_Solving | None":
        """Return the polynomial equations of the face's candidates in their unknowns."""
        # A weight for each equation puts them into one tower with f; all weights are zero at the end.
        weights = tuple(Dummy(f"w{i}") for i in range(len(face.equations)))
        whole = Add(face.f, *(w * g for w, g in zip(weights, face.equations, strict=True)))
        built, _ = tower(whole, (*face.free, *weights))
        count = len(face.free)
        places = range(count, count + len(weights))
        zeros = [built.context.constant(0) if i in places else g for i, g in enumerate(built.context.gens())]
        f = Quotient(*(p.compose(*zeros, ctx=built.context) for p in (built.function.above, built.function.below)))
        sides = [built.derivative(built.function, i) for i in places]
        radicals = [prod(built.factors(g.above, budget), start=built.context.constant(1)) for g in sides]
        rows = [[built.derivative(Quotient(g, built.context.constant(1)), i) for i in range(count)] for g in radicals]
        if not singular:
            rows = [[built.derivative(f, i) for i in range(count)], *rows]
        minors = _minors([_cleared(row, built.context) for row in rows], count, built.context)
        kept = [prod(built.factors(each, budget), start=built.context.constant(1)) for each in minors]
        equations = [*radicals, *kept, *(built.context.gen(i) for i in places)]
        system = unknowns(built, equations)
        if system is None:
            return None
        return cls(face, variables, system, budget, len(radicals) >= count)

    def run(self, found: Stationary) -> None:
        """Solve, and take up all points and sets."""
        parts, complete = components(self.system.equations, self.system.context, self.budget)
        if not complete:
            found.missing.append("the time was too short for the elimination")
        wide = [part for part in parts if part.dim > 0]
        if wide and self.exhausted:
            found.missing.append("as many constraints as variables leave more than single points")
        for part in wide if not self.exhausted else ():
            self._set(part, found)
        if any(self.system.periods()):
            found.missing.append(REPEATS)
        for part in parts:
            places = solutions(part.basis, self.system.context, self.budget) if part.dim == 0 else []
            if places is None:
                found.missing.append("the equations have too many complex solutions for the time")
            for place in places or ():
                self._point(place, found)

    def _point(self, place: Place, found: Stationary) -> None:
        if not self.system.allowed(place):
            return
        # a pole that cancels is kept: f comes near to the value it would have there
        found.points.append(self._here(place))

    def _here(self, place: Place) -> Here:
        """Return the point with all variables of the problem."""
        face, root = self.face, place.root
        free = dict(zip(face.free, self.system.back(place), strict=False))
        known = dict(zip(self.system.places, place.at, strict=True))
        numbers = [each for value in face.back.values() for each in value.atoms(Number, NumberSymbol, Pow)]
        if not all(each.is_Rational for each in numbers) or not all(i in known for i in range(len(face.free))):
            at = tuple(free[v] if v in free else expand(face.back[v].xreplace(free)) for v in self.variables)
            return Here(self.variables, at, None)
        elements = {v: known[i] for i, v in enumerate(face.free)}
        coordinates = tuple(
            elements[v] if v in elements else root.reduce(_affine(face.back[v], elements)) for v in self.variables
        )
        at = tuple(
            free[v] if v in free else root.expression(c) for v, c in zip(self.variables, coordinates, strict=True)
        )
        return Here(self.variables, at, Place(root, coordinates))

    def _set(self, part: Component, found: Stationary) -> None:
        built, count = self.system.tower, len(self.face.free)
        large = [self.system.large(poly) for poly in part.basis]
        if any(built.never_zero(poly, self.budget) for poly in large):
            return
        names: list[Expr] = [*built.variables, *(kernel.expr for kernel in built.kernels)]
        kept = [p for p in part.basis if not _is_weight(self.system.large(p), count, len(built.variables))]
        chosen = [names[i] for i in self.system.places]
        equations = [expression(p, chosen).as_content_primitive()[1] for p in kept]
        solved = [v - value for v, value in self.face.back.items()]
        nearest = _nearest(part, self.system.context, self.budget) if not built.kernels else None
        if nearest is None:
            shown = ", ".join(f"{_plainly(each)} = 0" for each in equations)
            found.missing.append(f"the points with {shown} were not examined")
            return
        witnesses = Stationary()
        for place in nearest:
            self._point(place, witnesses)
        found.missing += witnesses.missing
        if witnesses.points:
            found.sets.append(Continuum((*solved, *equations), part.dim, tuple(witnesses.points)))


def _plainly(expr: Expr) -> str:
    try:
        return plain.plain(unbuild(expr))
    except NotSupported:
        return str(expr)


def _is_weight(poly: fmpq_mpoly, first: int, last: int) -> bool:
    return any(poly == poly.context().gen(i) for i in range(first, last))


def _affine(expr: Expr, elements: dict[Symbol, fmpq_poly]) -> fmpq_poly:
    total = fmpq_poly([0])
    for term in Add.make_args(expr):
        coefficient, rest = term.as_coeff_Mul()
        number = fmpq(int(coefficient.p), int(coefficient.q)) if coefficient.is_Rational else None
        if rest in elements and number is not None:
            total += elements[rest] * number
        else:
            total += fmpq_poly([fmpq(int(term.p), int(term.q))])
    return total


def _cleared(row: Sequence[Quotient], context: Ring) -> list[fmpq_mpoly]:
    """Return a row times a common denominator of its entries, which is nowhere zero in the domain."""
    common = context.constant(1)
    for entry in row:
        common *= divmod(entry.below, common.gcd(entry.below))[0]
    return [entry.above * divmod(common, entry.below)[0] for entry in row]


def _minors(rows: Sequence[Sequence[fmpq_mpoly]], count: int, context: Ring) -> list[fmpq_mpoly]:
    """Return the determinants that are zero where the rows are dependent; none where they always are."""
    if not rows:
        return [context.constant(1)]
    if len(rows) > count:
        return []
    chosen = list(combinations(range(count), len(rows)))
    if len(chosen) > _MOST_MINORS:
        raise NotRationalError
    found = [determinant([[row[i] for i in columns] for row in rows], context) for columns in chosen]
    return list({key(each): each for each in found if not each.is_zero()}.values())


def determinant(rows: Sequence[Sequence[fmpq_mpoly]], context: Ring) -> fmpq_mpoly:
    """Return the determinant of a small square matrix."""
    if len(rows) == 1:
        return rows[0][0]
    total = context.constant(0)
    for i, entry in enumerate(rows[0]):
        if not entry.is_zero():
            total += (-1) ** i * entry * determinant([[*r[:i], *r[i + 1 :]] for r in rows[1:]], context)
    return total


def _nearest(part: Component, context: Ring, budget: Budget) -> list[Place] | None:
    """Return points of a set, with the nearest ones to a fixed place in each connected part among them.

    None where these are not finitely many, or not in time.
    """
    count = context.nvars()
    rows = [[poly.derivative(i) for i in range(count)] for poly in part.basis]
    away = [context.gen(i) - fmpq(7 * i + 3, 11 + 2 * i) for i in range(count)]
    chosen = list(combinations(rows, count - part.dim))
    if len(chosen) > _MOST_SUBSETS:
        return None
    # where the rank is as large as it can be, away depends on the rows if it does on each choice of them
    minors = [minor for some in chosen for minor in _minors([*some, away], count, context)]
    parts, complete = components([*part.basis, *minors], context, budget)
    if not complete or any(each.dim > 0 for each in parts):
        return None
    found = [solutions(each.basis, context, budget) for each in parts]
    return None if None in found else [place for places in found for place in places or ()]
