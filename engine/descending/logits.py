"""The lowest point of a logistic loss in the cases where it is a sum of logarithms of fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.descending.spectrum import Rows, matrix


@dataclass(frozen=True, slots=True)
class Logits:
    """A point: each coordinate is its row of weights times the logarithms of the odds."""

    weights: tuple[tuple[Fraction, ...], ...]
    odds: tuple[Fraction, ...]


def closed(features: Rows, positive: Sequence[bool], l2: Fraction) -> Logits | None:
    """Return the one lowest point of a logistic loss that has one; None where it is in none of these cases.

    They are the origin, a score that is the same for all points, and as many different points as parameters:
    there the slope of the loss is zero with chances that are fractions.
    """
    size = len(features[0])
    if _balanced(features, positive, Fraction(1, 2)):
        return Logits(tuple(() for _ in range(size)), ())
    if l2:
        return None
    groups: dict[tuple[Fraction, ...], list[bool]] = {}
    for row, good in zip(features, positive, strict=True):
        groups.setdefault(tuple(row), []).append(good)
    different = [list(row) for row in groups]
    chances = [Fraction(sum(each), len(each)) for each in groups.values()]
    if matrix(different).rank() == len(different) == size:
        return _of(different, chances)
    mean = Fraction(sum(positive), len(positive))
    return _of(features, [mean]) if _balanced(features, positive, mean) else None


def _balanced(features: Rows, positive: Sequence[bool], chance: Fraction) -> bool:
    """Return whether the slope of the loss is zero where all chances are this one."""
    wrong = [chance - int(good) for good in positive]
    return not any(
        sum(row[i] * each for row, each in zip(features, wrong, strict=True)) for i in range(len(features[0]))
    )


def _of(rows: Rows, chances: Sequence[Fraction]) -> Logits | None:
    """Return the point whose scores have these chances; one chance is that of every row. None where none has them."""
    if any(chance in (0, 1) for chance in chances):
        return None
    count = len(chances)
    known, right = (
        matrix(rows),
        matrix([[Fraction(count == 1 or i == j) for j in range(count)] for i in range(len(rows))]),
    )
    turned = known.transpose()
    try:
        found = (turned * known).solve(turned * right)
    except ZeroDivisionError:
        return None
    if known * found != right:
        return None
    weights = tuple(tuple(Fraction(int(e.p), int(e.q)) for e in row) for row in found.tolist())
    return Logits(weights, tuple(chance / (1 - chance) for chance in chances))
