"""The Jacobian as it is said: lines, data and steps."""

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Matrix

from engine.answering.derived import Derived, Shown, remarks
from engine.answering.jacobian_composed import Composed, ComposedThere
from engine.answering.jacobians import Functions, There, decimal_rows, rows
from engine.answering.place import decimal
from engine.answering.scalar import Scalar, exact
from engine.answering.slopes import step
from engine.calculus import domain
from engine.calculus.printing import syntax
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

_DET = spell.sign("det ", "det", "the determinant of")
_RANK = spell.sign("rank ", 'op("rank")', "the rank of")
_AT_KEYS = ("at", "given", "jacobian_at", "jacobian_at_decimal", "determinant_at", "determinant_at_decimal", "rank")
_INNER_KEYS = ("inner", "inner_variables", "inner_jacobian", "inner_at", "inner_jacobian_at")
_PRODUCT_KEYS = ("product", "product_at", "product_at_decimal", "product_determinant_at")
NOWHERE: Json = dict.fromkeys((*_AT_KEYS, *_INNER_KEYS, *_PRODUCT_KEYS))


def named(functions: Functions, letter: str = "") -> Formula:
    """Return J(x, y), or J_f(x, y) where there are several."""
    return _name(letter) + _brackets(spell.joined(map(spell.variable, functions.names)))


def _name(letter: str) -> Formula:
    below = {"": "", "f": "_f", "g": "_g", "fg": "_(f ∘ g)"}[letter]
    typst = {"": "J", "f": "J_f", "g": "J_g", "fg": "J_(f compose g)"}[letter]
    said = {"": "J", "f": "J of f", "g": "J of g", "fg": "J of f after g"}[letter]
    return Formula(f"J{below}", typst, said)


def _brackets(inside: Formula) -> Formula:
    return Formula(f"({inside.text})", f"({inside.typst})", f"at {inside.spoken}")


def echo(functions: Functions, name: str = "") -> tuple[Formula, ...]:
    """Return the functions as they were read: f(x, y) = (x^2 y, x + y), or one line for each where they have names."""
    trees = functions.read.trees
    if functions.read.names:
        both = zip(functions.read.names, trees, strict=True)
        return tuple(spell.header(each, functions.names) + spell.EQUALS + spell.of(tree) for each, tree in both)
    whole = spell.vector(map(spell.of, trees)) if len(trees) > 1 else spell.of(trees[0])
    return (spell.header(name or functions.read.name, functions.names) + spell.EQUALS + whole,)


def _shown(scalar: Scalar, matrix: Matrix) -> Formula:
    return spell.matrix([scalar.spelled(entry) for entry in row] for row in matrix.tolist())


def matrix_line(functions: Functions, letter: str = "") -> Formula:
    """Return the line J(x, y) = [[..], [..]]."""
    return named(functions, letter) + spell.EQUALS + _shown(functions.scalars[0], functions.matrix)


def step_lines(found: Sequence[Sequence[Derived]], shown: Shown) -> tuple[Formula, ...]:
    """Return the lines of the entries that take more than one; every rule of each where all are wanted."""
    lines: list[Formula] = []
    for row, entries in enumerate(found, 1):
        for each in entries:
            name = each.scalar.read.name if len({e[0].scalar.read.name for e in found}) > 1 else f"f{row}"
            left = spell.partial(name if len(found) > 1 else each.scalar.read.name, each.by)
            taken = each.lines(left, shown)
            lines += taken if shown != "none" and len(taken) > 1 else ()
    return tuple(lines)


def determinant_line(functions: Functions, value: Expr | None) -> tuple[Formula, ...]:
    """Return the line of the determinant as a formula, where there is one."""
    if value is None:
        return ()
    return (_DET + named(functions) + spell.EQUALS + functions.scalars[0].spelled(value),)


def there_lines(there: There, letter: str = "", *, judged: bool = True) -> tuple[Formula, ...]:
    """Return the matrix at the point; where it is judged with its determinant and its rank."""
    scalar = there.functions.scalars[0]
    here = there.shown.at(_name(letter))
    line = here + spell.EQUALS + _shown(scalar, there.matrix)
    numeric = None if all(each.is_Rational for each in there.matrix) else decimal_rows(there.matrix)
    if numeric is not None:
        line = line + spell.ABOUT + spell.matrix(map(spell.number, row) for row in numeric)
    lines = [line]
    if judged and there.determinant is not None:
        shown = there.shown.with_decimal(there.determinant, scalar.spelled(there.determinant))
        lines.append(_DET + here + spell.EQUALS + shown)
    if judged and there.rank is not None:
        lines.append(_RANK + here + spell.EQUALS + spell.sign(str(there.rank)))
    return tuple(lines)


