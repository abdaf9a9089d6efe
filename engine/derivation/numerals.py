"""Rational numbers as trees: their value, and how one is written."""

import math
from fractions import Fraction

from engine.reading.tree import Apply, Binary, Negative, Node, Number

_MAX_EXPONENT = 64
_MAX_PLACES = 6


def number(node: Node) -> Fraction | None:
    """Return the value of a tree made of numbers only, None where it is more than that."""
    match node:
        case Number():
            return node.value
        case Negative():
            inner = number(node.of)
            return None if inner is None else -inner
        case Binary():
            left = number(node.left)
            right = None if left is None else number(node.right)
            return None if left is None or right is None else _computed(node.sign, left, right)
        case Apply(function="factorial", arguments=(Number() as whole,)):
            return Fraction(math.factorial(int(whole.value)))
        case _:
            return None


def _computed(sign: str, left: Fraction, right: Fraction) -> Fraction | None:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else None
        case _:
            small = right.denominator == 1 and abs(right) <= _MAX_EXPONENT
            return left**right.numerator if small and (left or right > 0) else None


def numeral(value: Fraction, *, decimals: bool = False) -> Node:
    """Return the tree of a rational number; a decimal only where wanted and short."""
    if value < 0:
        return Negative(numeral(-value, decimals=decimals))
    if value.denominator == 1:
        return Number(str(value.numerator))
    if decimals and (text := _ending(value)):
        return Number(text)
    return Binary("/", Number(str(value.numerator)), Number(str(value.denominator)))


def _ending(value: Fraction) -> str:
    """Return the decimal spelling of a positive fraction that ends within six places, else ""."""
    for places in range(1, _MAX_PLACES + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}"
    return ""
