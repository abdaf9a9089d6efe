"""Constrained extrema as they are said: the problem, its candidates, and the best of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import sympy
from sympy import Expr

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.scalar import Scalar, exact
from engine.answering.subjects import Subject
from engine.building import build
from engine.calculus import derivatives, domain, grids
from engine.calculus.printing import syntax
from engine.calculus.signs import decimal
from engine.constrained import Candidate, Constraint, Edge, End, Optimum, Problem, optimise
from engine.errors import NotSupported, Refused
from engine.pictures.contour import ContourMap, height_grid
from engine.pictures.signs import Mark
from engine.reading.tree import Binary
from engine.spelling import formula as spell
from engine.spelling import plain
from engine.spelling.formula import Formula
from engine.values import Budget, Json

Floats = tuple[float, ...] | None
Goal = Literal["both", "min", "max"]
MAX_LISTED = 24
MAX_WRITTEN = 60
_SHORT = 4
_LETTERS = ("lamda", "mu", "nu", "kappa")
_WORDS = {"min": "minimum", "max": "maximum"}
_SIGNS = {"<=": (" ≤ ", "lt.eq"), ">=": (" ≥ ", "gt.eq"), "<": (" < ", "lt"), ">": (" > ", "gt"), "=": (" = ", "=")}
_TOLD = {"<=": "is at most", ">=": "is at least", "<": "is less than", ">": "is greater than", "=": "equals"}


@dataclass(frozen=True, slots=True)
class Optimised:
    """A problem on the board, and what was found."""

    scalar: Scalar
    subject: Subject
    problem: Problem
    found: Optimum
    goal: Goal

    @classmethod
    def of(cls, scalar: Scalar, subject: Subject, goal: Goal, budget: Budget) -> "Optimised":
        """Return the problem solved; refuses (NotSupported) what cannot be differentiated surely."""
        problem = posed(scalar, subject)
        return cls(scalar, subject, problem, optimise(problem, budget), goal)

    @property
    def multipliers(self) -> tuple[str, ...]:
        """A name for the multiplier of each constraint that is no variable."""
        count, taken = len(self.problem.constraints), set(map(str, self.problem.variables))
        for letter in _LETTERS:
            names = (letter,) if count == 1 else tuple(f"{letter}{i}" for i in range(1, count + 1))
            if not taken & set(names):
                return names
        return tuple(f"multiplier{i}" for i in range(1, count + 1))

    def ends(self) -> list[tuple[str, End]]:
        """Return the ends that were asked for, with their names in the data."""
        both = [("min", self.found.least), ("max", self.found.greatest)]
        return [each for each in both if self.goal in ("both", each[0])]

    def lines(self) -> tuple[Formula, ...]:
        """Return the candidates and the best values."""
        candidates = [self._candidate_line(each) for each in self.found.candidates[:MAX_LISTED]]
        sets = [self._set_line(each.equations, each.values, each.kind) for each in self.found.sets[:MAX_LISTED]]
        last = [] if self.found.infeasible else [self._end_line(name, end) for name, end in self.ends()]
        return (*candidates, *sets, *last)

    def subject_line(self) -> Formula:
        """Return the constraints."""
        shown = [
            spell.of(each.left) + spell.sign(*_SIGNS[each.sign], _TOLD[each.sign]) + spell.of(each.right)
            for each in self.subject.relations
        ]
        return spell.words("subject to ") + spell.joined(shown)

    def lagrange(self) -> tuple[Formula, ...]:
        """Return ∇f = λ ∇g with both gradients, for one or two equations."""
        equations = self.problem.equalities
        if not equations or len(equations) > 2 or len(equations) < len(self.problem.constraints):
            return ()
        scalar = self.scalar
        total = spell.NABLA + spell.variable(scalar.read.name) + spell.EQUALS
        total = total + scalar.vector(derivatives.gradient(scalar.expression, scalar.symbols)) + spell.EQUALS
        for i, each in enumerate(equations):
            name = spell.variable(self.multipliers[i])
            plus = spell.sign(" + ", "+", "plus") if i else spell.NOTHING
            space = spell.sign(" ", "", "times")
            total = total + plus + name + space + scalar.vector(derivatives.gradient(each.g, scalar.symbols))
        return (total,)

    def _candidate_line(self, each: Candidate) -> Formula:
        scalar = self.scalar
        said = self._at(each.at, each.decimal) + spell.words(f": {each.kind}, ") + spell.variable(scalar.read.name)
        said = said + self._equals(each.value, each.value_decimal)
        for i, value in enumerate(each.multipliers or ()):
            if not each.binding[i]:
                continue
            name = spell.variable(self.multipliers[i])
            said = said + spell.sign(", ") + name + self._equals(value, decimal(value))
        return said

    def _set_line(self, equations: Sequence[Expr], values: Sequence[Expr], kind: str) -> Formula:
        zero = spell.sign(" = 0", "= 0", "equals 0")
        shown = spell.joined(self.scalar.spelled(each) + zero for each in equations)
        said = spell.words("all feasible points with ") + shown + spell.words(f": {kind}, ")
        found = spell.joined(self.scalar.spelled(value) for value in values)
        return said + spell.variable(self.scalar.read.name) + spell.EQUALS + found

    def _end_line(self, name: str, end: End) -> Formula:
        word, f = _WORDS[name], spell.variable(self.scalar.read.name)
        if end.reach == "attained" and end.value is not None and end.decimal is not None:
            places = [self._at(at, None) for at in end.at[:4]]
            at = spell.words(" at ") + spell.joined(places) if places else spell.NOTHING
            wide = sum(each.values == (end.value,) for each in self.found.sets)
            at += spell.words(f"{' and' * bool(places)} on the set{'s' * (wide > 1)} above") if wide else spell.NOTHING
            return spell.words(f"{word}: ") + f + self._equals(end.value, end.decimal) + at
        if end.reach == "unbounded":
            return spell.words(f"no {word}: ") + f + spell.words(f" goes to {'minus ' * (name == 'min')}infinity")
        if end.reach == "not attained" and end.value is not None and end.decimal is not None:
            near = spell.words(" comes as near as you like to ") + self._number(end.value, end.decimal)
            return spell.words(f"no {word}: ") + f + near
        return spell.words(f"{word}: not proven, {end.why}")

    def _at(self, at: Sequence[Expr], numbers: Sequence[float] | None) -> Formula:
        if any(_long(each) for each in at):
            return spell.sign("≈ ", "approx", "about") + spell.vector(spell.number(decimal(each)) for each in at)
        about = spell.NOTHING
        if numbers is not None and not all(each.is_Rational for each in at):
            about = spell.ABOUT + spell.vector(map(spell.number, numbers))
        return self.scalar.vector(at) + about

    def _equals(self, value: Expr, number: float) -> Formula:
        return (spell.ABOUT if _long(value) else spell.EQUALS) + self._number(value, number)

    def _number(self, value: Expr, number: float) -> Formula:
        if _long(value):
            return spell.number(number)
        shown, about = self.scalar.spelled(value), spell.number(number)
        short = value.is_Integer or (value.is_Rational and len(str(value)) <= _SHORT) or shown.text == about.text
        return shown + (spell.NOTHING if short else spell.ABOUT + about)

    def data(self) -> Json:
        """Return the contract's data."""
        found, ends = self.found, {"min": self.found.least, "max": self.found.greatest}
        return {
            "subject": [{"g": syntax(each.g), "sign": each.sign} for each in self.problem.constraints],
            "goal": self.goal,
            "candidates": [_candidate_data(each) for each in found.candidates],
            "sets": [
                {"equations": exact(each.equations), "dim": each.dim, "values": exact(each.values), "kind": each.kind}
                for each in found.sets
            ],
            "best": {name: None if end.value is None else syntax(end.value) for name, end in ends.items()},
            "best_decimal": {name: end.decimal for name, end in ends.items()},
            "best_at": {name: [exact(at) for at in end.at] for name, end in ends.items()},
            "attained": {
                name: None if end.reach == "not proven" else end.reach == "attained" for name, end in ends.items()
            },
            "reach": {name: end.reach for name, end in ends.items()},
            "complete": found.complete,
            "why": found.why,
            "infeasible": found.infeasible,
            "singular_points": [exact(at) for at in found.singular],
        }

    def draw(self, point: Floats = None, slope: Floats = None, way: Floats = None) -> tuple[Drawing, ...]:
        """Return the map with the lines of the constraints and a mark for each candidate.

        point, slope, way: a point, the gradient there and the way to move, in floats.
        """
        if len(self.scalar.names) != 2:
            return ()
        # a candidate that is no extremum has no sign of its own, and would only be in the way
        marks = tuple(
            Mark((each.decimal[0], each.decimal[1]), each.kind)
            for each in self.found.candidates[:MAX_LISTED]
            if each.kind != "neither" and each.kind != "isolated point"  # noqa: PLR1714 - a set would not narrow the type
        )
        partials = derivatives.gradient(self.scalar.expression, self.scalar.symbols)
        drawn = plots.draw(self.scalar, partials, point=point, slope=slope, marks=marks)
        return tuple(self._with_limits(each, way) for each in drawn)

    def _with_limits(self, drawing: Drawing, way: Floats) -> Drawing:
        chart = drawing.of
        if not isinstance(chart, ContourMap):
            return drawing
        at = dict(zip(self.scalar.names, height_grid(chart.window), strict=True))
        sides = [Binary("-", each.left, each.right) for each in self.subject.relations]
        heading = (way[0], way[1]) if way is not None and any(way) and chart.point else None
        lines = tuple(grids.evaluate(each, at) for each in sides)
        told = "; ".join(
            f"{plain.plain(each.left)} {each.sign} {plain.plain(each.right)}" for each in self.subject.relations
        )
        return replace(
            drawing,
            of=replace(chart, limits=lines, heading=heading),
            alt=f"{drawing.alt} The lines are the constraints {told}.",
        )


