"""Equations solved by hand as they are said: lines and steps."""

from sympy import Expr

from engine.answering.by_hand import Line, Solved
from engine.answering.scalar import Scalar
from engine.answering.slopes import step
from engine.calculus.printing import syntax
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

_ZERO = spell.sign(" = 0", "= 0", "equals 0")
_SO = spell.sign("  ⟹  ", "quad arrow.r.double.long quad", "so")
_INDENT = spell.sign("   ", "quad quad", "")
NONE = "no real solution"


def hand_lines(scalar: Scalar, hand: Solved) -> tuple[Formula, ...]:
    """Return a line for each thing that is done, set in as deep as the cases it stands in."""
    return tuple(_line(scalar, each) for each in hand.lines)


def _line(scalar: Scalar, each: Line) -> Formula:
    shown = spell.joined(scalar.spelled(given) + _ZERO for given in each.given)
    if each.put is not None:
        name, value = each.put
        shown = spell.variable(name.name) + spell.EQUALS + scalar.spelled(value) + spell.words(" in ") + shown
    ends = [_end(scalar, None if name is None else name.name, value) for name, value in each.found]
    total = ends[0] if ends else spell.words(NONE)
    for end in ends[1:]:
        total = total + spell.words(" or ") + end
    whole = shown + _SO + total
    for _ in range(each.depth):
        whole = _INDENT + whole
    return whole


def _end(scalar: Scalar, name: str | None, value: Expr) -> Formula:
    if name is None:
        return scalar.spelled(value) + _ZERO
    return spell.variable(name) + spell.EQUALS + scalar.spelled(value)


def hand_steps(hand: Solved) -> list[Json]:
    """Return a step for each line; `input` ends with what is put in."""
    return [step(each.rule, _given(each), _found(each), each.depth + 1) for each in hand.lines]


def _given(each: Line) -> str:
    written = [f"{syntax(given)} = 0" for given in each.given]
    if each.put is not None:
        written.append(f"{each.put[0]} = {syntax(each.put[1])}")
    return ", ".join(written)


def _found(each: Line) -> str:
    ends = [f"{syntax(value)} = 0" if name is None else f"{name} = {syntax(value)}" for name, value in each.found]
    return " or ".join(ends) or NONE
