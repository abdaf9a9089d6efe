"""Sets of numbers and points in any order, intervals, labels at points."""

from collections.abc import Callable, Iterator, Sequence
from functools import cmp_to_key
from typing import TypeVar

from engine.judging.entries import numbers_only, vector
from engine.judging.numbers import equal
from engine.judging.probing import side_of
from engine.judging.question import Question
from engine.judging.results import Result, right
from engine.judging.sameness import Strength, Verdict
from engine.reading.kinds import Stretch
from engine.reading.tree import Binary, Node

T = TypeVar("T")
Row = Sequence[Node]


def points(answer: Sequence[Row], reference: Sequence[Row], question: Question, seeds: Iterator[int]) -> Result:
    """Return whether these are exactly the right points, in any order, each once or more often."""
    return _matched(answer, reference, lambda a, r: _point(a, r, question, seeds), "point")


def values(answer: Row, reference: Row, question: Question, seeds: Iterator[int]) -> Result:
    """Return whether these are exactly the right numbers, in any order, each once or more often."""
    for each in answer:
        numbers_only(each)
    return _matched(answer, reference, lambda a, r: equal(a, r, question.tolerance, seed=next(seeds)), "number")


def labels(
    answer: Sequence[tuple[str, Row]], reference: Sequence[tuple[str, Row]], question: Question, seeds: Iterator[int]
) -> Result:
    """Return whether every right point has its label, and no other point any."""

    def labelled(one: tuple[str, Row], other: tuple[str, Row]) -> Verdict:
        if not same_label(one[0], other[0]):
            return Verdict("wrong", None, "", {})
        return _point(one[1], other[1], question, seeds)

    return _matched(answer, reference, labelled, "labelled point")


def same_label(one: str, other: str) -> bool:
    """Tell whether two labels say the same: a critical point that is neither extremum is a saddle point."""
    return one == other or {one, other} == {"saddle point", "neither"}


def _point(answer: Row, reference: Row, question: Question, seeds: Iterator[int]) -> Verdict:
    found = vector(answer, reference, question, seeds)
    return Verdict(found.outcome, found.strength, found.why, {}, found.lacks)


def _matched(answer: Sequence[T], reference: Sequence[T], compare: Callable[[T, T], Verdict], what: str) -> Result:
    """Return the verdict on things in any order; a thing written twice counts once."""
    parts: list[Verdict] = []
    open_left = set(range(len(reference)))
    reached: list[set[int]] = []
    for each in answer:
        found = [compare(each, other) for other in reference]
        best = next((v for v in found if v.outcome == "right"), None)
        best = best or next((v for v in found if v.outcome == "undecided"), Verdict("wrong", None, "", {}))
        parts.append(best)
        reached.append({i for i, v in enumerate(found) if v.outcome == "right"})
        open_left -= {i for i, v in enumerate(found) if v.outcome != "wrong"}
    components = tuple(right(each) for each in parts)
    met = _most_met(reached)
    missing = _different(reference, compare) - met if met < len(reference) else 0
    # Right things near to each other are not all met by one answer that is near to all of them.
    if False in components or open_left or (missing > 0 and None not in components):
        return Result("wrong", None, components, _said(components, missing, what), tuple(parts))
    if None in components:
        return Result("undecided", None, components, f"I could not compare every {what} surely.", tuple(parts))
    strength: Strength = "identical" if all(each.strength == "identical" for each in parts) else "agrees"
    lacks = next((each.lacks for each in parts if each.lacks), "")
    return Result("right", strength, components, "", tuple(parts), lacks)


def _different(reference: Sequence[T], compare: Callable[[T, T], Verdict]) -> int:
    """Return how many right things there are, one that is written in two ways counted once."""
    return sum(
        not any(compare(each, other).strength == "identical" for other in reference[:number])
        for number, each in enumerate(reference)
    )


def _most_met(reached: Sequence[set[int]]) -> int:
    """Return how many right things can be met by answers of their own."""
    owner: dict[int, int] = {}

    def meets(number: int, tried: set[int]) -> bool:
        for thing in reached[number] - tried:
            tried.add(thing)
            if thing not in owner or meets(owner[thing], tried):
                owner[thing] = number
                return True
        return False

    return sum(meets(number, set()) for number in range(len(reached)))


