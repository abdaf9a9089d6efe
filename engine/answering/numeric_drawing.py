"""The picture of finite differences: how the errors fall with the step, and rise again."""

from engine.answering.answer import Drawing
from engine.answering.numeric import EPSILON, Numeric
from engine.answering.numeric_values import Method
from engine.answering.numeric_words import ORDERS
from engine.pictures.errors import ErrorChart, Guide, Series
from engine.spelling import formula as spell
from engine.spelling import numbers

_DRAWN: tuple[Method, ...] = ("forward", "central", "complex")
_LEAST = 2


def draw(found: Numeric) -> tuple[Drawing, ...]:
    """Return the chart of errors; nothing for one step, at a kink, and where too few errors are above 0."""
    errors = {method: found.errors(method) for method in _DRAWN if method in found.methods}
    drawn = {method: tuple(each) for method, each in errors.items() if sum(e > 0 for _, e in each) >= _LEAST}
    if found.single or not drawn:
        return ()
    name = spell.of(found.place.scalar.read.tree)
    chart = ErrorChart(
        f"{spell.variable(found.place.scalar.read.name).text} = {name.text} {found.place.where}",
        tuple(Series(method, points) for method, points in drawn.items()),
        tuple(_guides(found, drawn)),
    )
    said = " ".join(_said(found, method) for method in drawn)
    alt = (
        f"Errors of finite differences of {name.spoken} {found.place.where} against the step h, both in powers of ten."
    )
    return (Drawing("errors.png", f"{alt} {said}", chart),)


def _guides(found: Numeric, drawn: dict[Method, tuple[tuple[float, float], ...]]) -> list[Guide]:
    """Return a line for each order that was observed, and the one of rounding."""
    guides = []
    for method in ("forward", "central"):
        points = [each for each in drawn.get(method, ()) if each[1] > 0]
        if found.order(method) is None or not points:
            continue
        (h, error), slope = points[0], ORDERS[method]
        best = found.best(method)
        guides.append(Guide(slope, error / h**slope, (h, best[0] if best else h)))
    if found.value and guides:
        smallest = min(h for points in drawn.values() for h, _ in points)
        guides.append(Guide(-1, EPSILON * abs(found.value) / 2, (smallest, guides[0].steps[1])))
    return guides


def _said(found: Numeric, method: Method) -> str:
    best = found.best(method)
    listed = found.errors(method)
    begin = f"{method}: {numbers.decimal(listed[0][1], 3)} for h = {numbers.decimal(listed[0][0], 3)}"
    smallest = "" if best is None else f", smallest {numbers.decimal(best[1], 3)} for h = {numbers.decimal(best[0], 3)}"
    return f"{begin}{smallest}, {numbers.decimal(listed[-1][1], 3)} for h = {numbers.decimal(listed[-1][0], 3)}."
