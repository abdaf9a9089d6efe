"""Formulas as nested tuples: read by Python's own grammar, never run; differentiated; in ball arithmetic."""

import ast
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import reduce
from typing import Any

from flint import arb, fmpq

Term = tuple[Any, ...]  # a kind, one of num, pi, var, add, mul, pow, call, and what is of that kind: see _term
_RATES = {"exp": "exp(u)", "log": "1/u", "sin": "cos(u)", "cos": "-sin(u)", "atan": "1/(1 + u**2)"}
_SAME = {"tan": "sin(u)/cos(u)", "sinh": "(exp(u) - exp(-u))/2", "cosh": "(exp(u) + exp(-u))/2"}
_SAME |= {"tanh": "(exp(u) - exp(-u))/(exp(u) + exp(-u))", "sqrt": "u**(1/2)"}
MINUS = ("num", fmpq(-1))


class Rejected(Exception):  # noqa: N818 - an outcome of checking, not an error of the program
    """What a certificate says is not shown by it."""


def number(text: str) -> fmpq:
    """Return the rational of a text p or p/q."""
    return fmpq(*map(int, text.split("/")))


def read(text: str, names: dict[str, Term]) -> Term:
    """Return the term of a formula in SymPy syntax, in which names stand for terms."""
    return _term(ast.parse(text, mode="eval").body, names)


def _term(node: ast.expr, names: dict[str, Term]) -> Term:
    match node:
        case ast.Constant(value=int() | float()):
            return ("num", fmpq(*Fraction(str(node.value)).as_integer_ratio()))
        case ast.Name(id=name):
            return names[name] if name in names else {"pi": ("pi",)}[name]
        case ast.UnaryOp(op=ast.USub(), operand=of):
            return _times(MINUS, _term(of, names))
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
            second = _term(right, names)
            return _plus(_term(left, names), second if isinstance(sign, ast.Add) else _times(MINUS, second))
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as sign, right=right):
            second = _term(right, names)
            return _times(_term(left, names), second if isinstance(sign, ast.Mult) else _power(second, MINUS[1]))
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            base, q = _term(left, names), _term(right, names)
            return _power(base, q[1]) if q[0] == "num" else ("call", "exp", _times(q, ("call", "log", base)))
        case ast.Call(func=ast.Name(id=name), args=[of], keywords=[]):
            u = _term(of, names)
            return read(_SAME[name], {"u": u}) if name in _SAME else ("call", {each: each for each in _RATES}[name], u)
    raise Rejected(f"a formula has a part that is not known: {ast.unparse(node)[:40]}")


def _plus(*terms: Term) -> Term:
    kept = tuple(each for each in terms if each != ("num", 0))
    return ("add", kept) if len(kept) > 1 else kept[0] if kept else ("num", fmpq(0))


def _times(*terms: Term) -> Term:
    flat = [part for each in terms for part in (each[1] if each[0] == "mul" else (each,))]
    factor = reduce(lambda a, b: a * b, (each[1] for each in flat if each[0] == "num"), fmpq(1))
    rest = tuple(each for each in flat if each[0] != "num" and factor != 0)
    kept = rest if factor == 1 and rest else (("num", factor), *rest)
    return ("mul", kept) if len(kept) > 1 else kept[0]


def _power(base: Term, q: fmpq) -> Term:
    return ("num", base[1] ** int(q)) if base[0] == "num" and q.q == 1 and abs(q) < 99 else ("pow", base, ("num", q))


def walk(term: Term) -> Iterator[Term]:
    """Yield the parts of a term, those inside first, and the term."""
    for part in term[1] if term[0] in ("add", "mul") else term[1:]:
        if isinstance(part, tuple):
            yield from walk(part)
    yield term


def needs(term: Term) -> Iterator[Term]:
    """Yield what has to be positive: what stands in logarithms and under roots."""
    yield from (each[1] for each in walk(term) if each[0] == "pow" and each[2][1].q > 1)
    yield from (each[2] for each in walk(term) if each[:2] == ("call", "log"))


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
            return _times(read(_RATES[name], {"u": of}), derivative(of, i))
    return ("num", fmpq(0))


def value(term: Term, box: list[arb], memo: dict[int, arb]) -> arb:
    """Return a ball with all values on a box, not finite where none is known; memo: of parts, by identity."""
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
            return getattr(u, name)() if name in ("sin", "cos") else _hull(getattr(arb, name), u)
    return arb.pi()


def _hull(rising: Callable[[arb], arb], u: arb) -> arb:
    return rising(u) if u.is_exact() else rising(u.lower()).union(rising(u.upper()))


def _product(u: arb, v: arb) -> arb:
    if u.is_exact() or v.is_exact():
        return u * v
    return reduce(arb.union, [a * b for a in (u.lower(), u.upper()) for b in (v.lower(), v.upper())])


def _powered(u: arb, q: fmpq) -> arb:
    if q < 0:
        return 1 / _powered(u, -q)
    if q.q > 1:
        return _hull(lambda x: x ** arb(q), u) if u > 0 else arb.nan()
    return _hull(lambda x: x ** int(q), u) if int(q) % 2 else (u.abs_lower() ** int(q)).union(u.abs_upper() ** int(q))
