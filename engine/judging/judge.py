"""The front door of judging: two texts and what is asked for -> a verdict with its receipt."""

import secrets
from collections.abc import Iterator

from engine.errors import NotSupported, Refused, WrongForm, WrongKind
from engine.judging import collected, entries
from engine.judging.constants import up_to_constant
from engine.judging.forms import lacking
from engine.judging.numbers import equal
from engine.judging.question import SEED_BITS, Judged, Question, Tolerance, read_question, seeds_from
from engine.judging.reference import length_of, read_reference, variables_of
from engine.judging.relations import relation
from engine.judging.results import Result, single
from engine.judging.sameness import METHOD, Verdict
from engine.reading import kinds
from engine.reading.kinds import Shape
from engine.reading.tree import Node
from engine.reading.variables import natural
from engine.values import Json


def judge(answer: str, reference: str, question: Question, *, seed: int | None = None) -> Judged:
    """Return whether an answer as typed is right.

    Refuses, so that it costs no try: what cannot be read as the kind asked for (WrongKind, WrongLength,
    NotANumber and their like, at the option `answer`), and a right value that is not in the form asked
    for (WrongForm). A reference that cannot be read is refused at the option `reference`.
    """
    drawn = secrets.randbits(SEED_BITS) if seed is None else seed
    found = judge_value(answer, read_reference(reference, question), question, seed=drawn)
    receipt = receipt_of(answer, reference, question, drawn, found)
    return Judged(found.outcome, found.strength, question.kind, found.components, found.why, receipt)


def judge_value(answer: str, right: Shape, question: Question, *, seed: int | None = None) -> Result:
    """Return whether an answer as typed is the right value; refuses, at the option `answer`, what `judge` does."""
    drawn = secrets.randbits(SEED_BITS) if seed is None else seed
    variables = question.variables or variables_of(right)
    try:
        given = _read(answer, question, variables, length_of(right))
        found = compared(given, right, question, variables, seeds_from(drawn))
        if lacks := found.lacks if found.outcome == "right" else "":
            raise WrongForm(lacks, span=(0, len(answer)))
    except Refused as refused:
        raise refused.at_option("answer") from None
    return found


def _read(answer: str, question: Question, variables: tuple[str, ...], length: int | None) -> Shape:
    """Return an answer as read; a vector may also be given by its named components, x=2, y=4."""
    try:
        return kinds.read(answer, question.kind, variables, length)
    except WrongKind:
        if question.kind != "vector" or "=" not in answer:
            raise
    named = kinds.read(answer, "point", variables, length)
    return kinds.Vector(answer, named.coordinates) if isinstance(named, kinds.Point) else named


def repeat(receipt: Json) -> Judged:
    """Return the verdict that a receipt came from; refuses (NotSupported) one of another method."""
    if receipt["method"] != METHOD:
        raise NotSupported("That receipt is of an older way of judging.")
    asked = read_question(
        receipt["as"], tuple(receipt["variables"]), receipt["domain"], receipt["tolerance"], receipt["form"] or ""
    )
    return judge(receipt["answer"], receipt["reference"], asked, seed=receipt["seed"])


def receipt_of(answer: str, reference: str, question: Question, seed: int, found: Result) -> Json:
    """Return what `repeat` needs, and what was seen on the way."""
    return {
        "method": METHOD,
        "seed": seed,
        "answer": answer,
        "reference": reference,
        "as": question.kind,
        "variables": list(question.variables),
        "domain": question.domain.text,
        "tolerance": _written(question.tolerance),
        "form": question.form,
        "parts": [part.receipt for part in found.parts],
    }


def _written(tolerance: Tolerance | None) -> str:
    if tolerance is None:
        return "exact"
    return f"{float(tolerance.amount)!r}" if tolerance.kind == "share" else f"{tolerance.amount} {tolerance.kind}"


