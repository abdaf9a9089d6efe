"""Derives the solutions of polynomial equations, branch by branch, as a proof that can be followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb
from typing import Any

from flint import fmpq, fmpq_mat, fmpq_mpoly, fmpq_poly

from engine.certifying.combinations import Known, NoProofError, step
from engine.critical.polynomials import leading
from engine.proofs.algebra import Algebra, composed
from engine.proofs.field import Field
from engine.values import Budget

_MOST = 40  # solutions of a branch
_MOST_COMPOSED = 3000  # terms


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a proof: what is known in it from place `start` on was derived here.

    end:  as the certificate has it, with the places of this branch.
    uses: the places that the end needs.
    """

    known: Known
    start: int
    end: dict[str, Any]
    uses: tuple[int, ...]
    parts: tuple["Branch", ...] = ()


@dataclass(slots=True)
class Elimination:
    """What all branches share."""

    algebra: Algebra
    budget: Budget
    count: int = 0

    @property
    def field(self) -> Field:
        """The generators."""
        return self.algebra.field

    def proof(self) -> Branch:
        """Return the proof that the solutions are all. Raises NoProofError."""
        field = self.field
        known = Known(list(self.algebra.start), self.budget)
        places = list(range(field.count))
        used: set[int] = set()
        for place in places:  # grows while it is read
            for i in _occurring(known.polys[place]) - used:
                used.add(i)
                places += [
                    field.count + k
                    for k, relation in enumerate(field.relations.values())
                    if field.count + k not in places and relation.degrees()[i] and i >= field.count
                ]
        return self.branch(known, len(known.polys), [place for place in places if not known.polys[place].is_zero()])

    def branch(self, known: Known, start: int, places: Sequence[int]) -> Branch:
        """Return the proof for the common zeros of the polynomials at some places."""
        self.count += 1
        while True:
            if self.budget.left() < 0 or self.count > 200:
                raise NoProofError
            for place in places:
                if self.algebra.never(known.polys[place]):
                    return Branch(known, start, {"zero": place}, (place,))
            for place in sorted(places, key=lambda p: (known.polys[p].total_degree(), len(known.polys[p]))):
                constant, factors = known.polys[place].factor()
                if len(factors) > 1 or int(factors[0][1]) > 1:
                    return self._split(known, start, [p for p in places if p != place], place, constant, factors)
            done = step(known, places)
            places = list(known.reduced)
            if done:
                found = self._solved(known, start)
                if isinstance(found, Branch):
                    return found
                places.append(found)

    def _split(
        self,
        known: Known,
        start: int,
        rest: list[int],
        place: int,
        constant: fmpq,
        factors: list[tuple[fmpq_mpoly, int]],
    ) -> Branch:
        parts, written = [], []
        for factor, power in factors:
            inside = Known([*known.polys, factor], self.budget)
            here = len(known.polys)
            parts.append(self.branch(inside, here + 1, [*rest, here]))
            written.append({"factor": terms(factor), "power": int(power)})
        end = {"product": place, "constant": str(constant), "parts": written}
        return Branch(known, start, end, (place,), tuple(parts))

    def _solved(self, known: Known, start: int) -> Branch | int:
        """Return the end of a branch from a Groebner basis, or the place of a polynomial that has factors."""
        for i, equations in enumerate(self.algebra.sets):
            on = [known.shown(each) for each in equations]
            if None not in on:
                return Branch(known, start, {"set": i}, tuple(place for place in on if place is not None))
        unknowns = self._unknowns(known)
        monomials = _standard([known.polys[place] for place in known.reduced], unknowns, len(self.field.gens))
        forms = [self.field.gens[i] for i in unknowns]
        for form in forms:
            powers, minimal = _minimal(known, form, monomials)
            if _reducible(minimal):
                return self._taken(known, _put(minimal, form))
        for form in _forms(forms):
            powers, minimal = _minimal(known, form, monomials)
            if minimal.degree() < len(monomials):
                continue
            if _reducible(minimal):
                return self._taken(known, _put(minimal, form))
            return self._end(known, start, form, minimal, powers, unknowns, monomials)
        raise NoProofError

    def _taken(self, known: Known, poly: fmpq_mpoly) -> int:
        place = known.shown(poly)
        if place is None:
            raise NoProofError
        return place

    def _end(
        self,
        known: Known,
        start: int,
        form: fmpq_mpoly,
        minimal: fmpq_poly,
        powers: fmpq_mat,
        unknowns: list[int],
        monomials: list[tuple[int, ...]],
    ) -> Branch:
        wanted = fmpq_mat([[known.remainder(self.field.gens[i])[0][m] for i in unknowns] for m in monomials])
        solved = powers.solve(wanted)
        at, uses = {}, [self._taken(known, _put(minimal, form))]
        for column, i in enumerate(unknowns):
            coordinate = fmpq_poly([solved[row, column] for row in range(len(monomials))])
            at[str(i)] = [str(c) for c in coordinate.coeffs()] or ["0"]
            difference = self.field.gens[i] - _put(coordinate, form)
            if not difference.is_zero():
                uses.append(self._taken(known, difference))
        end = {"form": terms(form), "modulus": [str(c) for c in minimal.coeffs()], "at": at}
        return Branch(known, start, end, tuple(uses))

    def _unknowns(self, known: Known) -> list[int]:
        """Return the generators that are solved for: those that occur, and the variables not found by their kernels."""
        own = {i: owner for i, (_, owner, _) in self.algebra.owners.items() if owner >= 0}
        parts = [_occurring(known.polys[place]) for place in known.reduced]
        # what is bound to no variable may have any value
        used = {i for part in parts for i in part if i in self.algebra.owners}
        while more := {i for part in parts if part & used for i in part} - used:
            used |= more
        return sorted(used | (set(range(self.field.count)) - {own[i] for i in used if i in own}))


