"""Are equations solved rightly? What is said to follow is tried in numbers, in both directions."""

import itertools
import re
from collections.abc import Sequence
from typing import Any

import mpmath

from tests.benchmarks.step_numbers import OutsideError, close, everywhere, names_of, parted, places, value

_TRIES = 12
_NAME = re.compile(r"[^\W\d]\w*")


def follows(given: str, stated: str) -> bool:
    """Tell whether equations, and values put into them, say just that one of the alternatives holds."""
    equations, puts = _sorted(given)
    found = [] if stated == "no real solution" else stated.split(" or ")
    if len(equations) == 2:
        return _is_sum(equations, found)
    (equation,) = equations
    if not names_of(equation):
        return not found and not close(value(equation, {}), 0)
    if found == ["0 = 0"]:
        return everywhere(lambda at: close(value(equation, _with(puts, at)), 0), _letters(equation, puts))
    if not found:
        return not any(True for _ in _roots(equation, puts))
    forwards = all(_meets(each, equation, puts) for each in found)
    return forwards and all(any(_is_met(each, at) for each in found) for at in _roots(equation, puts))


def _sorted(given: str) -> tuple[list[str], dict[str, str]]:
    equations: list[str] = []
    puts: dict[str, str] = {}
    for each in parted(given, ", "):
        left, _, right = each.partition(" = ")
        if right == "0" and not (_NAME.fullmatch(left) and equations):
            equations.append(left)
        else:
            puts[left] = right
    return equations, puts


def _letters(equation: str, puts: dict[str, str], *others: str) -> list[str]:
    names = names_of(equation).union(*map(names_of, [*puts.values(), *others]))
    return sorted(names - puts.keys())


def _with(puts: dict[str, str], at: dict[str, Any]) -> dict[str, Any]:
    return at | {name: value(text, at) for name, text in puts.items()}


def _is_sum(equations: Sequence[str], found: Sequence[str]) -> bool:
    total = found[0].removesuffix(" = 0")
    names = sorted(names_of(equations[0]) | names_of(equations[1]))

    def holds(sign: int) -> bool:
        return everywhere(
            lambda at: close(value(equations[0], at) + sign * value(equations[1], at), value(total, at)), names
        )

    return holds(1) or holds(-1)


def _meets(end: str, equation: str, puts: dict[str, str]) -> bool:
    """Tell whether the equation holds wherever the alternative does."""
    left, _, right = end.partition(" = ")
    if _NAME.fullmatch(left):

        def holds(at: dict[str, Any]) -> bool:
            placed = at | {left: value(right, at)}
            return close(value(equation, _with(puts, placed)), 0)

        return everywhere(holds, sorted({*_letters(equation, puts, right)} - {left}))
    if not names_of(left):
        # A contradiction: the equation, too, has no solution.
        return not any(True for _ in _roots(equation, puts))
    roots = list(itertools.islice(_roots(left, {}, _letters(equation, puts, left)), 3))
    return all(_is_zero_or_outside(equation, _with(puts, at)) for at in roots)


def _is_zero_or_outside(equation: str, at: dict[str, Any]) -> bool:
    try:
        return close(value(equation, at), 0, 1e-8)
    except OutsideError:
        return True


def _is_met(end: str, at: dict[str, Any]) -> bool:
    left, _, right = end.partition(" = ")
    return close(value(left, at), value(right, at), 1e-8)


def _roots(equation: str, puts: dict[str, str], letters: Sequence[str] = ()) -> "itertools.chain[dict[str, Any]]":
    """Return points at which an equation holds, found along each of its variables in turn."""
    names = [*letters] or _letters(equation, puts)
    own = [name for name in names if name in names_of(equation).union(*map(names_of, puts.values()))]
    found = []
    for at in itertools.islice(places(names), _TRIES):
        for name, side in itertools.product(own, (1, -1)):
            root = _root(equation, puts, at | {name: side * at[name]}, name)
            if root is None:
                continue
            point = at | {name: root}
            if _is_crossed(equation, puts, point, name):
                found.append(_with(puts, point))
    return itertools.chain(found)


