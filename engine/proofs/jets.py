"""The value, gradient and Hessian of a term over a box, by the rules of differentiation, in ball arithmetic."""

from collections.abc import Callable
from functools import reduce

from flint import arb, fmpq

from engine.proofs.terms import Rejected, Term

# (): values, (i,): first derivatives, (i, j): second ones, i <= j; left out: zero; not finite: not known.
Jet = dict[tuple[int, ...], arb]
Three = tuple[arb, arb, arb]  # the values of a function of one variable, and of its derivatives


class Outside(Exception):  # noqa: N818 - an outcome
    """Proven: no point of the box is in the domain."""


def jet(term: Term, box: list[arb], order: int) -> Jet:
    """Return the derivatives over a box, up to an order of at most 2. Raises Outside."""
    match term:
        case ("num", number):
            return {(): arb(number)}
        case ("pi",):
            return {(): arb.pi()}
        case ("var", i):
            return {(): box[i], (i,): arb(1)}
        case ("add", parts):
            return reduce(_plus, [jet(each, box, order) for each in parts])
        case ("mul", parts):
            return reduce(lambda a, b: _times(a, b, order), [jet(each, box, order) for each in parts])
        case ("pow", base, ("num", q)):
            inner = jet(base, box, order)
            return _chain(inner, _power(inner[()], q), order)
        case ("pow", base, exponent):
            return jet(("call", "exp", ("mul", (exponent, ("call", "log", base)))), box, order)
        case ("call", name, argument) if name in _CALLS:
            inner = jet(argument, box, order)
            return _chain(inner, _CALLS[name](inner[()]), order)
    raise Rejected(f"the derivatives of {term[1]} are not known here")


def _plus(a: Jet, b: Jet) -> Jet:
    return a | {key: a[key] + each if key in a else each for key, each in b.items()}


def _times(a: Jet, b: Jet, order: int) -> Jet:
    found: Jet = {}
    for left, u in a.items():
        for right, v in b.items():
            key = tuple(sorted(left + right))
            if len(key) <= order:
                # u_i v_j stands for u_j v_i as well
                found[key] = found.get(key, 0) + (2 if left == right != () else 1) * _product(u, v)
    return found


def _product(u: arb, v: arb) -> arb:
    """Return the products, from those of the ends where both factors are wide: a ball's own lose the sign."""
    if u.is_exact() or v.is_exact():
        return u * v
    low, high, left, right = u.lower(), u.upper(), v.lower(), v.upper()
    return (low * left).union(high * right).union((low * right).union(high * left))


def _chain(a: Jet, three: Three, order: int) -> Jet:
    found = {key: _product(three[1], each) for key, each in a.items()} | {(): three[0]}
    inside = [key for key in a if len(key) == 1 < order]
    for i, j in [(i, j) for i in inside for j in inside if i <= j]:
        found[i + j] = found.get(i + j, 0) + _product(three[2], _product(a[i], a[j]))
    return found


def _hull(rising: Callable[[arb], arb], u: arb) -> arb:
    """Return the values of a monotone function from those at the ends: a ball's own are wider."""
    return rising(u) if u.is_exact() else rising(u.lower()).union(rising(u.upper()))


def _whole(u: arb, n: int) -> arb:
    if n < 0:
        return 1 / _whole(u, -n)
    return _hull(lambda x: x**n, u) if n % 2 else (u.abs_lower() ** n).union(u.abs_upper() ** n)


def _power(u: arb, q: fmpq) -> Three:
    if (u < 0 and q.q > 1) or (u.is_zero() and q < 0):
        raise Outside

    def power(e: fmpq) -> arb:
        return _whole(u, int(e)) if q.q == 1 else _hull(lambda x: x ** arb(e), u) if u > 0 else arb.nan()

    return power(q), q * power(q - 1) if q != 0 else arb(0), q * (q - 1) * power(q - 2) if q * (q - 1) != 0 else arb(0)


def _log(u: arb) -> Three:
    if u <= 0:
        raise Outside
    return _hull(arb.log, u), 1 / u, -1 / _whole(u, 2)


def _arc(value: arb, u: arb, turn: int) -> Three:
    if abs(u) > 1:
        raise Outside
    below = 1 - _whole(u, 2)
    return value, turn / below.sqrt(), turn * u / (below * below.sqrt())


def _tangent(t: arb, turn: int) -> Three:
    slope = 1 + turn * _whole(t, 2)
    return t, slope, 2 * turn * t * slope


def _atan(u: arb) -> Three:
    slope = 1 / (1 + _whole(u, 2))
    return _hull(arb.atan, u), slope, -2 * u * _whole(slope, 2)


_CALLS: dict[str, Callable[[arb], Three]] = {
    "exp": lambda u: (_hull(arb.exp, u),) * 3,
    "log": _log,
    "sin": lambda u: (u.sin(), u.cos(), -u.sin()),
    "cos": lambda u: (u.cos(), -u.sin(), -u.cos()),
    "tan": lambda u: _tangent(u.tan(), 1),
    "sinh": lambda u: (_hull(arb.sinh, u), u.cosh(), _hull(arb.sinh, u)),
    "cosh": lambda u: (u.cosh(), _hull(arb.sinh, u), u.cosh()),
    "tanh": lambda u: _tangent(_hull(arb.tanh, u), -1),
    "atan": _atan,
    "asin": lambda u: _arc(u.asin(), u, 1),
    "acos": lambda u: _arc(u.acos(), u, -1),
    # a ball of slopes at the kink, so that an extremum there shows as well
    "Abs": lambda u: (abs(u), u.sgn(), arb.nan() if u.contains(0) else arb(0)),
}
