"""All real solutions of a polynomial system with finitely many complex ones, exactly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mat, fmpq_mpoly, fmpq_poly
from sympy import Expr

from engine.critical.polynomials import Exponents, Ring, leading, terms
from engine.critical.roots import RATIONAL, Root, irreducible, isolated
from engine.values import Budget

# Linear algebra with numbers that grow with the size: dimension 64 takes seconds.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A real point whose coordinates are elements of Q(t).

    eliminants: for each coordinate irreducible polynomials, one of which is its minimal polynomial.
    """

    root: Root
    at: tuple[fmpq_poly, ...]
    eliminants: tuple[tuple[tuple[int, ...], ...], ...] = ()

    def expressions(self) -> tuple[Expr, ...]:
        """Return the coordinates, each in its own shortest exact form."""
        among = self.eliminants or (None,) * len(self.at)
        return tuple(self.root.expression(c, known) for c, known in zip(self.at, among, strict=True))

    def value(self, poly: fmpq_mpoly) -> fmpq_poly:
        """Return the value of a polynomial there, an element of Q(t)."""
        if self.root is RATIONAL:
            return fmpq_poly([poly(*(coordinate[0] for coordinate in self.at))])
        monomials = self.monomials()
        return sum((monomials(exponents) * coefficient for exponents, coefficient in terms(poly)), fmpq_poly([0]))

    def monomials(self) -> Callable[[Exponents], fmpq_poly]:
        """Return a function that gives the value of a monomial, and remembers the powers it met."""
        powers: list[list[fmpq_poly]] = [[fmpq_poly([1])] for _ in self.at]

        def value(exponents: Exponents) -> fmpq_poly:
            product = fmpq_poly([1])
            for known, coordinate, exponent in zip(powers, self.at, exponents, strict=True):
                while len(known) <= exponent:
                    known.append(self.root.reduce(known[-1] * coordinate))
                if exponent:
                    product = self.root.reduce(product * known[exponent])
            return product

        return value


@dataclass(frozen=True, slots=True)
class _Quotient:
    """A quotient of the polynomial ring: multiplication by each variable, and the vector of 1."""

    times: list[fmpq_mat]
    one: fmpq_mat

    @property
    def size(self) -> int:
        return int(self.one.nrows())


def solutions(basis: Sequence[fmpq_mpoly], context: Ring, budget: Budget) -> list[Place] | None:
    """Return every real zero of a zero-dimensional ideal, given by its reduced Groebner basis.

    None if that is out of reach of the budget. Source: Cox, Little, O'Shea, Using Algebraic Geometry,
    chapter 2: the quotient algebra is made radical (Seidenberg's lemma), a linear form that separates
    its points generates it, and every coordinate is a polynomial in that form (shape lemma).
    """
    if all(sum(leading(poly)) == 1 for poly in basis):
        return [Place(RATIONAL, tuple(fmpq_poly([-_constant(poly)]) for poly in sorted(basis, key=leading)[::-1]))]
    monomials = _standard(basis, context.nvars())
    if monomials is None or budget.left() < 0:
        return None
    quotient = _quotient(basis, monomials, context)
    if budget.left() < _seconds(quotient):
        return None
    before = budget.left()
    found = _separated(quotient)
    # measured: the radical takes about ten times as long as the search for a form
    if found is None and budget.left() > 10 * (before - budget.left()):
        quotient = _radical(quotient)
        found = _separated(quotient)
    if found is None:
        return None
    form, minimal = found
    coordinates = _coordinates(quotient, form, budget)
    if coordinates is None:
        return None
    eliminants = tuple(irreducible(matrix.charpoly()) for matrix in quotient.times)
    return [_place(root, coordinates, eliminants) for root in isolated(minimal)]


def _seconds(quotient: _Quotient) -> float:
    """Return an upper estimate of the time for the characteristic polynomials of all variables.

    Measured: size^4 times bits of the entries, at 15 to 40 thousand million a second.
    """
    bits = 0
    for matrix in quotient.times:
        whole, denominator = matrix.numer_denom()
        bits = max(bits, int(denominator).bit_length(), *(abs(int(e)).bit_length() for e in whole.entries()))
    return (len(quotient.times) + 1) * quotient.size**4 * bits / 1.5e10


def _place(root: Root, coordinates: list[fmpq_poly], eliminants: tuple[tuple[tuple[int, ...], ...], ...]) -> Place:
    at = tuple(root.reduce(coordinate) for coordinate in coordinates)
    return Place(RATIONAL, at) if all(c.degree() < 1 for c in at) else Place(root, at, eliminants)


def _constant(poly: fmpq_mpoly) -> fmpq:
    return next((c for m, c in terms(poly) if not any(m)), fmpq(0))


def _standard(basis: Sequence[fmpq_mpoly], count: int) -> list[Exponents] | None:
    """Return the monomials that no leading monomial divides, None if they are too many."""
    leads = [leading(poly) for poly in basis]
    found, fresh = [], [(0,) * count]
    while fresh:
        found += fresh
        if len(found) > _MOST:
            return None
        above = {(*m[:i], m[i] + 1, *m[i + 1 :]) for m in fresh for i in range(count)}
        fresh = sorted(m for m in above if not any(_divides(lead, m) for lead in leads))
    return found


