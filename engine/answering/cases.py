"""Critical points with parameters as they are said: by cases."""

from collections.abc import Sequence
from itertools import groupby

from engine.answering.scalar import Scalar, exact
from engine.calculus.printing import syntax
from engine.critical import Case, Condition
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json


def lines(scalar: Scalar, cases: Sequence[Case]) -> tuple[Formula, ...]:
    """Return a line for each case."""
    return tuple(_line(scalar, case) for case in cases)


def _line(scalar: Scalar, case: Case) -> Formula:
    conditions = spell.joined(_condition(scalar, condition) for condition in case.when)
    start = spell.words("if ") + conditions + spell.words(": ") if case.when else spell.NOTHING
    if case.at is None and not case.equations:
        return start + spell.words("no critical point")
    if case.at is None and not any(case.equations):
        return start + spell.words(f"every point: {case.kind}")
    if case.at is None or case.value is None:
        equations = spell.joined(
            scalar.spelled(each) + spell.sign(" = 0", "= 0", "equals 0") for each in case.equations
        )
        known = f": {case.kind}" if case.kind != "not decided" else ", if there are any"
        return start + spell.words("all points with ") + equations + spell.words(known)
    strict = "strict " if case.strict else ""
    said = scalar.vector(case.at) + spell.words(f": {strict}{case.kind}, ")
    return start + said + spell.variable(scalar.read.name) + spell.EQUALS + scalar.spelled(case.value)


def _condition(scalar: Scalar, condition: Condition) -> Formula:
    relation = condition.relation
    spoken = {"> 0": "is positive", "< 0": "is negative", "= 0": "equals 0"}[relation]
    return scalar.spelled(condition.of) + spell.sign(f" {relation}", relation, spoken)


def remarks(cases: Sequence[Case], why: str) -> tuple[str, ...]:
    """Return that these are all cases, and how they were found."""
    count = len({case.when for case in cases})
    if count > 1:
        return (f"{count} cases, of which one always holds, proven; {why}.",)
    what = "The one critical point" if len(cases) == 1 else "All critical points"
    return (f"{what}, whatever the parameters are, proven; {why}.",)


def data(cases: Sequence[Case]) -> Json:
    """Return `points` where there is one case for all parameters, and `cases`."""
    always = [_point(case) for case in cases if not case.when and case.at is not None]
    listed = []
    for when, group in groupby(cases, lambda case: case.when):
        each = list(group)
        listed.append(
            {
                "when": [f"{syntax(condition.of)} {condition.relation}" for condition in when],
                "points": [_point(case) for case in each if case.at is not None],
                "sets": [{"equations": exact(case.equations), "kind": case.kind} for case in each if case.equations],
            }
        )
    return {"points": always, "cases": listed}


def _point(case: Case) -> Json:
    return {
        "at": exact(case.at or ()),
        "decimal": None,
        "kind": case.kind,
        "strict": case.strict,
        "degenerate": False,
        "smooth": True,
        "value": None if case.value is None else syntax(case.value),
        "value_decimal": None,
        "test": "the signs of the eigenvalues of the Hessian",
    }
