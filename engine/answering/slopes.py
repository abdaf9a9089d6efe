"""The gradient as it is said: lines, data and steps, with and without a point."""

from collections.abc import Sequence

from sympy import Expr

from engine.answering.derived import Derived, Shown
from engine.answering.place import Place, decimals
from engine.answering.scalar import Scalar, exact
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.calculus.signs import sign
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

NOWHERE: Json = dict.fromkeys(("at", "value", "gradient_at", "gradient_at_decimal", "norm", "direction", "given"))


def step(rule: str, before: str, after: str, depth: int = 0) -> Json:
    """Return one step of a derivation, as the contract has it."""
    return {"rule": rule, "input": before, "result": after, "depth": depth}


def steps(scalar: Scalar, partials: Sequence[Expr]) -> list[Json]:
    """Return one step for each partial derivative and one that puts them together."""
    f = syntax(scalar.expression)
    found = [step(f"partial-{name}", f, syntax(p)) for name, p in zip(scalar.names, partials, strict=True)]
    return [*found, step("assemble-gradient", f, _listed(partials))]


def every_step(scalar: Scalar, derived: Sequence[Derived]) -> list[Json]:
    """Return the rules of each partial derivative, a step that closes each, and one that puts them together."""
    found = [one for each in derived for one in (*each.rules(1), each.closing())]
    partials = [each.partial for each in derived]
    return [*found, step("assemble-gradient", syntax(scalar.expression), _listed(partials))]


def steps_at(place: Place, partials: Sequence[Expr], slope: Sequence[Expr]) -> list[Json]:
    """Return the step that puts the point in."""
    return [step("evaluate-at-point", f"{_listed(partials)} at {_listed(place.coordinates)}", _listed(slope))]


def _listed(values: Sequence[Expr]) -> str:
    return "(" + ", ".join(exact(values)) + ")"


def partial_lines(scalar: Scalar, derived: Sequence[Derived], shown: Shown) -> tuple[Formula, ...]:
    """Return the lines of ∂f/∂x = 2x for each variable."""
    return tuple(line for each in derived for line in each.lines(spell.partial(scalar.read.name, each.by), shown))


def gradient_line(scalar: Scalar, partials: Sequence[Expr], derived: Sequence[Derived] = ()) -> Formula:
    """Return the line ∇f(x, y) = (2x, 2y), as the steps leave the entries where there are steps."""
    entries = [each.result for each in derived] or [scalar.spelled(each) for each in partials]
    return spell.NABLA + scalar.header + spell.EQUALS + spell.vector(entries)


def lines_at(place: Place, slope: Sequence[Expr]) -> tuple[Formula, ...]:
    """Return the value, the gradient, its length and its direction at the point."""
    scalar = place.scalar
    name = spell.variable(scalar.read.name)
    value = place.value(scalar.expression)
    here = place.at(name)
    there = spell.NABLA + here
    lines = [
        here + spell.EQUALS + place.with_decimal(value, scalar.spelled(value)),
        there + spell.EQUALS + scalar.vector(slope) + _about(slope),
    ]
    if any(each.free_symbols for each in slope):
        return tuple(lines)
    length = derivatives.norm(slope)
    lines.append(spell.length(there) + spell.EQUALS + place.with_decimal(length, scalar.spelled(length)))
    return tuple(lines)


def direction_lines(place: Place, slope: Sequence[Expr]) -> tuple[Formula, ...]:
    """Return the line ∇f/|∇f| = (3/5, 4/5), the direction of steepest ascent; nothing where there is none."""
    unit = _unit(slope)
    if unit is None:
        return ()
    name = spell.NABLA + spell.variable(place.scalar.read.name)
    return (name + spell.sign("/", "slash", "over") + spell.length(name) + spell.EQUALS + place.scalar.vector(unit),)


def direction_steps(slope: Sequence[Expr]) -> list[Json]:
    """Return the step that gives the gradient the length 1; nothing where it is zero."""
    unit = _unit(slope)
    if unit is None:
        return []
    return [step("normalise-direction", f"{_listed(slope)} / ({syntax(derivatives.norm(slope))})", _listed(unit))]


def _unit(slope: Sequence[Expr]) -> tuple[Expr, ...] | None:
    """Return the direction of the gradient; None unless it is proven not to be zero."""
    if any(each.free_symbols for each in slope) or not any(sign(each) for each in slope):
        return None
    length = derivatives.norm(slope)
    return tuple(each / length for each in slope)


def _about(slope: Sequence[Expr]) -> Formula:
    """Return ≈ (..), where the exact values are no plain numbers."""
    numbers = None if all(each.is_Rational for each in slope) else decimals(slope)
    if numbers is None:
        return spell.NOTHING
    return spell.ABOUT + spell.vector(spell.number(each) for each in numbers)


def data_at(place: Place, slope: Sequence[Expr]) -> Json:
    """Return the data at the point, exact and decimal."""
    value = place.value(place.scalar.expression)
    length, unit = derivatives.norm(slope), _unit(slope)
    found = decimals(slope)
    return {
        "at": exact(place.coordinates),
        "given": place.given,
        "value": syntax(value),
        "gradient_at": exact(slope),
        "gradient_at_decimal": found and list(found),
        "norm": syntax(length),
        "direction": None if unit is None else exact(unit),
    }


def remarks_at(place: Place, slope: Sequence[Expr]) -> tuple[str, ...]:
    """Return what a learner should notice at this point."""
    given = tuple(f"Here {name} = {value}." for name, value in place.given.items())
    return given + _still(slope)


def _still(slope: Sequence[Expr]) -> tuple[str, ...]:
    if all(sign(each) == 0 for each in slope):
        return ("The gradient is zero: no direction is steepest here; this is a critical point, not yet a best one.",)
    return ()
