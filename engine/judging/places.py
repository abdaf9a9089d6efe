"""Where two functions are compared: points drawn at random, of several scales and signs, inside the domain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Literal

from flint import arb, ctx, fmpq

from engine.calculus.balls import NoValueError, OpenError, side
from engine.judging.enclosures import SIDES, enclose
from engine.reading.tree import Binary, Name, Negative, Node, Number, names_in

Sign = Literal["=", "<", "<=", ">", ">=", "!="]
Drawn = dict[str, Fraction]
# The first points are of everyday size; after them come the sizes at which far-away branches begin.
_SCALES = (1, 3, 10, 1, 3, Fraction(1, 10), 30, 1000, 2, Fraction(1, 1000), 10**6, 5, 10**9, 1, 10**12, 10)
_SMALL = ((1, 2, 3), (2, 1, 5), (1, 1, 1), (-1, 2, -3), (Fraction(1, 2), Fraction(1, 3), 2), (7, 9, 8))
_FINE = 10**6
_BITS = 128


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the variables: left sign right."""

    left: Node
    sign: Sign
    right: Node

    def holds(self, at: Drawn) -> bool:
        """Tell whether the condition surely holds at a point."""
        there = balls(at, _BITS)
        try:
            found = side(enclose(Binary("-", self.left, self.right), there, _BITS))
        except (NoValueError, OpenError):
            return False
        return found in SIDES[self.sign]


@dataclass(frozen=True, slots=True)
class Domain:
    """Where the question asks for equality: all conditions hold.

    text: as stated, "x real" too; "" where nothing is, and then equality is asked for where both are defined.
    """

    conditions: tuple[Condition, ...] = ()
    text: str = ""

    @property
    def names(self) -> set[str]:
        """The names in the conditions."""
        return {name for each in self.conditions for name in names_in(each.left) | names_in(each.right)}

    def bounds(self, name: str) -> tuple[Fraction | None, Fraction | None]:
        """Return the numbers between which a variable surely lies; None where there is none."""
        low, high = None, None
        for condition in self.conditions:
            left, sign, right = condition.left, condition.sign, condition.right
            if isinstance(right, Name):
                left, right, sign = right, left, _TURNED[sign]
            limit = _number(right)
            if left != Name(name) or limit is None:
                continue
            if sign in {">", ">=", "="}:
                low = limit if low is None else max(low, limit)
            if sign in {"<", "<=", "="}:
                high = limit if high is None else min(high, limit)
        return low, high

    def has(self, at: Drawn) -> bool:
        """Tell whether a point surely lies inside."""
        return all(condition.holds(at) for condition in self.conditions)


EVERYWHERE = Domain()
_TURNED: dict[Sign, Sign] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _number(node: Node) -> Fraction | None:
    """Return the value of a constant, near enough to draw points by; None for what is none."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Negative) and isinstance(node.of, Number):
        return -node.of.value
    if names_in(node):
        return None
    try:
        return Fraction(float(enclose(node, {}, _BITS).mid()))
    except (NoValueError, OpenError, OverflowError, ValueError):
        return None


def balls(at: Drawn, bits: int) -> dict[str, arb]:
    """Return the coordinates as balls of `bits` bits."""
    with ctx.workprec(bits):
        return {name: arb(fmpq(each.numerator, each.denominator)) for name, each in at.items()}


def simple(names: Sequence[str], domain: Domain) -> Iterator[Drawn]:
    """Yield a few points of small numbers, which keep exact calculations short."""
    for values in _SMALL:
        at = {name: Fraction(values[i % len(values)]) for i, name in enumerate(names)}
        if domain.has(at):
            yield at


def draw(names: Sequence[str], domain: Domain, random: Random, most: int) -> Iterator[Drawn]:
    """Yield up to `most` random points of the domain, everyday ones first."""
    bounds = {name: domain.bounds(name) for name in names}
    for number in range(most):
        mixed = number >= len(_SCALES)
        scale = Fraction(_SCALES[number % len(_SCALES)])
        at = {}
        for name in names:
            size = Fraction(_SCALES[int(random.random() * len(_SCALES))]) if mixed else scale
            at[name] = _coordinate(random, size, *bounds[name])
        if domain.has(at):
            yield at


def _coordinate(random: Random, scale: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    part = Fraction(1 + int(random.random() * _FINE), _FINE + 1)
    if low is not None and high is not None:
        return low + (high - low) * part
    if low is not None:
        return low + scale * part
    if high is not None:
        return high - scale * part
    return scale * part * (1 if random.random() < 0.5 else -1)