def _said(components: Sequence[bool | None], missing: int, what: str) -> str:
    wrong = sum(each is False for each in components)
    said = []
    if wrong:
        said.append(f"{wrong} {what}{'s' * (wrong != 1)} of these {'are' if wrong != 1 else 'is'} not right")
    if missing:
        said.append(f"{missing} {what}{'s' * (missing != 1)} {'are' if missing != 1 else 'is'} missing")
    return f"{', and '.join(said)}.".capitalize() if said else ""


def interval(
    answer: Sequence[Stretch], reference: Sequence[Stretch], question: Question, seeds: Iterator[int]
) -> Result:
    """Return whether two unions of stretches are the same set of reals."""
    try:
        one, other = _joined(answer), _joined(reference)
    except ValueError:
        return Result("undecided", None, (), "I could not put the ends of the intervals in order.", ())
    if len(one) != len(other):
        return Result("wrong", None, (), "It is another set of numbers.", ())
    parts: list[Verdict] = []
    for a, r in zip(one, other, strict=True):
        for end, right_end in ((a.low, r.low), (a.high, r.high)):
            if (end is None) != (right_end is None):
                return Result("wrong", None, (), "It reaches to infinity, or should.", ())
            if end is not None and right_end is not None:
                parts.append(equal(end, right_end, question.tolerance, seed=next(seeds)))
        if _closed(a) != _closed(r):
            parts.append(Verdict("wrong", None, "Look at the ends: which of them belong to it?", {}))
    return _ends(parts)


def _closed(stretch: Stretch) -> tuple[bool, bool]:
    """Return which ends belong to a stretch; infinity never does."""
    return (
        stretch.low is not None and stretch.low_closed,
        stretch.high is not None and stretch.high_closed,
    )


def _ends(parts: Sequence[Verdict]) -> Result:
    found = [right(each) for each in parts]
    lacks = next((each.lacks for each in parts if each.lacks), "")
    if False in found:
        why = next((each.why for each in parts if each.why.startswith("Look")), "An end is not right.")
        return Result("wrong", None, (), why, tuple(parts))
    if None in found:
        return Result("undecided", None, (), "I could not compare the ends surely.", tuple(parts))
    strength: Strength = "identical" if all(each.strength == "identical" for each in parts) else "agrees"
    return Result("right", strength, (), "", tuple(parts), lacks)


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches in order, those that touch made one; ValueError where the order is not decided."""
    ordered = sorted((each for each in stretches if not _is_empty(each)), key=cmp_to_key(_before))
    found: list[Stretch] = []
    for each in ordered:
        if found and _touch(found[-1], each):
            found[-1] = _together(found[-1], each)
        else:
            found.append(each)
    return found


def _side(one: Node, other: Node) -> int:
    found = side_of(Binary("-", one, other), {})
    if found is None and equal(one, other, None, seed=0).outcome == "right":
        return 0
    if found is None:
        raise ValueError
    return found


def _is_empty(stretch: Stretch) -> bool:
    if stretch.low is None or stretch.high is None:
        return False
    found = _side(stretch.low, stretch.high)
    return found == 1 or (found == 0 and not (stretch.low_closed and stretch.high_closed))


def _before(one: Stretch, other: Stretch) -> int:
    if one.low is None or other.low is None:
        return (other.low is None) - (one.low is None)
    return _side(one.low, other.low) or other.low_closed - one.low_closed


def _touch(left: Stretch, right_: Stretch) -> bool:
    if left.high is None or right_.low is None:
        return True
    found = _side(right_.low, left.high)
    return found == -1 or (found == 0 and (left.high_closed or right_.low_closed))


def _together(left: Stretch, right_: Stretch) -> Stretch:
    if left.high is None or right_.high is None:
        return Stretch(left.low, None, left.low_closed, high_closed=False)
    found = _side(left.high, right_.high)
    farther = left if found == 1 or (found == 0 and left.high_closed) else right_
    return Stretch(left.low, farther.high, left.low_closed, farther.high_closed)
