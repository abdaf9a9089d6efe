"""A descent as it is said: the table of its steps and the data."""

from collections.abc import Sequence

from sympy import Expr, Rational

from engine.answering.derived import Derived, Shown
from engine.answering.descents import Descent
from engine.answering.exact_steps import Row
from engine.answering.place import decimal
from engine.answering.scalar import exact
from engine.answering.slopes import every_step, partial_lines, step
from engine.calculus.printing import syntax
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

_FIRST, _LAST = 6, 3
_LONG = 14
_LONG_FRACTION = 7
_COMMA = spell.words(", ")
_ABOUT = spell.sign("≈ ", "approx", "about")
_TIMES = spell.sign("·", "dot", "times")


def lines(found: Descent, first: Sequence[Derived], shown: Shown) -> tuple[Formula, ...]:
    """Return the function, its derivatives, the step, and the table: the first rows and the last ones.

    first: the partial derivatives with as much of their steps as is wanted.
    """
    walked = found.shown
    last = len(walked.path) - 1
    rows = [i for i in range(last + 1) if i <= _FIRST or i > last - _LAST]
    table = []
    for before, i in zip([-1, *rows], rows, strict=False):
        if i > before + 1:
            table.append(spell.words("…"))
        table.append(_row(found, i))
        if shown == "all" and i + 1 < len(found.rows) and _is_plain(found):
            table.append(_update(found, found.rows[i], found.rows[i + 1]))
    slopes = () if shown == "none" else partial_lines(found.scalar, first, shown)
    return (found.scalar.echo(), *slopes, rule(found, printed(found, found.numbers.rate)), *table)


def _is_plain(found: Descent) -> bool:
    """Tell whether each step is the start minus (or plus) the rate times the gradient."""
    return found.options.method == "gradient" and found.numbers.clip is None and found.region is None


def _update(found: Descent, row: Row, following: Row) -> Formula:
    """Return the line (2, 1) - 0.1·(4, 6) = (1.6, 0.4)."""
    turned = spell.sign(" - ", "-", "minus") if found.numbers.turn == 1 else spell.sign(" + ", "+", "plus")
    slope = row.slope or ()
    start, end = _vector(found, row.point), _vector(found, following.point)
    moved = start + turned + printed(found, found.numbers.rate) + _TIMES + _vector(found, slope)
    return moved + _equals(found, [*row.point, *slope, *following.point, found.numbers.rate]) + end


def rule(found: Descent, rate: Formula) -> Formula:
    """Return the step in a formula where it is short, else in words; rate: how the rate is shown in it."""
    scalar, numbers = found.scalar, found.numbers
    if found.options.method == "gradient" and numbers.clip is None and found.region is None:
        point = (
            spell.vector(map(spell.variable, scalar.names))
            if len(scalar.names) > 1
            else spell.variable(scalar.names[0])
        )
        turned = spell.sign(" - ", "-", "minus") if numbers.turn == 1 else spell.sign(" + ", "+", "plus")
        becomes = spell.sign(" ← ", "arrow.l", "becomes")
        return point + becomes + point + turned + rate + _TIMES + spell.NABLA + scalar.header
    said = {
        "gradient": "gradient descent" if numbers.turn == 1 else "gradient ascent",
        "momentum": "gradient steps with momentum (heavy ball)",
        "nesterov": "Nesterov's gradient steps with momentum",
        "rmsprop": "RMSProp, the mean of the squares decaying by 0.9",
        "adam": "Adam, the mean of the squares decaying by 0.999",
        "newton": "Newton's method",
    }[found.options.method]
    whole = spell.words(f"{said}, rate ") + rate
    if found.options.method in {"momentum", "nesterov", "adam"}:
        whole = whole + spell.words(", momentum ") + printed(found, numbers.momentum)
    if numbers.clip is not None:
        whole = whole + spell.words(", gradients clipped to length ") + printed(found, numbers.clip)
    if found.region is not None:
        whole = whole + spell.words(", each step put back to the nearest allowed point")
    return whole