def _root(equation: str, puts: dict[str, str], at: dict[str, Any], name: str) -> Any:
    """Return a root along one variable, also one at which the equation does not change its sign; None: not found."""

    def along(v: Any) -> Any:
        return value(equation, _with(puts, at | {name: v}))

    for function in (along, lambda v: mpmath.diff(along, v)):
        try:
            root = mpmath.findroot(function, at[name])
        except (OutsideError, ValueError, ZeroDivisionError, TypeError):
            continue
        if not isinstance(root, mpmath.mpc) or abs(root.imag) < 1e-12:
            return mpmath.mpf(mpmath.re(root))
    return None


def _is_crossed(equation: str, puts: dict[str, str], at: dict[str, Any], name: str) -> bool:
    """Tell whether an equation holds at a point but not beside it: far out, what fades away looks like zero too."""
    try:
        here = value(equation, _with(puts, at))
        beside = value(equation, _with(puts, at | {name: at[name] + mpmath.mpf("0.01")}))
    except OutsideError:
        return False
    return bool(abs(here) < 1e-12 * abs(beside))


def solves(given: str, stated: str, variables: Sequence[str]) -> bool:
    """Tell whether all points, and all points of all sets, solve a system, with multipliers where there are some."""
    if stated in {"no solution", "none found"}:
        return True
    system = parted(given, ", ")
    for each in parted(stated, "; "):
        if "=" in each:
            if not _set_solves(each, system, variables):
                return False
            continue
        point = value(each, {})
        at = dict(zip(variables, point if isinstance(point, list) else [point], strict=True))
        if not _holds_at(system, at):
            return False
    return True


def _set_solves(ends: str, system: Sequence[str], variables: Sequence[str]) -> bool:
    equation = parted(ends, ", ")[0].removesuffix(" = 0")
    limits = [each for each in system if re.search(r" [<>]=? ", each)]
    roots = [at for at in _roots(equation, {}, variables) if _holds_at(limits, at)]
    return len(parted(ends, ", ")) > 1 or (bool(roots) and all(_holds_at(system, at) for at in roots[:3]))


def _holds_at(system: Sequence[str], at: dict[str, Any]) -> bool:
    """Tell whether equations and inequalities hold at a point, for some values of the other, linear letters."""
    rows, right = [], []
    for each in system:
        left, sign, other = next(
            (each.split(f" {s} ")[0], s, each.split(f" {s} ")[1]) for s in _SIGNS if f" {s} " in each
        )
        letters = sorted((names_of(left) | names_of(other)) - at.keys())
        if sign != "=":
            difference = value(left, at) - value(other, at)
            if (difference if sign.startswith("<") else -difference) > 1e-9:
                return False
            continue
        start = _apart(left, other, at | dict.fromkeys(letters, mpmath.mpf(0)))
        ends = {
            name: _apart(left, other, at | dict.fromkeys(letters, mpmath.mpf(0)) | {name: mpmath.mpf(1)})
            for name in letters
        }
        rows.append({name: end - start for name, end in ends.items()})
        right.append(-start)
    names = sorted({name for row in rows for name in row})
    if not names:
        return all(close(each, 0) for each in right)
    matrix = mpmath.matrix([[row.get(name, mpmath.mpf(0)) for name in names] for row in rows])
    return _is_consistent(matrix, mpmath.matrix(right))


def _apart(left: str, right: str, at: dict[str, Any]) -> Any:
    return value(left, at) - value(right, at)


def _is_consistent(matrix: Any, right: Any) -> bool:
    """Tell whether a linear system has a solution: the columns reach the right side, by orthogonal projection."""
    rest = right.copy()
    basis: list[Any] = []
    for i in range(matrix.cols):
        column = matrix[:, i]
        for each in basis:
            column -= each * (each.T * column)[0]
        length = mpmath.norm(column)
        if length > 1e-12:
            basis.append(column / length)
    for each in basis:
        rest -= each * (each.T * rest)[0]
    return bool(mpmath.norm(rest) < 1e-9 * (1 + mpmath.norm(right)))


_SIGNS = ("<=", ">=", "<", ">", "=")
