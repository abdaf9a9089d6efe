"""Finite differences as they are said: lines, data and remarks."""

import math
from collections.abc import Iterator

from sympy import Expr

from engine.answering import numeric_reach
from engine.answering.numeric import Numeric
from engine.answering.numeric_values import Method, Row
from engine.answering.place import decimal
from engine.answering.scalar import exact
from engine.calculus.printing import syntax
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.plain import plain
from engine.spelling.sympy_syntax import sympy_syntax
from engine.values import Json

FORMULAS = (
    "forward is (f(x + h) - f(x))/h, backward (f(x) - f(x - h))/h, central (f(x + h) - f(x - h))/(2h)",
    ", complex the imaginary part of f(x + ih), over h",
)
ORDERS: dict[Method, int] = {"forward": 1, "backward": 1, "central": 2, "complex": 2}
THEORY = (
    "Theory: the error of forward differences falls like h, that of central ones like h^2, until rounding, about "
    "10^-16·|f|/h, takes over; where x and f are of size 1 the best steps are near √ε = 1.49·10^-8 and ∛ε = 6.06·10^-6."
)
COST = (
    "Cost: with n variables the forward differences need n + 1 values of f, the central ones 2n. With 10^8 parameters "
    "central differences are 2·10^8 passes, 231.5 days at 0.1 s each; reverse mode gives the whole gradient for a "
    "small constant times one pass."
)
_DIGITS = 3
_FEW = 3


def echo(found: Numeric) -> Formula:
    """Return the function as it was read."""
    return found.place.scalar.header + spell.EQUALS + spell.of(found.whole.tree)


def lines(found: Numeric) -> tuple[Formula, ...]:
    """Return the numbers for one step, or the errors for each step of the table."""
    if found.single or found.sides is not None:
        shown = found.rows if found.single else found.rows[::3]
        return tuple(line for row in shown for line in _numbers(found, row))
    return tuple(_errors(found, row) for row in found.rows)


def _numbers(found: Numeric, row: Row) -> Iterator[Formula]:
    """Yield for each variable what the methods give, and how far off that is."""
    for i, name in enumerate(found.place.scalar.names):
        partial = spell.partial(found.place.scalar.read.name, name)
        pieces = [spell.words(f"{method} ") + _or_none(numbers_of[i]) for method, numbers_of in row.found.items()]
        yield _step(found, row.h) + partial + spell.words(" by ") + spell.joined(pieces)
    if found.sides is None:
        yield _errors(found, row)


def _errors(found: Numeric, row: Row) -> Formula:
    errors = [(method, found.error(row, method)) for method in found.methods if method != "backward" or found.single]
    pieces = [spell.words(f"{method} ") + _or_none(error, _DIGITS) for method, error in errors]
    return _step(found, row.h) + spell.words("error of ") + spell.joined(pieces)


def _step(found: Numeric, h: float) -> Formula:
    return spell.words(_called(found)) + spell.EQUALS + _number(h, _DIGITS) + spell.words(": ")


def _called(found: Numeric) -> str:
    """Return the letter of the step, a word where h is a variable."""
    return "step" if "h" in found.place.scalar.names else "h"


def _or_none(value: float | None, digits: int = 10) -> Formula:
    return spell.words("none") if value is None else _number(value, digits)


def _number(value: float, digits: int) -> Formula:
    text = f"{value:.{digits}g}"
    if "e" not in text:
        return spell.sign("0" if text == "-0" else text)
    mantissa, _, power = text.partition("e")
    exponent = str(int(power))
    factor = "" if mantissa == "1" else f"{mantissa}·"
    typst = "" if mantissa == "1" else f"{mantissa} dot "
    return Formula(f"{factor}10^{exponent}", f"{typst}10^({exponent})", f"{factor}10^{exponent}")


def data(found: Numeric) -> Json:
    """Return the data of the differences."""
    return {
        "f": sympy_syntax(found.whole.tree) if found.is_piece else syntax(found.place.scalar.expression),
        "at": exact(found.place.coordinates),
        "value_decimal": found.value,
        "exact": [None if each is None else syntax(each) for each in found.exact],
        "exact_decimal": [None if each is None else decimal(each) for each in found.exact],
        "one_sided": found.sides and [[_side(each.rate) for each in pair] for pair in found.sides],
        "rows": [_row(found, row) for row in found.rows],
        "best": {method: _best(found.best(method)) for method in found.methods},
        "orders": {method: found.order(method) for method in found.methods},
    }


def _side(rate: Expr | None) -> str | None:
    return None if rate is None else syntax(rate)


def _row(found: Numeric, row: Row) -> Json:
    values = {method: list(each) for method, each in row.found.items()}
    return {"h": row.h} | values | {"errors": {method: found.error(row, method) for method in row.found}}


def _best(best: tuple[float, float] | None) -> Json | None:
    return None if best is None else {"h": best[0], "error": best[1]}


