"""Whether a region is proven to be bounded, variable by variable."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import lcm

from flint import fmpq, fmpq_mpoly
from sympy import Dummy, Expr, Pow, Symbol

from engine.constrained.problem import Constraint
from engine.critical.definite import signs
from engine.critical.polynomials import Exponents, polynomial, ring, terms
from engine.values import Budget


def bounded(
    constraints: Sequence[Constraint], variables: Sequence[Symbol], budget: Budget, most: Expr | None = None
) -> bool:
    """Return whether the constraints are proven to leave no way to infinity in any variable.

    most: an expression that is at most some number, whatever that is; nothing is proven where it is no
          polynomial in the variables and their roots.
    """
    known = _Known(len(variables), budget)
    context = ring(len(variables))
    images, roots = _rooted([*(each.g for each in constraints), *([] if most is None else [most])], variables)
    names = [images[v].as_base_exp()[0] if v in images else v for v in variables]
    rewritten = [Constraint(each.g.xreplace(images), each.sign) for each in constraints]
    read = [(each, polynomial(each.inward, names, context)) for each in (*rewritten, *roots)]
    polys = [(poly, each.sign == "=") for each, poly in read if poly is not None and not poly.is_constant()]
    if most is not None:
        top = polynomial(most.xreplace(images), names, context)
        if top is None:
            return False
        polys.append((-top, False))
    before = -1
    while before != known.size() and budget.left() > 0:
        before = known.size()
        for poly, equal in polys:
            known.use(-poly)
            if equal:
                known.use(poly)
    return known.size() == 2 * len(variables)


def _rooted(expressions: Sequence[Expr], variables: Sequence[Symbol]) -> tuple[dict[Expr, Expr], list[Constraint]]:
    """Return powers to put in for variables that stand under roots, x = u^2, and u >= 0 for each.

    A variable is bounded where its root is.
    """
    images: dict[Expr, Expr] = {}
    for variable in variables:
        powers = [p for e in expressions for p in e.atoms(Pow) if p.base == variable and p.exp.is_Rational]
        common = lcm(*(int(p.exp.q) for p in powers))
        if common > 1:
            images[variable] = Dummy(str(variable), positive=True) ** common
    return images, [Constraint(image.as_base_exp()[0], ">=") for image in images.values()]


@dataclass(slots=True)
class _Known:
    """The variables with a lower, and with an upper bound."""

    count: int
    budget: Budget
    low: set[int] = field(default_factory=set)
    high: set[int] = field(default_factory=set)

    def size(self) -> int:
        return len(self.low) + len(self.high)

    def use(self, poly: fmpq_mpoly) -> None:
        """Take up that a polynomial is at most zero: what can only grow beyond all bounds is bounded."""
        both = self.low & self.high
        parts: dict[Exponents, dict[Exponents, fmpq]] = {}
        for m, c in terms(poly):
            open_ = tuple(0 if i in both else e for i, e in enumerate(m))
            closed = tuple(e if i in both else 0 for i, e in enumerate(m))
            parts.setdefault(open_, {})[closed] = c
        parts.pop((0,) * self.count, None)
        if not parts or any(any(closed) for part in parts.values() for closed in part):
            return
        numbers = {m: part[(0,) * self.count] for m, part in parts.items()}
        self._apart(numbers)
        self._weighed(numbers)
        self._together(poly, numbers)

    def _apart(self, numbers: dict[Exponents, fmpq]) -> None:
        """Take up a sum in which no other part can fall without bound: a part that grows is bounded."""
        single: dict[int, dict[int, fmpq]] = {}
        mixed: dict[Exponents, fmpq] = {}
        for m, c in numbers.items():
            inside = [i for i, e in enumerate(m) if e]
            if len(inside) == 1:
                single.setdefault(inside[0], {})[m[inside[0]]] = c
            else:
                mixed[m] = c
        if not self._grows(mixed):
            return
        falls = {i for i, part in single.items() for way in (1, -1) if self._open(i, way) and _falls(part, way)}
        for i, part in single.items():
            for way in (1, -1):
                # the other way the part may fall without bound; this way it grows, and nothing makes up for that
                if not falls - {i} and self._open(i, way) and not _falls(part, way):
                    (self.high if way > 0 else self.low).add(i)

    def _grows(self, part: dict[Exponents, fmpq]) -> bool:
        """Return whether terms in several variables are bounded below: each has even powers."""
        return all(c > 0 and all(e % 2 == 0 for e in m) for m, c in part.items())

    def _open(self, i: int, way: int) -> bool:
        return i not in (self.high if way > 0 else self.low)

    def _weighed(self, numbers: dict[Exponents, fmpq]) -> None:
        """Take up even powers of every variable that outgrow all mixed terms, x^8 + y^6 + x y.

        By the inequality of weighted means a monomial stays below them where the sum of its exponents, each
        over that of the power, is under 1.
        """
        inside = sorted({i for m in numbers for i, e in enumerate(m) if e})
        powers = {i: max((m[i] for m in numbers if m[i] == sum(m)), default=0) for i in inside}
        if any(power % 2 or not power for power in powers.values()):
            return
        for m, c in numbers.items():
            weight = sum((fmpq(m[i], powers[i]) for i in inside), fmpq(0))
            if weight > 1 or (weight == 1 and c < 0) or (weight == 1 and any(e % 2 for e in m)):
                return
        self.low |= set(inside)
        self.high |= set(inside)

    def _together(self, poly: fmpq_mpoly, numbers: dict[Exponents, fmpq]) -> None:
        """Take up terms of highest degree that are positive in every direction: at most zero in a ball only."""
        inside = sorted({i for m in numbers for i, e in enumerate(m) if e})
        highest = max(sum(m) for m in numbers)
        if highest % 2 or len(inside) < 2:
            return
        form = poly.context().from_dict({m: c for m, c in numbers.items() if sum(m) == highest})
        charts = [form.subs({f"v{i}": 1}) for i in inside]
        if all(not each.is_zero() and signs(each, self.budget) == "positive" for each in charts):
            self.low |= set(inside)
            self.high |= set(inside)


def _falls(part: dict[int, fmpq], way: int) -> bool:
    """Return whether a polynomial in one variable goes to minus infinity that way."""
    degree = max(part)
    return bool(part[degree] * way**degree < 0)
