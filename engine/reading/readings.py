"""Readings: where a text could mean two things, the note that says which reading was taken."""

from dataclasses import dataclass

from engine.errors import Span
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number


@dataclass(frozen=True, slots=True)
class Note:
    """A doubtful place: what it says, and the whole text rewritten so that it means the other thing."""

    message: str
    span: Span
    alternative: str


def doubt(original: str, whole: Span, wrapped: Span, taken: tuple[Span, ...]) -> Note:
    """Return the note for text[whole]: read with brackets round each of `taken`, or else round `wrapped`."""
    shown = original[whole[0] : whole[1]]
    here = _bracketed(original, taken, whole)
    other = _bracketed(original, (wrapped,), whole)
    rest = original[: whole[0]] + other + original[whole[1] :]
    return Note(f"I read {shown} as {here}; for {other}, write the brackets.", whole, rest)


def _bracketed(original: str, spans: tuple[Span, ...], whole: Span) -> str:
    text, at = "", whole[0]
    for start, end in spans:
        text += original[at:start] + "(" + original[start:end].strip() + ")"
        at = end
    return text + original[at : whole[1]]


def last_factor(node: Node, bracketed: set[Span]) -> Node:
    """Return the factor written last in a product without brackets round it."""
    while isinstance(node, Binary) and node.sign == "*" and node.span not in bracketed:
        node = node.right
    return node


def after_product(original: str, left: Node, right: Node, bracketed: set[Span], *, touching: bool) -> Note | None:
    """Return the doubt in `left right` without a sign: 1/2x, e^xy, √xy; None where there is none."""
    whole = (left.span[0], right.span[1])
    if isinstance(left, Binary) and left.sign == "/" and left.span not in bracketed:
        return doubt(original, whole, (left.right.span[0], right.span[1]), (left.span,))
    factor = last_factor(left, bracketed)
    if not touching or factor.span in bracketed:
        return None
    whole = (factor.span[0], right.span[1])
    if isinstance(factor, Binary) and factor.sign == "^" and factor.right.span not in bracketed:
        exponent = factor.right.of if isinstance(factor.right, Negative) else factor.right
        if factor.left == Constant("e") and isinstance(exponent, Binary):
            return doubt(original, whole, (factor.right.span[0], right.span[1]), (factor.right.span,))
        if isinstance(exponent, Name) or (isinstance(factor.left, Number | Constant) and isinstance(exponent, Number)):
            return doubt(original, whole, (factor.right.span[0], right.span[1]), (factor.right.span,))
    if isinstance(factor, Apply) and original[factor.span[0]] == "√" and not isinstance(right, Apply):
        inside = factor.arguments[0].span
        if inside not in bracketed:
            return doubt(original, whole, (inside[0], right.span[1]), (inside,))
    return None


# Letters that name functions as often as numbers; the ones Nabla has, with the names it has for them.
_ELSEWHERE = dict.fromkeys(("zeta", "gamma", "Gamma", "beta", "psi", "phi", "Phi", "delta", "f", "g", "h"), "")
_ELSEWHERE["sigma"] = "sigmoid"


def at_argument(original: str, left: Node, right: Node) -> Note | None:
    """Return the doubt in gamma(x), which is a product here, as every letter before a bracket; else None."""
    while isinstance(left, Binary) and left.sign == "*":
        left = left.right
    if not isinstance(left, Name) or left.name not in _ELSEWHERE or original[left.span[1]] != "(":
        return None
    whole = (left.span[0], right.span[1])
    shown, letter = original[whole[0] : whole[1]], original[left.span[0] : left.span[1]]
    product = letter + "*" + original[left.span[1] : whole[1]]
    if function := _ELSEWHERE[left.name]:
        other = function + original[left.span[1] : whole[1]]
        said = f"I read {shown} as {product}; for the function write {other}."
    else:
        other, said = product, f"I read {shown} as {product}: I know no function {letter}."
    return Note(said, whole, original[: whole[0]] + other + original[whole[1] :])


def after_quotient(original: str, left: Node, right: Node, bracketed: set[Span]) -> Note | None:
    """Return the doubt in x^1/2, which is (x^1)/2 to the letter; None where there is none."""
    factor = last_factor(left, bracketed)
    if not (isinstance(factor, Binary) and factor.sign == "^" and isinstance(right, Number)):
        return None
    exponent = factor.right
    bare = exponent.of if isinstance(exponent, Negative) else exponent
    if isinstance(bare, Number) and bare.text == "1" and exponent.span not in bracketed:
        whole = (factor.span[0], right.span[1])
        return doubt(original, whole, (exponent.span[0], right.span[1]), (factor.span,))
    return None


def of_number(original: str, number: str, span: Span) -> Note | None:
    """Return the doubt in 1e-3, which could be a product with Euler's number; None for plain numbers."""
    mantissa, e, exponent = number.replace("E", "e").partition("e")
    if not e:
        return None
    product = f"{mantissa}*e{exponent}" if exponent[0] in "+-" else f"{mantissa}*e*{exponent}"
    message = f"I read {number} as {mantissa} times ten to the {exponent}; for {product}, write the sign."
    return Note(message, span, original[: span[0]] + product + original[span[1] :])


_A_FIRST = {"asin", "acos", "atan", "asinh", "acosh", "atanh", "asec", "acsc", "acoth", "asech", "acsch"}


def of_function(original: str, function: str, span: Span, bare: Node | None, *, product: bool) -> Note | None:
    """Return the doubt in a function's name: log, asinx, log2x; None where there is none.

    bare:    the argument where it has no brackets.
    product: the first letter could be a factor.
    """
    start, end = span
    written = original[start:end]
    if function == "log":
        other = original[:end] + "_10" + original[end:]
        return Note("I read log as the natural logarithm ln; write log_10 for base 10.", span, other)
    if function in _A_FIRST and product and written.lower() == function:
        other = f"{written[0]}*{written[1:]}"
        message = f"I read {written} as the inverse function; for a product write {other}."
        return Note(message, span, original[:start] + other + original[end:])
    if bare is None:
        return None
    if function.startswith("log_") and written[-1].isdigit() and "_" not in written:
        digits, stop = function.removeprefix("log_"), bare.span[1]
        other = original[:start] + f"log({digits}{original[end:stop]})" + original[stop:]
        return Note(f"I read {written} as the logarithm to base {digits}.", span, other)
    return None
