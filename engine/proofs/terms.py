"""Formulas as nested tuples: read by Python's own grammar, never run; differentiated; in ball arithmetic."""

import ast
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import reduce
from typing import Any

from flint import arb, fmpq

Term = tuple[Any, ...]  # a kind, one of num, pi, var, add, mul, pow, call, and what is of that kind: see _term
_RATES = {
    "exp": "exp(u)", "log": "1/u", "sin": "cos(u)", "cos": "-sin(u)", "tan": "1 + tan(u)**2", "atan": "1/(1 + u**2)",
    "sinh": "cosh(u)", "cosh": "sinh(u)", "tanh": "1 - tanh(u)**2", "asinh": "(1 + u**2)**(-1/2)",
}  # fmt: skip
_RISING, _MOST = ("exp", "log", "atan", "sinh", "tanh", "asinh"), 20000


class Rejected(Exception):  # noqa: N818 - an outcome of checking, not an error of the program
    """What a certificate says is not shown by it."""


def number(text: str) -> fmpq:
    """Return the rational of a text p or p/q."""
    return fmpq(*map(int, text.split("/")))


def read(text: str, names: list[str]) -> Term:
    """Return the term of a formula in SymPy syntax in these variables; refuses (Rejected) anything else."""
    if not all(name.isascii() and name.isidentifier() for name in names) or len({*names}) < len(names):
        raise Rejected("the variables are no different names in plain letters")
    if not isinstance(text, str) or len(text) > _MOST:
        raise Rejected("a formula is too long, or none")
    try:
        return within(text, {name: ("var", i) for i, name in enumerate(names)})
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError, ZeroDivisionError) as wrong:
        raise Rejected(f"a formula cannot be read: {str(text)[:40]}") from wrong


def within(text: str, names: dict[str, Term]) -> Term:
    """Return the term of a formula in which names stand for terms."""
    return _term(ast.parse(text, mode="eval").body, names)


def _term(node: ast.expr, names: dict[str, Term]) -> Term:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return ("num", fmpq(*Fraction(str(node.value)).as_integer_ratio()))
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id="pi"):
            return ("pi",)
        case ast.UnaryOp(op=ast.USub(), operand=of):
            return _times(("num", fmpq(-1)), _term(of, names))
        case ast.Call(func=ast.Name(id="sqrt"), args=[of], keywords=[]):
            return _power(_term(of, names), fmpq(1, 2))
        case ast.Call(func=ast.Name(id=name), args=[of], keywords=[]) if name in _RATES:
            return ("call", name, _term(of, names))
        case ast.BinOp(left=left, op=operator, right=right):
            a, b = _term(left, names), _term(right, names)
            match operator:
                case ast.Add():
                    return _plus(a, b)
                case ast.Sub():
                    return _plus(a, _times(("num", fmpq(-1)), b))
                case ast.Mult():
                    return _times(a, b)
                case ast.Div():
                    return _times(a, _power(b, fmpq(-1)))
                case ast.Pow():
                    return _power(a, b[1]) if b[0] == "num" else ("call", "exp", _times(b, ("call", "log", a)))
    raise Rejected(f"a formula has a part that is not known: {ast.unparse(node)[:40]}")


def _plus(*terms: Term) -> Term:
    kept = tuple(each for each in terms if each != ("num", 0))
    return ("add", kept) if len(kept) > 1 else kept[0] if kept else ("num", fmpq(0))


def _times(*terms: Term) -> Term:
    factor = reduce(lambda a, b: a * b, (each[1] for each in terms if each[0] == "num"), fmpq(1))
    rest = tuple(each for each in terms if each[0] != "num")
    kept = rest if factor == 1 and rest else (("num", factor), *rest) if factor != 0 else (("num", factor),)
    return ("mul", kept) if len(kept) > 1 else kept[0]


def _power(base: Term, q: fmpq) -> Term:
    return ("num", base[1] ** int(q)) if base[0] == "num" and q.q == 1 and abs(q) < 99 else ("pow", base, ("num", q))


def derivative(term: Term, i: int) -> Term:
    """Return the derivative by the i-th variable; parts that stay are the same objects."""
    match term:
        case ("var", j):
            return ("num", fmpq(int(i == j)))
        case ("add", parts):
            return _plus(*(derivative(each, i) for each in parts))
        case ("mul", parts):
            return _plus(*(_times(derivative(each, i), *parts[:k], *parts[k + 1 :]) for k, each in enumerate(parts)))
        case ("pow", base, ("num", q)):
            return _times(("num", q), _power(base, q - 1), derivative(base, i))
        case ("call", name, of):
            return _times(within(_RATES[name], {"u": of}), derivative(of, i))
    return ("num", fmpq(0))


def value(term: Term, box: list[arb], memo: dict[int, arb]) -> arb:
    """Return a ball with all values on a box, not finite where none is known; memo: those of parts, by identity."""
    if id(term) not in memo:
        memo[id(term)] = _value(term, box, memo)
    return memo[id(term)]


def _value(term: Term, box: list[arb], memo: dict[int, arb]) -> arb:
    match term:
        case ("num", q):
            return arb(q)
        case ("var", i):
            return box[i]
        case ("add", parts):
            return sum((value(each, box, memo) for each in parts), arb(0))
        case ("mul", parts):
            return reduce(_product, (value(each, box, memo) for each in parts))
        case ("pow", base, ("num", q)):
            return _powered(value(base, box, memo), q)
        case ("call", name, of):
            u = value(of, box, memo)
            return _hull(getattr(arb, name), u) if name in _RISING else getattr(u, name)()
    return arb.pi()


def _hull(rising: Callable[[arb], arb], u: arb) -> arb:
    return rising(u) if u.is_exact() else rising(u.lower()).union(rising(u.upper()))


def _product(u: arb, v: arb) -> arb:
    if u.is_exact() or v.is_exact():
        return u * v
    ends = [a * b for a in (u.lower(), u.upper()) for b in (v.lower(), v.upper())]
    return reduce(arb.union, ends)


def _powered(u: arb, q: fmpq) -> arb:
    if q < 0:
        return 1 / _powered(u, -q)
    if q.q > 1:
        return _hull(lambda x: x ** arb(q), u) if u > 0 else arb.nan()
    return _hull(lambda x: x ** int(q), u) if int(q) % 2 else (u.abs_lower() ** int(q)).union(u.abs_upper() ** int(q))


def needs(term: Term) -> Iterator[Term]:
    """Yield the terms that have to be positive: in logarithms, and under roots."""
    if (term[0] == "pow" and term[2][1].q > 1) or term[:2] == ("call", "log"):
        yield term[-1] if term[0] == "call" else term[1]
    for part in term[1] if term[0] in ("add", "mul") else term[1:]:
        if isinstance(part, tuple):
            yield from needs(part)
