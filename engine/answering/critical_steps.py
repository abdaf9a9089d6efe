"""How critical points are found and classified: the steps, as data and as lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import sympy
from sympy import Expr

from engine.answering.by_hand import Solved, solved
from engine.answering.derived import Shown
from engine.answering.hand_lines import hand_lines, hand_steps
from engine.answering.listed import MAX_LISTED, Listed
from engine.answering.place import Place, decimal
from engine.answering.point_tests import PointTest
from engine.answering.scalar import Scalar, exact
from engine.answering.second import Second
from engine.answering.slopes import step, steps_at
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.critical import Case, CriticalPoint, CriticalSet
from engine.errors import Refused
from engine.reading import Window
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Budget, Json

MAX_WORKED = 12
_CLOSE = 1e-9
LONG = "The equations take more than a few lines by hand, so only their solutions are shown, found the other way."
LATE = "The time was used for the search, so the steps are short."


@dataclass(frozen=True, slots=True)
class Worked:
    """The way to the critical points that were found.

    second: the derivatives; None where no time is left for them.
    hand:   how the equations are solved on paper; None where that is long or does not agree with what was proven.
    tests:  the second-derivative test at the first points.
    """

    listed: Listed
    shown: Shown
    place: Place | None
    second: Second | None
    hand: Solved | None
    tests: tuple[PointTest, ...]

    @classmethod
    def of(cls, listed: Listed, place: Place | None, window: Window | None, budget: Budget, shown: Shown) -> "Worked":
        """Return the way, as much of it as there is time for."""
        if budget.left() <= 0:
            return cls(listed, shown, place, None, None, ())
        second = Second.of(listed.scalar, shown, budget)
        searched = place is None and not listed.cases and budget.left() > 0
        hand = solved(second.partials, listed.scalar.symbols) if searched else None
        if hand is not None and not _agrees(hand, listed, window is not None):
            hand = None
        tests = []
        for point in listed.found.points[:MAX_WORKED]:
            if budget.left() <= 0:
                break
            tests.append(PointTest.of(listed.scalar, second.matrix, point))
        return cls(listed, shown, place, second, hand, tuple(tests))

    def lines(self) -> tuple[Formula, ...]:
        """Return the lines before the points: derivatives, equations, how they are solved, the tests."""
        if self.shown == "none" or self.second is None:
            return ()
        found = [*self.second.first_lines(self.shown)]
        if self.place is None:
            found.append(self._system_line())
        if self.hand is not None:
            found += hand_lines(self.listed.scalar, self.hand)
        if self.shown == "all" or self.place is not None:
            found += self.second.lines(self.shown)
            found += [line for test in self.tests for line in test.lines()]
        return tuple(found)

    def _system_line(self) -> Formula:
        """Return the line ∇f = 0: 2x = 0, 2y = 0."""
        zero = spell.sign(" = 0", "= 0", "equals 0")
        each = [one.result + zero for one in self.second.first] if self.second else []
        name = spell.variable(self.listed.scalar.read.name)
        return spell.NABLA + name + zero + spell.words(": ") + spell.joined(each)

    def remarks(self) -> tuple[str, ...]:
        """Return what is missing."""
        if self.shown == "none":
            return ()
        if self.second is None:
            return (LATE,)
        searched = self.place is None and not self.listed.cases
        some = any(each.smooth for each in self.listed.found.points) or bool(self.listed.found.sets)
        long = (LONG,) if searched and some and self.hand is None else ()
        # The second derivatives are shown only with all steps, and beside one given point.
        told = self.shown == "all" or self.place is not None
        missing = self.second.remarks(self.shown) if told else self.second.first_remarks(self.shown)
        return (*long, *missing)

    def steps(self) -> list[Json]:
        """Return all steps, each with its parts before it."""
        scalar, found, second = self.listed.scalar, self.listed.found, self.second
        start = [] if second is None else second.first_steps()
        if self.listed.cases:
            return [*start, *_case_steps(scalar, self.listed.cases)]
        if self.place is None:
            start += self._solution_steps()
        elif second is not None:
            start += steps_at(self.place, second.partials, self.place.every(second.partials))
        if second is not None and found.points:
            start += second.steps()
        left = found.points[len(self.tests) : MAX_LISTED]
        return [*start, *(s for test in self.tests for s in test.steps()), *(s for p in left for s in _short(p))]

    def _solution_steps(self) -> list[Json]:
        scalar, found = self.listed.scalar, self.listed.found
        partials = derivatives.gradient(scalar.expression, scalar.symbols)
        equations = ", ".join(f"{each} = 0" for each in exact(partials))
        ends = [PointTest.written(point) for point in found.points if point.smooth]
        ends += [_equations(each) for each in found.sets]
        nothing = "no solution" if self.listed.complete == "proven" else "none found"
        return [
            step("set-gradient-zero", syntax(scalar.expression), equations),
            *([] if self.hand is None else hand_steps(self.hand)),
            step("solve-system", equations, "; ".join(ends) or nothing),
        ]


def _short(point: CriticalPoint) -> list[Json]:
    rule = "check-extremum" if point.degenerate or not point.smooth else "classification-rule"
    return [step(rule, f"{PointTest.written(point)}: {point.test}", point.kind)]


def _equations(found: CriticalSet) -> str:
    return ", ".join(f"{syntax(each)} = 0" for each in found.equations) or "0 = 0"


def _case_steps(scalar: Scalar, cases: Sequence[Case]) -> list[Json]:
    """Return the steps of a system with parameters: the cases, and what each comes to."""
    partials = derivatives.gradient(scalar.expression, scalar.symbols)
    equations = ", ".join(f"{each} = 0" for each in exact(partials))
    groups = [(when, list(group)) for when, group in groupby(cases, lambda case: case.when)]
    whens = [" and ".join(f"{syntax(each.of)} {each.relation}" for each in when) or "always" for when, _ in groups]
    made = [step("set-gradient-zero", syntax(scalar.expression), equations)]
    if len(groups) > 1:
        made.append(step("case-split", equations, " or ".join(whens)))
    for when, (_, group) in zip(whens, groups, strict=True):
        ends = [_case_end(case) for case in group]
        made.append(step("solve-system", f"{equations} if {when}", "; ".join(filter(None, ends)) or "no solution"))
        made += [
            step("classification-rule", f"{end} if {when}", case.kind)
            for end, case in zip(ends, group, strict=True)
            if end and case.kind != "not decided"
        ]
    return made


def _case_end(case: Case) -> str:
    if case.at is None:
        return ", ".join(f"{each} = 0" for each in exact(case.equations))
    return f"({', '.join(exact(case.at))})"


def _agrees(hand: Solved, listed: Listed, in_window: bool) -> bool:  # noqa: FBT001 - one fact about the search
    """Tell whether the ends reached by hand are just the points and sets that were proven."""
    found = listed.found
    points = [point for point in found.points if point.smooth]
    met = set()
    try:
        for end in hand.ends:
            near = next((i for i, point in enumerate(points) if _same(listed.scalar, end, point)), None)
            met.add(near)
            if near is None and not any(_in_set(end, each) for each in found.sets):
                whole = len(end) == len(listed.scalar.symbols)
                if not whole or not (in_window or _is_outside(listed.scalar, end)):
                    return False
    except Refused:
        return False
    return met >= set(range(len(points))) and (not found.sets or None in met)


def _same(scalar: Scalar, end: dict[sympy.Symbol, Expr], point: CriticalPoint) -> bool:
    if len(end) < len(scalar.symbols):
        return False
    both = zip(scalar.symbols, point.decimal, strict=True)
    return all(abs(decimal(end[name]) - number) <= _CLOSE * (1 + abs(number)) for name, number in both)


def _in_set(end: dict[sympy.Symbol, Expr], found: CriticalSet) -> bool:
    return all(sympy.expand(each.xreplace(end)) == 0 for each in found.equations)


def _is_outside(scalar: Scalar, end: dict[sympy.Symbol, Expr]) -> bool:
    """Tell whether f has no gradient at a point."""
    try:
        for each in derivatives.gradient(scalar.expression, scalar.symbols):
            derivatives.at(each, end)
    except Refused:
        return True
    return False
