"""How constrained extrema are found: the steps of Lagrange's method, as data and as lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Symbol

from engine.answering import derived
from engine.answering.by_hand import Solved, solved
from engine.answering.derived import Derived, Shown
from engine.answering.hand_lines import hand_lines, hand_steps
from engine.answering.optima import Optimised
from engine.answering.place import decimal
from engine.answering.scalar import exact
from engine.answering.slopes import every_step, partial_lines, step
from engine.building import symbol
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.constrained import Candidate
from engine.errors import Refused
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Budget, Json

MAX_LISTED = 24
_CLOSE = 1e-9
LONG = "The equations take more than a few lines by hand, so only their solutions are shown, found the other way."


@dataclass(frozen=True, slots=True)
class Worked:
    """The way to the candidates.

    first: the partial derivatives of f.
    hand:  how the equations are solved on paper; None where that is long, or does not agree with what was proven.
    """

    told: Optimised
    shown: Shown
    first: tuple[Derived, ...]
    hand: Solved | None

    @classmethod
    def of(cls, told: Optimised, budget: Budget, shown: Shown) -> "Worked":
        """Return the way, as much of it as there is time for."""
        scalar, late = told.scalar, budget.left() <= 0
        partials = derivatives.gradient(scalar.expression, scalar.symbols)
        first = derived.each(scalar, partials, "none" if late else shown)
        return cls(told, shown, first, None if late or told.found.infeasible else _by_hand(told))

    def lines(self) -> tuple[Formula, ...]:
        """Return the lines of the derivatives and of the equations, before the candidates."""
        if self.shown == "none":
            return ()
        scalar = self.told.scalar
        start = partial_lines(scalar, self.first, self.shown) if self.shown == "all" else ()
        return (*start, *self.told.lagrange(), *(() if self.hand is None else hand_lines(scalar, self.hand)))

    def checks(self) -> tuple[Formula, ...]:
        """Return, for all steps, what decided about each candidate."""
        if self.shown != "all":
            return ()
        scalar = self.told.scalar
        return tuple(
            spell.vector(spell.number(each) for each in one.decimal) + spell.words(f": {one.test}, so {one.kind}")
            if any(len(str(each)) > MAX_LISTED for each in one.at)
            else scalar.vector(one.at) + spell.words(f": {one.test}, so {one.kind}")
            for one in self.told.found.candidates[:MAX_LISTED]
        )

    def remarks(self) -> tuple[str, ...]:
        """Return what is missing."""
        if self.shown == "none":
            return ()
        found = self.told.found
        long = (LONG,) if self.hand is None and found.candidates and self.told.lagrange() else ()
        return (*long, *(derived.remarks(self.first, self.shown) if self.shown == "all" else ()))

    def steps(self) -> list[Json]:
        """Return the steps, as the contract names them."""
        told, f = self.told, syntax(self.told.problem.f)
        names = told.multipliers
        shares = zip(names, told.problem.constraints, strict=True)
        whole = f + "".join(f" - {name}*({syntax(each.g)})" for name, each in shares)
        stationary = _stationary(told, names)
        constraints = ", ".join(f"{syntax(each.g)} {each.sign} 0" for each in told.problem.constraints)
        nothing = "no solution" if told.found.complete == "proven" else "none found"
        made = [
            *every_step(told.scalar, self.first),
            step("lagrangian-or-substitution", f, whole),
            step("stationarity", whole, stationary),
            step("use-constraint", stationary, constraints),
            *_cases(told, names),
            *([] if self.hand is None else hand_steps(self.hand)),
            step("solve-system", f"{stationary}, {constraints}", _points(told, solving=True) or nothing),
        ]
        if others := _points(told, solving=False):
            made.append(step("case-split", "the gradients are dependent, or f is not smooth", others))
        for each in told.found.candidates:
            where = f"({', '.join(exact(each.at))})"
            made.append(step("check-extremum", f"{where}: {each.test}", each.kind))
            made.append(step("function-value", f"{f} at {where}", syntax(each.value)))
        return made


def _stationary(told: Optimised, names: Sequence[str]) -> str:
    problem = told.problem
    slopes = [derivatives.gradient(each.g, problem.variables) for each in problem.constraints]
    partials = derivatives.gradient(problem.f, problem.variables)
    return ", ".join(
        f"{syntax(partial)} = "
        + " + ".join(f"{name}*({syntax(row[i])})" for name, row in zip(names, slopes, strict=True))
        for i, partial in enumerate(partials)
    )


def _cases(told: Optimised, names: Sequence[str]) -> list[Json]:
    """Return a step for each inequality: it holds with equality, or its multiplier is 0."""
    return [
        step("case-split", f"{syntax(each.g)} {each.sign} 0", f"{syntax(each.g)} = 0 or {name} = 0")
        for name, each in zip(names, told.problem.constraints, strict=True)
        if each.sign != "="
    ]


def _points(told: Optimised, *, solving: bool) -> str:
    """Return the candidates that solve the equations, or the others; and the sets of candidates with the first."""
    points = [each for each in told.found.candidates if (each.multipliers is not None) == solving]
    sets = told.found.sets if solving else ()
    return "; ".join(
        [
            *(f"({', '.join(exact(each.at))})" for each in points),
            *(", ".join(f"{one} = 0" for one in exact(each.equations)) for each in sets),
        ]
    )


def _by_hand(told: Optimised) -> Solved | None:
    """Return how Lagrange's equations are solved on paper, where all constraints are equations."""
    problem, found = told.problem, told.found
    if found.complete != "proven" or found.sets or any(each.sign != "=" for each in problem.constraints):
        return None
    names = tuple(map(symbol, told.multipliers))
    partials = derivatives.gradient(problem.f, problem.variables)
    slopes = [derivatives.gradient(each.g, problem.variables) for each in problem.constraints]
    equations = [
        partial - sum(name * row[i] for name, row in zip(names, slopes, strict=True))
        for i, partial in enumerate(partials)
    ]
    unknowns = (*problem.variables, *names)
    hand = solved([*equations, *(each.g for each in problem.constraints)], unknowns)
    return hand if hand is not None and _agrees(hand, unknowns, found.candidates) else None


def _agrees(hand: Solved, unknowns: Sequence[Symbol], candidates: Sequence[Candidate]) -> bool:
    """Tell whether the ends are just the candidates that have multipliers."""
    wanted = [each for each in candidates if each.multipliers is not None]
    try:
        ends = [tuple(decimal(end[name]) for name in unknowns) for end in hand.ends if len(end) == len(unknowns)]
        known = [tuple(decimal(value) for value in (*each.at, *(each.multipliers or ()))) for each in wanted]
    except Refused:
        return False
    return len(ends) == len(hand.ends) and _same(ends, known)


def _same(ends: Sequence[tuple[float, ...]], known: Sequence[tuple[float, ...]]) -> bool:
    def close(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
        return all(abs(a - b) <= _CLOSE * (1 + abs(b)) for a, b in zip(one, other, strict=True))

    return all(any(close(end, each) for each in known) for end in ends) and all(
        any(close(end, each) for end in ends) for each in known
    )
