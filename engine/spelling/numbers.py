"""Decimal numbers as people read them."""

from decimal import Decimal


def decimal(value: float, digits: int = 6) -> str:
    """Return the value with at most `digits` significant digits, trailing zeros dropped; tiny is not 0."""
    text = f"{value:.{digits}g}"
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
