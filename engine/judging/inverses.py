"""Inverse functions, by their logarithms where they have some, and functions that jump."""

from flint import fmpq

from engine.judging.fractions import Fraction, TooHardError
from engine.judging.kernels import Kernels


def inverted(kernels: Kernels, function: str, u: Fraction, *, off_jumps: bool) -> Fraction:
    """Return the fraction of an inverse function, or of one that jumps. Raises TooHardError for any other."""
    f = kernels.field
    half = f.constant(fmpq(1, 2))
    match function:
        case "acos":
            return f.add(f.multiply(half, kernels.pi()), f.negative(kernels.odd("asin", u)))
        case "asinh":
            return kernels.logarithm(f.add(u, _beside(kernels, u, 1)))
        case "acosh":
            return kernels.logarithm(f.add(u, _beside(kernels, u, -1)))
        case "atanh":
            one = f.constant(1)
            inside = f.multiply(f.add(one, u), f.inverse(f.add(one, f.negative(u))))
            return f.multiply(half, kernels.logarithm(inside))
        case "asin" | "atan":
            return kernels.odd(function, u)
        case _:
            return jumping(kernels, function, u, off_jumps=off_jumps)


def jumping(kernels: Kernels, function: str, u: Fraction, *, off_jumps: bool) -> Fraction:
    """Return the fraction of a function that jumps: by the side of u where only that matters, off the jumps.

    Raises TooHardError for any other function.
    """
    f = kernels.field
    match function:
        case "sign" if off_jumps and u.number is None:
            return f.multiply(u, f.inverse(kernels.size(u)))
        case "sign":
            return kernels.odd(function, u)
        case "step" if off_jumps and u.number is None:
            turned = jumping(kernels, "sign", u, off_jumps=True)
            return f.multiply(f.constant(fmpq(1, 2)), f.add(f.constant(1), turned))
        case "step" | "floor":
            return f.generator((function, u.key))
        case "ceil":
            return f.negative(f.generator(("floor", f.negative(u).key)))
        case _:
            raise TooHardError


def _beside(kernels: Kernels, u: Fraction, number: int) -> Fraction:
    """Return sqrt(u^2 + number)."""
    f = kernels.field
    return kernels.root(f.add(f.multiply(u, u), f.constant(number)), fmpq(1, 2))
