"""Mathematics in spoken words, for the alternative text of pictures."""

from engine.reading.functions import CASES
from engine.reading.tree import Apply, Binary, Constant, Name, Negative, Node, Number, under_cube_root
from engine.spelling.cases import condition, is_part, pairs
from engine.spelling.precedence import ATOM, PRODUCT, SUM, level

_SIGNS = {"+": "plus", "-": "minus"}
_POWERS = {"2": "squared", "3": "cubed"}
_FUNCTIONS = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant", "csc": "cosecant",
    "asin": "inverse sine", "acos": "inverse cosine", "atan": "inverse tangent", "ln": "natural logarithm",
    "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine", "tanh": "hyperbolic tangent", "sqrt": "square root",
    "abs": "absolute value", "min": "minimum", "max": "maximum", "exp": "exponential", "sign": "sign",
    "floor": "floor", "ceil": "ceiling", "atan2": "angle",
}  # fmt: skip

_COMPARED = {
    "<": "is less than", "<=": "is at most", ">": "is greater than", ">=": "is at least", "=": "equals",
    "!=": "is not",
}  # fmt: skip


def spoken(node: Node) -> str:
    """Return the words: "x squared plus 2 x y"; brackets are said where they decide the meaning."""
    match node:
        case Number():
            return node.text.replace(".", " point ")
        case Constant() | Name():
            return name(node.name)
        case Negative():
            return f"minus {_held(node.of, PRODUCT)}"
        case Apply():
            return _applied(node)
        case Binary():
            return _binary(node)


def name(canonical: str) -> str:
    """Return the words of a variable's name: w1 is "w sub 1"."""
    letters = canonical.rstrip("0123456789")
    index = canonical[len(letters) :]
    word = letters.replace("lamda", "lambda").replace("Lamda", "Lambda")
    return f"{word} sub {index}" if index else word


def _held(node: Node, least: int) -> str:
    words = spoken(node)
    return words if level(node) >= least else f"open bracket {words} close bracket"


def _binary(node: Binary) -> str:
    if (under := under_cube_root(node)) is not None:
        return f"the cube root of {_held(under, ATOM)}"
    match node.sign:
        case "^":
            base = _held(node.left, ATOM)
            if isinstance(node.right, Number) and node.right.text in _POWERS:
                return f"{base} {_POWERS[node.right.text]}"
            return f"{base} to the power {_held(node.right, ATOM)}"
        case "*":
            return f"{_held(node.left, PRODUCT)} {_held(node.right, PRODUCT + 1)}"
        case "/":
            return f"{_held(node.left, PRODUCT)} over {_held(node.right, PRODUCT + 1)}"
        case sign:
            return f"{_held(node.left, SUM)} {_SIGNS[sign]} {_held(node.right, SUM + 1)}"


def _applied(node: Apply) -> str:
    if is_part(node):
        return _by_cases(node)
    if node.function == "factorial":
        return f"{spoken(node.arguments[0])} factorial"
    if node.function == "log":
        return f"logarithm to base {spoken(node.arguments[1])} of {_held(node.arguments[0], ATOM)}"
    inside = ", ".join(spoken(each) for each in node.arguments)
    if len(node.arguments) > 1 or level(node.arguments[0]) < ATOM:
        inside = f"open bracket {inside} close bracket"
    return f"the {_FUNCTIONS.get(node.function, node.function)} of {inside}"


def _by_cases(node: Apply) -> str:
    if node.function != CASES:
        return condition(node, spoken, _COMPARED, " and ")
    said = (f"{spoken(value)} {'if ' + spoken(when) if when else 'otherwise'}" for value, when in pairs(node))
    return f"open brace {', '.join(said)}, close brace"
