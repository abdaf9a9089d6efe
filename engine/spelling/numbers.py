"""Decimal numbers as people read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

USUAL_DIGITS = 6

# Set for the length of one job: as an argument it would go through every formula, alternative text and legend.
_chosen: ContextVar[int | None] = ContextVar("digits", default=None)


@contextmanager
def with_digits(chosen: int | None) -> Iterator[None]:
    """Let decimal numbers have so many significant digits while the block runs; None leaves the usual ones."""
    before = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(before)


def digits(usual: int = USUAL_DIGITS) -> int:
    """Return how many significant digits a decimal number has: those that were chosen, else the usual ones."""
    return _chosen.get() or usual


def decimal(value: float, usual: int = USUAL_DIGITS) -> str:
    """Return the value with at most so many significant digits, trailing zeros dropped; tiny is not 0."""
    text = f"{value:.{digits(usual)}g}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa}·10^{int(exponent)}"
    return "0" if text == "-0" else text


def plain_digits(text: str) -> str:
    """Return a number as typed without an exponent of ten where that is short, else ""."""
    if "e" not in text.lower():
        return text
    digits = format(Decimal(text), "f")
    return digits if len(digits) <= 12 else ""