def composed_lines(composed: Composed) -> tuple[Formula, ...]:
    """Return the lines of both matrices and of their product."""
    inner = composed.inner
    product = named(composed.whole, "fg") + spell.EQUALS
    told = _name("f") + _brackets(spell.header("g", inner.names)) + spell.sign("·", "dot", "times") + named(inner, "g")
    shown = _shown(composed.whole.scalars[0], composed.product)
    return (matrix_line(composed.outer, "f"), matrix_line(inner, "g"), product + told, product + shown)


def composed_there_lines(there: ComposedThere) -> tuple[Formula, ...]:
    """Return the three matrices at the point; the product with its determinant and its rank."""
    outer = there_lines(there.outer, "f", judged=False)
    return (*outer, *there_lines(there.inner, "g", judged=False), *there_lines(there.whole, "fg"))


def data(functions: Functions, value: Expr | None) -> Json:
    """Return the data without a point."""
    written = functions.expressions()
    return {
        "f": f"({', '.join(written)})",
        "variables": list(functions.names),
        "parameters": functions.parameters(),
        "where": list(domain.requirements(functions.conditions)),
        "read_as": [{"note": note.message, "other": note.alternative} for note in functions.read.notes],
        "functions": written,
        "names": list(functions.read.names),
        "jacobian": rows(functions.matrix),
        "determinant": None if value is None else syntax(value),
    }


def there_data(there: There) -> Json:
    """Return the data at a point."""
    return {
        "at": exact(there.shown.coordinates),
        "given": there.shown.given,
        "jacobian_at": rows(there.matrix),
        "jacobian_at_decimal": decimal_rows(there.matrix),
        "determinant_at": _written(there.determinant),
        "determinant_at_decimal": _decimal(there.determinant),
        "rank": there.rank,
    }


def composed_data(composed: Composed) -> Json:
    """Return the data of a composition without a point."""
    return {
        "inner": composed.inner.expressions(),
        "inner_variables": list(composed.inner.names),
        "inner_jacobian": rows(composed.inner.matrix),
        "product": rows(composed.product),
        "where": list(domain.requirements((*composed.inner.conditions, *composed.whole.conditions))),
    }


def composed_there_data(there: ComposedThere) -> Json:
    """Return the data of a composition at a point: `at` is of the inner variables, `inner_at` of those of f."""
    return there_data(there.outer) | {
        "at": exact(there.inner.shown.coordinates),
        "inner_at": exact(there.outer.shown.coordinates),
        "inner_jacobian_at": rows(there.inner.matrix),
        "product_at": rows(there.whole.matrix),
        "product_at_decimal": decimal_rows(there.whole.matrix),
        "product_determinant_at": _written(there.whole.determinant),
    }


def _written(value: Expr | None) -> str | None:
    return None if value is None else syntax(value)


def _decimal(value: Expr | None) -> float | None:
    return None if value is None or value.free_symbols else decimal(value)


def steps(functions: Functions, found: Sequence[Sequence[Derived]]) -> list[Json]:
    """Return the rules of each entry, a step that closes each, and one that puts them together."""
    rules = [one for entries in found for each in entries for one in (*each.rules(1), each.closing())]
    written: Any = rows(functions.matrix)
    return [*rules, step("assemble-matrix", f"({', '.join(functions.expressions())})", str(written))]


def steps_at(there: There) -> list[Json]:
    """Return the step that puts the point in."""
    where = ", ".join(exact(there.shown.coordinates))
    told = f"{rows(there.functions.matrix)} at ({where})"
    return [step("evaluate-at-point", told, str(rows(there.matrix)))]


def composed_steps(composed: Composed) -> list[Json]:
    """Return the steps of a composition: inner functions put in, and the product as the sum over all paths."""
    outer, inner = rows(composed.outer.matrix), rows(composed.inner.matrix)
    return [
        step("inner-derivative", f"({', '.join(composed.inner.expressions())})", str(inner)),
        step("chain", f"{outer} * {inner}", str(rows(composed.product))),
    ]


def withheld(found: Sequence[Sequence[Derived]], shown: Shown) -> tuple[str, ...]:
    """Return what is to be said about steps that are missing."""
    return remarks([each for entries in found for each in entries], shown)
