"""What a critical point is where the Hessian has the eigenvalue 0: exact proofs by the terms of higher order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from flint import fmpq, fmpq_mpoly, fmpq_poly

from engine.critical.definite import signs
from engine.critical.found import Kind
from engine.critical.polynomials import Exponents, Ring, ring, terms
from engine.critical.roots import Root
from engine.critical.signature import Entries, Signature, algebraic, times
from engine.values import Budget

_ORDERS = (3, 4, 6, 8, 12)
_SPLIT = "once the squares that the Hessian decides are split off, "
_HIGHEST = 24  # degree of Q(t); a division in it takes seconds where that is higher


@dataclass(frozen=True, slots=True)
class Local:
    """A function round a critical point at the origin, without its constant term, over Q(t).

    poly:  polynomial in the n displacements and, last, t.
    order: total degree in the displacements up to which it is right, None if it is the function.
    """

    poly: fmpq_mpoly
    root: Root
    order: int | None

    @property
    def count(self) -> int:
        """The number of displacements."""
        return int(self.poly.context().nvars()) - 1


def classified(local: Local, hessian: Entries, signature: Signature, budget: Budget) -> tuple[Kind, bool | None, str]:
    """Return kind, strictness and reason of a critical point with a singular Hessian.

    Source: the splitting lemma (Poston and Stewart, Catastrophe Theory and its Applications,
    chapter 4): f is a sum of +-squares plus a function of as many variables as the Hessian has
    zero eigenvalues, whose terms of lowest degree decide where they are definite or change sign.
    """
    if signature.kind == "saddle point":
        return "saddle point", None, "eigenvalues of both signs"
    if local.root.modulus.degree() > _HIGHEST:
        return "not decided", None, "the second-derivative test is inconclusive"
    block = (signature.positive > 0) - (signature.negative > 0)
    reduced, order = local.poly, local.order
    free: Sequence[int] = range(local.count)
    for degree in _ORDERS if block else (0,):
        if budget.left() < 0 or (local.order is not None and degree > local.order):
            break
        if degree:
            reduced, free = _split(local, hessian, signature, degree)
            order = degree
        found = _lowest(reduced, free, block, local.root, order, budget)
        if found is not None:
            kind, strict, reason = found
            return kind, strict, f"{_SPLIT}{reason}" if degree else reason
    return _everywhere(local, budget)


def _everywhere(local: Local, budget: Budget) -> tuple[Kind, bool | None, str]:
    if local.order is None and not local.poly.is_zero() and not local.poly.degrees()[-1]:
        found = signs(local.poly, budget)
        if found in ("nonnegative", "positive"):
            return "local minimum", None, "no value nearby is smaller"
        if found in ("nonpositive", "negative"):
            return "local maximum", None, "no value nearby is larger"
    return "not decided", None, "the second-derivative test is inconclusive"


def _split(local: Local, hessian: Entries, signature: Signature, degree: int) -> tuple[fmpq_mpoly, list[int]]:
    """Return the function of the degenerate directions, right to a degree, and the indices of these."""
    root, count, context = local.root, local.count, local.poly.context()
    rank = count - signature.zero
    for chosen in combinations(range(count), rank):
        block = [[hessian[i][j] for j in chosen] for i in chosen]
        if algebraic(block, root).zero == 0:
            break
    inverse = _inverse(block, root)
    modulus = lift(root.modulus, context)
    partials = [local.poly.derivative(i) for i in chosen]
    images = [context.constant(0) if i in chosen else context.gen(i) for i in range(count + 1)]
    for reach in range(2, degree):
        errors = [_cut(partial.compose(*images, ctx=context), reach, modulus) for partial in partials]
        for row, index in zip(inverse, chosen, strict=True):
            step = sum((lift(c, context) * e for c, e in zip(row, errors, strict=True)), context.constant(0))
            images[index] = _cut(images[index] - step, reach, modulus)
    reduced = _cut(local.poly.compose(*images, ctx=context), degree, modulus)
    return reduced, [i for i in range(count) if i not in chosen]


def _inverse(matrix: Entries, root: Root) -> Entries:
    """Return the inverse by the adjugate of Cayley and Hamilton: the matrices met are at most 7 x 7."""
    size = len(matrix)
    power = [[fmpq_poly([int(i == j)]) for j in range(size)] for i in range(size)]
    for k in range(1, size + 1):
        last, product_ = power, times(matrix, power, root)
        trace = sum((product_[i][i] for i in range(size)), fmpq_poly([0])) * fmpq(-1, k)
        power = [[e + trace if i == j else e for j, e in enumerate(r)] for i, r in enumerate(product_)]
    factor = root.inverse(-trace)
    return [[root.reduce(entry * factor) for entry in row] for row in last]


def lift(element: fmpq_poly, context: Ring) -> fmpq_mpoly:
    """Return an element of Q(t) as a polynomial in the last variable."""
    zeros = (0,) * (context.nvars() - 1)
    return context.from_dict({(*zeros, i): c for i, c in enumerate(element.coeffs()) if c != 0})


def _cut(poly: fmpq_mpoly, degree: int, modulus: fmpq_mpoly) -> fmpq_mpoly:
    kept = {m: c for m, c in terms(poly) if sum(m[:-1]) <= degree}
    return poly.context().from_dict(kept) % modulus


def _lowest(
    poly: fmpq_mpoly, free: Sequence[int], block: int, root: Root, order: int | None, budget: Budget
) -> tuple[Kind, bool | None, str] | None:
    """Decide by the form of lowest degree, None where it does not."""
    if poly.is_zero():
        return None
    degree = min(sum(m[:-1]) for m, _ in terms(poly))
    form: dict[Exponents, fmpq_poly] = {}
    for m, c in terms(poly):
        if sum(m[:-1]) == degree:
            small = tuple(m[i] for i in free)
            form[small] = form.get(small, fmpq_poly([0])) + fmpq_poly([0] * m[-1] + [c])
    if degree % 2:
        return "saddle point", None, f"the terms of lowest degree, {degree}, change sign with the direction"
    taken = {_at(form, direction, root) for direction in product((0, 1, -1, 2, -2), repeat=min(len(free), 4))} - {0}
    if block:
        taken.add(block)
    if len(taken) == 2:
        return "saddle point", None, f"the terms of degree {degree} have the other sign in some direction"
    if _definite(form, len(free), budget):
        kind: Kind = "local minimum" if taken == {1} else "local maximum"
        return kind, True, f"the terms of lowest degree, {degree}, have one sign in all directions"
    if _curves(poly, free, block, order):
        return "saddle point", None, "f takes larger and smaller values on curves through the point"
    return None


def _at(form: dict[Exponents, fmpq_poly], direction: tuple[int, ...], root: Root) -> int:
    total = fmpq_poly([0])
    for exponents, coefficient in form.items():
        weight = 1
        for value, exponent in zip(direction, exponents, strict=False):
            weight *= value**exponent
        if not any(exponents[len(direction) :]):
            total += coefficient * weight
    return root.sign(total)


def _definite(form: dict[Exponents, fmpq_poly], count: int, budget: Budget) -> bool:
    """Return whether a form of even degree is zero at the origin only, as far as that is proven."""
    if count == 1:
        return True
    if any(c.degree() > 0 for c in form.values()):
        return False
    context = ring(count)
    poly = context.from_dict({m: c[0] for m, c in form.items()})
    charts = [poly.subs({f"v{i}": 1}) for i in range(count)]
    return all(not chart.is_zero() and signs(chart, budget) in ("positive", "negative") for chart in charts)


def _curves(poly: fmpq_mpoly, free: Sequence[int], block: int, order: int | None) -> bool:
    """Return whether f changes sign among the curves (a s^p, b s^q), for two free directions over Q."""
    if len(free) != 2 or poly.degrees()[-1]:
        return False
    taken, shapes = {block} - {0}, [(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)]
    slopes = [fmpq(n, d) for n, d in ((1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 2), (-3, 2))]
    for p, q in shapes:
        for a, b in product((fmpq(1), fmpq(-1)), slopes):
            along: dict[int, fmpq] = {}
            for m, c in terms(poly):
                i, j = m[free[0]], m[free[1]]
                along[p * i + q * j] = along.get(p * i + q * j, fmpq(0)) + c * a**i * b**j
            first = min((power for power, c in along.items() if c != 0), default=None)
            if first is None or (order is not None and first > order):
                continue
            taken |= {-1, 1} if first % 2 else {1 if along[first] > 0 else -1}
    return len(taken) == 2