def remarks(found: Numeric) -> tuple[str, ...]:
    """Return what the numbers teach."""
    formulas = FORMULAS[0] + (FORMULAS[1] if "complex" in found.methods else "") + "; all in double precision."
    if _called(found) != "h":
        formulas += " There h is the step, not the variable."
    piece = f"Near this point {found.whole.name} is {plain(found.place.scalar.read.tree)}; a long step leaves it."
    return (
        *([piece] if found.is_piece else []),
        formulas[0].upper() + formulas[1:],
        *(_kink(found) if found.sides is not None else ()),
        *_missing(found),
        *_too_small(found),
        *(_too_far(found) if found.sides is None else ()),
        *(_table(found) if not found.single and found.sides is None else ()),
        COST,
    )


def _table(found: Numeric) -> Iterator[str]:
    for method in ("forward", "central"):
        best, order = found.best(method), found.order(method)
        if best is not None:
            seen = "" if order is None else f"; the order observed before that is {order:.2f}"
            yield f"Best {method} step here: {_called(found)} = {_said(best[0])} with error {_said(best[1])}{seen}."
    degree = found.degree()
    if degree is None:
        yield THEORY
    else:
        kinds = "forward and central differences are" if degree == 1 else "the central difference is"
        yield f"f has degree {degree} in its variables, so {kinds} exact but for rounding, which grows like 1/h."
    if "complex" in found.methods:
        yield "The complex step takes no difference of two values of f, so no digits cancel however small h is."
    else:
        yield "There is no complex step: f is not analytic as it is written."


def _said(value: float) -> str:
    return _number(value, _DIGITS).text


def _kink(found: Numeric) -> Iterator[str]:
    for name, pair, partial in zip(found.place.scalar.names, found.sides or (), found.exact, strict=True):
        left, right = pair
        shown = f"∂{found.place.scalar.read.name}/∂{spell.variable(name).text}"
        if partial is not None:
            yield f"{shown} is {_rate(found, partial)} here by its definition, where the rules do not apply."
        elif left.rate is None or right.rate is None:
            ways = {"left": left.going, "right": right.going}
            told = " and ".join(f"to the {side} {_GOING[going]}" for side, going in ways.items() if going != "finite")
            yield f"{shown} does not exist here: {told}. What a difference gives is no derivative."
        else:
            yield (
                f"{shown} does not exist here: from the left the slope is {_rate(found, left.rate)}, from the right "
                f"{_rate(found, right.rate)}. Backward and forward differences show the two; the central one gives a "
                "number near their mean all the same, and that is no derivative."
            )


_GOING = {
    "infinite": "the differences grow without end",
    "jumps": "f jumps",
    "outside": "f does not exist",
}


def _rate(found: Numeric, rate: Expr) -> str:
    return found.place.scalar.spelled(rate).text


def _missing(found: Numeric) -> Iterator[str]:
    sides: tuple[tuple[Method, str], ...] = (("forward", "x + h"), ("backward", "x - h"))
    for way, side in sides:
        steps = [row.h for row in found.rows if None in row.found[way]]
        if steps:
            yield f"{_for(found, steps)} f has no value at {side}, or none that a double holds, for some variable."


def _too_small(found: Numeric) -> Iterator[str]:
    for name, steps in numeric_reach.stuck(found).items():
        x = spell.variable(name).text
        if steps:
            same = f"{x} + {_called(found)} is {x} itself in double precision"
            yield f"{_for(found, steps)} {same}, so the forward difference by {x} is 0."
    for name, steps in numeric_reach.coarse(found).items():
        x = spell.variable(name).text
        if steps:
            yield f"{_for(found, steps)} doubles near {x} are too far apart: what is added to {x} is rounded by much."
    apart = _said(math.ulp(found.value))
    for name, steps in numeric_reach.drowned(found).items():
        if steps:
            partial = f"∂{found.place.scalar.read.name}/∂{spell.variable(name).text}"
            yield (
                f"{_for(found, steps)} the change {_called(found)}·{partial} is not much more than {apart}, or less: "
                f"so far apart are doubles of the size of {found.whole.name}, so the differences show mostly rounding."
            )


def _too_far(found: Numeric) -> Iterator[str]:
    for condition, steps in numeric_reach.leaving(found):
        needed = condition.shown.replace("≥", ">").replace("≤", "<")
        what = "does not exist" if condition.exists == condition.smooth else "need not be smooth"
        yield (
            f"{_for(found, steps)} a step reaches a place where {needed} does not hold: {found.whole.name} {what} "
            "there, and a difference across it need not be near the slope."
        )


def _for(found: Numeric, steps: list[float]) -> str:
    """Return For h = 0.1, 0.01, the first of the steps only."""
    shown = ", ".join(map(_said, steps[:_FEW])) + f" and {len(steps) - _FEW} more" * (len(steps) > _FEW)
    return f"For {_called(found)} = {shown}"
