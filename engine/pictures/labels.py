"""Numbers as they stand in a picture."""

import math
from collections.abc import Sequence
from typing import Final

from engine.spelling import numbers

# Every decimal of so many digits survives the way through a float and back.
ALL_DIGITS: Final = 15
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 4) -> str:
    """Return a number to that many significant digits, with a power of ten where plain digits would be many.

    `ALL_DIGITS` is for round numbers, which then come out as they are.

    Refuses (ValueError) what is not finite.
    """
    if not math.isfinite(value):
        raise ValueError("only finite numbers have a label")
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    exponent = int(power)
    if float(mantissa) == 0:
        return "0"
    plain = _short(f"{value:.{max(digits - 1 - exponent, 0)}f}").replace("-", "−")
    raised = "10" + str(exponent).translate(_RAISED)
    short = _short(mantissa).replace("-", "−")
    scientific = {"1": raised, "−1": "−" + raised}.get(short, f"{short}×{raised}")
    return plain if -4 <= exponent < 6 or len(plain) <= len(scientific) else scientific


def _short(plain: str) -> str:
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def stated(values: Sequence[float]) -> str:
    """Return "2" or "(2, 4)", with "≈ " before it where a label is not the number itself."""
    digits = numbers.digits(usual=4)
    exact = all(float(f"{value:.{digits - 1}e}") == value for value in values)
    shown = ", ".join(number(value, digits) for value in values)
    return ("" if exact else "≈ ") + (shown if len(values) == 1 else f"({shown})")
