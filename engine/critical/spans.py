"""Intervals of real numbers, many at once, every result rounded outward."""

from dataclasses import dataclass

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

Array = NDArray[np.float64]

INF = float("inf")
# NumPy's functions are right to four units in the last place (2^-50); this allows for more than that.
_SLACK = 2.0**-47
_TINY = 5e-324
_WILD = 1e6  # beyond, sine and cosine are not looked at


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """The numbers from lo to hi, for every entry of the arrays; infinite ends stand for no bound."""

    lo: Array
    hi: Array

    def __add__(self, other: "Span") -> "Span":
        """Return an enclosure of the sums; a sum that is exactly zero stays so."""
        return Span(_below(self.lo + other.lo), _above(self.hi + other.hi))

    def __neg__(self) -> "Span":
        return Span(-self.hi, -self.lo)

    def __sub__(self, other: "Span") -> "Span":
        return self + -other

    def __mul__(self, other: "Span") -> "Span":
        """Return an enclosure of the products; where the factors' signs prove a bound of zero, that stays."""
        if other.lo is other.hi and other.lo.ndim == 0:
            return self._times(other.lo)
        if self.lo is self.hi and self.lo.ndim == 0:
            return other._times(self.lo)
        a, b, c, d = self.lo * other.lo, self.lo * other.hi, self.hi * other.lo, self.hi * other.hi
        # 0 times no bound is 0, since every single number is finite; another product then tells the rest
        low = _known(np.fmin(np.fmin(a, b), np.fmin(c, d)))
        high = _known(np.fmax(np.fmax(a, b), np.fmax(c, d)))
        below, above = np.nextafter(low, -INF), np.nextafter(high, INF)
        if (low == 0).any() or (high == 0).any():
            over, under, other_over, other_under = self.lo >= 0, self.hi <= 0, other.lo >= 0, other.hi <= 0
            alike, unlike = (over & other_over) | (under & other_under), (over & other_under) | (under & other_over)
            below = np.where(alike, np.maximum(below, 0.0), below)
            above = np.where(unlike, np.minimum(above, 0.0), above)
        return Span(below, above)

    def _times(self, factor: Array) -> "Span":
        """Return an enclosure of the products with one double."""
        if factor == 0:
            return constant(0.0)
        low, high = (self.lo, self.hi) if factor > 0 else (self.hi, self.lo)
        # a product that is too small for a double may come out as zero
        below, above = np.nextafter(low * factor, -INF), np.nextafter(high * factor, INF)
        return Span(np.where(low == 0, 0.0, below), np.where(high == 0, 0.0, above))

    def inverse(self) -> "Span":
        """Return an enclosure of 1/u for all u that are not zero."""
        low, high = np.nextafter(1 / self.hi, -INF), np.nextafter(1 / self.lo, INF)
        low = np.where((self.lo < 0) & (self.hi >= 0), -INF, np.where(self.lo >= 0, np.maximum(low, 0.0), low))
        high = np.where((self.hi > 0) & (self.lo <= 0), INF, np.where(self.hi <= 0, np.minimum(high, 0.0), high))
        return Span(low, high)

    def size(self) -> "Span":
        """Return the absolute values."""
        inside = (self.lo <= 0) & (self.hi >= 0)
        low, high = np.abs(self.lo), np.abs(self.hi)
        return Span(np.where(inside, 0.0, np.minimum(low, high)), np.maximum(low, high))

    def power(self, exponent: int) -> "Span":
        """Return an enclosure of an integer power, u not zero where it is negative."""
        if exponent < 0:
            return self.power(-exponent).inverse()
        if exponent == 0:
            return constant(1.0)
        if exponent == 1:
            return self
        base = self.size() if exponent % 2 == 0 else self
        low, high = base.lo**exponent, base.hi**exponent
        low, high = low - np.abs(low) * _SLACK - _TINY, high + np.abs(high) * _SLACK + _TINY
        return Span(np.maximum(low, 0.0) if exponent % 2 == 0 else low, high)

    def raised(self, exponent: float) -> "Span":
        """Return an enclosure of a power whose exponent is no integer, for all u that are not negative.

        exponent: a double; the exact exponent is within its rounding.
        """
        base = Span(np.maximum(self.lo, 0.0), np.maximum(self.hi, 0.0))
        ends = np.power(base.lo, exponent), np.power(base.hi, exponent)
        # the rounding of the exponent counts as often as the logarithm is long, 745 times at most
        slack = _SLACK if float(8 * exponent).is_integer() else 2.0**-40 * (1 + abs(exponent))
        low, high = np.minimum(*ends), np.maximum(*ends)
        return Span(np.maximum(low * (1 - slack) - _TINY, 0.0), high * (1 + slack) + _TINY)

    def exp(self) -> "Span":
        """Return an enclosure of e^u."""
        low, high = _padded(np.exp(self.lo), np.exp(self.hi))
        return Span(np.maximum(low, 0.0), high)

    def log(self) -> "Span":
        """Return an enclosure of ln u for all u that are positive."""
        return Span(*_padded(np.log(np.maximum(self.lo, 0.0)), np.log(np.maximum(self.hi, 0.0))))

    def rising(self, name: str) -> "Span":
        """Return an enclosure of a rising function of NumPy's, for all u where it has a value."""
        if name in ("arcsin", "arctanh"):
            ends = np.clip(self.lo, -1.0, 1.0), np.clip(self.hi, -1.0, 1.0)
        elif name == "arccosh":
            ends = np.maximum(self.lo, 1.0), np.maximum(self.hi, 1.0)
        else:
            ends = self.lo, self.hi
        function = getattr(np, name)
        return Span(*_padded(function(ends[0]), function(ends[1])))

    def sin(self) -> "Span":
        """Return an enclosure of the sines."""
        return self._wave(np.sin, 0.25)

    def cos(self) -> "Span":
        """Return an enclosure of the cosines."""
        return self._wave(np.cos, 0.0)

    def _wave(self, function: np.ufunc, crest: float) -> "Span":
        """Return the range of a wave of period 2 pi that is largest at a share `crest` of its period."""
        ends = function(self.lo), function(self.hi)
        low, high = _padded(np.minimum(*ends) - _SLACK, np.maximum(*ends) + _SLACK)
        first, last = self.lo / (2 * np.pi) - 1e-9, self.hi / (2 * np.pi) + 1e-9
        wild = ~(np.maximum(np.abs(self.lo), np.abs(self.hi)) < _WILD)
        high = np.where(wild | (np.floor(last - crest) >= np.ceil(first - crest)), 1.0, np.minimum(high, 1.0))
        trough = crest + 0.5
        low = np.where(wild | (np.floor(last - trough) >= np.ceil(first - trough)), -1.0, np.maximum(low, -1.0))
        return Span(low, high)

    def has_zero(self) -> NDArray[np.bool_]:
        """Tell for every entry whether zero is among the numbers."""
        return ~((self.lo > 0) | (self.hi < 0))


