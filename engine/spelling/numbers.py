"""Decimal numbers as people read them."""


def decimal(value: float, digits: int = 6) -> str:
    """Return the value with at most `digits` significant digits, trailing zeros dropped; tiny is not 0."""
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa}·10^{int(exponent)}"
    return "0" if text == "-0" else text
