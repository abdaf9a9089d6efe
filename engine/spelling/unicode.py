"""Unicode text, for chats and terminals: x² + 2xy, √x, |x|, e^(xy), θ₁."""

import re

from engine.reading.characters import GREEK
from engine.reading.names import is_product
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, under_cube_root
from engine.spelling.cases import braces, is_part
from engine.spelling.numbers import plain_digits
from engine.spelling.precedence import ATOM, POWER, PRODUCT, SUM, level

_LETTERS = {name: letter for letter, name in GREEK.items()}
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_COMPARED = {"<=": "≤", ">=": "≥", "!=": "≠"}
_SHOWN = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "sign": "sgn"}


def unicode(node: Node) -> str:
    """Return the text as a person would write it on one line."""
    match node:
        case Number():
            mantissa, _, exponent = node.text.lower().partition("e")
            return plain_digits(node.text) or f"({mantissa}·10^({int(exponent)}))"
        case Constant():
            return "e" if node.name == "e" else "π"
        case Name():
            return name(node.name)
        case Negative():
            return "-" + _held(node.of, PRODUCT)
        case Apply():
            return _applied(node)
        case Binary():
            return _binary(node)


def name(canonical: str) -> str:
    """Return a variable's name: theta1 is θ₁."""
    letters = canonical.rstrip("0123456789")
    return _LETTERS.get(letters, letters) + canonical[len(letters) :].translate(_LOWERED)


def _held(node: Node, least: int) -> str:
    text = unicode(node)
    return text if level(node) >= least else f"({text})"


def _binary(node: Binary) -> str:
    if (under := under_cube_root(node)) is not None:
        return f"∛({unicode(under)})"
    match node.sign:
        case "^":
            return _power(node)
        case "*":
            left, right = _held(node.left, PRODUCT), _held(node.right, PRODUCT + 1)
            if isinstance(node.left, Binary) and node.left.sign == "/":
                # (1/2)x, since 1/2x and 1/2·x are read in two ways by people.
                left = f"({left})"
            last = node.left
            while isinstance(last, Binary) and last.sign == "*":
                last = last.right
            return left + _between(left, last, right, node.right) + right
        case "/":
            return f"{_held(node.left, PRODUCT)}/{_held(node.right, PRODUCT + 1)}"
        case _:
            return f"{_held(node.left, SUM)} {node.sign} {_held(node.right, SUM + 1)}"


def _between(left: str, last: Node, right: str, follows: Node) -> str:
    """Return what stands between two factors so that nothing can be misread: nothing, a space or a dot."""
    if right[0].isdigit() or right[0] in "-|{." or left[-1] == "|":
        return "·"
    if isinstance(last, Number):
        return ""
    base = follows.left if isinstance(follows, Binary) else follows
    if isinstance(base, Apply) and base.function != "sqrt":
        return " "
    if base == Constant("e"):
        return " "
    if isinstance(last, Apply) and last.function == "sqrt" and left[-1] != ")":
        return "·"
    if left[-1] in _RAISED_DIGITS or left[-1] == ")":
        return "" if right[0] in "(√" or left[-1] != ")" else "·"
    if re.search(r"\^\w$", left):
        # e^xy would be read as e^(xy)
        return "·"
    run = re.search(r"[a-zA-Zα-ωΑ-Ω]+$", left)
    joined = re.match(r"[a-zA-Zα-ωΑ-Ω]+", right)
    return "" if run and joined and is_product(run.group() + joined.group()) else "·"


def _power(node: Binary) -> str:
    base = _held(node.left, ATOM)
    if isinstance(node.left, Apply) and node.left.function == "sqrt":
        base = f"({base})"
    exponent = unicode(node.right)
    if re.fullmatch(r"-?\d+", exponent):
        return base + exponent.translate(_RAISED)
    return f"{base}^{exponent}" if level(node.right) > POWER and len(exponent) == 1 else f"{base}^({exponent})"


def _applied(node: Apply) -> str:
    if is_part(node):
        return braces(node, unicode, _COMPARED)
    inside = ", ".join(unicode(each) for each in node.arguments)
    match node.function:
        case "factorial":
            return f"{inside}!"
        case "floor":
            return f"⌊{inside}⌋"
        case "ceil":
            return f"⌈{inside}⌉"
        case "abs":
            return f"|{inside}|" if "|" not in inside else f"abs({inside})"
        case "sqrt":
            return f"√{inside}" if re.fullmatch(r"[a-zA-Zα-ω]|\d+", inside) else f"√({inside})"
        case "log":
            return f"log{unicode(node.arguments[1]).translate(_LOWERED)}({unicode(node.arguments[0])})"
        case _:
            return f"{_SHOWN.get(node.function, node.function)}({inside})"
