"""Ranges of a value and its first and second derivatives over boxes, and how functions carry them on."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr

from engine.critical.spans import Span, constant

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Jet:
    """Ranges over boxes: of the value, the first derivatives and the second ones (i <= j); None is zero."""

    value: Span
    first: tuple[Span | None, ...]
    second: dict[tuple[int, int], Span | None]


@dataclass(slots=True)
class Run:
    """The boxes a tape runs over."""

    count: int
    order: int
    void: Mask
    whole: Mask

    def flat(self, value: Span) -> Jet:
        """Return the jet of a constant."""
        pairs = combinations_with_replacement(range(self.count), 2)
        return Jet(value, (None,) * self.count, dict.fromkeys(pairs))

    def chained(self, inner: Jet, value: Span, rate: Span, bend: Span) -> Jet:
        """Return the jet of a function of one number, from its first and second derivative there."""
        first = tuple(None if each is None else rate * each for each in inner.first)
        second: dict[tuple[int, int], Span | None] = {}
        for i, j in inner.second if self.order > 1 else ():
            one, other = inner.first[i], inner.first[j]
            square = None
            if one is not None and other is not None:
                square = bend * (one.power(2) if i == j else one * other)
            second[i, j] = plus(square, times(rate, inner.second[i, j]))
        return Jet(value, first, second)


def plus(one: Span | None, other: Span | None) -> Span | None:
    """Return the sum, None standing for zero."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


def times(one: Span | None, other: Span | None) -> Span | None:
    """Return the product, None standing for zero."""
    return None if one is None or other is None else one * other


def _exp(run: Run, inner: Jet) -> Jet:
    value = inner.value.exp()
    return run.chained(inner, value, value, value)


def _log(run: Run, inner: Jet) -> Jet:
    u = inner.value
    run.whole &= u.lo > 0
    run.void |= u.hi <= 0
    positive = Span(np.maximum(u.lo, 0.0), np.maximum(u.hi, 0.0))
    rate = positive.inverse()
    return run.chained(inner, u.log(), rate, -rate.power(2))


def _sin(run: Run, inner: Jet) -> Jet:
    sine, cosine = inner.value.sin(), inner.value.cos()
    return run.chained(inner, sine, cosine, -sine)


def _cos(run: Run, inner: Jet) -> Jet:
    sine, cosine = inner.value.sin(), inner.value.cos()
    return run.chained(inner, cosine, -sine, -cosine)


def _size(run: Run, inner: Jet) -> Jet:
    u = inner.value
    run.whole &= ~u.has_zero()
    turn = Span(np.where(u.lo > 0, 1.0, -1.0), np.where(u.hi < 0, -1.0, 1.0))
    return run.chained(inner, u.size(), turn, constant(0.0))


def _turn(run: Run, inner: Jet) -> Jet:
    u = inner.value
    jumps = u.has_zero()
    run.whole &= ~jumps
    value = Span(np.where(u.lo > 0, 1.0, -1.0), np.where(u.hi < 0, -1.0, 1.0))
    rate = Span(np.where(jumps, -np.inf, 0.0), np.where(jumps, np.inf, 0.0))
    return run.chained(inner, value, rate, rate)


def _sinh(run: Run, inner: Jet) -> Jet:
    value, other = inner.value.rising("sinh"), _cosine(inner.value)
    return run.chained(inner, value, other, value)


def _cosh(run: Run, inner: Jet) -> Jet:
    value, other = _cosine(inner.value), inner.value.rising("sinh")
    return run.chained(inner, value, other, value)


def _cosine(u: Span) -> Span:
    ends = u.size()
    return (ends.exp() + (-ends).exp()) * constant(0.5)


def _tanh(run: Run, inner: Jet) -> Jet:
    value = inner.value.rising("tanh")
    rate = _cosine(inner.value).power(-2)
    return run.chained(inner, value, rate, value * rate * constant(-2.0))


def _atan(run: Run, inner: Jet) -> Jet:
    u = inner.value
    rate = (constant(1.0) + u.power(2)).inverse()
    return run.chained(inner, u.rising("arctan"), rate, u * rate.power(2) * constant(-2.0))


def _asin(run: Run, inner: Jet) -> Jet:
    u = inner.value
    run.whole &= (u.lo > -1) & (u.hi < 1)
    run.void |= (u.lo > 1) | (u.hi < -1)
    room = constant(1.0) - u.power(2)
    return run.chained(inner, u.rising("arcsin"), room.raised(-0.5), u * room.raised(-1.5))


def _asinh(run: Run, inner: Jet) -> Jet:
    u = inner.value
    room = constant(1.0) + u.power(2)
    return run.chained(inner, u.rising("arcsinh"), room.raised(-0.5), -u * room.raised(-1.5))


RULES: dict[type[Expr], Callable[[Run, Jet], Jet]] = {
    sp.exp: _exp,
    sp.log: _log,
    sp.sin: _sin,
    sp.cos: _cos,
    sp.Abs: _size,
    sp.sign: _turn,
    sp.sinh: _sinh,
    sp.cosh: _cosh,
    sp.tanh: _tanh,
    sp.atan: _atan,
    sp.asin: _asin,
    sp.asinh: _asinh,
}
