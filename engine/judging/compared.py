"""Two functions at one point: proven different, in agreement, or nothing to be seen."""

from typing import Literal

from flint import ctx

from engine.calculus.balls import NoValueError, OpenError
from engine.judging.enclosures import Trail, enclose
from engine.judging.places import Drawn, balls
from engine.reading.tree import Node

LOW, HIGH, HIGHEST = 128, 1100, 3400

Seen = Literal["different", "agree", "blind", "answer undefined", "reference undefined", "open"]


def compare(answer: Node, reference: Node, at: Drawn, bits: int) -> Seen:
    """Return what is seen at a point.

    "different" is proven: both are defined there, and no number lies in both balls. "agree" says that
    both are the same to a quarter of the bits and no large exponent could hide a difference there;
    where one could, the point is "blind".
    """
    there = balls(at, bits)
    trail = Trail()
    try:
        right = enclose(reference, there, bits, trail)
    except NoValueError:
        return "reference undefined"
    except OpenError:
        return "open"
    try:
        given = enclose(answer, there, bits, trail)
    except NoValueError:
        return "answer undefined"
    except OpenError:
        return "open"
    with ctx.workprec(bits):
        if not given.overlaps(right):
            return "different"
        wide = (given - right).rad() > max(1, abs(right.mid())) / 2 ** (bits // 4)
    return "blind" if wide or trail.reach > bits / 3 else "agree"
