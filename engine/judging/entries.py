"""Is each entry of a vector or matrix the right one; does a vector point the right way."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations

from engine.errors import NotANumber, WrongForm, WrongLength
from engine.judging.numbers import equal
from engine.judging.probing import side_of
from engine.judging.question import Question
from engine.judging.results import Result, gathered, right
from engine.judging.sameness import Verdict, same
from engine.reading.tree import Apply, Binary, Negative, Node, Number, names_in

Row = Sequence[Node]


def entry(answer: Node, reference: Node, question: Question, *, seed: int) -> Verdict:
    """Return whether one entry is right: a number to the tolerance, anything else as a function."""
    if not names_in(answer) and not names_in(reference):
        return equal(answer, reference, question.tolerance, seed=seed)
    return same(answer, reference, question.domain, seed=seed)


def vector(answer: Row, reference: Row, question: Question, seeds: Iterator[int]) -> Result:
    """Return whether a vector is right, entry by entry.

    Refuses (WrongLength) another number of entries, (NotANumber) variables where only numbers are right.
    """
    _count(answer, reference)
    if not any(names_in(each) for each in reference):
        for each in answer:
            numbers_only(each)
    return gathered([entry(a, r, question, seed=next(seeds)) for a, r in zip(answer, reference, strict=True)])


def matrix(answer: Sequence[Row], reference: Sequence[Row], question: Question, seeds: Iterator[int]) -> Result:
    """Return whether a matrix is right, entry by entry; refuses (WrongLength) another shape."""
    if (len(answer), len(answer[0])) != (len(reference), len(reference[0])):
        raise WrongLength(
            f"This is a {len(answer)} by {len(answer[0])} matrix; "
            f"a {len(reference)} by {len(reference[0])} matrix is asked for."
        )
    rows = [vector(a, r, question, seeds) for a, r in zip(answer, reference, strict=True)]
    parts = [part for row in rows for part in row.parts]
    return gathered(parts, tuple(tuple(right(part) for part in row.parts) for row in rows))


def numbers_only(node: Node) -> None:
    """Refuse (NotANumber) a tree with variables in it."""
    if found := sorted(names_in(node)):
        raise NotANumber(f"Numbers are asked for; put them in for {', '.join(found)}.", span=node.span)


def _count(answer: Row, reference: Row) -> None:
    if len(answer) != len(reference):
        raise WrongLength(
            f"The answer has {len(answer)} component{'s' * (len(answer) != 1)}; {len(reference)} are asked for."
        )


def unit(answer: Row, reference: Row, question: Question, seeds: Iterator[int]) -> Result:
    """Return whether a vector is the right one of length 1; refuses (WrongForm) the right way with another length."""
    found = vector(answer, reference, question, seeds)
    if found.outcome != "wrong":
        return found
    way = direction(answer, reference, question, seeds)
    if way.outcome == "right" and not _is_unit(answer, next(seeds)):
        raise WrongForm("That is the right direction, but a vector of length 1 is asked for; divide by the length.")
    return Result("wrong", None, found.components, way.why or found.why, found.parts)


def _is_unit(answer: Row, seed: int) -> bool:
    return same(_length(answer), Number("1"), seed=seed).outcome == "right"


def direction(answer: Row, reference: Row, question: Question, seeds: Iterator[int], *, either: bool = False) -> Result:
    """Return whether a vector is a positive multiple of the right one; with `either`, any multiple but zero."""
    _count(answer, reference)
    for each in answer:
        numbers_only(each)
    if question.tolerance is not None:
        return _nearly(answer, reference, question, seeds, either=either)
    crosses = [
        same(Binary("*", answer[i], reference[j]), Binary("*", answer[j], reference[i]), seed=next(seeds))
        for i, j in combinations(range(len(answer)), 2)
    ]
    found = gathered(crosses, ())
    if found.outcome != "right":
        why = "It points in another direction." if found.outcome == "wrong" else found.why
        return Result(found.outcome, None, (), why, found.parts)
    return _turned(answer, reference, found, either=either)


def _turned(answer: Row, reference: Row, found: Result, *, either: bool) -> Result:
    """Return the verdict on a parallel vector: zero and the opposite way are wrong."""
    along = side_of(_dot(answer, reference), {})
    if along == 1 or (along == -1 and either):
        return found
    if along is None:
        return Result("undecided", None, (), "I could not decide which way it points.", found.parts)
    why = "It points exactly the opposite way." if along else "The zero vector has no direction."
    return Result("wrong", None, (), why, found.parts)


def _nearly(answer: Row, reference: Row, question: Question, seeds: Iterator[int], *, either: bool) -> Result:
    """Return the verdict on the vectors of length 1 that point the same way, to the tolerance."""
    along, size = side_of(_dot(answer, reference), {}), side_of(_length(answer), {})
    if along in {None, 0} or size != 1:
        return Result("wrong", None, (), "It points in another direction.", ())
    if along == -1 and not either:
        return Result("wrong", None, (), "It points exactly the opposite way.", ())
    parts = [
        equal(_share(a, answer, turned=along == -1), _share(r, reference), question.tolerance, seed=next(seeds))
        for a, r in zip(answer, reference, strict=True)
    ]
    found = gathered(parts, ())
    why = "It points in another direction." if found.outcome == "wrong" else found.why
    return Result(found.outcome, found.strength, (), why, found.parts)


def _share(entry: Node, of: Row, *, turned: bool = False) -> Node:
    found = Binary("/", entry, _length(of))
    return Negative(found) if turned else found


def _dot(one: Row, other: Row) -> Node:
    products: list[Node] = [Binary("*", a, b) for a, b in zip(one, other, strict=True)]
    return reduce(lambda a, b: Binary("+", a, b), products)


def _length(vector: Row) -> Node:
    return Apply("sqrt", (_dot(vector, vector),))
