"""Functions given by cases: the piece that counts near a point, and the open regions of all pieces.

Nothing is claimed at a seam, where a condition changes, whether the cases fit together there or not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import sympy
from sympy import Expr, Symbol

from engine.building import build
from engine.calculus import domain
from engine.calculus.signs import sign
from engine.errors import NotInDomain, NotSupported
from engine.reading.functions import CASES
from engine.reading.tree import Apply, Binary, Negative, Node, walk
from engine.spelling import plain

MAX_REGIONS = 16
_HOLDS = {"<": (-1,), "<=": (-1,), ">": (1,), ">=": (1,), "!=": (-1, 1), "=": ()}
_OPEN = {"<": "<", "<=": "<", ">": ">", ">=": ">", "!=": "!="}
_OPPOSITE = {"<": ">", "<=": ">", ">": "<", ">=": "<", "=": "!="}


@dataclass(frozen=True, slots=True)
class Region:
    """Where all strict comparisons hold, the function is the tree, which has no cases in it."""

    comparisons: tuple[Apply, ...]
    tree: Node


def by_cases(tree: Node) -> bool:
    """Tell whether cases occur in a tree."""
    return any(isinstance(each, Apply) and each.function == CASES for each in walk(tree))


def comparisons(tree: Node) -> tuple[Apply, ...]:
    """Return all comparisons of its conditions."""
    cases = [each for each in walk(tree) if isinstance(each, Apply) and each.function == CASES]
    return tuple(one for each in cases for condition in each.arguments[1::2] for one in _compared(condition))


def _compared(condition: Node) -> tuple[Apply, ...]:
    if not isinstance(condition, Apply):
        return ()
    if condition.function == "and":
        return tuple(each for each in condition.arguments if isinstance(each, Apply))
    return (condition,)


def near(tree: Node, values: Mapping[Symbol, Expr], where: str) -> Node:
    """Return the tree without cases that is the function in a whole neighbourhood of a point.

    Refuses (NotInDomain) a point at a seam or without a case, (NotSupported) what is not decided.
    """
    match tree:
        case Apply(function=function) if function == CASES:
            return near(_chosen(tree, values, where), values, where)
        case Apply():
            return replace(tree, arguments=tuple(near(each, values, where) for each in tree.arguments))
        case Binary():
            return replace(tree, left=near(tree.left, values, where), right=near(tree.right, values, where))
        case Negative():
            return replace(tree, of=near(tree.of, values, where))
        case _:
            return tree


def _chosen(cases: Apply, values: Mapping[Symbol, Expr], where: str) -> Node:
    found, conditions = cases.arguments[::2], cases.arguments[1::2]
    for value, condition in zip(found, conditions, strict=False):
        if _holds(condition, values, where):
            return value
    if len(found) > len(conditions):
        return found[-1]
    raise NotInDomain(f"The function is not defined {where}: none of its conditions holds.")


def _holds(condition: Node, values: Mapping[Symbol, Expr], where: str) -> bool:
    """Tell whether a condition holds all around the point, or nowhere around it."""
    seam: Apply | None = None
    undecided = False
    for each in _compared(condition):
        side = _side(each, values, where)
        if side and side not in _HOLDS[each.function]:
            # One comparison that surely fails is enough, whatever the others do.
            return False
        undecided |= side is None
        seam = each if side == 0 else seam
    if undecided:
        raise NotSupported(f"I could not decide whether {plain.plain(condition)} {where}, so I give no answer there.")
    if seam is not None:
        raise NotInDomain(
            f"The function changes from one case to another {where}, where {plain.plain(seam.arguments[0])} = "
            f"{plain.plain(seam.arguments[1])}: I state no derivative there."
        )
    return True


def _side(comparison: Apply, values: Mapping[Symbol, Expr], where: str) -> int | None:
    """Return the sign of left - right, which has it all around the point too; None where it is not decided."""
    refuse_jumps(comparison)
    left, right = comparison.arguments
    domain.check_continuous((*domain.conditions(left), *domain.conditions(right)), values, where)
    return sign((build(left) - build(right)).xreplace(dict(values)))


def refuse_jumps(comparison: Apply) -> None:
    """Refuse (NotSupported) a comparison of what jumps: where it holds is no open region then."""
    if any(isinstance(each, Apply) and each.function in {"sign", "atan2"} for each in walk(comparison)):
        raise NotSupported("There is a jump inside of a condition; I do no calculus with that.")


def regions(tree: Node) -> tuple[Region, ...]:
    """Return open regions that do not meet, with the tree in each; seams, and what is only a seam, are left out.

    Refuses (NotSupported) more than 16 of them.
    """
    for comparison in comparisons(tree):
        refuse_jumps(comparison)
    found = []
    for compared, part in _spread(tree):
        tidied = _tidied(compared)
        if tidied is not None:
            found.append(Region(tidied, part))
    if len(found) > MAX_REGIONS:
        raise _too_many()
    return tuple(found)


def _too_many() -> NotSupported:
    return NotSupported(f"These cases make more than {MAX_REGIONS} regions; give a point, or fewer cases.")


def _spread(node: Node) -> list[tuple[tuple[Apply, ...], Node]]:
    match node:
        case Apply(function=function) if function == CASES:
            return list(_pieces(node))
        case Apply():
            return [(c, replace(node, arguments=parts)) for c, parts in _combined(node.arguments)]
        case Binary():
            both = _combined((node.left, node.right))
            return [(c, replace(node, left=left, right=right)) for c, (left, right) in both]
        case Negative():
            return [(c, replace(node, of=part)) for c, part in _spread(node.of)]
        case _:
            return [((), node)]


def _combined(nodes: Sequence[Node]) -> list[tuple[tuple[Apply, ...], tuple[Node, ...]]]:
    spread = [_spread(each) for each in nodes]
    if sympy.prod(map(len, spread)) > 4 * MAX_REGIONS:
        raise _too_many()
    return [
        (tuple(one for c, _ in chosen for one in c), tuple(part for _, part in chosen)) for chosen in product(*spread)
    ]


def _pieces(cases: Apply) -> Iterator[tuple[tuple[Apply, ...], Node]]:
    """Yield each piece with its own condition and with the opposites of those before it."""
    conditions: list[Node | None] = [*cases.arguments[1::2]]
    before: list[tuple[Apply, ...]] = [()]
    for value, condition in zip(cases.arguments[::2], [*conditions, None], strict=False):
        own = () if condition is None else _compared(condition)
        if all(each.function in _OPEN for each in own):
            opened = tuple(replace(each, function=_OPEN[each.function]) for each in own)
            yield from ((other + opened + c, part) for other in before for c, part in _spread(value))
        turned = [replace(each, function=_OPPOSITE[each.function]) for each in own if each.function in _OPPOSITE]
        joined = [(*other, each) for other in before for each in turned]
        before = [each for each in joined if _tidied(each) is not None]
        if len(before) > MAX_REGIONS:
            raise _too_many()


def _tidied(compared: Sequence[Apply]) -> tuple[Apply, ...] | None:
    """Return the comparisons without those that follow from others; None where they contradict each other."""
    kept: dict[Apply, tuple[Expr, bool]] = {}
    for each in compared:
        left, right = map(build, each.arguments)
        rise = sympy.expand(right - left if each.function == "<" else left - right)
        if rise.is_Rational:
            if rise == 0 or (each.function != "!=" and rise < 0):
                return None
            continue
        kept[each] = (rise, each.function != "!=")
    needed: list[Apply] = []
    for each, (rise, strict) in kept.items():
        others = [(one, more) for one, (more, hard) in kept.items() if hard and one is not each]
        if strict and any((rise + more).is_Rational and rise + more <= 0 for _, more in others):
            return None
        if any(_follows(rise, strict, more, first=one in needed) for one, more in others):
            continue
        if not strict and any(kept[one][0] in {rise, -rise} for one in needed):
            continue
        needed.append(each)
    return tuple(needed)


def _follows(rise: Expr, strict: bool, more: Expr, *, first: bool) -> bool:  # noqa: FBT001 - a pair of values
    """Tell whether rise > 0, or rise != 0, follows from more > 0; of two that are the same the first is kept."""
    if strict:
        ahead = rise - more
        return bool(ahead.is_Rational and (ahead > 0 or (ahead == 0 and first)))
    return bool(any((s * rise - more).is_Rational and s * rise - more >= 0 for s in (1, -1)))
