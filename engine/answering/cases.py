"""Critical points with parameters as they are said: by cases."""

from collections.abc import Sequence

from engine.answering.scalar import Scalar, exact
from engine.calculus.printing import syntax
from engine.critical import Case, Condition
from engine.spelling import formula as spell
from engine.spelling.formula import Formula
from engine.values import Json

_WHY = "the gradient is linear in the variables, and was solved for all values of the parameters"


def lines(scalar: Scalar, cases: Sequence[Case]) -> tuple[Formula, ...]:
    """Return a line for each case."""
    return tuple(_line(scalar, case) for case in cases)


def _line(scalar: Scalar, case: Case) -> Formula:
    conditions = spell.joined(_condition(scalar, condition) for condition in case.when)
    start = spell.words("if ") + conditions + spell.words(": ") if case.when else spell.NOTHING
    if case.at is None or case.value is None:
        equations = spell.joined(
            scalar.spelled(each) + spell.sign(" = 0", "= 0", "equals 0") for each in case.equations
        )
        return start + spell.words("all points with ") + equations + spell.words(", if there are any")
    strict = "strict " if case.strict else ""
    said = scalar.vector(case.at) + spell.words(f": {strict}{case.kind}, ")
    return start + said + spell.variable(scalar.read.name) + spell.EQUALS + scalar.spelled(case.value)


def _condition(scalar: Scalar, condition: Condition) -> Formula:
    relation = condition.relation
    spoken = {"> 0": "is positive", "< 0": "is negative", "= 0": "equals 0"}[relation]
    return scalar.spelled(condition.of) + spell.sign(f" {relation}", relation, spoken)


def remarks(cases: Sequence[Case]) -> tuple[str, ...]:
    """Return that these are all cases, and what decides between them."""
    if len(cases) == 1:
        return (f"The one critical point, whatever the parameters are, proven; {_WHY}.",)
    return (f"{len(cases)} cases, of which one always holds, proven; {_WHY}.",)


def data(cases: Sequence[Case]) -> Json:
    """Return `points` where there is one case for all parameters, and `cases`."""
    always = [_point(case) for case in cases if not case.when and case.at is not None]
    listed = [
        {
            "when": [f"{syntax(condition.of)} {condition.relation}" for condition in case.when],
            "points": [] if case.at is None else [_point(case)],
            "sets": [{"equations": exact(case.equations), "kind": case.kind}] if case.at is None else [],
        }
        for case in cases
    ]
    return {"points": always, "cases": listed, "complete": "proven", "why": f"{_WHY}."}


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
        "test": "the signs of the determinant of the Hessian and of its first entry",
    }
