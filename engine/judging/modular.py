"""Rational functions modulo a prime: a difference proves that two are different, whatever their size."""

from collections.abc import Mapping
from random import Random

from flint import fmpz

from engine.reading.tree import Binary, Name, Negative, Node, Number, names_in

_BITS = 61
_TRIES = 8


class PoleError(Exception):
    """The value is infinite modulo this prime."""


def is_rational(node: Node) -> bool:
    """Tell whether a tree is made of numbers and names with + - * / and whole powers only."""
    match node:
        case Number() | Name():
            return True
        case Negative():
            return is_rational(node.of)
        case Binary():
            if node.sign == "^":
                return whole(node.right) is not None and is_rational(node.left)
            return is_rational(node.left) and is_rational(node.right)
        case _:
            return False


def whole(node: Node) -> int | None:
    """Return an exponent that is written as a whole number, 2 or -2 or 2.0 or 4/2; else None."""
    match node:
        case Number():
            return int(node.value) if node.value.denominator == 1 else None
        case Negative():
            inner = whole(node.of)
            return None if inner is None else -inner
        case Binary(sign="/", left=Number() as above, right=Number() as below) if below.value:
            found = above.value / below.value
            return int(found) if found.denominator == 1 else None
        case _:
            return None


def prime(draw: Random) -> int:
    """Return a random prime of 61 bits: nobody can write an answer that fits it."""
    while True:
        candidate = draw.getrandbits(_BITS - 1) | (1 << (_BITS - 1)) | 1
        if fmpz(candidate).is_prime():
            return candidate


def differ(
    answer: Node, reference: Node, draw: Random, points: int = 2
) -> tuple[bool | None, int, list[dict[str, int]]]:
    """Return whether two rational functions differ, the prime, and the points looked at.

    True is proven. False is not, but wrong with a chance below 10^-15 for each point. None where
    one of the two is infinite everywhere it was tried.
    """
    p = prime(draw)
    names = sorted(names_in(answer) | names_in(reference))
    drawn: list[dict[str, int]] = []
    for _ in range(_TRIES):
        at = {name: draw.randrange(p) for name in names}
        try:
            one, other = value(answer, at, p), value(reference, at, p)
        except PoleError:
            continue
        drawn.append(at)
        if one != other:
            return True, p, drawn
        if len(drawn) == points:
            return False, p, drawn
    return None, p, drawn


def value(node: Node, at: Mapping[str, int], p: int) -> int:
    """Return the value of a rational function modulo p. Raises PoleError where it is infinite."""
    match node:
        case Number():
            exact = node.value
            return exact.numerator * _inverse(exact.denominator, p) % p
        case Name():
            return at[node.name]
        case Negative():
            return -value(node.of, at, p) % p
        case Binary():
            left = value(node.left, at, p)
            if node.sign == "^":
                exponent = whole(node.right) or 0
                return pow(left, exponent, p) if exponent > 0 else pow(_inverse(left, p), -exponent, p)
            right = value(node.right, at, p)
            match node.sign:
                case "+":
                    return (left + right) % p
                case "-":
                    return (left - right) % p
                case "*":
                    return left * right % p
                case _:
                    return left * _inverse(right, p) % p
        case _:
            raise PoleError


def _inverse(number: int, p: int) -> int:
    if number % p == 0:
        raise PoleError
    return 1 if number == 1 else pow(number, -1, p)
