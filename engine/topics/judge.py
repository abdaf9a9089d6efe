"""Judging: is one answer the same as another."""

from typing import Any, Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.reading import Names
from engine.reading.kinds import Kind


@topic("judge", example="/judge answer=2cos(x)sin(x) reference=sin(2x)", rank=91, group="tools")
def judge(
    answer: str,
    reference: str,
    as_: Kind = "expression",
    variables: Names | None = None,
    domain: str = "",
    tolerance: str = "",
    form: Literal["factored", "expanded", "lowest terms"] | None = None,
) -> Answer:
    """Is an answer the same as a reference: right, wrong, or not decided.

    answer:    what a learner typed, for instance 2cos(x)sin(x)
    reference: the right answer, typed or in SymPy syntax, sin(2*x)
    as:        what is asked for; an expression where nothing is said
    variables: the names that are variables, x, y
    domain:    where the two must agree, x>0, y>0; left out, where both are defined
    tolerance: how near numbers must be, 3 decimals, 4 digits, 1e-6 or exact
    form:      the form that is asked for as well

    `strength` of a right answer is "identical" where it is proven, "agrees" where it was seen at points
    or holds within the tolerance. `receipt` has the seed, the points and the primes: judged with it, the
    verdict is the same. "wrong" is always proven.
    Refuses what is no answer of that kind, and a right value that is not in the form asked for.
    Source: Schwartz, Fast probabilistic algorithms for verification of polynomial identities, J. ACM 27, 1980.
    """
    from engine.judging.judge import judge as judged
    from engine.judging.question import read_question
    from engine.judging.results import listed

    names = () if variables is None else variables.names
    found = judged(answer, reference, read_question(as_, names, domain, tolerance, form or ""))
    data: dict[str, Any] = {
        "verdict": found.verdict,
        "strength": found.strength,
        "kind": found.kind,
        "components": listed(found.components),
        "why": found.why,
        "receipt": found.receipt,
    }
    said = {
        ("right", "identical"): "Right: proven to be the same.",
        ("right", "agrees"): "Right, as far as I looked.",
        ("wrong", None): "Not right.",
        ("undecided", None): "Not decided.",
    }[found.verdict, found.strength]
    return Answer("Judged", (), data, (said, *([found.why] if found.why else [])))
