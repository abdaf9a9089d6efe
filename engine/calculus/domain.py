"""Where a function exists and where it is smooth: conditions read off the written form.

They come from the tree, before SymPy can cancel anything: x/x is not defined at 0, whatever it
simplifies to. Each condition speaks of a real expression: it must be != 0, > 0 or >= 0.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from sympy import Expr, Symbol, cos, sin, sqrt

from engine.building import build
from engine.calculus.signs import sign
from engine.errors import NotInDomain, NotSupported
from engine.reading.tree import Apply, Binary, Node, children, under_cube_root
from engine.spelling import plain

Relation = Literal["≠ 0", "> 0", "≥ 0", ""]


@dataclass(frozen=True, slots=True)
class Condition:
    """What `of` must be for the function to exist, and (never weaker) to be smooth there.

    convention: said instead, where Nabla keeps to a smaller domain than others do.
    kink:       whether the function is continuous where this does not hold, as |x| is at 0.
    """

    of: Expr
    exists: Relation
    smooth: Relation
    shown: str
    convention: str = ""
    kink: bool = False

    def holds(self, relation: Relation, value: Expr) -> bool | None:
        """Tell whether the relation holds for an exact value; None where that is not decided."""
        if not relation:
            return True
        found = sign(value)
        if found is None:
            return None
        return {"≠ 0": found != 0, "> 0": found > 0, "≥ 0": found >= 0}[relation]


def conditions(tree: Node) -> tuple[Condition, ...]:
    """Return the conditions of every part, inner parts first, each once."""
    found: dict[tuple[Expr, str, str], Condition] = {}
    for condition in _of(tree):
        found.setdefault((condition.of, condition.exists, condition.smooth), condition)
    return tuple(found.values())


def _of(node: Node) -> Iterator[Condition]:
    if (under := under_cube_root(node)) is not None:
        yield from _of(under)
        yield Condition(build(under, angles=True), "", "≠ 0", f"{plain.plain(under)} ≠ 0", kink=True)
        return
    for child in children(node):
        yield from _of(child)
    if isinstance(node, Binary) and node.sign == "/":
        yield Condition(build(node.right, angles=True), "≠ 0", "≠ 0", f"{plain.plain(node.right)} ≠ 0")
    elif isinstance(node, Binary) and node.sign == "^":
        yield from _of_power(node)
    elif isinstance(node, Apply):
        yield from _of_function(node)


def _of_power(node: Binary) -> Iterator[Condition]:
    base, exponent = build(node.left, angles=True), build(node.right, angles=True)
    shown = plain.plain(node.left)
    if exponent.is_Integer:
        if exponent <= 0:
            yield Condition(base, "≠ 0", "≠ 0", f"{shown} ≠ 0")
    elif exponent.is_Rational and exponent > 0:
        yield Condition(base, "≥ 0", "> 0", f"{shown} ≥ 0")
    elif not (base.is_positive and not base.free_symbols):
        why = f"I take a power with such an exponent only where its base is positive: {shown} > 0."
        yield Condition(base, "> 0", "> 0", f"{shown} > 0", why)


def _of_function(node: Apply) -> Iterator[Condition]:
    inner = [build(argument, angles=True) for argument in node.arguments]
    first, shown = inner[0], plain.plain(node.arguments[0])
    match node.function:
        case "sqrt":
            yield Condition(first, "≥ 0", "> 0", f"{shown} ≥ 0")
        case "ln":
            yield Condition(first, "> 0", "> 0", f"{shown} > 0")
        case "log":
            yield Condition(first, "> 0", "> 0", f"{shown} > 0")
        case "tan" | "sec":
            yield Condition(cos(first), "≠ 0", "≠ 0", f"cos({shown}) ≠ 0")
        case "cot" | "csc":
            yield Condition(sin(first), "≠ 0", "≠ 0", f"sin({shown}) ≠ 0")
        case "coth" | "csch":
            yield Condition(first, "≠ 0", "≠ 0", f"{shown} ≠ 0")
        case "asin" | "acos":
            yield Condition(1 - first**2, "≥ 0", "> 0", f"-1 ≤ {shown} ≤ 1")
        case "acosh":
            yield Condition(first - 1, "≥ 0", "> 0", f"{shown} ≥ 1")
        case "atanh":
            yield Condition(1 - first**2, "> 0", "> 0", f"-1 < {shown} < 1")
        case "abs" | "relu" | "sign":
            yield Condition(first, "", "≠ 0", f"{shown} ≠ 0", kink=node.function != "sign")
        case "atan2":
            other = plain.plain(node.arguments[1])
            yield Condition(first**2 + inner[1] ** 2, "≠ 0", "≠ 0", f"({other}, {shown}) ≠ (0, 0)")
            # The angle jumps where y = 0 and x < 0; elsewhere this sum is positive.
            beside = sqrt(first**2 + inner[1] ** 2) + inner[1]
            yield Condition(beside, "", "> 0", f"({shown} ≠ 0 or {other} > 0)")
        case "min" | "max":
            for (a, left), (b, right) in combinations(zip(inner, node.arguments, strict=True), 2):
                if a != b:
                    shown = f"{plain.plain(left)} ≠ {plain.plain(right)}"
                    yield Condition(a - b, "", "≠ 0", shown, kink=True)


def check_exists(found: Sequence[Condition], values: Mapping[Symbol, Expr], where: str) -> None:
    """Refuse (NotInDomain) a point where the function does not exist; undecided: NotSupported."""
    for condition in found:
        holds = condition.holds(condition.exists, condition.of.xreplace(dict(values)))
        if holds is None:
            raise NotSupported(f"I could not decide whether {condition.shown} {where}, so I give no answer there.")
        if not holds and condition.convention:
            raise NotSupported(condition.convention)
        if not holds:
            raise NotInDomain(f"The function is not defined {where}: it needs {condition.shown}.")


def check_continuous(found: Sequence[Condition], values: Mapping[Symbol, Expr], where: str) -> None:
    """Refuse a point where the function does not exist all around, or is not surely continuous."""
    check_smooth([condition for condition in found if not condition.kink], values, where)


def check_smooth(found: Sequence[Condition], values: Mapping[Symbol, Expr], where: str) -> None:
    """Refuse a point where the rules of differentiation do not apply, although the function exists."""
    check_exists(found, values, where)
    for condition in found:
        holds = condition.holds(condition.smooth, condition.of.xreplace(dict(values)))
        if holds is None:
            raise NotSupported(f"I could not decide whether the function is smooth {where}, so I give no gradient.")
        if not holds:
            edge = condition.shown.replace("≥", ">").replace("≤", "<")
            raise NotInDomain(
                f"The function exists {where}, but the rules of differentiation need {edge}: "
                f"it is not differentiable {where}, or not surely."
            )


def check_constants(found: Sequence[Condition]) -> None:
    """Refuse a function with a constant part that is not defined, as in 1/sin(pi)."""
    for condition in found:
        if not condition.of.free_symbols and condition.holds(condition.exists, condition.of) is not True:
            if condition.convention:
                raise NotSupported(condition.convention)
            raise NotInDomain(f"This is not defined anywhere: it needs {condition.shown}.")


def requirements(found: Sequence[Condition]) -> tuple[str, ...]:
    """Return in words where the derivatives exist, for conditions that the variables can break."""
    above = {condition.of for condition in found if condition.smooth == "> 0"}
    return tuple(
        dict.fromkeys(
            condition.shown.replace("≥", ">").replace("≤", "<") if condition.smooth == "> 0" else condition.shown
            for condition in found
            if condition.of.free_symbols and not _always(condition) and not _follows(condition, above)
        )
    )


def smooth_where(needed: Sequence[str], what: str) -> tuple[str, ...]:
    """Return the sentence that says where a derivative exists; f itself may exist on the edges too."""
    shown = re.sub(r"\blamda", "λ", " and ".join(needed))
    return (f"The {what} exists where {shown}.",) if needed else ()


def _always(condition: Condition) -> bool:
    return bool(condition.of.is_positive) or (condition.smooth == "≠ 0" and bool(condition.of.is_nonzero))


def _follows(condition: Condition, above: Collection[Expr]) -> bool:
    """Tell whether a root is not zero because what stands under it is asked to be above zero."""
    of = condition.of
    return condition.smooth == "≠ 0" and of.is_Pow and of.exp.is_Rational and of.base in above
