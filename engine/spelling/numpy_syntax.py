"""SymPy syntax, as `data` has it -> the same expression for NumPy. The text is only taken apart, never run."""

import ast
import math
from collections.abc import Iterator

from engine.errors import NotSupported

LONGEST = 1200
# No integer beyond this one is a double.
_EXACT = 2**53
_LARGEST = math.log(1.7e308)

_CALLED = {
    **{name: f"np.{name}" for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "sign", "floor", "sinh", "cosh")},
    **{name: f"np.arc{name[1:]}" for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh", "atan2")},
    "tanh": "np.tanh",
    "Abs": "np.abs",
    "ceiling": "np.ceil",
    "Heaviside": "np.heaviside",
}
_TURNED = {"cot": "tan", "sec": "cos", "csc": "sin", "coth": "tanh", "sech": "cosh", "csch": "sinh"}
_INVERSE = {"acot": "arctan", "asec": "arccos", "acsc": "arcsin", "acoth": "arctanh", "asech": "arccosh"}
_FOLDED = {"Max": "np.maximum", "Min": "np.minimum", "And": "np.logical_and", "Or": "np.logical_or"}
_SIGNS: dict[type, tuple[str, int]] = {
    ast.Add: (" + ", 1),
    ast.Sub: (" - ", 1),
    ast.Mult: ("*", 2),
    ast.Div: ("/", 2),
    ast.Pow: ("**", 4),
}
_COMPARED = {"Eq": "==", "Ne": "!=", "Lt": "<", "Le": "<=", "Gt": ">", "Ge": ">="}
_COMPARISONS: dict[type, str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_ATOM = 5
_Part = tuple[str, int]  # the text, and how tightly it holds together


def numpy_syntax(text: str) -> str:
    """Return an expression in SymPy syntax as NumPy has it; every power has a real base here.

    Refuses (NotSupported) what is too long to be read, and what NumPy has no name for.
    """
    if len(text) > LONGEST:
        raise NotSupported("A formula in this answer is too long for code that one would read.")
    try:
        return _part(ast.parse(text, mode="eval").body)[0]
    except (SyntaxError, RecursionError, ValueError):
        raise _different() from None


def _different() -> NotSupported:
    return NotSupported("Something in this answer has no name in NumPy, so I write no code for it.")


def _part(node: ast.expr) -> _Part:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return _number(value), _ATOM
        case ast.Constant(value=True):
            return "True", _ATOM
        case ast.Name(id="pi"):
            return "np.pi", _ATOM
        case ast.Name(id=name):
            return name, _ATOM
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return f"-{_held(inner, 2)}", 2
        case ast.BinOp(left=left, op=op, right=right):
            return _binary(left, op, right)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return f"({_held(left, 1)} {_COMPARISONS[type(op)]} {_held(right, 1)})", _ATOM
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name, arguments)
    raise _different()


def _number(value: float) -> str:
    if isinstance(value, int) and abs(value) > _EXACT:
        try:
            value = float(value)
        except OverflowError:
            raise NotSupported("A number in this answer is too large for NumPy's doubles.") from None
    return repr(value)


def _held(node: ast.expr, least: int) -> str:
    text, level = _part(node)
    return text if level >= least else f"({text})"


def _binary(left: ast.expr, op: ast.operator, right: ast.expr) -> _Part:
    sign, level = _SIGNS[type(op)]
    if isinstance(op, ast.Pow):
        _refuse_huge(left, right)
        return f"{_base(left)}**{_held(right, _ATOM)}", level
    return f"{_held(left, level)}{sign}{_held(right, level + 1)}", level


def _refuse_huge(base: ast.expr, exponent: ast.expr) -> None:
    """Refuse a power of whole numbers that no double holds: as code it would end in an error."""
    match base, exponent:
        case ast.Constant(value=int() as one), ast.Constant(value=int() as other) if (
            abs(one) > 1 and other * math.log(abs(one)) > _LARGEST
        ):
            raise NotSupported("A number in this answer is too large for NumPy's doubles.")


def _base(node: ast.expr) -> str:
    """Return the base of a power; a whole number as a double, which may have negative powers of any size."""
    match node:
        case ast.Constant(value=int() as value):
            return repr(float(value))
        case _:
            return _held(node, _ATOM)


def _call(name: str, arguments: list[ast.expr]) -> _Part:
    parts = [_part(each)[0] for each in arguments] if name != "Piecewise" else []
    match name, parts:
        case "Rational", [above, below]:
            return f"{above}/{below}", 2
        case "Heaviside", [inner]:
            return f"np.heaviside({inner}, 0.5)", _ATOM
        case "factorial", [inner]:
            return _factorial(inner), _ATOM
        case "Piecewise", _:
            return _cases(arguments), _ATOM
        case _, [one] if name in _TURNED:
            return f"1/np.{_TURNED[name]}({one})", 2
        case _, [_] if name in _INVERSE:
            return f"np.{_INVERSE[name]}(1/{_held(arguments[0], 3)})", _ATOM
        case "acsch", [_]:
            return f"np.arcsinh(1/{_held(arguments[0], 3)})", _ATOM
        case "log", [one, base]:
            return f"np.log({one})/np.log({base})", 2
        case _, [first, *rest] if name in _FOLDED:
            return _folded(_FOLDED[name], first, rest), _ATOM
        case _, [one, other] if name in _COMPARED:
            return f"({one} {_COMPARED[name]} {other})", _ATOM
        case _ if name in _CALLED:
            return f"{_CALLED[name]}({', '.join(parts)})", _ATOM
    raise _different()


def _folded(function: str, first: str, rest: list[str]) -> str:
    for each in rest:
        first = f"{function}({first}, {each})"
    return first


def _factorial(inner: str) -> str:
    if not inner.isdecimal():
        raise _different()
    return _number(math.factorial(int(inner)))


def _cases(arguments: list[ast.expr]) -> str:
    """Return the first case that holds, NaN where none does."""
    found = "np.nan"
    for value, condition in reversed(list(_pairs(arguments))):
        found = value if condition == "True" else f"np.where({condition}, {value}, {found})"
    return found


def _pairs(arguments: list[ast.expr]) -> Iterator[tuple[str, str]]:
    for each in arguments:
        match each:
            case ast.Tuple(elts=[value, condition]):
                yield _part(value)[0], _part(condition)[0]
            case _:
                raise _different()
