"""What was read, spelled out: as a formula for people, as built-in values in SymPy syntax for programs."""

from collections.abc import Iterable

from engine.reading import kinds
from engine.reading.kinds import Shape, Stretch
from engine.reading.tree import Node
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.spelling.sympy_syntax import sympy_syntax

Value = str | list[str] | list[list[str]] | list[list[str | list[str]]] | dict[str, list[str]]
_NONE = spell.sign("∅", "emptyset", "nothing")
_INFINITY = {"oo": spell.sign("∞", "oo", "infinity"), "-oo": spell.sign("-∞", "-oo", "minus infinity")}
_SIGNS = {"<=": spell.sign(" ≤ ", "<=", "is at most"), ">=": spell.sign(" ≥ ", ">=", "is at least")} | {
    "=": spell.EQUALS,
    "<": spell.sign(" < ", "<", "is less than"),
    ">": spell.sign(" > ", ">", "is greater than"),
    "!=": spell.sign(" ≠ ", "!=", "is not"),
}


def value(shape: Shape) -> Value:
    """Return a shape as the contract's `value`: a string, a list, rows, or [left, sign, right].

    An interval is a string, "(-oo, 3]", its stretches joined by " U "; "EmptySet" where there are none.
    A direction towards a point is {"to": coordinates}; labels at points are [label, coordinates].
    """
    match shape:
        case kinds.Expression() | kinds.Number():
            return sympy_syntax(shape.tree)
        case kinds.Vector():
            return _every(shape.entries)
        case kinds.Towards():
            return {"to": _every(shape.target)}
        case kinds.Matrix():
            return [_every(row) for row in shape.rows]
        case kinds.Point():
            return _every(shape.coordinates)
        case kinds.Points():
            return [_every(point) for point in shape.points]
        case kinds.Values():
            return _every(shape.values)
        case kinds.Interval():
            return " U ".join(map(_stretch, shape.stretches)) or "EmptySet"
        case kinds.Relation():
            return [sympy_syntax(shape.left), shape.sign, sympy_syntax(shape.right)]
        case kinds.Limit():
            return "DNE" if shape.value == "dne" else sympy_syntax(shape.tree) if shape.tree else shape.value
        case kinds.Label():
            return shape.label
        case kinds.Labels():
            return [_label(label, point) for label, point in shape.labels]


def _label(label: str, point: Iterable[Node]) -> list[str | list[str]]:
    return [label, _every(point)]


def _every(trees: Iterable[Node]) -> list[str]:
    return [sympy_syntax(tree) for tree in trees]


def _stretch(stretch: Stretch) -> str:
    low = "-oo" if stretch.low is None else sympy_syntax(stretch.low)
    high = "oo" if stretch.high is None else sympy_syntax(stretch.high)
    return f"{'[' if stretch.low_closed else '('}{low}, {high}{']' if stretch.high_closed else ')'}"


def shown(shape: Shape) -> Formula:
    """Return a shape as a formula."""
    match shape:
        case kinds.Expression() | kinds.Number():
            return spell.of(shape.tree)
        case kinds.Vector():
            return spell.vector(map(spell.of, shape.entries))
        case kinds.Towards():
            return spell.words("towards ") + _point(shape.target)
        case kinds.Matrix():
            return spell.matrix([spell.of(entry) for entry in row] for row in shape.rows)
        case kinds.Point():
            return _point(shape.coordinates)
        case kinds.Points():
            return spell.joined(map(_point, shape.points)) if shape.points else _NONE
        case kinds.Values():
            return _set(spell.joined(map(spell.of, shape.values))) if shape.values else _NONE
        case kinds.Interval():
            return _union([_between(stretch) for stretch in shape.stretches])
        case kinds.Relation():
            return spell.of(shape.left) + _SIGNS[shape.sign] + spell.of(shape.right)
        case kinds.Limit():
            return spell.of(shape.tree) if shape.tree else _INFINITY.get(shape.value) or spell.words("there is none")
        case kinds.Label():
            return spell.words(shape.label)
        case kinds.Labels():
            return spell.joined(spell.words(f"{label} at ") + _point(point) for label, point in shape.labels)


def _point(coordinates: Iterable[Node]) -> Formula:
    inside = spell.joined(map(spell.of, coordinates))
    return Formula(f"({inside.text})", f"({inside.typst})", f"the point {inside.spoken}")


def _set(inside: Formula) -> Formula:
    return Formula(f"{{{inside.text}}}", f"{{{inside.typst}}}", f"the set of {inside.spoken}")


def _union(stretches: list[Formula]) -> Formula:
    whole = stretches[0] if stretches else _NONE
    for stretch in stretches[1:]:
        whole = whole + spell.sign(" ∪ ", "union", "or") + stretch
    return whole


def _between(stretch: Stretch) -> Formula:
    low = _INFINITY["-oo"] if stretch.low is None else spell.of(stretch.low)
    high = _INFINITY["oo"] if stretch.high is None else spell.of(stretch.high)
    opening, closing = "[" if stretch.low_closed else "(", "]" if stretch.high_closed else ")"
    return Formula(
        f"{opening}{low.text}, {high.text}{closing}",
        f"lr(\\{opening}{low.typst}, {high.typst}\\{closing})",
        f"from {low.spoken}{'' if stretch.low_closed else ' excluded'} "
        f"to {high.spoken}{'' if stretch.high_closed else ' excluded'}",
    )