def compared(
    given: Shape, right: Shape, question: Question, variables: tuple[str, ...], seeds: Iterator[int]
) -> Result:
    """Return the result of comparing two values of one kind."""
    match given, right:
        case kinds.Expression(), kinds.Expression():
            return _expression(given.tree, right.tree, question, variables, seeds)
        case kinds.Number(), kinds.Number():
            verdict = equal(given.tree, right.tree, question.tolerance, seed=next(seeds))
            return _formed(single(verdict), given.tree, question)
        case kinds.Vector(), kinds.Vector():
            return _vector(given.entries, right.entries, question, seeds)
        case kinds.Matrix(), kinds.Matrix():
            return entries.matrix(given.rows, right.rows, question, seeds)
        case kinds.Point(), kinds.Point():
            return entries.vector(_in_order(given), _in_order(right), question, seeds)
        case kinds.Relation(), kinds.Relation():
            return relation(given, right, question, seeds)
        case kinds.Limit(), kinds.Limit():
            return _limit(given, right, question, seeds)
        case kinds.Label(), kinds.Label():
            return single(_label(given.label, right.label))
        case kinds.Towards(), _:
            raise WrongKind("Give the direction itself as a vector, for instance (3, 4).")
        case _:
            return _collected(given, right, question, seeds)


def _collected(given: Shape, right: Shape, question: Question, seeds: Iterator[int]) -> Result:
    match given, right:
        case kinds.Points(), kinds.Points():
            return collected.points(given.points, right.points, question, seeds)
        case kinds.Values(), kinds.Values():
            return collected.values(given.values, right.values, question, seeds)
        case kinds.Interval(), kinds.Interval():
            return collected.interval(given.stretches, right.stretches, question, seeds)
        case kinds.Labels(), kinds.Labels():
            return collected.labels(given.labels, right.labels, question, seeds)
        case _:
            raise WrongKind("This is another kind of thing than the right answer.")


def _in_order(point: kinds.Point) -> tuple[Node, ...]:
    """Return the coordinates, those with names in the natural order of the names."""
    if not point.names:
        return point.coordinates
    return tuple(value for _, value in sorted(zip(point.names, point.coordinates, strict=True), key=_name))


def _name(named: tuple[str, Node]) -> tuple[str, int]:
    return natural(named[0])


def _expression(
    given: Node, right: Node, question: Question, variables: tuple[str, ...], seeds: Iterator[int]
) -> Result:
    if question.kind == "expression up to a constant":
        return single(up_to_constant(given, right, question.domain, variables, seeds))
    return _formed(single(entries.entry(given, right, question, seed=next(seeds))), given, question)


def _formed(found: Result, given: Node, question: Question) -> Result:
    if question.form is None or found.outcome != "right":
        return found
    lacks = found.lacks or lacking(given, question.form)
    return Result(found.outcome, found.strength, found.components, found.why, found.parts, lacks)


def _vector(given: tuple[Node, ...], right: tuple[Node, ...], question: Question, seeds: Iterator[int]) -> Result:
    match question.kind:
        case "unit direction":
            return entries.unit(given, right, question, seeds)
        case "direction" | "direction either way":
            either = question.kind == "direction either way"
            return entries.direction(given, right, question, seeds, either=either)
        case _:
            return entries.vector(given, right, question, seeds)


def _limit(given: kinds.Limit, right: kinds.Limit, question: Question, seeds: Iterator[int]) -> Result:
    if given.tree is not None and right.tree is not None:
        return single(equal(given.tree, right.tree, question.tolerance, seed=next(seeds)))
    if given.value == right.value:
        return single(Verdict("right", "identical", "", {}))
    return single(Verdict("wrong", None, _LIMITS[right.value != "number", given.value], {}))


_LIMITS = {
    (False, "oo"): "The limit is finite.",
    (False, "-oo"): "The limit is finite.",
    (False, "dne"): "There is a limit.",
    (True, "number"): "The limit is no number.",
    (True, "oo"): "It does not go to plus infinity on every way.",
    (True, "-oo"): "It does not go to minus infinity on every way.",
    (True, "dne"): "It goes to infinity, and that is said with its sign.",
}


def _label(given: str, right: str) -> Verdict:
    if collected.same_label(given, right):
        return Verdict("right", "identical", "", {})
    return Verdict("wrong", None, f"It is no {given}." if given.endswith(("minimum", "maximum", "point")) else "", {})
