"""Extrema under constraints: one way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sympy import Expr, S, expand

from engine.calculus.signs import decimal
from engine.constrained.convex import only
from engine.constrained.ends import Ends, Level, unknown
from engine.constrained.faces import face
from engine.constrained.found import Candidate, CandidateSet, End, Kind, Optimum
from engine.constrained.gathering import Gathering, empty, holds
from engine.constrained.here import Here, cancelled
from engine.constrained.peel import Peeled, peeled
from engine.constrained.problem import Constraint, Problem
from engine.constrained.second import OPEN, flat, kind, tight
from engine.constrained.stationary import REPEATS, Continuum
from engine.errors import NotSupported, TooLarge
from engine.values import Budget

_MOST_VARIABLES = 8
_NAMES: tuple[Kind, Kind] = ("local minimum", "local maximum")
_TURNED: dict[Kind, Kind] = {"local minimum": "local maximum", "local maximum": "local minimum"}
_ALL = "the equations for every face of the region were solved by exact elimination"


def optimise(problem: Problem, budget: Budget) -> Optimum:
    """Return all candidates for extrema of f under the constraints, and the two ends of its values.

    Refuses (NotSupported) letters that are no variables, (TooLarge) more than 8 variables.
    Source: Lagrange's and John's conditions; Nocedal and Wright, Numerical Optimization, 2nd ed., chapter 12.
    """
    inside = problem.f.free_symbols.union(*(each.g.free_symbols for each in problem.constraints))
    strange = sorted(map(str, inside - set(problem.variables)))
    if strange:
        raise NotSupported(f"{', '.join(strange)} must be a number or one of the variables.")
    if len(problem.variables) > _MOST_VARIABLES:
        raise TooLarge(f"More than {_MOST_VARIABLES} variables are too many to search.")
    core = peeled(problem.f)
    core = replace(core, inner=cancelled(core.inner, problem.variables))
    gathering = Gathering(replace(problem, f=core.inner), budget)
    gathering.run()
    return _Judging(problem, core, gathering, budget).optimum()


@dataclass(slots=True)
class _Judging:
    """What the points gathered are worth."""

    problem: Problem
    core: Peeled
    gathering: Gathering
    budget: Budget

    def optimum(self) -> Optimum:
        """Return what was found, checked against all constraints."""
        kept = self.gathering.kept()
        candidates, levels = self._points(kept)
        sets, more = self._sets(kept)
        missing = tuple(dict.fromkeys(self.gathering.missing))
        p = self.problem
        infeasible = not missing and not candidates and not sets and empty(p.closure, p.variables, self.budget)
        ends = self._ends([*levels, *more], missing, infeasible=infeasible)
        least, greatest = (only(p, candidates, end, name) for end, name in zip(ends, _NAMES, strict=True))
        ordered = tuple(sorted((_best(c, least, greatest) for c in candidates), key=lambda each: each.decimal))
        return Optimum(
            candidates=ordered,
            sets=tuple(_best_set(each, least, greatest) for each in sets),
            least=least,
            greatest=greatest,
            complete="not proven" if missing else "proven",
            why=f"{'; '.join(missing) or _ALL}.",
            infeasible=infeasible,
            singular=tuple(each.at for each in ordered if not each.regular),
        )

    def _points(self, kept: Mapping[tuple[Expr, ...], bool]) -> tuple[list[Candidate], list[Level]]:
        """Return what the feasible points are, and the levels at all points of the closed region."""
        candidates: list[Candidate] = []
        levels: list[Level] = []
        for at, inside in kept.items():
            if self.budget.left() < 0:
                self.gathering.missing.append("the time was too short for all points")
                break
            here = self.gathering.points[at]
            levels += self._level(here, feasible=inside, single=True)
            candidates += self._candidate(here) if inside else []
        return candidates, levels

    def _ends(self, levels: Sequence[Level], missing: Sequence[str], *, infeasible: bool) -> tuple[End, End]:
        p = replace(self.problem, f=self.core.inner)
        proof = partial(empty, variables=p.variables, budget=self.budget)
        ends = Ends(self.problem.f, self.core, p, levels, proof, self.budget)
        repeated = ends.repeated() if missing == (REPEATS,) else None
        if repeated is not None:
            return repeated
        if missing or infeasible:
            why = "no point satisfies the constraints" if infeasible else "not all candidates are known"
            return unknown(why), unknown(why)
        return ends.both()

    def _level(self, here: Here, *, feasible: bool, single: bool) -> list[Level]:
        value = here.value(self.core.inner)
        if value is None:
            # at a pole of f itself; whether f is continuous is asked for elsewhere
            self.gathering.missing += ["the value at a candidate is not known"] if feasible else []
            return []
        p = self.problem
        binding = [each for each in (*p.constraints, *p.strict) if _binds(each, here)]
        poles = any(edge.exists == "≠ 0" and here.sign(edge.of) == 0 for edge in p.edges)
        regular = feasible or (not poles and tight(p.f, tuple(dict.fromkeys(binding)), here) is not None)
        return [Level(value, here, feasible, regular, single)]

    def _candidate(self, here: Here) -> list[Candidate]:
        p = self.problem
        value = here.value(p.f)
        if value is None:
            self.gathering.missing.append("the value at a candidate is not known")
            return []
        binding = tuple(_binds(each, here) for each in p.constraints)
        bound = [each for each, binds in zip(p.constraints, binding, strict=True) if binds]
        known = tight(p.f, bound, here)
        smooth = all(here.sign(edge.of) != 0 for edge in p.edges)
        name: Kind = "not decided"
        told = "the gradients of the constraints are dependent there" if smooth else "f is not smooth there"
        multipliers = None
        if known is not None and smooth:
            name, told = self._kind(bound, here)
            multipliers = _spread(known.multipliers(here), binding)
        at, near = here.at, here.decimals
        return [Candidate(at, near, value, decimal(value), name, multipliers, binding, known is not None, told)]

    def _kind(self, bound: Sequence[Constraint], here: Here) -> tuple[Kind, str]:
        """Return the kind of a candidate, found with the function inside: f rises or falls with it."""
        inner = replace(self.problem, f=self.core.inner)
        known = tight(inner.f, bound, here)
        name, told = OPEN if known is None else kind(inner.f, known, here)
        if known is not None and name == "not decided":
            name, told = flat(inner, known, here, self.budget) or (name, told)
        return (name if self.core.rising else _TURNED.get(name, name)), told

    def _sets(self, kept: Mapping[tuple[Expr, ...], bool]) -> tuple[list[CandidateSet], list[Level]]:
        """Return the sets with feasible points, and the levels on all of them."""
        found, levels = [], []
        singles = [self.gathering.points[at] for at, inside in kept.items() if inside]
        for witness in (witness for each in self.gathering.sets for witness in each.witnesses):
            where = holds(self.problem, witness)
            if where == "open":
                self.gathering.missing.append("whether a point satisfies a constraint is not decided")
            if where in ("inside", "edge"):
                levels += self._level(witness, feasible=where == "inside", single=False)
            singles += [witness] if where == "inside" else []
        for each in _largest(self.gathering.sets, self.problem):
            inside = [here for here in singles if all(here.sign(e) == 0 for e in each.equations)]
            values = tuple(dict.fromkeys(v for here in inside for v in [here.value(self.problem.f)] if v is not None))
            if values:
                found.append(CandidateSet(each.equations, each.dim, values, "not decided"))
        return found, levels


def _largest(sets: Sequence[Continuum], problem: Problem) -> list[Continuum]:
    """Return the sets without those that are seen to lie in another one."""
    kept: list[Continuum] = []
    for one in sorted(sets, key=lambda each: -each.dim):
        here = face(S.Zero, problem.variables, one.equations)
        if here is None or here.equations:
            inside = any(set(other.equations) <= set(one.equations) for other in kept)
        else:
            inside = any(all(expand(here.everywhere(e)) == 0 for e in other.equations) for other in kept)
        kept += [] if inside else [one]
    return kept


def _binds(each: Constraint, here: Here) -> bool:
    return each.sign == "=" or here.sign(each.g) == 0


def _spread(found: Sequence[Expr] | None, binding: Sequence[bool]) -> tuple[Expr, ...] | None:
    left = iter(found or ())
    return None if found is None else tuple(next(left) if binds else S.Zero for binds in binding)


def _best(each: Candidate, least: End, greatest: End) -> Candidate:
    """Return a candidate of open kind as an extremum where it is a best point of all."""
    if each.kind == "not decided" and each.at in least.at:
        return replace(each, kind="local minimum", test="no value is smaller")
    if each.kind == "not decided" and each.at in greatest.at:
        return replace(each, kind="local maximum", test="no value is larger")
    return each


def _best_set(each: CandidateSet, least: End, greatest: End) -> CandidateSet:
    if least.reach == "attained" and each.values == (least.value,):
        return replace(each, kind="local minimum")
    if greatest.reach == "attained" and each.values == (greatest.value,):
        return replace(each, kind="local maximum")
    return each
