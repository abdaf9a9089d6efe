"""Polynomials derived from others as sums of multiples, with the multiples: a proof that they vanish together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from flint import fmpq_mpoly

from engine.critical.polynomials import leading
from engine.values import Budget

Sum = list[tuple[int, fmpq_mpoly]]
Pair = tuple[int, int, int]  # the degree of what cancels, and two places
_MOST_TERMS = 400


class NoProofError(Exception):
    """A proof that is out of reach, or of no form known here."""


@dataclass(slots=True)
class Known:
    """Polynomials in order: those of the branches above, then given ones, then sums of multiples of earlier ones.

    sums: of the derived ones, by place. reduced: the places of those that generate all others.
    """

    polys: list[fmpq_mpoly]
    budget: Budget
    sums: dict[int, Sum] = field(default_factory=dict)
    reduced: list[int] = field(default_factory=list)

    def add(self, poly: fmpq_mpoly, parts: Sum) -> int:
        """Take up a sum, and return its place."""
        if poly in self.polys:
            return self.polys.index(poly)
        self.polys.append(poly)
        self.sums[len(self.polys) - 1] = parts
        return len(self.polys) - 1

    def remainder(self, poly: fmpq_mpoly, without: int = -1) -> tuple[fmpq_mpoly, Sum]:
        """Return what is left of a polynomial, and the multiples of the reduced ones taken away, with their signs.

        Raises NoProofError where the time is over.
        """
        parts: dict[int, fmpq_mpoly] = {}
        again = True
        while again and not poly.is_zero():
            again = False
            if self.budget.left() < 0:
                raise NoProofError
            for place in self.reduced:
                if place == without:
                    continue
                times, rest = divmod(poly, self.polys[place])
                if not times.is_zero():
                    parts[place] = parts[place] - times if place in parts else -times
                    poly, again = rest, True
        return poly, list(parts.items())

    def derived(self, poly: fmpq_mpoly, parts: Sum) -> int | None:
        """Take up what is left of a sum, with leading coefficient 1; return its place, None where nothing is left."""
        rest, taken = self.remainder(poly)
        if rest.is_zero():
            return None
        scale = 1 / rest.leading_coefficient()
        total: dict[int, fmpq_mpoly] = {}
        for place, factor in [*parts, *taken]:
            total[place] = total[place] + factor * scale if place in total else factor * scale
        return self.add(rest * scale, [(place, factor) for place, factor in total.items() if not factor.is_zero()])

    def shown(self, poly: fmpq_mpoly) -> int | None:
        """Take up a polynomial that is a sum of multiples of the reduced ones; None where it is not seen to be one."""
        if poly in self.polys:
            return self.polys.index(poly)
        rest, taken = self.remainder(poly)
        return self.add(poly, [(place, -factor) for place, factor in taken]) if rest.is_zero() else None


def step(known: Known, places: Sequence[int], *, factors: bool = True) -> bool:
    """Reduce the polynomials at some places to a Groebner basis; the places of it are `reduced` then.

    Returns True when that is done, False when a new polynomial is constant or, if wanted, has factors
    (`reduced` generate all then, too). Raises NoProofError where the time or the size is too much.
    Source: Cox, Little, O'Shea, Ideals, Varieties, and Algorithms, sections 2.7 and 2.10: Buchberger's
    algorithm, with the criteria of coprime leading terms and of chains.
    """
    waiting = sorted(places, key=lambda place: (known.polys[place].total_degree(), len(known.polys[place])))
    pairs: list[Pair] = []
    known.reduced = []
    while waiting or pairs:
        if waiting:
            first = waiting.pop(0)
            poly, parts = known.polys[first], [(first, known.polys[first] ** 0)]
        else:
            _, i, j = heappop(pairs)
            above = None if _spared(known, pairs, i, j) else _above(known, i, j)
            if above is None:
                continue
            poly, parts = known.polys[i] * above[0] - known.polys[j] * above[1], [(i, above[0]), (j, -above[1])]
        new = known.derived(poly, parts)
        if new is None:
            continue
        _take(known, new, waiting, pairs)
        if len(known.polys[new]) > _MOST_TERMS:
            raise NoProofError
        if known.polys[new].is_constant() or (factors and _splits(known.polys[new])):
            known.reduced += waiting
            return False
    return True


def _take(known: Known, new: int, waiting: list[int], pairs: list[Pair]) -> None:
    """Add a polynomial to the reduced ones; those that it reduces wait to be reduced."""
    lead = leading(known.polys[new])
    out = [place for place in known.reduced if _divides(lead, leading(known.polys[place]))]
    known.reduced = [place for place in known.reduced if place not in out]
    waiting += out
    for place in known.reduced:
        degree = sum(map(max, lead, leading(known.polys[place])))
        heappush(pairs, (degree, min(place, new), max(place, new)))
    known.reduced.append(new)


def _spared(known: Known, pairs: list[Pair], i: int, j: int) -> bool:
    """Return whether nothing new comes of a pair: one is reduced away, or others lead from one to the other."""
    if i not in known.reduced or j not in known.reduced:
        return True
    top = tuple(map(max, leading(known.polys[i]), leading(known.polys[j])))
    between = [k for k in known.reduced if k not in (i, j) and _divides(leading(known.polys[k]), top)]
    if not between:
        return False
    ahead = {(a, b) for _, a, b in pairs}
    return any(not ({(min(i, k), max(i, k)), (min(j, k), max(j, k))} & ahead) for k in between)


def _splits(poly: fmpq_mpoly) -> bool:
    factors = poly.factor()[1]
    return len(factors) > 1 or int(factors[0][1]) > 1


def _divides(low: tuple[int, ...], high: tuple[int, ...]) -> bool:
    return all(a <= b for a, b in zip(low, high, strict=True))


def _above(known: Known, i: int, j: int) -> tuple[fmpq_mpoly, fmpq_mpoly] | None:
    """Return the multiples whose difference has no leading terms, None for coprime ones: nothing is left of these."""
    a, b = leading(known.polys[i]), leading(known.polys[j])
    if not any(x and y for x, y in zip(a, b, strict=True)):
        return None
    context = known.polys[i].context()
    top = [max(x, y) for x, y in zip(a, b, strict=True)]
    found = []
    for own, poly in ((a, known.polys[i]), (b, known.polys[j])):
        powers = tuple(t - e for t, e in zip(top, own, strict=True))
        found.append(context.term(exp_vec=powers, coeff=1 / poly.leading_coefficient()))
    return found[0], found[1]