def constant(value: float) -> Span:
    """Return the span of one double."""
    only = np.array(value)
    return Span(only, only)


def of_ball(value: arb) -> Span:
    """Return doubles round a ball, one double where that is exact."""
    if value.is_exact() and arb(float(value)) == value:
        return constant(float(value))
    with ctx.workprec(64):
        low, high = float(value.lower().mid()), float(value.upper().mid())
    return Span(np.nextafter(np.array(low), -INF), np.nextafter(np.array(high), INF))


def _known(value: Array) -> Array:
    """Return an array with zeros where it is undefined."""
    undefined = np.isnan(value)
    return np.where(undefined, 0.0, value) if undefined.any() else value


def _below(value: Array) -> Array:
    low = np.where(value == 0, 0.0, np.nextafter(value, -INF))
    return np.where(np.isnan(low), -INF, low) if np.isnan(low).any() else low


def _above(value: Array) -> Array:
    high = np.where(value == 0, 0.0, np.nextafter(value, INF))
    return np.where(np.isnan(high), INF, high) if np.isnan(high).any() else high


def _padded(low: Array, high: Array) -> tuple[Array, Array]:
    low, high = low - np.abs(low) * _SLACK - _TINY, high + np.abs(high) * _SLACK + _TINY
    return np.where(np.isnan(low), -INF, low), np.where(np.isnan(high), INF, high)