def terms(poly: fmpq_mpoly) -> list[list[Any]]:
    """Return a polynomial as the certificate has it."""
    return [[str(c), *map(int, m)] for m, c in poly.terms()]


def written(branch: Branch, base: int) -> dict[str, Any]:
    """Return the proof as the certificate has it, without steps that nothing needs."""
    kept: dict[int, set[int]] = {}
    _needed(branch, kept)
    return _written(branch, {i: i for i in range(base)}, base, kept)


def _needed(branch: Branch, kept: dict[int, set[int]]) -> set[int]:
    size = len(branch.known.polys)
    needed = {*branch.uses, *(i for part in branch.parts for i in _needed(part, kept) if i < size)}
    for place in range(size - 1, branch.start - 1, -1):
        if place in needed:
            needed |= {i for i, _ in branch.known.sums[place]}
    kept[id(branch)] = {i for i in needed if i >= branch.start}
    return {i for i in needed if i < branch.start}


def _written(branch: Branch, names: dict[int, int], count: int, kept: dict[int, set[int]]) -> dict[str, Any]:
    names, steps = dict(names), []
    for place in sorted(kept[id(branch)]):
        steps.append([[names[i], terms(factor)] for i, factor in branch.known.sums[place]])
        names[place] = count + len(steps) - 1
    end, after = dict(branch.end), count + len(steps)
    for key in ("zero", "product"):
        if key in end:
            end[key] = names[end[key]]
    if branch.parts:
        inside = names | {len(branch.known.polys): after}
        branches = [_written(part, inside, after + 1, kept) for part in branch.parts]
        end["parts"] = [part | {"branch": each} for part, each in zip(end["parts"], branches, strict=True)]
    return {"steps": steps, "end": end}


def _occurring(poly: fmpq_mpoly) -> set[int]:
    return {i for i, degree in enumerate(poly.degrees()) if degree > 0}


def _reducible(poly: fmpq_poly) -> bool:
    factors = poly.numer().factor()[1]
    return len(factors) > 1 or int(factors[0][1]) > 1


def _standard(basis: list[fmpq_mpoly], unknowns: list[int], size: int) -> list[tuple[int, ...]]:
    """Return the monomials in the unknowns that no leading monomial divides. Raises NoProofError for too many."""
    leads = [leading(poly) for poly in basis]
    found: list[tuple[int, ...]] = []
    fresh = [(0,) * size]
    while fresh:
        found += fresh
        if len(found) > _MOST:
            raise NoProofError
        above = {(*m[:i], m[i] + 1, *m[i + 1 :]) for m in fresh for i in unknowns}
        fresh = sorted(m for m in above if not any(all(a <= b for a, b in zip(lead, m, strict=True)) for lead in leads))
    return found


def _put(outer: fmpq_poly, inner: fmpq_mpoly) -> fmpq_mpoly:
    """Return a polynomial at a form; raises NoProofError where that would be long, since nothing interrupts it."""
    if comb(max(outer.degree(), 0) + len(inner), len(inner)) > _MOST_COMPOSED:
        raise NoProofError
    return composed(outer, inner)


def _minimal(known: Known, form: fmpq_mpoly, monomials: list[tuple[int, ...]]) -> tuple[fmpq_mat, fmpq_poly]:
    """Return the powers of a form below the dimension as columns, and the monic polynomial of least degree for it."""
    size, power = len(monomials), known.remainder(form**0)[0]
    columns = []
    for _ in range(size + 1):
        columns.append([power[m] for m in monomials])
        power = known.remainder(power * form)[0]
    whole = fmpq_mat(columns).transpose()
    echelon, rank = whole.rref()
    # the powers before the first that depends on those below it are the pivots
    coefficients = [-echelon[row, rank] for row in range(rank)]
    below = fmpq_mat([[whole[i, j] for j in range(size)] for i in range(size)])
    return below, fmpq_poly([*coefficients, 1])


def _forms(gens: list[fmpq_mpoly]) -> Iterator[fmpq_mpoly]:
    """Return linear forms, one of which takes different values at all points in practice."""
    yield from gens
    for weights in product((1, 2, -1, 3), repeat=len(gens)):
        yield sum((gen * weight for gen, weight in zip(gens, weights, strict=True)), gens[0] * 0)