def posed(scalar: Scalar, subject: Subject) -> Problem:
    """Return the problem in SymPy terms; refuses (at `subject`) constraints with undefined parts."""
    conditions = [*scalar.conditions]
    try:
        for each in subject.relations:
            conditions += [*domain.conditions(each.left), *domain.conditions(each.right)]
        domain.check_constants(conditions)
        constraints = tuple(Constraint(build(r.left) - build(r.right), _sign(r.sign)) for r in subject.relations)
    except Refused as refused:
        raise refused.at_option("subject") from None
    edges = tuple(Edge(each.of, each.exists) for each in conditions if each.of.free_symbols)
    return Problem(scalar.expression, scalar.symbols, constraints, tuple(dict.fromkeys(edges)))


def _sign(sign: str) -> Literal["=", "<=", ">=", "<", ">"]:
    match sign:
        case "=" | "<=" | ">=" | "<" | ">":
            return sign
        case _:
            raise NotSupported("I take constraints with =, <=, >=, < and >.")


def _candidate_data(each: Candidate) -> Json:
    return {
        "at": exact(each.at),
        "decimal": list(each.decimal),
        "value": syntax(each.value),
        "value_decimal": each.value_decimal,
        "kind": each.kind,
        "multipliers": None if each.multipliers is None else exact(each.multipliers),
        "multipliers_decimal": None if each.multipliers is None else list(map(decimal, each.multipliers)),
        "binding": list(each.binding),
        "regular": each.regular,
        "test": each.test,
    }


def _long(value: Expr) -> bool:
    return bool(value.has(sympy.CRootOf)) or len(str(value)) > MAX_WRITTEN