def _divides(low: Exponents, high: Exponents) -> bool:
    return all(a <= b for a, b in zip(low, high, strict=True))


def _quotient(basis: Sequence[fmpq_mpoly], monomials: list[Exponents], context: Ring) -> _Quotient:
    place = {monomial: i for i, monomial in enumerate(monomials)}
    forms = {leading(poly): context.term(exp_vec=leading(poly), coeff=1) - poly for poly in basis}
    ups = [[(*m[:i], m[i] + 1, *m[i + 1 :]) for m in monomials] for i in range(context.nvars())]
    border = {m for up in ups for m in up if m not in place}
    for monomial in sorted(border, key=lambda m: (sum(m), [-e for e in reversed(m)])):
        if monomial not in forms:
            forms[monomial] = _normal(monomial, forms, place, context)
    size = len(monomials)
    times = []
    for up in ups:
        matrix = fmpq_mat(size, size)
        for column, monomial in enumerate(up):
            if monomial in place:
                matrix[place[monomial], column] = 1
            else:
                for exponents, coefficient in terms(forms[monomial]):
                    matrix[place[exponents], column] = coefficient
        times.append(matrix)
    return _Quotient(times, fmpq_mat(size, 1, [1] + [0] * (size - 1)))


def _normal(
    monomial: Exponents, forms: dict[Exponents, fmpq_mpoly], place: dict[Exponents, int], context: Ring
) -> fmpq_mpoly:
    """Return the normal form of a border monomial from those of smaller ones (FGLM)."""
    for i, exponent in enumerate(monomial):
        below = (*monomial[:i], exponent - 1, *monomial[i + 1 :])
        if exponent and below in forms:
            total = context.constant(0)
            for exponents, coefficient in terms(forms[below] * context.gen(i)):
                inside = exponents in place
                total += (context.term(exp_vec=exponents, coeff=1) if inside else forms[exponents]) * coefficient
            return total
    raise AssertionError


def _separated(quotient: _Quotient) -> tuple[fmpq_mat, fmpq_poly] | None:
    """Return multiplication by a form that takes as many values as the quotient has dimensions.

    Only a radical quotient has one; the moment curve then meets one within n D^2 tries, and the
    first few practically always do.
    """
    count = len(quotient.times)
    for k in range(12):
        weights = [int(i == k) for i in range(count)] if k < count else [(k - count + 1) ** i for i in range(count)]
        form = fmpq_mat(quotient.size, quotient.size)
        for weight, matrix in zip(weights, quotient.times, strict=True):
            form += matrix * fmpq(weight)
        minimal = form.charpoly()
        if minimal.gcd(minimal.derivative()).degree() == 0:
            return form, minimal
    return None


def _radical(quotient: _Quotient) -> _Quotient:
    """Divide by what the squarefree polynomials of the variables generate."""
    columns = []
    for matrix in quotient.times:
        minimal = matrix.minpoly()
        squarefree = minimal // minimal.gcd(minimal.derivative())
        columns += _at(squarefree, matrix).transpose().tolist()
    echelon, rank = fmpq_mat(columns).rref()
    rows = echelon.tolist()[:rank]
    pivots = [next(j for j, entry in enumerate(row) if entry != 0) for row in rows]
    kept = [j for j in range(quotient.size) if j not in pivots]
    project = fmpq_mat(len(kept), quotient.size)
    for i, j in enumerate(kept):
        project[i, j] = 1
        for row, pivot in zip(rows, pivots, strict=True):
            project[i, pivot] = -row[j]
    inject = fmpq_mat(quotient.size, len(kept))
    for i, j in enumerate(kept):
        inject[j, i] = 1
    return _Quotient([project * matrix * inject for matrix in quotient.times], project * quotient.one)


def _at(polynomial: fmpq_poly, matrix: fmpq_mat) -> fmpq_mat:
    size = matrix.nrows()
    unit = fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])
    total = fmpq_mat(size, size)
    for coefficient in reversed(polynomial.coeffs()):
        total = total * matrix + unit * coefficient
    return total


def _coordinates(quotient: _Quotient, form: fmpq_mat, budget: Budget) -> list[fmpq_poly] | None:
    """Return each variable as a polynomial in the separating form, None if that would take too long."""
    size, vector, powers, before = quotient.size, quotient.one, [], budget.left()
    for _ in range(size):
        powers.append([vector[i, 0] for i in range(size)])
        vector = form * vector
        # measured on dense systems: solving takes up to a tenth of the size times longer than the powers
        if budget.left() < size / 10 * (before - budget.left()):
            return None
    images = [matrix * quotient.one for matrix in quotient.times]
    wanted = fmpq_mat([[image[i, 0] for image in images] for i in range(size)])
    solved = fmpq_mat(powers).transpose().solve(wanted)
    return [fmpq_poly([solved[i, j] for i in range(size)]) for j in range(len(images))]