def _row(found: Descent, i: int) -> Formula:
    """Return one row: the point, f there, and the gradient there."""
    name = spell.variable(found.scalar.read.name)
    head = spell.words(f"step {i}: ")
    if i < len(found.rows):
        row = found.rows[i]
        point = _vector(found, row.point)
        start = point if _equals(found, row.point) is spell.EQUALS else _ABOUT + point
        shown = head + start + _COMMA + name + _equals(found, [row.value]) + printed(found, row.value)
        if row.slope is None:
            return shown
        slope = row.slope
        return shown + _COMMA + spell.NABLA + name + _equals(found, slope) + _vector(found, slope)
    place, value = found.shown.path[i], found.shown.values[i]
    point = _ABOUT + spell.vector(map(spell.number, place))
    return head + point + _COMMA + name + spell.ABOUT + spell.number(value)


def _equals(found: Descent, values: Sequence[Expr]) -> Formula:
    """Return the sign before numbers as they are shown: ≈ where one of them is rounded."""
    return spell.EQUALS if all(_exact(found, each) is not None for each in values) else spell.ABOUT


def _vector(found: Descent, values: Sequence[Expr]) -> Formula:
    return spell.vector(printed(found, each) for each in values)


def printed(found: Descent, value: Expr) -> Formula:
    """Return a number as written, rounded where that is long."""
    return _exact(found, value) or spell.number(decimal(value))


def _exact(found: Descent, value: Expr) -> Formula | None:
    shown = found.scalar.spelled(value)
    return shown if len(shown.text) <= (_LONG_FRACTION if "/" in shown.text else _LONG) else None


def data(found: Descent, first: Sequence[Derived]) -> Json:
    """Return the contract's data and what the topic's help adds to it."""
    walked, limit, best = found.shown, found.limit(), _best(found)
    whole = isinstance(limit, Expr)
    scope = None if limit is None else "global" if whole else "local guide"
    return found.scalar.data() | {
        "path": [list(each) for each in walked.path],
        "values": list(walked.values),
        "verdict": found.verdict,
        "proven": found.proven,
        "stopped": walked.why or None,
        "rate_limit": syntax(limit) if isinstance(limit, Expr) else limit,
        "rate_limit_decimal": decimal(limit) if isinstance(limit, Expr) else limit,
        "rate_limit_scope": scope,
        "best_rate": None if best is None else syntax(best),
        "best_rate_decimal": None if best is None else decimal(best),
        "crossed_at": found.crossed_at(),
        "goes_to": goes_to(found),
        "method": found.options.method,
        "rate": syntax(found.numbers.rate),
        "goal": found.options.goal,
        "steps": _steps(found, first),
    }


def _best(found: Descent) -> Expr | None:
    if found.quadratic is None or found.numbers.clip is not None or found.region is not None:
        return None
    return found.quadratic.best(found.options.method)


def goes_to(found: Descent) -> list[str] | None:
    """Return the exact point that a proven path converges to; None where there is none or it is not known."""
    quadratic = found.quadratic
    if not found.proven or found.region is not None or quadratic is None or quadratic.felt.way is None:
        return None
    if not found.verdict.startswith(("converges", "stalls")) or not all(
        each.is_Rational for each in found.numbers.start
    ):
        return None
    moved = zip(found.numbers.start, quadratic.felt.way, strict=True)
    return exact([start + Rational(way.numerator, way.denominator) for start, way in moved])


def _steps(found: Descent, first: Sequence[Derived]) -> list[Json]:
    steps = every_step(found.scalar, first)
    for row, following in zip(found.rows, found.rows[1:], strict=False):
        slope = row.slope or ()
        steps.append(step("evaluate-at-point", f"{_listed(found.partials)} at {_listed(row.point)}", _listed(slope)))
        steps.append(step("descent-update", _told(found, row, slope), _listed(following.point)))
    return steps


def _told(found: Descent, row: Row, slope: Sequence[Expr]) -> str:
    """Return the step as it is written down: exactly so for gradient steps, by the method's name for others."""
    rate = syntax(found.numbers.rate)
    if _is_plain(found):
        return f"{_listed(row.point)} {'-' if found.numbers.turn == 1 else '+'} {rate}*{_listed(slope)}"
    return f"{_listed(row.point)}, gradient {_listed(slope)}, rate {rate}, {found.options.method}"


def _listed(values: Sequence[Expr]) -> str:
    return f"({', '.join(exact(values))})"
